"""Find small numbers where they could point at a person: in cells and sentences about sensitive subjects, and in what gives a withheld one away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .scan_reading import CHART, HEADING, TEXT, Grid, Piece, Reading
from .scan_sentences import Subjects, blank, counts, plain, told

# Columns whose numbers are places in a list or dates, never counts.
_PLACES = re.compile(
    r"^(?:no|no\.|number|rhif|action|cam|cam gweithredu|ref|reference|cyfeirnod|code|cod|item|eitem|page|tudalen|date|dyddiad|due|erbyn"
    r"|quarter|chwarter|year|blwyddyn|month|mis|version|fersiwn|priority|blaenoriaeth|carried over|cariwyd ymlaen|times carried over)\.?$",
    re.I,
)
_TOTAL = re.compile(r"^(?:grand )?(?:total|totals|all|sum|cyfanswm|cyfansymiau|y cyfan|pob un|i gyd)\b", re.I)
_WITHHELD = re.compile(r"withheld|suppress|dal yn ôl|ddal yn ôl|dal yn ol|ddal yn ol|atal(?:iwyd|wyd)", re.I)
_BARE_STATE = re.compile(r"(?<![\w.,/:–-])[+−-]?[1-4](?=\s?[pc*†]?\W*$)")
_FIGURE = re.compile(r"^[+−-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?(?:\s?[pc*†])?$")


@dataclass(frozen=True)
class Withheld:
    """A cell that was withheld: how its row and its column are called in Welsh and English, and what it would have said."""

    row: tuple[str, str]
    column: tuple[str, str]
    value: int


@dataclass(frozen=True)
class Small:
    """A number found where none may stand: its place, what kind of leak it is, the text and the letters of it."""

    where: str
    kind: str
    text: str
    start: int
    end: int


def small_numbers(reading: Reading, subjects: Subjects) -> Iterator[Small]:
    """Counts of 1 to 4 about a sensitive subject, in tables, sentences, descriptions and drawings."""
    for grid in reading.grids:
        yield from _in_grid(grid, subjects)
    for piece in reading.pieces:
        if piece.kind == CHART and subjects.named_in(piece.section):
            yield from (Small(piece.where, "small", piece.text, *found.span()) for found in _BARE_STATE.finditer(piece.text))
        elif piece.kind in (TEXT, HEADING):
            is_measured = subjects.named_in(piece.text) or subjects.named_in(piece.section)
            found = counts(piece.text) if is_measured else told(piece.text, subjects, near=piece.section)
            yield from (Small(piece.where, "small", piece.text, start, end) for start, end in found)


def revealed(reading: Reading, withheld: Iterable[Withheld]) -> Iterator[Small]:
    """A withheld cell that shows after all, in its table or in a sentence; or that a total and its other parts give away."""
    cells = tuple(withheld)
    for grid in reading.grids:
        yield from _worked_out(grid)
        yield from _shown(grid, cells)
    for piece in reading.pieces:
        if piece.kind in (TEXT, HEADING):
            yield from _told(piece, cells)


def table_numbers(reading: Reading) -> dict[str, int]:
    """How often each number stands in the tables of a file: the same in Welsh and English, whatever the words."""
    counted: dict[str, int] = {}
    for grid in reading.grids:
        for row in grid.rows:
            for cell in row:
                for number in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", cell):
                    bare = number.replace(",", "")
                    counted[bare] = counted.get(bare, 0) + 1
    return counted


def _in_grid(grid: Grid, subjects: Subjects) -> Iterator[Small]:
    head, is_all = grid.rows[0], subjects.named_in(grid.caption) or subjects.named_in(grid.section)
    columns = [subjects.named_in(title) for title in head]
    for r, row in enumerate(grid.rows, start=1):
        is_row = r > 1 and (is_all or subjects.named_in(" ".join(row)))
        near = " / ".join([grid.section, grid.caption, *row])
        for c, cell in enumerate(row):
            is_place = c < len(head) and bool(_PLACES.match(head[c]))
            if not is_place:
                is_measured = is_row or (r > 1 and c < len(columns) and columns[c])
                spans = _in_cell(cell) if is_measured else list(told(cell, subjects, near=near))
                where = f"{grid.where} row {r} column {c + 1}"
                yield from (Small(where, "small", cell, start, end) for start, end in spans[:1])


def _in_cell(cell: str) -> list[tuple[int, int]]:
    return [found.span() for found in _BARE_STATE.finditer(cell)] or list(counts(cell))


def _shown(grid: Grid, cells: tuple[Withheld, ...]) -> Iterator[Small]:
    for cell in cells:
        columns = [c for c, title in enumerate(grid.rows[0]) if plain(title) in {plain(name) for name in cell.column}]
        for r, row in enumerate(grid.rows[1:], start=2):
            if plain(row[0]) in {plain(name) for name in cell.row}:
                for c in columns:
                    if c < len(row) and _FIGURE.match(row[c]):
                        yield Small(f"{grid.where} row {r} column {c + 1}", "withheld shown", row[c], 0, len(row[c]))


def _told(piece: Piece, cells: tuple[Withheld, ...]) -> Iterator[Small]:
    for cell in cells:
        if any(plain(name) in plain(piece.text) for name in cell.row if name):
            blanked = blank(piece.text)
            for found in re.finditer(rf"(?<![\w.,/:–-]){cell.value}(?![\w/:–-]|[.,]\d)", blanked):
                yield Small(piece.where, "withheld shown", piece.text, *found.span())


def _worked_out(grid: Grid) -> Iterator[Small]:
    """One withheld cell in a line whose total and other parts are all shown is no secret."""
    width = max(len(row) for row in grid.rows)
    rows = [(f"row {at + 1}", list(row), list(grid.rows[0])) for at, row in enumerate(grid.rows) if at]
    columns = [(f"column {c + 1}", [row[c] for row in grid.rows if c < len(row)], [row[0] for row in grid.rows]) for c in range(1, width)]
    for place, line, names in [*rows, *columns]:
        parts = [(name, cell) for name, cell in list(zip(names, line, strict=False))[1:]]
        has_total = any(_TOTAL.match(name) and _FIGURE.match(cell) for name, cell in parts)
        unseen = [cell for name, cell in parts if _WITHHELD.search(cell)]
        others = [cell for name, cell in parts if not _TOTAL.match(name) and not _WITHHELD.search(cell)]
        if has_total and len(unseen) == 1 and others and all(_FIGURE.match(cell) for cell in others):
            yield Small(f"{grid.where} {place}", "worked out", unseen[0], 0, len(unseen[0]))
