"""A paper as tagged PDF/UA-1: Typst refuses to make one whose picture has no description or whose title is missing."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import typst

from diogel.published import marks, typefaces
from diogel.published.blocks import Agenda, Block, Bullets, Cell, Definitions, Figure, Heading, Mark, Notice, Paper, Paragraph, Quote, Table
from diogel.published.drawing import Drawings
from diogel.published.labels import STATE_LETTERS, label, table_notes, tone

from .columns import keeps_together, shares

_TEMPLATE = Path(__file__).parent / "paper.typ"
_HEADED = re.compile(rb"/S/TD(/P \d+ 0 R/A\[<</O/Table)(/Headers\[\(U\d+x(\d+)y0\)\])")


def document(paper: Paper, drawings: Drawings) -> bytes:
    """The PDF's bytes, equal for equal papers. KeyError names a figure without a drawing; typst.TypstError a paper that cannot be tagged."""
    told = json.dumps(_paper(paper, drawings), ensure_ascii=False)
    made = _compiler().compile(format="pdf", sys_inputs={"paper": told}, pdf_standards="ua-1", timestamp=_moment(paper))
    assert isinstance(made, bytes), "one PDF is asked for and one is made"
    return _HEADED.sub(_named_by_row, made)


def _named_by_row(cell: re.Match[bytes]) -> bytes:
    """Tag the first cell of each row as that row's head, and leave the others to the scopes of both heads.

    Typst tags column heads only. Its tags are plain text, and what is put in is as long as what it replaces, so every offset holds.
    """
    before, headers, column = cell[1], cell[2], cell[3]
    if column != b"0":
        return b"/S/TD" + before + b" " * len(headers)
    return b"/S/TH" + before + b"/Scope/Row".ljust(len(headers))


@cache
def _compiler() -> typst.Compiler:
    """One compiler for all papers: reading the typefaces costs more than setting a paper."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(typefaces.folder())])
    return typst.Compiler(str(_TEMPLATE), font_paths=fonts)


def _moment(paper: Paper) -> int:
    """The data day as seconds: the file must not change because a clock did."""
    return (paper.data_on.toordinal() - 719163) * 86400


def _paper(paper: Paper, drawings: Drawings) -> dict[str, Any]:
    """What the template reads: plain values, each word already in the paper's language."""
    return {
        "language": paper.language,
        "title": paper.title,
        "kicker": paper.kicker,
        "partnership": {"cy": paper.partnership.cy, "en": paper.partnership.en},
        "place": {"cy": paper.place.cy, "en": paper.place.en},
        "marking": paper.marking,
        "foot": paper.foot,
        "page": label("page", paper.language),
        "draft": label("draft", paper.language),
        "logo": marks.logo(marks.COLOURS["ink"]),
        "notices": [{"kind": notice.kind, "text": notice.text, "language": notice.language} for notice in paper.notices],
        "blocks": [{"kind": type(block).__name__.lower()} | _block(block, drawings, paper.language) for block in paper.blocks],
    }


def _block(block: Block, drawings: Drawings, language: str) -> dict[str, Any]:
    match block:
        case Heading():
            return {"level": block.level, "text": block.text}
        case Paragraph():
            return {"text": block.text, "voice": block.voice, "language": block.language}
        case Notice():
            return {"notice": block.kind, "text": block.text, "language": block.language}
        case Agenda():
            asks = [{"number": a.number, "sentence": a.sentence, "wanted": a.wanted, "mark": a.mark and _mark(a.mark)} for a in block.asks]
            return {"asks": asks}
        case Table():
            return _table(block, language)
        case Figure():
            return _figure(block, drawings, language)
        case Definitions():
            return {"items": [{"term": i.term, "text": i.text, "svg": _shape(i.mark)} for i in block.items]}
        case Bullets():
            return {"items": list(block.items)}
        case Quote():
            return {"text": block.text, "source": block.source, "language": block.language}
    raise TypeError(f"no PDF shows a {type(block).__name__}")


def _figure(figure: Figure, drawings: Drawings, language: str) -> dict[str, Any]:
    drawing = drawings[figure.drawing]
    return {
        "title": figure.title,
        "subtitle": figure.subtitle,
        "description": figure.description,
        "source": figure.source,
        "svg": drawing.wide,
        "width": drawing.width,
        "table": figure.table and _table(figure.table, language),
    }


def _table(table: Table, language: str) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": [{"title": c.title, "align": c.align, "share": share} for c, share in zip(table.columns, shares(table), strict=True)],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "notes": list(table_notes(table, language)),
        "together": keeps_together(table),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    shape_tone = tone(cell.mark)
    return {
        "text": cell.text,
        "state": cell.state,
        "href": cell.href if ":" in cell.href else "",  # a paper on its own leads nowhere inside the site
        "svg": _shape(cell.mark, cell.times),
        "tone": shape_tone,
        "letter": STATE_LETTERS.get(cell.state, ""),
    }


def _mark(mark: Mark) -> dict[str, str]:
    return {"svg": _shape(mark.shape, mark.times), "word": mark.word, "tone": tone(mark.shape)}


def _shape(shape: str, times: int = 0) -> str:
    return marks.svg(shape, marks.COLOURS[tone(shape)], times) if shape else ""
