"""`diogel analyse gistar`: which areas, with those around them, hold more or less than chance would lay there."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np

from diogel.analysis.hotspots import neighbours as lists
from diogel.analysis.hotspots.captions import Origin
from diogel.analysis.hotspots.gistar import GiStar, gi_star
from diogel.analysis.hotspots.neighbours import Neighbours
from diogel.cli import Refusal

from . import columns, options
from .answers import Answer, add_outputs, give

COLUMNS = (
    columns.Column("area", columns.text, "name or code of the area, each on one line"),
    columns.Column("value", columns.number, "its count or rate"),
    columns.Column("easting", columns.number, "metres, for --nearest and --within", is_needed=False),
    columns.Column("northing", columns.number, "metres, for --nearest and --within", is_needed=False),
)


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
    add_outputs(parser, has_picture=False)


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
    return give(args, Answer(rows, told, _remarks(found)), table=table)


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
