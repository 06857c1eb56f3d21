"""Puts a row in place through the same writing that the forms use, and leaves alone what already reads so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import models

from diogel.people.access import Installation
from diogel.people.writing import write

BY = Installation()
Row = TypeVar("Row", bound=models.Model)


def pairs(table: Mapping[str, Any], *names: str, **renamed: str) -> dict[str, tuple[str, str]]:
    """(Welsh, English) for each name that the table has; `renamed` gives column=key where they differ."""
    keys = {name: name for name in names} | renamed
    return {column: (str(table[key]["cy"]), str(table[key]["en"])) for column, key in keys.items() if table.get(key)}


def put(
    model: type[Row],
    key: Mapping[str, Any],
    *,
    texts: Mapping[str, tuple[str, str]] | None = None,
    many: Mapping[str, Iterable[Any]] | None = None,
    **columns: Any,
) -> Row:
    """The row with this key, written only where something differs. Example pairs count as checked: they are demo data."""
    row = model._default_manager.filter(**key).first() or model(**key)
    texts, many = texts or {}, many or {}
    if row.pk and not _differs(row, texts, many, columns):
        return row
    return write(row, by=BY, seen=getattr(row, "version", None), pairs=texts, checked=tuple(texts), many=many, **columns)


def _differs(row: Any, texts: Mapping[str, tuple[str, str]], many: Mapping[str, Iterable[Any]], columns: Mapping[str, Any]) -> bool:
    if any((getattr(row, f"{name}_cy"), getattr(row, f"{name}_en")) != halves for name, halves in texts.items()):
        return True
    if any({each.pk for each in rows} != set(getattr(row, name).values_list("pk", flat=True)) for name, rows in many.items()):
        return True
    return any(not _same(getattr(row, name), value) for name, value in columns.items())


def _same(stored: Any, given: Any) -> bool:
    if isinstance(given, (int, float)) and stored is not None and not isinstance(given, bool):
        return float(stored) == float(given)
    return stored == given
