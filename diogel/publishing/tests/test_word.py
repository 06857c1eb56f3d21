"""The Word file has real styles, repeated heads and descriptions, names nobody, and is the same each time."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from diogel.published import drawing
from diogel.published.blocks import Bullets, Cell, Column, Heading, Paragraph, Table
from diogel.published.tests.pictures import drawings
from diogel.published.tests.sample import SAID, paper
from diogel.publishing import html, word

HOSTILE = "<w:t>&amp;</w:t> <script>alert(1)</script> {{ title }} {% if %} = 'quoted' \"twice\" _x000D_"


def read(language: str, **more):
    return Document(io.BytesIO(word.document(paper(language, **more), drawings(language))))


def texts(document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def body(document):
    return document.element.body


@pytest.mark.parametrize("language", ["cy", "en"])
def test_headings_are_real_styles_in_order(language):
    document = read(language)
    heads = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert heads[0] == ("Heading 1", SAID["title"][language == "en"])
    assert {level for level, _ in heads[1:]} == {"Heading 2"}


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_document_names_its_language_title_and_nobody(language):
    document = read(language)
    assert document.core_properties.language == f"{language}-GB"
    assert document.core_properties.title == SAID["title"][language == "en"]
    assert (document.core_properties.author, document.core_properties.last_modified_by) == ("", "")
    assert [node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:lang"))] == [f"{language}-GB"]


def test_words_in_the_other_language_are_marked_so():
    langs = [(node.get(qn("w:val")), run.getparent().text) for run in body(read("cy")).iter(qn("w:rPr")) for node in run.iter(qn("w:lang"))]
    assert langs == [("en-GB", "We are listening.")]
    header = read("cy").sections[0].header
    assert [node.get(qn("w:val")) for node in header._element.iter(qn("w:lang"))] == ["cy-GB", "en-GB", "cy-GB", "en-GB"]


def test_each_page_has_both_names_the_marking_and_its_number():
    section = read("en").sections[0]
    head = "\n".join(paragraph.text for paragraph in section.header.paragraphs)
    assert head.index("Partneriaeth Diogelwch Cymunedol") < head.index("Community Safety Partnership")
    assert "OFFICIAL" in head
    assert [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert SAID["example"][1] in section.footer.paragraphs[0].text


def test_a_draft_is_stamped_in_the_head_of_every_page():
    assert SAID["draft"][0] in read("cy", is_draft=True).sections[0].header.paragraphs[0].text
    assert SAID["draft"][0] not in read("cy").sections[0].header.paragraphs[0].text


def test_tables_repeat_their_heads_and_never_tear_a_row():
    for table in read("cy").tables:
        rows = list(table._tbl.iter(qn("w:tr")))
        assert rows[0].find(".//" + qn("w:tblHeader")) is not None
        assert all(row.find(".//" + qn("w:cantSplit")) is not None for row in rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_text_after_a_table_stands_away_from_it():
    document = read("en", more=(Table("Counts", (Column("Place"),), ((Cell("Bangor"),),)), Paragraph("After.")))
    assert document.paragraphs[-1].text == "After."
    assert document.paragraphs[-1].paragraph_format.space_before.pt == 8


def test_pictures_are_described_and_shapes_are_decoration():
    described, decorative = [], 0
    for node in body(read("cy")).iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
        if node.get("descr"):
            described.append((node.get("title"), node.get("descr")))
        else:
            decorative += any(child.tag.endswith("}decorative") for child in node.iter())
    assert described == [(SAID["each month"][0], SAID["described"][0]), (SAID["by place"][0], SAID["places"][0])]
    assert decorative >= 3


def test_states_are_words_in_word_too():
    cells = [[cell.text.strip().replace("\u00a0", "") for cell in row.cells] for row in read("en").tables[1].rows]
    assert cells[1][1:3] == ["1,233p", "177c"]
    assert cells[2][1] == "0"
    assert cells[3][1:3] == ["withheld", "withheld"]
    assert [cells[4][1], cells[5][1]] == ["no data", "late"]


def test_text_is_never_read_as_markup():
    more = (Heading(2, HOSTILE), Paragraph(HOSTILE), Bullets((HOSTILE,)), Table(HOSTILE, (Column(HOSTILE),), ((Cell(HOSTILE),),)))
    document = read("en", more=more, title=HOSTILE)
    assert texts(document).count(HOSTILE) == 5
    assert document.tables[-1].rows[1].cells[0].text == HOSTILE


def test_the_file_holds_only_what_it_shows():
    with zipfile.ZipFile(io.BytesIO(word.document(paper("en"), drawings("en")))) as held:
        names = held.namelist()
        assert not [name for name in names if "thumbnail" in name or "customXml" in name or "comments" in name or "embeddings" in name]
        assert all(item.date_time[0] == 1980 for item in held.infolist())
        fonts = held.read("word/fontTable.xml").decode()
    assert "Source Serif 4" in fonts
    assert 'altName w:val="Georgia"' in fonts


def test_equal_papers_give_equal_files():
    assert word.document(paper("cy"), drawings("cy")) == word.document(paper("cy"), drawings("cy"))


def test_a_figure_without_its_drawing_is_not_left_out_in_silence():
    with pytest.raises(KeyError, match="months"):
        word.document(paper("en"), {})


def test_pixels_are_drawn_for_word_and_for_no_page(monkeypatch):
    made, png_of = [], drawing.png_of
    monkeypatch.setattr(drawing, "png_of", lambda svg: made.append(svg) or png_of(svg))
    pictures = {key: drawing.drawing_of(each.wide, each.narrow) for key, each in drawings("cy").items()}
    html.page(paper("cy"), pictures)
    assert made == []
    word.document(paper("cy"), pictures)
    word.document(paper("cy"), pictures)
    assert made == [drawing.on_white(each.wide) for each in pictures.values()]
