"""Works out how areas stand beside their group, their force and their own past, over rolling years without a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diogel.analysis.counts import Cube
from diogel.analysis.groupings import Grouping, grouped
from diogel.analysis.periods import Month
from diogel.analysis.rates import Denominator, Rate
from diogel.analysis.standing import denominator_for, rate_of, rolled, rolling, standing
from diogel.places import codes

from .compare_groups import AreaGroup

YEARS = (2020, 2021)
"""Populations that are held for authorities and above."""
MOST_MONTHS = 37
"""Rolling years that a small picture shows at most: three years of them."""


@dataclass(frozen=True, kw_only=True)
class RateLine:
    """An area's rolling year: rows, rate per 1,000 with exact limits, residents with their year, its place among the group, and
    its own year before. `ratio` compares it with all the others together; None where that has no value."""

    code: str
    name_cy: str
    name_en: str
    count: int
    rate: float
    low: float
    high: float
    residents: int
    residents_year: int
    residents_source: str
    place: int
    place_low: int
    place_high: int
    year_earlier: int | None
    percent: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One group of areas and one of crime types. `ending` is the last month whose twelve are all known; `newest` the last month with
    a file, and `in_the_way` the months that keep the year to it from being told. `series` has a rolling rate (None: a gap) for
    each of `months`, by area; `force` is the force's own rate."""

    areas: str
    areas_cy: str
    areas_en: str
    areas_source: str
    left_out: tuple[str, ...]
    group: str
    name_cy: str
    name_en: str
    ending: str
    newest: str
    in_the_way: tuple[str, ...]
    lines: tuple[RateLine, ...]
    force: dict[str, float]
    months: tuple[str, ...]
    series: dict[str, tuple[float | None, ...]]


def residents_of(code: str) -> tuple[Denominator, ...]:
    held = [codes.population(code, year) for year in YEARS]
    return tuple(Denominator(number=each.residents, year=each.year, source=each.source) for each in held)


def last_whole_year(cube: Cube) -> Month | None:
    """The last month whose twelve months are known of every area; None where there is none."""
    whole = rolling(cube)[1].all(axis=0)
    return cube.months[int(np.flatnonzero(whole)[-1])] if whole.any() else None


def compared(areas: AreaGroup, group: Grouping, cube: Cube, force: str) -> Compared | None:
    """How the areas stand; None where no twelve months in a row are known of all. `cube` holds the areas and the force."""
    own = grouped(cube, [group], group.code).cube
    ending = last_whole_year(own)
    if ending is None:
        return None
    people = {code: residents_of(code) for code in (*areas.counted, force)}
    year = rolled(own, force, group.code, own.months[-1])
    span = own.months[-MOST_MONTHS:]
    begins = int(np.flatnonzero(rolling(own)[1].any(axis=0))[0])  # before it no area has a whole year to draw
    months = tuple(month for month in span if month >= own.months[begins])
    return Compared(
        areas=areas.code, areas_cy=areas.name_cy, areas_en=areas.name_en, areas_source=areas.source,
        left_out=tuple(code for code in areas.areas if code not in areas.counted),
        group=group.code, name_cy=group.name_cy, name_en=group.name_en,
        ending=str(ending), newest=str(own.months[-1]), in_the_way=tuple(str(month) for month in year.missing),
        lines=_lines(own, group.code, ending, areas.counted, people), force=_force(own, group.code, ending, force, people[force]),
        months=tuple(str(month) for month in months),
        series={code: _series(own, code, months, denominator_for(people[code], ending)) for code in areas.counted},
    )  # fmt: skip


def _lines(cube: Cube, type_: str, ending: Month, areas: Sequence[str], people: dict[str, tuple[Denominator, ...]]) -> tuple[RateLine, ...]:
    """One line an area, the highest rate first."""
    told = [
        standing(cube, area=code, type_=type_, ending=ending, group=areas, denominators=people) for code in areas
    ]  # fmt: skip
    lines = []
    for one in told:
        mine, against = one.own, one.against
        if mine is None or against is None:
            continue
        cy, en = codes.name_of(one.area)
        base: Rate = mine.rate
        lines.append(
            RateLine(
                code=one.area, name_cy=cy, name_en=en, count=base.count, rate=base.per_thousand, low=base.low, high=base.high,
                residents=base.denominator.number, residents_year=base.denominator.year, residents_source=base.denominator.source,
                place=mine.place, place_low=mine.place_low, place_high=mine.place_high,
                year_earlier=one.year_earlier, percent=one.percent,
                ratio=against.ratio, ratio_low=against.low, ratio_high=against.high,
            )
        )  # fmt: skip
    return tuple(sorted(lines, key=lambda line: (line.place, line.code)))


def _force(cube: Cube, type_: str, ending: Month, force: str, people: tuple[Denominator, ...]) -> dict[str, float]:
    """The force's own rate, rows without a place among its count; nothing where a month of it is missing."""
    year, base = rolled(cube, force, type_, ending), denominator_for(people, ending)
    if year.count is None or base is None:
        return {}
    told = rate_of(year.count, base)
    return {"count": told.count, "rate": told.per_thousand, "low": told.low, "high": told.high, "residents_year": base.year}


def _series(cube: Cube, area: str, months: Sequence[Month], base: Denominator | None) -> tuple[float | None, ...]:
    """Rolling rates over one denominator, that of the year told: a line must not move because its base did."""
    assert base is not None
    totals, whole = rolling(cube)
    at = cube.area_at(area)
    here = [month.since(cube.months[0]) for month in months]
    return tuple(float(totals[at, 0, k]) * 1000 / base.number if whole[at, k] else None for k in here)
