"""Undoes what taking a file over made: new rows are withdrawn, changed rows read again as before; what somebody changed since, or put
something into, is left."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diogel.people.access import May, require
from diogel.people.models import Person
from diogel.people.writing import withdraw, write
from diogel.plan.models import Plan
from diogel.records.owners import set_owners
from diogel.records.workflow import MoveRefused, move

from .models import Intake

_CHILDREN_FIRST = (
    "actions.update",
    "actions.subaction",
    "plan.milestone",
    "plan.lead",
    "plan.objective",
    "plan.outcome",
    "plan.report",
    "indicators.indicator",
    "indicators.measure",
    "actions.action",
    "plan.number",
    "plan.priority",
    "plan.section",
    "plan.funding",
    "plan.plan",
)
_HOLDS = {
    "actions.action": ("updates", "sub_actions", "milestones", "numbers"),
    "indicators.indicator": ("reports",),
    "indicators.measure": ("indicators", "observations"),
    "plan.priority": ("objectives", "leads", "reports"),
    "plan.section": ("numbers",),
    "plan.plan": tuple(
        str(each.get_accessor_name())
        for each in Plan._meta.related_objects
        if any(at.name == "withdrawn_on" for at in each.related_model._meta.fields)
    ),
}
"""What may be put into a row: it stays where something was put into it since, and what holds it stays with it."""
_FOLLOWS = ("plan.number", "plan.section", "plan.plan")
"""What stays only for what it holds is not counted."""


def undo(intake: Intake, *, by: Any) -> list[str]:
    """Undo a file's taking over in one deed; answers what was left alone because somebody changed it since or put something into it, as
    `model:key`. A plan that the file made goes with the rest, unless something stands in it: then its intake counts `plan_stays`.

    PermissionDenied where `by` may not edit the plan; ValidationError where there is nothing to undo."""
    require(by, May.EDIT_PLAN, intake.partnership)
    with transaction.atomic():
        held = Intake.objects.select_for_update().get(pk=intake.pk)
        if held.state != Intake.State.TAKEN or held.erased_on:
            raise ValidationError(_("Only what was taken over can be undone."))
        rows = [(each, apps.get_model(each["model"]).objects.filter(pk=each["pk"]).first()) for each in sorted(held.made, key=_order)]
        made = {_key(each) for each in held.made}
        stays = {_key(each) for each, row in rows if row and row.version != each["version"]}
        for each, row in rows:
            if row is None or _key(each) in stays:
                continue
            if each["before"] is not None:
                _put_back(row, each["before"], by=by)
            elif _holds(each["model"], row, made, stays):
                stays.add(_key(each))
            else:
                withdraw(row, by=by, seen=row.version, reason=_("The import was undone"))
        plan_stays = any(each["model"] == "plan.plan" and _key(each) in stays for each in held.made)
        write(held, by=by, state=Intake.State.UNDONE, counts=held.counts | {"plan_stays": int(plan_stays)})
    return [_key(each) for each, _row in rows if _key(each) in stays and each["model"] not in _FOLLOWS]


def _key(each: dict[str, Any]) -> str:
    return f"{each['model']}:{each['pk']}"


def _order(each: dict[str, Any]) -> int:
    return _CHILDREN_FIRST.index(each["model"])


def _holds(model: str, row: Any, made: set[str], stays: set[str]) -> bool:
    """Whether something stands in a row that the file did not make, or that stays; a number, whether its action does."""
    if model == "plan.number":
        return f"actions.action:{row.action_id}" in stays
    inside = (each for name in _HOLDS.get(model, ()) for each in getattr(row, name).filter(withdrawn_on=None))
    keys = (f"{each._meta.label_lower}:{each.pk}" for each in inside)
    return any(key not in made or key in stays for key in keys)


def _put_back(row: Any, before: dict[str, Any], *, by: Any) -> None:
    """Words and columns as they were. States of pairs follow from the words: whoever vouched for them once has to look again."""
    names = {name[:-3] for name in before if name.endswith("_cy") and name[:-3] in row.pairs}
    pairs = {name: (before[f"{name}_cy"], before[f"{name}_en"]) for name in names}
    checked = [name for name in names if before[f"{name}_state"] == "checked"]
    status = before.get("status") if row._meta.model_name == "action" else None
    apart = {"withdrawn_on", "owners", "status"} - ({"status"} if row._meta.model_name == "subaction" else set())  # others’ are moved
    columns: dict[str, Any] = {}
    many: dict[str, Any] = {}
    for name, value in before.items():
        if name in apart or name[:-3] in names or name.removesuffix("_state") in names:
            continue
        field = row._meta.get_field(name)
        if field.many_to_many:
            many[name] = list(field.related_model._default_manager.filter(pk__in=value))
        elif field.is_relation:
            columns[name] = field.related_model._default_manager.filter(pk=value).first() if value else None
        else:
            columns[name] = field.to_python(value)
    if pairs or columns or many:
        may_vouch = [name for name in checked if pairs[name][0] and pairs[name][1]]
        write(row, by=by, seen=row.version, pairs=pairs, checked=may_vouch, many=many, **columns)
    if "owners" in before:
        set_owners(row, Person.objects.filter(pk__in=before["owners"]), by=by, seen=row.version)
    if status and row.status != status:
        with suppress(MoveRefused):  # a status from which no way leads back stands, and the log tells of both
            move(row, status, by=by, seen=row.version, reason=_("The import was undone"))
    if before.get("withdrawn_on"):
        withdraw(row, by=by, seen=row.version, reason=_("The import was undone"))
