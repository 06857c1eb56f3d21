"""The cells of a file that found no place, as an Excel file: nothing is lost."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from diogel.analysis.reading.plan_found import Unplaced
from diogel.words.cells import put

from .steps import Step

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def cells_left(unplaced: Iterable[Unplaced], steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Every cell without a place, those of rows that are taken over too: its table, line, head, text, why, and how often it stands there.
    `why` is a code of the table's, or said as it is of a row."""
    cells = [
        {"table": each.table, "line": each.line, "head": each.head, "text": each.text, "why": each.why, "times": each.times}
        for each in unplaced
    ]
    return cells + [
        {**_place(step), "head": str(each.label), "text": each.text, "why": each.why, "times": 1} for step in steps for each in step.left
    ]


def cells_unticked(steps: Iterable[Step], taken: Collection[str]) -> list[dict[str, Any]]:
    """Every row that was not ticked, whole, cell by cell."""
    why = _("The row was not ticked.")
    return [
        {**_place(step), "head": str(each.label), "text": each.file, "why": why, "times": 1}
        for step in steps if step.key not in taken and step.state != "same" for each in step.changes
    ]  # fmt: skip


def _place(step: Step) -> dict[str, int]:
    table, _dot, line = step.key.partition(".")
    return {"table": int(table), "line": int(line)}


def left_file(cells: Iterable[dict[str, Any]], *, file_name: str) -> bytes:
    """A sheet with a row a cell: where it stood, what it said, and why it was left."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("What was left")
    book.properties.creator, book.properties.title = "Diogel", file_name[:200]
    heads = ((_("Table"), 8), (_("Row"), 8), (_("Column"), 30), (_("What it says"), 90), (_("Why it was left"), 60))
    for at, (head, width) in enumerate(heads, 1):
        put(sheet, 1, at, head).font = Font(bold=True)
        sheet.column_dimensions["ABCDE"[at - 1]].width = width
    for row, each in enumerate(cells, 2):
        for at, value in enumerate((each["table"] or "", each["line"], each["head"], each["text"], each["why"]), 1):
            put(sheet, row, at, value).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
