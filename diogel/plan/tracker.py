"""The plan as an Excel tracker in the reader's language: a sheet of actions, a sheet of what was said of them, a sheet of what it is."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from diogel.analysis.periods import Quarter
from diogel.indicators.spans import span_name
from diogel.people.access import May, may
from diogel.processes.actions.models import Rag
from diogel.processes.actions.process import STATUSES
from diogel.words.cells import put

from .exported import for_export, more_columns, served, told_more
from .models import Number, Plan

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

INK, PAPER = "22303C", "F4F6F8"
TALLEST = 409.0
"""Points that a row of Excel may be high."""

Columns = Sequence[tuple[str, int]]


def tracker(plan: Plan, user: Any, *, on: date, with_people: bool = False) -> bytes:
    """The workbook, with the actions that `user` may see, and their money where they may see that. No person stands in it, for bodies
    answer for actions, unless it is for the inside: `with_people`, where `user` may see who is who (PermissionDenied)."""
    held = for_export(plan, user, with_people=with_people, also=("action__updates",))
    with_money = may(user, May.SEE_FUNDING, plan.partnership)
    book = Workbook()
    book.properties.creator, book.properties.title = "Diogel", _say(plan, "title")
    first = book.active
    assert isinstance(first, Worksheet)
    columns = (*_action_columns(), *more_columns(with_money=with_money, with_people=with_people))
    more = ([*_action(number), *told_more(number, with_money=with_money, with_people=with_people).values()] for number in held)
    _fill(first, _("Actions"), columns, more)
    _fill(book.create_sheet(), _("Updates"), _update_columns(), _updates(held))
    _about(book.create_sheet(), plan, on, with_people)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _action_columns() -> Columns:
    return (
        (_("Number"), 8), (_("Heading"), 18), (_("Action"), 28), (_("What it says"), 45), (_("Bodies"), 22), (_("Areas"), 14),
        (_("Themes"), 22), (_("Duties"), 22), (_("Begins"), 11), (_("Promised by"), 11), (_("Status"), 12), (_("How it goes"), 16), (_("Per cent"), 8),
        (_("Quarter of the last update"), 14), (_("What was said last"), 45), (_("What stands in the way"), 30), (_("Next step"), 30),
        (_("Next step by"), 11), (_("Times carried over"), 9),
    )  # fmt: skip


def _action(number: Number) -> list[Any]:
    action = number.action
    last = next((update for update in action.updates.all() if update.state == "filed" and not update.withdrawn_on), None)
    said = (
        [
            str(Rag(last.rag).label) if last.rag else "", last.percent, _quarter(last.quarter), last.pair("text").say(),
            last.pair("obstacle").say(), last.pair("next_step").say(), last.next_on,
        ]
        if last
        else [""] * 7
    )  # fmt: skip
    return [
        number.number, _say(number.section, "title") if number.section else "", action.pair("title").say(), action.pair("text").say(),
        _names(action.bodies.all()), _names(action.areas.all()), *served(number), action.started_on, action.promised_on,
        _status(action.status), *said, number.times_carried or None,  # type: ignore[attr-defined]
    ]  # fmt: skip


def _update_columns() -> Columns:
    return (
        (_("Number"), 8), (_("Action"), 28), (_("Quarter"), 14), (_("State"), 10), (_("Status"), 12), (_("How it goes"), 16),
        (_("Per cent"), 8), (_("What was said"), 60), (_("What stands in the way"), 30), (_("Next step"), 30), (_("Next step by"), 11),
        (_("Due"), 11), (_("Filed"), 11),
    )  # fmt: skip


def _updates(held: Iterable[Number]) -> Iterator[list[Any]]:
    for number in held:
        for update in number.action.updates.all():
            if update.is_asked and not update.withdrawn_on:
                yield [
                    number.number, _say(number.action, "title"), _quarter(update.quarter), capfirst(str(update.get_state_display())),
                    _status(update.status), str(Rag(update.rag).label) if update.rag else "", update.percent, _say(update, "text"),
                    _say(update, "obstacle"), _say(update, "next_step"), update.next_on, update.due_on, update.filed_on,
                ]  # fmt: skip


def _about(sheet: Worksheet, plan: Plan, on: date, with_people: bool) -> None:
    partnership = plan.partnership
    sheet.title = _("About")
    lines = [
        (_("Partnership"), f"{_say(partnership, 'name')}, {_say(partnership, 'place')}"),
        (_("Plan"), _say(plan, "title")),
        (_("As it stood on"), date_format(on, "j F Y")),
        (_("Marking"), partnership.marking),
        (_("What is missing"), _("An empty cell means that nothing was written in this language; it is no nought.")),
    ]
    if with_people:
        lines.append((_("For the inside"), _("It names lead persons. Keep it within the partnership, and delete it when it is done with.")))
    if partnership.is_example:
        lines.append((_("Example"), _("Example data; not a statement by these bodies")))
    for row, (head, words) in enumerate(lines, 1):
        put(sheet, row, 1, head).font = Font(name="Calibri", bold=True)
        put(sheet, row, 2, words).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 80


def _fill(sheet: Worksheet, title: str, columns: Columns, rows: Iterable[list[Any]]) -> None:
    """A headed table that scrolls under its heads, can be filtered, and prints on A3 with heads and numbers on each sheet."""
    sheet.title = title
    for at, (head, width) in enumerate(columns, 1):
        cell = put(sheet, 1, at, head)
        cell.font, cell.fill = Font(name="Calibri", bold=True, color="FFFFFF"), PatternFill("solid", fgColor=INK)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(at)].width = width
    last = 1
    for last, row in enumerate(rows, 2):
        for at, value in enumerate(row, 1):
            cell = put(sheet, last, at, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if last % 2:
                cell.fill = PatternFill("solid", fgColor=PAPER)
        sheet.row_dimensions[last].height = _height(row, columns)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 2 if sum(width for _head, width in columns) > 300 else 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _height(row: Sequence[Any], columns: Columns) -> float:
    """Points for the longest of its cells, wrapped: not every program reckons that for itself."""
    lines = 1
    for value, (_head, width) in zip(row, columns, strict=True):
        if isinstance(value, str):
            lines = max(lines, sum(math.ceil(max(len(line), 1) * 1.15 / width) for line in value.split("\n")))
    return min(15.0 * lines + 3, TALLEST)


def _say(row: Any, name: str) -> str:
    pair = row.pair(name)
    return str(pair.say() or pair.cy or pair.en)


def _names(rows: Iterable[Any]) -> str:
    return "; ".join(_say(row, "name") for row in rows)


def _status(code: str) -> str:
    return str(STATUSES.get(code, code))


def _quarter(ending: str) -> str:
    quarter = Quarter.parse(ending)
    return span_name(quarter.first_day, quarter.last_day)
