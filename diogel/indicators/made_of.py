"""What makes up the difference between what was recorded and what was expected: small areas, and streets where the rows name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from diogel.analysis.explain import Part, Parts, breakdown, parts_of
from diogel.analysis.explain.parts import UNPLACED
from diogel.analysis.periods import Month
from diogel.crime import counting
from diogel.crime.hot_rows import spots_of
from diogel.places import codes

from .account import part_names, street_code
from .found import Place

LEARNT_FROM = 24
"""Whole months before the figure from which the usual share of each place is taken."""
NO_LOCATION = "No Location"
Point = tuple[str, str]


@dataclass(frozen=True)
class Figure:
    """One told figure of a series: the months whose counts it is made of, what was counted and expected, whole, and which months
    never teach what is usual."""

    area: str
    type: str
    months: tuple[Month, ...]
    observed: int
    expected: int
    excluded: tuple[Month, ...] = ()


def parts_by_place(figure: Figure) -> Parts | None:
    """The small areas of an authority with their signed differences, which add up to the figure's. None where no whole month
    before tells what is usual."""
    usual = usual_months(figure)
    if not usual:
        return None
    cube = counting.cube(areas=codes.units_of(figure.area), first=usual[0], last=figure.months[-1])
    return breakdown(
        cube,
        by="place",
        months=figure.months,
        usual_months=usual,
        observed=figure.observed,
        expected=figure.expected,
        type_=figure.type,
    )


def parts_by_street(figure: Figure) -> Parts | None:
    """The published points of an authority, by name and small area, with differences that add up to the figure's. None where the
    rows name no place for half of what was counted or more, or one place only."""
    usual = usual_months(figure)
    units, force = codes.units_of(figure.area), codes.force_of(figure.area)
    now, before = (_points(units, months, figure.type, force) for months in (figure.months, usual))
    named = sum(count for (_unit, location), count in now.items() if location)
    if not usual or sum(now.values()) != figure.observed or 2 * named <= figure.observed or len(now) < 2:
        return None
    points = sorted({*now, *before})
    return parts_of(
        by="street",
        codes=[street_code(unit, location) if location else UNPLACED for unit, location in points],
        observed=[now[point] for point in points],
        usual=[before[point] for point in points],
        expected=figure.expected,
    )


def _points(units: Sequence[str], months: Sequence[Month], type_: str, force: str) -> Counter[Point]:
    """Rows of a type by small area and by the words at their point; those without words under no area and none."""
    found: Counter[Point] = Counter()
    for spot in spots_of(units, months, force=force):
        if spot.type == type_:
            has_words = spot.location and spot.location != NO_LOCATION
            found[(spot.unit, spot.location) if has_words else ("", "")] += spot.rows
    return found


def usual_months(figure: Figure) -> list[Month]:
    """The whole months before a figure from which the usual share of its parts is taken."""
    cube = counting.cube(areas=[figure.area], last=figure.months[0] - 1)
    left_out = set(figure.excluded)
    whole = [month for month, known in zip(cube.months, cube.known[0], strict=True) if known and month not in left_out]
    return whole[-LEARNT_FROM:]


def places_of(parts: Parts | None) -> list[Place]:
    """The places that a chart shows, then the rest as one."""
    if parts is None:
        return []
    shown = parts.shown
    rest = [part for part in parts.parts if part not in shown]
    return [*(_place(part.code, [part]) for part in shown), *([_place("", rest)] if rest else [])]


def _place(code: str, parts: Sequence[Part]) -> Place:
    cy, en = part_names(code) if code else ("", "")
    return Place(
        code=code,
        name=en,
        name_cy=cy,
        observed=sum(part.observed for part in parts),
        expected=sum(part.expected for part in parts),
        difference=sum(part.difference for part in parts),
        places=len(parts),
    )
