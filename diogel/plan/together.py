"""Rows of several tables in one question, each with the columns that a page shows of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast


@dataclass(frozen=True)
class Some:
    """Rows of one table: which, which of their columns, and by what they are ordered."""

    rows: QuerySet
    columns: tuple[str, ...]
    order: Callable[[Any], Any]


def together(**asked: Some) -> dict[str, list[Any]]:
    """The rows by the names under which they were asked for. Of a row only its columns were read; whoever wants another asks anew.

    A column goes over as text and is read back by its own field: one question can only give columns of one kind.
    """
    most = max(len(each.columns) for each in asked.values())
    first, *others = (_branch(name, each, most) for name, each in asked.items())
    found: dict[str, list[Any]] = {name: [] for name in asked}
    for name, pk, *texts in first.union(*others, all=True) if others else first:
        found[name].append(_row(asked[name], pk, texts))
    return {name: sorted(rows, key=asked[name].order) for name, rows in found.items()}


def _branch(name: str, some: Some, most: int) -> QuerySet:
    texts: list[Any] = [Cast(F(column), TextField()) for column in some.columns]
    texts += [Value("", TextField())] * (most - len(texts))
    numbered = {f"text_{at}": text for at, text in enumerate(texts)}
    return some.rows.order_by().annotate(of_=Value(name, CharField()), **numbered).values_list("of_", "pk", *numbered)


def _row(some: Some, pk: int, texts: list[str | None]) -> Any:
    model: Any = some.rows.model
    told = dict(zip(some.columns, texts, strict=False))
    fields = [field for field in model._meta.concrete_fields if field.primary_key or field.attname in told]
    values = [pk if field.primary_key else field.to_python(told[field.attname]) for field in fields]
    return model.from_db(some.rows.db, [field.attname for field in fields], values)
