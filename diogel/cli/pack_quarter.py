"""`diogel pack quarter`: the quarter's pack, internal and public, in both languages and all formats."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import Refusal
from .ready import ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--partnership", required=True, help="the partnership's short name, such as gwynedd-mon")
    parser.add_argument(
        "--quarter-ending", required=True, metavar="YYYY-MM", help="the quarter's last month: March, June, September or December"
    )
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="the folder to write to; it is made where it is not there")
    parser.add_argument(
        "--draft", action="store_true", help="build it though something is unanswered or unchecked; DRAFT stands on every page"
    )
    parser.add_argument(
        "--release",
        action="append",
        default=[],
        metavar="ID=REASON",
        help="release a false alarm of the scan, with its reason; may be repeated",
    )
    parser.add_argument(
        "--released-by", default="", metavar="OFFICER", help="who releases it, by role and reference; kept in the certificate"
    )
    parser.add_argument("--json", action="store_true", help="print the files and findings as JSON")


def run(args: argparse.Namespace) -> int:
    """0: the pack is whole. 1: refused, each reason named; what had been written before stays as it was."""
    ready()
    from diogel.people.models import Partnership
    from diogel.publishing.quarter_pack import make

    partnership = Partnership.objects.filter(slug=args.partnership).first()
    if partnership is None:
        known = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
        raise Refusal(f"There is no partnership {args.partnership!r} in this home. Those there are: {known}.")
    releases = dict(_release(each) for each in args.release)
    if releases and not args.released_by:
        raise Refusal("Say who releases the false alarm: --released-by, by role and reference.")
    made = make(
        partnership,
        _quarter(args.quarter_ending),
        out=args.out,
        is_draft=args.draft,
        releases=releases,
        released_by=args.released_by,
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


def _release(text: str) -> tuple[str, str]:
    alarm, found, reason = text.partition("=")
    if not found or not reason.strip():
        raise Refusal(f"{text!r} does not say why. Write --release ID=REASON.")
    return alarm.strip(), reason.strip()


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
