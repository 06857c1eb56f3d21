"""Pages of the assessment: themes by band, one theme with its reasons, and the duties."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from diogel.home import today
from diogel.people.access import May, may
from diogel.people.desk import desk, fetch
from diogel.people.editing import edit_row, withdraw_row

from .forms import AssessmentForm, DutyForm, EvidenceForm, ScoreForm, ThemeForm
from .models import Assessment, Duty, Evidence, Score, Theme


@desk()
def themes(request: HttpRequest, partnership: Any) -> HttpResponse:
    """The themes of the latest assessment, and the duties, with what each rests on."""
    assessment = _latest(request, partnership)
    rows = assessment.themes.standing().prefetch_related("evidence", "scores") if assessment else []
    context = {
        "assessment": assessment,
        "themes": rows,
        "undecided": sum(row.decision == Theme.Decision.UNDECIDED for row in rows),
        "duties": Duty.objects.visible_to(request.user).standing().filter(partnership=partnership),
        "may_edit": may(request.user, May.EDIT_ASSESSMENT, partnership),
    }
    return render(request, "assessment/themes.html", context)


@desk()
def theme(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """One theme: its band and why, how it was scored, what it rests on."""
    row = _theme(request, partnership, code)
    context = {
        "row": row,
        "assessment": row.assessment,
        "scores": row.scores.standing().select_related("scored_by"),
        "evidence": row.evidence.standing(),
        "may_edit": may(request.user, May.EDIT_ASSESSMENT, partnership),
    }
    return render(request, "assessment/theme.html", context)


@desk(May.EDIT_ASSESSMENT)
def new_assessment(request: HttpRequest, partnership: Any) -> HttpResponse:
    return edit_row(request, AssessmentForm, Assessment(partnership=partnership), title=_("Begin an assessment"), back=_list(partnership))


@desk(May.EDIT_ASSESSMENT)
def edit_assessment(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Assessment.objects, request.user, partnership=partnership, pk=pk)
    extra = {"withdraw_url": reverse("assessment:withdraw_assessment", args=[partnership.slug, pk])}
    return edit_row(request, AssessmentForm, row, title=_("Correct the assessment"), back=_list(partnership), extra=extra)


@desk(May.EDIT_ASSESSMENT)
def withdraw_assessment(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """An assessment taken back takes its themes along; the one before it is the latest again."""
    row = fetch(Assessment.objects, request.user, partnership=partnership, pk=pk)
    return withdraw_row(request, row, title=_title(row, _("Withdraw the assessment")), back=_list(partnership))


@desk(May.EDIT_ASSESSMENT)
def new_theme(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    assessment = fetch(Assessment.objects, request.user, partnership=partnership, pk=pk)
    row = Theme(assessment=assessment, order=assessment.themes.count())
    return edit_row(request, ThemeForm, row, title=_("Add a theme"), back=_list(partnership), done=_theme_url)


@desk(May.EDIT_ASSESSMENT)
def edit_theme(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    row = _theme(request, partnership, code)
    return edit_row(request, ThemeForm, row, title=_("Correct the theme"), back=_theme_url(row), done=_theme_url)


@desk(May.EDIT_ASSESSMENT)
def withdraw_theme(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    row = _theme(request, partnership, code)
    return withdraw_row(request, row, title=_title(row, _("Withdraw the theme")), back=_list(partnership))


@desk(May.EDIT_ASSESSMENT)
def new_score(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    row = Score(theme=_theme(request, partnership, code), scored_on=today(), scored_by=getattr(request.user, "person", None))
    return edit_row(request, ScoreForm, row, title=_("Score the theme"), back=_theme_url(row.theme))


@desk(May.EDIT_ASSESSMENT)
def edit_score(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Score.objects, request.user, theme__assessment__partnership=partnership, pk=pk)
    extra = {"withdraw_url": reverse("assessment:withdraw_score", args=[partnership.slug, pk])}
    return edit_row(request, ScoreForm, row, title=_("Correct the score"), back=_theme_url(row.theme), extra=extra)


@desk(May.EDIT_ASSESSMENT)
def withdraw_score(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Score.objects, request.user, theme__assessment__partnership=partnership, pk=pk)
    return withdraw_row(request, row, title=_title(row, _("Withdraw the score")), back=_theme_url(row.theme))


@desk(May.EDIT_ASSESSMENT)
def new_evidence(request: HttpRequest, partnership: Any) -> HttpResponse:
    return edit_row(request, EvidenceForm, Evidence(partnership=partnership), title=_("Add evidence"), back=_list(partnership))


@desk(May.EDIT_ASSESSMENT)
def edit_evidence(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Evidence.objects, request.user, partnership=partnership, pk=pk)
    extra = {"withdraw_url": reverse("assessment:withdraw_evidence", args=[partnership.slug, pk])}
    return edit_row(request, EvidenceForm, row, title=_("Correct the evidence"), back=_list(partnership), extra=extra)


@desk(May.EDIT_ASSESSMENT)
def withdraw_evidence(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Evidence.objects, request.user, partnership=partnership, pk=pk)
    return withdraw_row(request, row, title=_title(row, _("Withdraw the evidence")), back=_list(partnership))


@desk(May.EDIT_ASSESSMENT)
def new_duty(request: HttpRequest, partnership: Any) -> HttpResponse:
    return edit_row(request, DutyForm, Duty(partnership=partnership), title=_("Add a duty"), back=_list(partnership))


@desk(May.EDIT_ASSESSMENT)
def edit_duty(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Duty.objects, request.user, partnership=partnership, pk=pk)
    extra = {"withdraw_url": reverse("assessment:withdraw_duty", args=[partnership.slug, pk])}
    return edit_row(request, DutyForm, row, title=_("Correct the duty"), back=_list(partnership), extra=extra)


@desk(May.EDIT_ASSESSMENT)
def withdraw_duty(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Duty.objects, request.user, partnership=partnership, pk=pk)
    return withdraw_row(request, row, title=_title(row, _("Withdraw the duty")), back=_list(partnership))


def _title(row: Any, withdraw: str) -> str:
    """What the page that withdraws is called; it also brings back."""
    return _("Bring this back") if row.withdrawn_on else withdraw


def _latest(request: HttpRequest, partnership: Any) -> Assessment | None:
    return Assessment.objects.visible_to(request.user).standing().filter(partnership=partnership).first()


def _theme(request: HttpRequest, partnership: Any, code: str) -> Theme:
    """The theme of the newest assessment that stands and has one of this code."""
    newest = (
        Theme.objects.visible_to(request.user)
        .filter(assessment__partnership=partnership, code=code)
        .order_by(F("assessment__withdrawn_on").asc(nulls_first=True), "-assessment__to_on", "-assessment")
    )
    return fetch(Theme.objects.select_related("assessment__partnership"), request.user, pk=newest.values_list("pk", flat=True).first() or 0)


def _list(partnership: Any) -> str:
    return reverse("assessment:themes", args=[partnership.slug])


def _theme_url(row: Theme) -> str:
    return reverse("assessment:theme", args=[row.partnership.slug, row.code])
