"""Plans, years and assessments as data: the snapshot itself as JSON, and its tables as CSV, both languages side by side."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from diogel.published.models import Publication
from diogel.words.quarters import month_said

from .data_tables import OF_KIND, data_of, flat, lines, tables_of
from .pages import draw, fetched, gone, page
from .shelf import ANNUAL, ASSESSMENT, PARTNERSHIP, PLAN, QUARTER, Shelf, Told


@page
def open_data(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """What can be taken away: each published plan, year and assessment as JSON and CSV, and every certificate."""
    plans, years, assessments = ([each for each in shelf.keys(kind) if each.stands] for kind in (PLAN, ANNUAL, ASSESSMENT))
    held = fetched(shelf, *plans, *years, *assessments)
    rows, told_years, told_assessments = (
        [{"told": told, "content": held[told.pk], "tables": tables_of(told.kind, held[told.pk])} for told in some]
        for some in (plans, years, assessments)
    )
    newest = shelf.newest(PLAN)
    context: dict[str, Any] = {
        "plans": rows,
        "withdrawn": newest if newest and not newest.stands else None,
        "years": told_years,
        "assessments": told_assessments,
        "certified": [{"told": each, "label": _called_on_the_page(each)} for each in shelf.told if each.stands],
    }
    return draw(request, shelf, "public/open_data.html", held, **context)


def _called_on_the_page(told: Told) -> str:
    """What a version is called in a list: a whole phrase for each kind."""
    phrases = {
        PARTNERSHIP: _("Who we are, version %(version)s"),
        PLAN: _("Plan %(key)s, version %(version)s"),
        QUARTER: _("Quarter ending in %(key)s, version %(version)s"),
        ANNUAL: _("Year ending in %(key)s, version %(version)s"),
        ASSESSMENT: _("Assessment %(key)s, version %(version)s"),
    }
    key = month_said(told.key) if told.kind in (QUARTER, ANNUAL) else told.key
    return phrases[Publication.Kind(told.kind)] % {"key": key, "version": told.version}


@page
def plan_json(request: HttpRequest, shelf: Shelf, code: str, version: int) -> HttpResponse:
    """The plan whole."""
    return _json(request, shelf, shelf.version(PLAN, code, version), "plan.json")


@page
def annual_json(request: HttpRequest, shelf: Shelf, key: str, version: int) -> HttpResponse:
    """The year whole."""
    return _json(request, shelf, shelf.version(ANNUAL, key, version), "year.json")


@page
def assessment_json(request: HttpRequest, shelf: Shelf, key: str, version: int) -> HttpResponse:
    """What was told of an assessment, whole."""
    return _json(request, shelf, shelf.version(ASSESSMENT, key, version), "assessment.json")


@page
def plan_csv(request: HttpRequest, shelf: Shelf, code: str, version: int, table: str) -> HttpResponse:
    """One table of a plan."""
    return _csv(request, shelf, shelf.version(PLAN, code, version), table)


@page
def annual_csv(request: HttpRequest, shelf: Shelf, key: str, version: int, table: str) -> HttpResponse:
    """One table of a year."""
    return _csv(request, shelf, shelf.version(ANNUAL, key, version), table)


@page
def assessment_csv(request: HttpRequest, shelf: Shelf, key: str, version: int, table: str) -> HttpResponse:
    """One table of an assessment."""
    return _csv(request, shelf, shelf.version(ASSESSMENT, key, version), table)


def _json(request: HttpRequest, shelf: Shelf, told: Told | None, name: str) -> HttpResponse:
    if told is None:
        raise Http404
    if not told.stands:
        return gone(request, shelf, told)
    content = _content(told)
    whole = _head(told) | ({"notice": _example()} if content["partnership"]["is_example"] else {}) | dict(content)
    return _attached(JsonResponse(whole, json_dumps_params={"ensure_ascii": False, "indent": 2}), shelf, told, name)


def _csv(request: HttpRequest, shelf: Shelf, told: Told | None, table: str) -> HttpResponse:
    """One line a row; UTF-8 with the mark by which spreadsheets know it."""
    if told is None or table not in OF_KIND[told.kind]:
        raise Http404
    if not told.stands:
        return gone(request, shelf, told)
    text, content = io.StringIO(), _content(told)
    notice = {"notice": _example()} if content["partnership"]["is_example"] else {}
    rows = [flat(row | notice) for row in lines(content[table], table)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    return _attached(response, shelf, told, f"{table}.csv")


def _content(told: Told) -> Mapping[str, Any]:
    """As it was frozen, days as text, without the pages that were drawn from it."""
    content = Publication.objects.values_list("content", flat=True).get(pk=told.pk)
    return data_of(told.kind, content)


def _head(told: Told) -> dict[str, Any]:
    return {"format": f"diogel-{told.kind}/1", "version": told.version, "published_at": told.published_at.isoformat(timespec="seconds")}


def _example() -> dict[str, str]:
    """The line that goes with every export of an example."""
    said = {}
    for language in ("cy", "en"):
        with override(language):
            said[language] = str(settings.EXAMPLE_LINE)
    return said


def _attached(response: HttpResponse, shelf: Shelf, told: Told, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{shelf.slug}-{told.key}-v{told.version}-{name}"'
    return response
