"""`diogel crime counts`: count recorded rows by month, area and type."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import CRIME_TYPES
from diogel.cli import Refusal
from diogel.crime.counting import KEYS, Gaps, beside, counts, gaps, kind_of_store
from diogel.crime.inside import counts_inside
from diogel.crime.report import table
from diogel.crime.store import StoreFault
from diogel.places.codes import UnknownArea, common_code, name_of

from .own_places import OwnPlace, own_places
from .speaking import add_language, speaking


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--area",
        action="append",
        metavar="CODE",
        help="an authority, statistical partnership, the force, an LSOA of 2011 or 2021, or a boundary of your own; may be given again; "
        "else the six authorities",
    )
    parser.add_argument("--from", dest="first", type=_month, metavar="YYYY-MM", help="the first month")
    parser.add_argument("--to", dest="last", type=_month, metavar="YYYY-MM", help="the last month")
    parser.add_argument("--by", type=_keys, default=KEYS, metavar="KEYS", help="what to count by: month,area,type or some of them")
    parser.add_argument("--all-forces", action="store_true", help="add what other forces' files place in the area")
    parser.add_argument("--zeros", action="store_true", help="name empty cells of months with a file, too")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print a list of objects as JSON")
    form.add_argument(
        "--csv", action="store_true", help="print CSV for diogel analyse; with --by month the count of a partial month is left empty"
    )
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """0: counted, be it nothing; 2 for an area that is not known."""
    with speaking(args):
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    try:
        own = own_places(args.area or ())
        found = _counted(args, own)
        told = list(_remarks(args, own))
    except (UnknownArea, StoreFault, ValueError) as fault:
        raise Refusal(str(fault)) from fault
    if args.json:
        print(json.dumps(found))
    elif args.csv:
        _as_csv(found, args.by, set(gaps(first=args.first, last=args.last).partial))
    elif found:
        print("\n".join(_table(found, args.by, own)))
    print(*told, sep="\n", end="\n" if told else "", file=sys.stderr)
    return 0


def _counted(args: argparse.Namespace, own: dict[str, OwnPlace]) -> list[dict[str, str | int]]:
    """Every cell asked for: of areas by code from the store's counts, of boundaries of one's own from its points."""
    asked = {"first": args.first, "last": args.last, "by": args.by, "all_forces": args.all_forces}
    if not own:
        return counts(areas=args.area, with_zeros=args.zeros, **asked)
    if args.zeros:
        raise Refusal(_("Empty cells can be named for areas by code only, not for a boundary of your own. Leave --zeros out."))
    known = [code for code in args.area if code not in own]
    if "area" not in args.by and len(set(args.area)) > 1:
        raise Refusal(_("Ground that a boundary of your own shares with another area would be counted twice. Count by area, or name one."))
    found = counts(areas=known, **asked) if known else []
    for place in own.values():
        found += counts_inside(place.boundary, code=place.code, force=place.force, **asked)
    return sorted(found, key=lambda cell: (cell.get("month", ""), args.area.index(cell["area"]) if cell.get("area") in args.area else -1))


def _table(found: list[dict[str, str | int]], by: tuple[str, ...], own: dict[str, OwnPlace]) -> Iterator[str]:
    heads = {"month": _("Month"), "area": _("Area"), "type": _("Type")}
    at = 0 if get_language() == "cy" else 1
    rows = [tuple(heads[key] for key in by) + ((_("Name"),) if "area" in by else ()) + (_("Count"),)]
    for cell in found:
        code = str(cell.get("area", ""))
        name = ((own[code].name_cy, own[code].name_en)[at] if code in own else name_of(code)[at],) if "area" in by else ()
        said = {key: CRIME_TYPES.get(str(cell[key]), (str(cell[key]),) * 2)[at] if key == "type" else str(cell[key]) for key in by}
        rows.append((*(said[key] for key in by), *name, f"{cell['count']:,}"))
    return table(rows, right=(len(rows[0]) - 1,))


def _as_csv(found: list[dict[str, str | int]], by: tuple[str, ...], partial: set[Month]) -> None:
    """Codes as they are; a month that came in part has no count that could be reckoned with."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow((*by, "count"))
    for cell in found:
        is_partial = "month" in cell and Month.parse(str(cell["month"])) in partial
        out.writerow((*(cell[key] for key in by), "" if is_partial else cell["count"]))


def _remarks(args: argparse.Namespace, own: dict[str, OwnPlace]) -> Iterator[str]:
    """What one must know to read the figures: invented rows, codes answered under another, gaps, what lies beside."""
    kind = kind_of_store()
    if kind is None:
        yield _("No crime data are loaded yet: diogel crime load PATH.")
        return
    if kind == "synthetic":
        yield _("These rows are invented: example data, not a statement about any real month.")
    for place in own.values():
        told = {"place": place.name_cy if get_language() == "cy" else place.name_en}
        yield _("%(place)s: points are published moved to the nearest of a fixed set, so its count is rough at the edge.") % told
    known = [code for code in args.area if code not in own] if args.area else None
    for code in dict.fromkeys(known or ()):
        if (unit := common_code(code)) != code:
            yield _("%(code)s is counted as %(unit)s, the ground that LSOAs of 2011 and 2021 have in common.") % {
                "code": code,
                "unit": unit,
            }
    yield from _gaps(gaps(first=args.first, last=args.last))
    if others := beside(areas=known, first=args.first, last=args.last):
        listed = {"forces": ", ".join(f"{force} {n:,}" for force, n in others.items())}
        words = (
            _("Rows that other forces’ files place here (%(forces)s) are added.")
            if args.all_forces
            else _("Rows that other forces’ files place here (%(forces)s) are not counted; --all-forces adds them.")
        )
        yield words % listed


def _gaps(found: Gaps) -> Iterator[str]:
    if found.missing:
        yield _("No file was loaded for %(months)s: nothing is known of these months.") % {"months": _listed(found.missing)}
    if found.partial:
        yield _("Partial, with far too few rows: %(months)s.") % {"months": _listed(found.partial)}


def _listed(months: tuple[Month, ...]) -> str:
    """Months that follow one another as a stretch, any other by itself."""
    stretches: list[list[Month]] = []
    for month in months:
        if stretches and month.since(stretches[-1][-1]) == 1:
            stretches[-1].append(month)
        else:
            stretches.append([month])
    return ", ".join(str(s[0]) if len(s) == 1 else f"{s[0]} – {s[-1]}" for s in stretches)


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
