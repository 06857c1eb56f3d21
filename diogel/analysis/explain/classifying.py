"""Season, trend, step or spike: what kind of difference a finding tells of, and which months it is told of."""

from __future__ import annotations

import math

from ..findings import Finding, MonthPoint
from ..periods import Month, months_from
from .explanation import Shape, StepSeen, Way

ODD_MONTHS = 2
"""A quarter of the year before was odd where so many of its months lay outside their own range, on the side that is told."""
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
    # Where every month of the quarter is odd the same way, the quarter is what is told: no month stands out among them.
    return "months" if finding.kind == "months" and 0 < len(odd) < len(finding.quarter.months) else "quarter"


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
    """Of a figure within its range: is it far from the months before, or from the year before, and did the expected figure know?

    Asked of what was expected then as well: an odd year before is neither season nor trend, however far the figure lies from it.
    """
    if finding.observed is None or finding.expected is None or finding.low is None or finding.high is None:
        return "within"
    now, notable, first = (finding.observed, finding.expected), (finding.high - finding.low) / 2, finding.quarter.months[0]
    since_same = _foreseen(now, _earlier(finding, first - 12, first - 10, least=3), notable)
    since_year = _foreseen(now, _earlier(finding, first - 12, first - 1, least=9), notable)
    if since_same is not None:
        return "trend" if since_same >= HALF else "year_before" if _was_odd(finding) else "within"
    return "season" if since_year is not None and since_year >= HALF else "within"


def _foreseen(now: tuple[float, float], then: tuple[float, float] | None, notable: float) -> float | None:
    """How much of the difference from an earlier figure the expected ones hold; None where it is not notable or not known.

    Notable is what is more than half as wide as the range that is expected of the quarter: it knows the series' own wander.
    """
    if then is None or abs(now[0] - then[0]) <= notable:
        return None
    return (now[1] - then[1]) / (now[0] - then[0])


def _was_odd(finding: Finding) -> bool:
    """Whether most months of the same quarter a year before lay outside their own ranges, on the other side of this figure."""
    then = {month - 12 for month in finding.quarter.months}
    points = [one for one in finding.monthly if one.month in then and one.observed is not None]
    below = sum(one.low is not None and (one.observed or 0) < one.low for one in points)
    above = sum(one.high is not None and (one.observed or 0) > one.high for one in points)
    return (below if sum(one.observed or 0 for one in points) < (finding.observed or 0) else above) >= ODD_MONTHS


def _earlier(finding: Finding, first: Month, last: Month, *, least: int) -> tuple[float, float] | None:
    """Count of three average months between two, and what was expected of them; None where fewer than `least` have both."""
    points = [one for one in finding.monthly if first <= one.month <= last and one.observed is not None and one.expected is not None]
    if len(points) < least:
        return None
    return 3 * sum(one.observed or 0 for one in points) / len(points), 3 * math.fsum(one.expected or 0.0 for one in points) / len(points)
