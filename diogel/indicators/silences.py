"""Listens for what has stopped: tension reports, figures of a measure, months of recorded crime; and opens and ends its cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from diogel.crime import counting
from diogel.home import today
from diogel.people.access import May, may, require
from diogel.people.models import Partnership
from diogel.people.writing import write
from diogel.places import codes
from diogel.processes.tensions.models import Tension
from diogel.processes.tensions.silence import silence

from .models import Measure
from .rounds import owed
from .silence_row import Silence

Flow = Silence.Flow
PUBLISHED_AFTER = timedelta(days=92)
"""A month of recorded crime is published about two months after its end; after three it is late."""


@dataclass(frozen=True)
class Heard:
    """What listening changed: keys of the silences that were noticed, and of those that ended."""

    noticed: tuple[int, ...] = ()
    ended: tuple[int, ...] = ()


def listen(partnership: Partnership, *, by: Any, day: date | None = None) -> Heard:
    """Open a card for each flow that has stopped as of `day` (today), and end those of flows that are heard again.

    Listening twice changes nothing. A flow that somebody gave up stays given up until it is heard. PermissionDenied without
    LOOK_FOR_UNUSUAL.
    """
    require(by, May.LOOK_FOR_UNUSUAL, partnership)
    day = day or today()
    quiet = {(row.flow, row.subject): row for row in _quiet(partnership, day)}
    standing = {(row.flow, row.subject): row for row in Silence.objects.filter(partnership=partnership, ended_on=None)}
    noticed, ended = [], []
    with transaction.atomic():
        for key in quiet.keys() - standing.keys():
            noticed.append(write(quiet[key], by=by).pk)
        for key in standing.keys() - quiet.keys():
            ended.append(write(standing[key], by=by, ended_on=day).pk)
    return Heard(tuple(sorted(noticed)), tuple(sorted(ended)))


def seen_by(user: Any, partnership: Partnership) -> QuerySet[Silence]:
    """The silences that one may see, each knowing what its measure is called: of tension reports only who may read those."""
    measure = Measure.objects.filter(partnership=OuterRef("partnership"), code=OuterRef("subject"))
    named = {f"measure_{half}": Subquery(measure.values(f"title_{half}")[:1]) for half in ("cy", "en")}
    rows: QuerySet[Silence] = Silence.objects.visible_to(user).filter(partnership=partnership).annotate(**named)
    return rows if may(user, May.SEE_TENSIONS, partnership) else rows.exclude(flow=Flow.TENSIONS)


def _quiet(partnership: Partnership, day: date) -> Iterator[Silence]:
    yield from _tensions(partnership, day)
    yield from _measures(partnership, day)
    yield from _crime(partnership, day)


def _tensions(partnership: Partnership, day: date) -> Iterator[Silence]:
    """Reports that come at no fixed day: silent where the present gap is unusual among those of the past year."""
    days = list(Tension.objects.standing().filter(partnership=partnership).values_list("opened_on", flat=True))
    heard = silence(days, today=day)
    if heard.is_unusual and heard.days is not None:
        since = day - timedelta(days=heard.days)
        yield _row(partnership, Flow.TENSIONS, since_on=since, usual_days=heard.usual_gap, noticed_on=day)


def _measures(partnership: Partnership, day: date) -> Iterator[Silence]:
    """Figures that follow a rhythm and are past their day; one that came to a rest a year ago is nobody's silence."""
    for measure in Measure.objects.standing().filter(partnership=partnership).prefetch_related("observations"):
        rows = sorted((row for row in measure.observations.all() if not row.withdrawn_on), key=lambda row: row.to_on, reverse=True)
        late = owed(rows, day)
        if late is not None and not late.has_stopped:
            since = late.from_on - timedelta(days=1)
            yield _row(partnership, Flow.MEASURE, subject=measure.code, since_on=since, due_on=late.due_on, noticed_on=day)


def _crime(partnership: Partnership, day: date) -> Iterator[Silence]:
    """Months of real rows that were to be published and loaded by now, by the force of the partnership's areas."""
    if counting.kind_of_store() != "real":
        return
    known = {one.code: one.force_slug for one in codes.AUTHORITIES}
    for force in sorted({known[area.code] for area in partnership.areas.all() if area.code in known}):
        months = counting.months_loaded(force=force)
        if not months:
            continue
        due = (months[-1] + 1).last_day + PUBLISHED_AFTER
        if due < day:
            yield _row(partnership, Flow.CRIME, subject=force, since_on=months[-1].last_day, due_on=due, noticed_on=day)


def _row(partnership: Partnership, flow: Silence.Flow, **columns: Any) -> Silence:
    return Silence(partnership=partnership, flow=flow.value, **columns)
