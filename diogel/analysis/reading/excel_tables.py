"""Reads an Excel file into tables: every sheet, hidden ones too, with the values that formulas had when it was saved; nothing is run."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl

from .office_packed import Packed
from .table_reasons import Note, Untaken
from .tables import Cell, Line, Reading, Table
from .word_tables import MOST_CELLS

_ERRORS = frozenset(("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"))
_VALUE = re.compile(rb"</(?:\w+:)?(?:v|is)>")
_TALLEST, _WIDEST = 5_000, 200


def read_excel(packed: Packed, data: bytes) -> Reading:
    """The whole file: a table a sheet. Untaken where it is damaged, holds no words, or more cells than a plan has."""
    _count(packed)
    values, formulas = book_in(data, data_only=True), book_in(data, data_only=False)
    notes: list[Note] = [Note.of("note_macros")] if packed.has_macros else []
    tables: list[Table] = []
    lost = 0
    for sheet in values.worksheets:
        lines, missing = _lines(sheet, formulas[sheet.title])
        lost += missing
        if lines:
            tables.append(Table(len(tables) + 1, "sheet", tuple(lines), name=sheet.title))
            notes += _hidden(sheet)
    if not tables:
        raise Untaken.because("no_words")
    if lost:
        notes.append(Note.of("note_no_value", n=lost))
    if comments := _comments(values):
        notes.append(Note.of("note_comments", n=comments))
    return Reading("excel", tuple(tables), notes=tuple(notes))


def _count(packed: Packed) -> None:
    """Refuses by the marks of values alone, before any cell is read: to read a sheet of many rows takes a thousand times as long."""
    found = 0
    for name in packed.names:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            found += sum(len(_VALUE.findall(line)) for line in packed.pieces(name))
            if found > MOST_CELLS:
                raise Untaken.because("too_many_cells", most=f"{MOST_CELLS:,}")


def book_in(data: bytes, *, data_only: bool) -> Any:
    """The workbook, with the kept values of its formulas or with the formulas. Untaken where it is damaged."""
    try:
        return openpyxl.load_workbook(io.BytesIO(data), data_only=data_only, keep_vba=False, keep_links=False)
    except Exception:  # a damaged workbook fails wherever it is damaged: in the archive, the XML, or a value of it
        raise Untaken.because("damaged_office") from None


def _hidden(sheet: Any) -> Iterator[Note]:
    if sheet.sheet_state != "visible":
        yield Note.of("note_hidden_sheet", name=sheet.title)
    elif any(each.hidden for each in sheet.row_dimensions.values()) or any(each.hidden for each in sheet.column_dimensions.values()):
        yield Note.of("note_hidden_lines", name=sheet.title)


def _comments(book: Any) -> int:
    return sum(1 for sheet in book.worksheets for cell in sheet._cells.values() if getattr(cell, "comment", None))


def _lines(sheet: Any, formulas: Any) -> tuple[list[Line], int]:
    """Rows that hold anything, as wide as the widest of them, and how many formulas had no value. Only cells that are there are gone
    through: a sheet may be formatted down to its millionth row."""
    merged = _merged(sheet)
    filled = {place for place, cell in formulas._cells.items() if cell.value is not None and place[1] <= _WIDEST}
    width = max((column for _row, column in filled), default=0)
    rows = sorted({row for row, _column in filled})
    if len(rows) * width > MOST_CELLS:
        raise Untaken.because("too_many_cells", most=f"{MOST_CELLS:,}")
    found = [Line(row, tuple(_cell(sheet, formulas, (row, column), merged) for column in range(1, width + 1))) for row in rows]
    return found, sum("no_value" in cell.flags for line in found for cell in line.cells)


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int, int]]:
    """By place: (row, column, width) of the cell that covers it."""
    return {
        (row, column): (area.min_row, area.min_col, area.max_col - area.min_col + 1)
        for area in sheet.merged_cells.ranges
        if area.max_row - area.min_row < _TALLEST and area.max_col - area.min_col < _WIDEST
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }


def _cell(sheet: Any, formulas: Any, place: tuple[int, int], merged: dict[tuple[int, int], tuple[int, int, int]]) -> Cell:
    if place not in merged:
        return Cell(_text(sheet._cells.get(place)), flags=_flags(sheet._cells.get(place), formulas._cells.get(place)))
    row, column, span = merged[place]
    held = sheet._cells.get((row, column))
    if place == (row, column):
        return Cell(_text(held), span, True, _flags(held, formulas._cells.get(place)))
    return Cell(_text(held), span, False, ("merged",)) if place[1] == column else Cell(is_own=False)


def _flags(cell: Any, formula: Any) -> tuple[str, ...]:
    if formula is None or formula.data_type != "f":
        return ()
    if cell is None or cell.value is None:
        return ("no_value",)
    return ("formula_error",) if cell.value in _ERRORS else ()


def _text(cell: Any) -> str:
    """A value as a person reads it in the sheet: dates year first, shares with their sign, whole numbers without a point."""
    held = None if cell is None else cell.value
    if held is None:
        return ""
    if isinstance(held, bool):
        return "TRUE" if held else "FALSE"
    if isinstance(held, datetime):
        return held.date().isoformat() if held.time() == time() else held.isoformat(sep=" ", timespec="minutes")
    if isinstance(held, date):
        return held.isoformat()
    if isinstance(held, int | float):
        is_share = "%" in str(cell.number_format)
        shown = round(held * 100, 6) if is_share else held
        plain = str(int(shown)) if float(shown).is_integer() else repr(round(float(shown), 6))
        return f"{plain}%" if is_share else plain
    return str(held).replace("_x000D_", "").replace("\r\n", "\n").strip(" \n\u00a0")
