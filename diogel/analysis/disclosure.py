"""Withholding small counts, and as many others as it takes that no withheld count can be worked out again."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush

import numpy as np
from numpy.typing import ArrayLike, NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Node = str | tuple[str, int]
Arc = tuple[Node, Node]

THRESHOLD = 5
"""Counts from 1 to one below this are withheld in sensitive subjects."""


def withhold(table: ArrayLike, *, threshold: int = THRESHOLD) -> Bools:
    """Which cells of a two-way table of counts, its totals included, must not be shown.

    `table` (rows, columns), whole numbers from zero up, without totals. The mask is (rows + 1, columns + 1): the last
    column holds the row totals, the last row the column totals, the corner the grand total. Counts of 1 to
    `threshold` - 1 are withheld wherever they stand, totals included; then larger counts too, until a reader who knows every
    shown cell, that rows and columns add up, and that no zero is ever withheld, can work out none of the withheld exactly.

    Zeros are shown: they are not withheld, and hide nothing. ValueError for a table that is not two-way or not of counts.
    """
    counts = _counts(table, dimensions=2)
    full = with_totals(counts)
    rows, columns = full.shape
    arcs = [_arc(row, column, rows, columns) for row in range(rows) for column in range(columns)]
    is_total = np.zeros(full.shape, dtype=np.bool_)
    is_total[-1, :] = is_total[:, -1] = True
    return _withheld(_Flow(full.ravel(), is_total.ravel(), arcs), threshold).reshape(full.shape)


def withhold_series(counts: ArrayLike, *, threshold: int = THRESHOLD) -> Bools:
    """The same for a row of periods or places and its one total: a mask of length N + 1, the total last.

    3, 12, 20 with their total 35: 3 is small, and 12 is withheld with it, or 35 - 12 - 20 would tell it.
    """
    row = _counts(counts, dimensions=1)
    full = np.append(row, row.sum())
    is_total = np.append(np.zeros(len(row), dtype=np.bool_), True)
    arcs: list[Arc] = [("total", "parts") if one else ("parts", "total") for one in is_total]
    return _withheld(_Flow(full, is_total, arcs), threshold)


def with_totals(table: ArrayLike) -> Ints:
    """The table with a last column of row totals and a last row of column totals."""
    counts = _counts(table, dimensions=2)
    wide = np.concatenate([counts, counts.sum(axis=1, keepdims=True)], axis=1)
    return np.concatenate([wide, wide.sum(axis=0, keepdims=True)], axis=0)


def _counts(table: ArrayLike, *, dimensions: int) -> Ints:
    values = np.asarray(table)
    if values.ndim != dimensions or not values.size:
        raise ValueError(f"a table of {dimensions} dimensions is needed, not one of shape {values.shape}")
    if (values < 0).any() or (values != np.floor(values)).any():
        raise ValueError("only counts can be withheld: whole numbers from zero up, with missing ones left out")
    return values.astype(np.int64)


def _arc(row: int, column: int, rows: int, columns: int) -> Arc:
    """A cell as an arc of a flow that balances at every row and column: from its row to its column, totals the other way.

    "Cells of a row less their total are zero" and "cells of a column less their total are zero" then are the
    statements that what flows into a node flows out of it. Withheld values can differ from the true ones exactly by
    sending some more round a cycle of withheld cells, which is what `_Flow` looks for.
    """
    one, other = ("row", row), ("column", column)
    return (one, other) if (row == rows - 1) == (column == columns - 1) else (other, one)


@dataclass(frozen=True)
class _Flow:
    """Cells as arcs. A withheld cell can always be thought larger; it can be thought smaller if above 1. Zeros carry nothing."""

    values: Ints
    is_total: Bools
    arcs: list[Arc]

    @cached_property
    def ways(self) -> dict[Node, list[tuple[Node, int]]]:
        """From each node, the nodes that some cell leads to, and that cell."""
        ways: dict[Node, list[tuple[Node, int]]] = {node: [] for arc in self.arcs for node in arc}
        for cell, (tail, head) in enumerate(self.arcs):
            if self.values[cell] > 0:
                ways[tail].append((head, cell))
            if self.values[cell] > 1:
                ways[head].append((tail, cell))
        return ways

    @cached_property
    def cost(self) -> list[float]:
        """What it costs the reader not to be told a cell: one each, totals more, and a little more the larger it is."""
        most = max(int(self.values.max()), 1)
        return [1.0 + 2.0 * bool(total) + int(value) / most for value, total in zip(self.values, self.is_total, strict=True)]

    def protection(self, cell: int, mask: Bools) -> tuple[float, list[int]]:
        """The cheapest further cells to withhold so that this one could hold another value; cost 0, none, where it can."""
        tail, head = self.arcs[cell]
        larger = self._cheapest(head, tail, mask, without=cell)
        smaller = self._cheapest(tail, head, mask, without=cell) if self.values[cell] > 1 else (math.inf, [])
        return min(larger, smaller)

    def _cheapest(self, start: Node, goal: Node, mask: Bools, *, without: int) -> tuple[float, list[int]]:
        """Dijkstra's search along cells, those withheld already being free; infinite cost where there is no way."""
        ahead: list[tuple[float, int, Node, list[int]]] = [(0.0, 0, start, [])]
        done: set[Node] = set()
        order = 0
        while ahead:
            spent, _, node, path = heappop(ahead)
            if node == goal:
                return spent, path
            if node in done:
                continue
            done.add(node)
            for other, cell in self.ways[node]:
                if cell != without and other not in done:
                    price, further = (0.0, path) if mask[cell] else (self.cost[cell], [*path, cell])
                    order += 1
                    heappush(ahead, (spent + price, order, other, further))
        return math.inf, []


def _withheld(flow: _Flow, threshold: int) -> Bools:
    """Small cells, then what protects them, then back to what could be shown after all.

    There always is something that protects: were every cell above zero withheld, all of them could be twice as large.
    """
    primary = (flow.values > 0) & (flow.values < threshold)
    mask = primary.copy()
    for cell in np.flatnonzero(primary):
        mask[flow.protection(int(cell), mask)[1]] = True
    _show_again(flow, mask, primary)
    return mask


def _show_again(flow: _Flow, mask: Bools, primary: Bools) -> None:
    """Show what turned out not to be needed, totals and large counts first: each cell withheld is something not told."""
    for cell in sorted(np.flatnonzero(mask & ~primary), key=lambda one: (not flow.is_total[one], -flow.values[one], one)):
        mask[cell] = False
        if any(flow.protection(int(other), mask)[1] for other in np.flatnonzero(mask)):
            mask[cell] = True
