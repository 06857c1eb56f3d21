"""Square cells in metres over a map, and which of them lie inside its outlines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .outlines import Outlines

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MOST_CELLS = 25_000_000


@dataclass(frozen=True)
class Grid:
    """`across` x `up` cells of `cell` metres, the south-western corner of the first at `west`, `south`. Rows run northwards."""

    west: float
    south: float
    cell: float
    across: int
    up: int

    def __post_init__(self) -> None:
        if not self.cell > 0:
            raise ValueError(f"a cell is wider than nothing, not {self.cell} metres")
        if self.across < 1 or self.up < 1:
            raise ValueError(f"a grid has cells in both directions, not {self.across} x {self.up}")
        if self.across * self.up > MOST_CELLS:
            raise ValueError(f"{self.across} x {self.up} cells are more than {MOST_CELLS:,}; choose larger ones")

    @property
    def eastings(self) -> Floats:
        """Of the middles of the columns."""
        return self.west + self.cell * (np.arange(self.across, dtype=np.float64) + 0.5)

    @property
    def northings(self) -> Floats:
        """Of the middles of the rows."""
        return self.south + self.cell * (np.arange(self.up, dtype=np.float64) + 0.5)


def grid_over(outlines: Outlines, *, cell: float) -> Grid:
    """The least grid that covers the outlines; its corners lie on whole multiples of the cell, so that two maps' cells agree."""
    if not cell > 0:
        raise ValueError(f"a cell is wider than nothing, not {cell} metres")
    west, south, east, north = (bound / cell for bound in outlines.bounds)
    first, low = int(np.floor(west)), int(np.floor(south))
    return Grid(first * cell, low * cell, cell, max(1, int(np.ceil(east)) - first), max(1, int(np.ceil(north)) - low))


def inside(grid: Grid, outlines: Outlines) -> Bools:
    """Whether the middle of each cell lies in any of the areas: bool of shape (up, across).

    Each edge that crosses a row's middle line turns one step in or out for all cells east of the crossing; areas that touch or
    overlap are one. A middle exactly on an edge belongs to the area east of it.
    """
    after = np.arange(len(outlines.corners)) + 1
    after[outlines.ring_start[1:] - 1] = outlines.ring_start[:-1]
    x, y = ((outlines.corners - (grid.west, grid.south)) / grid.cell - 0.5).T
    low, high = np.minimum(y, y[after]), np.maximum(y, y[after])
    first, last = np.ceil(low).astype(np.int64), np.ceil(high).astype(np.int64)  # rows from first up to, and without, last
    first, last = np.clip(first, 0, grid.up), np.clip(last, 0, grid.up)
    times = np.maximum(last - first, 0)
    edge = np.repeat(np.arange(len(x)), times)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(times) - times, times) + first[edge]
    end = after[edge]
    crossing = x[edge] + (row - y[edge]) / (y[end] - y[edge]) * (x[end] - x[edge])
    column = np.clip(np.ceil(crossing), 0, grid.across).astype(np.int64)
    step = np.where(y[end] > y[edge], -1.0, 1.0)  # outer rings run against the clock: their western edges go down
    turns = np.bincount(row * (grid.across + 1) + column, weights=step, minlength=grid.up * (grid.across + 1))
    return np.cumsum(turns.reshape(grid.up, grid.across + 1), axis=1)[:, :-1] > 0.5
