"""Taking an action of one plan into the next: as it was meant to go on, or because it was not done in time, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from diogel.assessment.models import Theme
from diogel.people.access import May, require
from diogel.people.writing import write
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import CarryOver
from diogel.processes.actions.process import RESTING

MOST = 999
"""The greatest number that an action may bear in a plan."""


class NotCarried(Exception):
    """Why an action was not taken into the plan; the message is for the reader."""


@dataclass(frozen=True)
class Between:
    """Two plans that follow one another, and what the first still has open that the second does not have."""

    before: Plan
    into: Plan | None
    open: list[Number]


def between(user: Any, partnership: Any) -> Between | None:
    """The newest plan that is not over and the one before it; where none follows yet, the plan itself. None where no plan was ever in
    force. The actions are those that `user` may see."""
    plans = list(Plan.objects.visible_to(user).standing().filter(partnership=partnership))
    lived = [plan for plan in plans if plan.status in (Plan.Status.IN_FORCE, Plan.Status.CLOSED)]
    into = next((plan for plan in plans if plan.status != Plan.Status.CLOSED and any(each.from_on < plan.from_on for each in lived)), None)
    before = next((plan for plan in lived if into is None or plan.from_on < into.from_on), None)
    if before is None:
        return None
    rows = Number.objects.visible_to(user).standing().filter(plan=before, action__withdrawn_on=None).exclude(action__status__in=RESTING)
    later = Number.objects.filter(plan__partnership=partnership, plan__from_on__gt=before.from_on, plan__withdrawn_on=None)
    found = rows.exclude(action__in=later.values("action")).select_related("action").order_by("number")
    for held in (opened := list(found)):
        held.plan = before
    return Between(before, into, opened)


def free_number(into: Plan, wanted: int) -> int:
    """The number that an action bore before where it is free, else the next after the last."""
    taken = set(Number.objects.filter(plan=into).values_list("number", flat=True))
    return wanted if wanted not in taken else max(taken) + 1


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
) -> Number:
    """Give the action its number in `into`; with a reason (Welsh, English), also tell that it was carried over, and by how many months.

    What it serves comes along, where the later plan or assessment has the same under the same code. PermissionDenied for who may not
    write the plan; NotCarried where it has a number there, the number is another's, or the plan is over or no later one."""
    require(by, May.EDIT_PLAN, held.partnership)
    if into.status == Plan.Status.CLOSED or into.from_on <= held.plan.from_on:
        raise NotCarried(_("An action is taken into a later plan that is not over."))
    rows = Number.objects.filter(plan=into)
    if rows.filter(action=held.action_id).exists():
        raise NotCarried(_("This action has its number in that plan already."))
    if not 1 <= number <= MOST or rows.filter(number=number).exists():
        raise NotCarried(_("Another action of this plan bears this number. Choose one that is free"))
    with transaction.atomic():
        if any(reason):
            _tell_why(held, by=by, on=on, reason=reason, is_checked=is_checked, months=months)
        section = into.sections.standing().filter(code=held.section.code).first() if held.section else None
        fresh = Number(plan=into, action=held.action)
        return write(fresh, by=by, many=_served(held, into), number=number, section=section, is_cross_cutting=held.is_cross_cutting)


def carry_all(rows: Iterable[Number], into: Plan, *, by: Any, on: date) -> int:
    """Take each into the later plan as it was meant to go on, under its old number where that is free; how many."""
    with transaction.atomic():
        return len([carry(held, into, number=free_number(into, held.number), by=by, on=on) for held in rows])


def _tell_why(held: Number, *, by: Any, on: date, reason: tuple[str, str], is_checked: bool, months: int | None) -> None:
    key = {"action": held.action, "from_plan": held.plan.code}
    row = CarryOver.objects.filter(**key).first() or CarryOver(**key)
    checked = ("reason",) if is_checked else ()
    write(row, by=by, pairs={"reason": reason}, checked=checked, from_number=str(held.number), carried_on=on, months=months)


def _served(held: Number, into: Plan) -> dict[str, list[Any]]:
    newest = {row.code: row for row in Theme.objects.to_choose(held.partnership).order_by("assessment__to_on", "pk")}
    priorities = {row.code: row for row in into.priorities.standing()}
    return {
        "themes": list({newest.get(row.code, row) for row in held.themes.all()}),
        "duties": list(held.duties.all()),
        "indicators": list(held.indicators.all()),
        "priorities": [priorities[row.code] for row in held.priorities.all() if row.code in priorities],
    }
