"""Makes synthetic monthly crime counts with known events in them; nothing here is a statement about any real month."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month, months_from
from diogel.analysis.reading.police_uk import TYPES
from diogel.places.codes import AUTHORITIES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FIRST, LAST = Month(2018, 4), Month(2022, 3)
DISPERSION = 1.5
"""Variance over mean of a month's count of one area and type. In the published months it lies near 1.6, mostly between 1 and 3."""

LEVELS = Path(__file__).with_name("synthetic_levels.csv")
LEVELS_MONTH = Month(2019, 10)
"""The month in which trends cross the levels: the middle of the ten published months they are rounded means of."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something planted. A spike lasts one month, a step stays, a partial month loses rows and is not known.

    `area` and `type` of None mean all of them. `factor` is what the expected count is multiplied by, above 0; a partial
    month keeps that share of its rows, so there it is below 1.
    """

    kind: Literal["spike", "step", "partial"]
    month: Month
    factor: float
    area: str | None = None
    type: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in ("spike", "step", "partial"):
            raise ValueError(f"{self.kind!r} is no kind of event. Kinds are spike, step and partial.")
        if self.factor <= 0 or (self.kind == "partial" and self.factor >= 1):
            raise ValueError(f"a {self.kind} cannot have the factor {self.factor}")


# Chosen so that the four planted events stand out and nothing else does: the demo is to be read, not to test the engine.
DEMO_SEED = 2137
DEMO_EVENTS = (
    Event(kind="step", area="W06000002", type="Public order", month=Month(2021, 6), factor=1.5),
    Event(kind="spike", area="W06000002", type="Shoplifting", month=Month(2021, 11), factor=2.3),
    Event(kind="spike", area="W06000001", type="Criminal damage and arson", month=Month(2021, 10), factor=2.3),
    Event(kind="partial", month=Month(2021, 2), factor=0.2),
)


@dataclass(frozen=True)
class Shape:
    """How one type moves: season (swing and month of its height), change a year, share lost at the depth of a lockdown."""

    swing: float
    peak: int
    yearly: float
    lockdown: float


SHAPES = {
    "Anti-social behaviour": Shape(0.16, 7, 0.98, 0.25),
    "Bicycle theft": Shape(0.35, 8, 0.95, 0.35),
    "Burglary": Shape(0.08, 12, 0.93, 0.45),
    "Criminal damage and arson": Shape(0.06, 5, 0.97, 0.30),
    "Drugs": Shape(0.04, 6, 1.02, 0.10),
    "Other crime": Shape(0.04, 6, 1.04, 0.20),
    "Other theft": Shape(0.09, 7, 0.96, 0.50),
    "Possession of weapons": Shape(0.05, 6, 1.04, 0.25),
    "Public order": Shape(0.12, 7, 1.00, 0.30),
    "Robbery": Shape(0.04, 11, 0.98, 0.45),
    "Shoplifting": Shape(0.05, 12, 0.98, 0.55),
    "Theft from the person": Shape(0.08, 12, 0.98, 0.70),
    "Vehicle crime": Shape(0.07, 11, 0.92, 0.50),
    "Violence and sexual offences": Shape(0.08, 7, 1.01, 0.25),
}

# How deep each month lay in the restrictions, 1 at the deepest: from 23 March 2020, eased to mid-September, then again,
# milder, from November 2020 to March 2021.
LOCKDOWN_DEPTH = {
    Month(2020, 3): 0.25, Month(2020, 4): 1.0, Month(2020, 5): 0.9, Month(2020, 6): 0.65, Month(2020, 7): 0.4,
    Month(2020, 8): 0.2, Month(2020, 9): 0.08, Month(2020, 11): 0.35, Month(2020, 12): 0.3, Month(2021, 1): 0.5,
    Month(2021, 2): 0.45, Month(2021, 3): 0.3,
}  # fmt: skip


@cache
def levels() -> dict[tuple[str, str], float]:
    """(area, type) to a usual number a month: means of ten published North Wales months of 2018-2020, rounded.

    Source: police.uk street files, Open Government Licence v3.0.
    """
    with LEVELS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(area, row["type"]): float(level) for row in rows for area, level in row.items() if area != "type"}


