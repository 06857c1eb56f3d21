"""A paper made ready for a page: each block as the template that draws it and plain values for that template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from . import marks
from .blocks import (
    Agenda,
    Block,
    Bullets,
    Cell,
    Column,
    Definitions,
    Figure,
    Heading,
    Mark,
    Notice,
    Paper,
    Paragraph,
    Picture,
    Quote,
    Table,
)
from .labels import STATE_LETTERS, label, table_notes, tone

_CELL_CLASSES = {"missing": "dg-missing", "late": "dg-missing dg-missing--late", "withheld": "dg-withheld"}
_WIDE_TABLE = 4  # columns from which a table is too wide for a narrow screen
_SIDE_BY_SIDE = 3
"""Columns of words that do not fit beside one another on a phone, in Welsh."""
_FIGURES = 2  # columns of numbers from which they are read beside one another: such a table scrolls, any other is stacked


def shown(paper: Paper, pictures: Mapping[str, Picture], *, tables_open: bool = False) -> list[dict[str, Any]]:
    """One dict a block, for `published/blocks.html`. KeyError names a figure whose picture is not there."""
    return show_blocks(paper.blocks, pictures, paper.language, tables_open=tables_open)


def show_blocks(
    blocks: Sequence[Block], pictures: Mapping[str, Picture], language: str, *, tables_open: bool = False
) -> list[dict[str, Any]]:
    """The same for some blocks of a paper, such as one section on a page of its own."""
    return _numbered([_shown(block, pictures, language, tables_open) for block in blocks])


def contents(shown: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The sections of a page in their order, each with its title and the `id` by which a list of contents leads to it."""
    return [{"id": block["id"], "text": block["text"]} for block in shown if block.get("id")]


def _numbered(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every heading that opens a section gets an id: its place among them, for what is frozen keeps its order."""
    sections = (block for block in shown if block.get("level") == "2")
    for number, block in enumerate(sections, start=1):
        block["id"] = f"section-{number}"
    return shown


def _shown(block: Block, pictures: Mapping[str, Picture], language: str, tables_open: bool) -> dict[str, Any]:
    kind = type(block).__name__.lower()
    return {"template": f"published/{kind}.html"} | _values(block, pictures, language, tables_open)


def _values(block: Block, pictures: Mapping[str, Picture], language: str, tables_open: bool) -> dict[str, Any]:
    match block:
        case Heading():
            return {"level": str(block.level), "text": block.text}
        case Paragraph() | Quote():
            return {"block": block}
        case Notice():
            return {"kind": block.kind, "text": block.text, "language": block.language}
        case Agenda():
            asks = [{"number": a.number, "sentence": a.sentence, "wanted": a.wanted, "mark": a.mark and _mark(a.mark)} for a in block.asks]
            return {"asks": asks}
        case Table():
            return {"table": _table(block, language)}
        case Definitions():
            return {"items": [{"term": i.term, "text": i.text, "mark": _shape(i.mark)} for i in block.items]}
        case Bullets():
            return {"items": block.items}
        case Figure():
            return _figure(block, pictures[block.drawing], language, tables_open)
    raise TypeError(f"no page shows a {type(block).__name__}")


def _figure(figure: Figure, picture: Picture, language: str, tables_open: bool) -> dict[str, Any]:
    return {
        "figure": figure,
        "wide": _titled(picture.wide, figure),
        "narrow": picture.narrow,
        "table": figure.table and _table(figure.table, language),
        "tables_open": tables_open,
        "table_label": label("table_of_figure", language),
    }


def _titled(svg: str, figure: Figure) -> str:
    """The drawing with its title and description inside, so that it keeps them when it is saved on its own."""
    head, closed, rest = svg.partition(">")
    return f"{head}{closed}<title>{escape(figure.title)}</title><desc>{escape(figure.description)}</desc>{rest}"


def _table(table: Table, language: str) -> dict[str, Any]:
    heads = [{"title": column.title, "is_end": column.align == "end"} for column in table.columns]
    is_wide, has_figures = len(heads) >= _WIDE_TABLE, sum(bool(head["is_end"]) for head in heads) >= _FIGURES
    rows = [[_cell(cell, column) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows]
    return {
        "caption": table.caption,
        "heads": heads,
        "rows": rows,
        "notes": table_notes(table, language),
        "scrolls": is_wide and has_figures,
        "stacks": len(heads) >= _SIDE_BY_SIDE and not has_figures,
    }


def _cell(cell: Cell, column: Column) -> dict[str, Any]:
    return {
        "text": cell.text,
        "head": column.title,
        "href": cell.href,
        "is_end": column.align == "end" or cell.numeric,
        "state_class": _CELL_CLASSES.get(cell.state, ""),
        "letter": STATE_LETTERS.get(cell.state, ""),
        "mark": _shape(cell.mark, cell.times),
        "tone": tone(cell.mark) if cell.mark else "",
    }


def _mark(mark: Mark) -> dict[str, str]:
    return {"svg": _shape(mark.shape, mark.times), "word": mark.word, "tone": tone(mark.shape)}


def _shape(shape: str, times: int = 0) -> str:
    """The inline drawing of a mark, hidden from readers who get its word."""
    if not shape:
        return ""
    classes = "dg-ic dg-ic--wide" if times > 1 else "dg-ic"
    return marks.svg(shape, times=times).replace("<svg ", f'<svg class="{classes}" aria-hidden="true" focusable="false" ', 1)
