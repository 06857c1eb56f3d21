"""The chain through a row that has no page of its own: an objective, an outcome row, a figure, an update, a piece of evidence."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from diogel.assessment.models import Evidence, Theme
from diogel.indicators.models import Indicator, Observation
from diogel.plan.chain import Chain, Ends, chain, current_plan, spun
from diogel.plan.models import Number, Objective, Outcome, Priority
from diogel.plan.numbering import number_in
from diogel.processes.actions.models import CarryOver, SubAction, Update

FROM = {
    "objective": Objective,
    "outcome": Outcome,
    "figure": Observation,
    "update": Update,
    "commitment": SubAction,
    "carry-over": CarryOver,
    "evidence": Evidence,
}
"""Kinds of row from which a chain can be followed, by their names on the page of words."""


def chain_from(row: Any, user: Any, day: Any) -> Chain | None:
    """Every link that hangs on `row`, with the papers that told of them; None for a row of an action that is in no plan."""
    if isinstance(row, Observation):
        return chain(row.measure, user, day)
    if isinstance(row, (Update, SubAction, CarryOver)):
        held: Any = Number.objects.standing()
        numbers = held.visible_to(user).filter(action=row.action_id).select_related("plan__partnership").order_by("-plan__from_on")
        number = number_in(numbers, row.quarter) if isinstance(row, Update) else numbers.first()
        return chain(number, user, day) if number else None
    return spun(_ends(row, day), row.partnership, user)


def _ends(row: Any, day: Any) -> Ends:
    if isinstance(row, Objective):
        numbers = _keys(Number, priorities=row.priority_id)
        shown = Q(reports__objectives=row, reports__withdrawn_on=None)
        return Ends(
            _keys(Theme, priorities=row.priority_id), _keys(Priority, pk=row.priority_id), numbers, _keys(Indicator, shown), row.plan_id
        )
    if isinstance(row, Outcome):
        numbers = _keys(Number, plan=row.plan_id, number=row.cited)
        themes = _keys(Theme, Q(pk=row.theme_id) | Q(numbers__in=numbers))
        return Ends(themes, _keys(Priority, numbers__in=numbers), numbers, _keys(Indicator, numbers__in=numbers), row.plan_id)
    plan = current_plan(row.partnership, day)
    themes = _keys(Theme, evidence=row)
    priorities = _keys(Priority, plan=plan, themes__in=themes)
    numbers = _keys(Number, Q(themes__in=themes) | Q(priorities__in=priorities), plan=plan)
    shown = Q(numbers__in=numbers) | Q(reports__priority__in=priorities, reports__withdrawn_on=None)
    return Ends(themes, priorities, numbers, _keys(Indicator, shown), plan)


def _keys(model: Any, *where: Q, **which: Any) -> Any:
    return model.objects.standing().filter(*where, **which).order_by().values("pk")
