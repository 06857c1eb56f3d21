"""What is opened as a table and what is refused, and that nothing of the other columns is kept."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from diogel.analysis.reading.police_uk import Unreadable
from diogel.analysis.reading.sheets import Look, preview, read_columns

CSV = "Ref,When,Victim\n1,2021-03-04,Ann Puw\n\n2,2021-03-05,Bryn Rees\n"


def saved(path: Path, rows, title="Events") -> Path:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.create_sheet("Notes").append(["Written by", "Ann Puw"])
    book.save(path)
    return path


def test_only_the_columns_asked_for_are_kept(tmp_path: Path):
    (tmp_path / "a.csv").write_text(CSV)
    sheet = read_columns(tmp_path / "a.csv", ["When", "Ref"])
    assert sheet.columns == {"When": ["2021-03-04", "2021-03-05"], "Ref": ["1", "2"]}
    assert (sheet.numbers, sheet.unread) == ((2, 4), 1)
    assert "Puw" not in repr(sheet)


def test_a_preview_shows_shapes_and_no_words(tmp_path: Path):
    (tmp_path / "a.csv").write_text(CSV)
    looks = preview(tmp_path / "a.csv")
    assert looks == (Look("Ref", ("9",)), Look("When", ("9999-99-99",)), Look("Victim", ("aaa aaa", "aaaa aaaa")))


def test_excel_gives_dates_as_dates_from_the_sheet_named(tmp_path: Path):
    path = saved(tmp_path / "a.xlsx", [["When", "Victim"], [datetime(2021, 3, 4, 12), "Ann Puw"], [None, None], ["2021-03-05"]])  # noqa: DTZ001
    for name in (None, "Events"):
        sheet = read_columns(path, ["When"], sheet=name)
        assert sheet.columns["When"] == [datetime(2021, 3, 4, 12), "2021-03-05"]  # noqa: DTZ001
        assert (sheet.numbers, sheet.faults) == ((2, 4), {})
    with pytest.raises(Unreadable, match="no sheet of that name; it has: Events, Notes"):
        read_columns(path, ["When"], sheet="events")


def test_rows_that_do_not_fit_are_told_by_number(tmp_path: Path):
    (tmp_path / "a.csv").write_text("A,B\n1,2\n3\n4,5,6\n7,8,\n")
    sheet = read_columns(tmp_path / "a.csv", ["A", "B"])
    assert sheet.faults == {3: "it has 1 cells where 2 belong", 4: "it has 3 cells where 2 belong"}
    assert sheet.columns == {"A": ["1", None, None, "7"], "B": ["2", None, None, "8"]}


@pytest.mark.parametrize("mark", [";", "\t", ","])
def test_semicolons_and_tabs_are_read_too(tmp_path: Path, mark: str):
    (tmp_path / "a.csv").write_text(mark.join("AB") + "\r\n" + mark.join("12") + "\r\n")
    assert read_columns(tmp_path / "a.csv", ["B"]).columns == {"B": ["2"]}


def test_text_of_windows_is_read_and_remarked_on(tmp_path: Path):
    (tmp_path / "a.csv").write_bytes("A,B\nCaf\xe9,2\n".encode("cp1252"))
    sheet = read_columns(tmp_path / "a.csv", ["A"])
    assert sheet.columns["A"] == ["Café"]
    assert "Windows" in sheet.notes[0]


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


BROKEN = {
    "empty": (b"", "empty"),
    "blank": (b" \n\n", "empty"),
    "a blank first row": (b",,\n1,2,3\n", "does not name any column"),
    "a web page": (b"<html><body></body></html>", "web page"),
    "binary": (b"A,B\n\0\0", "neither a CSV nor an Excel"),
    "UTF-16": ("A,B\n1,2\n".encode("utf-16"), "UTF-16"),
    "no letters of any kind": (b"A,B\n\x81\x8d,2\n", "not text"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "before 2007"),
    "a zip archive": (packed(a=b"x"), "damaged Excel"),
    "half a zip archive": (packed(a=b"x")[:-30], "damaged Excel"),
    "a name twice": (b"A,B,A\n1,2,3\n", "named A"),
    "an open quotation mark": (b'A,B\n1,"2\n3,4\n', "never closed"),
    "too many columns": (b",".join([b"A"] * 501) + b"\n", "so many columns"),
}


@pytest.mark.parametrize(("data", "said"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, data: bytes, said: str):
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(Unreadable, match=said):
        read_columns(tmp_path / "a.csv", ["A"])


def test_a_missing_file_and_a_missing_column_are_named(tmp_path: Path):
    with pytest.raises(Unreadable, match="cannot be opened"):
        read_columns(tmp_path / "none.csv", ["A"])
    (tmp_path / "a.csv").write_text(CSV)
    with pytest.raises(Unreadable, match=r"lacks the columns: Date\. It has: Ref, When, Victim"):
        read_columns(tmp_path / "a.csv", ["Ref", "Date"])
    with pytest.raises(Unreadable, match="not an Excel file"):
        read_columns(tmp_path / "a.csv", ["Ref"], sheet="Events")


def test_a_workbook_that_unpacks_to_far_more_is_refused(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("diogel.analysis.reading.sheets.LARGEST", 20_000)
    (tmp_path / "a.xlsx").write_bytes(packed(**{"xl/workbook.xml": b" " * 30_000}))
    with pytest.raises(Unreadable, match="unpacks to more"):
        read_columns(tmp_path / "a.xlsx", ["A"])
    (tmp_path / "b.csv").write_text("A\n" + "1\n" * 20_000)
    with pytest.raises(Unreadable, match="larger than"):
        read_columns(tmp_path / "b.csv", ["A"])
