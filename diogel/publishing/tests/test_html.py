"""The HTML file stands alone, speaks its language to every reader, and takes text as text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html as parsing

from diogel.published.blocks import Bullets, Cell, Column, Heading, Notice, Paragraph, Table
from diogel.published.tests.pictures import drawings
from diogel.published.tests.sample import SAID, paper
from diogel.publishing import html

HOSTILE = "<script>alert('x')</script> \"quoted\" & {{ settings }} {% now %}"


def tree(language: str, **more):
    return parsing.document_fromstring(html.page(paper(language, **more), drawings(language)))


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_file_names_its_language_and_its_title(language):
    page = tree(language)
    assert page.get("lang") == language
    assert page.findtext(".//title") == SAID["title"][language == "en"]
    assert [h.text_content() for h in page.iter("h1")] == [SAID["title"][language == "en"]]


def test_both_names_stand_in_the_head_welsh_first_each_in_its_own_language():
    names = tree("en").xpath('//header//*[@class="dg-twins"]/span')
    assert [(name.get("lang"), name.text_content()) for name in names] == [
        ("cy", "Partneriaeth Diogelwch Cymunedol Gwynedd a Môn"),
        ("en", "Community Safety Partnership Gwynedd and Anglesey"),
    ]


def test_each_table_has_a_caption_and_scopes():
    for table in tree("cy").iter("table"):
        assert table.findtext("caption")
        assert all(head.get("scope") == "col" for head in table.xpath("thead//th"))
        assert all(row[0].tag == "th" and row[0].get("scope") == "row" for row in table.xpath("tbody/tr"))


def test_each_picture_is_described_and_its_letters_are_text():
    for drawn in tree("cy").xpath('//*[@role="img"]'):
        assert drawn.get("aria-label") in (SAID["described"][0], SAID["places"][0])
        assert drawn.xpath('./*[local-name()="svg"]')[0].get("aria-hidden") == "true"
    page = html.page(paper("cy"), drawings("cy"))
    assert f"<title>{SAID['each month'][0]}</title><desc>{SAID['described'][0]}</desc>" in page


def test_the_table_of_a_figure_follows_it_open():
    details = tree("en").xpath("//figure/details")
    assert details
    assert all("open" in found.attrib and found.xpath(".//table") for found in details)


def test_what_is_missing_withheld_late_and_zero_look_different():
    page = tree("en")
    assert [cell.text_content() for cell in page.xpath('//td/*[@class="dg-withheld"]')] == ["withheld", "withheld"]
    assert [cell.text_content() for cell in page.xpath('//td/*[@class="dg-missing"]')] == ["no data"]
    assert [cell.text_content() for cell in page.xpath('//td/*[contains(@class, "dg-missing--late")]')] == ["late"]
    assert "0" in [cell.text_content().strip() for cell in page.xpath("//td")]
    assert [letter.text for letter in page.xpath("//td/sup")] == ["p", "c"]


def test_text_is_never_read_as_markup():
    more = (Heading(2, HOSTILE), Paragraph(HOSTILE), Bullets((HOSTILE,)), Table(HOSTILE, (Column(HOSTILE),), ((Cell(HOSTILE),),)))
    page = tree("en", more=more, title=HOSTILE)
    assert not page.xpath("//script")
    assert page.findtext(".//h1") == HOSTILE
    assert [row.text_content() for row in page.xpath("//ul/li")][-1] == HOSTILE


def test_the_file_asks_nothing_of_another_machine():
    page = html.page(paper("cy"), drawings("cy"))
    assert not re.search(r'(?:src|href)\s*=\s*"(?!#)', page)
    assert not re.search(r"url\((?!data:|#)", page)
    assert not re.search(r"\sstyle=|<script|<link|@import", page)


def test_a_draft_says_so_and_a_final_paper_does_not():
    assert tree("en", is_draft=True).xpath('//*[@class="dg-stamp dg-stamp--draft"]')[0].text == SAID["draft"][1]
    assert not tree("en").xpath('//*[contains(@class, "draft")]')


def test_a_notice_cannot_break_out_of_the_style():
    hostile = Notice("draft", '"} body { display: none } </style><script>x()</script>')
    told = replace(paper("en"), notices=(hostile,))
    page = parsing.document_fromstring(html.page(told, drawings("en")))
    assert not page.xpath("//script")
    assert len(page.xpath("//style")) == 1
    assert "display: none }" not in page.findtext(".//style").partition(":root")[0]


def test_a_sentence_in_the_other_language_is_marked_so():
    assert [quote.get("lang") for quote in tree("cy").iter("blockquote")] == [None, "en"]


def test_a_figure_without_its_drawing_is_not_left_out_in_silence():
    with pytest.raises(KeyError, match="months"):
        html.page(paper("en"), {})
