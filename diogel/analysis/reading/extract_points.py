"""Points of an extract in metres, from either kind of coordinates; swapped ones and other units are refused, strays told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from diogel.analysis.hotspots.projection import EAST, NORTH, SOUTH, WEST, to_grid

from .coded import Reason
from .extract_mapping import Mapping
from .police_uk import Unreadable
from .sheets import Faults, Sheet

Floats = NDArray[np.float64]
Rings = Sequence[Floats]
"""Rings of corners, each float64 (corners, 2), easting and northing in metres; a hole is a ring within a ring."""

FARTHEST_EAST, FARTHEST_NORTH = 800_000.0, 1_400_000.0
MARGIN = 50_000.0
"""Metres around the area within which a point may be a stray of it rather than a swapped one."""


def read_points(sheet: Sheet, mapping: Mapping, area: Rings | None, faults: Faults) -> Floats:
    """Easting and northing of every row, (rows, 2), NaN where a row has neither coordinate; what is no point becomes a fault.

    Unreadable where most rows say that the two columns are swapped, or are degrees for metres or metres for degrees.
    """
    points = np.full((len(sheet.numbers), 2), np.nan)
    if not mapping.has_points:
        return points
    names = (mapping.easting, mapping.northing) if mapping.easting else (mapping.longitude, mapping.latitude)
    first, second = (_numbers(sheet.columns[name or ""], faults) for name in names)
    for at in np.flatnonzero(np.isnan(first) != np.isnan(second)):
        faults.setdefault(int(at), Reason.of("row_one_coordinate"))
    for at in np.flatnonzero((first == 0) & (second == 0)):
        faults.setdefault(int(at), Reason.of("row_nowhere"))
    told = np.array([at not in faults for at in range(len(first))], dtype=bool) & ~np.isnan(first)
    if mapping.easting:
        _metres(first, second, told, area, faults)
    else:
        _degrees(first, second, told, faults)
    good = np.array([at not in faults for at in range(len(first))], dtype=bool) & ~np.isnan(first)
    points[good] = np.column_stack([first[good], second[good]] if mapping.easting else to_grid(first[good], second[good]))
    return points


def _numbers(cells: Sequence[Any], faults: Faults) -> Floats:
    found = np.full(len(cells), np.nan)
    for at, cell in enumerate(cells):
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            continue
        try:
            if isinstance(cell, bool) or not isinstance(cell, (int, float, str)) or "_" in str(cell):
                raise ValueError("no number")
            found[at] = float(cell)
            if not np.isfinite(found[at]):
                raise ValueError("no number")
        except (ValueError, OverflowError):
            found[at] = np.nan
            faults.setdefault(at, Reason.of("row_no_number"))
    return found


def _metres(east: Floats, north: Floats, told: NDArray[np.bool_], area: Rings | None, faults: Faults) -> None:
    e, n = east[told], north[told]
    if _mostly((np.abs(e) <= 180) & (np.abs(n) <= 180)):
        raise Unreadable.because("degrees_not_metres")
    if area is not None and len(area):
        corners = np.concatenate([np.asarray(ring, dtype=float) for ring in area])
        low, high = corners.min(axis=0) - MARGIN, corners.max(axis=0) + MARGIN
        straight = (e >= low[0]) & (e <= high[0]) & (n >= low[1]) & (n <= high[1])
        turned = (n >= low[0]) & (n <= high[0]) & (e >= low[1]) & (e <= high[1])
        if _mostly(turned & ~straight):
            raise Unreadable.because("metres_turned_in_area")
    _refuse_all_off((e > FARTHEST_EAST) & (n <= FARTHEST_EAST), "metres_turned")
    off = told & ~((east > 0) & (east <= FARTHEST_EAST) & (north > 0) & (north <= FARTHEST_NORTH))
    for at in np.flatnonzero(off):
        faults.setdefault(int(at), Reason.of("row_off_grid"))


def _degrees(lon: Floats, lat: Floats, told: NDArray[np.bool_], faults: Faults) -> None:
    x, y = lon[told], lat[told]
    if _mostly((np.abs(x) > 180) | (np.abs(y) > 90)):
        raise Unreadable.because("metres_not_degrees")
    _refuse_all_off((x >= SOUTH) & (x <= NORTH) & (y >= WEST) & (y <= EAST), "degrees_turned")
    off = told & ~((lon >= WEST) & (lon <= EAST) & (lat >= SOUTH) & (lat <= NORTH))
    for at in np.flatnonzero(off):
        faults.setdefault(int(at), Reason.of("row_off_kingdom"))


def _mostly(rows: NDArray[np.bool_]) -> bool:
    return bool(rows.sum() * 2 > len(rows))


def _refuse_all_off(rows: NDArray[np.bool_], code: str) -> None:
    if _mostly(rows):
        raise Unreadable.because(code)


def inside(points: Floats, area: Rings | None) -> NDArray[np.int64]:
    """1 where a point lies in the area (a line from it crosses the rings an odd number of times), 0 outside, -1 without a point."""
    found = np.full(len(points), -1, dtype=np.int64)
    placed = ~np.isnan(points).any(axis=1)
    x, y = points[placed].T
    crossed = np.zeros(len(x), dtype=bool)
    for ring in area or ():
        corners = np.asarray(ring, dtype=float)
        for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            spans = (y1 > y) != (y2 > y)
            if spans.any():
                crossed[spans] ^= x[spans] < x1 + (y[spans] - y1) * (x2 - x1) / (y2 - y1)
    found[placed] = crossed
    return found
