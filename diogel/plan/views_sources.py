"""The page of what steers a plan: the documents it takes direction from, what each states, and the ways of working."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from diogel.people.access import May, may
from diogel.people.desk import desk, fetch

from .models import Plan, Priority, Stated


@desk()
def sources(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """Each document with the priorities it states and those of ours that answer them; below them how the plan means to work."""
    plan = fetch(Plan.objects, request.user, partnership=partnership, code=code)
    answers = Prefetch("priorities", Priority.objects.standing())
    rows = plan.sources.standing().prefetch_related(Prefetch("states", Stated.objects.standing().prefetch_related(answers)))
    context = {
        "plan": plan,
        "sources": rows,
        "stated": sum(len(row.states.all()) for row in rows),
        "unanswered": sum(not stated.priorities.all() for row in rows for stated in row.states.all()),
        "principles": plan.principles.standing(),
        "may_edit": may(request.user, May.EDIT_PLAN, partnership),
    }
    return render(request, "plan/sources.html", context)
