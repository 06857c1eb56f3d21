"""What the fields of one form offer, and what is chosen in them, each asked for in one question rather than in one a field."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from diogel.people.choices import OneOf, SomeOf

from .together import Some, together


def offer_together(fields: Mapping[str, OneOf | SomeOf]) -> None:
    """Read the rows that `fields` offer, in the order of their tables. What is sent in is looked up by each field as ever."""
    found = together(**{name: _offered(field) for name, field in fields.items()})
    for name, field in fields.items():
        nothing = [] if field.empty_label is None else [("", field.empty_label)]
        field.choices = [*nothing, *((row.pk, field.label_from_instance(row)) for row in found[name])]


def choose_together(fields: Mapping[str, OneOf | SomeOf], chosen: Mapping[str, QuerySet]) -> None:
    """Tick in `fields` the rows that are `chosen`."""
    found = together(**{name: Some(rows, (), attrgetter("pk")) for name, rows in chosen.items()})
    for name, rows in found.items():
        fields[name].initial = rows


def _offered(field: OneOf | SomeOf) -> Some:
    rows: Any = field.queryset
    order = rows.model._meta.ordering
    columns = dict.fromkeys([*field.columns, *(name for name in order if name != "pk")])
    return Some(rows, tuple(columns), attrgetter(*order))
