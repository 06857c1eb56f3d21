"""Next steps of a consultation: comments that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.people.access import May

from .steps_read import Reader


def comment_steps(reader: Reader) -> Iterator[dict[str, Any]]:
    """For who answers comments: one step a consultation that has some without an answer, on the day on which it closes or closed."""
    if not reader.may(May.EDIT_PLAN):
        return
    for row in reader.found("commented"):
        pattern = ngettext("One comment waits for an answer: %(title)s", "%(n)s comments wait for an answer: %(title)s", row.n)
        yield {
            "due_on": row.day,
            "sentence": pattern % {"n": row.n, "title": row.title.say() or row.title.cy or row.title.en},
            "detail": _("What was said and what we did can be told once every comment has its answer."),
            "button": _("Answer the comments"),
            "url": reverse("plan:consultation", args=[reader.partnership.slug, row.code, row.key]),
        }
