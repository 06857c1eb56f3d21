"""Draws outlines of areas as one SVG map in metres of the National Grid: no tiles, no script, no style of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from .chart_house import FACE, INK, ODD, SLATE
from .hotspots.projection import to_grid
from .polygons import Geometry, rings_of

Points = NDArray[np.float64]

PAD = 12
TALLEST = 1.1
"""A map is at most this many times as high as it is wide."""
SMALL = 14.0
"""An outline of one's own that is drawn smaller than this, in pixels, gets a ring around it, or nobody would find it."""
LETTER, LINE = 7.4, 17
"""Pixels that a letter of a label takes, and a line of them."""
GROUND = "#E8EEF2"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One area on the map: its outline in degrees, its name, and whether it is a boundary of one's own."""

    geometry: Geometry
    label: str
    is_own: bool = False


@dataclass(frozen=True)
class _Laid:
    """A shape in pixels."""

    rings: tuple[Points, ...]
    label: str
    is_own: bool

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        corners = np.concatenate(self.rings)
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        return float(left), float(top), float(right), float(bottom)

    @property
    def middle(self) -> tuple[float, float]:
        left, top, right, bottom = _Laid((max(self.rings, key=len),), self.label, self.is_own).bounds
        return (left + right) / 2, (top + bottom) / 2


def outline_map(shapes: Sequence[Shape], *, width: int) -> str:
    """The map as SVG, `width` pixels wide, boundaries of one's own on top. ValueError where there is nothing to draw.

    Corners that fall on the same half pixel are drawn once. Outlines must lie in the United Kingdom (see `to_grid`).
    """
    if not shapes:
        raise ValueError("a map needs at least one outline")
    metres = [[np.column_stack(to_grid(*ring.T)) for ring in rings_of(shape.geometry)] for shape in shapes]
    corners = np.concatenate([ring for rings in metres for ring in rings])
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    across, up = max(east - west, 1.0), max(north - south, 1.0)
    scale = min((width - 2 * PAD) / across, (width * TALLEST - 2 * PAD) / up)
    high = round(up * scale + 2 * PAD)
    left = PAD + (width - 2 * PAD - across * scale) / 2
    laid = [
        _Laid(tuple(_pixels(ring, west=west, north=north, scale=scale, left=left) for ring in rings), shape.label, shape.is_own)
        for shape, rings in zip(shapes, metres, strict=True)
    ]
    drawn = [_area(each) for each in sorted(laid, key=lambda each: each.is_own)]
    words = _labels(laid, width=width, high=high)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {high}" width="{width}" height="{high}">'
    return "".join([head, *drawn, *words, "</svg>"])


def _pixels(ring: Points, *, west: float, north: float, scale: float, left: float) -> Points:
    """A ring in half pixels, without corners that fall on the one before."""
    at = np.column_stack([left + (ring[:, 0] - west) * scale, PAD + (north - ring[:, 1]) * scale])
    at = np.round(at * 2) / 2
    keep = np.concatenate([[True], (at[1:] != at[:-1]).any(axis=1)])
    return np.asarray(at[keep])


def _area(each: _Laid) -> str:
    path = "".join("M" + "L".join(f"{x:g},{y:g}" for x, y in ring.tolist()) + "Z" for ring in each.rings)
    if not each.is_own:
        return f'<path d="{path}" fill="{GROUND}" fill-rule="evenodd" stroke="{SLATE}" stroke-width="1" stroke-linejoin="round"/>'
    left, top, right, bottom = each.bounds
    drawn = f'<path d="{path}" fill="{ODD}" fill-opacity="0.25" fill-rule="evenodd" stroke="{ODD}" stroke-width="1.5"/>'
    if max(right - left, bottom - top) < SMALL:
        drawn += (
            f'<circle cx="{(left + right) / 2:g}" cy="{(top + bottom) / 2:g}" r="{SMALL:g}" fill="none" stroke="{ODD}" stroke-width="1.5"/>'
        )
    return drawn


def _labels(laid: Sequence[_Laid], *, width: int, high: int) -> list[str]:
    """Names: in the middle of an area, beside a boundary of one's own; one that would lie on another moves down a line."""
    taken: list[tuple[float, float, float]] = []
    words = []
    for each in sorted(laid, key=lambda each: (not each.is_own, each.middle[1])):
        x, y = each.middle
        size = len(each.label) * LETTER
        if each.is_own:
            left, _top, right, _bottom = each.bounds
            reach = max((right - left) / 2, SMALL) + 5
            start = x + reach if x + reach + size < width else x - reach - size
        else:
            start = x - size / 2
        start, y = min(max(start, 2.0), max(width - size - 2, 2.0)), y + 5
        while any(abs(y - other) < LINE and start < end and begin < start + size for begin, end, other in taken):
            y += LINE
        taken.append((start, start + size, y))
        words.append(_word(each, start, min(y, high - 4.0)))
    return words


def _word(each: _Laid, x: float, y: float) -> str:
    weight = ' font-weight="600"' if each.is_own else ""
    colour = ODD if each.is_own else INK
    # A white edge under the letters keeps them legible over outlines.
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FACE}" font-size="14"{weight} fill="{colour}" stroke="#FFFFFF" stroke-width="3" '
        f'stroke-linejoin="round" paint-order="stroke">{escape(each.label)}</text>'
    )
