"""Draws the maps of hot spots, wide and narrow, in both languages, and writes outlines for the map that can be moved about in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import override

from diogel.analysis.hotspots.captions import Origin
from diogel.analysis.hotspots.classes import classes
from diogel.analysis.hotspots.density import Density, density
from diogel.analysis.hotspots.grids import grid_over
from diogel.analysis.hotspots.map import Marked, draw_areas, draw_surface
from diogel.analysis.hotspots.projection import to_degrees
from diogel.places import codes

from .hot_found import HotSpots
from .hot_ground import Ground
from .hot_rows import Spot, in_metres
from .hot_words import KINDS, marked_label, words_of

WIDTHS = {"wide": 760, "narrow": 320}
CELL, BANDWIDTH = 250.0, 1_000.0
"""Metres. Published points are moved by some hundred metres, so nothing finer can be told."""
LANGUAGES = ("cy", "en")


@dataclass(frozen=True)
class Shading:
    """The class of each area from 0 (-1: none), and the least and greatest value of each class."""

    number: tuple[int, ...]
    ranges: tuple[tuple[float, float], ...]


def values_of(kind: str, found: HotSpots) -> np.ndarray:
    """What a map of areas shades: rows, or the per cent of known months that an area was hot (NaN where none is known)."""
    if kind == "areas":
        return np.array([line.count for line in found.areas], dtype=np.float64)
    return np.array([100 * line.hot_months / line.known_months if line.known_months else np.nan for line in found.areas])


def shading(kind: str, found: HotSpots) -> Shading:
    """The same classes as the drawn map's, for the table and the map that is made from it."""
    shaded = classes(values_of(kind, found))
    return Shading(tuple(shaded.number.tolist()), shaded.ranges)


def surface(found: HotSpots, spots: Sequence[Spot], ground: Ground) -> Density | None:
    """The density of one group's points within the partnership's ground; None where no row has a place in it."""
    east, north = in_metres([spot for spot in spots if spot.type in found.types])
    if not len(east):
        return None
    grid = grid_over(ground.outlines, cell=CELL)
    try:
        return density(east, north, origin=Origin.SNAPPED, grid=grid, bandwidth=BANDWIDTH, boundary=ground.outlines)
    except ValueError:  # every point lies outside: there is no surface to draw
        return None


def maps_of(found: HotSpots, spots: Sequence[Spot], ground: Ground, places: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every drawing of one group as (file name, SVG). `places` names the partnership's place in each language."""
    thick = surface(found, spots, ground)
    at = {line.code: k for k, line in enumerate(found.areas)}
    order = [at[unit] for unit in ground.units]
    for language in LANGUAGES:
        with override(language):
            for kind in KINDS:
                if kind == "density" and thick is None:
                    continue
                words = words_of(kind, found, places[language])
                for size, width in WIDTHS.items():
                    name = f"{kind}-{size}"
                    if kind == "density":
                        assert thick is not None
                        drawn = draw_surface(thick, name=name, words=words, boundary=ground.borders, digits=1, width=width)
                    else:
                        marked = Marked(marked_label(kind), _marked(kind, found, ground))
                        drawn = draw_areas(
                            ground.outlines, values_of(kind, found)[order], name=name, words=words, marked=marked, width=width
                        )
                    yield f"{found.group}.{kind}.{language}.{size}.svg", drawn


def _marked(kind: str, found: HotSpots, ground: Ground) -> frozenset[str]:
    lines = found.called("hot") if kind == "areas" else [line for line in found.areas if line.lasting == "persistent"]
    return frozenset(line.code for line in lines) & frozenset(ground.units)


def outlines_as_json(ground: Ground, own: Sequence[dict[str, Any]] = ()) -> str:
    """The outlines in degrees, to some ten metres, as one GeoJSON collection; `own` are features of boundaries of one's own."""
    features = [_feature(ground, at) for at in range(len(ground.units))]
    return json.dumps({"type": "FeatureCollection", "features": [*features, *own]}, ensure_ascii=False, separators=(",", ":"))


def _feature(ground: Ground, at: int) -> dict[str, Any]:
    """One area. Its rings are outlines and holes alike, told apart by drawing them even-odd."""
    rings = []
    for ring in ground.outlines.rings(at):
        lon, lat = to_degrees(ring[:, 0], ring[:, 1])
        spots = np.round(np.column_stack([lon, lat]), 4)
        keep = np.concatenate([[True], (np.diff(spots, axis=0) != 0).any(axis=1)])
        closed = spots[keep].tolist()
        rings.append([*closed, closed[0]])
    code = ground.units[at]
    properties = {"code": code, "name": codes.name_of(code)[1]}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": rings}}
