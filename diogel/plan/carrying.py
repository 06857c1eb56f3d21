"""Taking an action of one plan into the next: as it was meant to go on, or because it was not done in time, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from diogel.assessment.models import Duty, Theme
from diogel.people.access import Installation, May, require
from diogel.people.models import Partnership
from diogel.people.writing import restore, write
from diogel.processes.actions.models import CarryOver
from diogel.processes.actions.process import RESTING

from .models import Number, Plan, Priority, Section

MOST = 999
"""The greatest number that an action may bear in a plan."""
LIVED = (Plan.Status.IN_FORCE, Plan.Status.CLOSED)


class NotCarried(Exception):
    """Why an action was not taken into the plan; the message is for the reader."""


@dataclass(frozen=True)
class Between:
    """Two plans that follow one another, and what the first still has open that the second does not have."""

    before: Plan
    into: Plan | None
    open: list[Number]


def between(user: Any, partnership: Any) -> Between | None:
    """The two plans, and the actions of the first that `user` may see. None where no plan was ever in force."""
    before, into = following(list(Plan.objects.visible_to(user).standing().filter(partnership=partnership)))
    return Between(before, into, still_open(user, before)) if before else None


def following(plans: Sequence[Plan]) -> tuple[Plan | None, Plan | None]:
    """Of the standing plans, the latest first, the one before the newest that is not over, and that; where none follows yet, the plan
    itself."""
    lived = [plan for plan in plans if plan.status in LIVED]
    into = next((plan for plan in plans if plan.status != Plan.Status.CLOSED and any(each.from_on < plan.from_on for each in lived)), None)
    return next((plan for plan in lived if into is None or plan.from_on < into.from_on), None), into


def last_before(partnership: Partnership, day: date) -> Plan | None:
    """The last plan of those that are or were in force and began before a day."""
    found: Plan | None = Plan.objects.standing().filter(partnership=partnership, status__in=LIVED, from_on__lt=day).first()
    return found


def seen_by(user: Any) -> Any:
    """Numbers as `user` may see them; nothing is kept from the installation itself."""
    return Number.objects.all() if isinstance(user, Installation) else Number.objects.visible_to(user)


def still_open(user: Any, before: Plan) -> list[Number]:
    """What `open_in` finds, in the order of the numbers."""
    found = list(open_in(user, before).select_related("action", "section").order_by("number"))
    for held in found:
        held.plan = before
    return found


def open_in(user: Any, before: Plan) -> Any:
    """The numbers of a plan whose action is not at rest and stands in no later plan; those that `user` may see."""
    rows = seen_by(user).standing().filter(plan=before, action__withdrawn_on=None).exclude(action__status__in=RESTING)
    place = {"plan__partnership": before.partnership_id, "plan__from_on__gt": before.from_on, "plan__withdrawn_on": None}
    later = Number.objects.filter(**place, withdrawn_on=None)
    return rows.exclude(action__in=later.values("action"))


class Served:
    """What an action serves in a later plan: the same as before, where that plan or the assessment has it under the same code. Asked for
    once for all actions; of a plan that is still to be made (None) nothing stands yet."""

    def __init__(self, partnership: Partnership, into: Plan | None) -> None:
        self.partnership, self.into = partnership, into

    @cached_property
    def _themes(self) -> dict[str, Theme]:
        return {row.code: row for row in Theme.objects.to_choose(self.partnership).order_by("assessment__to_on", "pk")}

    @cached_property
    def _priorities(self) -> dict[str, Priority]:
        return {row.code: row for row in self.into.priorities.standing()} if self.into else {}

    @cached_property
    def _sections(self) -> dict[str, Section]:
        return {row.code: row for row in self.into.sections.standing()} if self.into else {}

    def themes(self, held: Number) -> list[Theme]:
        return list({self._themes.get(row.code, row) for row in held.themes.all()})

    def duties(self, held: Number) -> list[Duty]:
        return list(held.duties.all())

    def section(self, held: Number) -> Section | None:
        return self._sections.get(held.section.code) if held.section else None

    def all_of(self, held: Number) -> dict[str, list[Any]]:
        """By the name of their column."""
        before = list(held.priorities.all())
        return {
            "themes": self.themes(held),
            "duties": self.duties(held),
            "indicators": list(held.indicators.all()),
            "priorities": [self._priorities[row.code] for row in before if row.code in self._priorities],
        }


def free_number(into: Plan, held: Number) -> int:
    """The number that an action bore before where it is free, else the next after the last."""
    taken = set(Number.objects.filter(plan=into).exclude(action=held.action_id).values_list("number", flat=True))
    return held.number if held.number not in taken else max(taken) + 1


def place_in(into: Plan, action: int, number: int) -> Number:
    """The row that is to tell an action's number in a plan: a new one or, where it or this number was taken out of the plan, that one,
    still as it was. NotCarried where the action has a number there, or the number is another's."""
    rows = list(Number.objects.filter(Q(action=action) | Q(number=number), plan=into))
    own = next((row for row in rows if row.action_id == action), None)
    there = next((row for row in rows if row.number == number), None)
    if own and not own.withdrawn_on:
        raise NotCarried(_("This action has its number in that plan already."))
    if not 1 <= number <= MOST or (there and (not there.withdrawn_on or own not in (None, there))):
        raise NotCarried(_("Another action of this plan bears this number. Choose one that is free"))
    return own or there or Number(plan=into)


def carry(
    held: Number,
    into: Plan,
    *,
    number: int,
    by: Any,
    on: date,
    reason: tuple[str, str] = ("", ""),
    is_checked: bool = False,
    months: int | None = None,
    served: Served | None = None,
) -> Number:
    """Give the action its number in `into`; with a reason (Welsh, English), also tell that it was carried over, and by how many months.

    What it serves comes along, where the later plan or assessment has the same under the same code. PermissionDenied for who may not
    write the plan; NotCarried where it has a number there, the number is another's, or the plan is over or no later one."""
    require(by, May.EDIT_PLAN, held.partnership)
    if into.status == Plan.Status.CLOSED or into.from_on <= held.plan.from_on:
        raise NotCarried(_("An action is taken into a later plan that is not over."))
    fresh = place_in(into, held.action_id, number)
    served = served or Served(held.partnership, into)
    with transaction.atomic():
        if any(reason):
            _tell_why(held, by=by, on=on, reason=reason, is_checked=is_checked, months=months)
        if fresh.withdrawn_on:
            restore(fresh, by=by, seen=fresh.version)
        section = served.section(held)
        return write(
            fresh, by=by, many=served.all_of(held), action=held.action, number=number, section=section,
            is_cross_cutting=held.is_cross_cutting,
        )  # fmt: skip


def carry_all(rows: Iterable[Number], into: Plan, *, by: Any, on: date) -> int:
    """Take each into the later plan as it was meant to go on, under its old number where that is free; how many."""
    served = Served(into.partnership, into)
    with transaction.atomic():
        return len([carry(held, into, number=free_number(into, held), by=by, on=on, served=served) for held in rows])


def _tell_why(held: Number, *, by: Any, on: date, reason: tuple[str, str], is_checked: bool, months: int | None) -> None:
    key = {"action": held.action, "from_plan": held.plan.code}
    row = CarryOver.objects.filter(**key).first() or CarryOver(**key)
    checked = ("reason",) if is_checked else ()
    write(row, by=by, pairs={"reason": reason}, checked=checked, from_number=str(held.number), carried_on=on, months=months)
