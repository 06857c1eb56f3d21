"""Reads a Word file into tables and words: merged cells resolved, nested tables and text boxes found, tracked changes told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .office_packed import Packed
from .table_reasons import Note, Untaken
from .tables import Cell, Line, Reading, Table, Words
from .word_text import Numbers, Styles, Told, child, local, value, whole, words_of

MOST_CELLS = 60_000
_WIDEST = 64
_WRAPPERS = frozenset(("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"))


def read_word(packed: Packed) -> Reading:
    """The whole file. Untaken where it is damaged, or holds no words."""
    document = packed.part("word/document.xml")
    body = child(document, "body")
    if body is None:
        raise Untaken.because("damaged_office")
    reader = _Reader(Styles(packed.part("word/styles.xml")), Numbers(packed.part("word/numbering.xml")))
    reader.read(body, "table")
    if not any(cell.text for table in reader.tables for line in table.lines for cell in line.cells) and not reader.words:
        raise Untaken.because("no_words")
    tables = sorted(reader.tables, key=lambda table: table.number)
    return Reading("word", tuple(tables), tuple(reader.words), tuple(_notes(packed, reader.told)))


def _notes(packed: Packed, told: Told) -> Iterator[Note]:
    if packed.has_macros:
        yield Note.of("note_macros")
    if told.put_in or told.struck:
        yield Note.of("note_tracked", put_in=told.put_in, struck=told.struck)
    comments = packed.part("word/comments.xml")
    counted = {
        "note_comments": sum(local(each) == "comment" for each in comments) if comments is not None else 0,
        "note_nested": told.nested,
        "note_boxes": told.boxes,
        "note_pictures": told.pictures,
    }
    for code, n in counted.items():
        if n:
            yield Note.of(code, n=n)


class _Reader:
    """One pass through the body; tables are numbered in the order in which they begin."""

    def __init__(self, styles: Styles, numbers: Numbers) -> None:
        self.styles, self.numbers = styles, numbers
        self.tables: list[Table] = []
        self.words: list[Words] = []
        self.told = Told()
        self.begun = self.cells = 0
        self.above, self.level = "", 0

    def read(self, holder: Any, kind: str) -> None:
        for name, element in _blocks(holder):
            if name == "tbl":
                self._table(element, kind)
                self.above, self.level = "", 0
            else:
                text, flags = self._paragraph(element)
                if text:
                    level = self.styles.level(element)
                    self.words.append(Words(text, level, flags))
                    self.above, self.level = (text[:300], level) if level else (self.above, self.level)
                self._boxes_outside()

    def _paragraph(self, element: Any) -> tuple[str, tuple[str, ...]]:
        """Its words with its automatic number, and the flags met in it."""
        self.told.flags.clear()
        said = words_of(element, self.told)
        label = self.numbers.label(self.styles.numbering(element)) if said.strip() else ""
        return (label + said).strip(" \n\u00a0"), tuple(sorted(self.told.flags))

    def _boxes_outside(self) -> None:
        """Text boxes fastened to a paragraph of the page; a table may stand in one."""
        while self.told.box_roots:
            self.told.boxes += 1
            self.read(self.told.box_roots.pop(0), "table")

    def _table(self, element: Any, kind: str) -> None:
        self.begun += 1
        number, above, level = self.begun, self.above, self.level
        lines: list[Line] = []
        reaching: dict[int, Cell] = {}
        for at, row in enumerate(_rows(element), 1):
            properties = child(row, "trPr")
            if properties is not None and child(properties, "del") is not None:
                self.told.struck += 1
                continue
            cells = self._line(row, reaching)
            lines.append(Line(at, tuple(cells), child(properties, "tblHeader") is not None if properties is not None else False))
        widest = max((len(line.cells) for line in lines), default=0)
        lines = [replace(line, cells=line.cells + (Cell(),) * (widest - len(line.cells))) for line in lines]
        self.tables.append(Table(number, kind, tuple(lines), above=above, level=level))

    def _line(self, row: Any, reaching: dict[int, Cell]) -> list[Cell]:
        """The cells of a row, one a column of the grid; `reaching` holds, by column, what merged cells reach down."""
        before = whole(value(child(row, "trPr", "gridBefore")), 0)
        cells: list[Cell] = [Cell() for _ in range(min(before, _WIDEST))]
        for element in _cells(row):
            properties = child(element, "tcPr")
            span = max(1, min(whole(value(child(properties, "gridSpan")), 1), _WIDEST))
            merge = child(properties, "vMerge")
            column = len(cells)
            if merge is not None and value(merge) != "restart" and column in reaching:
                cell = replace(reaching[column], is_own=False, flags=("merged",), span=span)
            else:
                cell = self._cell(element, span)
                if merge is not None:
                    reaching[column] = cell
                else:
                    reaching.pop(column, None)
            cells += [cell, *[Cell(is_own=False)] * (span - 1)]
        self.cells += len(cells)
        if self.cells > MOST_CELLS:
            raise Untaken.because("too_many_cells", most=f"{MOST_CELLS:,}")
        return cells

    def _cell(self, element: Any, span: int) -> Cell:
        """Words of paragraphs and boxes, one a line; tables inside are read apart."""
        lines: list[str] = []
        flags: set[str] = set()
        for name, block in _blocks(element):
            if name == "tbl":
                self.told.nested += 1
                flags.add("nested")
                self._table(block, "nested")
                continue
            text, met = self._paragraph(block)
            flags |= set(met)
            lines += [text] if text else []
            while self.told.box_roots:
                self.told.boxes += 1
                flags.add("box")
                inside = self._cell(self.told.box_roots.pop(0), 1)
                lines += [inside.text] if inside.text else []
                flags |= set(inside.flags)
        return Cell("\n".join(lines), span, True, tuple(sorted(flags)))


def _blocks(holder: Any) -> Iterator[tuple[str, Any]]:
    """Paragraphs and tables, through what only wraps them; what tracked changes took away is not there."""
    for element in holder:
        name = local(element)
        if name in ("p", "tbl"):
            yield name, element
        elif name in _WRAPPERS:
            yield from _blocks(element)


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if local(element) == "tr":
            yield element
        elif local(element) in _WRAPPERS:
            yield from _rows(element)


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        if local(element) == "tc":
            yield element
        elif local(element) in _WRAPPERS:
            yield from _cells(element)
