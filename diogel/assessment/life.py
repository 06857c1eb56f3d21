"""The life of an assessment as a table of moves: from where to where, who may, and what each move waits for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diogel.audit import log
from diogel.home import today
from diogel.people.access import May, may, require
from diogel.records.workflow import MoveRefused, Step, Workflow, register

from .models import Assessment, Made
from .reading import Whole, read
from .scoring import keep_ranks
from .statuses import Status
from .waiting import Hindrance, hindrances

LIFE = register(
    Workflow(
        kind="assessment",
        title=gettext_lazy("assessment"),
        statuses={status.value: status.label for status in Status},
        first=Status.COMMISSIONED,
        closed=frozenset({Status.PUBLISHED.value}),
        steps=(
            Step("commissioned", "gathering", May.EDIT_ASSESSMENT, gettext_lazy("Begin to gather evidence")),
            Step("gathering", "scoring", May.EDIT_ASSESSMENT, gettext_lazy("Begin to score")),
            Step("scoring", "agreed", May.EDIT_ASSESSMENT, gettext_lazy("Close the scoring")),
            Step("agreed", "approved", May.APPROVE_ASSESSMENT, gettext_lazy("Approve the assessment")),
            Step("approved", "published", May.PUBLISH, gettext_lazy("Record that it is published")),
            Step("scoring", "gathering", May.EDIT_ASSESSMENT, gettext_lazy("Gather more evidence"), asks_reason=True),
            Step("agreed", "scoring", May.EDIT_ASSESSMENT, gettext_lazy("Score once more"), asks_reason=True),
            Step("approved", "agreed", May.APPROVE_ASSESSMENT, gettext_lazy("Take the approval back"), asks_reason=True),
            Step("published", "approved", May.PUBLISH, gettext_lazy("Record that it is no longer published"), asks_reason=True),
        ),
    )
)
FORWARD = {"commissioned": "gathering", "gathering": "scoring", "scoring": "agreed", "agreed": "approved", "approved": "published"}


def next_of(assessment: Assessment) -> str:
    """The status that comes next, or nothing where it has come to its end."""
    return FORWARD.get(assessment.status, "")


def steps_open_to(user: Any, assessment: Assessment) -> list[Step]:
    """The moves that `user` may make now, whether or not something is still in the way."""
    return [step for step in LIFE.steps_from(assessment.status) if may(user, step.needs, assessment.partnership)]


def in_the_way(assessment: Assessment, to_status: str, *, whole: Whole | None = None) -> list[Hindrance]:
    """What keeps the assessment from moving there, in the page's language. Nothing is in the way of going back."""
    if FORWARD.get(assessment.status) != to_status:
        return []
    return hindrances(whole or read(assessment), to_status)


def move(assessment: Assessment, to_status: str, *, by: Any, seen: int, reason: str = "", on: date | None = None) -> Made:
    """Change an assessment's status. MoveRefused where the table knows no such move, where its reason is missing, or while something
    is in the way; PermissionDenied where `by` may not; StaleSave where someone else was first. Nothing is half-done."""
    step = next((each for each in LIFE.steps_from(assessment.status) if each.to_status == to_status), None)
    if step is None:
        raise MoveRefused(_("This cannot be done from where the assessment stands now. Open it again to see what can."))
    require(by, step.needs, assessment.partnership)
    if step.asks_reason and not reason.strip():
        raise MoveRefused(_("Say why: this step needs a reason."))
    if found := in_the_way(assessment, to_status):
        raise MoveRefused(" ".join(each.sentence for each in found))
    day = on or today()
    if to_status == Status.AGREED:
        keep_ranks(assessment)
    with transaction.atomic():
        before, assessment.status = assessment.status, to_status
        if to_status == Status.PUBLISHED:
            assessment.published_on = day
        if assessment.commissioned_on is None:
            assessment.commissioned_on = day
        assessment.save_against(seen)
        made = Made.objects.create(
            assessment=assessment, from_status=before, to_status=to_status, on=day, by=by.reference, reason=reason.strip()
        )
        detail = {"from": before, "to": to_status}
        subject = f"assessment.assessment:{assessment.pk}"
        log.record(by=by.reference, deed="moved", subject=subject, partnership=assessment.partnership.slug, detail=detail)
    return made
