"""The upper bound of an expected count: by the 2/3 power and the delta method, or as a negative binomial quantile."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from ..tails import at_least, at_most

Floats = NDArray[np.float64]

_LARGEST = 1e15


def delta(*, mean: Floats, error: Floats, dispersion: Floats, observed: Floats, alpha: float) -> tuple[Floats, Floats]:
    """Upper bound and p of `observed`, counts being nearly normal once raised to 2/3 (Farrington and others 1996).

    `error` is the standard error of the mean itself, in counts; the bound is not a whole number.
    """
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        spread = np.sqrt(4 / 9 * np.cbrt(mean) * (dispersion + error**2 / mean))
        powered = mean ** (2 / 3)
        upper = (powered + special.ndtri(1 - alpha) * spread) ** 1.5
        return upper, special.ndtr((powered - observed ** (2 / 3)) / spread)


def negative_binomial(*, mean: Floats, dispersion: Floats, observed: Floats, alpha: float) -> tuple[Floats, Floats]:
    """The smallest count not exceeded with probability 1 - alpha, and P(X >= observed); NaN for a mean that is not finite."""
    told = np.isfinite(mean) & (mean < _LARGEST)
    upper, p = np.full(mean.shape, np.nan), np.full(mean.shape, np.nan)
    m, v = np.maximum(mean[told], 1e-300), dispersion[told] * np.maximum(mean[told], 1e-300)
    upper[told] = _quantile(m, v, 1 - alpha)
    p[told] = at_least(observed[told], mean=m, variance=v)
    return upper, p


def _quantile(mean: Floats, variance: Floats, level: float) -> Floats:
    """The smallest whole number whose probability of not being exceeded reaches `level`: guessed, fenced in, then halved."""
    z = special.ndtri(level)
    spread = np.sqrt(variance)
    skew = (2 * variance / mean - 1) / spread
    guess = np.maximum(np.floor(mean + z * spread + np.minimum(skew, 2 / spread + 4) * spread * (z * z - 1) / 6), 0.0)

    def reached(count: Floats, of: NDArray[np.int64]) -> NDArray[np.bool_]:
        return np.asarray(at_most(count, mean=mean[of], variance=variance[of]) >= level)

    low, high = np.maximum(guess - 2, -1.0), guess + 1
    width, every = 2.0, np.arange(len(mean))
    short = every[~reached(high, every)]
    while len(short):
        width *= 2
        low[short], high[short] = high[short], high[short] + width
        short = short[~reached(high[short], short)]
    width, beyond = 2.0, every[(low >= 0)]
    beyond = beyond[reached(low[beyond], beyond)]
    while len(beyond):
        width *= 2
        high[beyond], low[beyond] = low[beyond], np.maximum(low[beyond] - width, -1.0)
        beyond = beyond[low[beyond] >= 0]
        beyond = beyond[reached(low[beyond], beyond)]
    open_ = every[high - low > 1]
    while len(open_):
        middle = np.floor((low[open_] + high[open_]) / 2)
        yes = reached(middle, open_)
        high[open_], low[open_] = np.where(yes, middle, high[open_]), np.where(yes, low[open_], middle)
        open_ = open_[high[open_] - low[open_] > 1]
    return high
