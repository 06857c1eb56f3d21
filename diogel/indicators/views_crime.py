"""The page of recorded crime: choose area, types and months; a picture, tables, rates, and the same as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from diogel.analysis.periods import Month
from diogel.crime import counting
from diogel.crime.store import StoreFault
from diogel.home import today
from diogel.people.desk import desk
from diogel.places import codes

from . import outlook_kept, outlook_shown
from .crime_asked import CONTROL, AskForm, Place, Reach, choices
from .crime_control import control_figure, controlled, rules_table
from .crime_csv import as_csv, file_name
from .crime_found import Found, found
from .crime_pictures import main_figure, small_figures
from .crime_tables import heat, place_table, types_table, what_said, where_said, year_table
from .crime_words import Noted, before_you_quote, cards_of, days_said, events_of, source_line, synthetic_line


@desk()
def crime(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Recorded crime for a question in the address; without one, everything of the last three years."""
    try:
        reach = reach_of(partnership)
    except StoreFault:
        return render(request, "indicators/no_crime.html", {"is_broken": True})
    if reach is None:
        return render(request, "indicators/no_crime.html")
    form, chosen = AskForm(request.GET, reach=reach), request.GET.getlist("type")
    if not form.is_valid():
        return render(request, "indicators/crime.html", {"form": form, "choices": choices(reach, form, chosen)}, status=422)
    asked = form.asked()
    answer = found(asked)
    if answer and request.GET.get("format") == "csv":
        return _file(answer, partnership)
    context = {"form": form, "choices": choices(reach, form, chosen), "asked": asked, "csv": _address(request)}
    if answer:
        context |= _shown(request, partnership, answer)
    return render(request, "indicators/crime.html", context)


def reach_of(partnership: Any) -> Reach | None:
    """The areas of the partnership that police figures are known for, and the months loaded until yesterday's; None where none are."""
    known = {authority.code for authority in codes.AUTHORITIES}
    places = tuple(Place(area.code, area.name_cy, area.name_en) for area in partnership.areas.all() if area.code in known)
    if not places:
        return None
    this = Month.of(today())
    months = [month for month in counting.months_loaded(force=codes.force_of(places[0].code)) if month < this]
    return Reach(places, months[0], months[-1]) if months else None


def _shown(request: HttpRequest, partnership: Any, answer: Found) -> dict[str, Any]:
    asked = answer.asked
    where = where_said(asked, partnership.pair("place").say())
    events = events_of(request.user, partnership, asked)
    pictures = pictures_of(answer, where, events)
    return {
        "found": answer,
        **pictures,
        **outlook_shown.beside(outlook_kept.kept(partnership), asked, what=what_said(asked), where=where, source=pictures["source"]),
        "types_table": types_table(answer),
        "heat": heat(answer),
        "year_table": year_table(answer, answer.year) if answer.year else None,
        "place_table": place_table(answer, answer.year) if answer.year else None,
        "warnings": before_you_quote(answer),
        "events": [{"mark": each.mark, "row": each.row, "days": days_said(each.row)} for each in events],
        "cards": cards_of(request.user, partnership, asked),
        "synthetic_line": synthetic_line() if answer.is_synthetic else "",
        "where": where,
    }


def pictures_of(answer: Found, where: str, events: Sequence[Noted]) -> dict[str, Any]:
    """The large picture and the small ones, with the source below them; beside a control chart, the rules it goes by."""
    source = f"{source_line(answer)}."
    marks = [(each.month, each.mark) for each in events if each.mark]
    shown = {"panels": small_figures(answer, where=where), "source": source}
    if answer.asked.draw != CONTROL:
        return shown | {"figure": main_figure(answer, where=where, marks=marks, source=source)}
    told = controlled(answer, events)
    return shown | {
        "figure": control_figure(answer, told, where=where, marks=marks, source=source),
        "rules_table": rules_table(told) if told.chart.centre is not None else None,
    }


def _file(answer: Found, partnership: Any) -> HttpResponse:
    response = HttpResponse(as_csv(answer, partnership), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(answer, partnership)}"'
    return response


def _address(request: HttpRequest) -> str:
    """The same question, answered as a file."""
    query = request.GET.copy()
    query["format"] = "csv"
    return f"?{query.urlencode()}"
