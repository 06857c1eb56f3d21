"""Counts as rates, with exact Poisson limits, comparisons of two counts, percentages that may be told, and XmR limits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scipy import special

LEAST_BASE = 20
"""Below this base no percentage change is told: a step from 4 to 7 is not "75 per cent"."""


@dataclass(frozen=True, kw_only=True)
class Denominator:
    """What a rate is a rate of: so many (people, households), as they were in a named year, from a named source."""

    number: int
    year: int
    source: str

    def __post_init__(self) -> None:
        if self.number <= 0:
            raise ValueError(f"a rate cannot be told of {self.number} people")
        if not 1801 <= self.year <= 2999:
            raise ValueError(f"{self.year} is not the year of a population")
        if not self.source.strip():
            raise ValueError("a population needs its source")


@dataclass(frozen=True, kw_only=True)
class Rate:
    """`per_thousand` with the exact 95% limits of its count; the count and the denominator always travel with it."""

    count: int
    per_thousand: float
    low: float
    high: float
    denominator: Denominator


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """`ratio` of two rates with its limits; None where a base of zero leaves it without a value. `p` is two-sided."""

    ratio: float | None
    low: float
    high: float | None
    p: float


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Centre and limits of an individuals chart (X), and of its moving ranges (mR), in the unit of the values."""

    centre: float
    low: float
    high: float
    range_centre: float
    range_high: float


def rate(count: int, *, denominator: Denominator | None, level: float = 0.95) -> Rate:
    """Count per 1,000 of a dated denominator. ValueError without one: a rate whose base nobody can name is not told."""
    if denominator is None:
        raise ValueError("a rate needs its denominator, with year and source. Show the count instead.")
    low, high = poisson_interval(count, level=level)
    per = 1000 / denominator.number
    return Rate(count=count, per_thousand=count * per, low=low * per, high=high * per, denominator=denominator)


def poisson_interval(count: int, *, level: float = 0.95) -> tuple[float, float]:
    """Exact limits of the mean behind one count (Garwood 1936, by chi-square): 5 -> 1.6 to 11.7; 0 -> 0 to 3.7."""
    _whole(count)
    tail = _tail(level)
    low = float(special.gammaincinv(count, tail)) if count else 0.0
    return low, float(special.gammainccinv(count + 1, tail))


def compare(*, count: int, base: int, exposure: float = 1.0, base_exposure: float = 1.0, level: float = 0.95) -> Comparison:
    """Two Poisson counts compared exactly, given their sum: `count` in `exposure` against `base` in `base_exposure`.

    Null hypothesis: one rate lies behind both, so that `count` is binomial out of the sum, with the share of its exposure
    (Przyborowski and Wilenski 1940). Limits are Clopper and Pearson's, carried over to the ratio; p is twice the smaller
    tail, so the two agree. Exposure is in any one unit, such as days or people. ValueError for an exposure not above 0.
    """
    _whole(count)
    _whole(base)
    if exposure <= 0 or base_exposure <= 0:
        raise ValueError("each count needs an exposure above zero, such as its days or its people")
    tail = _tail(level)
    share = exposure / (exposure + base_exposure)
    at_least = float(special.betainc(count, base + 1, share)) if count else 1.0
    at_most = float(special.betainc(base, count + 1, 1 - share)) if base else 1.0
    lower = float(special.betaincinv(count, base + 1, tail)) if count else 0.0
    upper = float(special.betaincinv(count + 1, base, 1 - tail)) if base else 1.0
    odds = base_exposure / exposure
    return Comparison(
        ratio=count / base * odds if base else None,
        low=lower / (1 - lower) * odds,
        high=upper / (1 - upper) * odds if base else None,
        p=min(1.0, 2 * min(at_least, at_most)),
    )


def percent_change(*, now: int, base: int, least_base: int = LEAST_BASE) -> float | None:
    """Change in per cent of `base`, unrounded; None where the base is too small for a percentage, or zero."""
    if base < max(least_base, 1):
        return None
    return 100 * (now - base) / base


def xmr_limits(values: Sequence[float]) -> Limits:
    """Limits of an individuals and moving range chart: mean +/- 2.66 mean range, and 3.267 mean range (Wheeler 1993).

    The values are the chosen baseline, in order of time, none missing. ValueError for fewer than two.
    """
    if len(values) < 2:
        raise ValueError("limits need at least two values")
    if any(math.isnan(value) for value in values):
        raise ValueError("a missing value is left out before limits are drawn, never counted as a number")
    centre = math.fsum(values) / len(values)
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    mean_range = math.fsum(ranges) / len(ranges)
    return Limits(
        centre=centre, low=centre - 2.66 * mean_range, high=centre + 2.66 * mean_range,
        range_centre=mean_range, range_high=3.267 * mean_range,
    )  # fmt: skip


def _whole(count: int) -> None:
    if count < 0:
        raise ValueError(f"{count} is not a count")


def _tail(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, such as 0.95; not {level}")
    return (1 - level) / 2
