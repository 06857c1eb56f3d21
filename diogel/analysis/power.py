"""What a rule can see: how likely a rise or fall of a given size is found, and the smallest that is found often enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .tails import at_least, at_most, limits

Floats = NDArray[np.float64]

OFTEN_ENOUGH = 0.8
LARGEST = 100.0
"""Ratios beyond this are not looked for: the count is then too small for the rule."""
_HALVINGS = 32
_MEANS = np.geomspace(0.1, 1e6, 701)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When a count is called unusual: outside an interval that leaves out `alpha`, on both sides or (`is_two_sided` False) above
    only. `looks` is how many series and windows share that alpha, so that each has alpha / looks. `df` are the degrees of
    freedom of an estimated dispersion. A rise must reach `least_count` cases as well. ValueError for settings without sense."""

    alpha: float = 0.01
    is_two_sided: bool = True
    looks: int = 1
    df: float | Floats = np.inf
    least_count: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.alpha < 0.5:
            raise ValueError(f"alpha lies between 0 and 0.5, such as 0.01; not {self.alpha}")
        if self.looks < 1 or self.least_count < 0 or not np.all(np.asarray(self.df) > 0):
            raise ValueError("looks are at least 1, a least count at least 0, degrees of freedom above 0")

    def bounds(self, *, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
        """The highest count that is still too low (-1 where none is), and the lowest that is already too high."""
        tail = self.alpha / self.looks * (1 if self.is_two_sided else 2)
        low, high = limits(mean=mean, variance=variance, alpha=tail, df=self.df)
        return np.where(self.is_two_sided, low - 1, -1.0), np.maximum(high + 1, self.least_count)


def power(ratio: ArrayLike, *, mean: ArrayLike, dispersion: ArrayLike = 1.0, wander: ArrayLike = 0.0, rule: Rule) -> Floats:
    """The chance that the rule calls a count unusual, on the side it lies, when its mean is `ratio` times what is expected.

    `mean` is what is expected of the window (a month, a quarter); `dispersion` at least 1, variance over mean; `wander` the
    relative standard deviation of what else the rule allows for: the expectation's own error and the drift of levels. All
    broadcast. Counts are negative binomial. ValueError for a ratio or a mean not above 0.
    """
    r, m, d, w = _checked(ratio, mean, dispersion, wander)
    too_low, too_high = rule.bounds(mean=m, variance=_variance(m, d, w))
    return np.where(r >= 1, _above(too_high, r * m, d, w), _below(too_low, r * m, d, w))


def smallest_rise(
    *, mean: ArrayLike, dispersion: ArrayLike = 1.0, wander: ArrayLike = 0.0, rule: Rule, often: float = OFTEN_ENOUGH
) -> Floats:
    """The smallest ratio above 1 that is seen `often` enough: 1.5 is a rise of half. NaN where not even `LARGEST` is."""
    _, m, d, w = _checked(1.0, mean, dispersion, wander)
    _check_often(often)
    _, too_high = rule.bounds(mean=m, variance=_variance(m, d, w))
    return smallest_ratio(lambda ratio: _above(too_high, ratio * m, d, w), shape=m.shape, often=often)


def smallest_ratio(seen: Callable[[Floats], Floats], *, shape: tuple[int, ...], often: float = OFTEN_ENOUGH) -> Floats:
    """The smallest ratio above 1, of `shape`, at which `seen` (the chance, rising with the ratio) is `often` enough; NaN where it is
    not even at `LARGEST`."""
    low, high = np.ones(shape), np.full(shape, LARGEST)
    reached = seen(high) >= often
    for _ in range(_HALVINGS):
        middle = np.sqrt(low * high)
        is_enough = seen(middle) >= often
        low, high = np.where(is_enough, low, middle), np.where(is_enough, middle, high)
    return np.where(reached, high, np.nan)


def smallest_fall(
    *, mean: ArrayLike, dispersion: ArrayLike = 1.0, wander: ArrayLike = 0.0, rule: Rule, often: float = OFTEN_ENOUGH
) -> Floats:
    """The ratio below 1 nearest to it that is seen `often` enough: 0.6 is a fall by two fifths. NaN where none is: where not
    even a count of none would be called unusual."""
    _, m, d, w = _checked(1.0, mean, dispersion, wander)
    _check_often(often)
    too_low, _ = rule.bounds(mean=m, variance=_variance(m, d, w))
    below, above = np.full(m.shape, 1e-9), np.full(m.shape, 1 - 1e-12)
    reached = _below(too_low, below * m, d, w) >= often
    for _ in range(_HALVINGS):
        middle = (below + above) / 2
        seen = _below(too_low, middle * m, d, w) >= often
        below, above = np.where(seen, middle, below), np.where(seen, above, middle)
    return np.where(reached, below, np.nan)


def needed_mean(ratio: float, *, dispersion: float = 1.0, wander: float = 0.0, rule: Rule, often: float = OFTEN_ENOUGH) -> float | None:
    """How many a window must be expected to hold for such a rise or fall to be seen often enough, and any more as well.

    To within 3 per cent; None where no count is enough, because levels wander by too much. Divide it by what a month holds to know
    over how many months, or areas, to pool.
    """
    if ratio == 1:
        raise ValueError("a ratio of 1 is no change")
    _check_often(often)
    enough = power(ratio, mean=_MEANS, dispersion=dispersion, wander=wander, rule=rule) >= often
    if not enough[-1]:
        return None
    short = np.flatnonzero(~enough)
    return float(_MEANS[short[-1] + 1]) if len(short) else float(_MEANS[0])


def times_in(chance: float) -> tuple[int, int]:
    """A chance in words' numbers, such as (4, 5) for "four times in five": of denominators 2 to 5, 8 and 10 the largest share
    that is not above it. (0, 10) below one in ten, (9, 10) at most: nothing is promised that is not kept."""
    if not 0 <= chance <= 1:
        raise ValueError(f"a chance lies between 0 and 1; not {chance}")
    shares = [(times, of) for of in (2, 3, 4, 5, 8, 10) for times in range(1, of) if times / of <= chance + 1e-9]
    return max(shares, key=lambda share: (share[0] / share[1], -share[1]), default=(0, 10))


def _above(too_high: Floats, mean: Floats, dispersion: Floats, wander: Floats) -> Floats:
    return at_least(too_high, mean=mean, variance=_variance(mean, dispersion, wander))


def _below(too_low: Floats, mean: Floats, dispersion: Floats, wander: Floats) -> Floats:
    return at_most(too_low, mean=mean, variance=_variance(mean, dispersion, wander))


def _variance(mean: Floats, dispersion: Floats, wander: Floats) -> Floats:
    return np.asarray(dispersion * mean + (wander * mean) ** 2)


def _checked(*parts: ArrayLike) -> tuple[Floats, Floats, Floats, Floats]:
    try:
        ratio, mean, dispersion, wander = np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in parts))
    except (TypeError, ValueError) as problem:
        raise ValueError("ratio, mean, dispersion and wander are numbers whose shapes match") from problem
    if not (np.isfinite(mean) & (mean > 0) & np.isfinite(ratio) & (ratio > 0)).all():
        raise ValueError("a mean and a ratio lie above 0")
    if not ((dispersion >= 1) & np.isfinite(dispersion) & (wander >= 0) & np.isfinite(wander)).all():
        raise ValueError("a dispersion is at least 1 and a wander at least 0")
    return ratio, mean, dispersion, wander


def _check_often(often: float) -> None:
    if not 0 < often < 1:
        raise ValueError(f"often enough is a chance between 0 and 1, such as 0.8; not {often}")
