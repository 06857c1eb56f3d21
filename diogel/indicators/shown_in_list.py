"""How the desk lists unusual figures, in the language of the page: a row a card, and every series that was looked at."""

from __future__ import annotations

import math
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from diogel.analysis.explain import Parts
from diogel.people.access import ROLE_NAMES, Role
from diogel.words.quarters import month_said

from . import power_told, sentences
from .account import account_of, parts_by
from .drawn import place_name, ringed
from .models import Card, Look, crime_type_name
from .sparkline import sparkline


def language() -> str:
    return (get_language() or "en")[:2]


def list_row(card: Card, slug: str) -> dict[str, Any]:
    """A card as `dg/odd.html` takes it."""
    finding = card.finding
    told = finding["told"]
    return {
        "count": told["observed"],
        "expected": expected_words(told),
        "title": sentences.finding_sentence(finding, card.area.pair("name"), card.crime_type, language()),
        "url": reverse("unusual:card", args=[slug, card.pk]),
        "sentence": made_up_sentence(card),
        "spark": sparkline(finding["monthly"], {str(month) for month in ringed(finding)}),
        "mark": holder_mark(card),
    }


def expected_words(told: Any) -> str:
    if told["low"] is None:
        return _("expected about %(n)s") % {"n": f"{told['expected']:,.0f}"}
    return _("expected %(low)s to %(high)s") % {"low": f"{told['low']:,}", "high": f"{told['high']:,}"}


def holder_mark(card: Card) -> dict[str, str]:
    """Who holds the card, in shape and words: by role, never by name."""
    if card.withdrawn_on:
        return {"shape": "no", "word": _("No longer unusual"), "note": ""}
    if card.is_signed:
        note = _("%(cause)s; confidence %(confidence)s") % {
            "cause": capfirst(card.get_cause_display()),
            "confidence": card.get_confidence_display(),
        }
        return {"shape": "done", "word": _("Signed %(day)s") % {"day": day(card.signed_on)}, "note": note}
    if card.is_answered:
        return {"shape": "eye", "word": _("Being looked at"), "note": until_words(card)}
    return {"shape": "late", "word": _("Nobody is looking"), "note": _("Needs an explanation, or a name and a day")}


def own_mark(card: Card) -> dict[str, str]:
    """The same on the card itself, where cause and confidence stand below: a signed one names the role."""
    return holder_mark(card) | ({"note": capfirst(role_name(card.signed_role))} if card.is_signed and not card.withdrawn_on else {})


def until_words(card: Card) -> str:
    return capfirst(_("%(role)s, until %(day)s") % {"role": role_name(card.looking_role), "day": day(card.looking_until)})


def role_name(role: str) -> str:
    return str(ROLE_NAMES[Role(role)]) if role else ""


def day(on: Any) -> str:
    return date_format(on, "j F Y") if on else ""


def made_up_sentence(card: Card) -> str:
    """What makes up the difference, as one sentence: one place, a few, or that it is spread; nothing where it cannot be told."""
    parts = _parts(card)
    if parts is None or parts.gathering == "unknown" or not card.places:
        return ""
    difference, tops = parts.difference, few_places(card)
    if not tops:
        return _spread(card)
    part, whole = abs(sum(place["difference"] for place in tops)), abs(difference)
    values = {"n": f"{part:,}", "of": f"{whole:,}", "places": "; ".join(place_name(place, language()) for place in tops)}
    if part > whole:
        more = _("%(n)s more than expected were recorded in few places, and fewer than expected elsewhere: %(places)s.")
        fewer = _("%(n)s fewer than expected were recorded in few places, and more than expected elsewhere: %(places)s.")
        return (more if difference > 0 else fewer) % values
    return _shares(len(tops), rises=difference > 0) % values


