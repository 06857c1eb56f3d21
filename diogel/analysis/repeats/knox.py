"""Knox's test as a whole table: are events near in space nearer in time than chance would have them, and in which bands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from diogel.analysis.multiplicity import adjusted

from .events import DatedEvents
from .pairs import Metric, pairs_within

METRES = (0.0, 100.0, 200.0, 300.0, 400.0)
"""The same place, then steps of 100 m: the bands that near repeat studies commonly use."""
DAYS = (7.0, 14.0, 21.0, 28.0)
FEWEST_PERMUTATIONS = 19
"""With fewer, no p-value could be as small as 0.05."""
_ROWS, _COLUMNS = 255, 256  # of a block that stays in the processor's cache; a sum of 255 rows fits into one byte
_CHANCE = np.uint64(0xFFFF_FFFF_FFFF_0000)


@dataclass(frozen=True)
class Band:
    """Above `low`, up to and with `high`; `has_low` says that `low` itself belongs too, as 0 does to the first band."""

    low: float
    high: float
    has_low: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class Knox:
    """The table, a row a band of `metres` and a column a band of `days`, every array of shape (metres, days).

    `observed` int64: pairs of events in both bands. `expected` float64: their exact mean when dates are dealt out anew.
    `p` float64: share of the permuted tables, the observed one counted in, whose cell holds at least as many pairs.
    `same_place_and_day` counts events that repeat point and day of another: they fill the first cell.
    """

    metres: tuple[Band, ...]
    days: tuple[Band, ...]
    observed: NDArray[np.int64]
    expected: NDArray[np.float64]
    p: NDArray[np.float64]
    events: int
    permutations: int
    metric: Metric
    same_place_and_day: int

    @property
    def ratio(self) -> NDArray[np.float64]:
        """Observed to expected; NaN in cells where no pair is expected."""
        return np.divide(self.observed, self.expected, out=np.full(self.observed.shape, np.nan), where=self.expected > 0)

    @property
    def q(self) -> NDArray[np.float64]:
        """The p-values adjusted for the number of cells (Benjamini and Hochberg 1995)."""
        return adjusted(self.p.ravel()).reshape(self.p.shape)


def knox(
    events: DatedEvents,
    *,
    generator: np.random.Generator,
    metres: Sequence[float] = METRES,
    days: Sequence[float] = DAYS,
    permutations: int = 999,
    metric: Metric = "euclidean",
) -> Knox:
    """Pairs of events by distance and days apart, beside what chance gives (Knox 1964; Monte Carlo: Besag and Diggle 1977).

    `metres` and `days` are the upper edges of the bands, rising, each belonging to its own band; the first band begins at and
    holds 0. The last edge of `days` may be infinite. Null hypothesis: which date goes with which point is chance; places and
    dates themselves stay as they are. ValueError for fewer than two events, events of one day, or senseless bands.
    """
    far, late = _edges(metres, "metres"), _edges(days, "days")
    if math.isinf(far[-1]):
        raise ValueError("the widest distance needs a number of metres: pairs of any distance say nothing of near repeats")
    if len(events) < 2:
        raise ValueError("pairs need at least two events")
    order = cKDTree(events.points).indices  # neighbours in space become neighbours in memory, which spares a fifth of the time
    points, offsets = events.points[order], events.days[order] - events.days.min()
    if not offsets.any():
        raise ValueError("all events are of one day, so that dealing the dates out anew changes nothing")
    if permutations < FEWEST_PERMUTATIONS or int(permutations) != permutations:
        raise ValueError(f"at least {FEWEST_PERMUTATIONS} permutations, a whole number, are needed for a p-value of 0.05")
    first, second, starts = _near_pairs(points, far, metric)
    sizes = np.diff(starts)
    steps = np.minimum(np.floor(late), offsets.max()).astype(np.int64)
    observed = _running_counts(first, second, starts, steps, offsets[:, None])[:, :, 0]
    at_least = _exceedances(first, second, starts, steps, offsets, np.diff(observed, axis=1, prepend=0), int(permutations), generator)
    return Knox(
        metres=_bands(far),
        days=_bands(late),
        observed=np.diff(observed, axis=1, prepend=0),
        expected=np.outer(sizes, _pairs_by_day(offsets, steps)) / (len(events) * (len(events) - 1) / 2),
        p=(1 + at_least) / (1 + permutations),
        events=len(events),
        permutations=int(permutations),
        metric=metric,
        same_place_and_day=events.same_place_and_day,
    )


def _edges(values: Sequence[float], name: str) -> NDArray[np.float64]:
    edges = np.asarray(values, dtype=float)
    if edges.ndim != 1 or not len(edges) or np.isnan(edges).any() or edges[0] < 0 or (np.diff(edges) <= 0).any():
        raise ValueError(f"bands of {name} are told by their upper edges, from 0 up, each above the one before")
    return edges


def _bands(edges: NDArray[np.float64]) -> tuple[Band, ...]:
    rest = (Band(float(low), float(high), has_low=False) for low, high in pairwise(edges))
    return (Band(0.0, float(edges[0]), has_low=True), *rest)


def _near_pairs(points: NDArray[np.float64], far: NDArray[np.float64], metric: Metric) -> tuple[NDArray, NDArray, NDArray]:
    """Both ends of every pair within the widest distance, in order of their bands, and where each band begins and ends."""
    pairs, distance = pairs_within(points, far[-1], metric)
    band = np.searchsorted(far, distance)
    order = np.argsort(band, kind="stable")
    starts = np.searchsorted(band[order], np.arange(len(far) + 1))
    return np.ascontiguousarray(pairs[order, 0]), np.ascontiguousarray(pairs[order, 1]), starts


def _running_counts(first: NDArray, second: NDArray, starts: NDArray, steps: NDArray, dealt: NDArray) -> NDArray[np.int64]:
    """How many pairs of each distance band lie at most so many days apart: (bands, steps, deals). `dealt` is (events, deals)."""
    counts = np.zeros((len(starts) - 1, len(steps), dealt.shape[1]), dtype=np.int64)
    span = dealt[:, 0].max()
    for band, (start, end) in enumerate(pairwise(starts)):
        for begin in range(start, end, _ROWS):
            block = slice(begin, min(begin + _ROWS, end))
            apart = dealt[first[block]]
            apart -= dealt[second[block]]
            np.abs(apart, out=apart)
            for at, step in enumerate(steps):
                if step >= span:
                    counts[band, at] += len(apart)
                    continue
                counts[band, at] += np.add.reduce((apart <= step).view(np.uint8), axis=0, dtype=np.uint8)
    return counts


def _exceedances(
    first: NDArray, second: NDArray, starts: NDArray, steps: NDArray, offsets: NDArray, observed: NDArray, permutations: int,
    generator: np.random.Generator,
) -> NDArray[np.int64]:  # fmt: skip
    """In how many of the permuted tables each cell holds at least as many pairs as observed."""
    at_least = np.zeros(observed.shape, dtype=np.int64)
    width = np.int16 if offsets.max() < 1 << 15 else np.int32
    for done in range(0, permutations, _COLUMNS):
        dealt = _dealt(offsets, min(_COLUMNS, permutations - done), generator).astype(width)
        tables = np.diff(_running_counts(first, second, starts, steps, dealt), axis=1, prepend=0)
        at_least += (tables >= observed[:, :, None]).sum(axis=2)
    return at_least


def _dealt(offsets: NDArray[np.int64], times: int, generator: np.random.Generator) -> NDArray[np.uint64]:
    """The dates in `times` random orders, (events, times).

    Each date is glued below 48 random bits and the numbers are sorted, three times as quick as shuffling. Equal random bits,
    which alone could favour an order, come about once in ten million deals of 5,000.
    """
    keys = generator.integers(0, 1 << 64, size=(times, len(offsets)), dtype=np.uint64)
    keys &= _CHANCE
    keys |= offsets.astype(np.uint64)
    keys.sort(axis=1)
    return np.ascontiguousarray((keys & ~_CHANCE).T)


def _pairs_by_day(offsets: NDArray[np.int64], steps: NDArray[np.int64]) -> NDArray[np.int64]:
    """All pairs of events, near or far, in each band of days."""
    ordered = np.sort(offsets)
    running = [int((np.searchsorted(ordered, ordered + step, side="right") - np.arange(1, len(ordered) + 1)).sum()) for step in steps]
    return np.diff(np.array(running), prepend=0)
