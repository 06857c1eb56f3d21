"""Scoring step by step: a method is adopted, people are asked, each scores apart, the scores are opened, one is agreed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import numpy as np
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diogel.analysis import risk
from diogel.home import today
from diogel.people.access import Installation, May, may, may_score, person_in, require
from diogel.people.models import Person
from diogel.people.writing import note, write

from .method_tables import built_in, table_of
from .models import Assessment, Method, Score, Scorer, Theme
from .reading import read
from .statuses import Status

Words = tuple[str, str]
SEED = 2022
"""Of the generator that draws ways to move values, where there are too many to reckon: the same list gives the same answer."""


def adopt(partnership: Any, code: str, *, from_on: date, by: Any) -> Method:
    """A copy of one of the product's methods, held by the partnership from a day on; the same day again gives the copy that stands."""
    held = Method.objects.standing().filter(partnership=partnership, code=code, from_on=from_on).first()
    if held:
        return held
    ours = built_in()[code]
    pairs = {"name": (ours.name_cy, ours.name_en)}
    checked = ("name",) if may(by, May.CHECK_PAIRS, partnership) else ()
    return write(Method(partnership=partnership, code=code), by=by, pairs=pairs, checked=checked, from_on=from_on, table=table_of(ours))


def copy(method: Method, *, from_on: date, by: Any) -> Method:
    """The method as it stands, to be changed and to hold from a later day. ValidationError for the same day."""
    pairs = {name: (method.pair(name).cy, method.pair(name).en) for name in method.pairs}
    made = Method(partnership=method.partnership, code=method.code)
    return write(made, by=by, pairs=pairs, from_on=from_on, table=method.table)


def ask(assessment: Assessment, person: Person, *, by: Any, on: date | None = None) -> Scorer:
    """Ask somebody to score; asked again after they were let off, they are asked anew."""
    row = Scorer.objects.filter(assessment=assessment, person=person).first() or Scorer(assessment=assessment, person=person)
    if row.pk and row.withdrawn_on is None:
        return row
    return write(row, by=by, asked_on=on or today(), withdrawn_on=None)


def file_score(
    theme: Theme,
    *,
    by: Any,
    values: Mapping[str, int],
    confidence: str,
    reason: Words,
    checked: Collection[str] = (),
    seen: int | None = None,
    on: date | None = None,
    scorer: Person | None = None,
) -> Score:
    """What one scorer gives a theme, seen by nobody else until the scores are opened. Given again, it replaces the first.

    PermissionDenied for who was not asked, and once the scores are open. `scorer` is told only by the installation itself, which
    loads what somebody gave elsewhere.
    """
    is_loaded = isinstance(by, Installation) and scorer is not None
    person = scorer if is_loaded else person_in(by, theme.partnership)
    if person is None or not (is_loaded or may_score(by, theme)):
        raise PermissionDenied(May.SCORE_THEMES.name)
    _require_method(theme)
    row = own_score(theme, person) or Score(theme=theme, scored_by=person)
    return write(
        row,
        by=by,
        seen=seen,
        pairs={"reason": reason},
        checked=checked,
        method=theme.assessment.method,
        values=dict(values),
        confidence=confidence,
        scored_on=on or today(),
    )


def own_score(theme: Theme, person: Person | None) -> Score | None:
    """The score that somebody gave this theme by themselves."""
    return theme.scores.standing().filter(scored_by=person, is_agreed=False).first() if person else None


def still_to_score(theme: Theme) -> list[Scorer]:
    """Who was asked and has not scored this theme."""
    gave = set(theme.scores.standing().filter(is_agreed=False).values_list("scored_by", flat=True))
    return [scorer for scorer in theme.assessment.scorers.standing().select_related("person") if scorer.person_id not in gave]


def open_scores(theme: Theme, *, by: Any, seen: int, reason: str = "", on: date | None = None) -> Theme:
    """Show everyone what each scorer gave; from then on none of it changes.

    ValidationError before anyone has scored, and without a reason while somebody who was asked has not.
    """
    require(by, May.EDIT_ASSESSMENT, theme.partnership)
    if not theme.scores.standing().filter(is_agreed=False).exists():
        raise ValidationError(_("Nobody has scored this theme yet."))
    if still_to_score(theme) and not reason.strip():
        raise ValidationError(_("Not everyone who was asked has scored. Wait for them, or say why the scores are opened without them."))
    with transaction.atomic():
        write(theme, by=by, seen=seen, opened_on=on or today())
        if reason.strip():
            note(theme, by=by, partnership=theme.partnership, deed="opened", detail={"reason": reason.strip()})
    return theme


def agree(
    theme: Theme,
    *,
    by: Any,
    values: Mapping[str, int],
    confidence: str,
    reason: Words,
    checked: Collection[str] = (),
    seen: int | None = None,
    on: date | None = None,
) -> Score:
    """The agreed score of a theme, and with it the theme's band. ValidationError until the scores are open."""
    require(by, May.EDIT_ASSESSMENT, theme.partnership)
    if theme.opened_on is None:
        raise ValidationError(_("Open the scores first: what is agreed is agreed in sight of them."))
    _require_method(theme)
    row = theme.scores.standing().filter(is_agreed=True).first() or Score(theme=theme, is_agreed=True)
    columns: dict[str, Any] = {
        "method": theme.assessment.method,
        "values": dict(values),
        "confidence": confidence,
        "scored_on": on or today(),
    }
    with transaction.atomic():
        write(row, by=by, seen=seen, pairs={"reason": reason}, checked=checked, **columns)
        if theme.band != row.band:
            write(theme, by=by, band=row.band)
    if theme.assessment.status != Status.SCORING:
        keep_ranks(theme.assessment)
    return row


def _require_method(theme: Theme) -> None:
    if theme.assessment.method is None:
        raise ValidationError(_("Choose a method of scoring first."))


def reckon_ranks(assessment: Assessment) -> dict[str, Any]:
    """Ranks of the agreed scores and whether they would survive a step either way, by theme: kept with the assessment, for it takes
    longer than a page may. Themes scored by another method than the assessment's are left out."""
    whole = read(assessment)
    method = assessment.method
    if method is None:
        return {}
    themes = {
        theme.code: whole.agreed[theme.pk].values
        for theme in whole.themes
        if theme.pk in whole.agreed and whole.agreed[theme.pk].method_id == method.pk
    }
    found = risk.survival(method.scale, themes, rng=np.random.default_rng(SEED)) if themes else ()
    return {
        one.theme: {
            "rank": one.rank, "one_change": list(one.one_change), "any_change": list(one.any_change), "kept": round(one.kept, 4),
            "bands": list(one.bands),
        }
        for one in found
    }  # fmt: skip


def keep_ranks(assessment: Assessment) -> None:
    """Reckon the ranks anew where they no longer tell of the agreed scores; what is derived takes no version."""
    ranks = reckon_ranks(assessment)
    if ranks != assessment.ranks:
        assessment.ranks = ranks
        Assessment.objects.filter(pk=assessment.pk).update(ranks=ranks)
