"""What stands on the page of an action beside its updates, asked for in few questions and only as far as the reader may see it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from diogel.people.access import May, may
from diogel.people.writing import columns_of
from diogel.processes.actions.models import Action, CarryOver, SubAction

from .models import Number
from .models_money import Funding
from .models_regional import RegionalItem
from .models_steps import Dependency, Milestone
from .models_ventures import Venture
from .models_weighed import Consideration
from .together import Some, together


def known_parts() -> dict[str, Any]:
    """Of a number: which of the parts of its action that cost a question each there are, so that nobody asks for those that are not."""
    mine = OuterRef("action")
    return {
        "has_parts": Exists(SubAction.objects.filter(action=mine)),
        "has_carry_overs": Exists(CarryOver.objects.filter(action=mine)),
        "has_dependencies": Exists(Dependency.objects.standing().filter(Q(action=mine) | Q(on=mine))),
        "has_regional": Exists(RegionalItem.objects.standing().filter(actions=mine)),
    }


def parts_of(held: Any, user: Any) -> dict[str, Any]:
    """What an action that `held` numbers consists of, waits for, costs and serves; `held` knows its `known_parts`."""
    hanging = [_shown(row, held) for row in _dependencies(held, user)] if held.has_dependencies else []
    return {
        "parts": held.action.sub_actions.standing().select_related("body") if held.has_parts else (),
        "waits_for": [row for row in hanging if row["waits"]],
        "waited_for_by": [row for row in hanging if not row["waits"]],
        "fundings": (),
        **_listed(held, user),
    }


def _listed(held: Any, user: Any) -> dict[str, list[Any]]:
    """What is only listed, of six tables at once."""
    mine = {"action": held.action_id}
    dates = ("live_on", "evaluate_by", "evaluated_on")
    asked = {
        "areas": Some(held.action.areas.all(), ("kind", "code", *columns_of("name")), lambda row: (row.kind, row.code)),
        "duties": Some(held.duties.standing(), columns_of("title"), lambda row: row.pk),
        "milestones": Some(
            Milestone.objects.standing().filter(**mine), ("due_on", "done_on", *columns_of("title")), lambda row: (row.due_on, row.pk)
        ),
        "weighed": Some(
            Consideration.objects.standing().filter(**mine), ("of", "weighed_on", *columns_of("statement")), lambda row: row.of
        ),
        "ventures": Some(Venture.objects.standing().filter(**mine), ("kind", "decision", *dates, *columns_of("need")), lambda row: row.pk),
    }
    if may(user, May.SEE_FUNDING, held.plan.partnership):
        paying = Funding.objects.standing().filter(actions=held.action_id)
        asked["fundings"] = Some(paying, ("code", "state", "to_on", *columns_of("title")), lambda row: (str(row.to_on or "9"), row.code))
    return together(**asked)


def _dependencies(held: Any, user: Any) -> QuerySet:
    """Those of which `user` may see the other end, with the numbers of both ends in this plan."""
    seen = Action.objects.visible_to(user).filter(withdrawn_on=None).values("pk")
    number = Number.objects.standing().filter(plan=held.plan_id)
    rows = Dependency.objects.standing().filter(Q(action=held.action_id) | Q(on=held.action_id), action__in=seen, on__in=seen)
    return rows.select_related("action", "on").annotate(
        number_first=Subquery(number.filter(action=OuterRef("on")).values("number")[:1]),
        number_then=Subquery(number.filter(action=OuterRef("action")).values("number")[:1]),
    )


def _shown(row: Any, held: Any) -> dict[str, Any]:
    waits = row.action_id == held.action_id
    other, number = (row.on, row.number_first) if waits else (row.action, row.number_then)
    title = other.pair("title").say() or other.title_en or other.title_cy
    return {
        "pk": row.pk,
        "waits": waits,
        "other": {"number": number, "reference": other.reference, "title": title},
        "why": row.pair("why"),
    }
