"""Where a row of a file is written: to the action that bears its number, to that of the plan before which goes on, or to a new one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from diogel.home import today
from diogel.plan.carrying import NotCarried, Served, carry, place_in
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import Action

from .steps import Step

SERVES = ("themes", "duties", "priorities", "indicators")
PLACE = ("action", "number", "section", "is_cross_cutting")


def placed(step: Step, plan: Plan, taking: Any) -> tuple[Number, Action]:
    """The number that a row is written to, and its action. ValidationError where it cannot go on under this number."""
    number = step.put["number"]
    if step.goes_on and step.goes_on.goes_on:
        held = _carried(step, plan, number, taking)
        return held, held.action
    held = taking.numbers.get(number) or Number(plan=plan)
    if held.pk and not _lives_elsewhere(held):
        return held, held.action
    return held, Action(partnership=plan.partnership, kind="action", status=step.put.get("status") or "agreed")


def _lives_elsewhere(held: Number) -> bool:
    """Whether the action of a number that was taken out of this plan stands in another: then it is not this row's to write over."""
    if not held.withdrawn_on or held.action.withdrawn_on:
        return False
    elsewhere = Number.objects.standing().filter(action=held.action_id, plan__withdrawn_on=None)
    return bool(elsewhere.exclude(plan=held.plan_id).exists())


def _carried(step: Step, plan: Plan, number: int, taking: Any) -> Number:
    """The action of the plan before under its number here; only that number is noted as made, for undoing takes away no more."""
    before = step.goes_on.held  # type: ignore[union-attr]
    taking.served = taking.served or Served(plan.partnership, plan)
    try:
        row = place_in(plan, before.action_id, number)
        was = taking.as_kept(row, PLACE, SERVES) if row.pk else None
        fresh = carry(before, plan, number=number, by=taking.by, on=today(), served=taking.served)
    except NotCarried as refusal:
        raise ValidationError(_("Row %(number)s: %(why)s") % {"number": step.mark, "why": refusal}) from None
    taking.numbers = {at: held for at, held in taking.numbers.items() if held.pk != fresh.pk}
    taking.note(fresh, was)
    return fresh
