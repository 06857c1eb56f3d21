"""Reports of progress: one a quarter, filed by those who may, with the action's status moved in the same deed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diogel.analysis.periods import Quarter
from diogel.home import today
from diogel.people.access import May, may, may_update, person_in, require
from diogel.people.writing import note, write
from diogel.records.workflow import move

from .models import Accepted, Action, Update


def update_for(action: Action, quarter: Quarter) -> Update:
    """The quarter's update, or a new one with last quarter's words to start from; not yet saved."""
    held = action.updates.filter(quarter=str(quarter)).first()
    return held or Update(action=action, quarter=str(quarter))


def file_update(
    update: Update,
    *,
    by: Any,
    seen: int | None,
    pairs: dict[str, tuple[str, str]],
    checked: Any = (),
    correction: str = "",
    **values: Any,
) -> Update:
    """File a quarter's update and move the action to the status it reports. One that was accepted is corrected only by who may accept,
    with the reason in `correction`, and stands as a version of its own beside what it said before.

    PermissionDenied for bodies that do not lead it; ValidationError where a correction gives no reason."""
    if not may_update(by, update.action):
        raise PermissionDenied("may_update")
    if update.accepted_on:
        _require_correction(update, by, correction)
    with transaction.atomic():
        filed: dict[str, Any] = {"state": Update.State.FILED, "filed_on": today(), "filed_by": person_in(by, update.action.partnership)}
        given = {name: value for name, value in values.items() if name not in filed or value is not None}
        saved = write(update, by=by, seen=seen, pairs=pairs, checked=checked, **(filed | given))
        action = Action.objects.get(pk=saved.action_id)
        if saved.status and action.status != saved.status:
            move(action, saved.status, by=by, seen=action.version, reason=_reason(saved))
        if saved.accepted_on:
            _keep(saved, by=by, why=correction.strip())
    return saved


def _require_correction(update: Update, by: Any, correction: str) -> None:
    if not may(by, May.RUN_ROUNDS, update.partnership):
        told = _("This update was accepted, so that it stands as the board read it. Ask the co-ordinator to correct it")
        raise ValidationError(told, code="accepted")
    if not correction.strip():
        raise ValidationError(_("Say why it is corrected: this update was accepted, and what it said before is kept"), code="accepted")


def accept(update: Update, *, by: Any) -> Update:
    """What it says stands: from now on a correction is a version of its own. Doing it twice changes nothing."""
    require(by, May.RUN_ROUNDS, update.partnership)
    if update.accepted_on or update.state != Update.State.FILED:
        return update
    with transaction.atomic():
        write(update, by=by, seen=update.version, accepted_on=today())
        _keep(update, by=by, why="")
    return update


TOLD = ("status", "rag", "percent", "next_on", "filed_on", "filed_by_id")


def _keep(update: Update, *, by: Any, why: str) -> None:
    """Lay down what an accepted update says now, whole."""
    halves = [f"{name}_{half}" for name in Update.pairs for half in ("cy", "en")]
    content = {name: getattr(update, name) for name in (*TOLD, *halves)}
    content = {name: value if isinstance(value, (int, str, type(None))) else str(value) for name, value in content.items()}
    number = update.accepted.count() + 1
    kept = Accepted.objects.create(update=update, number=number, content=content, note=why, made_on=today())
    note(kept, by=by, partnership=update.partnership, deed="accepted", detail={"number": number, "note": why})


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
