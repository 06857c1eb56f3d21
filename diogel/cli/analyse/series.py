"""Many series from one file: their names, and their counts period by period."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from diogel.analysis.periods import Month
from diogel.cli import Refusal

from . import columns

WHOLE = "all"
"""The label of a place or a type where the file has none."""


def matrix(table: columns.Table, when: str) -> tuple[list[tuple[str, str]], int, NDArray[np.int64]]:
    """Names of the series, number of the first period, and counts (series, periods), -1 where nobody counted."""
    numbers = [one.index if isinstance(one, Month) else one for one in table[when]]
    places = table["place"] if table.has("place") else [WHOLE] * table.rows
    types = table["type"] if table.has("type") else [WHOLE] * table.rows
    names = list(dict.fromkeys(zip(places, types, strict=True)))
    first, row_of = min(numbers), {name: at for at, name in enumerate(names)}
    counts = np.full((len(names), max(numbers) - first + 1), -1, dtype=np.int64)
    seen = set()
    for place, type_, number, count in zip(places, types, numbers, table["count"], strict=True):
        if (place, type_, number) in seen:
            raise Refusal(f"{place}, {type_}: a {when} stands on two lines. Add them up first.")
        seen.add((place, type_, number))
        counts[row_of[place, type_], number - first] = -1 if count is None else count
    return names, first, counts


def lengths(first: int, periods: int) -> list[float]:
    """Of months, in mean months."""
    return [Month.from_index(first + at).days / (365.25 / 12) for at in range(periods)]
