"""Polygons that people send: read from GeoJSON and checked, and which points lie inside them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Code = Literal[
    "too_large", "not_json", "not_geojson", "no_polygon", "several", "other_grid", "not_numbers", "swapped", "far", "too_many_corners",
    "open", "too_few_corners", "crosses", "no_area",
]  # fmt: skip
"""Why a file was refused; the sentence is said by whoever shows it."""

LARGEST = 1024 * 1024
"""Bytes of a file: an outline of one's own is a few thousand corners at most."""
MOST_CORNERS = 5_000
WEST, SOUTH, EAST, NORTH = -9.0, 49.8, 2.0, 61.0
"""Degrees that hold the United Kingdom."""

Geometry = dict[str, Any]
Points = NDArray[np.float64]


class Refused(ValueError):
    """A file that holds no usable polygon: `code` says why, `values` hold the numbers that the sentence tells."""

    def __init__(self, code: Code, **values: int | float | str) -> None:
        super().__init__(code)
        self.code: Code = code
        self.values = values


def read_polygon(data: bytes) -> Geometry:
    """The one polygon (or multipolygon) of a GeoJSON file, in degrees of longitude and latitude (WGS84), as a plain geometry.

    A Feature and a FeatureCollection of one are unpacked; heights are left out. Refused where it is anything else, is not in
    the United Kingdom, has longitude and latitude in the wrong order, or a ring that is open, flat or crosses itself.
    """
    if len(data) > LARGEST:
        raise Refused("too_large", most=LARGEST // 1024)
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Refused("not_json") from None
    geometry = _geometry(told)
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    if not isinstance(polygons, list) or not polygons or not all(isinstance(one, list) and one for one in polygons):
        raise Refused("no_polygon")
    read = [[_corners(ring) for ring in one] for one in polygons]
    rings = [ring for one in read for ring in one]
    if (corners := sum(len(ring) for ring in rings)) > MOST_CORNERS:
        raise Refused("too_many_corners", corners=corners, most=MOST_CORNERS)
    _refuse_elsewhere(np.concatenate(rings))
    for ring in rings:
        _refuse_broken(ring)
    coordinates = [[ring.tolist() for ring in one] for one in read]
    return {"type": geometry["type"], "coordinates": coordinates if geometry["type"] == "MultiPolygon" else coordinates[0]}


def inside(geometry: Geometry, longitude: ArrayLike, latitude: ArrayLike) -> NDArray[np.bool_]:
    """Which points lie in the polygon, holes taken out: bool of the length of the rows given, degrees; NaN lies nowhere.

    A point lies inside if a line from it to the east crosses the rings an odd number of times. A point on an edge may fall on
    either side.
    """
    x, y = np.asarray(longitude, dtype=np.float64), np.asarray(latitude, dtype=np.float64)
    found = np.zeros(x.shape, dtype=np.bool_)
    for ring in rings_of(geometry):
        for (x0, y0), (x1, y1) in pairwise(ring):
            if y0 == y1:
                continue
            straddles = (y0 > y) != (y1 > y)
            found ^= straddles & (x < x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    return found


def bounds_of(geometry: Geometry) -> tuple[float, float, float, float]:
    """West, south, east and north of a geometry, in its own unit."""
    corners = np.concatenate(list(rings_of(geometry)))
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    return float(west), float(south), float(east), float(north)


def rings_of(geometry: Geometry) -> Iterator[Points]:
    """Every ring of a Polygon or MultiPolygon, (corners, 2), its first corner again at its end."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for one in polygons:
        for ring in one:
            yield np.array([place[:2] for place in ring], dtype=np.float64)


def _geometry(told: Any) -> Geometry:
    """The one geometry of the file."""
    if not isinstance(told, dict) or not isinstance(told.get("type"), str):
        raise Refused("not_geojson")
    if "crs" in told and "CRS84" not in json.dumps(told["crs"]) and "4326" not in json.dumps(told["crs"]):
        raise Refused("other_grid")
    if told["type"] == "FeatureCollection":
        features = told.get("features")
        if not isinstance(features, list) or not features:
            raise Refused("no_polygon")
        if len(features) > 1:
            raise Refused("several", n=len(features))
        told = features[0]
    if isinstance(told, dict) and told.get("type") == "Feature":
        told = told.get("geometry")
    if not isinstance(told, dict):
        raise Refused("not_geojson")
    if told.get("type") not in ("Polygon", "MultiPolygon"):
        raise Refused("no_polygon")
    return told


def _corners(ring: Any) -> Points:
    """A ring as (corners, 2); heights are left out."""
    if not isinstance(ring, list) or not all(isinstance(place, list) and len(place) in (2, 3) for place in ring):
        raise Refused("not_numbers")
    places = [place[:2] for place in ring]
    # True is a number to Python, and no coordinate.
    if not all(isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value) for at in places for value in at):
        raise Refused("not_numbers")
    if len(places) < 4:
        raise Refused("too_few_corners")
    return np.array(places, dtype=np.float64)


def _refuse_elsewhere(places: Points) -> None:
    if _in_the_kingdom(places).all():
        return
    if _in_the_kingdom(places[:, ::-1]).all():
        raise Refused("swapped", longitude=round(float(places[0, 1]), 4), latitude=round(float(places[0, 0]), 4))
    if (np.abs(places) > 360).any():
        raise Refused("other_grid")
    at = places[~_in_the_kingdom(places)][0]
    raise Refused("far", longitude=round(float(at[0]), 4), latitude=round(float(at[1]), 4))


def _in_the_kingdom(places: Points) -> NDArray[np.bool_]:
    x, y = places.T
    return np.asarray((x >= WEST) & (x <= EAST) & (y >= SOUTH) & (y <= NORTH))


def _refuse_broken(ring: Points) -> None:
    if (ring[0] != ring[-1]).any():
        raise Refused("open")
    if len(np.unique(ring[:-1], axis=0)) < 3:
        raise Refused("too_few_corners")
    near = ring - ring[0]  # from the first corner on, or the products would swallow a small area
    x, y = near[:-1].T
    after_x, after_y = near[1:].T
    if abs(float(np.sum(x * after_y - after_x * y))) < 1e-12:
        raise Refused("no_area")
    if _crosses(ring):
        raise Refused("crosses")


def _crosses(ring: Points) -> bool:
    """Whether two sides that are not neighbours cut each other."""
    starts, ends = ring[:-1], ring[1:]
    for at in range(len(starts) - 2):
        others = slice(at + 2, len(starts) - (at == 0))
        a, b, c, d = starts[at], ends[at], starts[others], ends[others]
        apart = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)
        if apart.any():
            return True
    return False


def _side(start: Points, end: Points, place: Points) -> Points:
    """On which side of the line from start to end a place lies: +1, 0 or -1, for rows of either."""
    first, second = end - start, place - start
    return np.asarray(np.sign(first[..., 0] * second[..., 1] - first[..., 1] * second[..., 0]))
