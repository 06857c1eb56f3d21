"""A Word file of ours from nothing: landscape, its language set, no author, tables whose heads are repeated on each page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_PAGE = (29.7, 21.0, 1.8)
"""Centimetres of A4 on its side: width, height, margin."""


def begun(*, title: str, language: str) -> Any:
    """An empty document that names nobody."""
    document = Document()
    about = document.core_properties
    about.author, about.last_modified_by, about.comments, about.title = "Diogel", "", "", title[:255]
    about.created = about.modified = _LONG_AGO
    about.language = f"{language}-GB"
    for name in ("Normal", "Heading 1", "Heading 2", "Title", "Table Grid"):
        style: Any = document.styles[name]
        style.font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10)  # type: ignore[attr-defined]
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(_PAGE[0]), Cm(_PAGE[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_PAGE[2])
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), f"{language}-GB")
    document.add_heading(title, 0)
    return document


def table(document: Any, heads: Sequence[str], widths: Sequence[float]) -> Any:
    """A ruled table with its line of heads; `widths` are shares of the page."""
    made = document.add_table(rows=1, cols=len(heads))
    made.style, made.autofit = "Table Grid", False
    room = _PAGE[0] - 2 * _PAGE[2]
    whole = sum(widths)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(room * width / whole)
    for cell, head in zip(made.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return made


def line(made: Any, words: Sequence[str], *, is_bold_first: bool = False) -> None:
    """A row of a table, not torn over a page; a line's end begins a paragraph."""
    row = made.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for at, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
        first, *more = clean(text).split("\n")
        cell.paragraphs[0].add_run(first).bold = is_bold_first and at == 0
        for each in more:
            cell.add_paragraph(each)


def across(made: Any, text: str) -> None:
    """A row with one cell over the whole width: a heading inside a table."""
    cells = made.add_row().cells
    merged = cells[0].merge(cells[-1])
    merged.paragraphs[0].add_run(clean(text)).bold = True


def clean(text: str) -> str:
    """Without the signs that XML cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")


def packed(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
