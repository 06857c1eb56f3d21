"""`diogel analyse anomalies`: which places and types of a quarter are unusual, all looked at together."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np

from diogel.analysis import anomalies
from diogel.analysis.charts import Chart, Point, control_chart
from diogel.analysis.counts import Cube
from diogel.analysis.findings import Finding, Look
from diogel.analysis.periods import Quarter, months_from
from diogel.cli import Refusal

from . import columns, farrington, options, series
from .answers import Answer, add_outputs, give

COLUMNS = (columns.MONTH, *columns.SERIES)
LABELS = {"cy": ("disgwyliedig", "dim data"), "en": ("expected", "no data")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    columns.add_columns(parser, COLUMNS)
    parser.add_argument(
        "--method",
        choices=("quarter", "farrington"),
        default="quarter",
        help="quarter: a quarter of all series at once, rises and falls (default); farrington: rises, period by period",
    )
    parser.add_argument(
        "--quarter-ending", type=options.quarter, metavar="YYYY-MM", help="the quarter to look at (default: the last whole one)"
    )
    parser.add_argument("--alpha", type=options.share, default=0.01, help="what an interval leaves outside (default: 0.01)")
    parser.add_argument("--rate", type=options.share, default=0.10, help="the share of findings that may be chance (default: 0.10)")
    parser.add_argument(
        "--leave-out",
        type=options.month,
        action="append",
        default=[],
        metavar="YYYY-MM",
        help="a month that no baseline uses; may be repeated",
    )
    parser.add_argument(
        "--fill-zeros", action="store_true", help="a month that has a line for any type of a place holds nought of the types without one"
    )
    parser.add_argument("--unusual-only", action="store_true", help="tell of the unusual series alone")
    add_outputs(parser)
    farrington.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    if args.method == "farrington":
        return farrington.run(args)
    table = columns.read(args, COLUMNS)
    cube = cube_of(table, fills_zeros=args.fill_zeros)
    quarter = args.quarter_ending or _last_whole(cube)
    look = anomalies.look(cube=cube, quarter=quarter, alpha=args.alpha, rate=args.rate, excluded=args.leave_out)
    found = look.unusual if args.unusual_only else (*look.unusual, *(one for one in look.findings if not one.is_unusual))
    told = {
        "quarter": quarter, "alpha": args.alpha, "rate": args.rate, "looked_at": look.looked_at, "unusual": len(look.unusual),
        "unusual_by_chance_at_most": look.unusual_by_chance, "outside": look.outside, "outside_by_chance": look.outside_by_chance,
    }  # fmt: skip
    return give(args, Answer([_row(one) for one in found], told, _remarks(look), lambda: _chart(look, args.language)), table=table)


def cube_of(table: columns.Table, *, fills_zeros: bool = False) -> Cube:
    """Places x types x months; a month that a place lacks for any type is not known there, unless `fills_zeros` says nought.

    Refusal for a cell given twice.
    """
    places = table["place"] if table.has("place") else [series.WHOLE] * table.rows
    types = table["type"] if table.has("type") else [series.WHOLE] * table.rows
    months = tuple(months_from(min(table["month"]), max(table["month"])))
    areas, kinds = tuple(dict.fromkeys(places)), tuple(dict.fromkeys(types))
    values = np.full((len(areas), len(kinds), len(months)), -1, dtype=np.int64)
    area_at, kind_at = ({label: at for at, label in enumerate(labels)} for labels in (areas, kinds))
    seen = set()
    for place, kind, month, count in zip(places, types, table["month"], table["count"], strict=True):
        if (place, kind, month) in seen:
            raise Refusal(f"{place}, {kind}, {month} stands on two lines. Add them up first.")
        seen.add((place, kind, month))
        values[area_at[place], kind_at[kind], month.since(months[0])] = -1 if count is None else count
    counted = values >= 0
    known = np.asarray(counted.any(axis=1) if fills_zeros else counted.all(axis=1))
    return Cube(areas, kinds, months, np.maximum(values, 0), known)


def _last_whole(cube: Cube) -> Quarter:
    """The last quarter whose three months lie within the file."""
    ending = cube.months[-1] - (cube.months[-1].month % 3)
    if (ending - 2) < cube.months[0]:
        raise Refusal(f"From {cube.months[0]} to {cube.months[-1]} there is no whole quarter to look at.")
    return Quarter(ending)


def _row(one: Finding) -> dict[str, Any]:
    return {
        "place": one.area, "type": one.type, "unusual": one.is_unusual, "direction": one.direction, "observed": one.observed,
        "expected": one.expected, "low": one.low, "high": one.high, "p": one.p, "q": one.q, "kind": one.kind, "since": one.since,
        "odd_months": list(one.odd_months), "method": one.method, "history_months": one.history_months,
        "missing": list(one.missing), "power": one.power, "power_of_doubling": one.power_of_doubling, "smallest_rise": one.smallest_rise,
    }  # fmt: skip


def _remarks(look: Look) -> list[str]:
    short = sum(one.method == "too_short" for one in look.findings)
    missing = sum(one.method == "missing" for one in look.findings)
    return [
        *([f"Too little history to say: {short} of {len(look.findings)} series."] if short else []),
        *([f"Without a count for the whole quarter: {missing} of {len(look.findings)} series."] if missing else []),
    ]


def _chart(look: Look, language: str) -> Chart:
    """The oddest series; of quiet ones, the first."""
    shown = next(iter([*look.unusual, *look.findings]))
    odd = set(shown.odd_months or (shown.quarter.months if shown.is_unusual else ()))
    points = [
        Point(point.month, point.observed, point.expected, point.low, point.high, odd=point.month in odd, label=f"{point.observed:,}")
        if point.observed is not None
        else Point(point.month, None)
        for point in shown.monthly
    ]
    if not points:
        raise Refusal("No series has a chart: there is too little history.")
    expected, missing = LABELS[language]
    return control_chart(points, range_label=expected, missing_label=missing)
