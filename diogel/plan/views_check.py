"""The page of what is missing, crossed or out of date in a plan: each sentence with the way to where it is mended."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from diogel.audit.models import Entry
from diogel.home import today
from diogel.people.access import May
from diogel.people.desk import desk, fetch

from .lint import Finding, facts, lint
from .models import Number, Plan

HEADINGS = {
    "error": (_("What contradicts itself"), _("Two parts of the plan say what cannot both be so.")),
    "warning": (_("What is missing or out of date"), _("Something is left out, or was so once.")),
    "note": (_("Worth knowing"), _("This may well be meant. It stands here so that nobody has to find it at the meeting.")),
}


@desk(May.EDIT_PLAN)
def check(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """The findings that the reader may see, the gravest first."""
    plan = fetch(Plan.objects.select_related("partnership"), request.user, partnership=partnership, code=code)
    seen = set(Number.objects.visible_to(request.user).filter(plan=plan).values_list("number", flat=True))
    found = [each for each in _findings(plan) if seen.issuperset(each.actions)]
    language = (get_language() or "en")[:2]
    groups = [
        {
            "heading": HEADINGS[severity][0],
            "lede": HEADINGS[severity][1],
            "rows": [{"say": each.say(language), "url": _where(each.subject, partnership.slug, plan)} for each in some],
        }
        for severity, some in groupby(found, key=lambda each: each.severity)
    ]
    to_mend = sum(each.severity != "note" for each in found)
    return render(request, "plan/check.html", {"plan": plan, "groups": groups, "to_mend": to_mend, "count": len(found)})


def _findings(plan: Plan) -> list[Finding]:
    """Kept until anybody writes anything or the day turns: every rule reads the whole plan, which takes thirty questions."""
    last = Entry.objects.order_by("-number").values_list("number", flat=True).first()
    key = f"plan-check:{plan.pk}:{last}:{today()}"
    kept = cache.get(key)
    if kept is None:
        kept = lint(facts(plan, on=today()))
        cache.set(key, kept, 24 * 3600)
    return list(kept)


def _where(subject: str, slug: str, plan: Plan) -> str:
    """The page on which the subject of a finding stands."""
    kind, _colon, key = subject.partition(":")
    pages = {
        "action": ("plan:action", (plan.code, key)),
        "priority": ("plan:priority", (plan.code, key)),
        "objective": ("plan:priorities", (plan.code,)),
        "measure": ("plan:priorities", (plan.code,)),
        "outcome": ("plan:outcomes", (plan.code,)),
        "theme": ("assessment:theme", (key,)),
        "body": ("people:bodies", ()),
    }
    name, words = pages.get(kind, ("plan:plan", (plan.code,)))
    return reverse(name, args=[slug, *words])
