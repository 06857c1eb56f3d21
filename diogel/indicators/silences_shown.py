"""How a silence is told, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from diogel.words.pairs import Pair

from .shown_in_list import day, role_name
from .silence_row import Silence


def lines(rows: Iterable[Any], partnership: Any) -> list[dict[str, Any]]:
    """Each silence, as `seen_by` gives it, with its sentence, mark and address."""
    return [
        {"sentence": sentence(row), "mark": mark(row), "url": reverse("unusual:silence", args=[partnership.slug, row.pk])} for row in rows
    ]


def sentence(row: Any) -> str:
    """What is not heard of any more, and since when, as a title."""
    values: dict[str, Any] = {"day": day(row.since_on), "due": day(row.due_on), "usual": row.usual_days}
    if row.flow == Silence.Flow.TENSIONS:
        return _("No tension report has come since %(day)s; days from one to the next, usually: %(usual)s") % values
    if row.flow == Silence.Flow.MEASURE:
        values["measure"] = Pair(row.measure_cy or "", row.measure_en or "").say() or row.subject
        return _("%(measure)s: no figure later than %(day)s; the next was due on %(due)s") % values
    return _("No recorded crime later than %(day)s has been loaded; the next month was due by %(due)s") % values


def mark(row: Silence) -> dict[str, str]:
    """Whether anybody is asked, in shape and words: by role or body, never by name."""
    if row.ended_on:
        return {"shape": "done", "word": _("Heard again %(day)s") % {"day": day(row.ended_on)}, "note": ""}
    if row.answer:
        return {"shape": "eye", "word": capfirst(row.get_answer_display()), "note": asked(row)}
    if row.asked_until:
        return {"shape": "eye", "word": _("Being asked"), "note": asked(row)}
    return {"shape": "late", "word": _("Nobody is asked"), "note": ""}


def asked(row: Silence) -> str:
    """Who is asked, and until when."""
    who = [row.asked_body.pair("name").say()] if row.asked_body else []
    who += [capfirst(role_name(row.asked_role))] if row.asked_role else []
    if not who or not row.asked_until:
        return ""
    return _("%(who)s, until %(day)s") % {"who": "; ".join(who), "day": day(row.asked_until)}
