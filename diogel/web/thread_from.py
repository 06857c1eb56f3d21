"""The chain through a row that has no page of its own: an objective, an outcome row, a figure, an update, a piece of evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from diogel.assessment.models import Evidence, Theme
from diogel.indicators.models import Indicator, Observation
from diogel.plan.chain import Chain, Ends, Start, chain, current_plan, spun
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


def chain_from(row: Any, user: Any, day: date) -> Chain | None:
    """Every link that hangs on `row`, with the papers that told of them; None for a row of an action that is in no plan."""
    if isinstance(row, Observation):
        return chain(row.measure, user, day)
    if isinstance(row, (Update, SubAction, CarryOver)):
        held: Any = Number.objects.standing()
        numbers = held.visible_to(user).filter(action=row.action_id).select_related("plan__partnership").order_by("-plan__from_on")
        number = number_in(numbers, row.quarter) if isinstance(row, Update) else numbers.first()
        return chain(number, user, day) if number else None
    return spun(_start(row, day), row.partnership, user)


def _start(row: Any, day: date) -> Start:
    if isinstance(row, Objective):
        return Start(_of_objective, (row.pk, row.priority_id, row.plan_id))
    if isinstance(row, Outcome):
        return Start(_of_outcome, (row.theme_id, row.cited, row.plan_id))
    return Start(_of_evidence, (row.pk, row.partnership.pk, day))


def _of_objective(pk: int, priority: int, plan: int) -> Ends:
    shown = Q(reports__objectives=pk, reports__withdrawn_on=None)
    return Ends(
        _keys(Theme, priorities=priority), _keys(Priority, pk=priority), _keys(Number, priorities=priority), _keys(Indicator, shown), plan
    )


def _of_outcome(theme: int | None, cited: int | None, plan: int) -> Ends:
    numbers = _keys(Number, plan=plan, number=cited)
    themes = _keys(Theme, Q(pk=theme) | Q(numbers__in=numbers))
    return Ends(themes, _keys(Priority, numbers__in=numbers), numbers, _keys(Indicator, numbers__in=numbers), plan)


def _of_evidence(pk: int, partnership: int, day: date) -> Ends:
    plan = current_plan(partnership, day)
    themes = _keys(Theme, evidence=pk)
    priorities = _keys(Priority, plan=plan, themes__in=themes)
    numbers = _keys(Number, Q(themes__in=themes) | Q(priorities__in=priorities), plan=plan)
    shown = Q(numbers__in=numbers) | Q(reports__priority__in=priorities, reports__withdrawn_on=None)
    return Ends(themes, priorities, numbers, _keys(Indicator, shown), plan)


def _keys(model: Any, *where: Q, **which: Any) -> Any:
    return model.objects.standing().filter(*where, **which).order_by().values("pk")
