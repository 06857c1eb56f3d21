"""A workflow is data: statuses, the moves between them, what each move needs and when the next step falls due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from diogel.audit import log
from diogel.home import today
from diogel.people.access import May, may, require

from .models import Move, Record


class MoveRefused(Exception):
    """A move that the workflow does not know, or that lacks its reason; the message is for the reader."""


@dataclass(frozen=True)
class Step:
    """One permitted change of status."""

    from_status: str
    to_status: str
    needs: May
    label: Any
    asks_reason: bool = False
    due_in_days: int | None = None


@dataclass(frozen=True)
class Workflow:
    """The statuses of one kind, in order, and its steps. `closed` are those in which the record rests."""

    kind: str
    title: Any
    statuses: dict[str, Any]
    steps: tuple[Step, ...]
    first: str
    closed: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        for step in self.steps:
            for status in (step.from_status, step.to_status):
                if status not in self.statuses:
                    raise ValueError(f"{self.kind}: a step names the status {status!r}, which it does not have")

    def steps_from(self, status: str) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.from_status == status)

    def unreachable(self) -> set[str]:
        """Statuses that no chain of steps leads to from the first."""
        reached, waiting = {self.first}, [self.first]
        while waiting:
            for step in self.steps_from(waiting.pop()):
                if step.to_status not in reached:
                    reached.add(step.to_status)
                    waiting.append(step.to_status)
        return set(self.statuses) - reached


_WORKFLOWS: dict[str, Workflow] = {}


def register(workflow: Workflow) -> Workflow:
    """Make a kind's workflow known to the spine; each process does so once, in its `process.py`."""
    _WORKFLOWS[workflow.kind] = workflow
    return workflow


def workflows() -> Iterator[Workflow]:
    yield from _WORKFLOWS.values()


def workflow_of(record: Record) -> Workflow:
    return _WORKFLOWS[record.kind]


def steps_open_to(user: Any, record: Record) -> list[Step]:
    """The moves that `user` may make now with `record`."""
    return [step for step in workflow_of(record).steps_from(record.status) if may(user, step.needs, record.partnership)]


def move(
    record: Record, to_status: str, *, by: Any, seen: int, reason: str = "", on: date | None = None, at: datetime | None = None
) -> Move:
    """Change a record's status, on a day of the home's own calendar unless `on` or `at` tell another.

    MoveRefused where the workflow forbids it, PermissionDenied where `by` may not, StaleSave where someone else was first;
    nothing is half-done.
    """
    step = next((s for s in workflow_of(record).steps_from(record.status) if s.to_status == to_status), None)
    if step is None:
        raise MoveRefused(_("This cannot be done from where the record stands now. Open it again to see what can."))
    require(by, step.needs, record.partnership)
    if step.asks_reason and not reason.strip():
        raise MoveRefused(_("Say why: this step needs a reason."))
    day = on or today()
    with transaction.atomic():
        before, record.status = record.status, to_status
        record.closed_on = day if to_status in workflow_of(record).closed else None
        record.due_on = (
            day + timedelta(days=step.due_in_days) if step.due_in_days is not None else (None if record.closed_on else record.due_on)
        )
        record.save_against(seen)
        made = Move.objects.create(
            record_id=record.pk,
            from_status=before,
            to_status=to_status,
            at=at or timezone.make_aware(datetime.combine(day, timezone.localtime().time())),
            by=by.reference,
            reason=reason.strip(),
        )
        log.record(
            by=by.reference,
            deed="moved",
            subject=f"records.{record.kind}:{record.reference}",
            partnership=record.partnership.slug,
            detail={"from": before, "to": to_status},
        )
    return made
