"""Pages of scoring: the methods, who is asked, one's own score, what everyone gave, the agreed score, who does not agree."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from diogel.home import today
from diogel.people.access import May, may, may_score, may_see_scoring, person_in
from diogel.people.desk import desk, fetch
from diogel.people.editing import edit_row, withdraw_row
from diogel.people.versions import StaleSave
from diogel.people.writing import write

from . import scoring
from .forms_scoring import AgreedForm, DissentForm, FactorForm, MethodForm, ScoreForm, ScorerForm, said
from .method_tables import built_in
from .models import Dissent, Method, Score, Scorer, Theme
from .showing import dissents_of, parts_of, spread
from .views import theme_url, year_url
from .views_year import assessment_of

EDIT = May.EDIT_ASSESSMENT


@desk()
def methods(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """The method that the assessment scores by, those that the partnership holds, and those that can be taken over."""
    row = assessment_of(request, partnership, pk)
    if request.method == "POST":
        return _chosen(request, partnership, row)
    held = Method.objects.visible_to(request.user).standing().filter(partnership=partnership)
    context = {
        "assessment": row,
        "held": held,
        "ours": [{"code": one.code, "name": said(one.name_cy, one.name_en)} for one in built_in().values()],
        "may_edit": may(request.user, EDIT, partnership),
        "is_used": Score.objects.filter(theme__assessment=row, method__isnull=False).exists(),
    }
    return render(request, "assessment/methods.html", context)


def _chosen(request: HttpRequest, partnership: Any, row: Any) -> HttpResponse:
    """Score by a method that is held, or by one of ours, of which the partnership then holds a copy from today."""
    if not may(request.user, EDIT, partnership):
        raise PermissionDenied(EDIT.name)
    wanted = request.POST.get("method", "")
    if Score.objects.filter(theme__assessment=row, method__isnull=False).exists():
        messages.error(request, _("Themes were scored by this method already, so it stays."))
    elif wanted in built_in():
        write(row, by=request.user, method=scoring.adopt(partnership, wanted, from_on=today(), by=request.user))
    elif wanted.isascii() and wanted.isdigit() and len(wanted) < 18:
        write(row, by=request.user, method=fetch(Method.objects, request.user, partnership=partnership, pk=int(wanted)))
    else:
        raise Http404
    return redirect("assessment:methods", slug=partnership.slug, pk=row.pk)


@desk()
def method(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """One method whole: its parts, factors, anchors and bands."""
    row = _method(request, partnership, pk)
    parts = [
        {
            "part": part,
            "factors": [
                {"it": factor, "name": said(factor.name_cy, factor.name_en), "anchors": _anchors(factor)} for factor in part.factors
            ],
        }
        for part in row.scale.parts
    ]
    may_edit = may(request.user, EDIT, partnership)
    context = {"row": row, "parts": parts, "bands": row.scale.bands, "may_edit": may_edit, "is_used": row.is_used, "today": today()}
    return render(request, "assessment/method.html", context)


def _anchors(factor: Any) -> list[tuple[int, str]]:
    return [(factor.low + at, said(*anchor)) for at, anchor in enumerate(factor.anchors)]


def _method(request: HttpRequest, partnership: Any, pk: int) -> Method:
    return fetch(Method.objects, request.user, partnership=partnership, pk=pk)


@desk(EDIT)
def edit_method(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = _method(request, partnership, pk)
    extra = {"withdraw_url": reverse("assessment:withdraw_method", args=[partnership.slug, pk])}
    return edit_row(request, MethodForm, row, title=_("Correct the method"), back=_method_url(row), extra=extra)


@desk(EDIT)
def withdraw_method(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = _method(request, partnership, pk)
    return withdraw_row(request, row, title=_("Bring this back") if row.withdrawn_on else _("Withdraw the method"), back=_method_url(row))


@desk(EDIT)
def edit_factor(request: HttpRequest, partnership: Any, pk: int, factor: str) -> HttpResponse:
    row = _method(request, partnership, pk)
    if factor not in row.scale.factors:
        raise Http404
    form = type("OneFactorForm", (FactorForm,), {"factor_code": factor})
    return edit_row(request, form, row, title=_("Correct one factor of the method"), back=_method_url(row))


@desk(EDIT)
def copy_method(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """A copy that holds from today, to be changed; the method that was used stays as it was."""
    row = _method(request, partnership, pk)
    if request.method == "POST":
        held = Method.objects.filter(partnership=partnership, code=row.code, from_on=today()).first()
        return redirect(_method_url(held or scoring.copy(row, from_on=today(), by=request.user)))
    return redirect(_method_url(row))


def _method_url(row: Method) -> str:
    return reverse("assessment:method", args=[row.partnership.slug, row.pk])


@desk(May.SEE_PEOPLE)
def scorers(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Who is asked to score, and how far each has come; never what they gave."""
    row = assessment_of(request, partnership, pk)
    rows = Scorer.objects.visible_to(request.user).standing().filter(assessment=row).select_related("person__body")
    themes = set(row.themes.standing().values_list("pk", flat=True))
    gave = list(Score.objects.standing().filter(theme__in=themes, is_agreed=False).values_list("scored_by", flat=True))
    held = [{"scorer": each, "gave": gave.count(each.person_id)} for each in rows]
    return render(
        request,
        "assessment/scorers.html",
        {"assessment": row, "held": held, "themes": len(themes), "may_edit": may(request.user, EDIT, partnership)},
    )


