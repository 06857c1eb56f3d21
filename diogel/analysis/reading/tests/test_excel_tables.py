"""An Excel file is read sheet by sheet, with kept values; what is hidden is told, and nothing is run."""

from datetime import date, datetime

import pytest
from openpyxl.comments import Comment

from diogel.analysis.reading.office import read_office
from diogel.analysis.reading.office_packed import opened
from diogel.analysis.reading.table_reasons import Untaken
from diogel.analysis.reading.word_tables import MOST_CELLS

from .word_files import with_xml, workbook


def texts(data, table=0):
    return [[cell.text for cell in line.cells] for line in read_office(data).tables[table].lines]


def codes(data):
    return [note.code for note in read_office(data).notes]


def test_values_are_read_as_a_person_reads_them():
    def shares(book):
        book["Plan"]["C2"].number_format = "0%"

    rows = [("No", "Due", "Done", "Words"), (3.0, datetime.fromisoformat("2022-03-31"), 0.4, " a\nb "), (None, date(2022, 1, 1), 2.5, True)]
    assert texts(workbook({"Plan": rows}, shares))[1:] == [["3", "2022-03-31", "40%", "a\nb"], ["", "2022-01-01", "2.5", "TRUE"]]


def test_a_formula_gives_the_value_that_was_kept_and_is_told_where_none_was():
    data = workbook({"Plan": [("No", "Action"), ("=1+1", "Train")]})
    (cell, _action) = read_office(data).tables[0].lines[1].cells
    assert (cell.text, cell.flags) == ("", ("no_value",))
    assert codes(data) == ["note_no_value"]
    kept = with_xml(
        data,
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"<v></v>", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>"),
    )
    assert read_office(kept).tables[0].lines[1].cells[0].text == "2"


def test_hidden_sheets_rows_and_columns_are_read_and_told():
    def hide(book):
        book["Old"].sheet_state = "veryHidden"
        book["Plan"].row_dimensions[2].hidden = True
        book["Plan"]["A1"].comment = Comment("look", "somebody")

    data = workbook({"Plan": [("No",), ("1",)], "Old": [("gone",)]}, hide)
    assert texts(data, 1) == [["gone"]]
    assert codes(data) == ["note_hidden_lines", "note_hidden_sheet", "note_comments"]


def test_merged_cells_count_for_every_row_and_once_across():
    data = workbook(
        {"Plan": [("Theme", "", "x"), ("Hate crime", "", "1"), (None, None, "2")]}, lambda book: book["Plan"].merge_cells("A2:B3")
    )
    first, second = read_office(data).tables[0].lines[1:]
    assert [(cell.text, cell.is_own, cell.span) for cell in first.cells] == [("Hate crime", True, 2), ("", False, 1), ("1", True, 1)]
    assert (second.cells[0].text, second.cells[0].is_own, second.cells[0].flags) == ("Hate crime", False, ("merged",))


def test_macros_are_told_and_not_kept():
    data = with_xml(workbook({"Plan": [("No",)]}), "xl/vbaProject.bin", lambda _part: b"Sub Auto_Open()")
    assert codes(data) == ["note_macros"]


def test_a_sheet_formatted_to_its_last_row_costs_nothing():
    def far(book):
        book["Plan"].cell(1_048_576, 3).number_format = "0%"

    assert texts(workbook({"Plan": [("No", "Action")]}, far)) == [["No", "Action"]]


def test_a_workbook_of_more_cells_than_a_plan_has_is_refused_before_any_is_read(monkeypatch):
    rows = [(n, f"Action {n}") for n in range(MOST_CELLS // 2 + 1)]
    data = workbook({"Plan": rows})
    monkeypatch.setattr("openpyxl.load_workbook", None)  # whoever would read it fails
    with pytest.raises(Untaken, match="more than 60,000 cells"):
        read_office(data)


def test_the_cells_of_a_part_are_counted_though_pieces_of_it_tear_their_marks():
    packed = opened(workbook({"Plan": [("No", "A" * 80)] * 30_000}))
    assert b"".join(packed.pieces("xl/worksheets/sheet1.xml")) == packed.archive.read("xl/worksheets/sheet1.xml")
    assert sum(piece.count(b"</is>") for piece in packed.pieces("xl/worksheets/sheet1.xml")) == 60_000
