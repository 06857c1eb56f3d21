"""Answers how many rows were recorded: by month, area and type, from the store's block of counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month, Quarter, months_from
from diogel.analysis.reading.police_uk import TYPES, FileKey
from diogel.analysis.reading.police_uk_tally import NO_PLACE
from diogel.home import today
from diogel.places import codes

from . import dense
from .dense import Dense
from .store import Kind, Store, read_store

By = Literal["month", "area", "type"]
KEYS: tuple[By, ...] = ("month", "area", "type")


@dataclass(frozen=True)
class Gaps:
    """Months of a stretch for which an area's own force has no file, or a partial one."""

    missing: tuple[Month, ...]
    partial: tuple[Month, ...]


@dataclass(frozen=True)
class Source:
    """What a source line needs: kind of rows, force, first and last month with a file, number of files, day of the last load."""

    kind: Kind
    force: str
    first: Month
    last: Month
    files: int
    loaded_on: date


def counts(
    *,
    areas: Sequence[str] | None = None,
    first: Month | None = None,
    last: Month | None = None,
    by: Iterable[str] = KEYS,
    all_forces: bool = False,
    with_zeros: bool = False,
    folder: Path | None = None,
) -> list[dict[str, str | int]]:
    """Rows counted by month, area and type, or by those of the three that `by` names; one dictionary a cell, with `count`.

    `areas` are codes of authorities, statistical partnerships, the force or LSOAs of either vintage (answered under their
    common unit); None means the six authorities. Only files of an area's own territorial force count, unless `all_forces`.
    A force's figure holds its rows without a place, too. Where `area` is not asked for, ground that two areas share is
    counted once. Empty cells are left out, unless `with_zeros`: then those of months with a file are given as 0.
    Raises UnknownArea, and ValueError for a key that `by` cannot have or months in the wrong order.
    """
    wanted = tuple(by)
    if unknown := sorted(set(wanted) - set(KEYS)):
        raise ValueError(_("“%(key)s” is nothing to count by. Count by month, area or type.") % {"key": unknown[0]})
    if first and last and last < first:
        raise ValueError(_("%(last)s lies before %(first)s. Give the earlier month first.") % {"last": last, "first": first})
    asked, block = _asked(areas), _loaded(folder)[1]
    months, values = _values(block, [(code,) for code in asked] if "area" in wanted else [asked], all_forces=all_forces)
    within = [at for at, month in enumerate(months) if (not first or month >= first) and (not last or month <= last)]
    names = {"month": [str(months[at]) for at in within], "area": list(asked), "type": list(block.types)}
    keys = tuple(key for key in KEYS if key in wanted)
    table = values[:, :, within].transpose(2, 0, 1)  # months, areas, types: the order of KEYS
    table = table.sum(axis=tuple(axis for axis, key in enumerate(KEYS) if key not in wanted), keepdims=True)
    cells = np.argwhere(np.ones_like(table, bool) if with_zeros else table > 0)
    return [{key: names[key][cell[KEYS.index(key)]] for key in keys} | {"count": int(table[tuple(cell)])} for cell in cells.tolist()]


def cube(
    *,
    areas: Sequence[str] | None = None,
    level: Literal["authority", "unit"] = "authority",
    first: Month | None = None,
    last: Month | None = None,
    all_forces: bool = False,
    folder: Path | None = None,
) -> Cube:
    """Counts of the fourteen types as a labelled block over consecutive months, for pages and for the search for anomalies.

    `areas` are codes as for `counts`; None means the six authorities or, at level `unit`, the 416 units. Months reach from
    the first to the last with a file of the areas' own force, or as asked. `known` is False where that force has no file
    or a partial one. Raises UnknownArea.
    """
    asked = _asked(areas if areas is not None else codes.units() if level == "unit" else None)
    store, block = _loaded(folder)
    months, values = _values(block, [(code,) for code in asked], all_forces=all_forces)
    first = first or min(months_loaded(folder=folder), default=None)
    last = last or max(months_loaded(folder=folder), default=None)
    span = tuple(months_from(first, last)) if first and last else ()
    whole = np.zeros((len(asked), len(TYPES), len(span)), np.int64)
    if span:
        at = np.array([month.since(span[0]) for month in months], np.int64)
        fits = (at >= 0) & (at < len(span))
        whole[:, :, at[fits]] = values[:, : len(TYPES), fits]
    return Cube(asked, TYPES, span, whole, _known(store, asked, span))


