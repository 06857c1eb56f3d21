"""The PDF is tagged, described and in its language; the compiler refuses what is not, and text is never markup."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from diogel.published.blocks import Bullets, Cell, Column, Heading, Paragraph, Quote, Table
from diogel.published.tests.pictures import drawings
from diogel.published.tests.sample import SAID, paper
from diogel.publishing import pdf

HOSTILE = '#panic("x") $1/2$ *bold* _it_ `raw` <label> @ref \\n ~ -- // note [a](b) <script>alert(1)</script> = title'


def read(language: str, **more) -> PdfReader:
    return PdfReader(io.BytesIO(pdf.document(paper(language, **more), drawings(language))))


def tags(reader: PdfReader) -> list[dict]:
    found = []

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for kid in node:
                walk(kid)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(node)
            walk(node.get("/K"))

    walk(reader.root_object["/StructTreeRoot"])
    return found


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_file_is_tagged_titled_and_names_its_language(language):
    root = read(language).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == f"{language}-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read(language).metadata.title == SAID["title"][language == "en"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_headings_tables_lists_and_pictures_are_what_they_look_like():
    kinds = [tag["/S"] for tag in tags(read("cy"))]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/Table", "/Caption", "/THead", "/TH", "/TR", "/TD", "/L", "/LI", "/Figure", "/P"} <= set(kinds)


def test_each_row_has_its_head_and_each_column_too():
    rows = [[kid.get_object() for kid in tag["/K"]] for tag in tags(read("cy")) if tag["/S"] == "/TR"]
    assert rows
    for row in rows:
        scopes = [str(cell["/A"][0].get("/Scope", "")) for cell in row]
        if row[0]["/A"][0]["/Scope"] == "/Column":
            assert set(scopes) == {"/Column"}
        else:
            assert [str(cell["/S"]) for cell in row] == ["/TH"] + ["/TD"] * (len(row) - 1)
            assert scopes == ["/Row"] + [""] * (len(row) - 1)
            assert not any("/Headers" in cell["/A"][0] for cell in row)


def test_each_picture_has_its_description_in_the_tags():
    described = [str(tag["/Alt"]) for tag in tags(read("cy")) if tag["/S"] == "/Figure"]
    assert described == [SAID["described"][0], SAID["places"][0]]


def test_the_letters_of_a_chart_are_text():
    text = words(" ".join(page.extract_text() for page in read("cy").pages))
    assert "96 ym mis Tachwedd" in text
    assert "ystod ddisgwyliedig" in text
    assert text.count("96 ym mis Tachwedd") == 1 + SAID["told"][0].count("96 ym mis Tachwedd")


def test_every_page_carries_both_names_its_number_and_the_example_notice():
    pages = [
        words(page.extract_text()) for page in read("en", more=tuple(Paragraph("A sentence that goes on. " * 40) for _ in range(8))).pages
    ]
    assert len(pages) >= 3
    for at, text in enumerate(pages, start=1):
        assert f"Page {at} of {len(pages)}" in text
        assert "Partneriaeth Diogelwch Cymunedol" in text
        assert "Community Safety Partnership" in text
        assert SAID["example"][1] in text
        assert "OFFICIAL" in text


def test_a_draft_is_stamped_on_every_page_and_a_final_paper_on_none():
    more = tuple(Paragraph("Brawddeg sy’n parhau. " * 40) for _ in range(8))
    assert all(SAID["draft"][0] in words(page.extract_text()) for page in read("cy", is_draft=True, more=more).pages)
    assert not any("DRAFFT" in page.extract_text() for page in read("cy", more=more).pages)


def test_text_is_never_read_as_markup():
    more = (
        Heading(2, HOSTILE),
        Paragraph(HOSTILE),
        Bullets((HOSTILE,)),
        Table(HOSTILE, (Column(HOSTILE),), ((Cell(HOSTILE),),)),
        Quote(HOSTILE),
    )
    reader = read("en", more=more, title=HOSTILE)
    assert reader.metadata.title == HOSTILE
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert text.count("".join(HOSTILE.split())) >= 7


def test_nobody_is_named_as_author_and_no_clock_is_read():
    one, two = (pdf.document(paper("en"), drawings("en")) for _ in range(2))
    assert one == two
    assert PdfReader(io.BytesIO(one)).metadata.author is None


def test_every_welsh_letter_is_in_our_typefaces():
    letters = "ŵ ŷ ẃ ẁ ẅ ỳ Ŵ Ŷ Ẃ Ẁ Ẅ Ỳ â ê î ô û ï → ≥ ✓ −"
    text = " ".join(page.extract_text() for page in read("cy", more=(Paragraph(letters), Paragraph(letters, voice="work"))).pages)
    assert words(text).count(letters) == 2


def test_a_figure_without_its_drawing_is_not_left_out_in_silence():
    with pytest.raises(KeyError, match="months"):
        pdf.document(paper("en"), {})
