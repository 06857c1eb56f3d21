"""Lays the counts of every small area that the store holds rows of, wherever it lies, into a cube on disk beside the rows.

The counts of the six authorities lie in `dense`, on the ground that LSOAs of 2011 and 2021 have in common. Here stand all the
others too: a load of the whole country can be compared, mapped and searched for anomalies at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from diogel.analysis.cube_store import CubeFault, StoredCube, open_cube, save_cube
from diogel.analysis.periods import Month, months_from
from diogel.analysis.reading.police_uk import TYPES, FileKey
from diogel.places import codes

from . import dense
from .batch_cells import BatchCells, cells_of, tidied
from .engine import Engine, opened
from .store import Store, held, read_store

FOLDER = "cube"
IN_USE = 0.25
"""A code that bears rows in fewer of a force's months is not in use there: it is of another year, or a stray from next door."""
NO_AREA = "btp"
"""British Transport Police have no area of their own."""

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class _Labels:
    """What the cube is labelled with, each area with the number of its own force in `forces`."""

    areas: tuple[str, ...]
    forces: tuple[str, ...]
    own: NDArray[np.int64]
    types: tuple[str, ...]
    months: tuple[Month, ...]


def cube_of_all(*, folder: Path | None = None, told: Told = lambda done, of: None) -> StoredCube:
    """The cube of all small areas that the store holds rows of; any slice of it is read in milliseconds.

    An area's figure counts the files of its own force: the one whose files hold most of its rows. LSOAs of the six authorities
    stand under their common unit, others under the code in the rows. A month is known where that force's file is there and
    whole, and where the code is in use: elsewhere than in the six authorities it bears rows in a quarter or more of the months
    that have LSOA codes of the same year. Codes that are nowhere in use are left out: mostly strays from a force that was not
    loaded. Where rows came since it was made, it is made now, some seconds a million new rows; `told` hears how many batches of
    how many are counted. StoreFault where it cannot be made.
    """
    store = read_store(folder)
    try:
        return open_cube(store.folder / FOLDER, source=_source(store))
    except CubeFault:
        with held(store.folder), opened() as engine:
            return write_cube(read_store(folder), engine, told)


def write_cube(store: Store, engine: Engine, told: Told = lambda done, of: None) -> StoredCube:
    """Count the batches that are not counted yet and make all counts the store's cube. The caller holds the store."""
    parts = []
    for batch in store.batches:
        parts.append(cells_of(store, batch, engine))
        told(len(parts), len(store.batches))
    tidied(store)
    labels = _labelled(store, parts)
    values = np.zeros((len(labels.areas), len(labels.types), len(labels.months)), np.uint32)
    for part in parts:
        _add(values, part, labels)
    known = _known(store, labels, values)
    kept: NDArray[np.bool_] = np.any(known, axis=1)
    if not kept.all():
        values, known = values[kept], known[kept]
    areas = [area for area, is_kept in zip(labels.areas, kept.tolist(), strict=True) if is_kept]
    return save_cube(
        store.folder / FOLDER, areas=areas, types=labels.types, months=labels.months, values=values, known=known, source=_source(store)
    )


def _source(store: Store) -> str:
    """A hash of all that decides the cube: which files lie in which batch, and which of them are whole."""
    told = "\n".join(f"{file.key} {file.sha256} {file.batch} {file.is_partial}" for file in store.files)
    return hashlib.sha256(told.encode()).hexdigest()


def _areas_of(part: BatchCells) -> list[str]:
    units = codes.lsoa_units()
    return [units[lsoa][0] if lsoa in units else lsoa for lsoa in part.lsoas]


def _forces_of(part: BatchCells) -> list[str]:
    return [FileKey.parse(file).force for file in part.files]


def _numbers(names: list[str], among: tuple[str, ...]) -> NDArray[np.int64]:
    at = {name: number for number, name in enumerate(among)}
    return np.array([at[name] for name in names], np.int64)


def _labelled(store: Store, parts: list[BatchCells]) -> _Labels:
    areas = tuple(sorted({area for part in parts for area in _areas_of(part)}))
    forces = tuple(sorted({force for part in parts for force in _forces_of(part)} | dense.own_forces()))
    rows = np.zeros((len(areas), len(forces)), np.int64)
    for part in parts:
        np.add.at(rows, (_numbers(_areas_of(part), areas)[part.at_place], _numbers(_forces_of(part), forces)[part.at_file]), part.n)
    if NO_AREA in forces:
        rows[:, forces.index(NO_AREA)] = 0
    # Of two forces with as many rows the first by name is taken, so that the same rows always give the same cube.
    own = rows.argmax(axis=1)
    ground = {unit: forces.index(codes.force_of(unit)) for unit in codes.units()}
    own = np.array([ground.get(area, number) for area, number in zip(areas, own.tolist(), strict=True)], np.int64)
    extra = {kind for part in parts for kind in part.kinds} - set(TYPES)
    months = sorted({file.key.month for file in store.files})
    return _Labels(areas, forces, own, (*TYPES, *sorted(extra)), tuple(months_from(months[0], months[-1])) if months else ())


def _add(values: NDArray[np.uint32], part: BatchCells, labels: _Labels) -> None:
    """Add what a batch holds of each area in files of its own force."""
    area, kind = _numbers(_areas_of(part), labels.areas)[part.at_place], _numbers(list(part.kinds), labels.types)
    month = np.array([FileKey.parse(file).month.since(labels.months[0]) for file in part.files], np.int64)
    here = labels.own[area] == _numbers(_forces_of(part), labels.forces)[part.at_file]
    np.add.at(values, (area[here], kind[part.at_kind[here]], month[part.at_file[here]]), part.n[here])


def _known(store: Store, labels: _Labels, values: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which months say anything of an area, bool (areas, months)."""
    whole, of_2021 = (np.zeros((len(labels.forces), len(labels.months)), bool) for _ in range(2))
    for file in store.files:
        if file.key.force in labels.forces:
            cell = labels.forces.index(file.key.force), file.key.month.since(labels.months[0])
            whole[cell], of_2021[cell] = not file.is_partial, file.vintage == "2021"
    known = whole[labels.own]
    units = set(codes.units())
    elsewhere = np.array([area not in units for area in labels.areas], bool)
    bears = values.any(axis=1)
    for vintage in (of_2021[labels.own], ~of_2021[labels.own]):
        counted = vintage & whole[labels.own]
        is_used = (bears & counted).sum(axis=1) >= np.maximum(IN_USE * counted.sum(axis=1), 1)
        known &= ~(vintage & (elsewhere & ~is_used)[:, None])
    return known
