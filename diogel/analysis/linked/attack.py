"""The reader with a linear program: between which values each withheld cell must lie, given all that is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse
from scipy.sparse import csgraph

from .tables import Bools, Dimension, Lattice, Table, lattice
from .withholding import Cell, named

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """Between which whole numbers a withheld cell must lie; `high` is None where nothing bounds it. `value` is the truth."""

    cell: Cell
    value: int
    low: int
    high: int | None

    @property
    def width(self) -> float:
        return float("inf") if self.high is None else self.high - self.low


@dataclass(frozen=True)
class _Statements:
    """What the reader knows of the finest counts that are not shown: rows over them.

    `shown` rows equal `sums`; each of the `hidden` rows, with the `known` part of its cell, is 1 at least. `hidden_at` (H, D)
    are the cells of those rows.
    """

    shown: sparse.csr_matrix
    sums: Floats
    hidden: sparse.csr_matrix
    known: Floats
    hidden_at: NDArray[np.int64]


def intervals(
    tables: Sequence[Table], masks: Mapping[str, Bools], *, dimensions: Sequence[Dimension], threshold: int | None = None
) -> list[Interval]:
    """For every withheld cell the least and largest value that agrees with all shown sums and differences, by HiGHS.

    Unknown are the finest counts, whole and not negative; each withheld cell is 1 at least, as no zero is withheld. A linear
    program's bounds, rounded inwards to whole numbers, hold every solution in whole numbers. With `threshold` only cells
    below it are attacked. `masks` by table to publish; tables published before bring their own. Slow: two programs a cell.
    """
    ground = lattice(tables, dimensions)
    said = _statements(ground, _hidden(ground, tables, masks))
    found: dict[tuple[int, ...], tuple[int, int | None]] = {}
    for program in _programs(said):
        for row in program.rows:
            at = tuple(int(i) for i in said.hidden_at[row])
            if threshold is None or ground.values[at] < threshold:
                found[at] = program.bounds(said, row)
    return [Interval(named(ground, tables, at), int(ground.values[at]), *span) for at, span in sorted(found.items())]


def narrow(found: Sequence[Interval], *, width: int, threshold: int) -> tuple[Interval, ...]:
    """The small cells whose interval is narrower than `width`: an empty answer is the proof that was asked for."""
    return tuple(one for one in found if one.value < threshold and one.width < width)


def _hidden(ground: Lattice, tables: Sequence[Table], masks: Mapping[str, Bools]) -> Bools:
    """What no table shows: a cell withheld in one table and shown in another is shown."""
    shown, hidden = ground.shown_before.copy(), ground.hidden_before.copy()
    for table in tables:
        if table.stage == "to_publish":
            mask = np.asarray(masks[table.name], dtype=bool)
            for at in np.ndindex(mask.shape):
                place = _place(ground, table, at)
                (hidden if mask[at] else shown)[place] = True
    return hidden & ~shown


def _place(ground: Lattice, table: Table, at: tuple[int, ...]) -> tuple[int, ...]:
    where = dict(zip(table.labels, at, strict=True))
    return tuple(
        int(along[where.get(dimension.name, 0)]) for dimension, along in zip(ground.dimensions, ground.places[table.name], strict=True)
    )


def _statements(ground: Lattice, hidden: Bools) -> _Statements:
    """Each cell as a row over the finest counts, without those finest counts that are shown themselves."""
    shown = ground.published & ~hidden
    shown_rows, hidden_at = _rows(ground, np.argwhere(shown)), np.argwhere(hidden)
    hidden_rows = _rows(ground, hidden_at)
    told = np.zeros(ground.finest.size, dtype=bool)
    told[np.flatnonzero(shown[np.ix_(*ground.members_at)].ravel())] = True
    finest = ground.finest.ravel()
    unknown = np.flatnonzero(~told)
    left = shown_rows[:, unknown]
    keep = np.flatnonzero(np.diff(left.indptr))
    return _Statements(
        shown=left[keep],
        sums=(left @ finest[unknown].astype(float))[keep],
        hidden=hidden_rows[:, unknown],
        known=hidden_rows[:, np.flatnonzero(told)] @ finest[told].astype(float),
        hidden_at=hidden_at,
    )


@dataclass(frozen=True)
class _Program:
    """A group of unknowns that no statement ties to any other: its columns, and the withheld cells among them."""

    columns: NDArray[np.int64]
    rows: NDArray[np.int64]
    equal: sparse.csr_matrix
    sums: Floats
    below: sparse.csr_matrix
    limits: Floats

    def bounds(self, said: _Statements, row: int) -> tuple[int, int | None]:
        aim = said.hidden[row, self.columns].toarray().ravel()
        ends: list[float | None] = []
        for sign in (1, -1):
            done = optimize.linprog(
                sign * aim, A_ub=self.below, b_ub=self.limits, A_eq=self.equal, b_eq=self.sums, bounds=(0, None), method="highs"
            )
            if done.status == 3:
                ends.append(None)
            elif done.status == 0:
                ends.append(sign * float(done.fun) + float(said.known[row]))
            else:
                raise ArithmeticError(f"the linear program of a withheld cell ended without an answer: {done.message}")
        low, high = ends
        assert low is not None  # nothing falls below zero
        return int(np.ceil(low - 1e-6)), None if high is None else int(np.floor(high + 1e-6))


def _programs(said: _Statements) -> list[_Program]:
    """Groups of unknowns tied by statements; each is a program of its own, mostly a small one."""
    ties = sparse.vstack([said.shown, said.hidden]).tocsr()
    count, group = csgraph.connected_components(ties.T @ ties, directed=False)
    found = []
    for number in range(count):
        columns = np.flatnonzero(group == number)
        equal = np.flatnonzero(np.diff(said.shown[:, columns].indptr))
        rows = np.flatnonzero(np.diff(said.hidden[:, columns].indptr))
        if len(rows):
            found.append(
                _Program(
                    columns, rows, said.shown[equal][:, columns], said.sums[equal],
                    -said.hidden[rows][:, columns], said.known[rows] - 1.0,
                )
            )  # fmt: skip
    return found


def _rows(ground: Lattice, cells: NDArray[np.int64]) -> sparse.csr_matrix:
    rows, columns = [], []
    shape = ground.finest.shape
    for row, at in enumerate(cells):
        members = [np.flatnonzero(holds[label]) for holds, label in zip(ground.holds, at, strict=True)]
        inside = np.ravel_multi_index(np.ix_(*members), shape).ravel()
        rows.append(np.full(len(inside), row))
        columns.append(inside)
    data = np.ones(sum(map(len, rows)))
    at_rows = np.concatenate(rows) if rows else np.zeros(0, int)
    at_columns = np.concatenate(columns) if columns else np.zeros(0, int)
    return sparse.csr_matrix((data, (at_rows, at_columns)), shape=(len(cells), ground.finest.size))
