"""Longitude and latitude to metres of the British National Grid and back, good to about five metres."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

ACCURACY = 5.0
"""Metres by which a place may be off: the seven-parameter shift stands for the surveyed grid of shifts (OSTN15)."""

WEST, SOUTH, EAST, NORTH = -9.01, 49.75, 2.01, 61.01
"""Degrees: the area of use of the grid (EPSG 27700), the whole of the United Kingdom in it."""

# Semi-axes in metres: WGS 84 and Airy 1830.
_WGS84, _AIRY = (6378137.0, 6356752.314245), (6377563.396, 6356256.909)
# WGS 84 to OSGB36: metres, seconds of arc, parts per million. Source: Ordnance Survey, A guide to coordinate systems in Great Britain.
_SHIFT, _TURN, _STRETCH = (-446.448, 125.157, -542.060), (-0.1502, -0.2470, -0.8421), 20.4894e-6
_SCALE, _LAT0, _LON0, _FALSE_EAST, _FALSE_NORTH = 0.9996012717, np.radians(49.0), np.radians(-2.0), 400_000.0, -100_000.0

_N = (_AIRY[0] - _AIRY[1]) / (_AIRY[0] + _AIRY[1])
_ECCENTRICITY = 2 * np.sqrt(_N) / (1 + _N)
_RADIUS = _SCALE * _AIRY[0] / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
# Krueger's series to the fourth power of the third flattening: exact to far less than a millimetre over the whole grid.
_ALPHA = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16 + 41 * _N**4 / 180,
    13 * _N**2 / 48 - 3 * _N**3 / 5 + 557 * _N**4 / 1440,
    61 * _N**3 / 240 - 103 * _N**4 / 140,
    49561 * _N**4 / 161280,
)


def to_grid(longitude: ArrayLike, latitude: ArrayLike) -> tuple[Floats, Floats]:
    """Easting and northing in metres, float64 of the length of the degrees (WGS 84) given.

    ValueError for NaN, for places outside the United Kingdom, for longitude and latitude given in the wrong order, and for
    rows of unequal length. Sources: Ordnance Survey, guide to coordinate systems (shift); Krueger 1912 (projection).
    """
    lon, lat = _rows(longitude, latitude, "longitude", "latitude")
    _refuse_far_degrees(lon, lat)
    return _to_grid(lon, lat)


def to_degrees(easting: ArrayLike, northing: ArrayLike) -> tuple[Floats, Floats]:
    """Longitude and latitude (WGS 84) of metres on the grid: the exact inverse of `to_grid`, by stepping towards it.

    ValueError for NaN, for metres off the grid, and for degrees given in place of metres.
    """
    east, north = _rows(easting, northing, "easting", "northing")
    if east.size and max(np.abs(east).max(), np.abs(north).max()) <= 180:
        raise ValueError("these numbers are degrees, not metres of the British National Grid")
    off = (east < -150_000) | (east > 800_000) | (north < -20_000) | (north > 1_400_000)
    if off.any():
        at = int(np.argmax(off))
        raise ValueError(f"{off.sum()} places lie off the British National Grid, the first at place {at}: {east[at]:.0f}, {north[at]:.0f}")
    return _to_degrees(east, north)


def tm_grid(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Radians on the Airy ellipsoid to metres of the grid: the projection alone, without the shift between the datums."""
    along = np.sin(lat)
    conformal = np.sinh(np.arctanh(along) - _ECCENTRICITY * np.arctanh(_ECCENTRICITY * along))
    turn = lon - _LON0
    xi, eta = np.arctan2(conformal, np.cos(turn)), np.arcsinh(np.sin(turn) / np.hypot(conformal, np.cos(turn)))
    north, east = xi.copy(), eta.copy()
    for k, alpha in enumerate(_ALPHA, 1):
        north += alpha * np.sin(2 * k * xi) * np.cosh(2 * k * eta)
        east += alpha * np.cos(2 * k * xi) * np.sinh(2 * k * eta)
    return _FALSE_EAST + _RADIUS * east, _FALSE_NORTH + _RADIUS * (north - _ORIGIN)


def _origin() -> float:
    """How far along the central meridian the true origin lies, in radii."""
    along = np.sin(_LAT0)
    xi = np.arctan(np.sinh(np.arctanh(along) - _ECCENTRICITY * np.arctanh(_ECCENTRICITY * along)))
    return float(xi + sum(alpha * np.sin(2 * k * xi) for k, alpha in enumerate(_ALPHA, 1)))


