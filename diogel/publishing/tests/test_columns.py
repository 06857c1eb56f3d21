"""Columns are as wide as their words: figures stay on one line, long texts share what is left."""

from __future__ import annotations

import pytest

from diogel.published.blocks import Cell, Column, Table
from diogel.publishing.columns import shares

LONG = "a sentence that goes on for longer than one line of any column in this table could hold, and then some more of it"


def table(*columns: Column, rows: tuple[tuple[str, ...], ...]) -> Table:
    return Table("A table", columns, tuple(tuple(Cell(text) for text in row) for row in rows))


@pytest.mark.parametrize("rows", [(("Bangor", "3"),), ((LONG, "1,304"), (LONG, "7")), ((LONG, LONG),), ()])
def test_the_parts_make_a_whole(rows):
    parts = shares(table(Column("Place"), Column("Count", "end"), rows=rows))
    assert sum(parts) == pytest.approx(1)
    assert all(part > 0.04 for part in parts)


def test_what_is_left_over_goes_to_the_words():
    place, count = shares(table(Column("Place"), Column("Count", "end"), rows=(("Bangor", "3"),)))
    assert place > 4 * count


def test_a_figure_keeps_its_line_whatever_share_was_asked_for():
    columns = (Column("Measure", share=9), Column("Now", "end", share=1))
    measure, now = shares(table(*columns, rows=((LONG, "66% (158 of 241)"),)))
    assert now > 16 / 116
    assert measure > 0.5


def test_shares_are_kept_where_everything_fits():
    assert shares(table(Column("A", share=3), Column("B", share=1), rows=(("x", "y"),))) == (0.75, 0.25)


def test_a_table_of_words_only_still_fits_the_page():
    parts = shares(table(*(Column(f"Heading {k}") for k in range(8)), rows=(tuple(["word"] * 8),)))
    assert sum(parts) == pytest.approx(1)
