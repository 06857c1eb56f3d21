"""What makes up the difference between a figure and what was expected: signed parts of places that add up exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import ArrayLike

TENTH = Decimal("0.1")


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """One place's part: what it held, what its share of the expected count was, and the signed difference, in tenths."""

    place: str
    observed: int
    expected: Decimal

    @property
    def difference(self) -> Decimal:
        return self.observed - self.expected


@dataclass(frozen=True, kw_only=True)
class Contributions:
    """`places`, those that moved the way of the whole first, and the `rest` (every other place together, None if none).

    Differences of `places` and `rest` add up to `difference` exactly: all are told to the tenth they are reckoned in.
    """

    observed: int
    expected: Decimal
    places: tuple[Contribution, ...]
    rest: Contribution | None
    rest_count: int

    @property
    def difference(self) -> Decimal:
        return self.observed - self.expected


def contributions(
    *, places: Sequence[str], observed: ArrayLike, usual: ArrayLike, expected: float, most: int = 8, rest_name: str = ""
) -> Contributions:
    """Split `expected` over `places` by what is `usual` there, and tell how far each lay from its part.

    `observed` (P,): counts of the period, whole numbers; their sum is the figure. `usual` (P,): what each place held in
    the baseline, the same for all places (same months, or all usable months); only the proportions are used. Rows
    without a place are one of the places. The `most` places furthest from their part are named, the others are the rest.

    This takes apart, it does not test: with few events a place, chance moves every one of them. ValueError for counts
    below zero, an expected count below zero, or lengths that differ.
    """
    held, base = np.asarray(observed), np.asarray(usual, dtype=float)
    if held.shape != (len(places),) or base.shape != (len(places),):
        raise ValueError(f"{len(places)} places need as many observed and usual counts, not {held.shape} and {base.shape}")
    if (held < 0).any() or (held != np.floor(held)).any() or (base < 0).any() or expected < 0:
        raise ValueError("observed counts are whole numbers from zero up, and so are usual and expected ones, but for wholeness")
    tenths = int((Decimal(repr(float(expected))) / TENTH).quantize(Decimal(1), ROUND_HALF_UP))
    parts = [
        Contribution(place=place, observed=int(count), expected=share * TENTH)
        for place, count, share in zip(places, held, apportioned(tenths, base), strict=True)
    ]
    whole = int(held.sum())
    rising = whole >= tenths * TENTH
    by_distance = sorted(parts, key=lambda part: (-abs(part.difference), part.place))
    named = sorted(by_distance[:most], key=lambda part: (-part.difference if rising else part.difference, part.place))
    others = by_distance[most:]
    rest = Contribution(
        place=rest_name, observed=sum(part.observed for part in others), expected=sum((part.expected for part in others), Decimal(0))
    )
    return Contributions(
        observed=whole, expected=tenths * TENTH, places=tuple(named), rest=rest if others else None, rest_count=len(others)
    )


def apportioned(tenths: int, weights: np.ndarray) -> list[int]:
    """So many `tenths`, or whole ones, in whole parts nearest to the weights, by largest remainder, so that nothing is lost to rounding.

    Where nothing is usual anywhere, every place is expected to hold the same.
    """
    if not len(weights):
        return []
    total = weights.sum()
    exact = weights / total * tenths if total > 0 else np.full(len(weights), tenths / len(weights))
    parts = np.floor(exact).astype(int)
    largest = np.argsort(-(exact - parts), kind="stable")[: tenths - int(parts.sum())]
    parts[largest] += 1
    return [int(part) for part in parts]