_ORIGIN = _origin()


def _to_grid(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    return tm_grid(*_shifted(np.radians(lon), np.radians(lat)))


def _to_degrees(east: Floats, north: Floats) -> tuple[Floats, Floats]:
    """Newton's steps from a sphere's answer, with the slopes of the first: each is some thousands of times nearer than the last."""
    lat = 49.0 + (north - _FALSE_NORTH) / 111_200.0
    lon = -2.0 + (east - _FALSE_EAST) / (111_300.0 * np.cos(np.radians(lat)))
    step = 1e-4
    slopes = None
    for _ in range(5):
        e, n = _to_grid(lon, lat)
        if slopes is None:
            (e1, n1), (e2, n2) = _to_grid(lon + step, lat), _to_grid(lon, lat + step)
            slopes = (e1 - e) / step, (n1 - n) / step, (e2 - e) / step, (n2 - n) / step
        e_lon, n_lon, e_lat, n_lat = slopes
        whole = e_lon * n_lat - e_lat * n_lon
        lon = lon + (n_lat * (east - e) - e_lat * (north - n)) / whole
        lat = lat + (e_lon * (north - n) - n_lon * (east - e)) / whole
    return lon, lat


def _shifted(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Radians on WGS 84, at height nought, to radians on Airy: to space, shifted, turned, stretched, and back."""
    major, minor = _WGS84
    square = 1 - (minor / major) ** 2
    normal = major / np.sqrt(1 - square * np.sin(lat) ** 2)
    x, y, z = normal * np.cos(lat) * np.cos(lon), normal * np.cos(lat) * np.sin(lon), normal * (1 - square) * np.sin(lat)
    rx, ry, rz = (np.radians(turn / 3600) for turn in _TURN)
    grown = 1 + _STRETCH
    x, y, z = (
        _SHIFT[0] + grown * x - rz * y + ry * z,
        _SHIFT[1] + rz * x + grown * y - rx * z,
        _SHIFT[2] - ry * x + rx * y + grown * z,
    )
    return np.arctan2(y, x), _latitude(np.hypot(x, y), z)


def _latitude(across: Floats, z: Floats) -> Floats:
    """Geodetic latitude on Airy of a place near its surface (Bowring 1976: there, one step is exact to nanometres)."""
    major, minor = _AIRY
    square, second = 1 - (minor / major) ** 2, (major / minor) ** 2 - 1
    parametric = np.arctan2(z * major, across * minor)
    return np.arctan2(z + second * minor * np.sin(parametric) ** 3, across - square * major * np.cos(parametric) ** 3)


def _rows(first: ArrayLike, second: ArrayLike, name: str, other: str) -> tuple[Floats, Floats]:
    a, b = np.atleast_1d(np.asarray(first, dtype=np.float64)), np.atleast_1d(np.asarray(second, dtype=np.float64))
    if a.shape != b.shape or a.ndim != 1:
        raise ValueError(f"{name} and {other} come in two rows of one length, not in shapes {a.shape} and {b.shape}")
    missing = ~(np.isfinite(a) & np.isfinite(b))
    if missing.any():
        raise ValueError(
            f"{missing.sum()} places have no {name} or {other}, the first at place {int(np.argmax(missing))}; "
            "leave rows without a location out before, and tell how many there were"
        )
    return a, b


def _refuse_far_degrees(lon: Floats, lat: Floats) -> None:
    far = (lon < WEST) | (lon > EAST) | (lat < SOUTH) | (lat > NORTH)
    if not far.any():
        return
    at = int(np.argmax(far))
    if np.all((lat[far] >= WEST) & (lat[far] <= EAST) & (lon[far] >= SOUTH) & (lon[far] <= NORTH)):
        raise ValueError(f"longitude and latitude are swapped at {far.sum()} places, the first at place {at}: longitude comes first")
    if np.abs(lon[far]).max() > 180 or np.abs(lat[far]).max() > 90:
        raise ValueError(f"{far.sum()} places are not in degrees, the first at place {at}: {lon[at]}, {lat[at]}")
    raise ValueError(f"{far.sum()} places lie outside the United Kingdom, the first at place {at}: longitude {lon[at]}, latitude {lat[at]}")
