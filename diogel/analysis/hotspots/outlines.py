"""Outlines of areas in metres, laid out flat: which rings each has, and where their corners are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .projection import to_grid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Outlines:
    """Rings of polygons, holes among them. A place lies in an area if a line from it crosses the area's rings an odd number of times.

    `corners` is float64 of shape (corners, 2), easting and northing in metres, each ring's first corner not repeated at its end;
    `ring_start` is where each ring begins in it (one more at the end); `ring_area` the number of each ring's area in `areas`.
    """

    areas: tuple[str, ...]
    corners: Floats
    ring_start: Ints
    ring_area: Ints

    @property
    def corner_area(self) -> Ints:
        """The number of each corner's area."""
        return np.repeat(self.ring_area, np.diff(self.ring_start))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Least easting and northing, greatest easting and northing."""
        (west, south), (east, north) = self.corners.min(axis=0), self.corners.max(axis=0)
        return float(west), float(south), float(east), float(north)

    def rings(self, area: int) -> list[Floats]:
        """The rings of one area, each of shape (corners, 2)."""
        ends = zip(self.ring_start[:-1], self.ring_start[1:], strict=True)
        return [self.corners[a:b] for (a, b), of in zip(ends, self.ring_area, strict=True) if of == area]

    def middles(self) -> tuple[Floats, Floats]:
        """Easting and northing of each area's centre of mass. It may lie outside an area that is bent or in pieces."""
        sums = np.zeros((len(self.areas), 3))
        for at, area in enumerate(self.ring_area):
            ring = self.corners[self.ring_start[at] : self.ring_start[at + 1]]
            near = ring - ring[0]
            after = np.roll(near, -1, axis=0)
            cross = near[:, 0] * after[:, 1] - after[:, 0] * near[:, 1]
            whole = cross.sum() / 2
            centre = ((near + after) * cross[:, None]).sum(axis=0) / 6 + whole * ring[0]
            sums[area] += (centre[0], centre[1], whole)
        return sums[:, 0] / sums[:, 2], sums[:, 1] / sums[:, 2]


def outlines(areas: Iterable[tuple[str, Mapping[str, Any]]], *, in_metres: bool = False) -> Outlines:
    """Outlines from pairs of a code and a GeoJSON geometry (Polygon or MultiPolygon), in degrees unless `in_metres`.

    GeoJSON turns outer rings and holes opposite ways; where a file does not, they are turned. ValueError for a geometry of
    another kind, a ring of fewer than three corners or without an area, a code that comes twice, and places `to_grid` refuses.
    """
    codes: list[str] = []
    rings: list[Floats] = []
    owner: list[int] = []
    for code, geometry in areas:
        if code in codes[-1:] or code in set(codes):
            raise ValueError(f"there are two outlines of {code}")
        for polygon in _polygons(code, geometry):
            for at, ring in enumerate(polygon):
                rings.append(_ring(code, ring, is_hole=at > 0))
                owner.append(len(codes))
        codes.append(code)
    if not codes:
        raise ValueError("there are no outlines")
    corners = np.concatenate(rings)
    if not in_metres:
        corners = np.column_stack(to_grid(corners[:, 0], corners[:, 1]))
    start = np.concatenate([[0], np.cumsum([len(ring) for ring in rings])])
    return Outlines(tuple(codes), corners, start.astype(np.int64), np.array(owner, dtype=np.int64))


def _polygons(code: str, geometry: Mapping[str, Any]) -> list[Any]:
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"the outline of {code} is a {kind}, not a polygon")
    found = geometry.get("coordinates")
    polygons = [found] if kind == "Polygon" else found
    if not isinstance(polygons, (list, tuple)) or not polygons or not all(isinstance(one, (list, tuple)) and one for one in polygons):
        raise ValueError(f"the outline of {code} has no coordinates")
    return list(polygons)


def _ring(code: str, ring: Any, *, is_hole: bool) -> Floats:
    try:
        corners = np.array([place[:2] for place in ring], dtype=np.float64)
    except (TypeError, ValueError, KeyError, IndexError):
        raise ValueError(f"the outline of {code} has a corner that is not a pair of numbers") from None
    if corners.ndim != 2 or corners.shape[1:] != (2,):
        raise ValueError(f"the outline of {code} has a corner that is not a pair of numbers")
    if len(corners) > 1 and (corners[0] == corners[-1]).all():
        corners = corners[:-1]
    if len(corners) < 3:
        raise ValueError(f"the outline of {code} has a ring of fewer than three corners")
    x, y = (corners - corners[0]).T
    turn = float(np.dot(x, np.roll(y, -1)) - np.dot(np.roll(x, -1), y))
    if turn == 0 or not np.isfinite(turn):
        raise ValueError(f"the outline of {code} has a ring without an area")
    return corners[::-1] if (turn < 0) != is_hole else corners
