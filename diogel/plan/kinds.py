"""The smaller rows of a plan share two pages: one to add or correct, one to withdraw. Here is which row takes which form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.people.desk import desk, fetch
from diogel.people.editing import edit_row, withdraw_row
from diogel.processes.actions.models import SubAction

from .after_saving import subject_of, tell_findings
from .forms import (
    LeadForm,
    ObjectiveForm,
    OutcomeForm,
    PrincipleForm,
    PriorityForm,
    ReportForm,
    SectionForm,
    SourceForm,
    StatedForm,
    SubActionForm,
)
from .forms_consulting import ConsultationForm
from .forms_wheel import YearStepForm
from .models import Consultation, Lead, Number, Objective, Outcome, Plan, Principle, Priority, Report, Section, Source, Stated, YearStep
from .more_kinds import MORE
from .row_kind import Kind, asked
from .year import planned_steps


def _begin_commitment(request: HttpRequest, plan: Plan) -> SubAction:
    return SubAction(action=fetch(Number.objects, request.user, plan=plan, number=asked(request, "action")).action)


def _begin_lead(request: HttpRequest, plan: Plan) -> Lead:
    return Lead(priority=fetch(Priority.objects, request.user, plan=plan, pk=asked(request, "priority")))


def _begin_stated(request: HttpRequest, plan: Plan) -> Stated:
    return Stated(source=fetch(Source.objects, request.user, plan=plan, pk=asked(request, "source")))


def _begin_step(request: HttpRequest, plan: Plan) -> YearStep:
    """One's own step, or the change of one that a rule gives: the same row each time, though it be withdrawn."""
    key = request.GET.get("step", "")
    if not key:
        return YearStep(plan=plan)
    given = next((each for each in planned_steps(plan) if each.key == key), None)
    if given is None:
        raise Http404
    title = given.rule.title
    new = YearStep(plan=plan, key=key, due_on=given.on, title_cy=title.cy, title_en=title.en, title_state=title.state)
    return plan.year_steps.filter(key=key).first() or new


def _priority_of(row: Lead, slug: str, code: str) -> str:
    return reverse("plan:priority", args=[slug, code, row.priority.code])


KINDS = {
    "section": Kind(Section, SectionForm, _("Add a heading"), _("Correct the heading"), _("Withdraw the heading")),
    "priority": Kind(Priority, PriorityForm, _("Add a priority"), _("Correct the priority"), _("Withdraw the priority"), "plan:priorities"),
    "lead": Kind(
        Lead,
        LeadForm,
        _("Add a lead"),
        _("Correct the lead"),
        _("Withdraw the lead"),
        plan_path="priority__plan",
        begin=_begin_lead,
        back=_priority_of,
    ),
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
    "source": Kind(Source, SourceForm, _("Add a source"), _("Correct the source"), _("Withdraw the source"), "plan:sources"),
    "stated": Kind(
        Stated,
        StatedForm,
        _("Add a priority that the document states"),
        _("Correct what the document states"),
        _("Withdraw what the document states"),
        "plan:sources",
        plan_path="source__plan",
        begin=_begin_stated,
    ),
    "principle": Kind(
        Principle,
        PrincipleForm,
        _("Add a way of working or a test"),
        _("Correct the way of working or test"),
        _("Withdraw the way of working or test"),
        "plan:sources",
    ),
    "step": Kind(
        YearStep,
        YearStepForm,
        _("Add a step of the year"),
        _("Change the step of the year"),
        _("Withdraw the step, or the change to it"),
        "plan:wheel",
        begin=_begin_step,
    ),
    "consultation": Kind(
        Consultation,
        ConsultationForm,
        _("Add a consultation"),
        _("Correct the consultation"),
        _("Withdraw the consultation"),
        "plan:consultations",
    ),
    "number": Kind(Number, None, "", "", _("Take the action out of this plan")),
    "commitment": Kind(
        SubAction,
        SubActionForm,
        _("Add a commitment"),
        _("Correct the commitment"),
        _("Withdraw the commitment"),
        plan_path="action__numbers__plan",
        begin=_begin_commitment,
    ),
    **MORE,
}


@desk(May.EDIT_PLAN)
def add(request: HttpRequest, partnership: Any, code: str, kind: str) -> HttpResponse:
    known, plan = _known(kind), fetch(Plan.objects, request.user, partnership=partnership, code=code)
    row = known.begin(request, plan) if known.begin else known.model(plan=plan)
    back = _back(partnership, code, known, row)
    return edit_row(request, known.form, row, title=_title(known.add, row), back=back, done=_done(request, plan, kind, back))


@desk(May.EDIT_PLAN)
def correct(request: HttpRequest, partnership: Any, code: str, kind: str, pk: int) -> HttpResponse:
    known = _known(kind)
    row = _row(request, partnership, code, known, pk)
    extra = {"withdraw_url": reverse("plan:withdraw", args=[partnership.slug, code, kind, pk])}
    back, plan = _back(partnership, code, known, row), fetch(Plan.objects, request.user, partnership=partnership, code=code)
    done = _done(request, plan, kind, back)
    return edit_row(request, known.form, row, title=_title(known.correct, row), back=back, done=done, extra=extra)


def _done(request: HttpRequest, plan: Plan, kind: str, back: str) -> Callable[[Any], str]:
    """Where one goes after saving, told how many findings the check has about the row."""

    def done(row: Any) -> str:
        tell_findings(request, plan, subject_of(kind, row))
        return back

    return done


@desk(May.EDIT_PLAN)
def withdraw(request: HttpRequest, partnership: Any, code: str, kind: str, pk: int) -> HttpResponse:
    known = KINDS.get(kind)
    if known is None:
        raise Http404
    row = _row(request, partnership, code, known, pk)
    title = _("Bring this back") if row.withdrawn_on else known.withdraw
    return withdraw_row(request, row, title=str(title), back=_back(partnership, code, known, row))


def _title(deed: Any, row: Any) -> str:
    """What the page is called; of a step that a rule gives, with the rule's own words, which the form does not hold."""
    return _("Change the step: %(title)s") % {"title": row.given_title} if getattr(row, "key", "") else str(deed)


def _known(kind: str) -> Kind:
    """Kinds that have a form; the number of an action is corrected with the action itself."""
    known = KINDS.get(kind)
    if known is None or known.form is None:
        raise Http404
    return known


def _row(request: HttpRequest, partnership: Any, code: str, known: Kind, pk: int) -> Any:
    here = {known.model.partnership_path: partnership} if not known.plan_path else {}
    here |= {f"{known.plan_path}__partnership": partnership, f"{known.plan_path}__code": code} if known.plan_path else {}
    rows: Any = known.model.objects.filter(**here).distinct()
    return fetch(rows, request.user, pk=pk)


def _back(partnership: Any, code: str, known: Kind, row: Any) -> str:
    return known.back(row, partnership.slug, code) if known.back else reverse(known.page, args=[partnership.slug, code])
