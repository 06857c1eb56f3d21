"""The page on which an assessment is worked at, in the order of the work; its moves, its six sections, what was asked of whom."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from diogel.home import today
from diogel.people.access import May, may, may_see_scoring, person_in, require
from diogel.people.desk import desk, fetch
from diogel.people.editing import edit_row, withdraw_row
from diogel.people.versions import StaleSave
from diogel.records.workflow import MoveRefused, Step

from .forms import RequestForm, SectionForm
from .life import FORWARD, LIFE, in_the_way, move, next_of, steps_open_to
from .models import Assessment, DataRequest, StatutorySection
from .reading import Whole, read
from .showing import figure, missing_shown, survives, theme_rows
from .views import year_url


@desk()
def year(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """What is missing first, then the work from its commission to its approval."""
    row = assessment_of(request, partnership, pk)
    user, whole, to_status = request.user, read(row), next_of(row)
    found = in_the_way(row, to_status, whole=whole)
    sees_scoring = may_see_scoring(user, row)
    if not sees_scoring:
        whole = whole.without_scores()
    rows = theme_rows(whole)
    for each in rows:
        each["survives"] = survives(each)
    may_edit = may(user, May.EDIT_ASSESSMENT, partnership)
    person = getattr(person_in(user, partnership), "pk", None)
    context = {
        "assessment": row,
        "whole": whole,
        "missing": missing_shown(row, found, user),
        "next_step": next((step for step in LIFE.steps_from(row.status) if step.to_status == to_status), None),
        "steps": [step for step in steps_open_to(user, row) if not (step.to_status == to_status and found)],
        "times": _times(row),
        "sections": _sections(whole),
        "rows": rows,
        "figure": figure(whole, rows),
        "may_edit": may_edit,
        "sees_people": may(user, May.SEE_PEOPLE, partnership),
        "is_scorer": any(scorer.person_id == person for scorer in whole.scorers),
        "own": [theme.pk for theme in whole.themes if person in whole.scored_by.get(theme.pk, ())],
        "files": _files(sees_scoring),
        "sees_scoring": sees_scoring,
        "may_publish": may(user, May.PUBLISH, partnership),
        "today": today(),
    }
    return render(request, "assessment/year.html", context)


def _files(sees_scoring: bool) -> list[dict[str, Any]]:
    """What can be taken away, in the order of its readers; the document, which tells the scores, by who may see them."""
    words = {
        ("internal", "cy"): _("Document, Welsh"),
        ("internal", "en"): _("Document, English"),
        ("public", "cy"): _("Public summary, Welsh"),
        ("public", "en"): _("Public summary, English"),
    }
    forms = ("docx", "pdf", "html")
    return [
        {"audience": audience, "language": language, "word": word, "forms": forms}
        for (audience, language), word in words.items()
        if sees_scoring or audience == "public"
    ]


def assessment_of(request: HttpRequest, partnership: Any, pk: int) -> Assessment:
    """One assessment of this partnership, with its method; 404 where it is not there for the reader."""
    row = fetch(Assessment.objects.select_related("method"), request.user, partnership=partnership, pk=pk)
    row.partnership = partnership
    return row


def _times(row: Assessment) -> list[dict[str, Any]]:
    """The stages with the day on which each was reached, or is wanted by."""
    reached = {made.to_status: made.on for made in row.moves.all()}
    wanted = {"gathering": row.data_due_on, "scoring": row.scoring_due_on, "agreed": row.approval_due_on}
    order = ["commissioned", *FORWARD.values()]
    here = order.index(row.status)
    times = []
    for at, status in enumerate(order):
        day = row.commissioned_on if status == "commissioned" else row.published_on if status == "published" else reached.get(status)
        state = "done" if at < here else "here" if at == here else "ahead"
        times.append(
            {
                "title": LIFE.statuses[status],
                "state": state,
                "on": day if at <= here else None,
                "due": wanted.get(status) if at >= here else None,
            }
        )
    return times


def _sections(whole: Whole) -> list[dict[str, Any]]:
    return [{"about": about, "row": whole.sections.get(about.value)} for about in StatutorySection.About]


@desk()
def section(request: HttpRequest, partnership: Any, pk: int, about: str) -> HttpResponse:
    """One of the six sections as it reads, with its evidence."""
    assessment = assessment_of(request, partnership, pk)
    row = _section(assessment, about)
    context = {
        "assessment": assessment,
        "row": row,
        "evidence": row.evidence.standing() if row.pk else [],
        "may_edit": may(request.user, May.EDIT_ASSESSMENT, partnership),
    }
    return render(request, "assessment/section.html", context)


@desk(May.EDIT_ASSESSMENT)
def edit_section(request: HttpRequest, partnership: Any, pk: int, about: str) -> HttpResponse:
    row = _section(assessment_of(request, partnership, pk), about)
    return edit_row(request, SectionForm, row, title=row.get_about_display(), back=year_url(row.assessment))


def _section(assessment: Assessment, about: str) -> StatutorySection:
    if about not in StatutorySection.About.values:
        raise Http404
    row = assessment.sections.filter(about=about).first() or StatutorySection(about=about)
    row.assessment = assessment
    return row


@desk(May.EDIT_ASSESSMENT)
def new_request(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    assessment = assessment_of(request, partnership, pk)
    row = DataRequest(assessment=assessment, asked_on=today(), due_on=assessment.data_due_on or today())
    return edit_row(request, RequestForm, row, title=_("Ask a body for evidence"), back=year_url(assessment))


@desk(May.EDIT_ASSESSMENT)
def edit_request(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(DataRequest.objects, request.user, assessment__partnership=partnership, pk=pk)
    extra = {"withdraw_url": reverse("assessment:withdraw_request", args=[partnership.slug, pk])}
    return edit_row(request, RequestForm, row, title=_("What was asked for, and what came"), back=year_url(row.assessment), extra=extra)


@desk(May.EDIT_ASSESSMENT)
def withdraw_request(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(DataRequest.objects, request.user, assessment__partnership=partnership, pk=pk)
    title = _("Bring this back") if row.withdrawn_on else _("Withdraw what was asked for")
    return withdraw_row(request, row, title=title, back=year_url(row.assessment))


@desk()
def move_to(request: HttpRequest, partnership: Any, pk: int, to_status: str) -> HttpResponse:
    """A page that moves the assessment, asking why where the table says so; what is in the way is named, and nothing is done."""
    row = assessment_of(request, partnership, pk)
    step = next((each for each in LIFE.steps_from(row.status) if each.to_status == to_status), None)
    if step is None:
        raise Http404
    require(request.user, step.needs, partnership)
    found = in_the_way(row, to_status)
    if request.method == "POST":
        return _moved(request, row, step)
    return render(request, "assessment/move.html", {"assessment": row, "step": step, "found": found})


def _moved(request: HttpRequest, row: Assessment, step: Step) -> HttpResponse:
    said = request.POST.get("seen", "")
    seen = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
    reason = request.POST.get("reason", "")[:500]
    try:
        move(row, step.to_status, by=request.user, seen=seen, reason=reason)
        return redirect(year_url(row))
    except MoveRefused as refused:
        context = {"assessment": row, "step": step, "refused": str(refused), "reason": reason, "found": in_the_way(row, step.to_status)}
        return render(request, "assessment/move.html", context, status=422)
    except StaleSave as stale:
        context = {"assessment": stale.current, "step": step, "is_stale": True, "reason": reason}
        return render(request, "assessment/move.html", context, status=409)
