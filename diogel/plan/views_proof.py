"""The comfort sheet, how actions were weighed, ventures, and what the region decides: four pages that are read at a meeting."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from diogel.home import today
from diogel.people.access import May, may
from diogel.people.desk import desk, fetch
from diogel.people.models import Group

from .duties import finding, register
from .group_trees import trees_of
from .models import Number, Plan, Principle
from .models_duties import Judgement
from .models_regional import Adoption, Escalation, GroupReview, RegionalItem
from .models_ventures import Venture
from .models_weighed import DUTIES, GOALS, WAYS, Consideration


def _page(request: HttpRequest, partnership: Any, code: str) -> tuple[Plan, dict[str, Any]]:
    plan = fetch(Plan.objects, request.user, partnership=partnership, code=code)
    plan.partnership = partnership
    return plan, {"plan": plan, "today": today(), "may_edit": may(request.user, May.EDIT_PLAN, partnership)}


def _numbers(plan: Plan, user: Any) -> Any:
    return Number.objects.standing().visible_to(user).filter(plan=plan, action__withdrawn_on=None).select_related("action")


@desk()
def duties(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """Each duty with its law and days, and what meets it: actions, priorities, the sentence and the document. Gaps are named."""
    plan, context = _page(request, partnership, code)
    rows = register(plan, request.user)
    context |= {"rows": rows, "finding": finding(rows)}
    return render(request, "plan/duties.html", context)


@desk()
def weighed(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """Which ways of working, goals and duties each action was weighed against; below, the six tests with the last judgement of each."""
    plan, context = _page(request, partnership, code)
    numbers = list(_numbers(plan, request.user))
    said: dict[int, set[str]] = {}
    found = Consideration.objects.standing().filter(action__in=[each.action_id for each in numbers]).values_list("action", "of")
    for action, of in found:
        said.setdefault(action, set()).add(of)
    tests = plan.principles.standing().filter(kind=Principle.Kind.TEST)
    tests = tests.prefetch_related(Prefetch("judgements", Judgement.objects.standing()))
    context |= {
        "rows": [_weighed(each, said.get(each.action_id, set())) for each in numbers],
        "ways": WAYS,
        "goal_count": len(GOALS),
        "tests": [{"row": test, "judgement": next(iter(test.judgements.all()), None)} for test in tests],
        "unweighed": sum(each.action_id not in said for each in numbers),
    }
    return render(request, "plan/weighed.html", context)


def _weighed(held: Number, said: set[str]) -> dict[str, Any]:
    return {
        "held": held,
        "ways": [(way.label, way in said) for way in WAYS],
        "goals": sum(goal in said for goal in GOALS),
        "equality": DUTIES[0] in said,
        "crime": DUTIES[1] in said,
    }


@desk()
def ventures(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """Service developments, studies and pilots: agreed, paid for, peopled, in use, evaluated, decided. Below, what became of groups."""
    plan, context = _page(request, partnership, code)
    numbers = {each.action_id: each for each in _numbers(plan, request.user)}
    rows = Venture.objects.standing().filter(action__in=numbers).order_by("decision", "evaluate_by", "pk")
    day = context["today"]
    shown = [
        {"row": row, "held": numbers[row.action_id], "is_late": bool(row.evaluate_by and row.evaluate_by < day and not row.evaluated_on)}
        for row in rows
    ]
    found = GroupReview.objects.standing().visible_to(request.user).filter(partnership=partnership)
    reviews = list(found.select_related("group", "into"))
    groups = Group.objects.standing().visible_to(request.user).filter(partnership=partnership) if reviews else ()
    context |= {
        "rows": shown,
        "open": sum(not each["row"].decision for each in shown),
        "late": sum(each["is_late"] for each in shown),
        "reviews": reviews,
        "trees": trees_of(plan, list(groups), reviews),
    }
    return render(request, "plan/ventures.html", context)


@desk()
def regional(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """Commitments of regional plans, and what each county makes of them; then what was raised from below."""
    plan, context = _page(request, partnership, code)
    numbers = {each.action_id: each for each in _numbers(plan, request.user)}
    areas = list(partnership.areas.all())
    adoptions = Prefetch("adoptions", Adoption.objects.standing().select_related("body"))
    items = RegionalItem.objects.standing().visible_to(request.user).filter(partnership=partnership)
    rows = []
    for item in items.select_related("owner").prefetch_related(adoptions, "actions"):
        made = {each.area_id: each for each in item.adoptions.all()}
        actions = [numbers[each.pk] for each in item.actions.all() if each.pk in numbers]
        rows.append({"item": item, "cells": [{"area": area, "made": made.get(area.pk)} for area in areas], "actions": actions})
    raised = Escalation.objects.standing().visible_to(request.user).filter(partnership=partnership)
    raised = list(raised.select_related("item", "raised_by_body", "area"))
    context |= {
        "rows": rows,
        "areas": areas,
        "undecided": sum(cell["made"] is None for row in rows for cell in row["cells"]),
        "escalations": [{"row": row, "held": numbers.get(row.action_id)} for row in raised],
        "waiting": sum(not row.decision for row in raised),
    }
    return render(request, "plan/regional.html", context)
