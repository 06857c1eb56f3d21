"""`diogel demo`: both examples, invented crime rows, answered cards, published pages and one quarter's pack."""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from pathlib import Path

from diogel.home import home, remember, settings

from . import Refusal, main

DAY = "2022-01-17"
QUARTER = "2021-12"
PARTNERSHIP = "gwynedd-mon"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--again", action="store_true", help="build the pack anew even where nothing has changed")


def run(args: argparse.Namespace) -> int:
    """Make the demo, or leave it as it stands where nothing it is made of has changed."""
    kept = settings()
    if (home() / "diogel.sqlite3").exists() and not kept.get("demo"):
        raise Refusal(f"{home()} holds a database that is not a demo. Name another folder with DIOGEL_HOME.")
    made_of = _fingerprint()
    if kept.get("demo_made_of") == made_of and not args.again:
        return 0
    remember(demo=True, today=DAY)
    for title, words in (
        ("both example partnerships", ("example", "load", "all")),
        ("48 months of invented crime rows", ("example", "crime")),
        ("the quarter's unusual figures, with their answers", ("example", "answers")),
        ("the public pages", ("example", "publish")),
        (
            "the quarter's pack, in both languages",
            ("pack", "quarter", "--partnership", PARTNERSHIP, "--quarter-ending", QUARTER, "--out", str(pack_folder())),
        ),
    ):
        began = time.monotonic()
        print(f"Making {title}…", file=sys.stderr, flush=True)
        status = main(words)
        if status:
            raise Refusal(f"The demo stopped at {title}; the lines above say why.")
        print(f"  done in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    remember(demo_made_of=made_of)
    return 0


def pack_folder() -> Path:
    return home() / "packs" / f"{PARTNERSHIP}-{QUARTER}"


def describe(root: str, where: Path) -> str:
    """What a visitor needs: addresses, sign-ins, and where the pack lies."""
    from diogel.examples.loading_demo import PASSWORD
    from diogel.examples.reading import EXAMPLES, read
    from diogel.people.access import ROLE_NAMES, Role

    lines = [
        f"  Cymraeg  {root}/cy/{PARTNERSHIP}/     English  {root}/en/{PARTNERSHIP}/",
        f"  Desk     {root}/cy/{PARTNERSHIP}/desk/          {root}/en/{PARTNERSHIP}/desk/",
        f"  Pack     {pack_folder()}",
        f"  Sign in with the password {PASSWORD}:",
    ]
    for slug in EXAMPLES:
        lines += [f"    {person['email']:<24} {ROLE_NAMES[Role(person['role'])]}, {slug}" for person in read(slug).get("people", [])]
    lines.append(f"  It is {DAY} here. Example data; not a statement by these bodies. Everything lies in {where}.")
    return "\n".join(lines)


def _fingerprint() -> str:
    """Changes when the program or the examples do, so that a stale demo is made anew."""
    from diogel.examples.reading import folder

    sources = sorted(
        [
            *folder().rglob("*.toml"),
            *Path(__file__).resolve().parent.parent.rglob("*.py"),
            *Path(__file__).resolve().parent.parent.rglob("*.typ"),
        ]
    )
    digest = hashlib.sha256()
    for path in sources:
        if "tests" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()
