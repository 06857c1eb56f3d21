"""Keeps the one catalogue of Welsh: compiles it, finds what the code says, adds what a translator sends."""

from __future__ import annotations

import argparse
import fcntl
import json
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "cy" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "_": None, "gettext_noop": None, "N_": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "npgettext": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
# Welsh has six forms; Django's own plural rule for cy uses four slots, and every one must be filled.
PLURALS = "nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3;"
HEADER = {
    "Language": "cy",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "MIME-Version": "1.0",
    "Plural-Forms": PLURALS,
}


def catalogue() -> polib.POFile:
    """The catalogue as it stands; an empty one with the right plural rule where there is none."""
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE), wrapwidth=140)
    fresh = polib.POFile(wrapwidth=140)
    fresh.metadata = dict(HEADER)
    return fresh


def save(entries: polib.POFile) -> None:
    entries.sort(key=lambda entry: (entry.msgid.casefold(), entry.msgid, entry.msgctxt or ""))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    entries.save(str(CATALOGUE))


def compile_catalogue() -> None:
    """Write the `.mo` that Django reads; nothing else is installed for it."""
    entries = catalogue()
    target = CATALOGUE.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime < CATALOGUE.stat().st_mtime:
        entries.save_as_mofile(str(target))


def spoken() -> Iterator[tuple[str | None, str, str | None]]:
    """Every (context, msgid, plural) that code and templates say, found the way gettext does."""
    from babel.messages.extract import extract_python
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    for path in sorted((ROOT / "diogel").rglob("*")):
        if path.suffix == ".py" and "tests" not in path.parts and "migrations" not in path.parts:
            source = path.read_bytes()
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            # What templatize leaves of a template is no Python: its indentation means nothing, and newer tokenizers refuse it.
            said = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            source = "\n".join(line.lstrip() for line in said.splitlines()).encode()
        else:
            continue
        for _line, function, message, _comments in extract_python(BytesIO(source), list(KEYWORDS), [], {}):
            yield _entry(function, message)


def _entry(function: str, message: object) -> tuple[str | None, str, str | None]:
    parts = [part for part in (message if isinstance(message, (tuple, list)) else [message]) if isinstance(part, str)]
    if function.startswith("npgettext"):
        return parts[0], parts[1], parts[2]
    if function.startswith("pgettext"):
        return parts[0], parts[1], None
    if function.startswith("ngettext"):
        return None, parts[0], parts[1]
    return None, parts[0] if parts else "", None


def wanted() -> dict[tuple[str | None, str], str | None]:
    return {(context, msgid): plural for context, msgid, plural in spoken() if msgid}


def findings() -> list[str]:
    """What is wrong with the catalogue, a sentence each: missing, empty, fuzzy or no longer said."""
    have = {(entry.msgctxt, entry.msgid): entry for entry in catalogue() if not entry.obsolete}
    need = wanted()
    missing = [f"no Welsh for: {msgid!r}" for (context, msgid) in need if (context, msgid) not in have]
    empty = [f"empty or fuzzy: {entry.msgid!r}" for entry in have.values() if not entry.translated() or entry.fuzzy]
    unsaid = [f"no longer said: {key[1]!r}" for key, entry in have.items() if key not in need and not _from_elsewhere(entry)]
    return missing + empty + unsaid


def _from_elsewhere(entry: polib.POEntry) -> bool:
    """Sentences of Django and allauth that their own catalogues lack stand in ours, marked so."""
    return "elsewhere" in (entry.comment or "")


def add(path: Path, *, elsewhere: bool = False) -> int:
    """Add or replace entries from a JSON object: English -> Welsh, or English -> {"plural": ..., "cy": [four forms]}."""
    given = json.loads(path.read_text(encoding="utf-8"))
    lock = (ROOT / "locale" / ".lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    entries = catalogue()
    have = {(entry.msgctxt, entry.msgid): entry for entry in entries}
    for msgid, welsh in given.items():
        context, _, rest = msgid.rpartition("\x04")
        entry = have.get((context or None, rest)) or polib.POEntry(msgid=rest, msgctxt=context or None)
        if isinstance(welsh, dict):
            entry.msgid_plural = welsh["plural"]
            entry.msgstr_plural = dict(enumerate(welsh["cy"]))
        else:
            entry.msgstr = welsh
        if elsewhere:
            entry.comment = "elsewhere"
        if (context or None, rest) not in have:
            entries.append(entry)
    save(entries)
    compile_catalogue()
    return len(given)


def prune() -> int:
    """Drop what nobody says any more."""
    entries, need = catalogue(), wanted()
    gone = [entry for entry in entries if (entry.msgctxt, entry.msgid) not in need and not _from_elsewhere(entry)]
    for entry in gone:
        entries.remove(entry)
    save(entries)
    return len(gone)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["compile", "check", "missing", "add", "prune"])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--elsewhere", action="store_true", help="the sentences belong to Django or allauth")
    args = parser.parse_args()
    if args.what == "compile":
        compile_catalogue()
    elif args.what == "add":
        print(f"{add(args.file, elsewhere=args.elsewhere)} entries added or replaced")
    elif args.what == "prune":
        print(f"{prune()} entries dropped")
    elif args.what == "missing":
        have = {(entry.msgctxt, entry.msgid) for entry in catalogue()}
        lacking = {
            (f"{key[0]}\x04{key[1]}" if key[0] else key[1]): ({"plural": plural, "cy": ["", "", "", ""]} if plural else "")
            for key, plural in wanted().items()
            if key not in have
        }
        print(json.dumps(lacking, ensure_ascii=False, indent=1))
    else:
        found = findings()
        print(*found, sep="\n")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
