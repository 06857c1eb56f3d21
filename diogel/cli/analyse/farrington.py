"""`diogel analyse anomalies --method farrington`: each month or week judged by its own past, every setting an option."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, get_args

import numpy as np

from diogel.analysis.farrington import MONTHLY, WEEKLY, Options, Scan, scan
from diogel.analysis.farrington.options import Limit
from diogel.analysis.multiplicity import adjusted
from diogel.analysis.periods import Month
from diogel.cli import Refusal

from . import columns, options, series
from .answers import Answer, give

SETTINGS = {
    "years": ("reference years b", options.whole(1)),
    "half_window": ("periods w on either side of each anniversary", options.whole(0)),
    "seasons": ("bins that a year is cut into; 1 for the windows alone", options.whole(1)),
    "left_out": ("past periods left out of the baseline", options.whole(0)),
    "trend_p": ("a trend is kept below this p", options.share_or_end),
    "outlier": ("past counts with a residual above this weigh less", options.positive),
    "least_cases": ("a bound is given only where the last periods held so many", options.whole(0)),
    "over_periods": ("how many last periods that are", options.whole(1)),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("settings of --method farrington")
    group.add_argument("--weeks", action="store_true", help="the periods are weeks: a column week in place of month")
    for name, (meaning, read) in SETTINGS.items():
        defaults = f"{getattr(MONTHLY, name)} by month, {getattr(WEEKLY, name)} by week"
        group.add_argument(f"--{name.replace('_', '-')}", type=read, help=f"{meaning} (default: {defaults})")
    group.add_argument("--limit", choices=get_args(Limit), default="nbPlugin", help="how the bound is reckoned (default: nbPlugin)")
    group.add_argument("--no-trend", action="store_true", help="never try a trend")
    group.add_argument("--no-reweighting", action="store_true", help="past outliers weigh as much as any other period")
    group.add_argument("--compatible", action="store_true", help="follow R's surveillance 1.20 to the letter, its slips included")
    group.add_argument("--last", type=options.whole(1), metavar="N", help="judge the last N periods alone (default: all that can be)")


def run(args: argparse.Namespace) -> int:
    when = columns.Column("week", week, "the week, as 2021-W05 or its Monday") if args.weeks else columns.MONTH
    table = columns.read(args, (when, *columns.SERIES))
    settings = _options(args)
    try:
        names, first, counts = series.matrix(table, when.name)
        periods = counts.shape[1]
        at = None if args.last is None else range(max(settings.reach, periods - args.last), periods)
        found = scan(
            np.maximum(counts, 0),
            known=counts >= 0,
            at=at,
            exposure=None if args.weeks else series.lengths(first, periods),
            options=settings,
        )
    except ValueError as fault:
        raise Refusal(f"{fault}.") from fault
    rows = list(_rows(names, first, found, weeks=args.weeks))
    told = {
        "method": "Farrington flexible", "compatible": settings.is_compatible, "limit": settings.limit, "alpha": settings.alpha,
        **{name: getattr(settings, name) for name in SETTINGS}, "series": len(names), "looked_at": sum(row["p"] is not None for row in rows),
        "alarms": int(found.is_alarm.sum()), "alarms_by_chance": settings.alpha * sum(row["p"] is not None for row in rows),
    }  # fmt: skip
    if args.unusual_only:
        rows = [row for row in rows if row["alarm"]]
    return give(args, Answer(rows, told), table=table)


def week(cell: str) -> int:
    """Weeks since the Monday of 1970-01-05, from an ISO week or a Monday."""
    try:
        monday = date.fromisocalendar(int(cell[:4]), int(cell[6:]), 1) if cell[4:6] == "-W" else date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is no week. Write it as 2021-W05, or as its Monday, 2021-02-01.") from None
    if monday.weekday():
        raise ValueError(f"{cell} is no Monday; a week is named by its Monday, or as 2021-W05.")
    return (monday - date(1970, 1, 5)).days // 7


def _options(args: argparse.Namespace) -> Options:
    base = WEEKLY if args.weeks else MONTHLY
    given = {name: getattr(args, name) for name in SETTINGS if getattr(args, name) is not None}
    try:
        return Options(
            per_year=base.per_year, alpha=args.alpha, limit=args.limit, has_trend=not args.no_trend,
            reweights=not args.no_reweighting, is_compatible=args.compatible,
            **{name: given.get(name, getattr(base, name)) for name in SETTINGS},
        )  # fmt: skip
    except ValueError as fault:
        raise Refusal(f"{fault}.") from fault


def _rows(names: Sequence[tuple[str, str]], first: int, found: Scan, *, weeks: bool) -> list[dict[str, Any]]:
    """Each period judged of each series, the alarms first, the highest score first."""
    q = np.full(found.p.shape, np.nan)
    judged = np.isfinite(found.p)
    q[judged] = adjusted(found.p[judged])
    rows = [
        {
            "place": place, "type": type_, "week" if weeks else "month": _period(first + int(period), weeks=weeks),
            "alarm": bool(found.is_alarm[s, t]), "observed": _whole(found.observed[s, t]), "expected": _known(found.expected[s, t]),
            "upper": _known(found.upper[s, t]), "score": _known(found.score[s, t]), "p": _known(found.p[s, t]), "q": _known(q[s, t]),
            "trend": bool(found.has_trend[s, t]), "dispersion": _known(found.dispersion[s, t]),
        }
        for s, (place, type_) in enumerate(names)
        for t, period in enumerate(found.at)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (not row["alarm"], -(row["score"] if row["score"] is not None else -np.inf)))


def _period(number: int, *, weeks: bool) -> str:
    if not weeks:
        return str(Month.from_index(number))
    year, of_year, _ = (date(1970, 1, 5) + timedelta(weeks=number)).isocalendar()
    return f"{year}-W{of_year:02d}"


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _whole(value: float) -> int | None:
    return int(value) if np.isfinite(value) else None
