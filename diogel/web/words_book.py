"""A translator's file as an Excel workbook: one sheet to type in, one that says what it is; read back without reckoning anything."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from diogel.analysis.reading.excel_tables import book_in
from diogel.analysis.reading.office_packed import opened_as
from diogel.analysis.reading.table_reasons import Untaken
from diogel.plan.tracker import KIND as KIND
from diogel.plan.tracker import PAPER
from diogel.words.cells import put
from diogel.words.refusals import said

from .words_files import FORMAT, MOST_BYTES, MOST_UNITS, BadFile, Came, Returned
from .words_units import LANGUAGES, Unit

TO_FILL = "FFF4CC"
MARK, LANGUAGE, SOURCE, TARGET = "mark", "language", "source", "target"
# What the columns are called, in the reader's language, and how wide they are.
COLUMNS: Mapping[str, tuple[Any, int]] = {
    MARK: (gettext_lazy("Mark: do not change"), 12),
    "where": (gettext_lazy("Where it stands"), 26),
    "state": (gettext_lazy("State"), 18),
    LANGUAGE: (gettext_lazy("From"), 7),
    SOURCE: (gettext_lazy("Sentence"), 50),
    TARGET: (gettext_lazy("Translation: type here"), 50),
    "before": (gettext_lazy("Sentence as it was last checked"), 40),
    "before_target": (gettext_lazy("Its translation then"), 40),
    "like": (gettext_lazy("Most like it, from before"), 40),
    "like_target": (gettext_lazy("How that was translated"), 40),
    "terms": (gettext_lazy("Words of the glossary"), 34),
    "most": (gettext_lazy("Characters at most"), 11),
    "url": (gettext_lazy("Address on the desk"), 40),
}
_NEEDED = (MARK, LANGUAGE, SOURCE, TARGET)


def written(units: Sequence[Unit], *, slug: str, named: str, on: date, is_example: bool) -> bytes:
    """The workbook in the reader's language. No person stands in it."""
    book = openpyxl.Workbook()
    book.properties.creator, book.properties.title = "Diogel", _("Sentences to translate")
    sheet: Any = book.active
    sheet.title = _("Words")
    for at, (head, width) in enumerate(COLUMNS.values(), 1):
        cell = _put(sheet, 1, at, str(head))
        cell.font, cell.fill = Font(name="Calibri", bold=True), PatternFill("solid", fgColor=PAPER)
        sheet.column_dimensions[get_column_letter(at)].width = width
    for row, each in enumerate(units, 2):
        for at, words in enumerate(_cells(each), 1):
            _put(sheet, row, at, words)
        sheet.cell(row, list(COLUMNS).index(TARGET) + 1).fill = PatternFill("solid", fgColor=TO_FILL)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(units) + 1}"
    _about(book.create_sheet(_("About")), slug, named, on, is_example)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(each: Unit) -> list[str]:
    before = (each.before.say(each.language), each.before.say(each.into)) if each.before else ("", "")
    like = (f"{each.like.source} ({each.like.origin}, {each.like.per_cent}%)", each.like.target) if each.like else ("", "")
    terms = "\n".join(f"{term.said(each.language)} → {term.said(each.into)}" for term in each.terms)
    stands = (each.mark, each.where, each.state_word, each.language, each.source, each.target)
    return [*stands, *before, *like, terms, str(each.most or ""), each.url]


def _about(sheet: Any, slug: str, named: str, on: date, is_example: bool) -> None:
    lines = [
        (FORMAT, slug),
        (_("Partnership"), named),
        (_("Given out on"), date_format(on, "j F Y")),
        (
            _("How to fill it in"),
            _("Type only in the yellow column. Rows may be left out or put in another order; marks and sentences stay as they are."),
        ),
    ]
    if is_example:
        lines.append((_("Example"), str(settings.EXAMPLE_LINE)))
    for row, (head, words) in enumerate(lines, 1):
        _put(sheet, row, 1, head).font = Font(name="Calibri", bold=True)
        _put(sheet, row, 2, words)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 80


def _put(sheet: Any, row: int, column: int, words: str) -> Any:
    cell = put(sheet, row, column, words)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def read(data: bytes) -> Returned:
    """What came back. BadFile in one sentence where it is no workbook of ours, or damaged."""
    book = _opened(data)
    sheets = [list(_rows(sheet)) for sheet in book.worksheets]
    slug = next((str(row[1].value or "") for rows in sheets for row in rows[:10] if len(row) > 1 and row[0].value == FORMAT), "")
    if not slug:
        raise BadFile(_("This workbook was not given out here: the sheet that says what it is is missing or was changed."))
    for rows in sheets:
        if rows and (places := _places([str(cell.value or "").strip() for cell in rows[0]])):
            return Returned(slug, tuple(_came(number, row, places) for number, row in enumerate(rows[1:], 2) if _holds(row, places)))
    raise BadFile(_("The sheet of sentences is missing, or the heads of its columns were changed."))


def _opened(data: bytes) -> Any:
    if len(data) > MOST_BYTES:
        raise BadFile(_("This file is larger than any that is given out here."))
    try:
        opened_as(data, "excel")
        return book_in(data, data_only=False)
    except Untaken as refusal:
        raise BadFile(said(refusal)) from None


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(sheet.iter_rows(max_col=len(COLUMNS) + 5), 1):
        if number > MOST_UNITS + 1:
            raise BadFile(_("This file holds more sentences than any that is given out here."))
        yield row


def _places(heads: list[str]) -> dict[str, int]:
    """Where the columns are that are needed, by their heads in either language; none where one is missing."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        with override(language):
            found |= {name: heads.index(str(COLUMNS[name][0])) for name in _NEEDED if str(COLUMNS[name][0]) in heads}
    return found if len(found) == len(_NEEDED) else {}


def _holds(row: Sequence[Any], places: Mapping[str, int]) -> bool:
    return any(row[at].value not in (None, "") for at in places.values())


def _came(number: int, row: Sequence[Any], places: Mapping[str, int]) -> Came:
    cells = {name: row[at] for name, at in places.items()}
    words = {name: "" if cell.value is None else str(cell.value).strip() for name, cell in cells.items()}
    is_formula = any(cell.data_type == "f" for cell in cells.values())
    return Came(words[MARK], words[LANGUAGE], words[SOURCE], words[TARGET], str(number), is_formula=is_formula)
