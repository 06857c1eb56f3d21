"""The page on which a person says how each table of a file is read: its kind, its line of heads, and what each column holds."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import replace
from typing import Any

from diogel.analysis.reading.plan_languages import LANGUAGES, known_fields
from diogel.analysis.reading.plan_tables import FIRST_LINES, Mapping, heads_of, proposed
from diogel.analysis.reading.tables import Reading, Table

from .steps import KINDS, label_of

SAMPLES = 2
LONGEST_SAMPLE = 120


def shown(reading: Reading, mappings: tuple[Mapping, ...]) -> list[dict[str, Any]]:
    """Each table as the page draws it: its choices, and for each column its head, what it is read as, and its first cells."""
    tables = {table.number: table for table in reading.tables}
    return [_table(tables[mapping.table], mapping) for mapping in mappings]


def _table(table: Table, mapping: Mapping) -> dict[str, Any]:
    heads = heads_of(table, mapping.head)
    known = known_fields(mapping.kind)
    return {
        "table": table,
        "mapping": mapping,
        "kinds": [(kind, label, kind == mapping.kind) for kind, label in KINDS.items()],
        "heads": [(line.number, _first_words(line), line.number == mapping.head) for line in table.lines[:FIRST_LINES]],
        "columns": [
            {
                "at": at,
                "head": head,
                "samples": _samples(table, mapping.head, at),
                "fields": [(name, label_of(name), dict(mapping.fields).get(at) == name) for name in known if name != "reference"],
            }
            for at, head in enumerate(heads)
        ] if mapping.kind else [],
    }  # fmt: skip


def _first_words(line: Any) -> str:
    said = " · ".join(" ".join(cell.text.split()) for cell in line.cells if cell.is_own and cell.text)
    return said if len(said) <= LONGEST_SAMPLE else said[:LONGEST_SAMPLE].rsplit(" ", 1)[0] + "…"


def _samples(table: Table, head: int, at: int) -> list[str]:
    found = [
        " ".join(line.cells[at].text.split())
        for line in table.lines
        if line.number > head and line.cells[at].is_own and line.cells[at].text
    ]
    return [text if len(text) <= LONGEST_SAMPLE else text[:LONGEST_SAMPLE] + "…" for text in dict.fromkeys(found)][:SAMPLES]


def chosen(reading: Reading, mappings: tuple[Mapping, ...], sent: Dict[str, str]) -> tuple[Mapping, ...]:
    """What a person chose, table by table. A table whose kind or heads were changed is proposed anew; a field stands in one column."""
    tables = {table.number: table for table in reading.tables}
    return tuple(_chosen(tables[mapping.table], mapping, sent) for mapping in mappings)


def _chosen(table: Table, mapping: Mapping, sent: Dict[str, str]) -> Mapping:
    kind = sent.get(f"kind-{table.number}", mapping.kind)
    said = sent.get(f"head-{table.number}", "")
    head = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else mapping.head
    if kind not in KINDS:
        return Mapping(table.number, "", mapping.head, ())
    language = sent.get(f"language-{table.number}", mapping.language)
    if head not in {0, *(line.number for line in table.lines[:FIRST_LINES])}:
        head = mapping.head
    if (kind, head) != (mapping.kind, mapping.head):
        return replace(proposed(table, head, kind), language=language if language in LANGUAGES else "")
    fields: list[tuple[int, str]] = []
    for at in range(table.width):
        name = sent.get(f"column-{table.number}-{at}", dict(mapping.fields).get(at, ""))
        if name in known_fields(kind) and name not in {taken for _at, taken in fields}:
            fields.append((at, name))
    return replace(mapping, fields=tuple(fields), language=language if language in LANGUAGES else "")
