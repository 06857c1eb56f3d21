"""The values that tell of revisions: no reckoning, no words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..periods import Month

Lean = Literal["up", "down", "neither"]

AGES = (0, 1, 2, 3, 6, 12, 24, 60)
"""First age of each band, in months between a figure's month and the older vintage's last: 0 is the newest figure."""
LEAST_BASE = 20
"""Of a smaller figure no share is told."""
SYSTEMATIC = 0.75
"""Revisions lean one way where at least this part of the series that changed went that way, and chance does not do that."""
ALPHA = 0.01


@dataclass(frozen=True, kw_only=True)
class Sum:
    """What changed of one type, area or month, or of all: how many of its cells, how many up and down, and the total of both."""

    label: str
    cells: int
    up: int
    down: int
    was: int
    now: int

    @property
    def changed(self) -> int:
        return self.up + self.down

    @property
    def difference(self) -> int:
        return self.now - self.was

    @property
    def share(self) -> float | None:
        """The difference as a part of what it was; None where that was under `LEAST_BASE`."""
        return self.difference / self.was if self.was >= LEAST_BASE else None


@dataclass(frozen=True, kw_only=True)
class ByAge:
    """Figures from `youngest` to `oldest` months old (None: and older) in the older vintage, all of them together.

    `low`, `middle` and `high`: nine in ten, half and one in ten of the single figures of `LEAST_BASE` and more were revised by
    more than this part of themselves; None where there are none.
    """

    youngest: int
    oldest: int | None
    sum: Sum
    low: float | None
    middle: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class Change:
    """One cell that changed."""

    area: str
    type: str
    month: Month
    was: int
    now: int

    @property
    def difference(self) -> int:
        return self.now - self.was


@dataclass(frozen=True, kw_only=True)
class Leaning:
    """Whether series (an area and a type over all its months) were revised one way. `p` is of the sign test, exact, two-sided:
    were up and down equally likely for each. Series of one force are not independent: it is a guide, no proof."""

    up: int
    down: int
    p: float

    @property
    def lean(self) -> Lean:
        more = max(self.up, self.down)
        if not more or self.p > ALPHA or more < SYSTEMATIC * (self.up + self.down):
            return "neither"
        return "up" if self.up > self.down else "down"


@dataclass(frozen=True, kw_only=True)
class Recoding:
    """Counts that went out of some types and into others while their sum was kept, cell by cell.

    `months` are those from the first to the last month of the move; `moved` is how many went; `kept` is the part of the move
    that is found again on the other side in the same area and month: 1 where not one count was lost.
    """

    out_of: tuple[str, ...]
    into: tuple[str, ...]
    first: Month
    last: Month
    moved: int
    kept: float


@dataclass(frozen=True, kw_only=True)
class Revisions:
    """Two vintages beside each other, over what both of them know.

    `was` and `now` int64 (areas, types, months); `both` bool (areas, months), where both vintages know the month; `counted` bool
    (areas, types, months), where besides nothing was re-coded: sums, ages and leaning are of these cells alone. `came` and `gone`
    are area-months that only the newer, or only the older one knows. `only_older` and `only_newer` are types that one of them
    does not have: no revision can be told of them, but `recodings` looks at them.
    """

    areas: tuple[str, ...]
    types: tuple[str, ...]
    months: tuple[Month, ...]
    was: NDArray[np.int64]
    now: NDArray[np.int64]
    both: NDArray[np.bool_]
    counted: NDArray[np.bool_]
    came: int
    gone: int
    only_older: tuple[str, ...]
    only_newer: tuple[str, ...]
    whole: Sum
    by_type: tuple[Sum, ...]
    by_area: tuple[Sum, ...]
    by_month: tuple[Sum, ...]
    by_age: tuple[ByAge, ...]
    leaning: Leaning
    recodings: tuple[Recoding, ...]

    def changes(self, most: int | None = None) -> tuple[Change, ...]:
        """The cells that changed, re-coded or not, the largest difference first."""
        difference = np.where(self.both[:, None], self.now - self.was, 0)
        cells = np.argwhere(difference)
        order = np.argsort(-np.abs(difference[tuple(cells.T)]), kind="stable")[:most]
        return tuple(
            Change(area=self.areas[a], type=self.types[t], month=self.months[m], was=int(self.was[a, t, m]), now=int(self.now[a, t, m]))
            for a, t, m in cells[order].tolist()
        )
