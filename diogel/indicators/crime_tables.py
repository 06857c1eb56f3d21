"""Lays crime figures out as tables: month by type with shades, the latest year beside the one before, and the plain counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dates import MONTHS_3
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import CRIME_TYPES
from diogel.words.quarters import month_said

from .crime_asked import INCIDENTS, Asked
from .crime_found import YEAR, Compared, Counts, Found, Year
from .figures import number
from .models import crime_type_name

SHADES = (0.9, 1.0, 1.1, 1.25)
"""Where one shade ends and the next, darker one begins, as a share of the row's own average."""
LEAST_FOR_SHADES = 5
"""A type with fewer than this a month gets no shades: they would paint chance."""


@dataclass(frozen=True)
class HeatCell:
    """A count or an average as text (empty: no data) and its shade from 0 to 4, or None for no shade."""

    text: str
    shade: int | None


@dataclass(frozen=True)
class Heat:
    """Month by type. `is_average` says that a column is a month of the year, averaged over the years, and not one month."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    is_average: bool


def heat(found: Found) -> Heat:
    """Months themselves where they are thirteen or fewer, else the average of each month of the year."""
    months = found.asked.months
    is_average = len(months) > YEAR + 1
    rows = []
    for name, counts in found.by_type.items():
        cells = _averages(months, counts) if is_average else [None if count is None else float(count) for count in counts]
        rows.append((crime_type_name(name), _shaded(cells, is_average)))
    return Heat(_column_names(months, is_average), tuple(rows), is_average)


def _column_names(months: Sequence[Month], is_average: bool) -> tuple[str, ...]:
    if is_average:
        return tuple(str(MONTHS_3[k]).capitalize() for k in range(1, YEAR + 1))
    return tuple(date_format(month.first_day, "M Y") for month in months)


def _averages(months: Sequence[Month], counts: Counts) -> list[float | None]:
    found = []
    for k in range(1, YEAR + 1):
        here = [count for month, count in zip(months, counts, strict=True) if month.month == k and count is not None]
        found.append(sum(here) / len(here) if here else None)
    return found


def _shaded(values: Sequence[float | None], is_average: bool) -> tuple[HeatCell, ...]:
    seen = [value for value in values if value is not None]
    average = sum(seen) / len(seen) if seen else 0.0

    def shade(value: float) -> int | None:
        return sum(value >= average * step for step in SHADES) if average >= LEAST_FOR_SHADES else None

    places = 1 if is_average and average < 10 else 0
    return tuple(HeatCell("", None) if value is None else HeatCell(f"{value:,.{places}f}", shade(value)) for value in values)


def year_table(found: Found, year: Year) -> dict[str, Any]:
    """Each type in the latest year beside the same months of the year before, crimes added up, incidents apart."""
    rows: list[Any] = [_year_row(crime_type_name(name), year.by_type[name], year) for name in found.asked.crimes]
    if year.added:
        rows.append({"cells": _year_row(_("These crimes together"), year.added, year), "is_total": True})
    if INCIDENTS in found.asked.types:
        rows.append(
            _year_row(
                _("Anti-social behaviour (incidents, not added)") if year.added else crime_type_name(INCIDENTS),
                year.by_type[INCIDENTS],
                year,
            )
        )
    return _table(_("The latest year"), year_note(year), _year_columns(_("Type"), year), rows) | {"stacks": True}


def place_table(found: Found, year: Year) -> dict[str, Any] | None:
    """The same comparison for each area, where more than one was asked for."""
    if not year.by_place:
        return None
    rows: list[Any] = [_year_row(said_name(place), year.by_place[place.code], year) for place in found.asked.places]
    return _table(what_said(found.asked), _("Each area by its own residents"), _year_columns(_("Area"), year), rows) | {"stacks": True}


def counts_table(months: Sequence[Month], columns: Sequence[tuple[str, Counts]], *, caption: str) -> dict[str, Any]:
    """Plain counts by month, the latest first; a month without data keeps its place."""
    rows = [[month_said(month), *(counts[at] for _name, counts in columns)] for at, month in enumerate(months)]
    heads: list[dict[str, Any]] = [{"label": _("Month")}, *({"label": name, "is_number": True} for name, _counts in columns)]
    return _table(caption, "", heads, rows[::-1])


def _table(title: str, said: str, columns: list[dict[str, Any]], rows: list[Any]) -> dict[str, Any]:
    """A table as `dg/table.html` takes it. Its title and what is said of it stand outside: a wide table scrolls, they do not."""
    return {"caption": title, "hides_caption": True, "said": said, "columns": columns, "rows": rows}


def types_table(found: Found) -> dict[str, Any]:
    """Every type asked for in every month, as plain counts."""
    columns = [(crime_type_name(name), counts) for name, counts in found.by_type.items()]
    return counts_table(found.asked.months, columns, caption=_("Recorded in each month, by type"))


def year_note(year: Year) -> str:
    """Which months count, and who the rates are of."""
    told = {"last": month_said(year.last), "n": len(year.months), "people": number(year.residents.number), "source": _base_said(year)}
    if len(year.months) == YEAR:
        return _("The 12 months to %(last)s. Rates are per 1,000 of %(people)s residents (%(source)s)") % told
    if year.has_before:
        same = _("Only %(n)s months of the 12 to %(last)s, in both years: the others have no data.") % told
    else:
        same = _("Only %(n)s months of the 12 to %(last)s: the others have no data.") % told
    rates = _("Rates are for these months, per 1,000 of %(people)s residents (%(source)s)") % told
    return f"{same} {rates}"


def _base_said(year: Year) -> str:
    return _("Census 2021, Office for National Statistics") if year.residents.year == 2021 else year.residents.source


def what_said(asked: Asked) -> str:
    """What the large series counts, as a label."""
    if asked.crimes:
        return crime_type_name(asked.crimes[0]) if len(asked.crimes) == 1 else _many(asked)
    return crime_type_name(INCIDENTS)


def where_said(asked: Asked, whole: str) -> str:
    """The area asked for as a label; `whole` is the partnership's own place."""
    return said_name(asked.places[0]) if len(asked.places) == 1 else whole


def said_name(place: Any) -> str:
    return place.name_cy if (get_language() or "en").startswith("cy") else place.name_en


def _many(asked: Asked) -> str:
    if len(asked.crimes) == len(CRIME_TYPES) - 1:
        return _("All recorded crime")
    return _("The chosen types of crime together")


def _year_columns(first: str, year: Year) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = [{"label": first}, {"label": _("Latest year"), "is_number": True}]
    if year.has_before:
        columns += [{"label": _("Year before"), "is_number": True}, {"label": _("Change"), "is_number": True}]
    return [*columns, {"label": _("Per 1,000 residents"), "is_number": True}]


def _year_row(name: str, each: Compared, year: Year) -> list[Any]:
    row: list[Any] = [name, each.now]
    if year.has_before:
        row += [each.before, change_said(each)]
    return [*row, f"{each.per_thousand:.1f}" if each.per_thousand is not None else _("too few for a rate")]


def change_said(each: Compared) -> str:
    """A percentage where the earlier count bears one; else both counts in words, because 4 to 7 is no 75 per cent."""
    if each.percent is None:
        return _("from %(before)s to %(now)s") % {"before": each.before, "now": each.now}
    rounded = round(each.percent)
    return f"{'+' if rounded > 0 else ''}{rounded}%".replace("-", "\N{MINUS SIGN}")
