"""`diogel analyse evaluate`: did it work, by the weighted displacement difference."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from diogel.analysis.charts import Chart
from diogel.analysis.charts_compared import Range, ranges
from diogel.analysis.evaluation import Counts, Effect, Evaluation, Span, evaluate
from diogel.cli import Refusal

from . import columns, options
from .answers import Answer, add_outputs, give

AREAS = ("target", "control", "buffer", "buffer_control")
COLUMNS = (
    columns.Column("area", columns.text, "target, control, buffer or buffer_control; the last two may be left out together"),
    columns.Column("before", columns.count, "events of the area in the period before"),
    columns.Column("after", columns.count, "events of the area in the period after"),
    columns.Column("size", columns.number, "how large the area is beside the others, in one unit", is_needed=False),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    columns.add_columns(parser, COLUMNS)
    for name, meaning in (("before", "the period before"), ("after", "the period after")):
        parser.add_argument(
            f"--{name}",
            nargs=2,
            type=_day,
            required=True,
            metavar=("FIRST", "LAST"),
            help=f"first and last day of {meaning}, as 2021-04-30",
        )
    parser.add_argument("--level", type=options.share, default=0.95, help="the share of cases that an interval holds (default: 0.95)")
    parser.add_argument(
        "--dispersion", type=options.positive, default=1.0, help="above 1 for counts that vary more than chance (default: 1)"
    )
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    table = columns.read(args, COLUMNS)
    areas = _areas(table)
    try:
        found = evaluate(
            before=Span(first=args.before[0], last=args.before[1]), after=Span(first=args.after[0], last=args.after[1]),
            level=args.level, dispersion=args.dispersion, **{name: Counts(**counts) for name, counts in areas.items()},
        )  # fmt: skip
    except ValueError as fault:
        raise Refusal(f"{fault}.") from fault
    told = {
        "method": "weighted displacement difference", "verdict": found.verdict, "z": found.z, "p": found.p, "level": found.level,
        "dispersion": found.dispersion, "target_ratio": found.target, "control_ratio": found.control,
        "is_rough": found.is_rough, "seasons_differ": found.seasons_differ,
    }  # fmt: skip
    return give(args, Answer(_rows(found), told, _remarks(found), lambda: _chart(found, args.language)), table=table)


def _areas(table: columns.Table) -> dict[str, dict[str, Any]]:
    areas: dict[str, dict[str, Any]] = {}
    for at, area in enumerate(table["area"]):
        if area not in AREAS or area in areas:
            raise Refusal(f"{area}: each line is one of {', '.join(AREAS)}, each at most once.")
        areas[area] = {"before": table["before"][at], "after": table["after"][at]} | (
            {"size": table["size"][at]} if table.has("size") else {}
        )
    if lacking := [area for area in AREAS[:2] if area not in areas]:
        raise Refusal(f"There is no line for the {lacking[0]} area, without which nothing can be compared.")
    return areas


def _rows(found: Evaluation) -> list[dict[str, Any]]:
    return [{"effect": name, "events": one.events, "error": one.error, "low": one.low, "high": one.high} for name, one in _effects(found)]


def _effects(found: Evaluation) -> list[tuple[str, Effect]]:
    named = (("local", found.local), ("displaced", found.displaced), ("total", found.total))
    return [(name, one) for name, one in named if one is not None]


def _remarks(found: Evaluation) -> list[str]:
    return [
        *(["A count is below five: the limits are rough."] if found.is_rough else []),
        *(
            ["The periods cover different parts of the year: all rests on the control area having the same season."]
            if found.seasons_differ
            else []
        ),
    ]


NAMES = {
    "cy": {"local": "Yn yr ardal darged", "displaced": "Yn yr ardal o’i chwmpas", "total": "Gyda’i gilydd"},
    "en": {"local": "In the target area", "displaced": "In the area around it", "total": "Together"},
}


def _chart(found: Evaluation, language: str) -> Chart:
    rows = [
        Range(NAMES[language][name], one.events, one.low, one.high, f"{one.events:+.0f}".replace("-", "−")) for name, one in _effects(found)
    ]
    return ranges(rows, rule_at=0.0)


def _day(text: str) -> date:
    try:
        return columns.day(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(str(fault)) from fault
