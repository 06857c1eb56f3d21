"""`diogel pack quarter`: the quarter's pack, internal and public, in both languages and all formats."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from . import Refusal
from .partnerships import add_partnership, partnership_called
from .ready import ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_partnership(parser)
    parser.add_argument(
        "--quarter-ending", required=True, metavar="YYYY-MM", help="the quarter's last month: March, June, September or December"
    )
    add_pack(parser)


def add_pack(parser: argparse.ArgumentParser) -> None:
    """What every pack asks: where to, whether as a draft, and which finds are answered for."""
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="the folder to write to; it is made where it is not there")
    parser.add_argument(
        "--draft", action="store_true", help="build it though something is unanswered or unchecked; DRAFT stands on every page"
    )
    parser.add_argument(
        "--releases",
        type=Path,
        metavar="FILE",
        help="JSON list of false alarms released, each with key, by {cy, en} (a role) and reason {cy, en}; the certificate keeps them",
    )
    parser.add_argument("--json", action="store_true", help="print the files and findings as JSON")


def run(args: argparse.Namespace) -> int:
    """0: the pack is whole. 1: refused, each reason named; what had been written before stays as it was."""
    ready()
    from diogel.publishing.quarter_pack import make

    partnership = partnership_called(args.partnership)
    releases = releases_of(args.releases) if args.releases else ()
    made = make(
        partnership,
        _quarter(args.quarter_ending),
        out=args.out,
        is_draft=args.draft,
        releases=releases,
        progress=_say if sys.stderr.isatty() else None,
    )
    made.tell(as_json=args.json)
    return 1 if made.refused else 0


def _quarter(text: str):
    from diogel.analysis.periods import Quarter

    try:
        return Quarter.parse(text)
    except ValueError as error:
        raise Refusal(str(error)) from None


def releases_of(path: Path) -> tuple:
    """The releases that a file holds; refused where it holds none, or one names somebody."""
    from diogel.published.blocks import Pair
    from diogel.publishing.scan import Release
    from diogel.publishing.snapshot_scan import names_someone

    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        given = tuple(Release(row["key"], Pair(**row["by"]), Pair(**row["reason"])) for row in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refusal(
            f"{path} does not hold releases: {error}. Write a list of objects with key, by and reason, each in cy and en."
        ) from None
    if names_someone(*(text for each in given for pair in (each.by, each.reason) for text in (pair.cy, pair.en))):
        raise Refusal(f"A release in {path} names somebody on file, and the certificate is public. Say which role decided, and why.")
    return given


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
