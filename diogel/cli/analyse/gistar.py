"""`diogel analyse gistar`: which areas, with those around them, hold more or less than chance would lay there."""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path
from typing import Any

import numpy as np

from diogel.analysis.charts import Chart
from diogel.analysis.charts_compared import Range, ranges
from diogel.analysis.charts_places import Call, Place, places_map
from diogel.analysis.hotspots import neighbours as lists
from diogel.analysis.hotspots.captions import Origin
from diogel.analysis.hotspots.gistar import GiStar, gi_star
from diogel.analysis.hotspots.map import Marked, Words, draw_areas
from diogel.analysis.hotspots.neighbours import Neighbours
from diogel.analysis.hotspots.outlines import Outlines, outlines
from diogel.cli import Refusal

from . import columns, options
from .answers import Answer, add_outputs, give

COLUMNS = (
    columns.Column("area", columns.text, "name or code of the area, each on one line"),
    columns.Column("value", columns.number, "its count or rate"),
    columns.Column("easting", columns.number, "metres, for --nearest and --within", is_needed=False),
    columns.Column("northing", columns.number, "metres, for --nearest and --within", is_needed=False),
)

CALLS: dict[str, dict[Call, str]] = {
    "cy": {"hot": "poeth", "cold": "oer", "": "y naill na’r llall"},
    "en": {"hot": "hot", "cold": "cold", "": "neither"},
}
MAP_WORDS = {
    "cy": (
        "Ardaloedd poeth ac oer",
        "Ardaloedd yn ôl eu z, y rhai poeth wedi’u llinellu a’r rhai oer wedi’u henwi.",
        "z o Gi*",
        "dim data",
    ),
    "en": ("Hot and cold areas", "Areas by their z, hot ones hatched and cold ones named.", "z of Gi*", "no data"),
}
MOST_DRAWN = 40
"""A ranking shows so many areas, those furthest from nought."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    columns.add_columns(parser, COLUMNS)
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--neighbours", type=Path, metavar="CSV", help="a CSV file of two columns: area and its neighbour")
    how.add_argument("--nearest", type=options.whole(1), metavar="K", help="the K nearest areas are neighbours")
    how.add_argument("--within", type=options.positive, metavar="METRES", help="areas at most so far apart are neighbours")
    parser.add_argument(
        "--origin", type=options.origin, required=True, help="snapped (open data) or extract (dated police rows): told in the caption"
    )
    parser.add_argument("--permutations", type=options.whole(0), default=0, help="0 for the closed form (default), or such as 999")
    parser.add_argument("--seed", type=options.whole(0), default=1, help="the same seed gives the same answer (default: 1)")
    parser.add_argument("--rate", type=options.share, default=0.05, help="the share of findings that may be chance (default: 0.05)")
    parser.add_argument(
        "--outlines", type=Path, metavar="GEOJSON",
        help="polygons of the areas for the picture, one property of which names the area as the file does; without, the picture is of "
        "points (easting and northing), or else a ranking by z",
    )  # fmt: skip
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    table = columns.read(args, COLUMNS)
    try:
        rng = np.random.default_rng(args.seed)
        found = gi_star(
            table["value"], _neighbours(args, table), origin=args.origin, permutations=args.permutations, rng=rng, rate=args.rate
        )
    except ValueError as fault:
        raise Refusal(f"{fault}.") from fault
    rows = [
        {"area": area, "value": value, "z": z, "p": p, "q": q, "call": "hot" if hot else "cold" if cold else ""}
        for area, value, z, p, q, hot, cold in zip(
            found.areas, table["value"], found.z, found.p, found.q, found.hot, found.cold, strict=True
        )
    ]
    told = {
        "method": "Getis-Ord Gi*", "origin": Origin(found.origin).value, "looked_at": found.looked_at, "rate": found.rate,
        "permutations": found.permutations, "hot": int(found.hot.sum()), "cold": int(found.cold.sum()), "islands": list(found.islands),
        "caption_cy": found.caption[0], "caption_en": found.caption[1],
    }  # fmt: skip
    return give(args, Answer(rows, told, _remarks(found), lambda: _picture(args, table, found, rows)), table=table)


def _neighbours(args: argparse.Namespace, table: columns.Table) -> Neighbours:
    areas = table["area"]
    if len(set(areas)) < len(areas):
        raise Refusal(f"{next(area for area in areas if areas.count(area) > 1)} stands on two lines. Give each area one line.")
    if args.neighbours:
        return _listed(args.neighbours, areas)
    if not (table.has("easting") and table.has("northing")):
        raise Refusal("--nearest and --within need the columns easting and northing.")
    if args.nearest:
        return lists.nearest(areas, table["easting"], table["northing"], how_many=args.nearest)
    return lists.within(areas, table["easting"], table["northing"], metres=args.within)


def _listed(path: Path, areas: list[str]) -> Neighbours:
    try:
        pairs = [tuple(cell.strip() for cell in row) for row in csv.reader(path.read_text(encoding="utf-8-sig").splitlines())][1:]
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise Refusal(f"{path} cannot be read: {fault}.") from fault
    if wrong := next((at for at, pair in enumerate(pairs, 2) if len(pair) != 2), None):
        raise Refusal(f"{path}, line {wrong}: a line is an area and one neighbour of it.")
    try:
        return lists.listed(areas, ((one, other) for one, other in pairs))
    except KeyError as fault:
        raise Refusal(f"{path}: {fault.args[0]}.") from fault


def _remarks(found: GiStar) -> list[str]:
    return [
        found.caption[1],
        *(["Counts are few: prefer --permutations 999 to the closed form."] if found.is_thin and not found.permutations else []),
        *([f"Areas without a neighbour, judged by themselves alone: {len(found.islands)}."] if found.islands else []),
    ]


def _picture(args: argparse.Namespace, table: columns.Table, found: GiStar, rows: list[dict[str, Any]]) -> Chart | str:
    """A map of outlines where they are given, of points where there are coordinates, else the areas in order of z."""
    if args.outlines:
        return _outlined(args, found)
    if table.has("easting") and table.has("northing"):
        spots = zip(rows, table["easting"], table["northing"], strict=True)
        places = [Place(row["area"], east, north, row["call"], row["z"]) for row, east, north in spots]
        return places_map(places, labels=CALLS[args.language])
    words = CALLS[args.language]
    furthest = sorted(rows, key=lambda row: -abs(row["z"]))[:MOST_DRAWN]
    furthest.sort(key=lambda row: -row["z"])
    return ranges([Range(row["area"], row["z"], None, None, _z_words(row, words)) for row in furthest], rule_at=0.0)


def _z_words(row: dict[str, Any], words: dict[Call, str]) -> str:
    number = f"{row['z']:+.1f}".replace("-", "\N{MINUS SIGN}")
    return f"{number} {words[row['call']]}" if row["call"] else number


def _outlined(args: argparse.Namespace, found: GiStar) -> str:
    drawn = _outlines(args.outlines, found.areas)
    z = dict(zip(found.areas, found.z, strict=True))
    title, description, unit, missing = MAP_WORDS[args.language]
    words = Words(
        title=title, description=description, unit=unit, missing=missing, caption=found.caption[("cy", "en").index(args.language)]
    )
    calls = CALLS[args.language]
    hot, cold = ({area for area, is_so in zip(found.areas, part, strict=True) if is_so} for part in (found.hot, found.cold))
    return draw_areas(
        drawn, [z[area] for area in drawn.areas], name="gistar", words=words, marked=Marked(calls["hot"], frozenset(hot)),
        labels=dict.fromkeys(cold, calls["cold"]), digits=1,
    )  # fmt: skip


def _outlines(path: Path, areas: tuple[str, ...]) -> Outlines:
    """The outlines of these areas, by whichever property holds all their names."""
    try:
        features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
        named = [(feature["properties"] or {}, feature["geometry"]) for feature in features]
        keys = list(dict.fromkeys(key for properties, _ in named for key in properties))
    except OSError as fault:
        raise Refusal(f"{path} cannot be read: {fault}.") from fault
    except (UnicodeDecodeError, json.JSONDecodeError, AttributeError, KeyError, TypeError) as fault:
        raise Refusal(f"{path} is not a GeoJSON collection of polygons.") from fault
    lacking = {key: set(areas) - {str(properties.get(key)) for properties, _ in named} for key in keys}
    key = min(keys, key=lambda key: len(lacking[key]), default=None)
    if key is None or lacking[key]:
        raise Refusal(f"{path} has no outline of {sorted(lacking[key] if key else areas)[0]}.")
    try:
        return outlines((str(properties[key]), geometry) for properties, geometry in named if str(properties.get(key)) in set(areas))
    except ValueError as fault:
        raise Refusal(f"{path}: {fault}.") from fault
