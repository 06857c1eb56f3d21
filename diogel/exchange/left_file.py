"""The cells of a file that found no place, as an Excel file: nothing is lost."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from diogel.words.cells import put

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
