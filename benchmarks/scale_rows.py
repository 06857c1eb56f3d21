"""Writes invented police.uk street files of England and Wales, by month and force, some hundred thousand rows a second.

Forces, their sizes, columns, crime types and their shares are near the real ones; places, streets and rows are made up, and
each row says so. In it lie what real files hold: incidents without a number that look alike, rows that stand twice, rows
without a place, with a point in the sea, of a type nobody knows, in another force's area, and those of British Transport
Police. One file is broken and one cut short, so that a load has something to refuse and something to flag.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import duckdb
import numpy as np

from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import COLUMNS, REPORTERS, SYNTHETIC_LABEL, TYPES
from diogel.places.codes import changes

FIRST, MONTHS = Month(2015, 1), 120
RESIDENTS_A_PLACE, RESIDENTS_A_PARTNERSHIP = 1.69, 200
ROWS_A_MONTH = 14.2
"""Rows of one LSOA in one month, as all of England and Wales had: 60 million in ten years."""
RISE, RISES_FOR = 1.6, 12
"""Every fortieth partnership sees one type rise by so much for the last year."""

RESIDENTS = {
    "north-wales": 690, "dyfed-powys": 520, "city-of-london": 9, "gwent": 590, "cumbria": 500, "cleveland": 570,
    "warwickshire": 600, "durham": 630, "gloucestershire": 645, "bedfordshire": 700, "wiltshire": 740, "suffolk": 760,
    "dorset": 770, "lincolnshire": 770, "northamptonshire": 790, "north-yorkshire": 820, "cambridgeshire": 900,
    "norfolk": 920, "humberside": 935, "derbyshire": 1060, "cheshire": 1100, "leicestershire": 1130, "staffordshire": 1140,
    "nottinghamshire": 1150, "surrey": 1200, "hertfordshire": 1200, "west-mercia": 1300, "south-wales": 1340,
    "south-yorkshire": 1380, "merseyside": 1420, "northumbria": 1450, "lancashire": 1530, "sussex": 1710,
    "avon-and-somerset": 1730, "devon-and-cornwall": 1780, "essex": 1850, "kent": 1860, "hampshire": 2000,
    "west-yorkshire": 2350, "thames-valley": 2500, "greater-manchester": 2870, "west-midlands": 2920, "metropolitan": 8800,
}  # fmt: skip
"""Thousands of residents of a force's area, roughly; smallest sizes first, so that the first few make a small country."""
WELSH = ("north-wales", "gwent", "dyfed-powys", "south-wales")
SHARES = (0.2, 0.013, 0.055, 0.082, 0.03, 0.019, 0.076, 0.008, 0.075, 0.011, 0.062, 0.016, 0.063, 0.29)
"""Of each type among all rows, in the order of TYPES."""
SEASON = (0.25, 0.35, -0.08, 0.08, 0.0, 0.0, 0.05, 0.0, 0.1, 0.0, 0.0, 0.05, -0.05, 0.08)
"""How far each type rises in summer, log scale."""
NAMES = {force: name for name, force in REPORTERS.items()}
STREETS = (
    "Parking Area",
    "Supermarket",
    "Example Road",
    "Example Close",
    "Lôn Enghraifft",
    "Example Street",
    "Heol Enghraifft",
    "Nightclub",
)
OUTCOMES = (
    "Investigation complete; no suspect identified", "Unable to prosecute suspect", "Court result unavailable", "Local resolution",
    "Status update unavailable", "Under investigation", "Offender given a caution",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Country:
    """Some forces with their made-up places: arrays of one entry a place, `partnership` its number among all partnerships."""

    forces: tuple[str, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    force: np.ndarray
    partnership: np.ndarray
    rates: np.ndarray

    @property
    def partnerships(self) -> int:
        return int(self.partnership.max()) + 1

    @property
    def raised(self) -> list[tuple[int, int]]:
        """Partnership and type of each series that rises in the last year."""
        return [(at, (at * 5) % len(TYPES)) for at in range(0, self.partnerships, 40)]


def country(least_rows: float) -> Country:
    """The first forces that make up so many rows in ten years, or all of them."""
    share = least_rows / (sum(map(_places_of, RESIDENTS)) * ROWS_A_MONTH * MONTHS)
    return _country(_forces(share))


def _places_of(force: str) -> int:
    return len(_north_wales()) if force == "north-wales" else max(round(RESIDENTS[force] / RESIDENTS_A_PLACE), 6)


@cache
def _north_wales() -> tuple[str, ...]:
    return tuple(sorted({change.lsoa21 for change in changes() if change.change != "S"}))


def _forces(share: float) -> tuple[str, ...]:
    """As many forces, in the order of the table, as come nearest to this share of the whole; one at the least."""
    sizes = np.cumsum([_places_of(force) for force in RESIDENTS])
    return tuple(RESIDENTS)[: int(np.argmin(np.abs(sizes / sizes[-1] - share))) + 1]


@cache
def _country(forces: tuple[str, ...]) -> Country:
    rng = np.random.default_rng(60)
    counts = [_places_of(force) for force in forces]
    force = np.repeat(np.arange(len(forces)), counts)
    partnership, at = np.zeros(len(force), np.int64), 0
    names: list[str] = []
    for slug, count in zip(forces, counts, strict=True):
        parts = max(round(RESIDENTS[slug] / RESIDENTS_A_PARTNERSHIP), 1)
        own = np.arange(count) * parts // count
        partnership[len(names) : len(names) + count] = own + at
        district = f"{slug.replace('-', ' ').title()}"
        # A few real names hold a comma, which makes a reader that splits on commas fail.
        names += [f"{district}{', City of' if part == 1 else f' {part}'} {n // 5 + 1:03d}{'ABCDE'[n % 5]}" for n, part in enumerate(own)]
        at += parts
    level = rng.lognormal(-0.32, 0.8, len(force))
    level *= ROWS_A_MONTH / level.mean()
    mix = rng.lognormal(0, 0.35, (len(force), len(TYPES))) * SHARES
    rates = level[:, None] * mix / mix.sum(axis=1, keepdims=True)
    return Country(forces, _codes(forces, counts), tuple(names), force, partnership, rates)


def _codes(forces: Sequence[str], counts: Sequence[int]) -> tuple[str, ...]:
    """Codes in the shape of the real ones; in North Wales the real ones, for the store knows them."""
    own, spare = _north_wales(), {"E": iter(range(1, 33_769)), "W": iter(range(1, 1_959))}
    taken = {int(code[3:]) for change in changes() for code in (change.lsoa11, change.lsoa21)}
    found: list[str] = []
    for force, count in zip(forces, counts, strict=True):
        if force == "north-wales":
            found += own
            continue
        land = "W" if force in WELSH else "E"
        numbers = (number for number in spare[land] if land == "E" or number not in taken)
        found += [f"{land}010{next(numbers):05d}" for _ in range(count)]
    return tuple(found)


def write_files(folder: Path, least_rows: float, *, processes: int = 2) -> int:
    """Write ten years of files for so many rows, a folder a month, and answer how many rows they hold."""
    with ProcessPoolExecutor(processes) as pool:
        return sum(pool.map(partial(write_month, folder, least_rows), range(MONTHS), chunksize=4))


def write_month(folder: Path, least_rows: float, at: int) -> int:
    """Write the files of one month and answer how many rows they hold."""
    land, month = country(least_rows), FIRST + at
    drawn = _drawn(land, at)
    place, kind = np.nonzero(drawn)
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SET enable_progress_bar=false")
        cells = {"place": place, "kind": kind, "n": drawn[place, kind].astype(np.int32)}  # noqa: F841 - DuckDB reads it by its name
        connection.execute("CREATE TEMP TABLE cells AS SELECT * FROM cells")
        _tables(connection, land)
        into = folder / f".{month}"
        found = connection.execute(_SQL, {"month": str(month), "at": at, "to": str(into), "forces": len(land.forces)}).fetchone()
    named = folder / str(month)
    named.mkdir()
    for path in sorted(into.glob("force=*/*.csv")):
        path.rename(named / f"{month}-{path.parent.name[6:]}-street.csv")
        path.parent.rmdir()
    into.rmdir()
    return (int(found[0]) if found else 0) - _spoil(named, month, at, land)


def _drawn(land: Country, at: int) -> np.ndarray:
    """How many rows each place and type has in a month, int (places, types)."""
    summer = -np.cos(2 * np.pi * ((at % 12) - 0.5) / 12)
    rates = land.rates * np.exp(np.array(SEASON) * summer)
    if at >= MONTHS - RISES_FOR:
        for partnership, kind in land.raised:
            rates[land.partnership == partnership, kind] *= RISE
    return np.random.default_rng((60, at)).poisson(rates)


def _tables(connection: duckdb.DuckDBPyConnection, land: Country) -> None:
    number = np.arange(len(land.codes))
    places = {  # noqa: F841 - read by its name
        "number": number, "code": np.array(land.codes, dtype=object), "name": np.array(land.names, dtype=object), "force": land.force,
        "longitude": -3.5 + (number % 211) * 0.02, "latitude": 50.5 + (number // 211) * 0.02,
    }  # fmt: skip
    connection.execute("CREATE TEMP TABLE places AS SELECT * FROM places")
    for table, values in (("kinds", TYPES), ("forces", [*land.forces, "btp"])):
        rows = {"number": np.arange(len(values)), "name": np.array(values, dtype=object)}
        rows["told"] = np.array([NAMES.get(value, value) for value in values], dtype=object)
        connection.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM rows")


def _spoil(folder: Path, month: Month, at: int, land: Country) -> int:
    """Break one file of the ten years, and cut another to a third; answer how many rows went."""
    path = folder / f"{month}-{land.forces[0]}-street.csv"
    if at == 40:
        with path.open("a", encoding="utf-8") as file:
            file.write("one,cell,too,few\n")
    if at == 50:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[: len(lines) // 3]), encoding="utf-8")
        return len(lines) - len(lines) // 3
    return 0


_CHOSEN = "[" + ", ".join("'" + name + "'" for name in OUTCOMES) + "]"
_STREET = "[" + ", ".join("'" + name + "'" for name in STREETS) + "]"
# Each row's number `nth` within its cell decides all else about it, through one hash; a row that takes the number before its own
# is that row once more.
_SQL = f"""
COPY (
    WITH one AS (
        SELECT place, kind, (hash(place, kind, $at, nth - (nth > 0 AND hash(place, kind, $at, nth) % 700 = 0)::INT) >> 1)::BIGINT AS h
        FROM (SELECT place, kind, unnest(range(n)) AS nth FROM cells)),
    told AS (
        SELECT *, h % 1000 < 15 AS is_nowhere, (h >> 12) % 100000 = 0 AS is_far, (h >> 12) % 200000 = 1 AS is_strange,
            CASE WHEN (h >> 20) % 1000 < 5 THEN $forces
                WHEN (h >> 20) % 1000 < 8 THEN (force + 1) % $forces ELSE force END AS filed
        FROM one JOIN places ON place = places.number)
    SELECT CASE WHEN kind = 0 THEN NULL ELSE sha256(h::VARCHAR) END AS "{COLUMNS[0]}", $month AS "{COLUMNS[1]}",
        forces.told AS "{COLUMNS[2]}", forces.told AS "{COLUMNS[3]}",
        CASE WHEN is_nowhere THEN NULL WHEN is_far THEN 12.5 ELSE (longitude + (h >> 30) % 12 * 0.0013)::DECIMAL(9, 6) END AS "{COLUMNS[4]}",
        CASE WHEN is_nowhere THEN NULL ELSE (latitude + (h >> 30) % 12 * 0.0007)::DECIMAL(9, 6) END AS "{COLUMNS[5]}",
        CASE WHEN is_nowhere THEN 'No Location'
            ELSE 'On or near ' || {_STREET}[1 + ((h >> 30) % 12 + place) % {len(STREETS)}] || ' ' || (place % 900)::VARCHAR END AS "{COLUMNS[6]}",
        CASE WHEN NOT is_nowhere THEN code END AS "{COLUMNS[7]}", CASE WHEN NOT is_nowhere THEN places_name END AS "{COLUMNS[8]}",
        CASE WHEN is_strange THEN 'Offences not yet classified' ELSE kinds.name END AS "{COLUMNS[9]}",
        CASE WHEN kind > 0 THEN {_CHOSEN}[1 + ((h >> 40) % {len(OUTCOMES)})] END AS "{COLUMNS[10]}",
        '{SYNTHETIC_LABEL}' AS "{COLUMNS[11]}", forces.name AS force
    FROM (SELECT * RENAME (name AS places_name) FROM told) JOIN kinds ON kind = kinds.number JOIN forces ON filed = forces.number)
TO $to (FORMAT csv, HEADER true, PARTITION_BY (force))"""
