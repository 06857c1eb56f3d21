"""Reports of progress: one a quarter, filed by those who may, with the action's status moved in the same deed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from diogel.analysis.periods import Quarter
from diogel.home import today
from diogel.people.access import may_update, person_in
from diogel.people.writing import write
from diogel.records.workflow import move

from .models import Action, Update


def update_for(action: Action, quarter: Quarter) -> Update:
    """The quarter's update, or a new one with last quarter's words to start from; not yet saved."""
    held = action.updates.filter(quarter=str(quarter)).first()
    return held or Update(action=action, quarter=str(quarter))


def file_update(
    update: Update, *, by: Any, seen: int | None, pairs: dict[str, tuple[str, str]], checked: Any = (), **values: Any
) -> Update:
    """File a quarter's update and move the action to the status it reports. PermissionDenied for bodies that do not lead it."""
    if not may_update(by, update.action):
        raise PermissionDenied("may_update")
    with transaction.atomic():
        filed: dict[str, Any] = {"state": Update.State.FILED, "filed_on": today(), "filed_by": person_in(by, update.action.partnership)}
        given = {name: value for name, value in values.items() if name not in filed or value is not None}
        saved = write(update, by=by, seen=seen, pairs=pairs, checked=checked, **(filed | given))
        action = Action.objects.get(pk=saved.action_id)
        if saved.status and action.status != saved.status:
            move(action, saved.status, by=by, seen=action.version, reason=_reason(saved))
    return saved


def _reason(update: Update) -> str:
    return update.obstacle_en or update.obstacle_cy or update.text_en or update.text_cy


@dataclass(frozen=True)
class Carried:
    """How often an action was carried over, for how many months in all, and whether the same reason was given twice."""

    times: int
    months: int
    same_reason: bool


def carried(action: Action) -> Carried | None:
    """None where it never was."""
    rows = list(action.carry_overs.all())
    if not rows:
        return None
    reasons = [row.reason_en.strip().casefold() for row in rows if row.reason_en.strip()]
    return Carried(times=len(rows), months=sum(row.months or 0 for row in rows), same_reason=len(reasons) > len(set(reasons)))
