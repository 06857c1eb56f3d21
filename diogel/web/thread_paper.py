"""The thread of a theme on one sheet of A4: a tagged PDF in the reader's language; what does not fit is counted, with where it stands."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from pypdf import PdfReader

from diogel.published.blocks import Block, Cell, Column, Notice, Pair, Paper, Paragraph, Table
from diogel.publishing import pdf
from diogel.publishing.markings import marking_said
from diogel.publishing.quarterly_progress import SHAPES

from .thread_sheet import Line, Part, Sheet, status_word

FEWER = ((9, 200), (7, 160), (6, 130), (5, 110), (4, 90), (3, 80), (2, 70), (1, 60))
"""How many links of a kind are named, and with how many letters each: as many as fit on one page."""


def one_page(sheet: Sheet, *, finding: str, address: str, day: date) -> bytes:
    """The PDF, exactly one page. `address` is where the whole thread stands."""
    for most, letters in FEWER:
        made = pdf.document(paper(sheet, finding=finding, address=address, day=day, most=most, letters=letters), {})
        if len(PdfReader(io.BytesIO(made)).pages) == 1:
            return made
    raise ValueError(f"the thread of {sheet.theme.code} fits on no single page")


def paper(sheet: Sheet, *, finding: str, address: str, day: date, most: int, letters: int) -> Paper:
    """The sheet as a paper of the partnership's own, with at most so many links of a kind, cut to so many letters."""
    who = sheet.theme.partnership
    return Paper(
        language=(get_language() or "en")[:2],
        title=finding,
        kicker=_("Golden thread"),
        partnership=Pair(who.name_cy, who.name_en),
        place=Pair(who.place_cy, who.place_en),
        marking=marking_said(who.marking, is_public=False),
        audience="internal",
        version="1",
        data_on=day,
        notices=(Notice("example", str(settings.EXAMPLE_LINE)),) if who.is_example else (),
        blocks=tuple(_blocks(sheet, address, most, letters)),
        foot=_("The whole thread: %(address)s") % {"address": address},
    )


def _blocks(sheet: Sheet, address: str, most: int, letters: int) -> Iterator[Block]:
    if gaps := sheet.gaps:
        yield Paragraph(_("Gaps: %(gaps)s.") % {"gaps": ", ".join(gaps)}, "work")
    columns = (Column(_("Link"), share=2), Column(_("What stands there"), share=6), Column(_("How it stands"), share=5))
    rows = tuple(row for part in sheet.parts for row in _rows(part, address, most, letters))
    yield Table(_("From the evidence to where it was told"), columns, rows)


def _rows(part: Part, address: str, most: int, letters: int) -> Iterator[tuple[Cell, ...]]:
    if part.is_gap:
        yield Cell(part.label), Cell(part.missing, state="missing"), Cell(_("a gap"), state="missing")
    elif not part.lines:
        yield Cell(part.label), Cell(part.missing), Cell("–")
    for line in part.lines[:most]:
        yield Cell(part.label), Cell(_named(line, letters)), _state(line, letters)
    more = len(part.lines) - most
    if more > 0:
        words = ngettext("One more stands at the address below.", "%(n)s more stand at the address below.", more)
        yield Cell(part.label), Cell(words % {"n": more}), Cell("–")


def _named(line: Line, letters: int) -> str:
    text = Truncator(line.text).chars(letters)
    return _("%(number)s: %(title)s") % {"number": line.mark, "title": text} if line.mark else text


def _state(line: Line, letters: int) -> Cell:
    note = Truncator(line.note).chars(letters)
    if not line.status:
        return Cell(note or "–", state="missing" if line.is_gap else "")
    words = status_word(line.status)
    return Cell(_("%(status)s. %(said)s") % {"status": words, "said": note} if note else words, mark=SHAPES.get(line.status, "todo"))