def places_of(area: str, type_: str, months: Iterable[Month], *, all_forces: bool = False, folder: Path | None = None) -> dict[str, int]:
    """How many rows of a type each unit of an area holds in the months together; units with none are there with 0.

    KeyError for a type that the store does not hold, UnknownArea for an area that is not known.
    """
    units = codes.units_of(area)
    block = _loaded(folder)[1]
    if type_ not in block.types:
        raise KeyError(f"no counts for type {type_}")
    wanted = set(months)
    found, values = _values(block, [(unit,) for unit in units], all_forces=all_forces)
    within = np.array([month in wanted for month in found], bool)
    sums = values[:, block.types.index(type_), :][:, within].sum(axis=1)
    return dict(zip(units, sums.tolist(), strict=True))


def beside(
    *, areas: Sequence[str] | None = None, first: Month | None = None, last: Month | None = None, folder: Path | None = None
) -> dict[str, int]:
    """What other forces' files place in the areas, in all: rows a force. Ground that two areas share is counted once."""
    block = _loaded(folder)[1]
    inside = _units_in(_asked(areas))
    low, high = first.index if first else 0, last.index if last else 10**6
    force, place, _, month, n = block.beside
    here = (place >= 0) & inside[place] & (month >= low) & (month <= high)
    sums = np.bincount(force[here], weights=n[here], minlength=len(block.forces))
    return {name: int(total) for name, total in zip(block.forces, sums, strict=True) if total}


def months_loaded(*, force: str | None = None, folder: Path | None = None) -> tuple[Month, ...]:
    """Months with a file of the force, in order; of the forces whose area is known here if None. Partial ones included."""
    return tuple(sorted({key.month for key in _keys(folder, force)}))


def partial_months(*, force: str | None = None, folder: Path | None = None) -> tuple[Month, ...]:
    """Months whose file of the force holds far too few rows (see `partial`), in order."""
    partial = {file.key for file in read_store(folder).files if file.is_partial}
    return tuple(sorted({key.month for key in _keys(folder, force) if key in partial}))


def gaps(*, first: Month | None = None, last: Month | None = None, force: str | None = None, folder: Path | None = None) -> Gaps:
    """Which months between the first and the last with a file, or as asked, have none or a partial one."""
    loaded, partial = months_loaded(force=force, folder=folder), partial_months(force=force, folder=folder)
    first, last = first or min(loaded, default=None), last or max(loaded, default=None)
    span = tuple(months_from(first, last)) if first and last else ()
    return Gaps(tuple(m for m in span if m not in set(loaded)), tuple(m for m in span if m in set(partial)))


def kind_of_store(*, folder: Path | None = None) -> Kind | None:
    """`real` or `synthetic`; None where nothing was ever loaded."""
    return read_store(folder).kind


def is_over(quarter: Quarter, *, folder: Path | None = None) -> bool:
    """Whether nothing more of it is to come: its last day is past on the home's own day, or real figures of its last month are on file,
    which know better than the day that a demo was given."""
    if quarter.last_day < today():
        return True
    return kind_of_store(folder=folder) == "real" and quarter.ending <= max(months_loaded(folder=folder), default=quarter.ending - 1)


