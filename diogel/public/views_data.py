"""The plan as data: the snapshot itself as JSON, and its tables as CSV, both languages side by side."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from diogel.published.models import Publication

from .pages import draw, fetched, gone, page
from .shelf import PARTNERSHIP, PLAN, QUARTER, Shelf, Told

TABLES = {
    "actions": gettext_lazy("Actions, CSV"),
    "priorities": gettext_lazy("Priorities, CSV"),
    "objectives": gettext_lazy("Objectives, CSV"),
    "themes": gettext_lazy("Themes, CSV"),
    "duties": gettext_lazy("Duties, CSV"),
    "outcomes": gettext_lazy("Outcomes, CSV"),
    "indicators": gettext_lazy("Indicators and their figures, CSV"),
}
# Two of them hold rows within rows: one line a figure, and one a commitment would lose what stands around it.
_WITHIN = {"indicators": "figures"}
# What a spreadsheet may take for the start of a formula, in narrow and in wide letters.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_UNSEEN = ("\t", "\r", "\n")


@page
def open_data(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """What can be taken away: each published plan as JSON and CSV, and every certificate."""
    plans = [each for each in shelf.keys(PLAN) if each.stands]
    held = fetched(shelf, *plans)
    rows = [{"told": told, "content": held[told.pk], "tables": _tables(held[told.pk])} for told in plans]
    certified = [{"told": each, "label": _called_on_the_page(each)} for each in shelf.told if each.stands]
    return draw(request, shelf, "public/open_data.html", held, plans=rows, certified=certified)


def _tables(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"name": name, "label": label} for name, label in TABLES.items() if content[name]]


def _called_on_the_page(told: Told) -> str:
    """What a version is called in a list: a whole phrase for each kind."""
    phrases = {
        PARTNERSHIP: _("Who we are, version %(version)s"),
        PLAN: _("Plan %(key)s, version %(version)s"),
        QUARTER: _("Quarter ending %(key)s, version %(version)s"),
    }
    return phrases[Publication.Kind(told.kind)] % {"key": told.key, "version": told.version}


@page
def plan_json(request: HttpRequest, shelf: Shelf, code: str, version: int) -> HttpResponse:
    told = _plan(shelf, code, version)
    if not told.stands:
        return gone(request, shelf, told)
    content = _content(told)
    whole = _head(told) | ({"notice": _example()} if content["partnership"]["is_example"] else {}) | content
    return _attached(JsonResponse(whole, json_dumps_params={"ensure_ascii": False, "indent": 2}), shelf, told, "plan.json")


@page
def plan_csv(request: HttpRequest, shelf: Shelf, code: str, version: int, table: str) -> HttpResponse:
    """One table, one line a row; UTF-8 with the mark by which spreadsheets know it."""
    told = _plan(shelf, code, version)
    if table not in TABLES:
        raise Http404
    if not told.stands:
        return gone(request, shelf, told)
    text, content = io.StringIO(), _content(told)
    notice = {"notice": _example()} if content["partnership"]["is_example"] else {}
    rows = [flat(row | notice) for row in _lines(content[table], table)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    return _attached(response, shelf, told, f"{table}.csv")


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as a line: pairs become two columns, lists are joined by semicolons, rows within it are named by their titles."""
    line: dict[str, Any] = {}
    for name, value in row.items():
        line |= _columns(name, value)
    return {name: _safe(value) for name, value in line.items()}


def _columns(name: str, value: Any) -> dict[str, Any]:
    if _is_pair(value):
        return {f"{name}_cy": value["cy"], f"{name}_en": value["en"]}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        halves = ("cy", "en")
        return {f"{name}_{half}": "; ".join(_called(each, half) for each in value) for half in halves}
    if isinstance(value, list):
        return {name: "; ".join(str(each) for each in value)}
    if isinstance(value, dict):
        return {f"{name}_{inner}": held for part, each in value.items() for inner, held in _columns(part, each).items()}
    return {name: value}


def _called(row: Mapping[str, Any], half: str) -> str:
    """What a row within a row is called: `6a Title`, `Role, Body`, `Body`."""
    words = [row[name][half] for name in ("title", "role", "name") if _is_pair(row.get(name))]
    words += [row["body"]["name"][half]] if "role" in row and row.get("body") else []
    said = ", ".join(words)
    return f"{row['code']} {said}" if "title" in row and row.get("code") else said


def _lines(rows: list[dict[str, Any]], table: str) -> Iterator[dict[str, Any]]:
    inner = _WITHIN.get(table)
    for row in rows:
        if inner is None:
            yield row
            continue
        around = {name: value for name, value in row.items() if name != inner}
        for each in row[inner]:
            yield around | {f"figure_{name}": value for name, value in _in_words(each).items()}


def _in_words(figure: Mapping[str, Any]) -> dict[str, Any]:
    """In an export, too, withheld and missing are words, never blanks."""
    missing = "in the quarterly report" if figure["is_in_the_quarterly"] else "missing"
    word = "withheld" if figure["is_withheld"] else missing if figure["state"] == "missing" else figure["state"]
    flags = ("is_withheld", "is_in_the_quarterly")
    return {name: value for name, value in figure.items() if name not in flags} | {"state": word}


def _is_pair(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"cy", "en"}


def _safe(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula is marked as text; empty is empty."""
    if value is None:
        return ""
    is_read = isinstance(value, str) and (value.startswith(_UNSEEN) or value.lstrip().startswith(_FORMULA))
    return f"'{value}" if is_read else value


def _plan(shelf: Shelf, code: str, version: int) -> Told:
    told = shelf.version(PLAN, code, version)
    if told is None:
        raise Http404
    return told


def _content(told: Told) -> dict[str, Any]:
    """As it was frozen, days as text."""
    return Publication.objects.values_list("content", flat=True).get(pk=told.pk)


def _head(told: Told) -> dict[str, Any]:
    return {"format": "diogel-plan/1", "version": told.version, "published_at": told.published_at.isoformat(timespec="seconds")}


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
