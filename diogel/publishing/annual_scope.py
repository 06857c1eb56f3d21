"""The rows of which an annual report tells, and what they hold: the plan's own, with the last word and the figures of that year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from diogel.indicators.models import Observation
from diogel.plan.models import Number
from diogel.processes.actions.models import CarryOver, Update

from .annual_fields import INTERNAL, PUBLIC
from .annual_years import Year
from .ledger import masks_for
from .models import OneLanguage
from .one_language import RULE
from .snapshot_figures import figures
from .snapshot_scopes import Scope, plan_scope
from .snapshot_sources import Row, action_row, everything, indicator_rows, numbers_of, outcome_row

TOLD = ("who", "plan", "section", "priority", "objective", "number", "action", "part", "theme", "outcome", "indicator", "measure", "body")
"""Kinds of row of which a plan tells and its annual report too."""
NOW, BEFORE = "Latest figure", "A year before"
_CLOSE = timedelta(days=3)
"""By so much a year before may be longer or shorter: years have 365 or 366 days."""


def annual_scope(year: Year, *, audience: str = "public") -> Scope:
    """What a report of this year would tell to this audience."""
    whole = plan_scope(year.plan)
    rows: dict[str, QuerySet] = {kind: whole.rows[kind] for kind in TOLD}
    rows["update"] = _last_updates(year, rows["action"])
    rows["carry_over"] = CarryOver.objects.filter(action__in=rows["action"].order_by(), from_plan=year.plan.code)
    observations = _told_observations(year, rows["measure"])
    rows["observation"] = Observation.objects.filter(pk__in=observations)
    rule = year.rule
    if rule:
        rows[RULE] = OneLanguage.objects.filter(pk=rule.pk)
    fields = PUBLIC if audience == "public" else INTERNAL
    told = rule and (rule.pk, rule.document, rule.language)
    key = "annual", whole.key, year.plan.code, year.quarters, tuple(observations), audience, told
    return replace(whole, rows=rows, fields=fields, columns=(NOW, BEFORE), key=key, rule=rule)


def _last_updates(year: Year, actions: QuerySet) -> QuerySet:
    first, last = year.quarters
    filed = Update.objects.filter(withdrawn_on=None, state=Update.State.FILED, quarter__gte=first, quarter__lte=last)
    newest = filed.filter(action=OuterRef("action")).order_by("-quarter").values("pk")[:1]
    return filed.filter(action__in=actions.order_by(), pk=Subquery(newest))


def _told_observations(year: Year, measures: QuerySet) -> list[int]:
    """Of each measure the figure of the very year, else the latest up to the year's end; and the one of the same length a year before."""
    standing: Any = Observation.objects.standing()
    rows = standing.filter(measure__in=measures.order_by(), to_on__lte=year.to_on).order_by("measure", "-to_on", "-from_on", "-pk")
    found: dict[int, list[tuple[int, date, date]]] = {}
    for pk, measure, from_on, to_on in rows.values_list("pk", "measure", "from_on", "to_on"):
        found.setdefault(measure, []).append((pk, from_on, to_on))
    for held in found.values():
        held.sort(key=lambda each: each[1:] != (year.from_on, year.to_on))  # the others stay as they are
    return [pk for held in found.values() for pk, _from, _to in _now_and_before(held)]


def _now_and_before(held: list[tuple[int, date, date]]) -> Iterable[tuple[int, date, date]]:
    now, *earlier = held
    yield now
    for each in earlier:
        ends, begins = (mine - other for mine, other in ((now[2], each[2]), (now[1], each[1])))
        if all(abs(gap - timedelta(days=365)) <= _CLOSE for gap in (ends, begins)):
            yield each
            return


def annual_source(year: Year, scope: Scope, *, keeps_back: bool = True) -> Row:
    """The year whole, as it stands; `keeps_back`: small figures are withheld, as they are from everybody but the partnership."""
    rows = scope.rows
    updates = {row.action_id: row for row in rows["update"]}
    carry_overs: dict[int, list[CarryOver]] = {}
    for row in rows["carry_over"]:
        carry_overs.setdefault(row.action_id, []).append(row)
    following = _following(year, rows["action"])
    actions = []
    for held in numbers_of(scope):
        told = updates.get(held.action_id)
        actions.append(
            action_row(held, told) | _of_the_year(held, told, carry_overs.get(held.action_id, []), following.get(held.action_id))
        )
    plan = rows["plan"].select_related("partnership").get()
    return {
        RULE: everything(scope.rule) if scope.rule else None,
        "partnership": everything(plan.partnership),
        "plan": everything(plan),
        "year": year.key,
        "from_on": year.from_on,
        "to_on": year.to_on,
        "sections": [everything(row) for row in rows["section"]],
        "priorities": [everything(row) for row in rows["priority"]],
        "objectives": [everything(row) | {"priority": row.priority.code} for row in rows["objective"].select_related("priority")],
        "themes": [everything(row) for row in rows["theme"]],
        "actions": actions,
        "outcomes": [outcome_row(row) for row in rows["outcome"].select_related("theme", "duty")],
        "indicators": _indicators(scope, keeps_back=keeps_back),
    }


def _following(year: Year, actions: QuerySet) -> dict[int, Number]:
    """By the action: its number in the first later plan that has one."""
    later = Number.objects.standing().filter(
        action__in=actions.order_by(), plan__partnership=year.partnership, plan__withdrawn_on=None, plan__from_on__gt=year.to_on
    )
    held = later.exclude(plan__status="draft").select_related("plan").order_by("-plan__from_on")
    return {number.action_id: number for number in held}


def _of_the_year(held: Number, told: Update | None, carry_overs: list[CarryOver], following: Number | None) -> Row:
    return {
        "status": (told.status if told else "") or held.action.status,
        "update": everything(told) if told else None,
        "carry_overs": [everything(row) for row in carry_overs],
        "next_plan": following.plan.code if following else "",
        "next_number": following.number if following else None,
    }


def _indicators(scope: Scope, *, keeps_back: bool) -> list[Row]:
    measures = {row.pk: row for row in scope.rows["measure"]}
    now, before = _by_measure(scope)
    masks = masks_for(scope.partnership, [*now.values(), *before.values()]) if keeps_back else None
    return [
        row
        | {
            "figures": figures(told, now, masks=masks),
            "before": figures([each for each in told if each.pk in before], before, masks=masks),
        }
        for row, told in indicator_rows(scope, measures)
    ]


def _by_measure(scope: Scope) -> tuple[dict[int, Observation], dict[int, Observation]]:
    """The latest observation of each measure, and the one before where there is one."""
    now: dict[int, Observation] = {}
    before: dict[int, Observation] = {}
    for row in scope.rows["observation"].select_related("measure").order_by("-to_on", "-from_on", "-pk"):
        (before if row.measure_id in now else now)[row.measure_id] = row
    return now, before
