"""Looks at the bytes of one street file before anything parses them: whole, text, the right columns, no monster line."""

from __future__ import annotations

import csv
import hashlib
import zlib
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .police_uk import COLUMNS, Unreadable

LARGEST = 1 << 29
"""Bytes of an unpacked file; a month of the largest force is under a tenth of it."""
MOST_SWELLING = 400
"""Times a packed file may grow; street files grow about 6 times, those of British Transport Police 20."""
SMALL = 1 << 22
"""Bytes up to which growing does no harm."""
LONGEST_LINE = 4000
"""Bytes; lines of published files have up to about 350."""

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Text:
    """A file's unpacked bytes with what was seen in them: sha256 of all, number of lines, line ending, whether a BOM led."""

    data: bytes
    sha256: str
    lines: int
    line_ending: Literal["LF", "CRLF", "mixed"]
    has_bom: bool
    has_welsh_letters: bool


def is_packed(data: bytes) -> bool:
    return data[:2] == _GZIP


def most_bytes(packed: int) -> int:
    """How many bytes a packed file of so many bytes may hold before it is taken for a bomb."""
    return min(LARGEST, max(SMALL, packed * MOST_SWELLING))


def unpacked(data: bytes) -> bytes:
    """The bytes inside gzip, checksums looked at; other bytes as they are. Unreadable if cut short, damaged or a bomb."""
    if not is_packed(data):
        return data
    room = most_bytes(len(data))
    parts: list[bytes] = []
    while data:
        stream = zlib.decompressobj(wbits=31)
        try:
            part = stream.decompress(data, room + 1)
        except zlib.error as fault:
            if parts and not is_packed(data):
                break  # padding after the last member, as some tools leave
            raise Unreadable.because("damaged") from fault
        room -= len(part)
        if room < 0:
            raise Unreadable.because("bomb")
        if not stream.eof:
            raise Unreadable.because("cut_short")
        parts.append(part)
        data = stream.unused_data
    return parts[0] if len(parts) == 1 else b"".join(parts)


def looked_at(data: bytes) -> Text:
    """Check the unpacked bytes of a street file. Unreadable with the first thing that is wrong."""
    if not data[:1024].strip():
        raise Unreadable.because("empty")
    if data[:4] == _ZIP:
        raise Unreadable.because("zip_as_csv")
    if data[:2] in _WIDE_BOMS:
        raise Unreadable.because("utf_16")
    if b"\0" in data:
        raise Unreadable.because("binary")
    start = data[:1024].lstrip(_BOM).lstrip()
    if start[:1] == b"<":
        raise Unreadable.because("web_page")
    _check_header(data)
    _check_lines(data)
    _check_letters(data)
    ends = _count(data, b"\n")
    lines = ends + (not data.endswith(b"\n"))
    if lines < 2:
        raise Unreadable.because("no_rows")
    returns = _count(data, b"\r") if b"\r" in data else 0
    return Text(
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        lines=lines,
        line_ending="LF" if not returns else "CRLF" if returns == ends else "mixed",
        has_bom=data.startswith(_BOM),
        has_welsh_letters=not data.removeprefix(_BOM).isascii(),
    )


def _count(data: bytes, byte: bytes) -> int:
    """How often one byte occurs; some times faster than bytes.count where it occurs often."""
    return int(np.count_nonzero(np.frombuffer(data, np.uint8) == byte[0]))


def _check_header(data: bytes) -> None:
    head = data[: LONGEST_LINE * 4].removeprefix(_BOM).split(b"\n", 1)[0].strip(b"\r")
    if len(head) > LONGEST_LINE:
        raise _too_long(1)
    try:
        found = next(csv.reader([head.decode("utf-8")]), [])
    except UnicodeDecodeError as fault:
        raise Unreadable.because("not_utf_8") from fault
    found = [name.strip() for name in found]
    if tuple(found) == COLUMNS:
        return
    missing = [name for name in COLUMNS if name not in found]
    if {"Easting", "Northing"} <= set(found):
        raise Unreadable.because("old_layout")
    if len(missing) == len(COLUMNS):
        raise Unreadable.because("no_columns")
    if missing:
        raise Unreadable.because("lacks_columns", columns=", ".join(missing))
    raise Unreadable.because("wrong_order", n=len(COLUMNS))


def _check_lines(data: bytes) -> None:
    """Hop from line end to line end, as far ahead as a line may reach: a few steps a megabyte."""
    at, end = 0, len(data)
    while end - at > LONGEST_LINE:
        ahead = data.rfind(b"\n", at, at + LONGEST_LINE)
        if ahead < 0:
            raise _too_long(data.count(b"\n", 0, at) + 1)
        at = ahead + 1


def _too_long(line: int) -> Unreadable:
    return Unreadable.because("long_line", line=line, most=f"{LONGEST_LINE:,}")


def _check_letters(data: bytes) -> None:
    if data.isascii():
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise Unreadable.because("odd_letter", line=line) from fault


def rows_in(data: bytes) -> int:
    """Lines after the header that hold anything. A parser that finds fewer rows took a stray quotation mark for a long cell."""
    return sum(1 for line in data.split(b"\n") if line.strip(b"\r")) - 1
