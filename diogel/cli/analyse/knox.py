"""`diogel analyse knox`: are events that are near in space nearer in time than chance would have them."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np

from diogel.analysis.charts import Chart
from diogel.analysis.charts_compared import Cell, shaded
from diogel.analysis.repeats.events import dated_events
from diogel.analysis.repeats.knox import DAYS, METRES, Band, Knox, knox
from diogel.cli import Refusal

from . import columns, options
from .answers import Answer, add_outputs, give

COLUMNS = (
    columns.Column("easting", columns.number, "metres on the National Grid"),
    columns.Column("northing", columns.number, "metres on the National Grid"),
    columns.Column("day", columns.day, "the day of the event, as 2021-04-30"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    columns.add_columns(parser, COLUMNS)
    parser.add_argument(
        "--metres", type=options.edges, default=METRES, metavar="EDGES", help="upper edges of the distances (default: 0,100,200,300,400)"
    )
    parser.add_argument(
        "--days", type=options.edges, default=DAYS, metavar="EDGES", help="upper edges of the days apart (default: 7,14,21,28)"
    )
    parser.add_argument("--permutations", type=options.whole(19), default=999, help="how often the dates are dealt out anew (default: 999)")
    parser.add_argument("--seed", type=options.whole(0), default=1, help="the same seed gives the same answer (default: 1)")
    parser.add_argument(
        "--metric", choices=("euclidean", "manhattan"), default="euclidean", help="how distance is measured (default: euclidean)"
    )
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    table = columns.read(args, COLUMNS)
    try:
        events = dated_events(eastings=table["easting"], northings=table["northing"], on=table["day"])
        found = knox(
            events, generator=np.random.default_rng(args.seed), metres=args.metres, days=args.days,
            permutations=args.permutations, metric=args.metric,
        )  # fmt: skip
    except ValueError as fault:
        raise Refusal(f"{fault}.") from fault
    told = {
        "method": "Knox", "events": found.events, "permutations": found.permutations, "seed": args.seed, "metric": found.metric,
        "same_place_and_day": found.same_place_and_day,
    }  # fmt: skip
    return give(args, Answer(_rows(found), told, picture=lambda: _chart(found)), table=table)


def _rows(found: Knox) -> list[dict[str, Any]]:
    q, ratio = found.q, found.ratio
    return [
        {
            "metres_above": near.low, "metres_to": near.high, "days_above": soon.low, "days_to": soon.high,
            "observed": found.observed[i, j], "expected": found.expected[i, j], "ratio": ratio[i, j], "p": found.p[i, j], "q": q[i, j],
        }
        for i, near in enumerate(found.metres)
        for j, soon in enumerate(found.days)
    ]  # fmt: skip


def _chart(found: Knox) -> Chart:
    """Pairs for each pair expected; what chance would hardly give is ringed."""
    q, ratio = found.q, found.ratio
    return shaded(
        [
            Cell(_band(near), _band(soon), ratio[i, j], "" if np.isnan(ratio[i, j]) else f"{ratio[i, j]:.2f}", bool(q[i, j] <= 0.05))
            for i, near in enumerate(found.metres)
            for j, soon in enumerate(found.days)
        ]
    )


def _band(band: Band) -> str:
    return f"{band.high:g}" if band.low == band.high else f"{band.low:g}–{band.high:g}"
