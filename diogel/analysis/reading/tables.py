"""What a Word or Excel file holds, whichever it was: its tables cell by cell, its words outside tables, and what is to be told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .table_reasons import Note


@dataclass(frozen=True)
class Cell:
    """The words of a cell. `span` counts the columns that it covers; one that another covers has no words and `is_own` false, and so
    has, with the words of its first row, one that a merged cell reaches down to."""

    text: str = ""
    span: int = 1
    is_own: bool = True
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A row by its number in the file; `is_head` where the file says that it is repeated on each page."""

    number: int
    cells: tuple[Cell, ...]
    is_head: bool = False


@dataclass(frozen=True)
class Table:
    """A table or sheet. `name` is what the file calls it, `above` the heading above it and `level` that heading's, from 1; `kind`: table, nested, sheet or list."""

    number: int
    kind: str
    lines: tuple[Line, ...]
    name: str = ""
    above: str = ""
    level: int = 0

    @property
    def width(self) -> int:
        return max((len(line.cells) for line in self.lines), default=0)


@dataclass(frozen=True)
class Words:
    """A paragraph outside tables; `level` is 1 to 9 for a heading, else 0."""

    text: str
    level: int = 0
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A whole file: `kind` is word or excel."""

    kind: str
    tables: tuple[Table, ...]
    words: tuple[Words, ...] = ()
    notes: tuple[Note, ...] = field(default_factory=tuple)


def as_json(reading: Reading) -> dict[str, Any]:
    """What can be kept and read again with `from_json`; short keys, for a plan has thousands of cells."""
    return {
        "kind": reading.kind,
        "tables": [
            {
                "number": table.number, "kind": table.kind, "name": table.name, "above": table.above, "level": table.level,
                "lines": [[line.number, int(line.is_head), [_cell(cell) for cell in line.cells]] for line in table.lines],
            }
            for table in reading.tables
        ],
        "words": [[each.text, each.level, list(each.flags)] for each in reading.words],
        "notes": [[note.code, dict(note.values)] for note in reading.notes],
    }  # fmt: skip


def _cell(cell: Cell) -> list[Any]:
    return [cell.text, cell.span, int(cell.is_own), list(cell.flags)]


def from_json(kept: dict[str, Any]) -> Reading:
    """The reading that `as_json` told."""
    return Reading(
        kind=kept["kind"],
        tables=tuple(
            Table(
                each["number"], each["kind"],
                tuple(Line(number, tuple(Cell(c[0], c[1], bool(c[2]), tuple(c[3])) for c in cells), bool(head)) for number, head, cells in each["lines"]),
                each["name"], each["above"], each.get("level", 0),
            )
            for each in kept["tables"]
        ),
        words=tuple(Words(text, level, tuple(flags)) for text, level, flags in kept["words"]),
        notes=tuple(Note.of(code, **values) for code, values in kept["notes"]),
    )  # fmt: skip
