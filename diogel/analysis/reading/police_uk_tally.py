"""Asks the Parquet file of many street files what each of them holds, and whether it may be taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from .police_uk import LAST_LSOA_OF_2011, REPORTERS, SYNTHETIC_LABEL, TYPES, FileKey, Unreadable
from .police_uk_rows import literal

Ints = NDArray[np.int64]

NO_PLACE, OUTSIDE = -1, -2
"""In place of a place's number: the row has no LSOA code, or one that is not among the places asked about."""

MOST_UNKNOWN_TYPES = 20
"""Names of crime types that nobody knows in one file; with more of them something else stands in that column."""
NO_TYPE = "Not given"

_KNOWN = ", ".join(f"'{name}'" for name in TYPES)
_TYPE = f"coalesce(type, '{NO_TYPE}')"
_ONLY_2021 = " OR ".join(f"(lsoa > '{last}' AND lsoa < '{area[0]}02')" for area, last in LAST_LSOA_OF_2011.items())
_BRITISH_ISLES = "longitude BETWEEN -9.5 AND 2.5 AND latitude BETWEEN 49 AND 61.5"

_FACTS = f"""
WITH grouped AS (
    SELECT file, month, type, reported_by, context, count(*) AS n, count(lsoa) AS placed,
        count(*) FILTER (lsoa IS NOT NULL AND (longitude IS NULL OR latitude IS NULL)) AS without_point,
        count(*) FILTER (NOT ({_BRITISH_ISLES})) AS far_away,
        count(*) FILTER ({_ONLY_2021}) AS only_2021
    FROM read_parquet($parquet) GROUP BY ALL)
SELECT file, sum(n)::BIGINT AS rows,
    sum(n) FILTER (month IS DISTINCT FROM left(file, 7))::BIGINT AS other_month,
    any_value(coalesce(month, 'none')) FILTER (month IS DISTINCT FROM left(file, 7)) AS another_month,
    sum(n - placed)::BIGINT AS without_place,
    sum(without_point)::BIGINT AS without_point,
    sum(far_away)::BIGINT AS far_away,
    sum(n) FILTER ({_TYPE} NOT IN ({_KNOWN}))::BIGINT AS unknown_rows,
    sum(only_2021)::BIGINT AS only_2021,
    sum(n) FILTER (context IS NOT NULL)::BIGINT AS with_context,
    sum(n) FILTER (context = '{SYNTHETIC_LABEL}')::BIGINT AS synthetic,
    min(coalesce(reported_by, '')) AS reporter,
    max(coalesce(reported_by, '')) AS last_reporter
FROM grouped GROUP BY file"""

_CELLS = """
WITH counted AS (
    SELECT file, lsoa, {type} AS type, count(*) AS n FROM read_parquet($parquet)
    WHERE lsoa IN (SELECT name FROM place) OR {own} GROUP BY ALL)
SELECT told.number AS file,
    coalesce(place.number, CASE WHEN lsoa IS NULL THEN {no_place} ELSE {outside} END) AS place,
    kind.number AS type, coalesce(place.is_old, false) AS is_old, sum(n)::BIGINT AS n
FROM counted JOIN told ON file = told.name JOIN kind ON type = kind.name LEFT JOIN place ON lsoa = place.name
GROUP BY ALL ORDER BY 1"""

_OUTSIDE = """
SELECT file, regexp_replace(coalesce(any_value(lsoa_name), lsoa), ' [0-9]{3}[A-Z]$', '') AS district, count(*)
FROM read_parquet($parquet) WHERE ends_with(file, $force) AND lsoa IS NOT NULL AND lsoa NOT IN (SELECT name FROM place)
GROUP BY file, lsoa ORDER BY ALL"""


@dataclass(frozen=True)
class Places:
    """The LSOA codes asked about, each with a number; those that 2011 alone had; and the forces whose area they make up."""

    numbers: Mapping[str, int]
    only_2011: frozenset[str]
    forces: frozenset[str]


