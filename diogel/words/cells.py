"""Puts words into a cell of a workbook as words: what begins like a formula is none, whoever typed it."""

from __future__ import annotations

from datetime import date
from typing import Any

LONGEST = 32_767
"""Characters that a cell of Excel holds."""


def put(sheet: Any, row: int, column: int, value: Any) -> Any:
    """The cell, filled; signs that no workbook may hold are left out."""
    cell = sheet.cell(row=row, column=column)
    if isinstance(value, str):
        cell.value = "".join(sign for sign in value if sign >= " " or sign in "\n\t")[:LONGEST] or None
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"
    return cell
