"""`diogel disposal run`: what is kept no longer goes, and its number stays."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from . import Refusal
from .progress import Progress
from .ready import ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--partnership", default="", metavar="SLUG", help="only this partnership's (default: everything in this home)")
    parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(args: argparse.Namespace) -> int:
    """0: all that was due is gone, which may be nothing. 1: some of it could not go, each named; the rest is gone."""
    ready()
    from diogel.home import today
    from diogel.people.models import Partnership

    partnership = Partnership.objects.filter(slug=args.partnership).first()
    if args.partnership and partnership is None:
        known = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
        raise Refusal(f"There is no partnership {args.partnership!r} in this home. Those there are: {known}.")
    told: list[dict[str, Any]] = []
    with Progress() as progress:
        for each in let_go(on=today(), partnership=partnership, is_dry=args.dry_run):
            told.append(each)
            progress.tell(f"{len(told)} disposed of, {each['reference']} last")
    report = {"on": str(today()), "dry_run": args.dry_run, "disposed": [each for each in told if not each["fault"]]}
    report["failed"] = [each for each in told if each["fault"]]
    print(json.dumps(report, ensure_ascii=False, indent=1) if args.json else as_text(report))
    return 1 if report["failed"] else 0


def let_go(*, on: date, partnership: Any = None, is_dry: bool = False) -> Iterator[dict[str, Any]]:
    """All that is kept no longer goes: records, how to reach who left, what people wrote in consultations, what was read of files. What
    became of each as it is printed; `fault` is a sentence, empty where it went as it should."""
    from diogel.exchange import disposing
    from diogel.people.access import Installation
    from diogel.people.leaving import erase_those_long_gone
    from diogel.people.writing import subject_of
    from diogel.plan import consulting
    from diogel.records.disposal import dispose_all

    how: dict[str, Any] = {"by": Installation(), "on": on, "partnership": partnership, "is_dry": is_dry}
    for each in dispose_all(**how):
        yield vars(each) | {"keep_until": str(each.keep_until)}
    sources = {
        "person": erase_those_long_gone(**how),
        "comment": consulting.erase_past_keeping(**how),
        "file": disposing.erase_past_keeping(**how),
    }
    for kind, rows in sources.items():
        for row in rows:
            yield {"kind": kind, "reference": subject_of(row), "fault": ""}


WORDS = {"person": "how to reach", "comment": "the words of", "file": "what was read of"}


def as_text(report: dict[str, Any]) -> str:
    """One line for each that went, and a sentence on top."""
    n = len(report["disposed"])
    done = "would go" if report["dry_run"] else "gone"
    lines = [f"{report['on']}: {n} {done}; numbers and names beside what was done stay." if n else f"{report['on']}: nothing is due."]
    lines += [f"  {_named(each)}" for each in report["disposed"]]
    lines += [f"  {_named(each)}: not gone, {each['fault']}." for each in report["failed"]]
    return "\n".join(lines)


def _named(each: dict[str, Any]) -> str:
    if each["kind"] in WORDS:
        return f"{WORDS[each['kind']]} {each['reference']}"
    return f"{each['kind']} {each['reference']}, {each['partnership']}, kept until {each['keep_until']}"
