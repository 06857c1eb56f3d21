"""All that the rules ask of a plan, read once: rules are plain functions of it, and never ask the database."""

from __future__ import annotations

from datetime import date
from typing import Any

from diogel.indicators.models import Observation
from diogel.people.models import Body
from diogel.plan.models import Plan
from diogel.plan.showing import both, plan_whole
from diogel.processes.actions.process import RESTING


def facts(plan: Plan, *, on: date) -> dict[str, Any]:
    """The plan whole, as on a day: its bodies with their dates and successors, its actions' dates, which measures were told before."""
    whole = plan_whole(plan)
    dates = {row.number: row.action for row in plan.numbers.standing().select_related("action")}
    for action in whole["actions"]:
        record = dates[action["number"]]
        action |= {"from": _day(record.started_on), "to": _day(record.promised_on), "is_closed": record.status in RESTING}
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
    return whole | {"on": on.isoformat(), "bodies": _bodies(whole)}


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
