"""Where an area stands: rolling 12 months, its rate, and how that compares with its force, its group and its own past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from .counts import Cube
from .periods import Month, months_from
from .rates import Comparison, Denominator, Rate, compare, percent_change, poisson_interval

YEAR = 12
Kind = Literal["exact", "mid_p"]


@dataclass(frozen=True, kw_only=True)
class Rolled:
    """`count` of 12 months, None where one of them is missing; `before`, the same a month earlier.

    From one rolling year to the next only `entered` and `left` differ: a rolling total can turn because of what leaves it.
    """

    first: Month
    last: Month
    count: int | None
    missing: tuple[Month, ...]
    before: int | None
    entered: int | None
    left: int | None


@dataclass(frozen=True, kw_only=True)
class Member:
    """One area of a comparison with its rate, and between which places its true rate may stand among all (1 is highest)."""

    area: str
    rate: Rate
    place: int
    place_low: int
    place_high: int


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An area's rolling year beside a group. `members` are in order of their rates, the area among them.

    `against` compares the area with all other members together, which it is no part of. `left_out` names members with a
    missing month or no population, with the reason. `percent` is the change on a year earlier, None on a base under 20.
    """

    area: str
    rolled: Rolled
    rate: Rate | None
    year_earlier: int | None
    percent: float | None
    members: tuple[Member, ...]
    against: Comparison | None
    left_out: Mapping[str, str]

    @property
    def own(self) -> Member | None:
        return next((member for member in self.members if member.area == self.area), None)


