"""Reads many street files in one DuckDB statement into one Parquet file; where that fails, finds the file to blame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from .police_uk import COLUMNS, FileKey, Unreadable

STORED = {
    "Crime ID": "crime_id",
    "Month": "month",
    "Reported by": "reported_by",
    "Falls within": "falls_within",
    "Longitude": "longitude",
    "Latitude": "latitude",
    "Location": "location",
    "LSOA code": "lsoa",
    "LSOA name": "lsoa_name",
    "Crime type": "type",
    "Last outcome category": "outcome",
    "Context": "context",
}
"""Column in the files to column in the Parquet file, where `file` (such as 2024-01-north-wales) comes before them."""

PARQUET = "(FORMAT parquet, WRITE_BLOOM_FILTER false, DICTIONARY_SIZE_LIMIT 4000)"
"""How rows are written. Longer dictionaries, those of identifiers and streets, cost a tenth of the time and save a twentieth of the space."""

_NUMBERS = ("Longitude", "Latitude")
_SCHEMA = "{" + ", ".join(f"'{name}': '{'DOUBLE' if name in _NUMBERS else 'VARCHAR'}'" for name in COLUMNS) + "}"
# Dialect and columns are told, never guessed: a guess from the first rows misses the quotation marks around the
# few LSOA names that hold a comma, and shifts their columns.
_READ = f"""read_csv($paths, auto_detect=false, header=true, delim=',', quote='"', escape='"', columns={_SCHEMA}, filename=true)"""
# The file name is the same for thousands of rows on end, so that this costs nothing.
_FILE = r"regexp_extract(lower(parse_filename(filename)), '^([0-9]{4}-[0-9]{2}-[a-z-]+)-street', 1)"
_SELECT = f"SELECT {_FILE} AS file, " + ", ".join(f'"{name}" AS {short}' for name, short in STORED.items())


def connect(*, threads: int | None = None, scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory, for reading; `scratch` is where it may spill. It fetches no extension, and without one it knows no network."""
    connection = duckdb.connect(config={"threads": threads} if threads else {})
    connection.execute("SET autoinstall_known_extensions=false; SET autoload_known_extensions=false; SET allow_community_extensions=false")
    connection.execute("SET preserve_insertion_order=false; SET enable_progress_bar=false")
    if scratch:
        connection.execute("SET temp_directory=$scratch", {"scratch": str(scratch)})
    return connection


def write_rows(connection: duckdb.DuckDBPyConnection, paths: Mapping[FileKey, Path], to: Path) -> dict[FileKey, Unreadable]:
    """Write the rows of all files into the Parquet file `to`; answer those that cannot be parsed, each with its reason.

    Files are named `YYYY-MM-force-street...`. All are read in one statement; only if that fails is each tried alone. No
    file is written where none is left. Any fault that no single file is to blame for is raised as it came.
    """
    broken: dict[FileKey, Unreadable] = {}
    while left := {key: path for key, path in paths.items() if key not in broken}:
        try:
            connection.execute(f"COPY ({_SELECT} FROM {_READ}) TO $to {PARQUET}", {"paths": literal(left.values()), "to": str(to)})
            return broken
        except duckdb.Error:
            to.unlink(missing_ok=True)
            found = _broken_among(connection, left)
            if not found:
                raise
            broken |= found
    return broken


def _broken_among(connection: duckdb.DuckDBPyConnection, paths: Mapping[FileKey, Path]) -> dict[FileKey, Unreadable]:
    broken = {}
    for key, path in paths.items():
        try:
            connection.execute(f"SELECT count(COLUMNS(*)) FROM {_READ}", {"paths": literal([path])}).fetchall()
        except duckdb.Error as fault:
            broken[key] = _reason(str(fault))
    return broken


_LINE = re.compile(r"CSV Error on Line: (\d+)")
_WIDTH = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")
_NUMBER = re.compile(r'Could not convert string "(.{0,40}?)" to')


def _reason(fault: str) -> Unreadable:
    """One reason for what DuckDB says in many lines."""
    found = _LINE.search(fault)
    if not found:
        return Unreadable.because("no_row_somewhere")
    line = found[1]
    if width := _WIDTH.search(fault):
        return Unreadable.because("ragged", line=line, found=width[2], wanted=width[1])
    if number := _NUMBER.search(fault):
        return Unreadable.because("no_coordinate", line=line, text=number[1])
    return Unreadable.because("open_quote" if "quote" in fault.lower() else "no_row", line=line)


def literal(paths: Iterable[Path]) -> list[str]:
    """Paths as DuckDB takes them, with the characters it would take for wildcards made harmless."""
    return [re.sub(r"([*?\[])", r"[\1]", str(path)) for path in paths]
