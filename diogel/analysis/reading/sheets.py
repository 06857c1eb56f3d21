"""Opens a CSV or Excel file as named columns of cells; only the columns asked for are kept, and of the others nothing at all."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl

from .coded import Reason
from .police_uk import Unreadable

LARGEST = 1 << 28
"""Bytes of a file, packed or unpacked: ten years of a force's events stay under it."""
MOST_COLUMNS = 500
LONGEST_CELL = 32_767
"""Characters; a cell of a spreadsheet holds no more."""

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


Faults = dict[int, Reason]
"""Why a row is refused, by its place or its number."""


@dataclass(frozen=True)
class Sheet:
    """`numbers` are the rows of the file (the names of the columns are row 1) that hold anything, each with a cell a column.

    `faults` are rows whose cells do not fit the columns, by number; they are in `numbers` too, with blank cells.
    """

    numbers: tuple[int, ...]
    columns: dict[str, list[Any]]
    faults: Faults
    unread: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Look:
    """A column before it is mapped: its name and up to three shapes of its cells (9 a digit, a letter a), never their text."""

    name: str
    shapes: tuple[str, ...]


def preview(path: Path, *, sheet: str | None = None, rows: int = 50) -> tuple[Look, ...]:
    """The columns of a file, so that somebody can say which is which, without showing what may name a person."""
    names, found, _ = _opened(path, sheet)
    shapes: list[dict[str, None]] = [{} for _ in names]
    with closing(found):
        for _, cells in islice(found, rows):
            for at, cell in enumerate(cells[: len(names)]):
                if _is_filled(cell) and len(shapes[at]) < 3:
                    shapes[at][shape(cell)] = None
    return tuple(Look(name, tuple(seen)) for name, seen in zip(names, shapes, strict=True))


def shape(cell: Any) -> str:
    """What a cell looks like, without what it says: `25/03/2021` is `99/99/9999`."""
    if not isinstance(cell, str):
        return type(cell).__name__
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", cell.strip()))[:30]


def read_columns(path: Path, names: Sequence[str], *, sheet: str | None = None) -> Sheet:
    """The cells of these columns, told by their names in the first row. Unreadable, in one sentence, where that cannot be."""
    present, found, notes = _opened(path, sheet)
    with closing(found):
        if missing := [name for name in names if name not in present]:
            raise Unreadable.because("lacks_named", columns=", ".join(missing), present=", ".join(present)[:300])
        wanted = {name: present.index(name) for name in names}
        columns: dict[str, list[Any]] = {name: [] for name in wanted}
        numbers, faults = list[int](), Faults()
        for number, cells in found:
            if not any(map(_is_filled, cells)):
                continue
            fits = len(cells) >= len(present) and not any(map(_is_filled, cells[len(present) :]))
            if not fits:
                faults[number] = Reason.of("row_cells", found=len(cells), wanted=len(present))
            elif any(isinstance(cells[at], str) and len(cells[at]) > LONGEST_CELL for at in wanted.values()):
                faults[number], fits = Reason.of("row_long_cell"), False
            numbers.append(number)
            for name, at in wanted.items():
                columns[name].append(cells[at] if fits else None)
    return Sheet(tuple(numbers), columns, faults, len(present) - len(wanted), notes)


def _is_filled(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


Rows = Iterator[tuple[int, Sequence[Any]]]


def _opened(path: Path, sheet: str | None) -> tuple[list[str], Any, tuple[str, ...]]:
    """Names of the columns, the rows below them with their numbers, and what is to be told."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as fault:
        raise Unreadable.because("not_opened", why=fault.strerror or type(fault).__name__) from None
    if size > LARGEST:
        raise Unreadable.because("sheet_too_large", most=LARGEST >> 20)
    if head[:4] == _OLD_EXCEL:
        raise Unreadable.because("old_excel")
    notes: tuple[str, ...] = ()
    if head[:4] == _ZIP:
        rows: Any = _excel(path, sheet)
    elif sheet:
        raise Unreadable.because("not_excel")
    else:
        text, notes = _decoded(path.read_bytes())
        rows = _csv(text)
    first = next(rows, None)
    names = ["" if cell is None else str(cell).strip() for cell in first[1]] if first else []
    while names and not names[-1]:
        names.pop()
    _check_names(names)
    return names, rows, notes


def _check_names(names: list[str]) -> None:
    if not names:
        raise Unreadable.because("no_names")
    if len(names) > MOST_COLUMNS:
        raise Unreadable.because("too_many_columns", n=f"{len(names):,}")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise Unreadable.because("column_twice", name=twice[0][:60])


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    if not data.strip():
        raise Unreadable.because("empty")
    if data[:2] in _WIDE:
        raise Unreadable.because("utf_16_table")
    if b"\0" in data:
        raise Unreadable.because("no_table_file")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), ("It is not in UTF-8; it was read as Windows text, so that letters such as ŵ may be wrong.",)
    except UnicodeDecodeError:
        raise Unreadable.because("not_utf_8") from None


def _csv(text: str) -> Rows:
    """Numbers are those of rows, not of lines: a cell may hold a line's end."""
    head = text.lstrip("\r\n").split("\n", 1)[0]
    if head.lstrip().startswith("<"):
        raise Unreadable.because("web_page")
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise Unreadable.because("sheet_quote", row=number + 1) from None
        if cells is None:
            return
        number += 1
        yield number, cells


def _excel(path: Path, sheet: str | None) -> Rows:
    """Rows of one sheet, the first unless named; formulas give the value they had when the file was saved."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > LARGEST:
            raise Unreadable.because("sheet_bomb", most=LARGEST >> 20)
        # Bytes and not the path, by whose ending it would judge.
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True, keep_links=False)
    except Unreadable:
        raise
    except Exception:  # a damaged workbook fails wherever it is damaged: in the archive, the XML, or a value of it
        raise Unreadable.because("damaged_excel") from None
    try:
        tables = {table.title: table for table in book.worksheets}
        if sheet is not None and sheet not in tables:
            raise Unreadable.because("no_such_sheet", sheets=", ".join(tables)[:300])
        if not tables:
            raise Unreadable.because("no_sheet")
        table: Any = tables[sheet] if sheet is not None else next(iter(tables.values()))
        try:
            table.reset_dimensions()  # what the file claims of its size is not believed
            width = 0
            for number, cells in enumerate(table.iter_rows(values_only=True), start=1):
                width = width or len(cells)
                # A row of a spreadsheet ends at its last filled cell; the rest of it is blank, not missing.
                yield number, [*cells, *[None] * (width - len(cells))]
        except Exception:  # as above
            raise Unreadable.because("broken_sheet") from None
    finally:
        book.close()