@desk(EDIT)
def new_scorer(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = assessment_of(request, partnership, pk)
    back = reverse("assessment:scorers", args=[partnership.slug, pk])
    return edit_row(request, ScorerForm, Scorer(assessment=row), title=_("Ask somebody to score"), back=back)


@desk(EDIT)
def withdraw_scorer(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Scorer.objects, request.user, assessment__partnership=partnership, pk=pk)
    back = reverse("assessment:scorers", args=[partnership.slug, row.assessment_id])
    return withdraw_row(request, row, title=_("Bring this back") if row.withdrawn_on else _("Let somebody off scoring"), back=back)


@desk(May.SCORE_THEMES)
def score(request: HttpRequest, partnership: Any, pk: int, code: str) -> HttpResponse:
    """One's own score of a theme, before anyone sees another's."""
    theme = _theme(request, partnership, pk, code)
    if not may_score(request.user, theme):
        return render(request, "assessment/closed.html", {"theme": theme}, status=403)
    row = scoring.own_score(theme, person_in(request.user, partnership)) or Score(theme=theme)
    row.theme = theme
    title = _("Your own score: %(theme)s") % {"theme": theme.pair("title").say() or theme.pair("title").en}
    hint = _("Nobody sees what you give until all the scores of this theme are opened at once. Until then you can change it.")
    return edit_row(request, ScoreForm, row, title=title, back=year_url(theme.assessment), hint=hint, template="assessment/score.html")


@desk()
def agreeing(request: HttpRequest, partnership: Any, pk: int, code: str) -> HttpResponse:
    """What everyone gave, once it is open, and what was agreed; who has not scored yet, before that."""
    theme = _theme(request, partnership, pk, code)
    if request.method == "POST":
        return _opened(request, partnership, theme)
    return _agreeing_page(request, partnership, theme)


def _agreeing_page(request: HttpRequest, partnership: Any, theme: Theme, fault: str = "", status: int = 200) -> HttpResponse:
    seen = list(theme.scores.visible_to(request.user).standing().select_related("scored_by__body", "method"))
    apart = sorted((each for each in seen if not each.is_agreed and each.values), key=lambda each: each.pk) if theme.opened_on else []
    agreed = next((each for each in seen if each.is_agreed), None)
    context = {
        "theme": theme,
        "assessment": theme.assessment,
        "apart": apart,
        "spread": _beside(spread(apart), agreed),
        "agreed": agreed,
        "parts": parts_of(agreed) if agreed else [],
        "dissents": dissents_of(theme, theme.dissents.visible_to(request.user).standing().select_related("body")),
        "gave": theme.scores.standing().filter(is_agreed=False).count(),
        "waiting": scoring.still_to_score(theme) if not theme.opened_on else [],
        "may_edit": may(request.user, EDIT, partnership),
        "may_score": may_score(request.user, theme),
        "sees_scoring": may_see_scoring(request.user, theme.assessment),
        "sees_people": may(request.user, May.SEE_PEOPLE, partnership),
        "fault": fault,
    }
    return render(request, "assessment/agreeing.html", context, status=status)


def _beside(rows: list[dict[str, Any]], agreed: Score | None) -> list[dict[str, Any]]:
    return [row | {"agreed": agreed.values.get(row["code"]) if agreed else None} for row in rows]


def _opened(request: HttpRequest, partnership: Any, theme: Theme) -> HttpResponse:
    said_seen = request.POST.get("seen", "")
    seen = int(said_seen) if said_seen.isascii() and said_seen.isdigit() and len(said_seen) < 10 else 0
    try:
        scoring.open_scores(theme, by=request.user, seen=seen, reason=request.POST.get("reason", "")[:500])
        return redirect(_agreeing_url(theme))
    except ValidationError as wrong:
        theme.refresh_from_db(fields=["opened_on", "version"])
        return _agreeing_page(request, partnership, theme, fault=" ".join(wrong.messages), status=422)
    except StaleSave:
        theme.refresh_from_db(fields=["opened_on", "version"])
        fault = _("Someone changed this while you were reading. Look at it again before you decide.")
        return _agreeing_page(request, partnership, theme, fault=fault, status=409)


def _agreeing_url(theme: Theme) -> str:
    return reverse("assessment:agreeing", args=[theme.partnership.slug, theme.assessment_id, theme.code])


def _theme(request: HttpRequest, partnership: Any, pk: int, code: str) -> Theme:
    rows = Theme.objects.standing().select_related("assessment__partnership", "assessment__method")
    return fetch(rows, request.user, assessment__partnership=partnership, assessment=pk, code=code)


@desk(EDIT)
def agree(request: HttpRequest, partnership: Any, pk: int, code: str) -> HttpResponse:
    """The agreed score, chosen in sight of what each gave; it begins with the middle of what was given."""
    theme = _theme(request, partnership, pk, code)
    if theme.opened_on is None or theme.assessment.method is None:
        return render(request, "assessment/closed.html", {"theme": theme}, status=403)
    given = list(theme.scores.standing().filter(is_agreed=False).select_related("method", "scored_by__body"))
    row = theme.scores.standing().filter(is_agreed=True).first()
    rows = spread([each for each in given if each.method_id == theme.assessment.method_id])
    if row is None:
        row = Score(theme=theme, is_agreed=True, values={each["code"]: each["middle"] for each in rows})
    row.theme = theme
    title = _("Agree a score: %(theme)s") % {"theme": theme.pair("title").say() or theme.pair("title").en}
    extra = {"spread": rows, "apart": given, "sees_people": may(request.user, May.SEE_PEOPLE, partnership)}
    return edit_row(request, AgreedForm, row, title=title, back=_agreeing_url(theme), template="assessment/score.html", extra=extra)


@desk(EDIT)
def new_dissent(request: HttpRequest, partnership: Any, pk: int, code: str) -> HttpResponse:
    theme = _theme(request, partnership, pk, code)
    if theme.opened_on is None or theme.assessment.method is None:
        return render(request, "assessment/closed.html", {"theme": theme}, status=403)
    row = Dissent(theme=theme, said_on=today())
    return edit_row(request, DissentForm, row, title=_("Record who does not agree"), back=_agreeing_url(theme))


@desk(EDIT)
def edit_dissent(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Dissent.objects, request.user, theme__assessment__partnership=partnership, pk=pk)
    extra = {"withdraw_url": reverse("assessment:withdraw_dissent", args=[partnership.slug, pk])}
    return edit_row(request, DissentForm, row, title=_("Correct who does not agree"), back=_agreeing_url(row.theme), extra=extra)


@desk(EDIT)
def withdraw_dissent(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Dissent.objects, request.user, theme__assessment__partnership=partnership, pk=pk)
    title = _("Bring this back") if row.withdrawn_on else _("Withdraw who does not agree")
    return withdraw_row(request, row, title=title, back=theme_url(row.theme))
