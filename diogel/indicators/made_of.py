"""Which places make up the difference between what was recorded and what was expected."""

from __future__ import annotations

from collections.abc import Sequence

from diogel.analysis.contributions import Contribution, contributions
from diogel.analysis.periods import Month
from diogel.crime import counting
from diogel.places import codes

from .found import Place

LEARNT_FROM = 24
"""Whole months before the figure from which the usual share of each place is taken."""
SHOWN = 6


def places_that_make(area: str, type_: str, months: Sequence[Month], *, expected: float, excluded: Sequence[Month]) -> list[Place]:
    """The places of `area` furthest from their usual part of what was `expected` in `months`, then the rest as one.

    Their differences add up exactly to the whole's. Empty where no whole month before tells what is usual.
    """
    usual = _usual_months(area, until=months[0] - 1, excluded=excluded)
    if not usual:
        return []
    seen = counting.places_of(area, type_, months)
    past = counting.places_of(area, type_, usual)
    made = contributions(
        places=list(seen),
        observed=list(seen.values()),
        usual=[past[unit] for unit in seen],
        expected=expected,
        most=SHOWN,
    )
    shown = [_place(each, names=_names(each.place), places=1) for each in made.places]
    return [*shown, _place(made.rest, names=("", ""), places=made.rest_count)] if made.rest else shown


def _usual_months(area: str, *, until: Month, excluded: Sequence[Month]) -> list[Month]:
    cube = counting.cube(areas=[area], last=until)
    left_out = set(excluded)
    whole = [month for month, known in zip(cube.months, cube.known[0], strict=True) if known and month not in left_out]
    return whole[-LEARNT_FROM:]


def _names(unit: str) -> tuple[str, str]:
    """Welsh and English name of a small area: both are the authority's name and a number."""
    cy, en = codes.name_of(unit)
    for one in codes.AUTHORITIES:
        if en.startswith(f"{one.name_en} "):
            return en.replace(one.name_en, one.name_cy, 1), en
    return cy, en


def _place(part: Contribution, *, names: tuple[str, str], places: int) -> Place:
    """A part as plain numbers, in the tenths it was reckoned in."""
    return Place(
        code=part.place,
        name=names[1],
        name_cy=names[0],
        observed=part.observed,
        expected=float(part.expected),
        difference=float(part.difference),
        places=places,
    )
