"""`diogel crime counts`: count recorded rows by month, area and type."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from diogel.analysis.periods import Month
from diogel.cli import Refusal
from diogel.crime.counting import KEYS, Gaps, beside, counts, gaps, kind_of_store
from diogel.crime.report import table
from diogel.crime.store import StoreFault
from diogel.places.codes import UnknownArea, common_code, name_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--area",
        action="append",
        metavar="CODE",
        help="an authority, statistical partnership, the force or an LSOA of 2011 or 2021; may be given again; else the six authorities",
    )
    parser.add_argument("--from", dest="first", type=_month, metavar="YYYY-MM", help="the first month")
    parser.add_argument("--to", dest="last", type=_month, metavar="YYYY-MM", help="the last month")
    parser.add_argument("--by", type=_keys, default=KEYS, metavar="KEYS", help="what to count by: month,area,type or some of them")
    parser.add_argument("--all-forces", action="store_true", help="add what other forces' files place in the area")
    parser.add_argument("--zeros", action="store_true", help="name empty cells of months with a file, too")
    parser.add_argument("--json", action="store_true", help="print a list of objects as JSON")


def run(args: argparse.Namespace) -> int:
    """0: counted, be it nothing; 2 for an area that is not known."""
    try:
        found = counts(areas=args.area, first=args.first, last=args.last, by=args.by, all_forces=args.all_forces, with_zeros=args.zeros)
        told = list(_remarks(args))
    except (UnknownArea, StoreFault, ValueError) as fault:
        raise Refusal(str(fault)) from fault
    if args.json:
        print(json.dumps(found))
    elif found:
        print("\n".join(_table(found, args.by)))
    print(*told, sep="\n", end="\n" if told else "", file=sys.stderr)
    return 0


def _table(found: list[dict[str, str | int]], by: tuple[str, ...]) -> Iterator[str]:
    rows = [tuple(key.capitalize() for key in by) + (("Name",) if "area" in by else ()) + ("Count",)]
    for cell in found:
        name = (name_of(str(cell["area"]))[1],) if "area" in by else ()
        rows.append((*(str(cell[key]) for key in by), *name, f"{cell['count']:,}"))
    return table(rows, right=(len(rows[0]) - 1,))


def _remarks(args: argparse.Namespace) -> Iterator[str]:
    """What one must know to read the figures: invented rows, codes answered under another, gaps, what lies beside."""
    kind = kind_of_store()
    if kind is None:
        yield "No crime data are loaded yet: diogel crime load PATH."
        return
    if kind == "synthetic":
        yield "These rows are invented: example data, not a statement about any real month."
    for code in dict.fromkeys(args.area or ()):
        if (unit := common_code(code)) != code:
            yield f"{code} is counted as {unit}, the ground that LSOAs of 2011 and 2021 have in common."
    yield from _gaps(gaps(first=args.first, last=args.last))
    if others := beside(areas=args.area, first=args.first, last=args.last):
        listed = ", ".join(f"{force} {n:,}" for force, n in others.items())
        added = "are added" if args.all_forces else "are not counted; --all-forces adds them"
        yield f"Rows that other forces' files place here ({listed}) {added}."


def _gaps(found: Gaps) -> Iterator[str]:
    if found.missing:
        yield f"No file was loaded for {_listed(found.missing)}: nothing is known of these months."
    if found.partial:
        yield f"Partial, with far too few rows: {_listed(found.partial)}."


def _listed(months: tuple[Month, ...]) -> str:
    """Months that follow one another as a stretch, any other by itself."""
    stretches: list[list[Month]] = []
    for month in months:
        if stretches and month.since(stretches[-1][-1]) == 1:
            stretches[-1].append(month)
        else:
            stretches.append([month])
    return ", ".join(str(s[0]) if len(s) == 1 else f"{s[0]} to {s[-1]}" for s in stretches)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(str(fault)) from fault


def _keys(text: str) -> tuple[str, ...]:
    named = [part.strip() for part in text.split(",") if part.strip()]
    for name in named:
        if name not in KEYS:
            raise argparse.ArgumentTypeError(f"{name!r} is nothing to count by. Count by {', '.join(KEYS)} or some of them.")
    return tuple(key for key in KEYS if key in named)
