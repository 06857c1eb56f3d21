"""The files of an example: a plan that came as Excel and waits to be looked at, and update forms that came back."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from diogel.analysis.periods import Quarter
from diogel.exchange.models import Intake, Returned
from diogel.exchange.receiving import plan_days, receive
from diogel.exchange.returning import take_in
from diogel.exchange.steps import FIELDS
from diogel.exchange.update_form import actions_of, as_excel, give, stands
from diogel.people.writing import write

from .putting import BY


def files(data: dict[str, Any], loaded: Any) -> None:
    """Each file is made from its rows and goes in by the same door as one that somebody sends; one that came in before stays."""
    for table in data.get("files", []):
        if Intake.objects.filter(partnership=loaded.partnership, file_name=table["name"]).exists():
            continue
        plan = loaded.partnership.plans.filter(code=table["plan"]).first()
        days = plan_days(table["plan"])
        new = {"code": table["plan"], "title": table["title"], **dict(zip(("from_on", "to_on"), map(str, days or ()), strict=False))}
        receive(
            _workbook(table["rows"]), by=BY, partnership=loaded.partnership, file_name=table["name"], plan=plan,
            new_plan={} if plan else new, language=table["language"],
        )  # fmt: skip


def returned(data: dict[str, Any], loaded: Any) -> None:
    """Forms that were given out, filled in and sent back."""
    for table in data.get("returned", []):
        if Returned.objects.filter(form__plan=loaded.plan, file_name=table["name"]).exists():
            continue
        body = loaded.bodies[table["body"]]
        form = give(loaded.plan, body, Quarter.parse(table["quarter"]), language=table["language"], by=BY)
        if table.get("given_before"):  # as if it had been given before anything of this quarter was filed
            form = write(form, by=BY, stood={action: stands(None, form.language) for action in form.stood})
        held = actions_of(loaded.plan, body, BY)
        answered = _answered(as_excel(form, held), {each["action"]: each for each in table["answers"]})
        take_in(answered, by=BY, partnership=loaded.partnership, file_name=table["name"])


def _workbook(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    return _saved(book)


def _answered(data: bytes, answers: dict[int, dict[str, str]]) -> bytes:
    """The form with the answers typed into the cells of their action; the forms of the examples are in English."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet: Any = book.active
    heads: dict[str, int] = {}
    for row in sheet.iter_rows():
        if row[1].value == str(FIELDS["number"]):
            heads = {cell.value: cell.column for cell in row}
        elif row[1].value in answers:
            for name, words in answers[row[1].value].items():
                if name != "action":
                    sheet.cell(row[0].row, heads[str(FIELDS[name])]).value = words
    return _saved(book)


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