def source(
    *, force: str = "north-wales", first: Month | None = None, last: Month | None = None, folder: Path | None = None
) -> Source | None:
    """Where the figures of a stretch of months come from; None where no file of the force lies in it."""
    store = read_store(folder)
    files = [f for f in store.files if f.key.force == force and (not first or f.key.month >= first) and (not last or f.key.month <= last)]
    if not files or store.kind is None:
        return None
    months = [file.key.month for file in files]
    return Source(store.kind, force, min(months), max(months), len(files), max(file.loaded_on for file in files))


def _asked(areas: Sequence[str] | None) -> tuple[str, ...]:
    """The codes to answer under, each once, in the order asked."""
    if areas is None:
        return tuple(authority.code for authority in codes.AUTHORITIES)
    return tuple(dict.fromkeys(codes.common_code(code) for code in areas))


def _keys(folder: Path | None, force: str | None) -> list[FileKey]:
    wanted = {force} if force else dense.own_forces()
    return [file.key for file in read_store(folder).files if file.key.force in wanted]


def _loaded(folder: Path | None) -> tuple[Store, Dense]:
    """The store and its counts; asked twice where a load ended between the two."""
    for _attempt in range(3):
        store = read_store(folder)
        if store.counts is None:
            break
        try:
            return store, _block(store.folder / store.counts)
        except FileNotFoundError:
            continue
    return store, dense.empty()


@lru_cache(maxsize=2)
def _block(path: Path) -> Dense:
    return dense.read(path)


def _values(block: Dense, rows: Sequence[Sequence[str]], *, all_forces: bool) -> tuple[list[Month], NDArray[np.int64]]:
    """Counts of shape (rows, block types, months): each row is a group of areas, whose ground is counted once."""
    index = block.months
    others = block.beside[:, block.beside[1] >= 0] if all_forces else block.beside[:, :0]
    if all_forces:
        index = np.union1d(index, others[3])
    values = np.zeros((len(rows), len(block.types), len(index)), np.int64)
    own_at = np.searchsorted(index, block.months)
    months = [Month.from_index(int(month)) for month in index]
    if (
        tuple(areas[0] for areas in rows if len(areas) == 1) == codes.units()
    ):  # what the anomaly engine asks: no need to go through them one by one
        values[:, :, own_at] = block.own
        np.add.at(values, (others[1], others[2], np.searchsorted(index, others[3])), others[4])
        return months, values
    for row, areas in enumerate(rows):
        inside = _units_in(tuple(areas))
        at = np.flatnonzero(inside)
        if not len(at):
            continue
        # Units of an authority lie side by side, so that a slice (no copy) does for all but odd groups.
        ground = block.own[at[0] : at[-1] + 1] if len(at) == at[-1] - at[0] + 1 else block.own[at]
        values[row][:, own_at] = ground.sum(axis=0, dtype=np.int64)
        for force in {codes.force_of(code) for code in areas if codes.kind_of(code) == "force"} & set(block.forces):
            _add(values[row], index, block.beside[:, (block.beside[1] == NO_PLACE) & (block.beside[0] == block.forces.index(force))])
        _add(values[row], index, others[:, inside[others[1]]])
    return months, values


def _add(values: NDArray[np.int64], index: NDArray[np.int64], rows: NDArray[np.int64]) -> None:
    np.add.at(values, (rows[2], np.searchsorted(index, rows[3])), rows[4])


@lru_cache(maxsize=1024)
def _units_in(areas: tuple[str, ...]) -> NDArray[np.bool_]:
    """Which of all units lie in any of the areas."""
    inside = {unit for area in areas for unit in codes.units_of(area)}
    found = np.array([unit in inside for unit in codes.units()])
    found.flags.writeable = False
    return found


def _known(store: Store, areas: Sequence[str], months: Sequence[Month]) -> NDArray[np.bool_]:
    whole = {file.key for file in store.files if not file.is_partial}
    forces = [codes.force_of(area) for area in areas]
    by_force = {force: [FileKey(month, force) in whole for month in months] for force in set(forces)}
    return np.array([by_force[force] for force in forces], bool).reshape(len(areas), len(months))
