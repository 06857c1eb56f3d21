"""Who is asked about an action: its lead person, else whoever answered last, else somebody of its bodies; and how it is passed on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from diogel.people.access import ByLink, May, Role, may
from diogel.people.models import Holding, Partnership, Person
from diogel.people.writing import note, write
from diogel.plan.models import Lead, Number, Priority
from diogel.processes.actions.models import Action, Update
from diogel.records.owners import owners_of

from .models import Request, Round

ORDER = (Role.PARTNER_OFFICER, Role.PRIORITY_LEAD, Role.CASE_ROLE, Role.MEMBER, Role.CO_ORDINATOR)
"""Of several people of one body the first of these roles is asked."""


class NotPassed(Exception):
    """Why a request was not passed on; the message is for the reader."""


class Askable:
    """Everybody of a partnership who may be asked on a day, found once for all actions of a round."""

    def __init__(self, partnership: Partnership, on: date) -> None:
        rows = Holding.objects.filter(partnership=partnership, role__in=[role.value for role in ORDER]).in_force(on)
        ranks = {role.value: at for at, role in enumerate(ORDER)}
        ranked: dict[int, tuple[int, Person]] = {}
        for row in rows.select_related("person__body"):
            rank = (ranks[row.role], row.person)
            ranked[row.person_id] = min(ranked.get(row.person_id, rank), rank, key=lambda each: each[0])
        self.by_key = {key: person for key, (_rank, person) in ranked.items()}
        self.by_body: dict[int | None, list[Person]] = defaultdict(list)
        for _rank, person in sorted(ranked.values(), key=lambda each: (each[0], each[1].pk)):
            self.by_body[person.body_id].append(person)

    def for_action(self, action: Action, last: Iterable[Update]) -> Person | None:
        """Who answers for it in person, else who told of it last, where they are still here; else the first of its leading body, then of
        the others. None where nobody is."""
        for owner in owners_of(action):
            if owner.pk in self.by_key:
                return self.by_key[owner.pk]
        for update in sorted(last, key=lambda each: each.quarter, reverse=True):
            if update.filed_by_id in self.by_key:
                return self.by_key[update.filed_by_id]
        bodies = sorted(action.bodies.all(), key=lambda body: body.pk != action.lead_body_id)
        return next((self.by_body[body.pk][0] for body in bodies if self.by_body[body.pk]), None)


def colleagues(person: Person, partnership: Partnership, on: date) -> list[Person]:
    """Others of the same body who may be asked here."""
    if person.body_id is None:
        return []
    return [each for each in Askable(partnership, on).by_body[person.body_id] if each.pk != person.pk]


def pass_on(request: Request, *, to: Person | None, by: Any, seen: int, why: str, on: date) -> Request:
    """Ask somebody else instead, or nobody: then it comes back to the co-ordinator. Whoever answers by link passes on only what they
    were asked, and only to their own body. What was typed so far goes along."""
    _require(request, to, by, on)
    if request.is_answered:
        raise NotPassed(_("This action has its update already, so there is nothing to pass on."))
    with transaction.atomic():
        passed: dict[str, Any] = {"passed_from": request.person, "passed_on": on, "passed_note": why.strip()}
        write(request, by=by, seen=seen, person=to, **passed)
        note(request, by=by, partnership=request.partnership, deed="passed_on", detail={"person": to.pk if to else None})
    return request


def _require(request: Request, to: Person | None, by: Any, on: date) -> None:
    if request.round.is_closed:
        raise NotPassed(_("This round is closed, so nothing is passed on any more."))
    if may(by, May.RUN_ROUNDS, request.partnership):
        if to is not None and to.pk not in Askable(request.partnership, on).by_key:
            raise NotPassed(_("That person holds no role here that answers for actions."))
        return
    if not isinstance(by, ByLink) or request.person_id != by.person_id or request.update.action_id not in by.actions:
        raise PermissionDenied("pass_on")
    if to is not None and to.pk not in {each.pk for each in colleagues(by.person, request.partnership, on)}:
        raise NotPassed(_("Pass it to somebody of your own body, or back to the co-ordinator."))


class Leads:
    """Who answers for what stays unanswered in a round, where a letter can reach them; found once for all of its actions."""

    def __init__(self, round_: Round, on: date) -> None:
        self.by_body: dict[int | None, list[Person]] = defaultdict(list)
        self.co_ordinators: list[Person] = []
        held = Holding.objects.filter(partnership=round_.partnership, role__in=[Role.PRIORITY_LEAD.value, Role.CO_ORDINATOR.value])
        for row in held.in_force(on).exclude(person__email="").select_related("person").order_by("person"):
            (self.co_ordinators if row.role == Role.CO_ORDINATOR.value else self.by_body[row.person.body_id]).append(row.person)
        self.of_action: dict[int, list[Lead]] = defaultdict(list)
        leads = Prefetch("priorities__leads", Lead.objects.standing())
        numbers = Number.objects.standing().filter(plan=round_.plan_id)
        for number in numbers.prefetch_related(Prefetch("priorities", Priority.objects.standing()), leads):
            self.of_action[number.action_id] = [lead for priority in number.priorities.all() for lead in priority.leads.all()]

    def told_of(self, request: Request) -> list[Person]:
        """Those who lead the priorities that the action serves; else priority leads of its own bodies; else the co-ordinators, as where
        nobody else than who was asked would be told."""
        action = request.update.action
        named = [person for lead in self.of_action[action.pk] for person in self._holders(lead)]
        of_its_bodies = [person for body in action.bodies.all() for person in self.by_body[body.pk]]
        for found in (named, of_its_bodies):
            if others := [person for person in dict.fromkeys(found) if person.pk != request.person_id]:
                return others
        return self.co_ordinators

    def _holders(self, lead: Lead) -> list[Person]:
        """Priority leads of the body that leads; of several, those whose post the plan names."""
        here = self.by_body[lead.body_id]
        return [person for person in here if _names_post(lead, person)] or here


def _names_post(lead: Lead, person: Person) -> bool:
    posts = ((person.post_cy, lead.role_cy), (person.post_en, lead.role_en))
    return any(post and post.casefold() in role.casefold() for post, role in posts)
