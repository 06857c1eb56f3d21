"""Writes synthetic crime counts out as monthly street files in the police.uk layout, each row labelled synthetic."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import COLUMNS, SYNTHETIC_LABEL, TYPES
from diogel.examples.synthetic import AREAS, FIRST, LAST, Event, synthetic_cube
from diogel.places.codes import changes

Ints = NDArray[np.int64]

FORCE = "north-wales"
FORCE_NAME = "North Wales Police"
LAST_OF_2011 = Month(2020, 12)
"""The last month whose rows carry the LSOA codes of 2011; later ones carry those of 2021."""

NO_LOCATION = ",,No Location,,"
NO_LOCATION_A_MONTH = 2
ANTI_SOCIAL = "Anti-social behaviour"

PLACES = Path(__file__).with_name("synthetic_places.csv")
POINTS_A_PLACE = 14
POINT_SPREAD = 0.004
"""Degrees that a point may lie from its LSOA's representative point, each way."""

SPIKE_PLACES, SPIKE_SHARE = 1, 0.7
STEP_PLACES, STEP_SHARE = 3, 0.6
"""Of the rows an event adds, this share falls on so many of the area's busiest LSOAs for that type; the rest as usual."""

STREETS = (
    "Parking Area", "Supermarket", "Heol Enghraifft {}", "Example Street {}", "Lôn Enghraifft {}", "Ffordd y Tŷ Enghreifftiol {}",
    "Example Road {}", "Stryd Enghraifft {}", "Glan Dŵr Enghraifft {}", "Example Close {}", "Maes Enghraifft {}", "Example Avenue {}",
    "Pont Enghraifft {}", "Example Lane {}",
)  # fmt: skip

SETTLED = (
    "Unable to prosecute suspect", "Investigation complete; no suspect identified", "Court result unavailable", "Local resolution",
    "Further investigation is not in the public interest", "Action to be taken by another organisation", "Offender given a caution",
    "Formal action is not in the public interest",
)  # fmt: skip
SUSPECT_KNOWN = (0.60, 0.13, 0.09, 0.05, 0.04, 0.04, 0.02, 0.03)
SUSPECT_UNKNOWN = (0.21, 0.66, 0.04, 0.03, 0.02, 0.02, 0.01, 0.01)
STOLEN_OR_DAMAGED = frozenset(
    {"Bicycle theft", "Burglary", "Criminal damage and arson", "Other theft", "Shoplifting", "Theft from the person", "Vehicle crime"}
)
OPEN_OUTCOME, OPEN_MONTHS, OPEN_SHARE = "Under investigation", 3, 0.45
"""Share of the rows of the last months whose outcome is still open."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A pair of LSOAs, of 2011 and 2021, that share ground, with one point in it and rough weights.

    `busy` weighs all types but shoplifting, `shops` that one; 1 is a usual LSOA. Both are rounded to powers of two.
    """

    area: str
    codes: tuple[str, str]
    names: tuple[str, str]
    longitude: float
    latitude: float
    busy: float
    shops: float


@cache
def places() -> tuple[Place, ...]:
    """Every pair of the six authorities, in the order of areas. Source of points: ONS boundaries, Open Government Licence v3.0."""
    with PLACES.open(encoding="utf-8", newline="") as file:
        held = {(row["lsoa11"], row["lsoa21"]): row for row in csv.DictReader(file)}
    return tuple(
        Place(
            area=change.authority,
            codes=(change.lsoa11, change.lsoa21),
            names=(change.lsoa11_name, change.lsoa21_name),
            **{name: float(held[change.lsoa11, change.lsoa21][name]) for name in ("longitude", "latitude", "busy", "shops")},
        )
        for change in changes()
    )


def write_months(
    folder: Path,
    *,
    seed: int,
    first: Month = FIRST,
    last: Month = LAST,
    events: Sequence[Event] = (),
    written: Callable[[Path], None] | None = None,
) -> list[Path]:
    """Write `YYYY-MM/YYYY-MM-north-wales-street.csv` into `folder` for each month and return the paths in order.

    The rows of the six areas are exactly the counts of `synthetic_cube` with the same arguments; a few rows without
    location come on top, as in published files. `written` is told each path once its file is whole.
    """
    cube = synthetic_cube(seed=seed, first=first, last=last, events=events)
    added = np.maximum(cube.values - synthetic_cube(seed=seed, first=first, last=last).values, 0)
    # The cube has taken the first two children of this seed.
    rng = np.random.default_rng(np.random.SeedSequence(seed).spawn(3)[2])
    steps = {(event.area, event.type) for event in events if event.kind == "step"}
    points = _points(rng)
    paths = []
    for at, month in enumerate(cube.months):
        types, spots = _scatter(cube, added, at, steps=steps, rng=rng)
        recent = last.since(month) < OPEN_MONTHS
        path = folder / str(month) / f"{month}-{FORCE}-street.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_file(month, types, points[month > LAST_OF_2011][spots], recent=recent, rng=rng), encoding="utf-8", newline="\n")
        paths.append(path)
        if written:
            written(path)
    return paths


