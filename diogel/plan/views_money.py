"""The page of money: what there is, what runs out when, and which actions go on beyond it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from diogel.home import today
from diogel.people.access import May, may
from diogel.people.desk import desk, fetch

from .models import Plan
from .models_money import Funding
from .money import figure, paid


@desk(May.SEE_FUNDING)
def money(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """Every sum of the partnership, drawn on a line of time with its table."""
    plan = fetch(Plan.objects, request.user, partnership=partnership, code=code)
    day = today()
    rows = paid(request.user, partnership, day)
    context = {
        "plan": plan,
        "rows": rows,
        "figure": figure(rows, day),
        "soon": sum(each.is_soon for each in rows),
        "outlasted": sum(bool(each.outlasting) for each in rows),
        "granted": sum(each.row.amount or 0 for each in rows if each.row.state == Funding.State.GRANTED),
        "may_edit": may(request.user, May.EDIT_PLAN, partnership),
    }
    return render(request, "plan/money.html", context)
