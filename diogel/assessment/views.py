"""Pages of the assessment: themes by band, one theme with its reasons, and the duties."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, SmallIntegerField, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from diogel.people.access import May, may, may_score, may_see_scoring
from diogel.people.desk import desk, fetch
from diogel.people.editing import edit_row, withdraw_row

from .before import last_of
from .forms import AssessmentForm, DutyForm, EvidenceForm, ThemeForm
from .models import Assessment, Dissent, Duty, Evidence, Theme
from .showing import dissents_of, parts_of, spread
from .statuses import SETTLED


@desk()
def themes(request: HttpRequest, partnership: Any) -> HttpResponse:
    """The themes of the assessment that counts, those still being made, and the duties, with what each rests on."""
    held = list(Assessment.objects.visible_to(request.user).foremost().filter(partnership=partnership))
    assessment = held[0] if held else None
    rows = assessment.themes.standing().prefetch_related("evidence") if assessment else []
    context = {
        "assessment": assessment,
        "others": held[1:],
        "themes": rows,
        "undecided": sum(row.decision == Theme.Decision.UNDECIDED for row in rows),
        "duties": Duty.objects.visible_to(request.user).standing().filter(partnership=partnership),
        "may_edit": may(request.user, May.EDIT_ASSESSMENT, partnership),
    }
    return render(request, "assessment/themes.html", context)


@desk()
def theme(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """One theme of the assessment that counts."""
    return _theme_page(request, partnership, _theme(request, partnership, code))


@desk()
def year_theme(request: HttpRequest, partnership: Any, pk: int, code: str) -> HttpResponse:
    """The same theme as another year's assessment has it."""
    return _theme_page(request, partnership, _year_theme(request, partnership, pk, code))


def _theme_page(request: HttpRequest, partnership: Any, row: Theme) -> HttpResponse:
    """Its band and why, how it was scored, what it rests on, and last year's beside it."""
    scores = list(row.scores.visible_to(request.user).standing().select_related("scored_by__body", "method"))
    apart = [score for score in scores if not score.is_agreed and score.values]
    dissents = Dissent.objects.visible_to(request.user).standing().filter(theme=row).select_related("body") if row.opened_on else []
    context = {
        "row": row,
        "assessment": row.assessment,
        "scores": [{"score": score, "parts": parts_of(score)} for score in scores],
        "spread": spread(apart) if row.opened_on and len(apart) > 1 else [],
        "apart": apart,
        "dissents": dissents_of(row, dissents),
        "last": last_of(row),
        "evidence": row.evidence.standing(),
        "may_edit": may(request.user, May.EDIT_ASSESSMENT, partnership),
        "may_score": may_score(request.user, row),
        "sees_scoring": may_see_scoring(request.user, row.assessment),
        "sees_people": may(request.user, May.SEE_PEOPLE, partnership),
    }
    return render(request, "assessment/theme.html", context)


@desk(May.EDIT_ASSESSMENT)
def new_assessment(request: HttpRequest, partnership: Any) -> HttpResponse:
    return edit_row(
        request, AssessmentForm, Assessment(partnership=partnership), title=_("Begin an assessment"), back=_list(partnership), done=year_url
    )


@desk(May.EDIT_ASSESSMENT)
def edit_assessment(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Assessment.objects, request.user, partnership=partnership, pk=pk)
    extra = {"withdraw_url": reverse("assessment:withdraw_assessment", args=[partnership.slug, pk])}
    return edit_row(request, AssessmentForm, row, title=_("Correct the assessment"), back=year_url(row), done=year_url, extra=extra)


@desk(May.EDIT_ASSESSMENT)
def withdraw_assessment(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """An assessment taken back takes its themes along; the one before it is the latest again."""
    row = fetch(Assessment.objects, request.user, partnership=partnership, pk=pk)
    return withdraw_row(request, row, title=_title(row, _("Withdraw the assessment")), back=_list(partnership))


@desk(May.EDIT_ASSESSMENT)
def new_theme(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    assessment = fetch(Assessment.objects, request.user, partnership=partnership, pk=pk)
    row = Theme(assessment=assessment, order=assessment.themes.count())
    return edit_row(request, ThemeForm, row, title=_("Add a theme"), back=year_url(assessment), done=theme_url)


@desk(May.EDIT_ASSESSMENT)
def edit_theme(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    row = _theme(request, partnership, code)
    return edit_row(request, ThemeForm, row, title=_("Correct the theme"), back=theme_url(row), done=theme_url)


@desk(May.EDIT_ASSESSMENT)
def edit_year_theme(request: HttpRequest, partnership: Any, pk: int, code: str) -> HttpResponse:
    row = _year_theme(request, partnership, pk, code)
    extra = {"withdraw_url": reverse("assessment:withdraw_year_theme", args=[partnership.slug, pk, code])}
    return edit_row(request, ThemeForm, row, title=_("Correct the theme"), back=theme_url(row), done=theme_url, extra=extra)


@desk(May.EDIT_ASSESSMENT)
def withdraw_year_theme(request: HttpRequest, partnership: Any, pk: int, code: str) -> HttpResponse:
    row = _year_theme(request, partnership, pk, code)
    return withdraw_row(request, row, title=_title(row, _("Withdraw the theme")), back=year_url(row.assessment))


@desk(May.EDIT_ASSESSMENT)
def withdraw_theme(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    row = _theme(request, partnership, code)
    return withdraw_row(request, row, title=_title(row, _("Withdraw the theme")), back=_list(partnership))


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


def _theme(request: HttpRequest, partnership: Any, code: str) -> Theme:
    """The theme of this code in the assessment that counts: approved before those being made, the newest that stands first."""
    is_made = Case(When(assessment__status__in=SETTLED, then=0), default=1, output_field=SmallIntegerField())
    newest = (
        Theme.objects.visible_to(request.user)
        .filter(assessment__partnership=partnership, code=code)
        .order_by(F("assessment__withdrawn_on").asc(nulls_first=True), is_made, "-assessment__to_on", "-assessment")
    )
    return fetch(Theme.objects.select_related(*_ABOVE), request.user, pk=newest.values("pk")[:1])


def _year_theme(request: HttpRequest, partnership: Any, pk: int, code: str) -> Theme:
    rows = Theme.objects.select_related(*_ABOVE)
    return fetch(rows, request.user, assessment__partnership=partnership, assessment=pk, code=code)


_ABOVE = ("assessment__partnership", "assessment__method")


def _list(partnership: Any) -> str:
    return reverse("assessment:themes", args=[partnership.slug])


def year_url(row: Assessment) -> str:
    """The page on which an assessment is worked at."""
    return reverse("assessment:year", args=[row.partnership.slug, row.pk])


def theme_url(row: Theme) -> str:
    """The page of a theme in its own year."""
    return reverse("assessment:year_theme", args=[row.partnership.slug, row.assessment_id, row.code])
