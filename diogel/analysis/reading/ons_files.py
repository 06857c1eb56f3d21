"""Opens a file of places as a table or as features, or says in one sentence why it cannot be read."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from .coded import Refusal
from .count_reasons import COUNT_REASONS
from .ons_reasons import PLACE_REASONS
from .police_uk_rows import connect, literal

LARGEST = 400 * 1024 * 1024  # bytes; the whole of Great Britain by LSOA, age and sex stays under it
LONGEST_NAME = 200  # characters in the name of a column
LONGEST_HEADING = 65_536  # bytes


class Unreadable(Refusal):
    """Why a file of places, or a table of counts by place, was refused, in one English sentence without the file's name."""

    catalogue = {**PLACE_REASONS, **COUNT_REASONS}


@dataclass(frozen=True)
class Table:
    """A table as it lies in the file: its columns by their lower-case names, and where to ask for rows."""

    source: str
    parameters: tuple[str, ...]
    columns: dict[str, str]

    def rows(self, names: list[str]) -> list[tuple[str | None, ...]]:
        """Every row's values of these columns as text, blank ones as None, in the order of the file."""
        wanted = ", ".join(f"nullif(trim(CAST({_quoted(self.columns[name])} AS VARCHAR)), '')" for name in names)
        with _reader() as connection:
            return _ask(connection, f"SELECT {wanted} FROM {self.source}", self.parameters)


@dataclass(frozen=True)
class Features:
    """The features of a GeoJSON file: properties by their lower-case names, and the geometry."""

    features: tuple[tuple[dict[str, Any], dict[str, Any] | None], ...]


def open_file(path: Path) -> Table | Features:
    """What lies in `path`, told by its first bytes and not by its name. Unreadable where it is neither."""
    if not path.is_file():
        raise Unreadable.because("no_such_file")
    size = path.stat().st_size
    if size == 0:
        raise Unreadable.because("empty")
    if size > LARGEST:
        raise Unreadable.because("too_large")
    head = _head(path)
    if head.startswith(b"PAR1"):
        return _parquet(path)
    if head.startswith(b"PK\x03\x04"):
        raise Unreadable.because("zip")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] == b"<":
        raise Unreadable.because("web_page")
    if text[:1] == b"{":
        return _features(path)
    if b"\x00" in head:
        raise Unreadable.because("unknown_kind")
    return _csv(path)


def _head(path: Path) -> bytes:
    """The first bytes, unpacked where the file is packed; a packed file is unpacked whole once, so that a broken one is told."""
    try:
        head = _unpacked(path, 4096)
        if _is_packed(path):
            _unpack_whole(path)
        return head
    except (EOFError, zlib.error, OSError) as error:
        raise Unreadable.because("damaged") from error


def _is_packed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def _unpacked(path: Path, size: int = -1) -> bytes:
    with gzip.open(path, "rb") if _is_packed(path) else path.open("rb") as file:
        return file.read(size)


def _unpack_whole(path: Path) -> None:
    """Unreadable where the file holds far more than it should; what it unpacks to is never kept whole."""
    size = 0
    with gzip.open(path, "rb") as file:
        while piece := file.read(1 << 20):
            size += len(piece)
            if size > LARGEST:
                raise Unreadable.because("bomb")


def _reader() -> duckdb.DuckDBPyConnection:
    connection = connect()
    connection.execute("SET preserve_insertion_order=true")
    return connection


def _named(path: Path) -> tuple[str]:
    """The path as DuckDB is told it: whole, so that it names a file and no address, and without wildcards."""
    return (literal([path.resolve()])[0],)


def _parquet(path: Path) -> Table:
    with _reader() as connection:
        found = _ask(connection, "DESCRIBE SELECT * FROM read_parquet(?)", _named(path))
    return Table("read_parquet(?)", _named(path), {str(row[0]).strip().lower(): str(row[0]) for row in found})


def _csv(path: Path) -> Table:
    """The columns are those of the first line, whatever a guess from later lines would say."""
    try:
        first = _unpacked(path, LONGEST_HEADING).decode("utf-8-sig", errors="strict" if path.stat().st_size < LONGEST_HEADING else "ignore")
        names = [name.strip() for name in next(csv.reader(io.StringIO(first)), [])]
    except UnicodeDecodeError as error:
        raise Unreadable.because("not_utf_8") from error
    except csv.Error as error:
        raise Unreadable.because("no_heading") from error
    if not names or not all(names) or len({name.lower() for name in names}) < len(names) or max(map(len, names)) > LONGEST_NAME:
        raise Unreadable.because("twice")
    columns = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in names)
    packed = "gzip" if _is_packed(path) else "none"
    options = f"auto_detect=false, header=true, delim=',', quote='\"', escape='\"', compression='{packed}', columns={{{columns}}}"
    return Table(f"read_csv(?, {options})", _named(path), {name.lower(): name for name in names})


def _ask(connection: duckdb.DuckDBPyConnection, question: str, parameters: tuple[str, ...]) -> list[Any]:
    try:
        return connection.execute(question, list(parameters)).fetchall()
    except duckdb.Error as error:
        raise _reason(str(error)) from error


def _reason(message: str) -> Unreadable:
    """DuckDB's message as one reason for the person who sent the file."""
    lower = message.lower().partition("possible")[0]
    if "unicode" in lower or "utf-8 encoded" in lower:
        return Unreadable.because("not_utf_8")
    if "gzip" in lower or "gzfile" in lower or "decompress" in lower or "deflate" in lower:
        return Unreadable.because("damaged")
    if "maximum line size" in lower or "line size" in lower or "buffer" in lower:
        return Unreadable.because("long_line")
    if "state machine" in lower:
        return Unreadable.because("open_quote")
    if "columns" in lower:
        return Unreadable.because("ragged")
    return Unreadable.because("no_table", why=message.splitlines()[0][:120])


def _features(path: Path) -> Features:
    try:
        whole = json.loads(_unpacked(path).decode("utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError, EOFError, OSError, RecursionError, zlib.error) as error:
        raise Unreadable.because("broken_geojson") from error
    features = whole.get("features")
    if whole.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise Unreadable.because("not_geojson")
    found = []
    for feature in features:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            raise Unreadable.because("no_properties")
        found.append(({str(name).strip().lower(): value for name, value in properties.items()}, feature.get("geometry")))
    return Features(tuple(found))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
