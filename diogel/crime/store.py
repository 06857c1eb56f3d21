"""The crime store on disk: rows as Parquet, counts as one dense block, and a register that makes both true at once.

    crime/register.json     which kind of rows these are, which files were read, and which of the files below count
    crime/rows/*.parquet    the rows of one load or more, each with the `file` it came in
    crime/counts-*.npz      counts by unit, type and month, made of the same rows

Whatever the register does not name is not there. A load writes new files beside the old ones, replaces the register in one
rename, and then removes what is no longer named: a load that dies half-way leaves the store as it was.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import duckdb
from django.utils.translation import gettext as _

from diogel.analysis.reading.police_uk import FileKey
from diogel.analysis.reading.police_uk_rows import connect, literal
from diogel.home import home, made

try:
    import fcntl
except ImportError:  # Windows has none; there one person at one machine must not start two loads
    fcntl = None  # type: ignore[assignment]

Kind = Literal["real", "synthetic"]

LAYOUT = 1
REGISTER = "register.json"


class StoreFault(Exception):
    """Why the store cannot be used or written just now; the message is a sentence for the person who asked."""


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """One file that was read: where its rows lie and what was found in it.

    `usual` is the usual number of rows of such a month, None where there is too little to compare with. `is_partial` says
    that the file holds far fewer. `inside` counts rows in an area known here, `outside` those elsewhere, and
    `without_place` those with no LSOA code.
    """

    key: FileKey
    name: str
    sha256: str
    rows: int
    inside: int
    outside: int
    without_place: int
    vintage: str
    loaded_on: date
    batch: str
    usual: int | None = None
    is_partial: bool = False


@dataclass(frozen=True)
class Store:
    """What the register says. `kind` is None where nothing was ever loaded."""

    folder: Path
    kind: Kind | None = None
    files: tuple[StoredFile, ...] = ()
    counts: str | None = None
    number: int = 0

    @property
    def by_key(self) -> dict[FileKey, StoredFile]:
        return {file.key: file for file in self.files}

    @property
    def batches(self) -> tuple[str, ...]:
        return tuple(sorted({file.batch for file in self.files}))

    def path(self, batch: str) -> Path:
        return self.folder / "rows" / batch

    def without(self, keys: Iterable[FileKey]) -> Store:
        gone = set(keys)
        return replace(self, files=tuple(file for file in self.files if file.key not in gone))


def folder_of(folder: Path | None) -> Path:
    return home() / "crime" if folder is None else folder


def read_store(folder: Path | None = None) -> Store:
    """The store in `folder` (the home's own if None); an empty one where there is none. StoreFault if it cannot be read."""
    where = folder_of(folder)
    try:
        seen = (where / REGISTER).stat()
    except FileNotFoundError:
        return Store(where)
    return _read(where, seen.st_mtime_ns, seen.st_ino, seen.st_size)


@lru_cache(maxsize=4)
def _read(folder: Path, *_seen: int) -> Store:
    where = {"folder": str(folder)}
    try:
        told = json.loads((folder / REGISTER).read_text(encoding="utf-8"))
        if told["layout"] != LAYOUT:
            raise StoreFault(
                _("The crime store in %(folder)s was written by another version of Diogel. Load the files again into a new home.") % where
            )
        files = tuple(_file(row) for row in told["files"])
        return Store(folder, told["kind"], files, told["counts"], told["number"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise StoreFault(_("The register of the crime store in %(folder)s cannot be read: %(why)s.") % (where | {"why": fault})) from fault


def _file(row: dict[str, Any]) -> StoredFile:
    return StoredFile(**row | {"key": FileKey.parse(row["key"]), "loaded_on": date.fromisoformat(row["loaded_on"])})


def write_register(store: Store) -> None:
    """Make `store` the truth in one rename, then remove rows and counts that it does not name."""
    rows = [asdict(file) | {"key": str(file.key), "loaded_on": file.loaded_on.isoformat()} for file in store.files]
    told = {"layout": LAYOUT, "kind": store.kind, "number": store.number, "counts": store.counts, "files": rows}
    scratch = store.folder / f"{REGISTER}.new"
    with scratch.open("w", encoding="utf-8") as out:
        json.dump(told, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    scratch.replace(store.folder / REGISTER)
    named = {store.counts, *store.batches}
    for path in (*store.folder.glob("counts-*"), *store.folder.glob("rows/*")):
        if path.name not in named:
            path.unlink(missing_ok=True)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep other loads out of the store while this one writes. StoreFault if one is at it already."""
    if folder.parent == home():
        made()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as file:
        if fcntl:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as fault:
                raise StoreFault(_("Another load is writing the crime store. Try again when it has ended.")) from fault
        yield


def open_rows(store: Store, *, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection with the view `rows`: all rows of the store, columns as in `police_uk_rows.STORED`, and `file`."""
    connection = connect(threads=threads)
    connection.execute(f"CREATE VIEW rows AS {rows_of([store.path(batch) for batch in store.batches])}")
    return connection


def rows_of(paths: Iterable[Path]) -> str:
    """A SELECT of all rows in these Parquet files; of none where there are none."""
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in literal(paths))
    if listed:
        return f"SELECT * FROM read_parquet([{listed}])"
    return "SELECT NULL::VARCHAR AS file, NULL::VARCHAR AS lsoa, NULL::VARCHAR AS type WHERE false"


def totals(files: Iterable[StoredFile]) -> Mapping[str, int]:
    """Rows, and of these inside, outside and without a place."""
    listed = list(files)
    return {name: sum(getattr(file, name) for file in listed) for name in ("rows", "inside", "outside", "without_place")}
