"""A labelled matrix of counts, places x types x months, that knows which months are missing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .periods import Month, Quarter, months_from


@dataclass(frozen=True)
class Cube:
    """Counts with their labels.

    `values` is int64 of shape (areas, types, months); `known` is bool of shape (areas, months) and False where no
    file came, or a partial one: there the count says nothing. `months` are consecutive. Nothing here is ever NaN.
    """

    areas: tuple[str, ...]
    types: tuple[str, ...]
    months: tuple[Month, ...]
    values: NDArray[np.int64]
    known: NDArray[np.bool_]

    def __post_init__(self) -> None:
        if self.values.shape != (len(self.areas), len(self.types), len(self.months)):
            raise ValueError(
                f"values have shape {self.values.shape}, labels say {len(self.areas)} x {len(self.types)} x {len(self.months)}"
            )
        if self.known.shape != (len(self.areas), len(self.months)):
            raise ValueError(f"known has shape {self.known.shape}, labels say {len(self.areas)} x {len(self.months)}")
        if any(later.since(earlier) != 1 for earlier, later in zip(self.months, self.months[1:], strict=False)):
            raise ValueError("months must follow one another without a gap")

    def series(self, area: str, type_: str) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Counts and `known`, each of length months, of one area and type. KeyError names what is not here."""
        a, t = self.area_at(area), self.type_at(type_)
        return self.values[a, t], self.known[a]

    def quarter(self, quarter: Quarter, area: str, type_: str) -> int | None:
        """The quarter's count, or None where any of its three months is not known."""
        counts, known = self.series(area, type_)
        at = [m.since(self.months[0]) for m in quarter.months]
        if at[0] < 0 or at[-1] >= len(self.months) or not known[at].all():
            return None
        return int(counts[at].sum())

    def area_at(self, area: str) -> int:
        if area not in self.areas:
            raise KeyError(f"no counts for area {area}")
        return self.areas.index(area)

    def type_at(self, type_: str) -> int:
        if type_ not in self.types:
            raise KeyError(f"no counts for type {type_}")
        return self.types.index(type_)

    def covering(self, first: Month, last: Month) -> Cube:
        """The same counts over exactly the months from `first` to `last`; months that were not there are not known."""
        months = tuple(months_from(first, last))
        values = np.zeros((len(self.areas), len(self.types), len(months)), dtype=np.int64)
        known = np.zeros((len(self.areas), len(months)), dtype=np.bool_)
        here = [(at, month.since(self.months[0])) for at, month in enumerate(months)] if self.months else []
        if shared := [(at, old) for at, old in here if 0 <= old < len(self.months)]:
            new, old = (list(side) for side in zip(*shared, strict=True))
            values[:, :, new], known[:, new] = self.values[:, :, old], self.known[:, old]
        return Cube(self.areas, self.types, months, values, known)

    def until(self, last: Month) -> Cube:
        """The same cube without the months after `last`."""
        keep = max(0, min(len(self.months), last.since(self.months[0]) + 1)) if self.months else 0
        return Cube(self.areas, self.types, self.months[:keep], self.values[:, :, :keep], self.known[:, :keep])
