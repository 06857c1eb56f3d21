"""A paper is stored as plain data and read back whole, and cannot be built senseless."""

from __future__ import annotations

import json

import pytest

from diogel.published.blocks import Cell, Column, Figure, Heading, Notice, Paper, Paragraph, Table, paragraphs
from diogel.published.labels import LABELS, table_notes
from diogel.published.marks import SHAPES, svg
from diogel.published.tests.sample import paper


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_paper_comes_back_from_json_as_it_was(language):
    stored = json.dumps(paper(language, is_draft=True).to_json())
    assert Paper.from_json(json.loads(stored)) == paper(language, is_draft=True)


def test_a_block_that_is_not_known_is_refused_by_name():
    stored = paper("en").to_json()
    stored["blocks"].append({"is": "Script", "text": "alert(1)"})
    with pytest.raises(ValueError, match="Script"):
        Paper.from_json(stored)


def test_a_field_that_is_not_known_is_refused_by_name():
    stored = paper("en").to_json()
    stored["blocks"][0]["colour"] = "red"
    with pytest.raises(ValueError, match="colour"):
        Paper.from_json(stored)


def test_a_row_has_as_many_cells_as_the_table_has_columns():
    with pytest.raises(ValueError, match="Row 1 of 'Counts' has 1 cells"):
        Table("Counts", (Column("Place"), Column("Count")), ((Cell("Bangor"),),))


@pytest.mark.parametrize(
    "build",
    [
        lambda: Heading(1, "A second title"),
        lambda: Paragraph("Text", voice="shouted"),
        lambda: Notice("secret", "Text"),
        lambda: Cell("3", state="small"),
        lambda: Cell(" ", state="withheld"),
        lambda: Figure("A title", "", "key"),
        lambda: Column("Count", align="centre"),
    ],
)
def test_what_makes_no_sense_cannot_be_built(build):
    with pytest.raises(ValueError, match=r"."):
        build()


def test_only_a_draft_notice_makes_a_paper_a_draft():
    assert paper("en", is_draft=True).is_draft
    assert not paper("en").is_draft


def test_each_word_a_paper_says_by_itself_stands_in_both_languages():
    assert all(set(pair) == {"cy", "en"} and all(pair.values()) for pair in LABELS.values())


def test_the_letters_in_a_table_are_explained_under_it():
    table = next(block for block in paper("en").blocks if isinstance(block, Table))
    assert [note[:2] for note in table_notes(table, "en")] == ["“L", "p:", "c:"]


def test_a_shape_keeps_its_colour_from_its_word_unless_told_otherwise():
    assert all("currentColor" in svg(shape) for shape in SHAPES)
    assert "currentColor" not in svg("late", "#942514")
    assert svg("carry", times=3).count("<g ") == 3


def test_pasted_control_characters_become_spaces_everywhere():
    pasted = paper("en", title="One\x0btwo\x00", more=(Table("a\nb", (Column("c\td"),), ((Cell("e\x1ff"),),)),))
    assert pasted.title == "One two "
    assert (pasted.blocks[-1].caption, pasted.blocks[-1].columns[0].title, pasted.blocks[-1].rows[0][0].text) == ("a b", "c d", "e f")


def test_typed_lines_become_paragraphs():
    assert [p.text for p in paragraphs("One.\n\n  Two. \r\nThree.")] == ["One.", "Two.", "Three."]


def test_a_heading_that_skips_a_level_is_refused_by_name():
    with pytest.raises(ValueError, match="'Too deep' skips a level"):
        paper("en", more=(Heading(2, "Fine"), Heading(4, "Too deep")))
