"""Did it work: the weighted displacement difference with control and buffer areas, and exact before and after comparisons."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from scipy import special

from .rates import Comparison, compare

FEWEST = 5
"""Below this count in any cell the normal limits are rough (Wheeler and Ratcliffe 2018)."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days from `first` to `last`, both included. ValueError where `first` is after `last`."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a period cannot begin on {self.first} and end on {self.last}, before that")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Events of one area in both periods; `size` tells how large it is beside the others, in one unit (people, km², homes)."""

    before: int
    after: int
    size: float = 1.0

    def __post_init__(self) -> None:
        for count in (self.before, self.after):
            if isinstance(count, bool) or not isinstance(count, (int, np.integer)) or count < 0:
                raise ValueError(f"{count!r} is not a count of events: counts are whole numbers from zero up")
        if not (self.size > 0 and math.isfinite(self.size)):
            raise ValueError(f"an area's size is above zero, not {self.size}")


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Events more (above 0) or fewer in the period after than the control area would have led one to expect, with its limits."""

    events: float
    error: float
    low: float
    high: float


class Verdict(StrEnum):
    """What the limits of the whole effect leave open."""

    FEWER = "fewer"
    MORE = "more"
    UNDECIDED = "undecided"


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """All the numbers of one sentence: *`events` fewer than expected, between `low` and `high`*, and what it leans on.

    `local` is the target area beside its control, `displaced` the buffer beside its own (None without one), `total` both;
    above 0 in `displaced` is crime that moved, below 0 benefit that spread. `z` and `p` (two-sided) are of `total`. `target`
    and `control` compare after with before alone, by exact Poisson limits, each per day. `is_rough`: a count is under five.
    `seasons_differ`: the periods do not cover the same part of the year, so all rests on the control having the same season.
    """

    local: Effect
    displaced: Effect | None
    total: Effect
    z: float
    p: float
    verdict: Verdict
    target: Comparison
    control: Comparison
    before: Span
    after: Span
    level: float
    dispersion: float
    is_rough: bool
    seasons_differ: bool


def evaluate(
    *,
    before: Span,
    after: Span,
    target: Counts,
    control: Counts,
    buffer: Counts | None = None,
    buffer_control: Counts | None = None,
    level: float = 0.95,
    dispersion: float = 1.0,
) -> Evaluation:
    """The weighted displacement difference of Wheeler and Ratcliffe (2018), in events of the period after.

    Counts before are brought to the length of the period after, and controls to the size of the area they stand for. Null
    hypothesis: the target (and buffer) changed by as many events as their controls did. Counts are taken as Poisson;
    `dispersion` above 1 widens every limit of the difference for counts that vary more. ValueError for periods that overlap or
    come in the wrong order, and for a buffer without a control of its own (one control cannot serve twice: both would err together).
    """
    if before.last >= after.first:
        raise ValueError(
            f"the period before ends on {before.last}, and the period after begins on {after.first}: they overlap or are swapped"
        )
    if (buffer is None) != (buffer_control is None):
        raise ValueError("a buffer needs a control area of its own, and a control of a buffer needs the buffer")
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, such as 0.95; not {level}")
    if not (dispersion >= 1 and math.isfinite(dispersion)):
        raise ValueError(f"counts vary at least as much as chance: dispersion is 1 or more, not {dispersion}")
    scale, reach = after.days / before.days, float(special.ndtri((1 + level) / 2))
    here = _difference(target, control, scale, dispersion)
    there = _difference(buffer, buffer_control, scale, dispersion) if buffer and buffer_control else None
    whole = (here[0] + there[0], here[1] + there[1]) if there else here
    total = _effect(whole, reach)
    z = total.events / total.error if total.error else 0.0
    areas = [area for area in (target, control, buffer, buffer_control) if area]
    return Evaluation(
        local=_effect(here, reach),
        displaced=_effect(there, reach) if there else None,
        total=total,
        z=z,
        p=float(2 * special.ndtr(-abs(z))),
        verdict=Verdict.FEWER if total.high < 0 else Verdict.MORE if total.low > 0 else Verdict.UNDECIDED,
        target=_alone(target, before, after, level),
        control=_alone(control, before, after, level),
        before=before,
        after=after,
        level=level,
        dispersion=dispersion,
        is_rough=any(min(area.before, area.after) < FEWEST for area in areas),
        seasons_differ=_seasons_differ(before, after),
    )


def _difference(area: Counts, control: Counts, scale: float, dispersion: float) -> tuple[float, float]:
    """Change of an area less that of its control, and the variance of that."""
    share = area.size / control.size
    events = (area.after - scale * area.before) - share * (control.after - scale * control.before)
    variance = (area.after + scale**2 * area.before) + share**2 * (control.after + scale**2 * control.before)
    return float(events), float(variance) * dispersion


def _effect(difference: tuple[float, float], reach: float) -> Effect:
    events, error = difference[0], math.sqrt(difference[1])
    return Effect(events=events, error=error, low=events - reach * error, high=events + reach * error)


def _alone(area: Counts, before: Span, after: Span, level: float) -> Comparison:
    return compare(count=int(area.after), base=int(area.before), exposure=after.days, base_exposure=before.days, level=level)


def _seasons_differ(before: Span, after: Span) -> bool:
    """Whole years have every season; other periods share theirs where they begin and end on about the same days of the year."""
    if all(abs(span.days - 365.25 * round(span.days / 365.25)) <= 3 and span.days > 360 for span in (before, after)):
        return False
    return max(_apart(before.first, after.first), _apart(before.last, after.last)) > 3


def _apart(one: date, other: date) -> int:
    """Days between two days of the year, whichever way round is shorter."""
    days = abs(one.timetuple().tm_yday - other.timetuple().tm_yday)
    return min(days, 366 - days)
