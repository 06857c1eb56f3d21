"""The counts of a store as one block of integers, so that a page gets any area, type and stretch of months at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from diogel.analysis.reading.police_uk import TYPES, FileKey
from diogel.analysis.reading.police_uk_tally import Cells, Places
from diogel.places import codes

Ints = NDArray[np.int64]

BESIDE = ("force", "place", "type", "month", "count")


@dataclass(frozen=True)
class Dense:
    """Counts by unit, type and month.

    `own` is int32 of shape (units, types, months): rows of the files of each unit's own territorial force. `months` are
    month indexes in order, only those for which such a file was read. `types` are TYPES, and any other that came.
    `beside` is int64 of shape (5, n), rows as in BESIDE: what other forces' files place in a unit, and of the own force
    what lies in none: place is a unit's number, NO_PLACE or OUTSIDE; force counts in `forces`; month is an index.
    """

    types: tuple[str, ...]
    forces: tuple[str, ...]
    months: Ints
    own: NDArray[np.int32]
    beside: Ints


def own_forces() -> frozenset[str]:
    """Forces whose area is known here."""
    return frozenset(authority.force_slug for authority in codes.AUTHORITIES)


@cache
def places() -> Places:
    """Every LSOA code of both vintages with the number of its unit in `codes.units()`."""
    number = {unit: at for at, unit in enumerate(codes.units())}
    old, new = ({change.lsoa11 for change in codes.changes()}, {change.lsoa21 for change in codes.changes()})
    return Places({code: number[unit] for code, (unit, _) in codes.lsoa_units().items()}, frozenset(old - new), own_forces())


@cache
def units_of_force(force: str) -> NDArray[np.bool_]:
    """Which units lie in the area of a force: bool, one a unit; none for a force of elsewhere."""
    return np.array([codes.force_of(unit) == force for unit in codes.units()])


def empty() -> Dense:
    return Dense(TYPES, (), np.zeros(0, np.int64), np.zeros((len(codes.units()), len(TYPES), 0), np.int32), np.zeros((5, 0), np.int64))


def updated(dense: Dense, *, gone: Iterable[FileKey], came: Mapping[FileKey, Cells]) -> Dense:
    """The block without the files `gone` and with those that `came`; a file that replaces itself is in both."""
    left = _without(dense, set(gone))
    extra = sorted({cells.type_names[t] for cells in came.values() for t in np.unique(cells.types)} - set(left.types))
    types = (*left.types, *extra)
    forces = tuple(sorted({*left.forces, *(key.force for key in came)}))
    own_months = {key.month.index for key in came if key.force in own_forces()}
    months = np.array(sorted({*left.months.tolist(), *own_months}), np.int64)
    own = np.zeros((len(codes.units()), len(types), len(months)), np.int32)
    own[:, : len(left.types), np.searchsorted(months, left.months)] = left.own
    beside = [left.beside.copy()]
    beside[0][0] = _renumbered(left.forces, forces)[left.beside[0]]
    for key, cells in came.items():
        is_own = (cells.places >= 0) & units_of_force(key.force)[cells.places]
        type_numbers = _renumbered(cells.type_names, types)[cells.types]
        if is_own.any():
            slice_ = own[:, :, int(np.searchsorted(months, key.month.index))]
            np.add.at(slice_, (cells.places[is_own], type_numbers[is_own]), cells.counts[is_own])
        beside.append(_rows(key, forces, cells.places[~is_own], type_numbers[~is_own], cells.counts[~is_own]))
    return Dense(types, forces, months, own, np.concatenate(beside, axis=1))


def _without(dense: Dense, gone: set[FileKey]) -> Dense:
    own, stays = dense.own.copy(), np.ones(dense.beside.shape[1], bool)
    drop = np.zeros(len(dense.months), bool)
    for key in gone:
        if key.force in own_forces():
            at = dense.months == key.month.index
            own[np.ix_(units_of_force(key.force), np.arange(len(dense.types)), at)] = 0
            drop |= at
        if key.force in dense.forces:
            force = dense.forces.index(key.force)
            stays &= ~((dense.beside[0] == force) & (dense.beside[3] == key.month.index))
    # With one own force a month without its file holds nothing; should there be several, another's rows keep it.
    drop &= ~own.any(axis=(0, 1))
    return Dense(dense.types, dense.forces, dense.months[~drop], own[:, :, ~drop], dense.beside[:, stays])


def _rows(key: FileKey, forces: tuple[str, ...], places: Ints, types: Ints, counts: Ints) -> Ints:
    rows = np.empty((5, len(counts)), np.int64)
    rows[0], rows[1], rows[2], rows[3], rows[4] = forces.index(key.force), places, types, key.month.index, counts
    return rows


def _renumbered(old: tuple[str, ...], new: tuple[str, ...]) -> Ints:
    """Number in `new` of each name of `old`; -1 for names that are in `old` only, which no row then bears."""
    return np.array([new.index(name) if name in new else -1 for name in old], np.int64)


def save(dense: Dense, path: Path) -> None:
    with path.open("wb") as out:
        np.savez(
            out,
            types=np.array(dense.types),
            forces=np.array(dense.forces, dtype=str),
            months=dense.months,
            own=dense.own,
            beside=dense.beside,
        )


def read(path: Path) -> Dense:
    """The block in a file that `save` wrote. FileNotFoundError where a newer load has taken it away."""
    with np.load(path, allow_pickle=False) as held:
        return Dense(tuple(map(str, held["types"])), tuple(map(str, held["forces"])), held["months"], held["own"], held["beside"])
