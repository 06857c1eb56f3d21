"""Next steps of a consultation: comments that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.people.access import May, may
from diogel.plan.models import Consultation


def comment_steps(user: Any, partnership: Any, day: date) -> Iterator[dict[str, Any]]:
    """For who answers comments: one step a consultation that has some without an answer, on the day on which it closes or closed."""
    if not may(user, May.EDIT_PLAN, partnership):
        return
    standing: Any = Consultation.objects.standing()
    held = standing.visible_to(user).filter(plan__partnership=partnership, plan__withdrawn_on=None)
    for row in held.with_counts().filter(unanswered__gt=0).select_related("plan"):
        pattern = ngettext("One comment waits for an answer: %(title)s", "%(n)s comments wait for an answer: %(title)s", row.unanswered)
        title = row.pair("title")
        yield {
            "due_on": row.closes_on,
            "sentence": pattern % {"n": row.unanswered, "title": title.say() or title.cy or title.en},
            "detail": _("What was said and what we did can be told once every comment has its answer."),
            "button": _("Answer the comments"),
            "url": reverse("plan:consultation", args=[partnership.slug, row.plan.code, row.pk]),
        }
