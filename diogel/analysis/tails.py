"""How likely a count is under a negative binomial of given mean and variance: tails, two-sided p-values and limits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]
Tail = Callable[[Floats], Floats]

_NEARLY_POISSON = 1.0001
_SMALLEST = 1e-300


def at_most(count: ArrayLike, *, mean: ArrayLike, variance: ArrayLike) -> Floats:
    """P(X <= count) for counts of this mean and variance, of the broadcast shape.

    Negative binomial where the variance is above the mean, Poisson where it is not: a count is never steadier than chance.
    """
    x, m, spread, poisson = _parts(count, mean, variance)
    below = special.betainc(m / (spread - 1), np.maximum(x, 0) + 1, 1 / spread)
    if poisson.any():
        below = np.where(poisson, special.gammaincc(np.maximum(x, 0) + 1, m), below)
    return np.where(x < 0, 0.0, below)


def at_least(count: ArrayLike, *, mean: ArrayLike, variance: ArrayLike) -> Floats:
    """P(X >= count) for the same counts."""
    x, m, spread, poisson = _parts(count, mean, variance)
    positive = np.maximum(x, 1e-9)
    above = special.betainc(positive, m / (spread - 1), 1 - 1 / spread)
    if poisson.any():
        above = np.where(poisson, special.gammainc(positive, m), above)
    return np.where(x <= 0, 1.0, above)


def tails(count: ArrayLike, *, mean: ArrayLike, variance: ArrayLike) -> tuple[Floats, Floats]:
    """Both: P(X <= count) and P(X >= count)."""
    return at_most(count, mean=mean, variance=variance), at_least(count, mean=mean, variance=variance)


def _parts(count: ArrayLike, mean: ArrayLike, variance: ArrayLike) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
    x, m, v = (np.asarray(part, dtype=float) for part in (count, mean, variance))
    ratio = v / m
    poisson = ratio < _NEARLY_POISSON
    return x, m, np.where(poisson, 2.0, ratio), poisson


def two_sided(at_most: ArrayLike, at_least: ArrayLike, *, df: ArrayLike = np.inf) -> Floats:
    """Twice the smaller tail, at most 1, widened for a variance that was itself estimated with `df` degrees of freedom.

    The tail is turned into the normal deviate that has it, and that deviate is read in Student's t: the step from z to t
    that a known and an estimated variance differ by.
    """
    tail = np.clip(np.minimum(at_most, at_least), _SMALLEST, 0.5)
    deviate = special.ndtri(tail)
    freedom = np.broadcast_to(np.asarray(df, dtype=float), tail.shape)
    widened = special.stdtr(np.where(np.isfinite(freedom), freedom, 1.0), deviate)
    return np.minimum(1.0, 2 * np.where(np.isfinite(freedom), widened, tail))


def _tail_of(p: float, *, df: ArrayLike) -> Floats:
    """The tail that `two_sided` makes this p of."""
    freedom = np.asarray(df, dtype=float)
    widened = special.ndtr(special.stdtrit(np.where(np.isfinite(freedom), freedom, 1.0), p / 2))
    return np.where(np.isfinite(freedom), widened, p / 2)


def limits(*, mean: ArrayLike, variance: ArrayLike, alpha: float, df: ArrayLike = np.inf) -> tuple[Floats, Floats]:
    """The lowest and the highest whole count whose two-sided p stays above `alpha`, arrays of the broadcast shape."""
    m, v, freedom = np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in (mean, variance, df)))
    below, above = (partial(side, mean=m, variance=v) for side in (at_most, at_least))
    return limits_of(below, above, middle=m, spread=np.sqrt(v), alpha=alpha, df=freedom)


def limits_of(below: Tail, above: Tail, *, middle: Floats, spread: Floats, alpha: float, df: ArrayLike = np.inf) -> tuple[Floats, Floats]:
    """The same for any counts whose tails these are; `middle` and `spread` say roughly where to look."""
    reach = np.ceil(12 * spread + 30)
    bar = _tail_of(alpha, df=df)

    def usual(x: Floats, *, tail: Tail) -> NDArray[np.bool_]:
        return (x >= 0) & (tail(x) > bar)

    near = np.ceil(spread) + 1
    low = _first(lambda x: usual(x, tail=below), start=np.maximum(-1.0, np.floor(middle) - reach), end=np.floor(middle) + near)
    after = _first(
        lambda x: (x >= 0) & ~usual(x, tail=above), start=np.maximum(-1.0, np.floor(middle) - near), end=np.floor(middle) + 3 * reach
    )
    return low, np.maximum(after - 1, low)


def _first(holds: Callable[[Floats], NDArray[np.bool_]], *, start: Floats, end: Floats) -> Floats:
    """The first whole number above `start` for which `holds`: false at `start`, true from some number up to `end`."""
    low, high = start, end
    while (open_ := high - low > 1).any():
        middle = np.floor((low + high) / 2)
        yes = holds(middle)
        high, low = np.where(open_ & yes, middle, high), np.where(open_ & ~yes, middle, low)
    return high
