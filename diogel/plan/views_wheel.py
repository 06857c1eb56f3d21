"""The year wheel of a plan: its steps month by month, and what comes next."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from diogel.analysis.periods import Month
from diogel.home import today
from diogel.people.access import May, may
from diogel.people.desk import desk, fetch

from .models import Plan
from .wheel.years import years_of
from .year import PAGES, Step, year_steps


@desk()
def wheel(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """One year of the plan: this month, what comes, what is past."""
    plan = fetch(Plan.objects, request.user, partnership=partnership, code=code)
    plan.partnership = partnership
    day, years = today(), years_of(plan.from_on, plan.to_on)
    at = _year_shown(request, years, day)
    steps = [step for step in year_steps(plan) if _year_of(step.on, years) == at]
    may_edit = may(request.user, May.EDIT_PLAN, partnership)
    rows = [_row(step, request.user, plan, may_edit) for step in steps]
    months = [(month, list(some)) for month, some in groupby(rows, key=lambda row: Month.of(row["on"]))]
    now = Month.of(day)
    context = {
        "plan": plan,
        "next": next((row for row in rows if row["on"] >= day and row["step"].applies), None),
        "groups": [
            ("now", [each for each in months if each[0] == now]),
            ("coming", [each for each in months if each[0] > now]),
            ("past", [each for each in months if each[0] < now]),
        ],
        "rows": rows,
        "months": [month for month, _some in months],
        "years": [
            {"number": number, "from_on": first, "to_on": last, "is_here": number == at} for number, (first, last) in enumerate(years, 1)
        ],
        "may_edit": may_edit,
        "add_url": reverse("plan:add", args=[partnership.slug, code, "step"]),
    }
    return render(request, "plan/wheel.html", context)


def _year_shown(request: HttpRequest, years: list[tuple[date, date]], day: date) -> int:
    """The year that was asked for by its number; else the one that `day` lies in, or is nearest to."""
    said = request.GET.get("year", "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
    return number if 1 <= number <= len(years) else _year_of(day, years)


def _year_of(day: date, years: list[tuple[date, date]]) -> int:
    """The number of the year that holds `day`; what lies before the plan belongs to its first, what lies after it to its last."""
    return max((number for number, (first, _last) in enumerate(years, 1) if first <= day), default=1)


def _row(step: Step, user: Any, plan: Plan, may_edit: bool) -> dict[str, Any]:
    slug, rule = plan.partnership.slug, step.planned.rule if step.planned else None
    row = {"step": step, "on": step.on, "title": step.say, "rule": rule, "edit_url": "", "place": "", "url": ""}
    if rule:
        label, needs = PAGES[rule.view]
        if may(user, needs, plan.partnership):
            codes = [plan.code] if rule.view.startswith("plan:") else []
            row |= {"place": label, "url": reverse(rule.view, args=[slug, *codes])}
    if may_edit and step.row:
        row["edit_url"] = reverse("plan:correct", args=[slug, plan.code, "step", step.row.pk])
    elif may_edit:
        row["edit_url"] = f"{reverse('plan:add', args=[slug, plan.code, 'step'])}?step={step.mark}"
    return row
