"""`diogel demo`: both examples, invented crime rows, answered cards, published pages and one quarter's pack."""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from diogel.home import home, remember, settings

from . import Refusal, main
from .port import port
from .ready import ready

DAY = "2022-01-17"
QUARTER = "2021-12"
PARTNERSHIP = "gwynedd-mon"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--again", action="store_true", help="go through every step even where nothing has changed")
    parser.add_argument("--quiet", action="store_true", help="do not tell the addresses and sign-ins at the end")
    parser.add_argument("--port", type=port, default=8000, help="the port that the addresses name (default: 8000)")


def run(args: argparse.Namespace) -> int:
    """Make the demo, or leave it as it stands where nothing that it is made of has changed."""
    kept = settings()
    if (home() / "diogel.sqlite3").exists() and not kept.get("demo"):
        raise Refusal(f"{home()} holds a database that is not a demo. Name another folder with DIOGEL_HOME.")
    made_of = _fingerprint()
    if kept.get("demo_made_of") != made_of or args.again:
        _make()
        remember(demo_made_of=made_of)
    if not args.quiet:
        print(describe(f"http://127.0.0.1:{args.port}", home()))
    return 0


def _make() -> None:
    """Every step, each safe to take again."""
    remember(demo=True, today=DAY)
    for title, step in STEPS:
        began = time.monotonic()
        print(f"Making {title}…", file=sys.stderr, flush=True)
        step()
        print(f"  done in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)


def pack_folder() -> Path:
    return home() / "packs" / f"{PARTNERSHIP}-{QUARTER}"


def _verb(*words: str) -> None:
    if main(words):
        raise Refusal("The demo stopped there; the lines above say why.")


def _examples() -> None:
    _verb("example", "load", "all")


def _crime() -> None:
    _verb("example", "crime")


def _cards() -> None:
    _verb("unusual", "look", "--partnership", PARTNERSHIP, "--quarter-ending", QUARTER)
    from diogel.analysis.periods import Quarter
    from diogel.examples.loading_answers import answer_cards

    answer_cards(PARTNERSHIP, Quarter.parse(QUARTER))


def _hot_spots() -> None:
    _verb("nightly")


def _pages() -> None:
    ready()
    from diogel.examples.publishing import publish_examples

    publish_examples(PARTNERSHIP, QUARTER)


def _pack() -> None:
    _verb("pack", "quarter", "--partnership", PARTNERSHIP, "--quarter-ending", QUARTER, "--out", str(pack_folder()))


STEPS: tuple[tuple[str, Callable[[], None]], ...] = (
    ("both example partnerships", _examples),
    ("48 months of invented crime rows", _crime),
    ("the quarter’s unusual figures, with their answers", _cards),
    ("the hot spots and comparisons", _hot_spots),
    ("the public pages", _pages),
    ("the quarter’s pack, in both languages", _pack),
)


def describe(root: str, where: Path) -> str:
    """What a visitor needs: addresses, sign-ins, and where the pack lies."""
    from diogel.examples.loading_demo import PASSWORD
    from diogel.examples.reading import EXAMPLES, read
    from diogel.people.access import ROLE_NAMES, Role

    lines = [
        f"  Cymraeg   {root}/cy/{PARTNERSHIP}/   desk: {root}/cy/{PARTNERSHIP}/desk/",
        f"  English   {root}/en/{PARTNERSHIP}/   desk: {root}/en/{PARTNERSHIP}/desk/",
        f"  The pack  {pack_folder()}",
        f"  Sign in with the password {PASSWORD} as",
    ]
    for slug in EXAMPLES:
        lines += [f"    {person['email']:<22} {ROLE_NAMES[Role(person['role'])]}, {slug}" for person in read(slug).get("people", [])]
    return "\n".join([*lines, f"  It is {DAY} here. Example data; not a statement by these bodies. Everything lies in {where}."])


def _sources() -> Iterator[Path]:
    """Everything that the demo is made from: the program and the examples, tests left out."""
    from diogel.examples.reading import folder

    code = Path(__file__).resolve().parent.parent
    for path in sorted([*folder().rglob("*.toml"), *code.rglob("*.py"), *code.rglob("*.typ"), *code.rglob("*.csv")]):
        if "tests" not in path.parts:
            yield path


def _fingerprint() -> str:
    """Changes when the program or the examples do, so that a stale demo is made anew."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.read_bytes())
    return digest.hexdigest()
