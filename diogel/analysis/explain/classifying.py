"""Season, trend, step or spike: what kind of difference a finding tells of, and which months it is told of."""

from __future__ import annotations

import math

from ..findings import Finding, MonthPoint
from ..periods import Month, months_from
from .explanation import Shape, StepSeen, Way

NOTABLE = 2.0
"""A difference from earlier months is worth a word from so many times the chance error of the two counts on."""
HALF = 0.5
"""Season or trend is the word where the expected figure holds at least this part of the difference."""


def shape_of(finding: Finding, *, step: StepSeen | None = None) -> Shape:
    """The shape of one finding; of an unusual quarter that another method dates a step in, that step."""
    if finding.method in ("missing", "too_short"):
        return "missing" if finding.method == "missing" else "too_short"
    if finding.is_unusual:
        return _unusual(finding, step)
    if finding.is_outside:
        return "outside"
    return _expected(finding)


def told_months(finding: Finding, shape: Shape) -> tuple[Month, ...]:
    """The months the figure is told of: the oddest single one, those since a step, or the quarter."""
    if shape in ("spike_over", "spike_latest", "months"):
        odd = _odd(finding)
        return (max(odd, key=_distance).month,) if odd else finding.quarter.months
    if shape == "step" and finding.since is not None:
        return tuple(months_from(finding.since, finding.quarter.ending))
    return finding.quarter.months


def way_of(finding: Finding, months: tuple[Month, ...]) -> Way:
    """Where a series stood in these months: by its month's own range where there is one month, else by its quarter's."""
    observed: float | None = finding.observed
    low, high = finding.low, finding.high
    if len(months) == 1:
        point = next((one for one in finding.monthly if one.month == months[0]), None)
        observed, low, high = (point.observed, point.low, point.high) if point else (None, None, None)
    if observed is None or low is None or high is None:
        return "unknown"
    return "higher" if observed > high else "lower" if observed < low else "within"


def _unusual(finding: Finding, step: StepSeen | None) -> Shape:
    if finding.kind == "level":
        return "step"
    odd = _odd(finding)
    if step is not None and _bears(finding, step) and len(odd) != 1:
        return "step"
    if finding.kind == "months" and len(odd) == 1:
        return "spike_latest" if odd[0].month == finding.quarter.ending else "spike_over"
    return "months" if finding.kind == "months" and odd else "quarter"


def _bears(finding: Finding, step: StepSeen) -> bool:
    """Whether a dated step goes the way of the finding and began in the quarter, or up to half a year before it."""
    is_near = finding.quarter.months[0] - 6 <= step.since <= finding.quarter.ending
    return is_near and (step.after > step.before) == (finding.direction == "higher")


def _odd(finding: Finding) -> list[MonthPoint]:
    """The odd months on the side that the finding tells of."""
    sign = 1 if finding.direction == "higher" else -1
    return [
        one
        for one in finding.monthly
        if one.month in finding.odd_months
        and one.observed is not None
        and one.expected is not None
        and sign * (one.observed - one.expected) > 0
    ]


def _distance(point: MonthPoint) -> float:
    expected = point.expected or 0.0
    return abs((point.observed or 0) - expected) / math.sqrt(max(expected, 1.0))


def _expected(finding: Finding) -> Shape:
    """Of a figure within its range: is it far from the months before, or from the year before, and did the expected figure know?"""
    if finding.observed is None or finding.expected is None:
        return "within"
    first = finding.quarter.months[0]
    year, same = _mean(finding, first - 12, first - 1, least=9), _mean(finding, first - 12, first - 10, least=3)
    if year is not None and _is_held(finding.observed, finding.expected, 3 * year):
        return "season" if same is None or not _is_held(finding.observed, finding.expected, 3 * same) else "trend"
    if same is not None and _is_held(finding.observed, finding.expected, 3 * same):
        return "trend"
    return "within"


def _is_held(observed: float, expected: float, earlier: float) -> bool:
    """Whether a notable difference from an earlier figure is at least half foreseen by the expected one."""
    difference = observed - earlier
    if abs(difference) <= NOTABLE * math.sqrt(max(observed + earlier, 1.0)):
        return False
    return (expected - earlier) / difference >= HALF


def _mean(finding: Finding, first: Month, last: Month, *, least: int) -> float | None:
    """Mean count a month between two months, None where fewer than `least` of them are known."""
    counts = [one.observed for one in finding.monthly if first <= one.month <= last and one.observed is not None]
    return sum(counts) / len(counts) if len(counts) >= least else None
