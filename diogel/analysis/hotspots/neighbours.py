"""Which areas lie beside which: by a shared boundary, by distance, or the so many nearest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from .outlines import Outlines

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Neighbours:
    """The neighbours of each area, itself not among them.

    Those of area i are `other[start[i]:start[i + 1]]`, int64 numbers in `areas`, rising. `rule` says how they were found:
    `touching`, `within` or `nearest`, or `listed`; `reach` is its number (metres, metres, how many, 0).
    """

    areas: tuple[str, ...]
    start: Ints
    other: Ints
    rule: str
    reach: float

    @property
    def counts(self) -> Ints:
        """How many neighbours each area has."""
        return np.diff(self.start)

    @property
    def islands(self) -> tuple[str, ...]:
        """Areas without any neighbour. Of them nothing but their own value can be told."""
        return tuple(self.areas[at] for at in np.flatnonzero(self.counts == 0))

    @cached_property
    def matrix(self) -> sparse.csr_matrix:
        """The same as ones in a sparse matrix of shape (areas, areas)."""
        size = len(self.areas)
        return sparse.csr_matrix((np.ones(len(self.other)), self.other.astype(np.int32), self.start.astype(np.int32)), shape=(size, size))

    @cached_property
    def scales(self) -> Floats:
        """What turns a sum over each area and its neighbours, of values with mean 0 and variance 1, into one with variance 1.

        1 / sqrt(k (n - k) / (n - 1)) for k areas of n, the area itself counted; 0 where they are the whole map.
        """
        size, taken = len(self.areas), self.counts + 1.0
        room = taken * (size - taken) / max(size - 1, 1)
        return np.where(room > 0, 1 / np.sqrt(np.where(room > 0, room, 1.0)), 0.0)

    def of(self, area: str) -> tuple[str, ...]:
        """The neighbours of one area. ValueError where it is not among the areas."""
        at = self.areas.index(area)
        return tuple(self.areas[one] for one in self.other[self.start[at] : self.start[at + 1]])

    def only(self, kept: NDArray[np.bool_]) -> Neighbours:
        """The same among the kept areas alone (bool, one an area)."""
        number = np.cumsum(kept) - 1
        owner = np.repeat(np.arange(len(self.areas)), self.counts)
        both = kept[owner] & kept[self.other]
        codes = tuple(code for code, keep in zip(self.areas, kept, strict=True) if keep)
        return _listed(codes, number[owner[both]], number[self.other[both]], self.rule, self.reach)


def touching(outlines: Outlines, *, snap: float = 1.0) -> Neighbours:
    """Areas that share a corner of their outlines, so those that share an edge too (queen contiguity).

    Corners that round to the same `snap` metres are one. That finds all neighbours in files whose boundaries were simplified
    together, as those of ONS are; where each area was simplified for itself it misses some.
    """
    if not snap > 0:
        raise ValueError("corners are one within a distance above zero")
    rounded = np.round(outlines.corners / snap).astype(np.int64)
    key = rounded[:, 0] * (1 << 32) + rounded[:, 1]
    pairs = np.unique(np.column_stack([key, outlines.corner_area]), axis=0)
    corner, area = pairs.T
    first, second = [], []
    for step in range(1, int(np.unique(corner, return_counts=True)[1].max())):
        same = corner[step:] == corner[:-step]
        first.append(area[:-step][same])
        second.append(area[step:][same])
    a, b = (np.concatenate(side) if side else np.zeros(0, np.int64) for side in (first, second))
    return _listed(outlines.areas, np.concatenate([a, b]), np.concatenate([b, a]), "touching", snap)


def within(areas: Sequence[str], easting: ArrayLike, northing: ArrayLike, *, metres: float) -> Neighbours:
    """Areas whose points lie at most so many metres apart, the bound included. Points on one spot are neighbours."""
    points = _points(areas, easting, northing)
    if not metres > 0:
        raise ValueError("a distance lies above zero metres")
    pairs = cKDTree(points).query_pairs(metres, output_type="ndarray").astype(np.int64)
    return _listed(tuple(areas), np.concatenate([pairs[:, 0], pairs[:, 1]]), np.concatenate([pairs[:, 1], pairs[:, 0]]), "within", metres)


def nearest(areas: Sequence[str], easting: ArrayLike, northing: ArrayLike, *, how_many: int) -> Neighbours:
    """The so many nearest of each area. Not mutual: a remote area has neighbours whose neighbour it is not."""
    points = _points(areas, easting, northing)
    size = len(points)
    if not 1 <= how_many < size:
        raise ValueError(f"of {size} areas each can have 1 to {size - 1} nearest ones, not {how_many}")
    _, found = cKDTree(points).query(points, k=how_many + 1)
    own = found == np.arange(size)[:, None]
    own[~own.any(axis=1), -1] = True  # many points on one spot: the own one may be missing, then the last goes
    other = found[~own].reshape(size, how_many)
    return _listed(tuple(areas), np.repeat(np.arange(size), how_many), other.ravel(), "nearest", how_many)


def listed(areas: Sequence[str], pairs: Iterable[tuple[str, str]]) -> Neighbours:
    """Neighbours as somebody wrote them down, each pair holding both ways. KeyError names an area that is not among `areas`."""
    number = {code: at for at, code in enumerate(areas)}
    ends = np.array([(number[a], number[b]) for a, b in pairs], dtype=np.int64).reshape(-1, 2)
    return _listed(tuple(areas), np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]]), "listed", 0)


def _listed(areas: tuple[str, ...], owner: Ints, other: Ints, rule: str, reach: float) -> Neighbours:
    """Pairs of numbers, each direction given, in any order and often, as lists."""
    size = len(areas)
    if len(set(areas)) != size:
        raise ValueError("an area comes twice")
    apart = owner != other
    key = np.unique(owner[apart] * size + other[apart])
    start = np.searchsorted(key, np.arange(size + 1) * size)
    return Neighbours(areas, start.astype(np.int64), (key % size).astype(np.int64), rule, reach)


def _points(areas: Sequence[str], easting: ArrayLike, northing: ArrayLike) -> Floats:
    east, north = np.asarray(easting, dtype=np.float64), np.asarray(northing, dtype=np.float64)
    if not east.shape == north.shape == (len(areas),):
        raise ValueError(f"{len(areas)} areas need as many eastings and northings, not {east.shape} and {north.shape}")
    if not (np.isfinite(east) & np.isfinite(north)).all():
        raise ValueError("an area without a place has no neighbours; leave it out before, and tell it")
    return np.column_stack([east, north])