@dataclass(frozen=True)
class Cells:
    """Counts of one file, a row a combination, all of equal length: place number (or NO_PLACE, OUTSIDE), number in `type_names`, rows.

    Of a force whose area the places are not, only rows inside the places are here.
    """

    places: Ints
    types: Ints
    counts: Ints
    type_names: tuple[str, ...]
    only_2011: int


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What one file holds: numbers of rows, all told and of each kind that is worth telling.

    `is_own` says that the places make up this force's area; `outside` then names the districts where its other rows lie.
    """

    key: FileKey
    rows: int
    without_place: int
    without_point: int
    far_away: int
    only_2021: int
    with_context: int
    synthetic: int
    unknown_rows: int
    unknown_types: Mapping[str, int]
    other_reporters: Mapping[str, int]
    cells: Cells
    outside: Mapping[str, int]
    is_own: bool

    @property
    def inside(self) -> int:
        return int(self.cells.counts[self.cells.places >= 0].sum())

    @property
    def vintage(self) -> str:
        """Which LSOA codes the file uses: `2011`, `2021`, `both`, or `either` where it holds none that tell."""
        if self.only_2021:
            return "both" if self.cells.only_2011 else "2021"
        return "2011" if self.cells.only_2011 else "either"


def tallies(connection: duckdb.DuckDBPyConnection, parquet: Path, places: Places) -> dict[FileKey, Tally | Unreadable]:
    """What each file in the Parquet file holds, or why it must not be taken after all."""
    named = {"parquet": literal([parquet])[0]}
    found = connection.execute(_FACTS, named)
    names = [column[0] for column in found.description or ()]
    facts: list[dict[str, Any]] = [{name: value or 0 for name, value in zip(names, row, strict=True)} for row in found.fetchall()]
    unknown = _names(connection, named, _TYPE, f"{_TYPE} NOT IN ({_KNOWN})") if any(fact["unknown_rows"] for fact in facts) else {}
    strangers = _names(connection, named, "reported_by", "true") if any(map(_has_strangers, facts)) else {}
    cells = _cells(connection, named, places, [fact["file"] for fact in facts], unknown)
    outside = _outside(connection, named, places)
    told = {}
    for fact in facts:
        file, key = fact["file"], FileKey.parse(fact["file"])
        fact["unknown_types"] = unknown.get(file, {})
        fact["other_reporters"] = {name: n for name, n in strangers.get(file, {}).items() if REPORTERS.get(name, key.force) != key.force}
        fact["outside"] = outside.get(file, {})
        told[key] = _tally(key, fact, cells[file], is_own=key.force in places.forces)
    return told


def _has_strangers(fact: dict[str, Any]) -> bool:
    force = FileKey.parse(fact["file"]).force
    return fact["reporter"] != fact["last_reporter"] or REPORTERS.get(fact["reporter"], force) != force


def _tally(key: FileKey, fact: dict[str, Any], cells: Cells, *, is_own: bool) -> Tally | Unreadable:
    rows, unknown = fact["rows"], fact["unknown_rows"]
    if other := fact["other_month"]:
        said = {"n": f"{other:,}", "rows": f"{rows:,}", "other": f"{fact['another_month']:.10}"}
        return Unreadable.because("other_month", month=key.month, **said)
    if unknown * 2 > rows or len(fact["unknown_types"]) > MOST_UNKNOWN_TYPES:
        return Unreadable.because("unknown_types", n=f"{unknown:,}", rows=f"{rows:,}")
    told = {field.name: fact[field.name] for field in fields(Tally) if field.name in fact}
    return Tally(key=key, cells=cells, is_own=is_own, **told)


def _cells(
    connection: duckdb.DuckDBPyConnection,
    named: dict[str, str],
    places: Places,
    files: Sequence[str],
    unknown: Mapping[str, Mapping[str, int]],
) -> dict[str, Cells]:
    """The counts of each file. Names become numbers inside DuckDB: there are millions of them."""
    type_names = (*TYPES, *sorted({name for names in unknown.values() for name in names}))
    _lookup(connection, "place", list(places.numbers), list(places.numbers.values()), [code in places.only_2011 for code in places.numbers])
    _lookup(connection, "kind", type_names, range(len(type_names)))
    _lookup(connection, "told", files, range(len(files)))
    own = " OR ".join(f"ends_with(file, '-{force}')" for force in sorted(places.forces)) or "false"
    query = _CELLS.format(type=_TYPE, own=own, no_place=NO_PLACE, outside=OUTSIDE)
    found = {name: np.asarray(column) for name, column in connection.execute(query, named).fetchnumpy().items()}
    place, kind, n = (found[name].astype(np.int64) for name in ("place", "type", "n"))
    is_old = found["is_old"].astype(bool)
    edges = np.searchsorted(found["file"], np.arange(len(files) + 1))
    parts = [slice(start, end) for start, end in pairwise(edges)]
    return {
        file: Cells(place[part], kind[part], n[part], type_names, int(n[part][is_old[part]].sum()))
        for file, part in zip(files, parts, strict=True)
    }


def _names(connection: duckdb.DuckDBPyConnection, named: dict[str, str], column: str, where: str) -> dict[str, dict[str, int]]:
    """For each file the values of a column, with the rows that bear each."""
    query = f"SELECT file, {column}, count(*) FROM read_parquet($parquet) WHERE {where} GROUP BY ALL ORDER BY ALL"
    found: dict[str, dict[str, int]] = {}
    for file, name, n in connection.execute(query, named).fetchall():
        found.setdefault(file, {})[name or ""] = n
    return found


def _outside(connection: duckdb.DuckDBPyConnection, named: dict[str, str], places: Places) -> dict[str, dict[str, int]]:
    """For files of the forces whose area the places are: districts elsewhere, by the name before the LSOA's number, with rows."""
    found: dict[str, dict[str, int]] = {}
    for force in sorted(places.forces):
        for file, district, n in connection.execute(_OUTSIDE, named | {"force": f"-{force}"}).fetchall():
            here = found.setdefault(file, {})
            here[district] = here.get(district, 0) + n
    return found


def _lookup(
    connection: duckdb.DuckDBPyConnection, table: str, names: Sequence[str], numbers: Sequence[int], old: Sequence[bool] = ()
) -> None:
    """A small table of names and their numbers in the connection's own memory."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} (name VARCHAR, number BIGINT, is_old BOOLEAN)")
    connection.execute(
        f"INSERT INTO {table} SELECT unnest($names::VARCHAR[]), unnest($numbers::BIGINT[]), unnest($old::BOOLEAN[])",
        {"names": list(names), "numbers": list(numbers), "old": list(old) or [False] * len(names)},
    )
