"""The smaller rows of a plan share two pages: one to add or correct, one to withdraw. Here is which row takes which form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.people.desk import desk, fetch
from diogel.people.editing import edit_row, withdraw_row
from diogel.processes.actions.models import SubAction

from .forms import ObjectiveForm, OutcomeForm, PriorityForm, ReportForm, SectionForm, SubActionForm
from .models import Number, Objective, Outcome, Plan, Priority, Report, Section


@dataclass(frozen=True)
class Kind:
    """A kind of row: its model and form, and what its pages are called."""

    model: Any
    form: Any
    add: Any
    correct: Any
    withdraw: Any
    page: str = "plan:plan"  # where its rows stand
    plan_path: str = "plan"


KINDS = {
    "section": Kind(Section, SectionForm, _("Add a heading"), _("Correct the heading"), _("Withdraw the heading")),
    "priority": Kind(Priority, PriorityForm, _("Add a priority"), _("Correct the priority"), _("Withdraw the priority"), "plan:priorities"),
    "objective": Kind(
        Objective, ObjectiveForm, _("Add an objective"), _("Correct the objective"), _("Withdraw the objective"), "plan:priorities"
    ),
    "outcome": Kind(
        Outcome, OutcomeForm, _("Add an outcome row"), _("Correct the outcome row"), _("Withdraw the outcome row"), "plan:outcomes"
    ),
    "report": Kind(
        Report,
        ReportForm,
        _("Report an indicator in this plan"),
        _("Correct where it is reported"),
        _("Report it no more"),
        "plan:priorities",
    ),
    "number": Kind(Number, None, "", "", _("Take the action out of this plan")),
    "commitment": Kind(
        SubAction,
        SubActionForm,
        _("Add a commitment"),
        _("Correct the commitment"),
        _("Withdraw the commitment"),
        plan_path="action__numbers__plan",
    ),
}


@desk(May.EDIT_PLAN)
def add(request: HttpRequest, partnership: Any, code: str, kind: str) -> HttpResponse:
    known, plan = _known(kind), fetch(Plan.objects, request.user, partnership=partnership, code=code)
    if known.model is SubAction:
        number = request.GET.get("action", "")
        held = fetch(Number.objects, request.user, plan=plan, number=number if number.isascii() and number.isdigit() else 0)
        row = SubAction(action=held.action)
    else:
        row = known.model(plan=plan)
    return edit_row(request, known.form, row, title=str(known.add), back=_back(partnership, code, known))


@desk(May.EDIT_PLAN)
def correct(request: HttpRequest, partnership: Any, code: str, kind: str, pk: int) -> HttpResponse:
    known = _known(kind)
    row, back = _row(request, partnership, code, known, pk), _back(partnership, code, known)
    extra = {"withdraw_url": reverse("plan:withdraw", args=[partnership.slug, code, kind, pk])}
    return edit_row(request, known.form, row, title=str(known.correct), back=back, extra=extra)


@desk(May.EDIT_PLAN)
def withdraw(request: HttpRequest, partnership: Any, code: str, kind: str, pk: int) -> HttpResponse:
    known = KINDS.get(kind)
    if known is None:
        raise Http404
    row, back = _row(request, partnership, code, known, pk), _back(partnership, code, known)
    return withdraw_row(request, row, title=str(known.withdraw), back=back)


def _known(kind: str) -> Kind:
    """Kinds that have a form; the number of an action is corrected with the action itself."""
    known = KINDS.get(kind)
    if known is None or known.form is None:
        raise Http404
    return known


def _row(request: HttpRequest, partnership: Any, code: str, known: Kind, pk: int) -> Any:
    return fetch(
        known.model.objects, request.user, pk=pk, **{f"{known.plan_path}__partnership": partnership, f"{known.plan_path}__code": code}
    )


def _back(partnership: Any, code: str, known: Kind) -> str:
    return reverse(known.page, args=[partnership.slug, code])
