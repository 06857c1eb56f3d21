"""Counts a batch of rows by file, LSOA and type through the counting engine, once: a batch never changes, so its counts are kept."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from diogel.analysis.reading.police_uk_tally import NO_TYPE

from .engine import Engine
from .store import Store

FOLDER = "cells"

COUNTED = f"""
SELECT file, lsoa, coalesce(type, '{NO_TYPE}') AS type, count(*) AS n FROM rows
WHERE lsoa IS NOT NULL GROUP BY file, lsoa, coalesce(type, '{NO_TYPE}')"""
NAMES = "SELECT {name} AS name, sum(n) AS n FROM counted GROUP BY {name}"

# Names become numbers inside the engine: a batch has hundreds of thousands of cells.
CELLS = """
SELECT told.number AS file, place.number AS place, kind.number AS kind, counted.n AS n
FROM counted
JOIN told ON counted.file = told.name
JOIN place ON counted.lsoa = place.name
JOIN kind ON counted.type = kind.name"""


@dataclass(frozen=True, eq=False)
class BatchCells:
    """Rows of one batch that have an LSOA code: a cell each in `at_file`, `at_place`, `at_kind` (numbers in the names), `n`."""

    files: tuple[str, ...]
    lsoas: tuple[str, ...]
    kinds: tuple[str, ...]
    at_file: NDArray[np.uint16]
    at_place: NDArray[np.uint32]
    at_kind: NDArray[np.uint16]
    n: NDArray[np.uint32]


def cells_of(store: Store, batch: str, engine: Engine) -> BatchCells:
    """The counts of a batch: those kept beside the rows, or made now and kept."""
    rows, kept = store.path(batch), store.folder / FOLDER / f"{batch}.npz"
    size = rows.stat().st_size
    if (found := _read(kept, size)) is not None:
        return found
    cells = _counted(rows, engine)
    _keep(cells, kept, size)
    return cells


def tidied(store: Store) -> None:
    """Take away the counts of batches that the store no longer names."""
    named = {f"{batch}.npz" for batch in store.batches}
    for path in (store.folder / FOLDER).glob("*"):
        if path.name not in named:
            path.unlink(missing_ok=True)


def _counted(rows: Path, engine: Engine) -> BatchCells:
    engine.lay_rows([rows])
    engine.lay_answer("counted", COUNTED)
    files, lsoas, kinds = (tuple(sorted(engine.ask(NAMES.format(name=name))["name"].tolist())) for name in ("file", "lsoa", "type"))
    if not lsoas:
        nothing = np.zeros(0, np.uint32)
        return BatchCells(files, lsoas, kinds, nothing.astype(np.uint16), nothing, nothing.astype(np.uint16), nothing)
    for table, names in (("told", files), ("place", lsoas), ("kind", kinds)):
        engine.lay_table(table, {"name": names, "number": range(len(names))})
    found = engine.ask(CELLS)
    file, place, kind = found["file"].astype(np.uint16), found["place"].astype(np.uint32), found["kind"].astype(np.uint16)
    return BatchCells(files, lsoas, kinds, file, place, kind, found["n"].astype(np.uint32))


def _keep(cells: BatchCells, path: Path, size: int) -> None:
    path.parent.mkdir(exist_ok=True)
    new = path.with_name(f".{path.name}-{os.getpid()}")
    with new.open("wb") as out:
        files, lsoas, kinds = (np.array(names, dtype=str) for names in (cells.files, cells.lsoas, cells.kinds))
        np.savez(
            out,
            size=np.array(size),
            files=files,
            lsoas=lsoas,
            kinds=kinds,
            at_file=cells.at_file,
            at_place=cells.at_place,
            at_kind=cells.at_kind,
            n=cells.n,
        )
    new.replace(path)


def _read(path: Path, size: int) -> BatchCells | None:
    """What was kept of these very rows; None where there is nothing, or what cannot be read."""
    try:
        with np.load(path, allow_pickle=False) as held:
            if int(held["size"]) != size:
                return None
            files, lsoas, kinds = (tuple(held[name].tolist()) for name in ("files", "lsoas", "kinds"))
            return BatchCells(files, lsoas, kinds, held["at_file"], held["at_place"], held["at_kind"], held["n"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
