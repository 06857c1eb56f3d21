"""Finds counts that moved from one type to another between two vintages while their sum was kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from ..counts import Cube
from ..periods import Month
from .revised import Recoding

Ints = NDArray[np.int64]

LEAST_MOVED = 20
"""Fewer counts a month, over all areas, are no move worth telling."""
MOVED_SHARE = 0.10
"""A type moves in a month where it loses or gains at least this part of the larger of its two counts."""
KEPT = 0.80
"""The part of a move that must be found again in the same areas and months."""
PART_OF_IT = 0.5
"""A type belongs to a move where its changes enter with this weight or more, 1 being all of them."""
CELLS_EACH = 2
"""Cells of area and month for each type that is weighed: of fewer, only the largest types are."""
PAUSE = 3
"""Months without movement that do not end a move."""


def recodings(older: Cube, newer: Cube) -> tuple[Recoding, ...]:
    """The moves between types, over the areas and months that both vintages know, the largest first.

    A type that one vintage lacks counts as nought there. Beginning with the type that lost or gained most, its changes by area and
    month are told as a sum of what types gave or took the other way, by least squares with weights from nought up (Lawson and
    Hanson 1974): one type into several, or several into one. Several into several are found in parts, or not at all.
    """
    types, change, larger, months = _changes(older, newer)
    total, size = change.sum(axis=0), larger.sum(axis=0)
    moves = np.abs(total) >= np.maximum(LEAST_MOVED, MOVED_SHARE * size)
    found, free = [], np.ones(moves.shape, dtype=bool)
    for type_ in np.argsort(-np.abs(np.where(moves, total, 0)).sum(axis=1), kind="stable").tolist():
        for sign in (-1, 1):
            for run in _runs(moves[type_] & free[type_] & (sign * total[type_] > 0)):
                net, whole = total[:, run].sum(axis=1), size[:, run].sum(axis=1)
                could = free[:, run].all(axis=1) & (sign * net < 0) & (np.abs(net) >= MOVED_SHARE * whole)
                group = _with(type_, change[:, :, run], could)
                kept = _kept(change[:, group, run])
                if kept >= KEPT:
                    found.append(_recoding(group, kept, change[:, :, run], types, months[run]))
                    free[group, run] = False
    return tuple(sorted(found, key=lambda one: -one.moved))


def _changes(older: Cube, newer: Cube) -> tuple[list[str], Ints, Ints, list[Month]]:
    """All types of both; change and larger count (areas, types, months), 0 where either vintage does not know the month."""
    types = list(dict.fromkeys([*older.types, *newer.types]))
    areas = [area for area in older.areas if area in newer.areas]
    months = [month for month in older.months if month in newer.months]
    blocks, knowns = [], []
    for cube in (older, newer):
        a, m = [cube.areas.index(one) for one in areas], [one.since(cube.months[0]) for one in months]
        block = np.zeros((len(areas), len(types), len(months)), dtype=np.int64)
        block[:, [types.index(one) for one in cube.types]] = cube.values[np.ix_(a, range(len(cube.types)), m)]
        blocks.append(block)
        knowns.append(cube.known[np.ix_(a, m)])
    both = (knowns[0] & knowns[1])[:, None]
    return types, np.where(both, blocks[1] - blocks[0], 0), np.where(both, np.maximum(*blocks), 0), months


def _runs(moving: NDArray[np.bool_]) -> list[slice]:
    """Stretches of months that move, pauses of up to `PAUSE` within them."""
    at = np.flatnonzero(moving)
    parts = np.split(at, np.flatnonzero(np.diff(at) > PAUSE + 1) + 1) if len(at) else []
    return [slice(int(part[0]), int(part[-1]) + 1) for part in parts]


def _with(type_: int, change: Ints, could: NDArray[np.bool_]) -> list[int]:
    """This type and those of the others whose changes together make up its own, cell by cell."""
    others = np.flatnonzero(could)
    cells = change.shape[0] * change.shape[2]
    others = others[np.argsort(-np.abs(change[:, others].sum(axis=(0, 2))), kind="stable")][: max(1, cells // CELLS_EACH)]
    if not len(others):
        return [type_]
    columns = change[:, others].transpose(0, 2, 1).reshape(cells, len(others))
    weights, _ = optimize.nnls(-columns.astype(float), change[:, type_].reshape(cells).astype(float))
    return [type_, *others[weights >= PART_OF_IT].tolist()]


def _kept(change: Ints) -> float:
    """1 less the part of the move that is not found again in the same area and month."""
    lost, gained = -np.minimum(change, 0).sum(), np.maximum(change, 0).sum()
    return float(1 - np.abs(change.sum(axis=1)).sum() / max(lost, gained, 1))


def _recoding(group: Sequence[int], kept: float, change: Ints, types: Sequence[str], months: Sequence[Month]) -> Recoding:
    net = change.sum(axis=(0, 2))
    out, into = ([one for one in group if sign * net[one] > 0] for sign in (-1, 1))
    return Recoding(
        out_of=tuple(types[one] for one in sorted(out, key=lambda one: net[one])),
        into=tuple(types[one] for one in sorted(into, key=lambda one: -net[one])),
        first=months[0], last=months[-1], moved=int(min(-net[out].sum(), net[into].sum())), kept=kept,
    )  # fmt: skip
