"""Counts the measures that police files count by themselves: one type or several together, quarter by quarter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month, Quarter
from diogel.analysis.rates import LEAST_BASE, Denominator, rate
from diogel.analysis.reading.police_uk import CRIME_TYPES
from diogel.crime import counting
from diogel.crime.store import StoreFault
from diogel.places import codes
from diogel.words.quarters import month_said

from .figures import number
from .models import Measure, Observation
from .spans import span_name

SHOWN = 20
"""Quarters that the page of a measure shows at most: five years."""


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
    """By key of the measure, for those with an area and types that the store knows; empty where nothing was loaded."""
    counted = [each for each in measures if is_counted(each)]
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
            count=_together(cube, quarter, each),
            before=_together(cube, quarter - 4, each),
            is_synthetic=kind == "synthetic",
        )
        for each in counted
    }


def is_counted(measure: Measure) -> bool:
    """Whether police files count this measure: it names types, and an area that is known."""
    known = {authority.code for authority in codes.AUTHORITIES}
    return bool(measure.area and measure.area.code in known and measure.crime_types) and set(measure.crime_types) <= set(CRIME_TYPES)


def rows_from_store(measure: Measure, today: date) -> list[Observation]:
    """What the store says of the last whole quarters, newest first, as observations that are not kept: the store is asked anew.

    Each tells its rate with the residents it is a rate of; a quarter without all three months is missing and says which.
    Empty where nothing counts the measure, or no file has come.
    """
    if not is_counted(measure) or measure.area is None:
        return []
    area, force = measure.area.code, codes.force_of(measure.area.code)
    last = Quarter.before(today)
    try:
        months = [month for month in counting.months_loaded(force=force) if month <= last.ending]
        if not months:
            return []
        first = max(Quarter(months[0] + (-months[0].month) % 3), last - (SHOWN - 1))
        cube = counting.cube(areas=[area], first=first.months[0], last=last.ending)
    except StoreFault:
        return []
    people = codes.population(area)
    residents = Denominator(number=people.residents, year=people.year, source=people.source)
    quarters = [last - back for back in range((last.ending.since(first.ending)) // 3 + 1)]
    return [_row(measure, quarter, cube, residents) for quarter in quarters]


def source_of(measure: Measure, rows: Sequence[Observation]) -> str:
    """Which files these rows were counted from, and when they were loaded, in one sentence; empty for no rows."""
    if not rows or measure.area is None:
        return ""
    first, last = Month.of(rows[-1].from_on), Month.of(rows[0].to_on)
    source = counting.source(force=codes.force_of(measure.area.code), first=first, last=last)
    if source is None:
        return ""
    told = {
        "n": source.files,
        "first": month_said(source.first),
        "last": month_said(source.last),
        "day": date_format(source.loaded_on, "j F Y"),
    }
    if source.kind == "synthetic":
        return _("Counted from synthetic rows, made up by a program. Months: %(first)s – %(last)s; files: %(n)s; loaded on %(day)s.") % told
    return (
        _(
            "Counted from the files of North Wales Police on data.police.uk (Open Government Licence v3.0). "
            "Months: %(first)s – %(last)s; files: %(n)s; loaded on %(day)s."
        )
        % told
    )


def base_of(measure: Measure) -> str:
    """Who the rates are of, as a label with its source; empty where there are no rates."""
    if not is_counted(measure) or measure.area is None:
        return ""
    people = codes.population(measure.area.code)
    return _("Residents in %(year)s: %(n)s. Source: %(source)s.") % {
        "year": people.year, "n": number(people.residents), "source": people.source,
    }  # fmt: skip


def _together(cube: Cube, quarter: Quarter, measure: Measure) -> int | None:
    """The quarter's rows of all types of a measure; None where any of its months is not known."""
    assert measure.area is not None
    counts = [cube.quarter(quarter, measure.area.code, name) for name in measure.crime_types]
    return sum(count for count in counts if count is not None) if None not in counts else None


def _row(measure: Measure, quarter: Quarter, cube: Cube, residents: Denominator) -> Observation:
    row = Observation(measure=measure, from_on=quarter.first_day, to_on=quarter.last_day, state=Observation.State.FINAL)
    count = _together(cube, quarter, measure)
    if count is None:
        missing = [month for month in quarter.months if not cube.known[0, month.since(cube.months[0])]]
        row.state = Observation.State.MISSING
        _say(row, "reason", lambda: _reason(missing))
        return row
    row.value = count  # type: ignore[assignment]
    if count >= LEAST_BASE:
        _say(row, "note", lambda: _per_thousand(count, residents))
    return row


def _say(row: Observation, name: str, sentence: Callable[[], str]) -> None:
    """Both halves of a pair, each said in its own language."""
    for language in ("cy", "en"):
        with override(language):
            setattr(row, f"{name}_{language}", sentence())


def _reason(missing: Sequence[Month]) -> str:
    return _("No whole file for: %(months)s") % {"months": ", ".join(month_said(month) for month in missing)}


def _per_thousand(count: int, residents: Denominator) -> str:
    return _("%(rate)s per 1,000 residents") % {"rate": f"{rate(count, denominator=residents).per_thousand:.1f}"}
