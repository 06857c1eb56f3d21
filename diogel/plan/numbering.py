"""An action and its number: one is a record for years, the other a place in one plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from diogel.analysis.periods import Quarter
from diogel.home import today
from diogel.people.writing import write
from diogel.processes.actions.process import STATUSES
from diogel.records.owners import set_owners

from .models import Number, Plan

STATUS_CHOICES = list(STATUSES.items())


def save_numbered(form: Any, save_action: Callable[[], Any]) -> Any:
    """Save an action through `save_action`, and its number with what it serves, as one deed."""
    values = form.cleaned_data
    own = ("number", "year", "is_cross_cutting", "section", "themes", "duties", "priorities", "indicators")
    place = {name: values[name] for name in own if name in values}
    owners = values.get("owners")
    action = form.instance
    plan = form.standing.plan
    if not action.pk:
        action.partnership, action.kind, action.status = form.partnership, "action", "agreed"
        action.reference = f"{plan.code}/{place['number']}"
        action.opened_on = values.get("started_on") or today()
    action.lead_body = next(iter(values.get("bodies") or []), None)
    saved = save_action()
    if owners is not None:
        set_owners(saved, owners, by=form.by, seen=saved.version)
    held: Number = form.standing
    held.action = saved
    many = {name: place.pop(name) for name in ("themes", "duties", "priorities", "indicators")}
    write(held, by=form.by, seen=held.version, many=many, **place)
    return saved


def number_in(numbers: Iterable[Number], quarter: str) -> Number | None:
    """Of an action's numbers, each with its plan, the one that it bore in a quarter: in the plan of that time, before one that nobody has
    adopted; where none covers the quarter, in the latest. None where it stands in no plan."""
    day = Quarter.parse(quarter).last_day

    def how_near(held: Number) -> tuple[bool, bool, Any]:
        plan = held.plan
        return plan.from_on <= day <= plan.to_on, plan.status in (Plan.Status.IN_FORCE, Plan.Status.CLOSED), plan.from_on

    return max((held for held in numbers if not held.withdrawn_on and not held.plan.withdrawn_on), key=how_near, default=None)
