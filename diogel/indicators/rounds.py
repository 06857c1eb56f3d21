"""Tells which figure a regular measure still owes: late is neither zero nor missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .models import Observation
from .spans import span_after, span_name

DUE_AFTER = timedelta(days=14)
"""A figure is due two weeks after the last day it speaks of."""
STOPPED_AFTER = timedelta(days=366)
"""After a year without a figure nobody waits for it: the measure has come to a rest, and the page says since when."""


@dataclass(frozen=True)
class Owed:
    """The next figure of a measure: its days, when it was due, how late it is, and whether the measure has come to a rest."""

    from_on: date
    to_on: date
    due_on: date
    days_late: int
    has_stopped: bool

    @property
    def period(self) -> str:
        return span_name(self.from_on, self.to_on)


def owed(rows: Sequence[Observation], today: date) -> Owed | None:
    """What is late today, from observations newest first; None where nothing is, or where they follow no rhythm.

    Two observations of equal length, one right after the other, make a rhythm. Survey waves never do.
    """
    following = next_days(rows)
    if following is None:
        return None
    due_on = following[1] + DUE_AFTER
    if due_on >= today:
        return None
    return Owed(*following, due_on=due_on, days_late=(today - due_on).days, has_stopped=today - due_on > STOPPED_AFTER)


def next_days(rows: Sequence[Observation]) -> tuple[date, date] | None:
    """First and last day of the figure that comes next, from observations newest first; None where they follow no rhythm."""
    regular = [row for row in rows if row.wave_id is None]
    if len(regular) < 2:
        return None
    latest, before = regular[0], regular[1]
    if span_after(before.from_on, before.to_on) != (latest.from_on, latest.to_on):
        return None
    return span_after(latest.from_on, latest.to_on)
