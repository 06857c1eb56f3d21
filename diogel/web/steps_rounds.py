"""Next steps that a round of updates gives: to open it, to chase, to settle what came too late, to decide what is carried on and on, to
take into the next plan what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from diogel.analysis.periods import Quarter
from diogel.people.access import May, Role, roles_of
from diogel.plan.carrying import following
from diogel.plan.models import Plan
from diogel.post.links import path_of
from diogel.post.models import SignedLink
from diogel.rounds.purpose import PURPOSE, about
from diogel.rounds.showing import carried_over

from .steps_read import Reader

ASKED_AFTER = 3
"""Days after a quarter's end from which a round that nobody opened is a next step."""


def own_pages(reader: Reader) -> dict[int, str]:
    """For each update that the reader was asked for in an open round, the page behind their own link, where one opens it today."""
    found = [(row.key, about(row.n)) for row in reader.found("asked")]
    if not found:
        return {}
    told = {name for _update, name in found}
    links = SignedLink.objects.filter(purpose=PURPOSE, person=reader.person, about__in=told).select_related("partnership").order_by("pk")
    language = (get_language() or "en")[:2]
    pages = {link.about: path_of(link, language) for link in links if link.stands(reader.day)}  # of several the newest
    return {update: pages[name] for update, name in found if name in pages}


def round_steps(reader: Reader) -> Iterator[dict[str, Any]]:
    """For who runs rounds: what an open one wants, what came too late, and the round that nobody has opened."""
    if not reader.may(May.RUN_ROUNDS):
        return
    partnership = reader.partnership
    opened = [each for each in reader.rounds if each.is_open]
    for each in opened:
        yield from _of_open(each, reader)
    if not opened:
        yield from _to_open(reader)
    if late := reader.found("came_late"):
        kept = min(late, key=lambda row: row.n)
        yield {
            "due_on": None,  # nothing says by when it is settled, so that it is never late
            "is_first": True,
            "sentence": _("An answer came too late and waits for you"),
            "detail": _("It came on %(day)s.") % {"day": date_format(kept.day or reader.day, "j F Y")},
            "button": _("Read it"),
            "url": reverse("rounds:request", args=[partnership.slug, kept.key]),
        }
    if unknown := len(reader.found("unknown")):
        pattern = ngettext("Of one letter nobody knows whether it went", "Of %(n)s letters nobody knows whether they went", unknown)
        url = reverse("post:letters", args=[partnership.slug])
        yield {"due_on": None, "sentence": pattern % {"n": unknown}, "button": _("Open the letters"), "url": url}


def _of_open(opened: Any, reader: Reader) -> Iterator[dict[str, Any]]:
    if opened.waiting and reader.day > opened.due_on:
        pattern = ngettext("One update of the open round has not come", "%(n)s updates of the open round have not come", opened.waiting)
        yield {
            "due_on": opened.escalate_on,
            "sentence": pattern % {"n": opened.waiting},
            "detail": _("One button writes to everyone who is late."),
            "button": _("Open the round"),
            "url": reverse("rounds:round", args=[reader.partnership.slug, opened.pk]),
        }


def _to_open(reader: Reader) -> Iterator[dict[str, Any]]:
    partnership, quarter = reader.partnership, Quarter.before(reader.day)
    plan = reader.plan_on(quarter.last_day)
    asked_on = date.fromordinal(quarter.last_day.toordinal() + ASKED_AFTER)
    held = next((each for each in reader.rounds if plan and (each.plan_id, each.quarter) == (plan.pk, str(quarter))), None)
    if held is not None and held.is_prepared:
        yield {
            "due_on": None,
            "sentence": _("A round is prepared, and nobody has been asked yet"),
            "button": _("Open the round"),
            "url": reverse("rounds:round", args=[partnership.slug, held.pk]),
        }
    if plan is None or held is not None or reader.day < asked_on or not plan.numbers.exists():
        return
    yield {
        "due_on": asked_on,
        "sentence": _("Nobody has been asked yet how the quarter went"),
        "button": _("Prepare a round"),
        "url": reverse("rounds:prepare", args=[partnership.slug]),
    }


def carried_steps(reader: Reader) -> Iterator[dict[str, Any]]:
    """For the chair, before everything else: what was carried over twice for the same reason."""
    if Role.CHAIR not in roles_of(reader.user, reader.partnership):
        return
    plan = reader.plan_on(reader.day)
    for row in (each for each in (carried_over(plan, reader.user) if plan else []) if each.told.same_reason):
        yield {
            "due_on": None,
            "is_first": True,
            "sentence": _("Action %(number)s was carried over for the same reason again: %(title)s")
            % {"number": row.held.number, "title": row.held.action.pair("title").say()},
            "carry": row.told,
            "button": _("See what is carried over"),
            "url": reverse("rounds:carried", args=[reader.partnership.slug]),
        }


def open_steps(reader: Reader) -> Iterator[dict[str, Any]]:
    """For who writes the plan: what the plan before still has open and the one that follows it does not have, by its first day."""
    if not reader.may(May.EDIT_PLAN):
        return
    _before, into = following(reader.plans)
    n = len(reader.found("open"))
    if into is None or not n:
        return
    pattern = ngettext(
        "One action of the plan before is not in the new one yet", "%(n)s actions of the plan before are not in the new one yet", n
    )
    named = {"into": _said(into)}
    yield {
        "due_on": into.from_on,
        "sentence": pattern % {"n": n},
        "detail": _("Each keeps its history and gets a number in “%(into)s”, or comes to its end.") % named,
        "button": _("Decide what goes on"),
        "url": reverse("rounds:carried", args=[reader.partnership.slug]),
    }


def _said(plan: Plan) -> str:
    title = plan.pair("title")
    return title.say() or title.cy or title.en or plan.code
