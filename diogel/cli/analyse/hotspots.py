"""`diogel analyse hotspots`: where points lie thick, in metres, within one's own boundary."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from diogel.analysis.hotspots.density import Density, Kernel, density
from diogel.analysis.hotspots.grids import grid_over
from diogel.analysis.hotspots.map import Words, draw_surface
from diogel.analysis.hotspots.outlines import Outlines, outlines
from diogel.analysis.hotspots.projection import to_degrees, to_grid
from diogel.cli import Refusal

from . import columns, options
from .answers import Answer, add_outputs, give

Floats = NDArray[np.float64]
COLUMNS = (
    columns.Column("longitude", columns.number_or_missing, "degrees, as in police.uk files; an empty cell is no place", is_needed=False),
    columns.Column("latitude", columns.number_or_missing, "degrees", is_needed=False),
    columns.Column("easting", columns.number_or_missing, "or metres on the National Grid", is_needed=False),
    columns.Column("northing", columns.number_or_missing, "metres", is_needed=False),
)
TEXTS = {
    "cy": ("Dwysedd pwyntiau", "Celloedd o fewn y ffin, yn ôl nifer y pwyntiau i bob cilomedr sgwâr.", "pwyntiau i bob km²", "dim data"),
    "en": ("Density of points", "Cells within the boundary, by points to each square kilometre.", "points per km²", "no data"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    columns.add_columns(parser, COLUMNS)
    parser.add_argument(
        "--origin", type=options.origin, required=True, help="snapped (open data) or extract (dated police rows): told in the caption"
    )
    parser.add_argument("--boundary", type=Path, metavar="GEOJSON", help="points outside are left out, and density is even up to the edge")
    parser.add_argument(
        "--bandwidth", type=options.positive, default=500.0, metavar="METRES", help="how far a point is spread (default: 500)"
    )
    parser.add_argument("--cell", type=options.positive, metavar="METRES", help="width of a cell (default: a fifth of the bandwidth)")
    parser.add_argument(
        "--kernel", choices=[kernel.value for kernel in Kernel], default="gaussian", help="the shape of the spread (default: gaussian)"
    )
    parser.add_argument(
        "--top", type=options.whole(0), default=20, metavar="N", help="tell the N thickest cells; 0 for every cell (default: 20)"
    )
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    table = columns.read(args, COLUMNS)
    try:
        east, north = _points(table)
        boundary = _boundary(args.boundary) if args.boundary else _around(east, north, 3 * args.bandwidth)
        found = density(
            east, north, origin=args.origin, grid=grid_over(boundary, cell=args.cell or args.bandwidth / 5), bandwidth=args.bandwidth,
            kernel=Kernel(args.kernel), boundary=boundary if args.boundary else None,
        )  # fmt: skip
        rows = _rows(found, args.top)
    except ValueError as fault:
        raise Refusal(f"{fault}.") from fault
    without = table.rows - len(east)
    told = {
        "method": "kernel density", "kernel": found.kernel.value, "bandwidth": found.bandwidth, "cell": found.grid.cell,
        "origin": found.origin.value, "points": found.counted, "outside": found.left_out, "without_place": without,
        "caption_cy": found.caption[0], "caption_en": found.caption[1],
    }  # fmt: skip
    return give(args, Answer(rows, told, [found.caption[1]], lambda: _map(found, boundary, args.language)), table=table)


def _points(table: columns.Table) -> tuple[Floats, Floats]:
    """Easting and northing of the rows that have a place."""
    for one, other in (("easting", "northing"), ("longitude", "latitude")):
        if table.has(one) and table.has(other):
            pairs = zip(table[one], table[other], strict=True)
            placed = [(x, y) for x, y in pairs if x is not None and y is not None]
            if not placed:
                raise Refusal("Not one line has a place.")
            first, second = (np.array(axis, dtype=float) for axis in zip(*placed, strict=True))
            if one == "easting":
                to_degrees(first, second)  # says what is no place on the grid
                return first, second
            return to_grid(first, second)
    raise Refusal("Points need the columns longitude and latitude, or easting and northing.")


def _boundary(path: Path) -> Outlines:
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
        features = told["features"] if told.get("type") == "FeatureCollection" else [told]
        return outlines((str(at), feature.get("geometry", feature)) for at, feature in enumerate(features, 1))
    except OSError as fault:
        raise Refusal(f"{path} cannot be read: {fault}.") from fault
    except (UnicodeDecodeError, json.JSONDecodeError, AttributeError, KeyError, TypeError) as fault:
        raise Refusal(f"{path} is not a GeoJSON file of polygons.") from fault


def _around(east: Floats, north: Floats, margin: float) -> Outlines:
    west, right, south, top = east.min() - margin, east.max() + margin, north.min() - margin, north.max() + margin
    ring = [[west, south], [right, south], [right, top], [west, top], [west, south]]
    return outlines([("1", {"type": "Polygon", "coordinates": [ring]})], in_metres=True)


def _rows(found: Density, top: int) -> list[dict[str, Any]]:
    """The thickest cells first."""
    flat = np.where(np.isfinite(found.per_km2), found.per_km2, -1.0).ravel()
    order = np.argsort(-flat, kind="stable")[: top or None]
    up, across = np.unravel_index(order[flat[order] >= 0], found.per_km2.shape)
    east, north = found.grid.eastings[across], found.grid.northings[up]
    longitude, latitude = to_degrees(east, north)
    return [
        {"easting": e, "northing": n, "longitude": x, "latitude": y, "per_km2": found.per_km2[i, j]}
        for e, n, x, y, i, j in zip(east, north, longitude, latitude, up, across, strict=True)
    ]


def _map(found: Density, boundary: Outlines, language: str) -> str:
    title, description, unit, missing = TEXTS[language]
    caption = found.caption[("cy", "en").index(language)]
    words = Words(title=title, description=description, unit=unit, missing=missing, caption=caption)
    digits = 0 if np.nanmax(found.per_km2) >= 100 else 2  # the lowest class ends at a hundredth of the peak
    return draw_surface(found, name="density", words=words, boundary=boundary, digits=digits)
