"""Turns what the engine says of a series into the plain values that looks and cards keep."""

from __future__ import annotations

import math
from collections.abc import Sequence

from diogel.analysis.findings import Finding
from diogel.analysis.periods import Month

from .found import LEAST_ODDS, FindingData, MonthRow, Neighbour, Power, Series, Told, Verdict, Way


def series_of(finding: Finding) -> Series:
    """One row of a look: the figure, its range, and the verdict on it."""
    verdict = _verdict(finding)
    return Series(
        area=finding.area,
        type=finding.type,
        quarter=str(finding.quarter),
        verdict=verdict,
        method=finding.method,
        observed=finding.observed,
        expected=_rounded(finding.expected),
        low=_whole(finding.low),
        high=_whole(finding.high),
        direction=_outside(finding) if verdict == "outside" else finding.direction,
        kind=finding.kind,
        months=[str(month) for month in finding.odd_months],
        since=str(finding.since) if finding.since else None,
        history_months=finding.history_months,
        earlier_years=finding.earlier_years,
        missing=[str(month) for month in finding.missing],
        power=_power(finding),
    )


def finding_of(finding: Finding) -> FindingData:
    """What a card keeps of an unusual series; neighbours and dated events are added by whoever knows them."""
    series = series_of(finding)
    series.pop("power")
    monthly = [
        MonthRow(
            month=str(each.month), observed=each.observed, expected=_rounded(each.expected), low=_whole(each.low), high=_whole(each.high)
        )
        for each in finding.monthly
    ]
    odd = _with_the_direction(finding)
    # Where no month is odd on the side that is told, or every one is, it is the quarter that is told.
    kind = "quarter" if finding.kind == "months" and len(odd) in (0, len(finding.quarter.months)) else finding.kind
    series["months"], series["kind"] = odd, kind
    return FindingData(
        **series,
        told=_told(series, monthly),
        p=finding.p or 0.0,
        q=finding.q or 0.0,
        one_in=one_in(finding.p or 0.0),
        monthly=monthly,
        excluded=[str(month) for month in finding.excluded if finding.monthly and month >= finding.monthly[0].month],
        events=[],
        neighbours=[],
    )


def neighbour_of(finding: Finding, told: Told) -> Neighbour:
    """Where another area stood in the months that are told of: by its own month's range, else by its quarter's."""
    observed, low, high = finding.observed, finding.low, finding.high
    if told["first"] == told["last"]:
        observed, low, high = next(
            ((m.observed, m.low, m.high) for m in finding.monthly if str(m.month) == told["first"]), (None, None, None)
        )
    if observed is None or low is None or high is None:
        return Neighbour(area=finding.area, way="unknown")
    return Neighbour(area=finding.area, way="higher" if observed > high else "lower" if observed < low else "within")


def one_in(p: float) -> int:
    """How many quarters one such is expected in, to one figure; LEAST_ODDS where it is rarer than is to be believed."""
    if p <= 1 / LEAST_ODDS:
        return LEAST_ODDS
    quarters = 1 / p
    unit = 10 ** math.floor(math.log10(quarters))
    return min(LEAST_ODDS, round(quarters / unit) * unit)


def _power(finding: Finding) -> Power | None:
    """Chances rounded down and the ratio rounded up, so that nothing is promised that is not kept."""
    if finding.power is None or finding.power_of_doubling is None:
        return None
    smallest = finding.smallest_rise
    return Power(
        half=math.floor(finding.power * 1000) / 1000,
        double=math.floor(finding.power_of_doubling * 1000) / 1000,
        smallest=None if smallest is None else math.ceil(smallest * 1000) / 1000,
    )


def _verdict(finding: Finding) -> Verdict:
    if finding.method in ("missing", "too_short"):
        return finding.method
    if finding.is_unusual:
        return "unusual"
    return "outside" if _outside(finding) else "as_expected"


def _outside(finding: Finding) -> Way:
    if finding.observed is None or finding.low is None or finding.high is None:
        return ""
    return "higher" if finding.observed > finding.high else "lower" if finding.observed < finding.low else ""


def _with_the_direction(finding: Finding) -> list[str]:
    """The odd months that stand on the side the finding tells of."""
    by_month = {each.month: each for each in finding.monthly}
    sign = 1 if finding.direction == "higher" else -1
    kept = []
    for month in finding.odd_months:
        each = by_month.get(month)
        if each and each.observed is not None and each.expected is not None and sign * (each.observed - each.expected) > 0:
            kept.append(str(month))
    return kept


def _told(series: Series, monthly: Sequence[MonthRow]) -> Told:
    """The oddest of single months, the months since a level changed without a range, or the quarter."""
    if series["kind"] == "months":
        row = max((row for row in monthly if row["month"] in series["months"]), key=_distance)
        return _told_of(row["month"], row["month"], row["observed"], row["expected"], row["low"], row["high"])
    if series["kind"] == "level" and series["since"]:
        within = [row for row in monthly if row["month"] >= series["since"] and row["observed"] is not None]
        observed, expected = sum(row["observed"] or 0 for row in within), sum(row["expected"] or 0.0 for row in within)
        return _told_of(series["since"], series["quarter"], observed, expected, None, None)
    first = str(Month.parse(series["quarter"]) - 2)
    return _told_of(first, series["quarter"], series["observed"], series["expected"], series["low"], series["high"])


def _told_of(first: str, last: str, observed: int | None, expected: float | None, low: int | None, high: int | None) -> Told:
    """Expected to the tenth, in which the places that make up the difference are reckoned too."""
    return Told(first=first, last=last, observed=observed or 0, expected=round(expected or 0.0, 1), low=low, high=high)


def _distance(row: MonthRow) -> float:
    expected = row["expected"] or 0.0
    return abs((row["observed"] or 0) - expected) / math.sqrt(max(expected, 1.0))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
