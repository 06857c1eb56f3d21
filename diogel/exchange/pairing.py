"""Joins what a file says in one language to what it says of the same row in the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from diogel.analysis.reading.plan_found import Row
from diogel.analysis.reading.plan_languages import PAIRED
from diogel.analysis.reading.plan_values import day_in, plain
from diogel.analysis.reading.table_reasons import Note

from .known import Known, pieces
from .names import find
from .steps import label_of

_LISTS = {"body": "bodies", "area": "areas", "theme": "themes", "duty": "duties", "person": "people"}


def paired(rows: Iterable[Row], known: Known, language: str) -> list[Row]:
    """The rows, each with both halves of its sentences: those of a table in the other language are joined to the row of the same number,
    code, or theme and duty. One that has no partner stands alone, with words in the other language only."""
    made: list[Row] = []
    places: dict[Any, list[int]] = defaultdict(list)
    rest = []
    for row in rows:
        if row.language in ("", language):
            places[_mark(row, known)].append(len(made))
            made.append(row)
        else:
            rest.append(row)
    for row in rest:
        mark = _mark(row, known)
        if mark and places[mark]:
            at = places[mark].pop(0)
            made[at] = _joined(made[at], row, known)
        else:
            made.append(_turned(row))
    return made


def _mark(row: Row, known: Known) -> Any:
    """By what a row is known again in the other language."""
    if row.kind == "outcomes":
        served = [_meant(name, row.values.get(name, ""), known) for name in ("theme", "duty")]
        return (row.kind, row.number, *served)
    key = row.number if row.kind == "actions" else row.values.get("number")
    return (row.kind, key) if key else None


def _turned(row: Row) -> Row:
    """A row of the other language: its sentences are the other half, all else is what it is."""
    words = {name: text for name, text in row.values.items() if name in PAIRED[row.kind]}
    rest = {name: text for name, text in row.values.items() if name not in words}
    return replace(row, values=rest, other=words, parts=(), other_parts=row.parts)


def _joined(row: Row, twin: Row, known: Known) -> Row:
    turned = _turned(twin)
    doubts = [*row.doubts, *(note for note in twin.doubts if str(note) not in {str(each) for each in row.doubts})]
    for name, text in turned.values.items():
        said = row.values.get(name, "")
        if said and name != "number" and _meant(name, said, known) != _meant(name, text, known):
            doubts.append(Note.of("halves_differ", field=str(label_of(name)), first=said, second=text))
    values = turned.values | row.values
    told = {(code, name) for code, name, _text in row.beside_parts if name not in PAIRED["actions"]}
    beside = (*row.beside_parts, *(each for each in twin.beside_parts if each[:2] not in told))
    return replace(
        row, values=values, other=turned.other | row.other, other_parts=turned.other_parts or row.other_parts, beside_parts=beside,
        doubts=tuple(doubts),
    )  # fmt: skip


def _meant(name: str, text: str, known: Known) -> Any:
    """What a cell that is no sentence means, so that Welsh and English can be compared."""
    if name in _LISTS and text:
        rows = getattr(known, _LISTS[name])
        rows = known.themes | known.duties | rows if name in ("theme", "duty") else rows
        found = (find(rows, piece) for piece in pieces(text, rows))
        return frozenset(str(getattr(row, "pk", row)) for row in found)
    if name in ("start", "due", "next_on"):
        return day_in(text, is_end=name != "start") or plain(text)
    read = {"status": known.status, "rag": known.rag}.get(name)
    return (read(text) if read else None) or plain(text)
