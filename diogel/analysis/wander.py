"""How far a store's own earlier quarters fell from what was expected of them, beyond chance: learnt, then allowed for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import special

from .baseline import Window
from .tails import tails

Floats = NDArray[np.float64]

UNLEARNT = 0.08
"""Wander where a store is too young to have any earlier quarter to learn from: what London's boroughs show (docs)."""
LEAST_TO_LEARN = 20
LEAST_EXPECTED = 10.0
"""Windows that expect fewer are not learnt from: chance is all they show."""
_MOST = 1.0
_NOISE = 0.5 * 1.17
"""Half the relative standard error of the median distance of one normal deviate, which is 1.17 over the root of their number."""


def learnt(earlier: Sequence[dict[str, Window]]) -> dict[str, float]:
    """Name of a look to its wander: the relative standard deviation of levels that a baseline cannot know of.

    Levels move between years for reasons no season or straight trend holds. For each kind of look it is the value
    that makes half of all earlier windows, over all series, lie within their middle half: a few real events do not move it.
    Half a standard error is given to the quiet reading, or the noise of that half alone would look like wander.
    The three months of a quarter share one value. A look never taken before has the wander of the nearest shorter one.
    """
    names = list(earlier[0]) if earlier else []
    found: dict[str, float] = {}
    last = UNLEARNT
    for name in sorted(names, key=_length):
        alike = [window for looks in earlier for other, window in looks.items() if _length(other) == _length(name)]
        value = _middle_half(alike)
        last = found[name] = last if value is None else value
    return found


def _length(name: str) -> int:
    kind, _, number = name.partition(" ")
    return {"month": 1, "quarter": 3}.get(kind) or 3 + int(number)


def _middle_half(windows: Sequence[Window]) -> float | None:
    keep = [window.asked & (np.nan_to_num(window.expected) >= LEAST_EXPECTED) for window in windows]
    observed, expected, variance, freedom = (
        np.concatenate([part[kept] for part, kept in zip(parts, keep, strict=True)])
        for parts in zip(*((one.observed, one.expected, one.variance(0.0), one.freedom) for one in windows), strict=True)
    )
    if len(observed) < LEAST_TO_LEARN:
        return None
    quartile = special.stdtrit(freedom, 0.75) * (1 + _NOISE / np.sqrt(len(observed)))

    def too_narrow(wander: float) -> bool:
        return bool(np.median(_distance(observed, expected, variance + (wander * expected) ** 2) / quartile) > 1)

    low, high = 0.0, _MOST
    if not too_narrow(low):
        return 0.0
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if too_narrow(middle) else (low, middle)
    return high


def _distance(observed: Floats, expected: Floats, variance: Floats) -> Floats:
    """How many standard deviations off, by the middle of the count's own probability, so that whole numbers do no harm."""
    at_most, at_least = tails(observed, mean=expected, variance=variance)
    middle = np.clip((at_most + 1 - at_least) / 2, 1e-12, 1 - 1e-12)
    return np.abs(special.ndtri(middle))