def few_places(card: Card) -> list[Any]:
    """The place, or the few places, that make up half of the difference; none where it takes many of them, or cannot be told."""
    parts = _parts(card)
    if parts is None or parts.gathering not in ("one", "few"):
        return []
    named = [place for place in card.places if place["code"] and place["difference"] * parts.difference > 0]
    return sorted(named, key=lambda place: -abs(place["difference"]))[: parts.halves]


def _parts(card: Card) -> Parts | None:
    told = account_of(card)
    return parts_by(told, "place") if told else None


def _shares(count: int, *, rises: bool) -> str:
    """Whole sentences: in Welsh the number changes the word after it."""
    more = {
        1: _("One place makes up %(n)s of the %(of)s above the expected number: %(places)s."),
        2: _("Two places make up %(n)s of the %(of)s above the expected number: %(places)s."),
        3: _("Three places make up %(n)s of the %(of)s above the expected number: %(places)s."),
    }
    fewer = {
        1: _("One place makes up %(n)s of the %(of)s below the expected number: %(places)s."),
        2: _("Two places make up %(n)s of the %(of)s below the expected number: %(places)s."),
        3: _("Three places make up %(n)s of the %(of)s below the expected number: %(places)s."),
    }
    many = (
        _("A few places make up %(n)s of the %(of)s above the expected number: %(places)s.")
        if rises
        else _("A few places make up %(n)s of the %(of)s below the expected number: %(places)s.")
    )
    return (more if rises else fewer).get(count, many)


def _spread(card: Card) -> str:
    difference = difference_of(card)
    top = card.places[0]
    values = {"n": f"{abs(top['difference']):,.0f}", "of": f"{abs(difference):,.0f}", "place": place_name(top, language())}
    more = _("It is spread: the largest part is %(n)s of the %(of)s above the expected number, in one place: %(place)s.")
    fewer = _("It is spread: the largest part is %(n)s of the %(of)s below the expected number, in one place: %(place)s.")
    return (more if difference > 0 else fewer) % values


def difference_of(card: Card) -> float:
    """What was recorded less what was expected: of the places together where they are told, which is exactly their sum."""
    if card.places:
        return round(math.fsum(place["difference"] for place in card.places), 1)
    return float(card.finding["told"]["observed"] - card.finding["told"]["expected"])


def series_table(look: Look, names: dict[str, str]) -> dict[str, Any]:
    """Every series of a look: count, range, what is said of it, and what would have been seen."""
    labels = [(_("Type"), False), (_("Place"), False), (_("Recorded"), True), (_("Expected range"), True), (_("What is said"), False)]
    tells_power = power_told.in_all(look.series) is not None
    if tells_power:
        labels.append((_("What would be seen"), False))
    rows = [
        [
            crime_type_name(row["type"]),
            names.get(row["area"], row["area"]),
            row["observed"],
            "" if row["low"] is None else f"{row['low']:,}–{row['high']:,}",
            verdict_words(row),
            *([power_told.sentence(row, language())] if tells_power else []),
        ]
        for row in look.series
    ]
    columns = [{"label": label, "is_number": number} for label, number in labels]
    return {"caption": _("Every series that was looked at"), "columns": columns, "rows": rows, "stacks": True, "hides_caption": True}


def verdict_words(row: dict[str, Any]) -> str:
    """The verdict on one series, with its reason where nothing can be said."""
    if row["verdict"] == "missing":
        return _("nothing: no whole file for %(months)s") % {"months": "; ".join(month_said(month) for month in row["missing"])}
    if row["verdict"] == "too_short":
        n = row["history_months"]
        return ngettext("nothing: only %(n)s month of history", "nothing: only %(n)s months of history", n) % {"n": n}
    words = {
        ("unusual", "higher"): _("unusual, higher"),
        ("unusual", "lower"): _("unusual, lower"),
        ("outside", "higher"): _("higher, but no more than chance makes of so many"),
        ("outside", "lower"): _("lower, but no more than chance makes of so many"),
    }
    return words.get((row["verdict"], row["direction"]), _("as expected"))
