"""Answers a question about recorded crime as labelled values: counts by month, the latest year beside the one before, rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month
from diogel.analysis.rates import LEAST_BASE, Denominator, percent_change, rate
from diogel.crime import counting
from diogel.places import codes

from .crime_asked import INCIDENTS, Asked, Place

YEAR = 12
LEAST_MONTHS = 6
"""With fewer known months than this in a year, nothing is said of the year."""

Ints = NDArray[np.int64]
Counts = tuple[int | None, ...]


@dataclass(frozen=True)
class Compared:
    """A count in the latest year, in the same months a year before (None: not known), their change, and the rate.

    `percent` is None where the earlier count is too small for a percentage; `per_thousand` where there is no denominator
    or the count is too small for a rate.
    """

    now: int
    before: int | None
    percent: float | None
    per_thousand: float | None


@dataclass(frozen=True)
class Year:
    """The latest year of a question: its last month, the months that count, whether the year before is known in the same ones.

    `by_type` and `by_place` give a comparison each; `added` is that of the crimes together, None where fewer than two were
    asked for. `residents` is who the rates are of.
    """

    last: Month
    months: tuple[Month, ...]
    has_before: bool
    by_type: dict[str, Compared]
    by_place: dict[str, Compared]
    added: Compared | None
    residents: Denominator


@dataclass(frozen=True)
class Found:
    """The answer. `by_type` holds one count a month of the question, None where the month is missing or partial.

    `main` is the one series that the page shows large: the crimes asked for, added up, or incidents where only these were
    asked for.
    """

    asked: Asked
    by_type: dict[str, Counts]
    by_place: dict[str, dict[str, Counts]]
    main: Counts
    missing: tuple[Month, ...]
    partial: tuple[Month, ...]
    source: counting.Source
    year: Year | None

    @property
    def is_synthetic(self) -> bool:
        return self.source.kind == "synthetic"


def found(asked: Asked) -> Found | None:
    """The answer to `asked`; None where no file lies in its months."""
    areas = [place.code for place in asked.places]
    force = codes.force_of(areas[0])
    source = counting.source(force=force, first=asked.first, last=asked.last)
    if source is None:
        return None
    whole = counting.cube(areas=areas, first=min(asked.first, asked.last - (2 * YEAR - 1)), last=asked.last)
    cube = whole.covering(asked.first, asked.last)
    gaps = counting.gaps(first=asked.first, last=asked.last, force=force)
    known = np.asarray(cube.known.all(axis=0))
    added = _of_types(cube, asked.crimes or asked.types).sum(axis=0)
    return Found(
        asked=asked,
        by_type={name: _counts(cube.values[:, cube.type_at(name)].sum(axis=0), known) for name in asked.types},
        by_place={
            place.code: {name: _counts(cube.values[at, cube.type_at(name)], cube.known[at]) for name in asked.types}
            for at, place in enumerate(asked.places)
        },
        main=_counts(added, known),
        missing=gaps.missing,
        partial=gaps.partial,
        source=source,
        year=_year(asked, whole),
    )


def residents_of(places: Sequence[Place]) -> Denominator:
    """Residents of all places together at the Census of 2021, the base of every year's rate: an older estimate would mislead."""
    held = [codes.population(place.code) for place in places]
    return Denominator(number=sum(each.residents for each in held), year=held[0].year, source=held[0].source)


def _year(asked: Asked, cube: Cube) -> Year | None:
    known = np.asarray(cube.known.all(axis=0))
    now, before = known[-YEAR:], known[-2 * YEAR : -YEAR]
    both = now & before
    has_before = int(both.sum()) >= LEAST_MONTHS
    counted = both if has_before else now
    if int(counted.sum()) < LEAST_MONTHS:
        return None
    at = np.flatnonzero(counted) + len(known) - YEAR
    residents = residents_of(asked.places)

    def compared(values: Ints, people: Denominator) -> Compared:
        return _compared(int(values[at].sum()), int(values[at - YEAR].sum()) if has_before else None, people)

    main = asked.crimes or asked.types
    return Year(
        last=asked.last,
        months=tuple(cube.months[k] for k in at),
        has_before=has_before,
        by_type={name: compared(_of_types(cube, [name]).sum(axis=0), residents) for name in asked.types},
        by_place={
            place.code: compared(_of_types(cube, main)[k], residents_of([place]))
            for k, place in enumerate(asked.places)
            if len(asked.places) > 1
        },
        added=compared(_of_types(cube, asked.crimes).sum(axis=0), residents) if len(asked.crimes) > 1 else None,
        residents=residents,
    )


def _compared(now: int, before: int | None, people: Denominator) -> Compared:
    return Compared(
        now=now,
        before=before,
        percent=None if before is None else percent_change(now=now, base=before),
        per_thousand=rate(now, denominator=people).per_thousand if now >= LEAST_BASE else None,
    )


def _of_types(cube: Cube, names: Sequence[str]) -> Ints:
    """Counts of the types together, of shape (areas, months)."""
    return np.asarray(cube.values[:, [cube.type_at(name) for name in names]].sum(axis=1))


def _counts(values: Ints, known: NDArray[np.bool_]) -> Counts:
    return tuple(int(value) if is_known else None for value, is_known in zip(values.tolist(), known.tolist(), strict=True))


def has_incidents(asked: Asked) -> bool:
    """Whether incidents stand beside crimes on the page, so that it must say that they are not added."""
    return INCIDENTS in asked.types and bool(asked.crimes)
