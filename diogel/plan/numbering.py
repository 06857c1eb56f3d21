"""An action and its number: one is a record for years, the other a place in one plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from diogel.home import today
from diogel.people.writing import write
from diogel.processes.actions.process import STATUSES
from diogel.records.owners import set_owners

from .models import Number

STATUS_CHOICES = list(STATUSES.items())


def save_numbered(form: Any, save_action: Callable[[], Any]) -> Any:
    """Save an action through `save_action`, and its number with what it serves, as one deed."""
    values = form.cleaned_data
    own = ("number", "year", "is_cross_cutting", "section", "themes", "duties", "priorities", "indicators")
    place = {name: values.pop(name) for name in own if name in values}
    owners = values.pop("owners", None)
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
