"""The page of what is missing, crossed or out of date in a plan: each sentence with the way to where it is mended."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May
from diogel.people.desk import desk, fetch

from .lacks import answered_for, findings, let_stand
from .life import slug_of
from .lint import Finding
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
    found = [each for each in findings(plan) if seen.issuperset(each.actions)]
    language = (get_language() or "en")[:2]
    reasons = let_stand(plan)
    groups = [
        {
            "heading": HEADINGS[severity][0],
            "lede": HEADINGS[severity][1],
            "rows": [_row(each, plan, partnership.slug, language, reasons) for each in some],
        }
        for severity, some in groupby(found, key=lambda each: each.severity)
    ]
    to_mend = sum(each.severity != "note" and answered_for(each, reasons) is None for each in found)
    return render(request, "plan/check.html", {"plan": plan, "groups": groups, "to_mend": to_mend, "count": len(found)})


def _row(each: Finding, plan: Plan, slug: str, language: str, reasons: dict[tuple[str, str], Any]) -> dict[str, Any]:
    """A finding with the way to where it is mended; a grave one also with the reason for which it stands, or the way to give one."""
    row = {"say": each.say(language), "url": _where(each.subject, slug, plan), "let_stand": answered_for(each, reasons), "accept_url": ""}
    if each.severity == "error":
        row["accept_url"] = reverse("plan:accept", args=[slug, plan.code, each.rule, slug_of(each.subject)])
    return row


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
