"""An Excel file is read sheet by sheet, with kept values; what is hidden is told, and nothing is run."""

from datetime import date, datetime

from openpyxl.comments import Comment

from diogel.analysis.reading.office import read_office

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
