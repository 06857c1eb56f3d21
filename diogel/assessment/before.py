"""What the assessment before said of the same theme, and beginning a new assessment with the themes of the one before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Case, Q, SmallIntegerField, Value, When

from diogel.people.access import May, may
from diogel.people.writing import write

from .models import Assessment, Theme


def same_themes(now: Iterable[Theme], before: Iterable[Theme]) -> dict[int, Theme]:
    """By the key of a theme, the one of the year before that it goes on from: that of the same short name; else that of the same title
    in either language, unless its short name is another theme's by now."""
    themes, earlier = list(now), list(before)
    by_code, codes = {each.code: each for each in earlier}, {each.code for each in themes}
    by_title = {title: each for each in earlier if each.code not in codes for title in _titles(each)}
    found = {}
    for theme in themes:
        titled = (by_title[title] for title in _titles(theme) if title in by_title)
        if same := by_code.get(theme.code) or next(titled, None):
            found[theme.pk] = same
    return found


def _titles(theme: Theme) -> list[tuple[str, str]]:
    pair = theme.pair("title")
    return [(half, " ".join(words.casefold().split())) for half, words in (("cy", pair.cy), ("en", pair.en)) if words.strip()]


def last_of(theme: Theme) -> dict[str, Any] | None:
    """The same of one theme, from the newest assessment before that has it, in a question or two."""
    year = theme.assessment
    if year.to_on is None:
        return None
    titled = Q(pk=None)
    for half in ("cy", "en"):
        if words := getattr(theme, f"title_{half}").strip():
            titled |= Q(**{f"title_{half}__iexact": words})
    others = year.themes.standing().exclude(pk=theme.pk).values("code")
    held = Theme.objects.standing().filter(assessment__partnership=year.partnership_id, assessment__to_on__lt=year.to_on)
    same = held.exclude(assessment=year).filter(Q(code=theme.code) | (titled & ~Q(code__in=others)))
    is_named = Case(When(code=theme.code, then=Value(0)), default=Value(1), output_field=SmallIntegerField())
    before = same.select_related("assessment").order_by("-assessment__to_on", "-assessment", is_named).first()
    if before is None:
        return None
    score = before.scores.standing().filter(is_agreed=True).last() if before.opened_on else None
    return {"theme": before, "band": before.band, "score": score, "year": before.assessment}


def take_over(before: Assessment, now: Assessment, *, by: Any) -> list[Theme]:
    """Begin an assessment with the themes of the one before: short names, titles and places, and neither bands nor decisions. What was
    checked stays so where `by` may vouch for it."""
    vouches = may(by, May.CHECK_PAIRS, now.partnership)
    made = []
    with transaction.atomic():
        for theme in before.themes.standing():
            pairs = {name: theme.pair(name) for name in ("title", "highlighted_as")}
            told = {name: (pair.cy, pair.en) for name, pair in pairs.items()}
            checked = [name for name, pair in pairs.items() if vouches and pair.is_checked]
            made.append(write(Theme(assessment=now), by=by, pairs=told, checked=checked, code=theme.code, order=theme.order))
    return made
