"""Opens a monthly police.uk file that is not a street file, and gives its rows one by one or the reason why not."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from diogel.analysis.periods import Month

from .police_uk import FileKey, Unreadable
from .police_uk_text import LARGEST, LONGEST_LINE, unpacked

LONGITUDES, LATITUDES = (-9.5, 2.5), (49.0, 61.5)
"""Degrees of the British Isles; a point elsewhere is a fault of the file."""


def key_of(name: str, kind: str) -> FileKey:
    """Month and force of a name like `2024-01-north-wales-outcomes.csv`. Unreadable for any other name."""
    found = re.fullmatch(rf"(\d{{4}}-\d{{2}})-([a-z]+(?:-[a-z]+)*?)-{kind}(?: ?\(\d+\))?\.csv(?:\.gz)?", name.lower())
    if not found:
        raise Unreadable(f"Its name does not say month and force, as in 2024-01-north-wales-{kind}.csv.")
    try:
        return FileKey(Month.parse(found[1]), found[2])
    except ValueError as fault:
        raise Unreadable(f"There is no month {found[1]}, as its name has it.") from fault


def rows_of(path: Path, columns: Sequence[str], kind: str) -> Iterator[tuple[int, list[str] | str]]:
    """Number (the first line is 1) and cells of every row that holds anything, or one reason where its cells do not fit.

    Unreadable where the file as a whole is not what it should be. Cells come stripped of spaces around them.
    """
    text = _text(path)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 1
    try:
        found = [name.strip() for name in next(reader, [])]
        _check_header(found, columns, kind)
        for number, cells in enumerate(reader, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                yield number, f"it has {len(cells)} cells where {len(columns)} belong"
            elif sum(map(len, cells)) > LONGEST_LINE:
                yield number, "one of its cells is far too long"
            else:
                yield number, [cell.strip() for cell in cells]
    except csv.Error:
        raise Unreadable(f"Row {number + 1} opens a quotation mark that is never closed, or holds a cell far too long.") from None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"It is larger than {LARGEST >> 20} MB, far more than a month of any force.")
        data = unpacked(path.read_bytes())
    except OSError as fault:
        raise Unreadable(f"It cannot be opened: {fault.strerror or fault}.") from fault
    if not data[:1024].strip():
        raise Unreadable("It is empty.")
    if data[:4] == b"PK\x03\x04":
        raise Unreadable("It is a zip archive under the name of a CSV file.")
    if b"\0" in data:
        raise Unreadable("It is not text: it holds binary data.")
    if data[:1024].lstrip(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        raise Unreadable("It is a web page or XML, not a CSV file.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise Unreadable(f"It is not UTF-8 text: line {line} holds a byte that is no letter there.") from None


def _check_header(found: list[str], columns: Sequence[str], kind: str) -> None:
    if tuple(found) == tuple(columns):
        return
    missing = [name for name in columns if name not in found]
    if len(missing) == len(columns):
        raise Unreadable(f"Its first line names none of the columns of a file of {kind}.")
    if missing:
        raise Unreadable(f"It lacks the columns: {', '.join(missing)}.")
    raise Unreadable(f"Its columns are not the {len(columns)} of a file of {kind} in their order.")


def point_of(longitude: str, latitude: str) -> tuple[float, float] | str | None:
    """Degrees, None where both are blank, or why they are no point."""
    if not longitude and not latitude:
        return None
    if not (longitude and latitude):
        return "it has one coordinate of two"
    if "_" in longitude + latitude:
        return "a coordinate of it is not a number"
    try:
        point = float(longitude), float(latitude)
    except ValueError:
        return "a coordinate of it is not a number"
    if LONGITUDES[0] <= point[0] <= LONGITUDES[1] and LATITUDES[0] <= point[1] <= LATITUDES[1]:
        return point
    if LONGITUDES[0] <= point[1] <= LONGITUDES[1] and LATITUDES[0] <= point[0] <= LATITUDES[1]:
        return "its longitude and latitude are swapped"
    return "its point lies outside the British Isles"
