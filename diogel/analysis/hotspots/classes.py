"""Values sorted into at most five classes for a map, each with the least and greatest value it really holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

MOST = 5


@dataclass(frozen=True)
class Classes:
    """`number` is int64 of the length of the values: 0 for the lowest class, -1 where there is none. `ranges` are (least, greatest)."""

    number: NDArray[np.int64]
    ranges: tuple[tuple[float, float], ...]


def classes(values: ArrayLike, *, most: int = MOST, bounds: Sequence[float] | None = None) -> Classes:
    """Classes of about equally many values, at most `most`; equal values are never parted. Zero is a class of its own.

    `bounds` are rising lowest values of the classes from the second on, where two maps must share theirs. NaN is of no class.
    ValueError for fewer than one or more than MOST classes, infinite values, and bounds that do not rise.
    """
    x = np.asarray(values, dtype=np.float64)
    if x.ndim != 1 or np.isinf(x).any():
        raise ValueError("a map shades one finite value an area, or none")
    if not 1 <= most <= MOST:
        raise ValueError(f"a map has one to {MOST} classes, not {most}")
    if bounds is not None and (len(bounds) >= MOST or any(b <= a for a, b in pairwise(bounds))):
        raise ValueError(f"bounds rise, and there are at most {MOST - 1}")
    there = np.isfinite(x)
    lows = np.asarray(bounds, dtype=np.float64) if bounds is not None else _lows(x[there], most)
    number = np.where(there, np.searchsorted(lows, np.where(there, x, 0.0), side="right"), -1).astype(np.int64)
    used = np.unique(number[there])
    if bounds is None:
        number[there] = np.searchsorted(used, number[there])
        used = np.arange(len(used))
    held = [x[number == one] for one in range(len(lows) + 1)] if bounds is not None else [x[number == one] for one in used]
    edges = [-np.inf, *lows, np.inf]
    ranges = tuple(
        (float(one.min()), float(one.max())) if len(one) else (float(edges[at]), float(edges[at + 1])) for at, one in enumerate(held)
    )
    return Classes(number, ranges)


def _lows(x: NDArray[np.float64], most: int) -> NDArray[np.float64]:
    """The lowest value of each class but the first."""
    positive = np.sort(x[x > 0]) if (x >= 0).all() and (x == 0).any() else np.sort(x)
    parts = most - 1 if len(positive) < len(x) else most
    if not len(positive) or not parts:
        return np.zeros(0)
    steps = [
        positive[round(len(positive) * part / parts)] for part in range(1, parts) if round(len(positive) * part / parts) < len(positive)
    ]
    first = [positive[0]] if len(positive) < len(x) else []
    lows = np.unique(np.array([*first, *steps]))
    return lows if first else lows[lows > positive[0]]
