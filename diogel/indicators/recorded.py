"""Counts the measures that police figures count by themselves: the latest whole quarter and the same one a year before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from diogel.analysis.periods import Quarter
from diogel.analysis.reading.police_uk import CRIME_TYPES
from diogel.crime import counting
from diogel.crime.store import StoreFault
from diogel.places import codes

from .figures import number
from .models import Measure
from .spans import span_name


@dataclass(frozen=True)
class Recorded:
    """A quarter's recorded count and that of the quarter a year before; None where any of its months has no data."""

    quarter: Quarter
    count: int | None
    before: int | None
    is_synthetic: bool

    @property
    def period(self) -> str:
        return span_name(self.quarter.first_day, self.quarter.last_day)

    @property
    def figure(self) -> str:
        return number(self.count)


def recorded(measures: Iterable[Measure], today: date) -> dict[int, Recorded]:
    """By key of the measure, for those with an area and a type that the store knows; empty where nothing was loaded."""
    known = {authority.code for authority in codes.AUTHORITIES}
    counted = [each for each in measures if each.area and each.area.code in known and each.crime_type in CRIME_TYPES]
    quarter = Quarter.before(today)
    try:
        kind = counting.kind_of_store() if counted else None
        if kind is None:
            return {}
        areas = sorted({str(each.area.code) for each in counted if each.area})
        cube = counting.cube(areas=areas, first=(quarter - 4).months[0], last=quarter.ending)
    except StoreFault:
        return {}
    return {
        each.pk: Recorded(
            quarter=quarter,
            count=cube.quarter(quarter, str(each.area.code), each.crime_type),
            before=cube.quarter(quarter - 4, str(each.area.code), each.crime_type),
            is_synthetic=kind == "synthetic",
        )
        for each in counted
        if each.area
    }