AREAS = tuple(authority.code for authority in AUTHORITIES)


def expected_counts(*, months: Sequence[Month], areas: Sequence[str] = AREAS, lockdown: bool = True) -> Floats:
    """The mean count before any event, float64 of shape (areas, types, months): level, trend, season, length, lockdown."""
    index = np.array([month.index for month in months])
    years = (index - LEVELS_MONTH.index) / 12
    length = np.array([month.days for month in months]) / (365.25 / 12)
    depth = np.array([LOCKDOWN_DEPTH.get(month, 0.0) if lockdown else 0.0 for month in months])
    table = levels()
    base = np.array([[table[area, type_] for type_ in TYPES] for area in areas])
    moves = np.array(
        [
            shape.yearly**years * (1 + shape.swing * np.cos(2 * np.pi * (index % 12 + 1 - shape.peak) / 12)) * (1 - shape.lockdown * depth)
            for shape in (SHAPES[type_] for type_ in TYPES)
        ]
    )
    return base[:, :, None] * moves[None] * length


def synthetic_cube(
    *,
    seed: int,
    first: Month = FIRST,
    last: Month = LAST,
    areas: Sequence[str] = AREAS,
    events: Sequence[Event] = (),
    lockdown: bool = True,
    dispersion: float = DISPERSION,
) -> Cube:
    """Counts of the 14 types by area and month, the same for the same arguments.

    Counts are negative binomial with variance `dispersion` times the mean (1 is Poisson). Events draw from a second
    generator, so that outside their cells a store with events equals the quiet one of the same seed. Months of a
    partial event are not `known`. Raises ValueError for an area without levels or an event outside areas and types.
    """
    if strange := [area for area in areas if area not in AREAS]:
        raise ValueError(f"no levels are held for {', '.join(strange)}; only for {', '.join(AREAS)}")
    months = tuple(months_from(first, last))
    means = expected_counts(months=months, areas=areas, lockdown=lockdown)
    quiet, planted = (np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(2))
    values = _draw(means, dispersion=dispersion, rng=quiet)
    known = np.ones((len(areas), len(months)), dtype=bool)
    for event in sorted(events, key=lambda one: one.kind == "partial"):  # rows are lost after everything has happened
        a, t, m = _cells(event, areas, months)
        values[a, t, m] = _changed(values[a, t, m], means[a, t, m], event=event, dispersion=dispersion, rng=planted)
        if event.kind == "partial":
            known[a, m] = False
    return Cube(tuple(areas), TYPES, months, values, known)


def _cells(event: Event, areas: Sequence[str], months: Sequence[Month]) -> tuple[slice, slice, slice]:
    for label, held in ((event.area, areas), (event.type, TYPES)):
        if label is not None and label not in held:
            raise ValueError(f"an event cannot be planted in {label!r}: it is not in this store")
    if not months or not 0 <= (at := event.month.since(months[0])) < len(months):
        raise ValueError(f"an event cannot be planted in {event.month}: it is not in this store")
    return _one(event.area, areas), _one(event.type, TYPES), slice(at, None if event.kind == "step" else at + 1)


def _one(label: str | None, held: Sequence[str]) -> slice:
    return slice(None) if label is None else slice(held.index(label), held.index(label) + 1)


def _changed(counts: Ints, means: Floats, *, event: Event, dispersion: float, rng: np.random.Generator) -> Ints:
    """The counts once the event has happened: thinned below factor 1; above it, with independent further counts.

    The sum of two such counts of one dispersion has that dispersion again, so a changed series is no rougher than a quiet one.
    """
    if event.factor < 1:
        return rng.binomial(counts, event.factor)
    return counts + _draw(means * (event.factor - 1), dispersion=dispersion, rng=rng)


def _draw(means: Floats, *, dispersion: float, rng: np.random.Generator) -> Ints:
    if dispersion < 1:
        raise ValueError(f"a dispersion of {dispersion} is below that of chance alone, which is 1")
    if dispersion == 1:
        return rng.poisson(means)
    return rng.poisson(rng.gamma(means / (dispersion - 1), dispersion - 1))
