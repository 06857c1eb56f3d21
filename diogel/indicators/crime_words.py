"""What must be said beside crime figures before anyone quotes them, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from diogel.analysis.periods import Month
from diogel.words.quarters import month_said

from .crime_asked import Asked
from .crime_found import Found, has_incidents
from .models import Card, Context
from .spans import DASH

MOST_NAMED = 6
"""More months than this are counted instead of named."""


@dataclass(frozen=True)
class Noted:
    """A dated event beside the figures; `mark` is its number in the picture, empty where its day lies before the first month."""

    row: Context
    mark: str
    month: Month


def synthetic_line() -> str:
    return _("Synthetic figures, made up by a program: they tell of no real month or place")


def source_line(found: Found) -> str:
    """Whose count, which months, when loaded, under which licence; of invented rows only that they are invented."""
    source = found.source
    told = {
        "n": source.files,
        "first": month_said(source.first),
        "last": month_said(source.last),
        "day": date_format(source.loaded_on, "j F Y"),
    }
    if found.is_synthetic:
        return _("Synthetic rows in the layout of police.uk, made up by a program; monthly files: %(n)s; loaded on %(day)s") % told
    return (
        _(
            "Recorded by North Wales Police, published on data.police.uk (Open Government Licence v3.0); monthly files: %(n)s; loaded on %(day)s"
        )
        % told
    )


def before_you_quote(found: Found, *, shows_rates: bool = True) -> list[str]:
    """Sentences on what is missing, partial or not comparable; whole sentences without a full stop."""
    said = []
    if found.missing:
        is_few = len(found.missing) <= MOST_NAMED
        words = (
            _("No file for: %(months)s. That is no data, not zero")
            if is_few
            else _("Months without a file: %(n)s. That is no data, not zero")
        )
        said.append(words % {"months": _named(found.missing), "n": len(found.missing)})
    if found.partial:
        said.append(_("Incomplete files, far fewer rows than usual, so not counted: %(months)s") % {"months": _named(found.partial)})
    if has_incidents(found.asked):
        said.append(_("Anti-social behaviour is counted as incidents, not crimes, and is never added to crime"))
    said.append(_("Fraud and computer misuse are not in these figures: they are reported elsewhere"))
    if not shows_rates:
        return said
    if found.year is None:
        too_few = _("Too few months of the year to %(last)s have data for a comparison or a rate")
        said.append(too_few % {"last": month_said(found.asked.last)})
    else:
        said.append(_("Rates are of residents. Visitors, and students whose home is elsewhere, are not among them"))
    return said


def events_of(user: Any, partnership: Any, asked: Asked) -> list[Noted]:
    """Dated events that touch the months, areas and types asked for, in order of time, numbered where the picture can mark them."""
    rows = (
        Context.objects.visible_to(user)
        .standing()
        .filter(Q(to_on=None) | Q(to_on__gte=asked.first.first_day), partnership=partnership, from_on__lte=asked.last.last_day)
        .prefetch_related("areas")
    )
    areas = {place.code for place in asked.places}
    touching = [row for row in rows if _touches(row.types, asked.types) and _touches([area.code for area in row.areas.all()], areas)]
    noted: list[Noted] = []
    for row in touching:
        month = Month.of(row.from_on)
        mark = str(sum(bool(each.mark) for each in noted) + 1) if month >= asked.first else ""
        noted.append(Noted(row, mark, month))
    return noted


def cards_of(user: Any, partnership: Any, asked: Asked) -> list[Card]:
    """Cards of unusual figures in the months, areas and types asked for, the latest quarter first; without their long columns."""
    rows = (
        Card.objects.visible_to(user)
        .standing()
        .filter(
            look__partnership=partnership,
            look__quarter__gte=str(asked.first),
            look__quarter__lte=str(asked.last),
            area__code__in=[place.code for place in asked.places],
            crime_type__in=asked.types,
        )
    )
    return list(rows.select_related("look", "area").defer("finding", "places", "drawings", "look__series").order_by("-look__quarter"))


def _touches(bears_on: Sequence[str], asked: Iterable[str]) -> bool:
    """None named means all."""
    return not bears_on or bool(set(bears_on) & set(asked))


def _named(months: Sequence[Month]) -> str:
    return ", ".join(month_said(month) for month in months)


def days_said(row: Context) -> str:
    first = date_format(row.from_on, "j F Y")
    if row.to_on is None:
        return f"{first} {DASH} " + _("still so")
    return first if row.to_on == row.from_on else f"{first} {DASH} {date_format(row.to_on, 'j F Y')}"
