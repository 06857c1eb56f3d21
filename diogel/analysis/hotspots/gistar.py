"""Getis and Ord's Gi*: areas that, with those around them, hold more than chance would lay there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from ..multiplicity import adjusted
from .captions import Method, Origin, Pair, caption
from .neighbours import Neighbours

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FEW = 5.0
"""With fewer expected in an area's surroundings, the closed form's normal tail is not to be trusted."""


@dataclass(frozen=True, kw_only=True)
class GiStar:
    """What was found of each area; all arrays have the length of `areas`, NaN and False where an area is not known.

    `p` is two-sided, `q` its adjusted value over all known areas; `hot` and `cold` are what may be called so at `rate`.
    `islands` had no known neighbour and were judged by themselves alone. `permutations` is 0 for the closed form. `is_thin`
    says that counts are so few that the closed form should give way to permutation.
    """

    areas: tuple[str, ...]
    origin: Origin
    known: Bools
    z: Floats
    p: Floats
    q: Floats
    hot: Bools
    cold: Bools
    islands: tuple[str, ...]
    looked_at: int
    rate: float
    permutations: int
    is_thin: bool

    @property
    def caption(self) -> Pair:
        """What must stand under it, Welsh and English."""
        return caption(Method.AREAS, self.origin)

    @property
    def fewest_callable(self) -> int:
        """How many areas must have the least p that so many permutations can give before any may be called; 1 for the closed form."""
        least = 2 / (self.permutations + 1) if self.permutations else 0.0
        return max(1, int(np.ceil(self.looked_at * least / self.rate - 1e-9)))


def gi_star(
    values: ArrayLike, neighbours: Neighbours, *, origin: Origin, known: Bools | None = None, permutations: int = 0,
    rng: np.random.Generator | None = None, rate: float = 0.05,
) -> GiStar:  # fmt: skip
    """Hot and cold areas among `values` (counts or rates, one an area), false discovery kept at `rate`.

    Null hypothesis of an area: the values of its neighbours are a draw, without replacement, from those of all other areas.
    p comes from the normal distribution of z, or from so many `permutations` if any are asked for (then `rng` is needed).
    Areas not `known` are left out of every sum. ValueError for missing, infinite or constant values and fewer than 3 areas.
    Sources: Getis and Ord 1992; Ord and Getis 1995; Benjamini and Hochberg 1995.
    """
    caption(Method.AREAS, origin)
    if not 0 < rate < 1:
        raise ValueError(f"a rate of false discovery lies between 0 and 1, not {rate}")
    there = np.ones(len(neighbours.areas), bool) if known is None else np.asarray(known, bool)
    if there.shape != (len(neighbours.areas),):
        raise ValueError(f"known has shape {there.shape}, and there are {len(neighbours.areas)} areas")
    every = np.asarray(values, dtype=np.float64)
    if every.shape != there.shape:
        raise ValueError(f"values have shape {every.shape}, and there are {len(neighbours.areas)} areas")
    among = neighbours if there.all() else neighbours.only(there)
    z, p = closed_form(every[there], among)
    if permutations:
        if rng is None:
            raise ValueError("permutations need a random generator")
        high, low = permuted(every[there], among, permutations=permutations, rng=rng)
        p = np.minimum(1.0, 2 * np.minimum(high, low))
    q = adjusted(p)
    spread = [_spread(one, there) for one in (z, p, q)]
    calls = [_spread(side.astype(float), there) == 1 for side in ((q <= rate) & (z > 0), (q <= rate) & (z < 0))]
    return GiStar(
        areas=neighbours.areas, origin=origin, known=there, z=spread[0], p=spread[1], q=spread[2], hot=calls[0], cold=calls[1],
        islands=among.islands, looked_at=int(there.sum()), rate=rate, permutations=permutations,
        is_thin=_is_thin(every[there], among),
    )  # fmt: skip


def closed_form(values: ArrayLike, neighbours: Neighbours) -> tuple[Floats, Floats]:
    """z and two-sided normal p of each area, float64 of their number.

    z = (sum over the area and its neighbours - k mean) / sqrt(variance k (n - k) / (n - 1)), where k counts the area too, and
    mean and variance are those of all n areas (Ord and Getis 1995, equation 14). An area whose surroundings are the whole map has z 0.
    """
    x = _usable(values, len(neighbours.areas))
    near = x - x.mean()
    variance = np.square(near).sum() / len(x)  # not a dot product: BLAS would wake its threads for a sum this short
    if variance <= 1e-24 * np.square(x[0] - near[0]):
        raise ValueError("every area has the same value, so none can be hotter than another")
    z = (neighbours.matrix @ near + near) * (neighbours.scales / np.sqrt(variance))
    return z, special.erfc(np.abs(z) * np.sqrt(0.5))


def permuted(values: ArrayLike, neighbours: Neighbours, *, permutations: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """One-sided p, upper and lower, of each area: (as extreme + 1) / (permutations + 1), its own value held where it is.

    All areas share the draws. Each draw is an order of areas; an area's k neighbours get the values of the first k of that
    order, itself passed over, which is a draw from the others without replacement. So one sorted column of sums serves all
    areas with k neighbours, but for the few that stand in the draw themselves, which are put right one by one.
    """
    x = _usable(values, len(neighbours.areas))
    if permutations < 1:
        raise ValueError("at least one permutation is needed")
    sizes, observed = neighbours.counts, neighbours.matrix @ x
    longest = int(sizes.max(initial=0))
    draws = drawn(len(x), longest + 1, permutations, rng)
    sums = np.concatenate([np.zeros((permutations, 1)), np.cumsum(x[draws], axis=1)], axis=1)
    slack = 1e-9 * max(1.0, float(np.abs(sums).max()))
    high, low = np.zeros(len(x)), np.zeros(len(x))
    for size in np.unique(sizes):
        here = np.flatnonzero(sizes == size)
        column = np.sort(sums[:, size])
        high[here] = permutations - np.searchsorted(column, observed[here] - slack, side="left")
        low[here] = np.searchsorted(column, observed[here] + slack, side="right")
    row, place = np.nonzero(sizes[draws[:, :longest]] > np.arange(longest))
    own = draws[row, place]
    before, after = sums[row, sizes[own]], sums[row, sizes[own] + 1] - x[own]
    for side, sign in ((high, 1.0), (low, -1.0)):
        bar = sign * observed[own] - slack
        side += np.bincount(own, weights=(sign * after >= bar).astype(float) - (sign * before >= bar), minlength=len(x))
    return (high + 1) / (permutations + 1), (low + 1) / (permutations + 1)


def drawn(size: int, length: int, rows: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Rows of `length` different numbers below `size`, in random order: int64 of shape (rows, length)."""
    if length * length > 2 * size:
        return np.concatenate([rng.permutation(size)[None, :length] for _ in range(rows)])
    found = rng.integers(size, size=(rows, length))
    again = np.arange(rows)
    while len(again):
        ordered = np.sort(found[again], axis=1)
        again = again[(ordered[:, 1:] == ordered[:, :-1]).any(axis=1)]
        found[again] = rng.integers(size, size=(len(again), length))
    return found


def _usable(values: ArrayLike, areas: int) -> Floats:
    x = np.asarray(values, dtype=np.float64)
    if x.shape != (areas,):
        raise ValueError(f"values have shape {x.shape}, and there are {areas} areas")
    if areas < 3:
        raise ValueError("fewer than three areas cannot be compared with their surroundings")
    if not np.isfinite(x).all():
        raise ValueError("a missing value is no number; say which areas are known")
    return x


def _is_thin(x: Floats, neighbours: Neighbours) -> bool:
    """Whether these are counts, and so few that the middle area's surroundings expect fewer than FEW."""
    return bool((x == np.round(x)).all() and (np.median(neighbours.counts) + 1) * x.mean() < FEW)


def _spread(values: Floats, known: Bools) -> Floats:
    out = np.full(len(known), np.nan)
    out[known] = values
    return out
