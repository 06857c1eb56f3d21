"""Takes a plan's file in: reads it, proposes how its tables are read, and knows again what was chosen for the same heads before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from diogel.analysis.reading.office import read_office
from diogel.analysis.reading.plan_objectives import listed
from diogel.analysis.reading.plan_tables import FIRST_LINES, Mapping, key_of, proposals
from diogel.analysis.reading.spoken import language_of
from diogel.analysis.reading.tables import Reading, as_json, from_json
from diogel.people.access import May, require
from diogel.people.models import Partnership
from diogel.people.writing import write
from diogel.plan.models import Plan

from .clock import at_home
from .models import Intake, KnownHeads


def receive(
    data: bytes,
    *,
    by: Any,
    partnership: Partnership,
    file_name: str,
    plan: Plan | None = None,
    new_plan: dict[str, str] | None = None,
    language: str = "",
    quarter: str = "",
) -> Intake:
    """Read a file and keep what was read, waiting to be taken over into `plan` or a new one. PermissionDenied where `by` may not edit
    the plan; `Untaken` where the file cannot be read. The language is told by the words where it is not given."""
    require(by, May.EDIT_PLAN, partnership)
    reading = listed(read_office(data))
    intake = Intake(partnership=partnership)
    mappings = _recalled(reading, proposals(reading), partnership)
    return write(
        intake, by=by, plan=plan, new_plan=new_plan or {}, file_name=file_name[-200:], sha256=hashlib.sha256(data).hexdigest(),
        language=language or language_of(reading), quarter=quarter, reading=as_json(reading), mappings=[told(each) for each in mappings],
        received_at=at_home(), received_by=by.reference,
    )  # fmt: skip


def told(mapping: Mapping) -> list[Any]:
    """A mapping as it is kept."""
    fields = [list(each) for each in mapping.fields]
    return [mapping.table, mapping.kind, mapping.head, fields, mapping.sure, mapping.follows, mapping.language]


def mappings_of(intake: Intake) -> tuple[Mapping, ...]:
    return tuple(
        Mapping(table, kind, head, tuple((at, name) for at, name in fields), sure, follows, *language)
        for table, kind, head, fields, sure, follows, *language in intake.mappings  # what was kept before tables had one has none
    )


def reading_of(intake: Intake) -> Reading:
    """What was read of the file; nothing once it was taken over, when its words are let go."""
    return from_json(intake.reading) if intake.reading else Reading("", ())


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def _recalled(reading: Reading, mappings: Iterable[Mapping], partnership: Partnership) -> list[Mapping]:
    """What was chosen for the same heads last time comes before any proposal, also where those heads tell nothing by themselves."""
    tables = {table.number: table for table in reading.tables}
    keys = {
        table.number: [(line.number, _key(key_of(table, line.number))) for line in table.lines[:FIRST_LINES]] for table in reading.tables
    }
    wanted = {key for lines in keys.values() for _line, key in lines if key}
    known = {row.key: row for row in KnownHeads.objects.filter(partnership=partnership, key__in=wanted)}
    made = []
    for mapping in mappings:
        found = next(((line, known[key]) for line, key in keys[mapping.table] if key in known), None)
        if found and tables[mapping.table].width > max((at for at, _name in found[1].fields), default=0):
            fields = tuple((at, name) for at, name in found[1].fields)
            mapping = replace(mapping, kind=found[1].kind, head=found[0], fields=fields, sure=1.0)
        made.append(mapping)
    return made


def choose(intake: Intake, mappings: Iterable[Mapping], *, by: Any, **columns: Any) -> Intake:
    """How a person says that the tables are read; remembered for files with the same heads."""
    reading = reading_of(intake)
    tables = {table.number: table for table in reading.tables}
    mappings = list(mappings)
    with transaction.atomic():
        for mapping in mappings:
            if key := _key(key_of(tables[mapping.table], mapping.head)):
                row = KnownHeads.objects.filter(partnership=intake.partnership, key=key).first()
                row = row or KnownHeads(partnership=intake.partnership, key=key)
                fields = [list(each) for each in mapping.fields]
                if not row.pk or (row.kind, row.fields) != (mapping.kind, fields):
                    write(row, by=by, kind=mapping.kind, fields=fields)
        return write(intake, by=by, mappings=[told(each) for each in mappings], **columns)


def plan_days(code: str) -> tuple[date, date] | None:
    """The days of a plan called 2022-23: from April to March; of one called 2022-25, three years."""
    first, _dash, last = code.partition("-")
    if not (first.isdecimal() and len(first) == 4 and last.isdecimal() and len(last) in (2, 4)):
        return None
    ends = int(last) if len(last) == 4 else int(first[:2] + last)
    return (date(int(first), 4, 1), date(ends, 3, 31)) if int(first) < ends <= int(first) + 5 else None
