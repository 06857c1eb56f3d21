"""What is seen in the bytes of a street file before it is parsed, and what is refused there, each for one clear reason."""

from __future__ import annotations

import gzip
import hashlib

import pytest

from diogel.analysis.reading.police_uk import COLUMNS, Unreadable
from diogel.analysis.reading.police_uk_text import looked_at, most_bytes, rows_in, unpacked

HEADER = ",".join(COLUMNS).encode()
ROW = b",2024-01,North Wales Police,North Wales Police,-4.1,53.1,On or near Stryd Fawr,W01000050,Gwynedd 003A,Drugs,,"
GOOD = b"\n".join([HEADER, ROW, ROW, b""])
PACKED = gzip.compress(GOOD * 50)

BROKEN = {
    "empty": (b"", "empty"),
    "only spaces": (b"  \r\n \n", "empty"),
    "only a header": (HEADER + b"\n", "no row"),
    "a header without an end": (HEADER, "no row"),
    "a web page": (b"\n<!DOCTYPE html>\n<html><body>Service unavailable</body></html>", "web page"),
    "a web page behind a BOM": (b"\xef\xbb\xbf<html></html>", "web page"),
    "binary": (bytes(range(256)) * 20, "binary"),
    "an image": (b"\x89PNG\r\n\x1a\n" + bytes(range(1, 60)), "UTF-8"),
    "a zip archive": (b"PK\x03\x04" + b"x" * 100, "zip archive"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "UTF-16"),
    "letters of Windows": (GOOD.replace(b"Stryd", b"Str\xfdd"), "line 2"),
    "a nul among the rows": (GOOD.replace(b"Stryd", b"Str\0d"), "binary"),
    "missing columns": (GOOD.replace(b"LSOA code,", b""), "lacks the columns: LSOA code"),
    "columns in another order": (GOOD.replace(b"Longitude,Latitude", b"Latitude,Longitude"), "in their order"),
    "a column too many": (GOOD.replace(b"Context", b"Context,Weather"), "in their order"),
    "another table": (b"code,name\n1,2\n", "none of the columns"),
    "the layout of 2011": (b"Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context\n,,,,,,,\n", "before 2012"),
    "a million characters in a cell": (GOOD.replace(b"Stryd Fawr", b"x" * 1_000_000, 1), "Line 2 is longer"),
    "a million characters in the header": (b"x" * 1_000_000 + b"\n" + ROW, "Line 1 is longer"),
    "a monster at the end": (GOOD + ROW.replace(b"Stryd", b"x" * 5000), "Line 4 is longer"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_for_one_clear_reason(name):
    data, reason = BROKEN[name]
    with pytest.raises(Unreadable, match=reason) as refusal:
        looked_at(data)
    assert str(refusal.value).endswith(".")
    assert len(str(refusal.value)) < 200


def test_a_whole_file_is_told_with_its_fingerprint():
    seen = looked_at(GOOD)
    assert (seen.lines, seen.line_ending, seen.has_bom, seen.has_welsh_letters) == (3, "LF", False, False)
    assert seen.sha256 == hashlib.sha256(GOOD).hexdigest()
    assert looked_at(GOOD.removesuffix(b"\n")).lines == 3


def test_line_endings_boms_and_welsh_letters_are_seen():
    assert looked_at(GOOD.replace(b"\n", b"\r\n")).line_ending == "CRLF"
    assert looked_at(GOOD.replace(b"\n", b"\r\n", 1)).line_ending == "mixed"
    assert looked_at(b"\xef\xbb\xbf" + GOOD).has_bom
    assert looked_at(GOOD.replace(b"Stryd Fawr", "Tŷ Dŵr".encode())).has_welsh_letters


def test_names_of_columns_may_stand_in_quotation_marks():
    quoted = b",".join(b'"' + name.encode() + b'"' for name in COLUMNS)
    assert looked_at(GOOD.replace(HEADER, quoted)).lines == 3


def test_blank_lines_are_no_rows():
    assert rows_in(GOOD) == 2
    assert rows_in(GOOD.replace(b"\n", b"\r\n") + b"\r\n\r\n") == 2


def test_gzip_is_unpacked_by_what_it_is_not_by_its_name():
    assert unpacked(GOOD) == GOOD
    assert unpacked(PACKED) == GOOD * 50
    assert unpacked(gzip.compress(HEADER) + gzip.compress(GOOD)) == HEADER + GOOD
    assert unpacked(gzip.compress(GOOD) + b"\0" * 512) == GOOD


@pytest.mark.parametrize(
    ("packed", "reason"),
    [
        (PACKED[: len(PACKED) // 2], "cut short"),
        (PACKED[:-6], "cut short"),
        (PACKED[:5], "cut short"),
        (PACKED[:-8] + b"abcd" + PACKED[-4:], "damaged"),
        (PACKED[:20] + b"\xff\xff\xff\xff" + PACKED[24:], "damaged|cut short"),
        (gzip.compress(b"\0" * 50_000_000), "far more"),
    ],
    ids=["half of it", "no end", "five bytes", "wrong sum", "damaged inside", "a bomb"],
)
def test_damaged_and_swollen_gzip_is_refused(packed, reason):
    with pytest.raises(Unreadable, match=reason):
        unpacked(packed)


def test_what_may_come_out_of_a_packed_file_has_a_limit():
    assert most_bytes(100) == 1 << 22
    assert most_bytes(1 << 20) == 400 << 20
    assert most_bytes(1 << 28) == 1 << 29
