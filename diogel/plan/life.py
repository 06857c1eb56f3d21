"""The life of a plan as a table: which status may follow which, who may say so, and what must be there first."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diogel.home import today
from diogel.people.access import May, may, require
from diogel.people.writing import note

from .keeping import keep
from .lint import Finding
from .models import Plan
from .models_life import PlanMove


class PlanMoveRefused(Exception):
    """A move that the table does not know, or that lacks something; the message is for the reader."""


@dataclass(frozen=True)
class PlanStep:
    """One permitted change of status. `wants` names what must be there; `keeps` says that a version is kept with it."""

    from_status: str
    to_status: str
    needs: May
    label: Any
    wants: tuple[str, ...] = ()
    asks_reason: bool = False
    asks_day: bool = False
    keeps: bool = False


DRAFT, CONSULTATION, ADOPTED, IN_FORCE, CLOSED = Plan.Status.values

READY = ("pairs", "findings")
STEPS = (
    PlanStep(DRAFT, CONSULTATION, May.EDIT_PLAN, gettext_lazy("Put it out for consultation"), wants=("consultation", "pairs"), keeps=True),
    PlanStep(
        DRAFT,
        ADOPTED,
        May.ADOPT_PLAN,
        gettext_lazy("Adopt it without consulting"),
        wants=READY,
        asks_reason=True,
        asks_day=True,
        keeps=True,
    ),
    PlanStep(CONSULTATION, DRAFT, May.EDIT_PLAN, gettext_lazy("Take it back to a draft"), asks_reason=True),
    PlanStep(
        CONSULTATION,
        ADOPTED,
        May.ADOPT_PLAN,
        gettext_lazy("Write down that it was adopted"),
        wants=("over", "answered", *READY),
        asks_day=True,
        keeps=True,
    ),
    PlanStep(ADOPTED, DRAFT, May.ADOPT_PLAN, gettext_lazy("Take the adoption back"), asks_reason=True),
    PlanStep(ADOPTED, IN_FORCE, May.ADOPT_PLAN, gettext_lazy("Bring it into force"), wants=("begun",)),
    PlanStep(IN_FORCE, CLOSED, May.ADOPT_PLAN, gettext_lazy("Close it"), asks_reason=True, keeps=True),
    PlanStep(CLOSED, IN_FORCE, May.ADOPT_PLAN, gettext_lazy("Open it again"), asks_reason=True),
)
"""What closes a plan before its last day is said in the reason; whoever reads on knows it from the day of the move."""

BINDING = frozenset({ADOPTED, IN_FORCE, CLOSED})
"""Statuses in which the plan was promised to somebody: what changes in it is shown until it is kept as a version."""


@dataclass(frozen=True)
class Lacking:
    """One thing that must be there before a move: its code, one sentence, and the page on which it is put right."""

    code: str
    sentence: str
    view: str = ""


def steps_from(status: str) -> tuple[PlanStep, ...]:
    return tuple(step for step in STEPS if step.from_status == status)


def step_to(plan: Plan, to_status: str) -> PlanStep | None:
    return next((step for step in steps_from(plan.status) if step.to_status == to_status), None)


def steps_open_to(user: Any, plan: Plan) -> list[PlanStep]:
    return [step for step in steps_from(plan.status) if may(user, step.needs, plan.partnership)]


def print_of(finding: Finding) -> str:
    """What tells one finding's sentences from any other's."""
    return hashlib.sha256(f"{finding.message_cy}\n{finding.message_en}".encode()).hexdigest()


def slug_of(subject: str) -> str:
    """A finding's subject as it stands in an address: `action:7` as `action--7`."""
    return "".join(
        letter if (letter.isascii() and letter.isalnum()) or letter in "_-" else "-"
        for letter in subject.replace(":", "--").replace(".", "_")
    )[:80]


def move_plan(
    plan: Plan,
    to_status: str,
    *,
    by: Any,
    seen: int,
    reason: str = "",
    adopted_on: date | None = None,
    lacking: list[Lacking] | None = None,
) -> PlanMove:
    """Change a plan's status, and keep it as a version where the table says so. `lacking` is what `lacks.lacking` found for this step.

    PlanMoveRefused where the table forbids it or something is lacking, PermissionDenied where `by` may not, StaleSave where somebody
    else was first; nothing is half-done.
    """
    step = step_to(plan, to_status)
    if step is None:
        raise PlanMoveRefused(_("This cannot be done from where the plan stands now. Open it again to see what can."))
    require(by, step.needs, plan.partnership)
    if lacking:
        raise PlanMoveRefused(lacking[0].sentence)
    if step.asks_reason and not reason.strip():
        raise PlanMoveRefused(_("Say why: this step needs a reason."))
    if step.asks_day and adopted_on is None:
        raise PlanMoveRefused(_("Give the day on which it was adopted."))
    if adopted_on and adopted_on > today():
        raise PlanMoveRefused(_("This day has not come yet"))
    with transaction.atomic():
        before, plan.status = plan.status, to_status
        plan.adopted_on = _adopted_on(plan, to_status, adopted_on)
        plan.save_against(seen)
        made = write_down(plan, before, to_status, by=by, reason=reason)
        if step.keeps:
            keep(plan, by=by, reason=reason, needs=step.needs)
    return made


def write_down(plan: Plan, before: str, after: str, *, by: Any, reason: str = "", on: date | None = None) -> PlanMove:
    """Write down that a plan moved, on a day; of plans that lived on paper this is all there is to do."""
    require(by, May.ADOPT_PLAN if after in BINDING else May.EDIT_PLAN, plan.partnership)
    made = PlanMove.objects.create(
        plan=plan, from_status=before, to_status=after, moved_on=on or today(), moved_by=by.reference, reason=reason.strip()
    )
    detail = {"from": before, "to": after} | ({"reason": made.reason} if made.reason else {})
    note(plan, by=by, partnership=plan.partnership, deed="moved", detail=detail)
    return made


def _adopted_on(plan: Plan, to_status: str, day: date | None) -> date | None:
    """A plan that is a draft again was adopted on no day."""
    if to_status == ADOPTED:
        return day
    return None if to_status in (DRAFT, CONSULTATION) else plan.adopted_on
