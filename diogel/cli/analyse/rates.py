"""`diogel analyse rates`: rates with exact limits, and each place against all the others together."""

from __future__ import annotations

import argparse
from typing import Any

from diogel.analysis.charts import Chart
from diogel.analysis.charts_compared import Range, ranges
from diogel.analysis.rates import Denominator, compare, rate
from diogel.cli import Refusal

from . import columns
from .answers import Answer, add_outputs, give
from .options import share

COLUMNS = (
    columns.Column("place", columns.text, "name or code of the place, each on one line"),
    columns.Column("count", columns.count, "what was counted there"),
    columns.Column("population", columns.count, "whom the rate is per: residents, households"),
)

TOGETHER = {"cy": "pob lle gyda’i gilydd", "en": "all places together"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    columns.add_columns(parser, COLUMNS)
    parser.add_argument("--year", type=int, required=True, help="the year of the populations")
    parser.add_argument("--source", required=True, help="who published the populations")
    parser.add_argument("--level", type=share, default=0.95, help="the share of cases that an interval holds (default: 0.95)")
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    table = columns.read(args, COLUMNS)
    if len(set(table["place"])) < table.rows:
        twice = next(place for place in table["place"] if table["place"].count(place) > 1)
        raise Refusal(f"{twice} stands on two lines. Give each place one line, or add them up first.")
    try:
        rows = [_row(args, table, at) for at in range(table.rows)]
    except ValueError as fault:
        raise Refusal(f"{fault}.") from fault
    told = {"method": "exact Poisson", "level": args.level, "per": 1000, "year": str(args.year), "source": args.source}
    return give(args, Answer(rows, told, picture=lambda: _chart(rows, args.language)), table=table)


def _row(args: argparse.Namespace, table: columns.Table, at: int) -> dict[str, Any]:
    count, people = table["count"][at], table["population"][at]
    own = rate(count, denominator=Denominator(number=people, year=args.year, source=args.source), level=args.level)
    row = {"place": table["place"][at], "count": count, "population": people, "rate": own.per_thousand, "low": own.low, "high": own.high}
    if table.rows == 1:
        return row
    others, their_people = sum(table["count"]) - count, sum(table["population"]) - people
    against = compare(count=count, base=others, exposure=people, base_exposure=their_people, level=args.level)
    return row | {"ratio_to_others": against.ratio, "ratio_low": against.low, "ratio_high": against.high, "p": against.p}


def _chart(rows: list[dict[str, Any]], language: str) -> Chart:
    """Each place's rate as a dot on its exact limits, the highest first; of several places, the rate of all together is ruled."""
    lines = [Range(row["place"], row["rate"], row["low"], row["high"], f"{row['rate']:,.1f}") for row in rows]
    lines.sort(key=lambda line: (-line.value, line.label))
    if len(rows) == 1:
        return ranges(lines)
    whole = 1000 * sum(row["count"] for row in rows) / sum(row["population"] for row in rows)
    return ranges(lines, rule_at=whole, rule_label=TOGETHER[language])
