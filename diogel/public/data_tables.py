"""A snapshot as tables: which there are, and each row as a line with both languages side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from .shelf import ANNUAL, ASSESSMENT, PLAN

TABLES: Mapping[str, Any] = {
    "actions": gettext_lazy("Actions, CSV"),
    "priorities": gettext_lazy("Priorities, CSV"),
    "objectives": gettext_lazy("Objectives, CSV"),
    "themes": gettext_lazy("Themes, CSV"),
    "duties": gettext_lazy("Duties, CSV"),
    "outcomes": gettext_lazy("Outcomes, CSV"),
    "indicators": gettext_lazy("Indicators and their figures, CSV"),
    "sections": gettext_lazy("Sections, CSV"),
}
OF_KIND: Mapping[str, tuple[str, ...]] = {
    PLAN: tuple(name for name in TABLES if name != "sections"),
    ANNUAL: ("actions", "objectives", "outcomes", "indicators"),
    ASSESSMENT: ("themes", "sections"),
}
"""Which of them a published thing has."""
# Two of them hold rows within rows: one line a figure, and one a commitment would lose what stands around it.
_WITHIN = {"indicators": "figures"}
# What a spreadsheet may take for the start of a formula, in narrow and in wide letters.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_UNSEEN = ("\t", "\r", "\n")


def data_of(kind: str, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What of a frozen content is data: without the pages that were drawn from it, of an assessment what it told."""
    if kind == ASSESSMENT:
        return {name: value for name, value in content["told"].items() if name != "day"}
    return {name: value for name, value in content.items() if name != "papers"}


def tables_of(kind: str, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The tables that hold anything, each with what it is called."""
    held = data_of(kind, content)
    return [{"name": name, "label": TABLES[name]} for name in OF_KIND[kind] if held.get(name)]


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
    """What a row within a row is called: `6a Title`, `Role, Body`, `Body`, or what it states."""
    words = [row[name][half] for name in ("title", "role", "name", "statement") if _is_pair(row.get(name))]
    words += [row["body"]["name"][half]] if "role" in row and row.get("body") else []
    said = ", ".join(words)
    return f"{row['code']} {said}" if "title" in row and row.get("code") else said


def lines(rows: list[dict[str, Any]], table: str) -> Iterator[dict[str, Any]]:
    """The rows of a table; what holds rows within rows has a line for each of those."""
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
