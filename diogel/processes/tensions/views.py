"""Pages of tension reports inside the desk: what is open, one report, and the steps that follow."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.home import today
from diogel.people.access import May, may
from diogel.people.desk import desk, fetch, unkept
from diogel.people.editing import edit_row, withdraw_row
from diogel.records.models import Move
from diogel.records.workflow import Step, steps_open_to

from . import forms, reporting
from .models import Tension
from .process import STATUSES, TITLES, WORKFLOW
from .silence import silence


def here(view: str, partnership: Any, **kwargs: Any) -> str:
    """The address of a page of this room."""
    return reverse(f"tensions:{view}", kwargs={"slug": partnership.slug, **kwargs})


@desk()
def tensions(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Open reports, late ones first; then those at rest. Who may report but not read gets the way to report."""
    may_report = may(request.user, May.REPORT_TENSION, partnership)
    if not may(request.user, May.SEE_TENSIONS, partnership):
        if not may_report:
            raise PermissionDenied(May.SEE_TENSIONS.name)
        return render(request, "tensions/only_report.html")
    rows = Tension.objects.visible_to(request.user).filter(partnership=partnership, withdrawn_on=None)
    waiting = sorted(rows.filter(closed_on=None), key=lambda row: (row.due_on or today(), row.reference))
    resting = Paginator(rows.exclude(closed_on=None).order_by("-closed_on", "-reference"), 25).get_page(request.GET.get("page"))
    context = {
        "title": _list_title(waiting),
        "steps": [_as_step(row, request.user, partnership) for row in waiting],
        "resting": resting,
        "silence": silence(rows.values_list("opened_on", flat=True), today=today()),
        "may_report": may_report,
        "today": today(),
    }
    return render(request, "tensions/tensions.html", context)


def _list_title(waiting: list[Tension]) -> str:
    late = sum(1 for row in waiting if row.due_on and row.due_on < today())
    if late:
        return ngettext("%(n)s tension report is late", "%(n)s tension reports are late", late) % {"n": late}
    if waiting:
        n = len(waiting)
        return ngettext("%(n)s tension report is open and in time", "%(n)s tension reports are open and in time", n) % {"n": n}
    return _("No tension report is open")


def _as_step(row: Tension, user: Any, partnership: Any) -> dict[str, Any]:
    """A report as one line of a list of next steps; without a button for who may only read."""
    words = {"received": _("Triage %(reference)s"), "triaged": _("Answer %(reference)s"), "answered": _("Close %(reference)s")}
    line = {"due_on": row.due_on, "reference": row.reference, "place": row.place, "kind": row.get_type_display(), "row": row}
    line["url"] = here("tension", partnership, pk=row.pk)
    if may(user, May.TRIAGE_TENSIONS, partnership):
        onward = WORKFLOW.steps_from(row.status)[0]
        line["button"] = words[row.status] % {"reference": row.reference}
        line["act"] = here("step", partnership, pk=row.pk, to_status=onward.to_status)
    return line


@desk(May.REPORT_TENSION)
def add(request: HttpRequest, partnership: Any) -> HttpResponse:
    """A report that came to an officer. Who may read it is led to it, everyone else to a word of thanks."""
    form = forms.DeskReport(request.POST or None, partnership=partnership)
    if request.method == "POST" and form.is_valid():
        made = reporting.report(by=request.user, partnership=partnership, **form.told())
        if may(request.user, May.SEE_TENSIONS, partnership):
            return redirect(here("tension", partnership, pk=made.pk))
        return redirect(here("sent", partnership))
    return render(request, "tensions/add.html", {"form": form}, status=422 if form.errors else 200)


@desk(May.REPORT_TENSION)
def sent(request: HttpRequest, partnership: Any) -> HttpResponse:
    return render(request, "tensions/sent.html")


@desk(May.SEE_TENSIONS)
def tension(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """One report: what was told, its levels, what was done, and every move."""
    row = _fetch(request, partnership, pk)
    history = list(Move.objects.filter(record_id=row.pk).order_by("pk"))
    context = {
        "tension": row,
        "title": TITLES[row.status] % {"reference": row.reference},
        "history": [{"move": each, "title": STATUSES[each.to_status]} for each in history],
        "steps": steps_open_to(request.user, row),
        "may_correct": may(request.user, May.TRIAGE_TENSIONS, partnership),
        "may_see_reporter": may(request.user, May.SEE_REPORTERS, partnership),
        "today": today(),
    }
    return render(request, "tensions/tension.html", context)


@desk(May.TRIAGE_TENSIONS)
def correct(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = _fetch(request, partnership, pk)
    extra = {"withdraw_url": here("withdraw", partnership, pk=pk)}
    return edit_row(request, forms.CorrectForm, row, title=_("Correct the report"), back=here("tension", partnership, pk=pk), extra=extra)


@desk(May.TRIAGE_TENSIONS)
def take_out(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = _fetch(request, partnership, pk)
    title = _("Bring this report back") if row.withdrawn_on else _("Withdraw this report")
    return withdraw_row(request, row, title=title, back=here("tensions", partnership))


@desk(May.TRIAGE_TENSIONS)
def step(request: HttpRequest, partnership: Any, pk: int, to_status: str) -> HttpResponse:
    """The page of one step; a step that the report cannot take from where it stands is not there."""
    if to_status not in STATUSES:
        raise Http404
    row, back = _fetch(request, partnership, pk), here("tension", partnership, pk=pk)
    onward = next((each for each in WORKFLOW.steps_from(row.status) if each.to_status == to_status), None)
    if onward is None and request.method != "POST":
        return redirect(back)
    title = str(onward.label if onward else STATUSES[to_status])
    return edit_row(request, _form_of(row, onward, to_status), row, title=title, back=back, template="tensions/step.html")


def _form_of(row: Tension, onward: Step | None, to_status: str) -> type[forms.StepForm]:
    """A step that someone else has taken meanwhile keeps its form, so that both texts can be shown."""
    if to_status == "answered":
        return forms.AnswerForm
    if to_status == "triaged" and not row.closed_on:
        return forms.TriageForm
    return forms.plain_step(to_status, asks_reason=bool(onward and onward.asks_reason))


@desk(May.SEE_REPORTERS)
def reporter(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """How to answer whoever told us. Opening this page is recorded, each time."""
    row = _fetch(request, partnership, pk)
    found = reporting.look_at_reporter(row, by=request.user)
    return unkept(render(request, "tensions/reporter.html", {"tension": row, "reporter": found}))


def _fetch(request: HttpRequest, partnership: Any, pk: int) -> Tension:
    return fetch(Tension.objects.select_related("area", "partnership"), request.user, pk=pk, partnership=partnership)
