"""Many questions at once: how few of the answers may be chance, and how to read several p-values as one."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def adjusted(p: ArrayLike) -> Floats:
    """Benjamini and Hochberg's adjusted p-values (q-values), float64 of the length of `p`, in the same order.

    Calling unusual every series whose q is at most r keeps the expected share of false calls among the calls at r, for
    series that are independent or rise and fall together (Benjamini and Hochberg 1995; Benjamini and Yekutieli 2001).
    Null hypothesis of each: nothing happened in this series. ValueError for a p outside 0..1.
    """
    values = np.asarray(p, dtype=float)
    if values.ndim != 1:
        raise ValueError(f"p-values come in one row, not in shape {values.shape}")
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError("a p-value lies between 0 and 1, and missing ones are left out before they come here")
    order = np.argsort(values, kind="stable")
    count = len(values)
    scaled = values[order] * count / np.arange(1, count + 1)
    running = np.minimum.accumulate(scaled[::-1])[::-1]
    result = np.empty(count)
    result[order] = np.minimum(running, 1.0)
    return result


def together(p: ArrayLike, *, asked: ArrayLike) -> Floats:
    """One p-value a row from several looks at the same series, whatever the looks have to do with one another.

    `p` is (series, looks); `asked` is bool of that shape, False where a look was not taken. A row without any look has p 1.
    Each p is turned into the Cauchy deviate that has it, and their mean is read as a Cauchy deviate again, which for small p
    holds under any dependence (Liu and Xie 2020). One small p among six counts as if it were six times as large (Bonferroni);
    several small ones count for more. A p above 0.99 counts as 0.99, or one dull look could outweigh a very odd one.
    """
    values, taken = np.asarray(p, dtype=float), np.asarray(asked, dtype=bool)
    clipped = np.clip(np.where(taken, values, 0.5), 1e-15, 0.99)
    mean = (np.where(taken, 1 / np.tan(np.pi * clipped), 0.0)).sum(axis=1) / np.maximum(taken.sum(axis=1), 1)
    return np.where(taken.any(axis=1), np.arctan2(1.0, mean) / np.pi, 1.0)


def by_chance(*, looked_at: int, alpha: float) -> float:
    """How many of `looked_at` quiet series chance alone puts outside an interval that holds 1 - `alpha` of what happens."""
    return looked_at * alpha


def lone_bar(*, looked_at: int, rate: float) -> float:
    """The p a single finding must reach in a look at `looked_at` series, none other of which stands out."""
    return rate / max(looked_at, 1)
