"""Put the two typefaces where papers and pages find them: TTF weights for paper, one small woff2 of each for the web."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGES = CHECKOUT / "node_modules"
PAPER = CHECKOUT / "diogel" / "publishing" / "fonts"
WEB = CHECKOUT / "diogel" / "web" / "static" / "diogel"

# Typst and vl-convert read static TTFs only, so each weight and slant that a paper or a chart asks for is one file.
WEIGHTS = {
    "source-sans/TTF": ("SourceSans3-Regular", "SourceSans3-It", "SourceSans3-Semibold", "SourceSans3-Bold"),
    "source-serif/TTF": ("SourceSerif4-Regular", "SourceSerif4-It", "SourceSerif4-Semibold", "SourceSerif4-Bold"),
}

# For the web: Welsh letters stand in the same file as the Latin ones, so that no Welsh word falls back or costs a second request.
# The digits of both faces are tabular as they come.
VARIABLE = {
    "sans": (PACKAGES / "source-sans" / "VF" / "SourceSans3VF-Upright.ttf", {"wght": (400, 700)}),
    "serif": (PACKAGES / "source-serif" / "VAR" / "SourceSerif4Variable-Roman.ttf", {"wght": (400, 700), "opsz": 24}),
}
LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *range(0x174, 0x178),
    *range(0x1E80, 0x1E86),
    *range(0x1EF2, 0x1EF4),
    *range(0x2010, 0x2016),
    *range(0x2018, 0x201F),
    0x2022,
    0x2026,
    0x202F,
    *range(0x2190, 0x2194),
    0x20AC,
    0x2212,
    0x2260,
    0x2264,
    0x2265,
    0x2713,
)


def main() -> int:
    """Copy and cut what is missing or older than its package; say what was done. 1 if a package is not installed."""
    wanted = [PACKAGES / folder / f"{name}.ttf" for folder, names in WEIGHTS.items() for name in names]
    absent = [path for path in (*wanted, *(source for source, _ in VARIABLE.values())) if not path.exists()]
    if absent:
        print(f"{absent[0].relative_to(CHECKOUT)} is not there. Run `npm ci` first.", file=sys.stderr)
        return 1
    made = [*(copied(path) for path in wanted), *(cut(name) for name in VARIABLE)]
    print(f"fonts: {sum(made)} made, {len(made) - sum(made)} already there", file=sys.stderr)
    return 0


def copied(source: Path) -> bool:
    """Copy one TTF beside the paper renderers; False if a copy as new stands there."""
    target = PAPER / source.name
    if is_newer(target, than=source):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
    target.touch()
    return True


def cut(name: str) -> bool:
    """Cut one web font; it goes to the site's static files and, for papers that carry their style with them, beside the TTFs."""
    source, _ = VARIABLE[name]
    targets = (WEB / f"{name}.woff2", PAPER / f"{name}.woff2")
    if all(is_newer(target, than=source) and is_newer(target, than=Path(__file__)) for target in targets):
        return False
    scratch = PAPER / f"{name}.woff2.new"
    subset(name, scratch)
    for target in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(scratch, target)
    scratch.unlink()
    return True


def subset(name: str, target: Path) -> None:
    from fontTools import subset as subsetting  # slow to import, and not needed when nothing is to be made
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    source, axes = VARIABLE[name]
    options = subsetting.Options(layout_features=["ccmp", "kern", "liga", "locl", "mark", "mkmk"])
    font = subsetting.load_font(str(source), options)
    subsetter = subsetting.Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    held = io.BytesIO()  # a subset must be written and read again before its axes are narrowed; doing it in this order is ten times quicker
    font.save(held)
    held.seek(0)
    narrowed = instancer.instantiateVariableFont(TTFont(held), axes)
    narrowed.flavor = "woff2"
    target.parent.mkdir(parents=True, exist_ok=True)
    narrowed.save(target)


def is_newer(target: Path, *, than: Path) -> bool:
    return target.exists() and target.stat().st_mtime >= than.stat().st_mtime


if __name__ == "__main__":
    sys.exit(main())
