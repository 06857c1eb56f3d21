"""Opens a monthly police.uk file that is not a street file, and gives its rows one by one or the reason why not."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from diogel.analysis.periods import Month

from .coded import Reason
from .police_uk import FileKey, Unreadable
from .police_uk_text import LARGEST, LONGEST_LINE, unpacked

LONGITUDES, LATITUDES = (-9.5, 2.5), (49.0, 61.5)
"""Degrees of the British Isles; a point elsewhere is a fault of the file."""


def key_of(name: str, kind: str) -> FileKey:
    """Month and force of a name like `2024-01-north-wales-outcomes.csv`. Unreadable for any other name."""
    found = re.fullmatch(rf"(\d{{4}}-\d{{2}})-([a-z]+(?:-[a-z]+)*?)-{kind}(?: ?\(\d+\))?\.csv(?:\.gz)?", name.lower())
    if not found:
        raise Unreadable.because("monthly_unnamed", kind=kind)
    try:
        return FileKey(Month.parse(found[1]), found[2])
    except ValueError as fault:
        raise Unreadable.because("no_such_month", month=found[1]) from fault


def rows_of(path: Path, columns: Sequence[str], kind: str) -> Iterator[tuple[int, list[str] | Reason]]:
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
                yield number, Reason.of("row_cells", found=len(cells), wanted=len(columns))
            elif sum(map(len, cells)) > LONGEST_LINE:
                yield number, Reason.of("row_long_cell")
            else:
                yield number, [cell.strip() for cell in cells]
    except csv.Error:
        raise Unreadable.because("monthly_quote", row=number + 1) from None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable.because("too_large", most=LARGEST >> 20)
        data = unpacked(path.read_bytes())
    except OSError as fault:
        raise Unreadable.because("not_opened", why=fault.strerror or fault) from fault
    if not data[:1024].strip():
        raise Unreadable.because("empty")
    if data[:4] == b"PK\x03\x04":
        raise Unreadable.because("zip_as_csv")
    if b"\0" in data:
        raise Unreadable.because("binary")
    if data[:1024].lstrip(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        raise Unreadable.because("web_page")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise Unreadable.because("odd_letter", line=line) from None


def _check_header(found: list[str], columns: Sequence[str], kind: str) -> None:
    if tuple(found) == tuple(columns):
        return
    missing = [name for name in columns if name not in found]
    if len(missing) == len(columns):
        raise Unreadable.because("no_monthly_columns", kind=kind)
    if missing:
        raise Unreadable.because("lacks_columns", columns=", ".join(missing))
    raise Unreadable.because("wrong_monthly_order", n=len(columns), kind=kind)


def point_of(longitude: str, latitude: str) -> tuple[float, float] | Reason | None:
    """Degrees, None where both are blank, or why they are no point."""
    if not longitude and not latitude:
        return None
    if not (longitude and latitude):
        return Reason.of("row_one_coordinate")
    if "_" in longitude + latitude:
        return Reason.of("row_no_number")
    try:
        point = float(longitude), float(latitude)
    except ValueError:
        return Reason.of("row_no_number")
    if LONGITUDES[0] <= point[0] <= LONGITUDES[1] and LATITUDES[0] <= point[1] <= LATITUDES[1]:
        return point
    if LONGITUDES[0] <= point[1] <= LONGITUDES[1] and LATITUDES[0] <= point[0] <= LATITUDES[1]:
        return Reason.of("row_turned")
    return Reason.of("row_off_isles")
