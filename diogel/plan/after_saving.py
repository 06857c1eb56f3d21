"""What the check says about a row that was just saved: one line with the way to the check."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .lacks import findings
from .models import Number, Plan

SUBJECTS = {"priority": "code", "objective": "code", "outcome": "row", "section": "code"}
"""Kinds of row that the check speaks of, and the column by which it names one."""


def subject_of(kind: str, row: Any) -> str:
    """How the check names a row; nothing where it speaks of none of the kind."""
    return f"{kind}:{getattr(row, SUBJECTS[kind])}" if kind in SUBJECTS else ""


def tell_findings(request: HttpRequest, plan: Plan, subject: str) -> None:
    """How many findings the check has now about `subject`, those left out that speak of an action which the reader may not see."""
    if not subject:
        return
    seen = set(Number.objects.visible_to(request.user).filter(plan=plan).values_list("number", flat=True))
    n = sum(each.subject == subject and seen.issuperset(each.actions) for each in findings(plan))
    if n:
        sentence = ngettext(
            "It is saved. The check finds %(n)s thing to look at in it.", "It is saved. The check finds %(n)s things to look at in it.", n
        )
    else:
        sentence = _("It is saved. The check finds nothing in it.")
    door = reverse("plan:check", args=[plan.partnership.slug, plan.code])
    line = '{} <a class="govuk-notification-banner__link" href="{}">{}</a>'
    messages.info(request, format_html(line, sentence % {"n": n} if n else sentence, door, _("Open the check")))
