"""Undoes what taking a file over made: new rows are withdrawn, changed rows read again as before; what somebody changed since is left."""

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
    "plan.number",
    "plan.priority",
)


def undo(intake: Intake, *, by: Any) -> list[str]:
    """Undo a file's taking over in one deed; answers what was left alone because somebody changed it since, as `model:key`.

    PermissionDenied where `by` may not edit the plan; ValidationError where there is nothing to undo."""
    require(by, May.EDIT_PLAN, intake.partnership)
    left = []
    with transaction.atomic():
        held = Intake.objects.select_for_update().get(pk=intake.pk)
        if held.state != Intake.State.TAKEN or held.erased_on:
            raise ValidationError(_("Only what was taken over can be undone."))
        for each in sorted(held.made, key=_order):
            row = apps.get_model(each["model"]).objects.filter(pk=each["pk"]).first()
            if row is None or row.version != each["version"]:
                left += [f"{each['model']}:{each['pk']}"] if row else []
            elif each["before"] is None:
                withdraw(row, by=by, seen=row.version, reason=_("The import was undone"))
            else:
                _put_back(row, each["before"], by=by)
        write(held, by=by, state=Intake.State.UNDONE)
    return left


def _order(each: dict[str, Any]) -> int:
    return _CHILDREN_FIRST.index(each["model"]) if each["model"] in _CHILDREN_FIRST else len(_CHILDREN_FIRST)


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