def _points(rng: np.random.Generator) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """The five columns from Longitude to LSOA name of each point, POINTS_A_PLACE to a place, in 2011 and in 2021 codes.

    The last entry of each is that of a row without location.
    """
    shifts = rng.uniform(-POINT_SPREAD, POINT_SPREAD, (len(places()), POINTS_A_PLACE, 2))
    vintages = []
    for vintage in (0, 1):
        texts = [
            f"{place.longitude + east:.6f},{place.latitude + north:.6f},On or near {street.format(number)},"
            f"{place.codes[vintage]},{place.names[vintage]}"
            for number, (place, near) in enumerate(zip(places(), shifts, strict=True), start=1)
            for street, (east, north) in zip(STREETS, near, strict=True)
        ]
        vintages.append(np.array([*texts, NO_LOCATION], dtype=object))
    return vintages[0], vintages[1]


@cache
def _weights(area: str, type_: str) -> tuple[int, NDArray[np.float64]]:
    """Where the area's places begin among all, and the share of each in the type's rows; the shares sum to 1."""
    here = [(at, place) for at, place in enumerate(places()) if place.area == area]
    raw = np.array([place.shops if type_ == "Shoplifting" else place.busy for _, place in here])
    return here[0][0], raw / raw.sum()


def _scatter(cube: Cube, added: Ints, at: int, *, steps: set[tuple[str | None, str | None]], rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Type and point of each row of month `at`, ordered by place as published files are, rows without location last."""
    types, where = [], []
    for a, area in enumerate(AREAS):
        for t, type_ in enumerate(TYPES):
            begin, shares = _weights(area, type_)
            busiest, share = (STEP_PLACES, STEP_SHARE) if (area, type_) in steps else (SPIKE_PLACES, SPIKE_SHARE)
            focused = rng.binomial(added[a, t, at], share)
            usual = rng.choice(len(shares), size=cube.values[a, t, at] - focused, p=shares)
            focus = rng.choice(np.argsort(-shares, kind="stable")[:busiest], size=focused)
            where.append(begin + np.concatenate([usual, focus]))
            types.append(np.full(cube.values[a, t, at], t))
    place = np.concatenate(where)
    # Squaring favours the first points of a place, so that some spots pile up as real ones do.
    spot = place * POINTS_A_PLACE + (rng.random(len(place)) ** 2 * POINTS_A_PLACE).astype(np.int64)
    order = np.argsort(place, kind="stable")
    nowhere = rng.poisson(NO_LOCATION_A_MONTH)
    return (
        np.concatenate([np.concatenate(types)[order], rng.integers(len(TYPES), size=nowhere)]),
        np.concatenate([spot[order], np.full(nowhere, len(places()) * POINTS_A_PLACE)]),
    )


def _file(month: Month, types: Ints, points: NDArray[np.object_], *, recent: bool, rng: np.random.Generator) -> str:
    """The whole text of one month's file. No value holds a comma or a quotation mark, so plain joining is right."""
    ids = rng.bytes(32 * len(types)).hex()
    outcomes = _outcomes(types, recent=recent, rng=rng)
    between = f",{month},{FORCE_NAME},{FORCE_NAME},"
    ends = [f",{type_}," for type_ in TYPES]
    quiet = TYPES.index(ANTI_SOCIAL)
    lines = [
        f"{'' if t == quiet else ids[64 * n : 64 * n + 64]}{between}{point}{ends[t]}{outcome},{SYNTHETIC_LABEL}"
        for n, (t, point, outcome) in enumerate(zip(types.tolist(), points.tolist(), outcomes, strict=True))
    ]
    return "\n".join([",".join(COLUMNS), *lines, ""])


def _outcomes(types: Ints, *, recent: bool, rng: np.random.Generator) -> list[str]:
    stolen = np.array([type_ in STOLEN_OR_DAMAGED for type_ in TYPES])[types]
    drawn = np.where(
        stolen,
        rng.choice(len(SETTLED), size=len(types), p=SUSPECT_UNKNOWN),
        rng.choice(len(SETTLED), size=len(types), p=SUSPECT_KNOWN),
    )
    words = np.array(SETTLED, dtype=object)[drawn]
    if recent:
        words[rng.random(len(types)) < OPEN_SHARE] = OPEN_OUTCOME
    words[types == TYPES.index(ANTI_SOCIAL)] = ""
    return words.tolist()
