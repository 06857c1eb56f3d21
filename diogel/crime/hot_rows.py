"""The rows that hot spots are made of: where each published point of a partnership's areas lies, in which unit, of which type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from diogel.analysis.hotspots.projection import EAST, NORTH, SOUTH, WEST, to_grid
from diogel.analysis.periods import Month
from diogel.places import codes

from .store import open_rows, read_store

Floats = NDArray[np.float64]

_POINTS = """
    SELECT lsoa, type, longitude, latitude, location, count(*) AS n FROM rows
    WHERE list_contains($files, file) AND list_contains($lsoas, lsoa)
    GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True)
class Spot:
    """One published point with one type: its unit, degrees (None where the row has no place), what it says is near, rows."""

    unit: str
    type: str
    longitude: float | None
    latitude: float | None
    location: str
    rows: int

    @property
    def has_place(self) -> bool:
        """Whether it lies in the United Kingdom; a point far away is a fault of the file."""
        lon, lat = self.longitude, self.latitude
        return lon is not None and lat is not None and WEST < lon < EAST and SOUTH < lat < NORTH


def spots_of(units: Sequence[str], months: Sequence[Month], *, force: str, folder: Path | None = None) -> tuple[Spot, ...]:
    """Every point of the units in the months, from the files of `force`, in an order that does not change. StoreFault as the store says."""
    store = read_store(folder)
    if not store.files or not months:
        return ()
    of_unit = {code: unit for code, (unit, _authority) in codes.lsoa_units().items() if unit in set(units)}
    asked = {"files": [f"{month}-{force}" for month in months], "lsoas": sorted(of_unit)}
    with open_rows(store) as rows:
        found = rows.execute(_POINTS, asked).fetchall()
    return tuple(Spot(of_unit[lsoa], *rest) for lsoa, *rest in found)


def one_by_one(spots: Sequence[Spot]) -> Iterator[tuple[float | None, float | None, str, str]]:
    """A tuple a row, as the methods take them: longitude, latitude, location, unit."""
    for spot in spots:
        at = (spot.longitude, spot.latitude) if spot.has_place else (None, None)
        for _row in range(spot.rows):
            yield (*at, spot.location, spot.unit)


def in_metres(spots: Sequence[Spot]) -> tuple[Floats, Floats]:
    """Easting and northing, a place a row; rows without a place are left out."""
    there = [spot for spot in spots if spot.has_place]
    east, north = to_grid([spot.longitude or 0.0 for spot in there], [spot.latitude or 0.0 for spot in there])
    times = np.array([spot.rows for spot in there], dtype=np.int64)
    return np.repeat(east, times), np.repeat(north, times)


def middles_of(spots: Sequence[Spot]) -> dict[str, tuple[float, float]]:
    """The middle (median) of each unit's points in metres: one far point does not move it."""
    there = [spot for spot in spots if spot.has_place]
    if not there:
        return {}
    east, north = to_grid([spot.longitude or 0.0 for spot in there], [spot.latitude or 0.0 for spot in there])
    of_unit: dict[str, list[int]] = {}
    for at, spot in enumerate(there):
        of_unit.setdefault(spot.unit, []).append(at)
    return {unit: (float(np.median(east[at])), float(np.median(north[at]))) for unit, at in of_unit.items()}
