"""`diogel analyse steps`: did the level of a series change and stay changed, since when, by what factor."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from diogel.analysis.charts import Chart, Event, Point, control_chart
from diogel.analysis.multiplicity import adjusted
from diogel.analysis.periods import Month
from diogel.analysis.steps import Found, find
from diogel.cli import Refusal

from . import columns, options, series
from .answers import Answer, add_outputs, give

Ints = NDArray[np.int64]
COLUMNS = (columns.MONTH, *columns.SERIES)
LABELS = {"cy": ("lefel", "dim data", "newid lefel"), "en": ("level", "no data", "change of level")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    columns.add_columns(parser, COLUMNS)
    parser.add_argument("--most", type=options.whole(1), default=2, help="at most so many steps in a series (default: 2)")
    parser.add_argument("--alpha", type=options.share, default=0.01, help="a step is let in below this p (default: 0.01)")
    parser.add_argument("--level", type=options.share, default=0.95, help="the share of cases that an interval holds (default: 0.95)")
    parser.add_argument("--no-season", action="store_true", help="do not estimate a season of months beside the levels")
    parser.add_argument("--trials", type=options.whole(19), default=399, help="series drawn to compare with (default: 399)")
    parser.add_argument("--seed", type=options.whole(0), default=1, help="the same seed gives the same answer (default: 1)")
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    table = columns.read(args, COLUMNS)
    names, first, counts = series.matrix(table, "month")
    try:
        found = find(
            np.maximum(counts, 0), known=counts >= 0, exposure=series.lengths(first, counts.shape[1]), rng=np.random.default_rng(args.seed),
            per_year=None if args.no_season else 12, most=args.most, alpha=args.alpha, level=args.level, trials=args.trials,
        )  # fmt: skip
    except ValueError as fault:
        raise Refusal(f"{fault}.") from fault
    asked = [one for one in found if not one.is_short]
    told = {
        "method": "likelihood segmentation", "alpha": args.alpha, "level": args.level, "trials": args.trials, "seed": args.seed,
        "series": len(found), "looked_at": len(asked), "with_a_step": sum(bool(one.steps) for one in found),
        "by_chance": args.alpha * len(asked),
    }  # fmt: skip
    short = len(found) - len(asked)
    remarks = [f"Too short to ask: {short} of {len(found)} series."] if short else []
    rows = list(_rows(names, first, found))
    return give(args, Answer(rows, told, remarks, lambda: _chart(first, counts, found, args.language)), table=table)


def _rows(names: Sequence[tuple[str, str]], first: int, found: Sequence[Found]) -> Iterator[dict[str, Any]]:
    """A row a step; a series without one has a row that says so."""
    q = dict(
        zip(
            [at for at, one in enumerate(found) if not one.is_short],
            adjusted(np.array([o.p for o in found if not o.is_short])),
            strict=True,
        )
    )
    for at, ((place, type_), one) in enumerate(zip(names, found, strict=True)):
        head = {"place": place, "type": type_}
        tail = {"series_p": None if one.is_short else one.p, "series_q": q.get(at), "dispersion": one.dispersion}
        for step in one.steps:
            when = {"since": _month(first, step.at), "earliest": _month(first, step.earliest), "latest": _month(first, step.latest)}
            yield head | when | {"ratio": step.ratio, "low": step.low, "high": step.high, "p": step.p} | tail
        if not one.steps:
            yield head | dict.fromkeys(("since", "earliest", "latest", "ratio", "low", "high", "p")) | tail


def _month(first: int, at: int) -> Month:
    return Month.from_index(first + at)


def _chart(first: int, counts: Ints, found: Sequence[Found], language: str) -> Chart:
    """The series that is least like chance, on its levels."""
    at = min(range(len(found)), key=lambda row: (not found[row].steps, found[row].is_short, found[row].p))
    one, days = found[at], series.lengths(first, counts.shape[1])
    if one.is_short:
        raise Refusal("Every series is too short to draw a level.")
    level_of = np.searchsorted([step.at for step in one.steps], np.arange(counts.shape[1]), side="right")
    points = [
        Point(_month(first, month), None if count < 0 else int(count), one.levels[level_of[month]] * days[month])
        for month, count in enumerate(counts[at])
    ]
    level, missing, changed = LABELS[language]
    return control_chart(
        points, range_label=level, missing_label=missing, events=[Event(_month(first, step.at), changed) for step in one.steps]
    )
