"""The ground that hot areas are sought on: outlines of small areas and who lies beside whom, with or without loaded boundaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Voronoi

from diogel.analysis.hotspots.neighbours import Neighbours, listed, touching
from diogel.analysis.hotspots.outlines import Outlines, outlines
from diogel.places import codes
from diogel.places.models import Area

Floats = NDArray[np.float64]
Geometry = dict[str, Any]

REACH = 6_000.0
"""Metres around the middle of its points that an area without an outline is drawn at most."""
CORNERS = 24
LEAST = 4
"""With fewer areas there is no ground to compare on."""


class NoGround(Exception):
    """Too few areas have an outline or points of their own to be compared with those around them."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The areas in the order of `outlines`. `is_rough` says that outlines were not loaded, so that each area is drawn as the ground
    nearest to the middle of its points; `lacks` are areas that have neither. `borders` are what is drawn over a surface."""

    outlines: Outlines
    neighbours: Neighbours
    borders: Outlines
    is_rough: bool
    lacks: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        return self.outlines.areas


def ground_of(units: Sequence[str], authorities: Sequence[Any], middles: Mapping[str, tuple[float, float]]) -> Ground:
    """Outlines of the units as they were loaded, else drawn from `middles` (easting and northing). NoGround where neither will do."""
    loaded = loaded_outlines(units)
    if len(loaded) == len(units):
        drawn = outlines([(unit, loaded[unit]) for unit in units])
        whole = [(area.code, area.boundary) for area in authorities if area.boundary]
        borders = outlines(whole) if whole and len(whole) == len(authorities) else drawn
        return Ground(outlines=drawn, neighbours=touching(drawn), borders=borders, is_rough=False)
    return rough_ground(units, middles)


def loaded_outlines(units: Sequence[str]) -> dict[str, Geometry]:
    """The outline of each unit, as GeoJSON in degrees: its own, or else those of the parts it is made of in one vintage, together."""
    parts: dict[str, list[set[str]]] = {unit: [{unit}, set(), set()] for unit in units}
    for change in codes.changes():
        if change.unit in parts:
            parts[change.unit][1].add(change.lsoa21)
            parts[change.unit][2].add(change.lsoa11)
    wanted = {code for sets in parts.values() for each in sets for code in each}
    rows = Area.objects.filter(kind__in=["lsoa11", "lsoa21"], code__in=wanted, boundary__isnull=False).order_by("kind")
    held = {code: boundary for code, boundary in rows.values_list("code", "boundary") if boundary}
    found = {}
    for unit, sets in parts.items():
        whole = next((each for each in sets if all(code in held for code in each)), None)
        if whole:
            found[unit] = joined([held[code] for code in sorted(whole)])
    return found


def joined(geometries: Sequence[Geometry]) -> Geometry:
    """One geometry; what was parted stays drawn in its parts."""
    if len(geometries) == 1:
        return geometries[0]
    every = [each["coordinates"] if each["type"] == "MultiPolygon" else [each["coordinates"]] for each in geometries]
    return {"type": "MultiPolygon", "coordinates": [polygon for polygons in every for polygon in polygons]}


def rough_ground(units: Sequence[str], middles: Mapping[str, tuple[float, float]]) -> Ground:
    """Each area as the ground nearer to its middle than to any other, at most REACH away; beside it are those it meets there."""
    there = [unit for unit in units if unit in middles]
    spots = np.array([middles[unit] for unit in there], dtype=np.float64).reshape(-1, 2)
    if len(there) < LEAST or len(np.unique(spots.round(), axis=0)) < len(there):
        raise NoGround
    # Four far corners close every cell; none of them lies within reach of any.
    (west, south), (east, north) = spots.min(axis=0) - 1e6, spots.max(axis=0) + 1e6
    cells = Voronoi(np.vstack([spots, [(west, south), (west, north), (east, south), (east, north)]]))
    drawn = [(unit, _polygon(_cell(cells, at, spots[at]))) for at, unit in enumerate(there)]
    pairs = [(there[a], there[b]) for a, b in cells.ridge_points if max(a, b) < len(there) and _meet(spots[a], spots[b])]
    made = outlines(drawn, in_metres=True)
    lacks = tuple(unit for unit in units if unit not in middles)
    return Ground(outlines=made, neighbours=listed(there, pairs), borders=made, is_rough=True, lacks=lacks)


def _meet(one: Floats, other: Floats) -> bool:
    return bool(np.hypot(*(one - other)) < 2 * REACH)


def _cell(cells: Voronoi, at: int, spot: Floats) -> Floats:
    """The corners of a cell, against the clock, cut to REACH around its middle."""
    corners = cells.vertices[cells.regions[cells.point_region[at]]]
    turned = corners[np.argsort(np.arctan2(*(corners - corners.mean(axis=0)).T[::-1]))]
    angles = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    return _cut(turned, spot + REACH * np.column_stack([np.cos(angles), np.sin(angles)]))


def _cut(corners: Floats, frame: Floats) -> Floats:
    """What of a convex outline lies inside a convex frame, both against the clock (Sutherland and Hodgman 1974)."""
    for start, end in zip(frame, np.roll(frame, -1, axis=0), strict=True):
        along = end - start
        side = along[0] * (corners[:, 1] - start[1]) - along[1] * (corners[:, 0] - start[0])
        kept: list[Floats] = []
        for at in range(len(corners)):
            before = at - 1
            if (side[at] >= 0) != (side[before] >= 0):
                share = side[before] / (side[before] - side[at])
                kept.append(corners[before] + share * (corners[at] - corners[before]))
            if side[at] >= 0:
                kept.append(corners[at])
        corners = np.array(kept)
    return corners


def _polygon(corners: Floats) -> Geometry:
    return {"type": "Polygon", "coordinates": [[*corners.tolist(), corners[0].tolist()]]}
