"""A Word file is read whole: merged cells, nested tables, text boxes, tracked changes, automatic numbers."""

import io

import pytest
from docx import Document

from diogel.analysis.reading.office import read_office
from diogel.analysis.reading.tables import as_json, from_json

from .word_files import fill, gwynedd_plan, one_table, paragraph, saved, with_xml

INSERTED = '<w:r><w:t xml:space="preserve">We will </w:t></w:r><w:ins w:id="1" w:author="A"><w:r><w:t>review</w:t></w:r></w:ins>'
DELETED = '<w:del w:id="2" w:author="A"><w:r><w:delText>abolish</w:delText></w:r></w:del><w:r><w:t xml:space="preserve"> it</w:t></w:r>'
BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">'
    "<w:drawing><w:txbxContent><w:p><w:r><w:t>Boxed words</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Boxed words</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def test_a_merged_cell_counts_for_every_row_that_it_reaches():
    table = read_office(gwynedd_plan()).tables[0]
    label, text, _contact = table.lines[1].cells
    assert (label.text, label.is_own) == ("What needs doing this year", True)
    assert text.text.startswith("1. Both councils")
    below = table.lines[2].cells[0]
    assert (below.text, below.is_own, below.flags) == ("What needs doing this year", False, ("merged",))
    heading, covered, head = table.lines[0].cells
    assert (heading.span, covered.text, covered.is_own, head.text) == (2, "", False, "CONTACT")


@pytest.mark.parametrize("count", ["²", "9" * 5000, "-2", ""])
def test_a_count_that_no_word_wrote_is_read_as_if_it_were_not_there(count):
    said = f'<w:gridSpan w:val="{count}"/>'.encode()
    table = read_office(
        with_xml(one_table([["Number", "Action"]]), "word/document.xml", lambda part: part.replace(b"</w:tcPr>", said + b"</w:tcPr>"))
    ).tables[0]
    assert [cell.text for cell in table.lines[0].cells] == ["Number", "Action"]


def test_what_tracked_changes_put_in_is_read_and_what_they_struck_out_is_not():
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell._tc.append(paragraph(INSERTED + DELETED))
    reading = read_office(saved(document))
    (held,) = reading.tables[0].lines[0].cells
    assert held.text == "We will review it"
    assert held.flags == ("put_in", "struck")
    assert [str(note) for note in reading.notes] == [
        "The file holds tracked changes. What was put in is read (1), what was struck out is not (1)."
    ]


def test_a_row_that_tracked_changes_took_out_is_not_there():
    document = Document()
    table = document.add_table(rows=2, cols=1)
    fill(table, 0, ["Stays"])
    fill(table, 1, ["Goes"])
    table.rows[1]._tr.get_or_add_trPr().append(paragraph('<w:pPr/><w:del w:id="1" w:author="A"/>')[1])
    assert [line.cells[0].text for line in read_office(saved(document)).tables[0].lines] == ["Stays"]


def test_a_text_box_is_read_once_where_it_is_fastened():
    document = Document()
    document.add_table(rows=1, cols=1).cell(0, 0)._tc.append(paragraph(BOX))
    document.element.body.insert(0, paragraph(BOX))
    reading = read_office(saved(document))
    assert reading.tables[0].lines[0].cells[0].text == "Boxed words"
    assert reading.tables[0].lines[0].cells[0].flags == ("box",)
    assert [words.text for words in reading.words] == ["Boxed words"]


def test_a_table_inside_a_cell_is_a_table_of_its_own():
    document = Document()
    cell = document.add_table(rows=1, cols=2).cell(0, 0)
    cell.text = "Outside"
    fill(cell.add_table(rows=1, cols=1), 0, ["Inside"])
    reading = read_office(saved(document))
    assert [(table.kind, table.lines[0].cells[0].text) for table in reading.tables] == [("table", "Outside"), ("nested", "Inside")]
    assert reading.tables[0].lines[0].cells[0].flags == ("nested",)


def test_numbers_that_word_counts_by_itself_are_read_as_they_are_printed():
    document = Document()
    table = document.add_table(rows=0, cols=1)
    for text in ("Train everyone", "Review the groups"):
        table.add_row().cells[0].paragraphs[0].add_run(text)
        table.rows[-1].cells[0].paragraphs[0].style = document.styles["List Number"]
    document.add_paragraph("A point", style="List Bullet")
    reading = read_office(saved(document))
    assert [line.cells[0].text for line in reading.tables[0].lines] == ["1. Train everyone", "2. Review the groups"]
    assert reading.words[-1].text == "• A point"


def test_a_strict_file_is_read_like_any_other():
    def strict(part: bytes) -> bytes:
        return part.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        )

    data = with_xml(one_table([["No", "Action"], ["1", "Train"]]), "word/document.xml", strict)
    assert [cell.text for cell in read_office(data).tables[0].lines[1].cells] == ["1", "Train"]


def test_a_reading_can_be_kept_and_read_again():
    document = Document(io.BytesIO(gwynedd_plan()))
    document.element.body.insert(0, paragraph(INSERTED))
    reading = read_office(saved(document))
    assert from_json(as_json(reading)) == reading
