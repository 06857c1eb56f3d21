"""What each move of an assessment waits for, named one by one, with the page on which it is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .models import StatutorySection, Theme
from .reading import Whole


@dataclass(frozen=True)
class Hindrance:
    """One thing that is missing: its code, what it is about, a sentence in the page's language, and the page that mends it."""

    code: str
    subject: str
    sentence: str
    view: str
    args: tuple[Any, ...]


LEAST_SCORERS = 2


def hindrances(whole: Whole, to_status: str) -> list[Hindrance]:
    """Everything that stands in the way of `to_status`, in the order of the work."""
    return [each for check in CHECKS.get(to_status, ()) for each in check(whole)]


def _commission(whole: Whole) -> Iterator[Hindrance]:
    row = whole.assessment
    if row.pair("commission").is_empty:
        yield Hindrance("no-commission", "", _("There is no commissioning note."), "edit_assessment", (row.pk,))


def _themes(whole: Whole) -> Iterator[Hindrance]:
    row = whole.assessment
    if not whole.themes:
        yield Hindrance("no-theme", "", _("No theme stands in the assessment."), "new_theme", (row.pk,))
    for theme in whole.themes:
        if not whole.evidence[theme.pk]:
            words = _("No evidence is recorded for this theme: %(theme)s") % {"theme": _called(theme)}
            yield Hindrance("no-evidence", theme.code, words, "year_theme", (row.pk, theme.code))


def _method(whole: Whole) -> Iterator[Hindrance]:
    row = whole.assessment
    if row.method_id is None:
        yield Hindrance("no-method", "", _("No method of scoring is chosen."), "methods", (row.pk,))
    if len(whole.scorers) < LEAST_SCORERS:
        yield Hindrance("too-few-scorers", "", _("Fewer than two people are asked to score."), "scorers", (row.pk,))


def _scores(whole: Whole) -> Iterator[Hindrance]:
    row = whole.assessment
    for theme in whole.themes:
        if theme.pk not in whole.agreed and not theme.band_as_published:
            words = _("No score is agreed for this theme: %(theme)s") % {"theme": _called(theme)}
            yield Hindrance("no-score", theme.code, words, "agreeing", (row.pk, theme.code))


def _sections(whole: Whole) -> Iterator[Hindrance]:
    for about in StatutorySection.About:
        section = whole.sections.get(about.value)
        where = ("edit_section", (whole.assessment.pk, about.value))
        pair = section.pair("text") if section else None
        if pair is None or pair.is_empty:
            yield Hindrance("empty-section", about.value, _("This section is empty: %(section)s") % {"section": about.label}, *where)
        elif not pair.is_checked:
            words = _("The two languages of this section are not checked: %(section)s") % {"section": about.label}
            yield Hindrance("unchecked-section", about.value, words, *where)


def _decisions(whole: Whole) -> Iterator[Hindrance]:
    for theme in whole.themes:
        where = ("edit_year_theme", (whole.assessment.pk, theme.code))
        reason = theme.pair("decision_reason")
        if theme.decision == Theme.Decision.UNDECIDED:
            yield Hindrance("undecided", theme.code, _("Nothing is decided of this theme: %(theme)s") % {"theme": _called(theme)}, *where)
        elif not reason.is_checked:
            words = _("The reason of the decision is missing or not checked: %(theme)s") % {"theme": _called(theme)}
            yield Hindrance("no-reason", theme.code, words, *where)


def _words(whole: Whole) -> Iterator[Hindrance]:
    """Whatever else the document tells: it leaves in two languages that agree, or not at all."""
    row = whole.assessment
    if row.unchecked_pairs():
        words = _("Sentences about the assessment itself are not checked in both languages.")
        yield Hindrance("unchecked-words", "", words, "edit_assessment", (row.pk,))
    if row.method and row.method.unchecked_pairs():
        yield Hindrance("unchecked-words", "method", _("The method is not checked in both languages."), "method", (row.method.pk,))
    for theme in whole.themes:
        score = whole.agreed.get(theme.pk)
        if set(theme.unchecked_pairs()) - {"decision_reason"} or (score and score.unchecked_pairs()):
            words = _("Sentences about this theme are not checked in both languages: %(theme)s") % {"theme": _called(theme)}
            yield Hindrance("unchecked-words", theme.code, words, "year_theme", (row.pk, theme.code))


def _requests(whole: Whole) -> Iterator[Hindrance]:
    for request in whole.requests:
        if not request.is_answered:
            values = {"body": request.body.pair("name").say() or request.body.pair("name").en, "what": request.pair("what").say()}
            words = _("%(body)s has not sent this, and nobody said why: %(what)s") % values
            yield Hindrance("unanswered-request", str(request.pk), words, "edit_request", (request.pk,))


def _called(theme: Theme) -> str:
    pair = theme.pair("title")
    return pair.say() or pair.en or pair.cy


CHECKS: dict[str, tuple[Callable[[Whole], Iterator[Hindrance]], ...]] = {
    "gathering": (_commission,),
    "scoring": (_themes, _method),
    "agreed": (_scores,),
    "approved": (_scores, _decisions, _requests, _sections, _words),
    "published": (_decisions, _sections, _words),  # an approved sentence may have been changed since
}
