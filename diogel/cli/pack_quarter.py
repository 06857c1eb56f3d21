"""`diogel pack quarter`: the quarter's pack, internal and public, in both languages and all formats."""

from __future__ import annotations

import argparse
import sys

from . import Refusal
from .packs import add_pack, releases_of, tell
from .partnerships import add_partnership, partnership_called
from .ready import ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_partnership(parser)
    parser.add_argument(
        "--quarter-ending", required=True, metavar="YYYY-MM", help="the quarter's last month: March, June, September or December"
    )
    add_pack(parser)


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
    waits = [{"subject": each.subject, "cy": each.sentence_cy, "en": each.sentence_en} for each in made.hindrances]
    return tell(made, refused={"refused": waits}, lines=[each["en"] for each in waits], as_json=args.json)


def _quarter(text: str):
    from diogel.analysis.periods import Quarter

    try:
        return Quarter.parse(text)
    except ValueError as error:
        raise Refusal(str(error)) from None


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
