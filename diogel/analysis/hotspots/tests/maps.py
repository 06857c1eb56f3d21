"""Small invented maps for the tests: squares in metres, and the real boundaries where they are at hand."""

import json
from pathlib import Path

import duckdb

from diogel.analysis.hotspots.outlines import Outlines, outlines


def square(west: float, south: float, side: float = 1000.0) -> list[list[float]]:
    """A closed ring, turned as GeoJSON turns outer rings."""
    return [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]


def chessboard(across: int, up: int, *, side: float = 1000.0, west: float = 250_000.0, south: float = 350_000.0) -> Outlines:
    """`across` x `up` squares, named by column and row."""
    return outlines(
        [
            (f"{i},{j}", {"type": "Polygon", "coordinates": [square(west + i * side, south + j * side, side)]})
            for i in range(across)
            for j in range(up)
        ],
        in_metres=True,
    )


def real(shared_data: Path, name: str, code: str) -> Outlines:
    """The outlines of a boundary file, by its property `code`."""
    text = (shared_data / "geography" / f"{name}_north_wales.geojson").read_text(encoding="utf-8")
    return outlines((one["properties"][code], one["geometry"]) for one in json.loads(text)["features"])


def street_rows(shared_data: Path, where: str = "true", *, force: str = "north-wales") -> list[tuple]:
    """Of one force's files, or of all (`*`): (force of the file, month, longitude, latitude, location, LSOA code, type) of every street row that fits."""
    with duckdb.connect() as connection:
        return connection.execute(
            rf"""SELECT regexp_extract(filename, '\d{{4}}-\d\d-([a-z-]+)-street', 1) AS force, "Month" AS month,
                 TRY_CAST("Longitude" AS DOUBLE) AS longitude, TRY_CAST("Latitude" AS DOUBLE) AS latitude, coalesce("Location", '') AS location,
                 coalesce("LSOA code", '') AS lsoa, "Crime type" AS type
                 FROM read_csv('{shared_data}/police-uk/*/*-{force}-street.csv.gz', all_varchar=true, filename=true, header=true, delim=',', quote='"')
                 WHERE {where} ORDER BY ALL"""
        ).fetchall()
