"""Puts together what is known around one finding: its shape, its parts, its neighbours, its time and its data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from ..findings import Finding
from ..periods import Month
from .classifying import shape_of, told_months, way_of
from .explanation import Around, Doubts, Event, Explanation, NotIt, Parts, Shape, StepSeen, Way

WINDOW = 3
"""Events that ended up to so many months before the figure's months still may bear on it."""


LASTING = 6
"""Months that a new level must have held before it is not said that nothing shows it to last."""


def explain(
    finding: Finding,
    *,
    parts: Sequence[Parts] = (),
    neighbours: Sequence[Finding] = (),
    force: Finding | None = None,
    group: Finding | None = None,
    events: Sequence[Event] = (),
    step: StepSeen | None = None,
    doubts: Doubts | None = None,
    window: int = WINDOW,
) -> Explanation:
    """What is to be said of one finding.

    `neighbours` are the findings of other areas, `force` of the rest of the force (without the area), `group` of its
    similar areas together, all of the same type and quarter. `parts` come of `breakdown` or `parts_of`, for the months and
    the expected count that `figure_of` tells. Null hypothesis: none of its own; the finding's was judged before.

    ValueError where parts do not add up to the figure, or another finding is of another type or quarter.
    """
    for other in (*neighbours, *(one for one in (force, group) if one is not None)):
        if (other.type, other.quarter) != (finding.type, finding.quarter):
            raise ValueError(f"{other.area} is told of {other.type} in {other.quarter}, not of {finding.type} in {finding.quarter}")
    shape = shape_of(finding, step=step)
    months, observed, expected, low, high = figure_of(finding, shape)
    for one in parts:
        if observed is None or expected is None or one.difference != observed - expected:
            raise ValueError(f"the parts by {one.by} add up to {one.difference}, not to the figure's difference")
    way = _way(finding, observed, expected)
    around = Around(
        neighbours={one.area: way_of(one, months) for one in neighbours if one.area != finding.area},
        force=way_of(force, months) if force else "unknown",
        group=way_of(group, months) if group else "unknown",
    )
    near = tuple(event for event in events if _bears(event, finding, months, window))
    given = doubts or Doubts()
    # A month that came in part is told as such, and not a second time as one without data.
    doubt = replace(given, missing=tuple(month for month in finding.missing if month not in given.partial))
    told_step = step if shape == "step" and step is not None else None
    return Explanation(
        area=finding.area, type=finding.type, quarter=finding.quarter, shape=shape, way=way, months=months, observed=observed,
        expected=expected, low=low, high=high, step=told_step, parts=tuple(parts), around=around, events=near, doubts=doubt,
        not_it=_not_it(finding, shape, way, around, near, doubt, parts, held=_held(finding, told_step)),
    )  # fmt: skip


def figure_of(finding: Finding, shape: Shape) -> tuple[tuple[Month, ...], int | None, int | None, int | None, int | None]:
    """The months the figure is told of, and its observed and expected count, low and high, all whole; a half goes up."""
    months = told_months(finding, shape)
    if shape == "missing":
        return months, None, None, None, None
    if months == finding.quarter.months:
        return months, finding.observed, _whole(finding.expected), _whole(finding.low), _whole(finding.high)
    points = [one for one in finding.monthly if one.month in months and one.observed is not None]
    told = tuple(one.month for one in points)
    observed = sum(one.observed or 0 for one in points)
    expected = _whole(math.fsum(one.expected or 0.0 for one in points))
    if len(points) == 1:
        return told, observed, expected, _whole(points[0].low), _whole(points[0].high)
    return told, observed, expected, None, None


def _way(finding: Finding, observed: int | None, expected: int | None) -> Way:
    if observed is None or expected is None:
        return "unknown"
    if finding.is_unusual and finding.direction:
        return finding.direction
    if finding.is_outside:
        return "higher" if observed > expected else "lower"
    return "within"


def _bears(event: Event, finding: Finding, months: tuple[Month, ...], window: int) -> bool:
    if (event.areas and finding.area not in event.areas) or (event.types and finding.type not in event.types):
        return False
    return event.first <= months[-1] and (event.last is None or event.last >= months[0] - window)


def _held(finding: Finding, step: StepSeen | None) -> int:
    """How many months a new level has held; nought where there is none."""
    since = step.since if step else finding.since
    return finding.quarter.ending.since(since) + 1 if since else 0


def _not_it(
    finding: Finding,
    shape: Shape,
    way: Way,
    around: Around,
    near: Sequence[Event],
    doubts: Doubts,
    parts: Sequence[Parts],
    *,
    held: int,
) -> tuple[NotIt, ...]:
    """Only what was looked at is ruled out."""
    if not finding.is_unusual:
        return ()
    found: dict[NotIt, bool] = {
        "season": finding.method in ("regression", "same_months"),
        "trend": finding.method == "regression",
        "data": doubts.are_none,
        "neighbours": around.known > 0 and around.alike(way) == 0,
        "force": around.force not in ("unknown", way),
        "one_place": any(one.by == "place" and one.gathering == "spread" for one in parts),
        "lasting": shape in ("spike_latest", "months", "quarter") or (shape == "step" and held < LASTING),
        "proved_by_time": bool(near),
    }
    return tuple(name for name, is_ruled_out in found.items() if is_ruled_out)


def _whole(value: float | None) -> int | None:
    return None if value is None else math.floor(value + 0.5)
