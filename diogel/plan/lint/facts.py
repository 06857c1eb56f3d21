"""All that the rules ask of a plan, read once: rules are plain functions of it, and never ask the database."""

from __future__ import annotations

from datetime import date
from typing import Any

from diogel.indicators.models import Observation
from diogel.people.models import Body, Holding
from diogel.plan.models import Dependency, Funding, Milestone, Plan
from diogel.plan.showing import both, plan_whole
from diogel.processes.actions.process import RESTING
from diogel.records.models import Part


def facts(plan: Plan, *, on: date) -> dict[str, Any]:
    """The plan whole, as on a day: its bodies with their dates and successors, its actions' dates, which measures were told before."""
    whole = plan_whole(plan)
    dates = {row.number: row.action for row in plan.numbers.standing().select_related("action")}
    for action in whole["actions"]:
        record = dates[action["number"]]
        action |= {"from": _day(record.started_on), "to": _day(record.promised_on), "is_closed": record.status in RESTING}
    _add_what_they_stand_on(plan, whole["actions"], {number: record.pk for number, record in dates.items()}, on)
    told = set(
        Observation.objects.filter(measure__indicators__reports__plan=plan, to_on__lt=plan.from_on, withdrawn_on=None)
        .exclude(value=None, numerator=None)
        .values_list("measure__indicators__code", flat=True)
    )
    sources = {row.indicator.code: row.indicator.measure for row in plan.reports.standing().select_related("indicator__measure")}
    for indicator in whole["indicators"]:
        measure = sources[indicator["code"]]
        indicator |= {
            "told_before": indicator["code"] in told,
            "definition": both(measure, "definition"),
            "source": both(measure, "source"),
        }
    numbers = {record.pk: number for number, record in dates.items()}
    return whole | {"on": on.isoformat(), "bodies": _bodies(whole), "fundings": _fundings(plan, numbers)}


def _add_what_they_stand_on(plan: Plan, actions: list[dict[str, Any]], keys: dict[int, int], on: date) -> None:
    """Of each action: the numbers of those that it waits for, its milestones, and whether all who own it have left."""
    numbers = {key: number for number, key in keys.items()}
    waits: dict[int, list[int]] = {}
    for row in Dependency.objects.standing().filter(action__in=numbers, on__in=numbers):
        waits.setdefault(row.action_id, []).append(numbers[row.on_id])
    reached: dict[int, list[dict[str, Any]]] = {}
    for each in Milestone.objects.standing().filter(action__in=numbers):
        told = {"title": both(each, "title"), "due": _day(each.due_on), "done": each.done_on is not None}
        reached.setdefault(each.action_id, []).append(told)
    here = set(
        Holding.objects.filter(partnership=plan.partnership_id, person__may_sign_in=True).in_force(on).values_list("person", flat=True)
    )
    owners: dict[int, list[bool]] = {}
    for record, person in Part.objects.filter(record__in=numbers, part=Part.Kind.OWNER).values_list("record", "person"):
        owners.setdefault(record, []).append(person in here)
    for action in actions:
        key = keys[action["number"]]
        action |= {
            "waits_for": waits.get(key, []),
            "milestones": reached.get(key, []),
            "owner_is_gone": key in owners and not any(owners[key]),
        }


def _fundings(plan: Plan, numbers: dict[int, int]) -> list[dict[str, Any]]:
    rows = Funding.objects.standing().filter(partnership=plan.partnership_id).prefetch_related("actions")
    return [
        {
            "code": row.code,
            "title": both(row, "title"),
            "state": row.state,
            "to": _day(row.to_on),
            "actions": [numbers[each.pk] for each in row.actions.all() if each.pk in numbers],
        }
        for row in rows
    ]


def _bodies(whole: dict[str, Any]) -> dict[str, dict[str, Any]]:
    codes = {code for action in whole["actions"] for code in action["bodies"]} | {member["code"] for member in whole["members"]}
    codes |= {lead["body"] for priority in whole["priorities"] for lead in priority["leads"]}
    return {
        body.code: {
            "name": both(body, "name"),
            "to": _day(body.to_on),
            "successors": [both(each, "name") for each in body.successors.all()],
        }
        for body in Body.objects.filter(code__in=codes).prefetch_related("successors")
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
