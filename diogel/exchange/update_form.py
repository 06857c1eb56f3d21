"""A form for one body: its own actions, what was said of each last time, and the fields to fill in, as Word or as Excel.

Each action bears a reference in plain sight, F12-7: the form that was given and the action in it. By that a form that comes back is known
again, and compared with what stood in it when it was given.
"""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from diogel.analysis.periods import Quarter
from diogel.indicators.spans import span_name
from diogel.people.access import May, require
from diogel.people.models import Body
from diogel.people.writing import write
from diogel.plan.carrying import seen_by
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import Rag, Update
from diogel.processes.actions.process import STATUSES
from diogel.words.cells import put

from .clock import at_home
from .models import GivenForm
from .steps import FIELDS
from .word_made import begun, line, packed, table

ASKED = ("status", "rag", "percent", "said", "obstacle", "next_step", "next_on")
"""Fields that a form asks for, in its order."""
COLUMN = {"said": "text", "obstacle": "obstacle", "next_step": "next_step"}
"""Those that are half of a pair, and the pair."""
_FILL = "FFF8E1"


def stands(update: Update | None, language: str) -> dict[str, str]:
    """What an update says in each field, as plain values that can be kept and compared: texts in one language, days year first."""
    if update is None:
        return dict.fromkeys(ASKED, "")
    held = {name: getattr(update, f"{COLUMN[name]}_{language}" if name in COLUMN else name) for name in ASKED}
    return {name: "" if value is None else str(value) for name, value in held.items()}


def give(plan: Plan, body: Body, quarter: Quarter, *, language: str, by: Any) -> GivenForm:
    """Keep what stands now in the update of each of the body's actions, so that the form can be known again. PermissionDenied where
    `by` may not report on any action."""
    require(by, May.UPDATE_ALL_ACTIONS, plan.partnership)
    with transaction.atomic():
        stood = {str(held.action_id): stands(_of(held, quarter), language) for held in actions_of(plan, body, by)}
        form = GivenForm(plan=plan, body=body)
        return write(form, by=by, quarter=str(quarter), language=language, stood=stood, given_at=at_home())


def actions_of(plan: Plan, body: Body, user: Any) -> list[Number]:
    """The actions of one body that `user` may see, in the plan's order."""
    rows = seen_by(user).filter(plan=plan, withdrawn_on=None, action__withdrawn_on=None, action__bodies=body).select_related("action")
    return list(rows.prefetch_related("action__updates"))


def _of(held: Number, quarter: Quarter) -> Update | None:
    return next((row for row in held.action.updates.all() if row.quarter == str(quarter) and not row.withdrawn_on), None)


def _last(held: Number, quarter: str, language: str) -> str:
    """What was said last before this quarter."""
    rows = [row for row in held.action.updates.all() if row.quarter < quarter and row.state == Update.State.FILED and not row.withdrawn_on]
    row = max(rows, key=lambda each: each.quarter, default=None)
    return str(getattr(row, f"text_{language}")) if row else ""


def shown(name: str, value: str) -> str:
    """A kept value as the form shows it."""
    if name == "status":
        return str(STATUSES.get(value, value))
    if name == "rag":
        return capfirst(str(Rag(value).label)) if value else ""
    return date_format(date.fromisoformat(value), "j F Y") if name == "next_on" and value else value


def reference(form: GivenForm, action_id: int) -> str:
    return f"F{form.pk}-{action_id}"


def _heading(form: GivenForm) -> tuple[str, str]:
    quarter = Quarter.parse(form.quarter)
    body = form.body.pair("name").say() or form.body.name_en
    return body, span_name(quarter.first_day, quarter.last_day)


def _guidance(form: GivenForm) -> tuple[str, ...]:
    return (
        _("Fill in what has changed, leave the rest as it is, and send the file back. Do not change the references."),
        _("Status: %(words)s") % {"words": "; ".join(str(each) for each in STATUSES.values())},
        _("How it goes: %(words)s") % {"words": "; ".join(shown("rag", rag.value) for rag in Rag)},
        _("Write no names of residents. What has happened may be published once it was checked; what stands in the way may not."),
    )


def as_word(form: GivenForm, held: list[Number]) -> bytes:
    """One small table an action: what is asked at the left, the answer at the right."""
    with override(form.language):
        body, quarter = _heading(form)
        document = begun(title=f"{body}: {quarter}", language=form.language)
        for sentence in _guidance(form):
            document.add_paragraph(sentence)
        for number in held:
            if str(number.action_id) not in form.stood:
                continue
            title = getattr(number.action, f"title_{form.language}") or number.action.title_en or number.action.title_cy
            document.add_heading(f"{number.number}. {title}", 2)
            made = table(document, (str(FIELDS["reference"]), reference(form, number.action_id)), (1, 3))
            if last := _last(number, form.quarter, form.language):
                line(made, (_("What was said last"), last))
            for name in ASKED:
                line(made, (str(FIELDS[name]), shown(name, form.stood[str(number.action_id)][name])), is_bold_first=True)
        return packed(document)


def as_excel(form: GivenForm, held: list[Number]) -> bytes:
    """One row an action; what is to be filled in is tinted, and choices are offered."""
    with override(form.language):
        book = Workbook()
        sheet: Any = book.active
        body, quarter = _heading(form)
        sheet.title = _("Update form")[:31]
        book.properties.creator, book.properties.title = "Diogel", f"{body}: {quarter}"[:255]
        put(sheet, 1, 1, f"{body}: {quarter}").font = Font(bold=True)
        for at, sentence in enumerate(_guidance(form), 2):
            put(sheet, at, 1, sentence)
        top = len(_guidance(form)) + 3
        heads = [
            str(FIELDS["reference"]),
            str(FIELDS["number"]),
            _("Action"),
            _("What was said last"),
            *(str(FIELDS[name]) for name in ASKED),
        ]
        for at, (head, width) in enumerate(zip(heads, (14, 8, 34, 44, 16, 28, 10, 50, 36, 36, 14), strict=True), 1):
            put(sheet, top, at, head).font = Font(bold=True)
            sheet.column_dimensions["ABCDEFGHIJK"[at - 1]].width = width
        for row, number in enumerate((each for each in held if str(each.action_id) in form.stood), top + 1):
            _row(sheet, row, form, number)
        _choices(sheet, top + 1, sheet.max_row)
        sheet.freeze_panes = sheet.cell(top + 1, 4)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


def _row(sheet: Any, row: int, form: GivenForm, number: Number) -> None:
    title = getattr(number.action, f"title_{form.language}") or number.action.title_en or number.action.title_cy
    stood = form.stood[str(number.action_id)]
    words = [reference(form, number.action_id), number.number, title, _last(number, form.quarter, form.language)]
    words += [shown(name, stood[name]) for name in ASKED]
    for at, value in enumerate(words, 1):
        cell = put(sheet, row, at, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if at > 4:
            cell.fill = PatternFill("solid", fgColor=_FILL)


def _choices(sheet: Any, first: int, last: int) -> None:
    """Lists to choose from, where they fit into what Excel takes; a list that does not is told above and read all the same."""
    for column, words in (("E", [str(each) for each in STATUSES.values()]), ("F", [shown("rag", rag.value) for rag in Rag])):
        listed = ",".join(words)
        if len(listed) <= 250 and not any("," in word for word in words) and last >= first:
            offered = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
            sheet.add_data_validation(offered)
            offered.add(f"{column}{first}:{column}{last}")


def file_name(form: GivenForm, ending: str) -> str:
    return f"{form.plan.partnership.slug}-{form.plan.code}-{form.body.code}-{form.quarter}-{form.language}.{ending}"
