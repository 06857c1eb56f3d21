"""What stands below an action beside its updates, asked for in few questions and only as far as the reader may see it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from diogel.people.access import May, may
from diogel.processes.actions.models import Action

from .models import Number
from .models_money import Funding
from .models_regional import RegionalItem
from .models_steps import Dependency, Milestone
from .models_ventures import Venture
from .models_weighed import Consideration


def known_parts() -> dict[str, Any]:
    """Of a number: which of the parts of its action there are, so that nobody asks for those that are not."""
    mine = OuterRef("action")
    return {
        "has_milestones": Exists(Milestone.objects.standing().filter(action=mine)),
        "has_dependencies": Exists(Dependency.objects.standing().filter(Q(action=mine) | Q(on=mine))),
        "has_weighed": Exists(Consideration.objects.standing().filter(action=mine)),
        "has_ventures": Exists(Venture.objects.standing().filter(action=mine)),
        "has_regional": Exists(RegionalItem.objects.standing().filter(actions=mine)),
        "has_money": Exists(Funding.objects.standing().filter(actions=mine)),
    }


def parts_of(held: Any, user: Any) -> dict[str, Any]:
    """Milestones, dependencies both ways and money of the action that `held` numbers; `held` knows its `known_parts`."""
    hanging = [_shown(row, held) for row in _dependencies(held, user)] if held.has_dependencies else []
    sees_money = held.has_money and may(user, May.SEE_FUNDING, held.plan.partnership)
    return {
        "milestones": Milestone.objects.standing().filter(action=held.action_id) if held.has_milestones else (),
        "weighed": Consideration.objects.standing().filter(action=held.action_id) if held.has_weighed else (),
        "ventures": Venture.objects.standing().filter(action=held.action_id) if held.has_ventures else (),
        "waits_for": [row for row in hanging if row["waits"]],
        "waited_for_by": [row for row in hanging if not row["waits"]],
        "fundings": Funding.objects.standing().filter(actions=held.action_id) if sees_money else (),
    }


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