def rolling(cube: Cube, *, months: int = YEAR) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Sums of so many months ending in each month: int64 (areas, types, months), and bool (areas, months), whether all are known.

    Where they are not, the sum is 0 and says nothing: a rolling figure is never told over a gap.
    """
    if months < 1:
        raise ValueError(f"a rolling figure takes a month at least, not {months}")
    totals, whole = np.zeros_like(cube.values), np.zeros_like(cube.known)
    span = len(cube.months) - months + 1
    if span > 0:
        known: NDArray[np.bool_] = np.asarray(np.lib.stride_tricks.sliding_window_view(cube.known, months, axis=1).all(axis=2))
        sums = np.lib.stride_tricks.sliding_window_view(cube.values, months, axis=2).sum(axis=3)
        whole[:, months - 1 :] = known
        totals[:, :, months - 1 :] = np.where(known[:, None, :], sums, 0)
    return totals, whole


def rolled(cube: Cube, area: str, type_: str, ending: Month) -> Rolled:
    """One rolling year, and what entered and left it in its last month. KeyError for an area or a type that is not there."""
    counts, known = cube.series(area, type_)
    held = {month: int(count) for month, count, here in zip(cube.months, counts, known, strict=True) if here}
    span, earlier = tuple(months_from(ending - 11, ending)), tuple(months_from(ending - 12, ending - 1))
    missing = tuple(month for month in span if month not in held)
    return Rolled(
        first=span[0],
        last=ending,
        count=None if missing else sum(held[month] for month in span),
        missing=missing,
        before=sum(held[month] for month in earlier) if all(month in held for month in earlier) else None,
        entered=held.get(ending),
        left=held.get(ending - 12),
    )


def denominator_for(denominators: Sequence[Denominator], ending: Month) -> Denominator | None:
    """The population of the year nearest to the middle of the 12 months (which lies half a year before `ending`), the earlier of two.

    Every rate says which year that was. None where there is none.
    """
    middle = (ending.index - 5) / 12  # in years; mid-year estimates are of 30 June, half-way through theirs
    return min(denominators, key=lambda one: (abs(one.year + 0.5 - middle), one.year), default=None)


def mid_p_interval(count: int, *, level: float = 0.95) -> tuple[float, float]:
    """Mid-p limits of the mean behind a count: half the chance of the count itself is left out of each tail (Lancaster 1961).

    Shorter than the exact limits and right on average: it holds the truth in about, not at least, `level` of cases.
    """
    if count < 0 or not 0 < level < 1:
        raise ValueError(f"{count} is not a count, or {level} not a level between 0 and 1")
    tail = (1 - level) / 2
    low, high = poisson_interval(count, level=1 - (1 - level) / 4)  # the mid-p limits lie inside wider exact ones

    def at_least(mean: float) -> float:
        """Chance of more, and half of just as many."""
        more = float(special.gammainc(count + 1, mean))
        just = float(special.gammainc(count, mean)) - more if count else float(np.exp(-mean))
        return more + just / 2

    lower = optimize.brentq(lambda mean: at_least(mean) - tail, low, count + 1e-9, xtol=1e-10) if count else 0.0
    return float(lower), float(optimize.brentq(lambda mean: 1 - at_least(mean) - tail, max(count, 1e-9), high, xtol=1e-10))


def rate_of(count: int, denominator: Denominator, *, interval: Kind = "exact", level: float = 0.95) -> Rate:
    """Per 1,000 with exact or mid-p limits."""
    low, high = (poisson_interval if interval == "exact" else mid_p_interval)(count, level=level)
    per = 1000 / denominator.number
    return Rate(count=count, per_thousand=count * per, low=low * per, high=high * per, denominator=denominator)


def standing(
    cube: Cube,
    *,
    area: str,
    type_: str,
    ending: Month,
    group: Sequence[str],
    denominators: Mapping[str, Sequence[Denominator]],
    interval: Kind = "exact",
    level: float = 0.95,
) -> Standing:
    """An area's rolling year to `ending` beside the areas of `group` (a force, or its most similar areas; with or without itself).

    Null hypothesis of `against`: the area and all the others together have one rate. Places take in every other member
    whose rate cannot be told from its own when all pairs of it are looked at together, so that they hold for each area
    in at least `level` of cases. KeyError for an area or a type that is not there, ValueError for a group of none but itself.
    """
    others = tuple(one for one in dict.fromkeys(group) if one != area)
    if not others:
        raise ValueError(f"{area} has nobody in its group to stand beside")
    own, earlier = rolled(cube, area, type_, ending), rolled(cube, area, type_, ending - 12)
    told, left_out = _rates(cube, (area, *others), type_, ending, denominators, interval, level)
    base = earlier.count
    return Standing(
        area=area,
        rolled=own,
        rate=told.get(area),
        year_earlier=base,
        percent=percent_change(now=own.count, base=base) if own.count is not None and base is not None else None,
        members=_members(told, level) if area in told else (),
        against=_against(told, area, level) if area in told and len(told) > 1 else None,
        left_out=left_out,
    )


def _rates(
    cube: Cube,
    areas: Sequence[str],
    type_: str,
    ending: Month,
    denominators: Mapping[str, Sequence[Denominator]],
    interval: Kind,
    level: float,
) -> tuple[dict[str, Rate], dict[str, str]]:
    """Rates of those areas that have one, and why the others have none."""
    told, left_out = {}, {}
    for area in areas:
        year, people = rolled(cube, area, type_, ending), denominator_for(denominators.get(area, ()), ending)
        if year.count is None:
            left_out[area] = "missing " + ", ".join(map(str, year.missing))
        elif people is None:
            left_out[area] = "no population"
        else:
            told[area] = rate_of(year.count, people, interval=interval, level=level)
    return told, left_out


def _against(told: Mapping[str, Rate], area: str, level: float) -> Comparison:
    own = told[area]
    others = [rate for one, rate in told.items() if one != area]
    return compare(
        count=own.count, base=sum(rate.count for rate in others), exposure=own.denominator.number,
        base_exposure=sum(rate.denominator.number for rate in others), level=level,
    )  # fmt: skip


def _members(told: Mapping[str, Rate], level: float) -> tuple[Member, ...]:
    """Places with their caution: a member stands below only those whose rate is surely higher."""
    order = sorted(told, key=lambda area: (-told[area].per_thousand, area))
    bar = (1 - level) / max(len(order) - 1, 1)
    found = []
    for area in order:
        own = told[area]
        higher = lower = 0
        for other in order:
            if other != area and _differ(own, told[other]) <= bar:
                higher += told[other].per_thousand > own.per_thousand
                lower += told[other].per_thousand < own.per_thousand
        place = 1 + sum(told[other].per_thousand > own.per_thousand for other in order)
        found.append(Member(area=area, rate=own, place=place, place_low=1 + higher, place_high=len(order) - lower))
    return tuple(found)


def _differ(one: Rate, other: Rate) -> float:
    """The p of the two rates being one."""
    return compare(
        count=one.count, base=other.count, exposure=one.denominator.number, base_exposure=other.denominator.number
    ).p  # fmt: skip
