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
from diogel.people.access import May, Role, may, person_in, roles_of
from diogel.plan.carrying import between
from diogel.plan.models import Plan
from diogel.post.links import path_of
from diogel.post.models import Letter, SignedLink
from diogel.rounds.models import Answer, Request, Round
from diogel.rounds.purpose import PURPOSE, about
from diogel.rounds.showing import carried_over

ASKED_AFTER = 3
"""Days after a quarter's end from which a round that nobody opened is a next step."""


def own_pages(user: Any, partnership: Any, day: date) -> dict[int, str]:
    """For each update that `user` was asked for in an open round, the page behind their own link, where one opens it on `day`."""
    person = person_in(user, partnership)
    asked = Request.objects.standing().filter(round__partnership=partnership, round__status=Round.Status.OPEN, person=person)
    found = list(asked.values_list("update", "round")) if person else []
    if not found:
        return {}
    told = [about(key) for key in {round_key for _update, round_key in found}]
    links = SignedLink.objects.filter(purpose=PURPOSE, person=person, about__in=told).select_related("partnership").order_by("pk")
    pages = {link.about: path_of(link, (get_language() or "en")[:2]) for link in links if link.stands(day)}  # of several the newest
    return {update: pages[about(round_key)] for update, round_key in found if about(round_key) in pages}


def round_steps(user: Any, partnership: Any, day: date) -> Iterator[dict[str, Any]]:
    """For who runs rounds: what an open one wants, what came too late, and the round that nobody has opened."""
    if not may(user, May.RUN_ROUNDS, partnership):
        return
    rounds = list(Round.objects.visible_to(user).standing().filter(partnership=partnership).select_related("plan"))
    opened = [each for each in rounds if each.is_open]
    for each in opened:
        yield from _of_open(each, partnership, day)
    if not opened:
        yield from _to_open(user, partnership, day, {(each.plan_id, each.quarter): each for each in rounds})
    kept = (
        Answer.objects.filter(request__round__partnership=partnership, settled="").exclude(sent_on=None).select_related("request").first()
    )
    if kept is not None:
        yield {
            "due_on": None,  # nothing says by when it is settled, so that it is never late
            "is_first": True,
            "sentence": _("An answer came too late and waits for you"),
            "detail": _("It came on %(day)s.") % {"day": date_format(kept.sent_on or day, "j F Y")},
            "button": _("Read it"),
            "url": reverse("rounds:request", args=[partnership.slug, kept.request_id]),
        }
    if unknown := Letter.objects.filter(partnership=partnership, state=Letter.State.UNKNOWN).count():
        pattern = ngettext("Of one letter nobody knows whether it went", "Of %(n)s letters nobody knows whether they went", unknown)
        url = reverse("post:letters", args=[partnership.slug])
        yield {"due_on": None, "sentence": pattern % {"n": unknown}, "button": _("Open the letters"), "url": url}


def _of_open(opened: Round, partnership: Any, day: date) -> Iterator[dict[str, Any]]:
    waiting = opened.requests.standing().exclude(update__state="filed").count()
    if waiting and day > opened.due_on:
        pattern = ngettext("One update of the open round has not come", "%(n)s updates of the open round have not come", waiting)
        yield {
            "due_on": opened.escalate_on,
            "sentence": pattern % {"n": waiting},
            "detail": _("One button writes to everyone who is late."),
            "button": _("Open the round"),
            "url": reverse("rounds:round", args=[partnership.slug, opened.pk]),
        }


def _to_open(user: Any, partnership: Any, day: date, known: dict[tuple[int, str], Round]) -> Iterator[dict[str, Any]]:
    quarter = Quarter.before(day)
    plan = Plan.objects.visible_to(user).filter(partnership=partnership).in_force(quarter.last_day).first()
    asked_on = date.fromordinal(quarter.last_day.toordinal() + ASKED_AFTER)
    held = known.get((plan.pk, str(quarter))) if plan else None
    if held is not None and held.is_prepared:
        yield {
            "due_on": None,
            "sentence": _("A round is prepared, and nobody has been asked yet"),
            "button": _("Open the round"),
            "url": reverse("rounds:round", args=[partnership.slug, held.pk]),
        }
    if plan is None or held is not None or day < asked_on or not plan.numbers.exists():
        return
    yield {
        "due_on": asked_on,
        "sentence": _("Nobody has been asked yet how the quarter went"),
        "button": _("Prepare a round"),
        "url": reverse("rounds:prepare", args=[partnership.slug]),
    }


def carried_steps(user: Any, partnership: Any, day: date) -> Iterator[dict[str, Any]]:
    """For the chair, before everything else: what was carried over twice for the same reason."""
    if Role.CHAIR not in roles_of(user, partnership):
        return
    plan = Plan.objects.visible_to(user).filter(partnership=partnership).in_force(day).first()
    for row in (each for each in (carried_over(plan, user) if plan else []) if each.told.same_reason):
        yield {
            "due_on": None,
            "is_first": True,
            "sentence": _("Action %(number)s was carried over for the same reason again: %(title)s")
            % {"number": row.held.number, "title": row.held.action.pair("title").say()},
            "carry": row.told,
            "button": _("See what is carried over"),
            "url": reverse("rounds:carried", args=[partnership.slug]),
        }


def open_steps(user: Any, partnership: Any, day: date) -> Iterator[dict[str, Any]]:
    """For who writes the plan: what the plan before still has open and the one that follows it does not have, by its first day."""
    found = between(user, partnership) if may(user, May.EDIT_PLAN, partnership) else None
    if found is None or found.into is None or not found.open:
        return
    n = len(found.open)
    pattern = ngettext(
        "One action of the plan before is not in the new one yet", "%(n)s actions of the plan before are not in the new one yet", n
    )
    named = {"into": _said(found.into)}
    yield {
        "due_on": found.into.from_on,
        "sentence": pattern % {"n": n},
        "detail": _("Each keeps its history and gets a number in “%(into)s”, or comes to its end.") % named,
        "button": _("Decide what goes on"),
        "url": reverse("rounds:carried", args=[partnership.slug]),
    }


def _said(plan: Plan) -> str:
    title = plan.pair("title")
    return title.say() or title.cy or title.en or plan.code
