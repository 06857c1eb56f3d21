"""A tension report from its coming in to its close: each step checked, clocked and told to the log."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from diogel.audit import log
from diogel.home import moment, today
from diogel.people.access import May, require
from diogel.people.models import Partnership
from diogel.people.writing import note, write
from diogel.places.models import Area
from diogel.records.models import Move, Record
from diogel.records.workflow import move

from .models import Reporter, Tension
from .process import TRIAGE_WITHIN, keep_until


def report(
    *,
    by: Any,
    partnership: Partnership,
    source: str,
    type: str,
    place: str,
    text: str,
    language: str,
    area: Area | None = None,
    communities: str = "",
    contact: str = "",
    received_at: datetime | None = None,
) -> Tension:
    """Take in one report and start its clock. `contact` goes into a row of its own. Whoever fills in the public form comes as
    `Anyone()`. PermissionDenied or ValidationError, and nothing is written."""
    require(by, May.REPORT_TENSION, partnership)
    at = received_at or moment()
    opened_on = _day(at)
    with transaction.atomic():
        tension = Tension(
            kind="tension",
            reference=_next_reference(partnership, opened_on.year),
            partnership=partnership,
            area=area,
            status="received",
            opened_on=opened_on,
            due_on=opened_on + timedelta(days=TRIAGE_WITHIN),
            received_at=at,
            source=source,
            type=type,
            place=place.strip(),
            text=text.strip(),
            communities=communities.strip(),
            language=language,
        )
        tension.full_clean()
        tension.save()
        if contact.strip():
            reporter = Reporter(tension=tension, contact=contact.strip())
            reporter.full_clean()
            reporter.save()
        Move.objects.create(record_id=tension.pk, to_status="received", at=at, by=by.reference)
        note(tension, by=by, partnership=partnership, deed="created", detail={"reference": tension.reference, "source": source})
    return tension


def triage(
    tension: Tension,
    *,
    by: Any,
    seen: int,
    experienced: int,
    evidenced: int,
    potential: int,
    reliability: str = "",
    at: datetime | None = None,
) -> Tension:
    """Grade a report: how people feel, what has happened, what may come; each from 1 to 6. The clock for the answer starts."""
    grades: dict[str, Any] = {"experienced": experienced, "evidenced": evidenced, "potential": potential, "reliability": reliability}
    with transaction.atomic():
        write(tension, by=by, seen=seen, triaged_at=at or moment(), **grades)
        step(tension, "triaged", by=by, seen=tension.version, at=at)
    return tension


def answer(
    tension: Tension,
    *,
    by: Any,
    seen: int,
    response: str,
    is_shared_with_police: bool,
    feedback: str = "",
    fed_back_on: date | None = None,
    on: date | None = None,
) -> Tension:
    """Say what was done, whether the police were told, and what the reporter heard back."""
    said: dict[str, Any] = {
        "response": response,
        "is_shared_with_police": is_shared_with_police,
        "feedback": feedback,
        "fed_back_on": fed_back_on,
    }
    with transaction.atomic():
        write(tension, by=by, seen=seen, **said)
        step(tension, "answered", by=by, seen=tension.version, on=on)
    return tension


def step(
    tension: Tension, to_status: str, *, by: Any, seen: int, reason: str = "", on: date | None = None, at: datetime | None = None
) -> Move:
    """Move a report, and set how long it is kept. Raises what `records.workflow.move` raises."""
    day = on or (_day(at) if at else today())
    tension.keep_until = keep_until(to_status, day)
    return move(tension, to_status, by=by, seen=seen, reason=reason, on=day, at=at)


def look_at_reporter(tension: Tension, *, by: Any) -> Reporter | None:
    """How to answer whoever told us, or None where they left nothing. Every look is recorded. PermissionDenied unless `by` may."""
    require(by, May.SEE_REPORTERS, tension.partnership)
    found = Reporter.objects.filter(tension=tension).first()
    log.record(
        by=by.reference,
        deed="read",
        subject=f"tensions.reporter:{tension.reference}",
        partnership=tension.partnership.slug,
        detail={"found": found is not None},
    )
    return found


def _next_reference(partnership: Partnership, year: int) -> str:
    """T-2022-004: the fourth report of a year. The partnership's row is locked, so that two reports never share a number."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    taken = Record.objects.filter(partnership=partnership, kind="tension", reference__startswith=f"T-{year}-")
    last = max((int(reference.rsplit("-", 1)[1]) for reference in taken.values_list("reference", flat=True)), default=0)
    return f"T-{year}-{last + 1:03d}"


def _day(at: datetime) -> date:
    return timezone.localtime(at).date() if timezone.is_aware(at) else at.date()
