"""A document in one language: which half it demands, and what it says of that on its face."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import JSONField, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import override

from diogel.people.models import Partnership
from diogel.published.blocks import LANGUAGES, Notice
from diogel.words.pairs import PairState

from .models import OneLanguage

RULE = "one_language"
"""What allow-lists, and what is frozen, call the row."""
ALWAYS_BOTH = frozenset({"who", "area", "place_of_card", RULE})
"""Kinds of row that a document in one language tells in both: the names at its head and on the first page, and why it is in one."""


def rule_of(partnership: Partnership, document: str) -> OneLanguage | None:
    """The row by which this type of document is in one language; None where it is in both, as nearly everything is."""
    return OneLanguage.objects.standing().filter(partnership=partnership, document=document).first()


def beside(document: str) -> Subquery:
    """The same rule as a column of any row with a `partnership`, for a page that has no question to spare; `read` makes it a row."""
    held = OneLanguage.objects.standing().filter(partnership=OuterRef("partnership"), document=document)
    columns = {field.attname: field.attname for field in OneLanguage._meta.concrete_fields}
    return Subquery(held.values(row=JSONObject(**columns))[:1], output_field=JSONField())


def read(held: Mapping[str, Any] | None) -> OneLanguage | None:
    """The rule that `beside` gave, if there was one."""
    return OneLanguage(**held) if held else None


def language_of(rule: OneLanguage | None) -> str:
    """The one language, or nothing."""
    return rule.language if rule else ""


def languages(language: str) -> tuple[str, ...]:
    """The languages of a document whose one language is this, if it has one."""
    return (language,) if language else LANGUAGES


def is_ready(pair: Any, language: str) -> bool:
    """Whether the half in this language may be told alone: it is there, and no edit has left it behind. A draft waits, for nobody has
    said yet which of its two halves was made from the other."""
    here, there = (pair.cy, pair.en) if language == "cy" else (pair.en, pair.cy)
    if pair.state == PairState.MISSING:
        return bool(here) and not there
    return bool(here) and pair.state in (PairState.CHECKED, PairState.STALE_EN if language == "cy" else PairState.STALE_CY)


def waits(name: str, kind: str, language: str) -> Q:
    """The rows of a kind whose pair called `name` may not be told: unchecked in both languages or, of a document in one, not ready in it."""
    checked = Q(**{f"{name}_state": PairState.CHECKED})
    if not language or kind in ALWAYS_BOTH:
        return ~checked
    other, left_behind = ("en", PairState.STALE_EN) if language == "cy" else ("cy", PairState.STALE_CY)
    alone = Q(**{f"{name}_state": PairState.MISSING, f"{name}_{other}": ""})
    ready = checked | (alone | Q(**{f"{name}_state": left_behind})) & ~Q(**{f"{name}_{language}": ""})
    return ~ready


def told_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """A content as it is frozen: of a document in both languages it says nothing of any rule."""
    return {name: value for name, value in content.items() if name != RULE or value}


def only_of(content: Mapping[str, Any]) -> str:
    """The one language of what was frozen, or nothing."""
    return content[RULE]["language"] if content.get(RULE) else ""


def said(told: Mapping[str, Any], language: str) -> str:
    """That the document is in one language, and why, in this one. `told` is what was frozen of the rule."""
    with override(language):
        words = (
            _("This document is published in Welsh only. %(reason)s")
            if told["language"] == "cy"
            else _("This document is published in English only. %(reason)s")
        )
        return words % {"reason": told["reason"][language]}


def published_said(only: str) -> str:
    """What the desk says once a version is out, with `version` left open."""
    if not only:
        return _("Version %(version)s is published in both languages.")
    if only == "cy":
        return _("Version %(version)s is published, in Welsh only.")
    return _("Version %(version)s is published, in English only.")


def notices(told: Mapping[str, Any] | None, language: str) -> Iterator[Notice]:
    """What stands on the face of a paper in this language: the sentence in it, then in the other."""
    if told:
        other = "en" if language == "cy" else "cy"
        yield Notice("caution", said(told, language))
        yield Notice("caution", said(told, other), language=other)
