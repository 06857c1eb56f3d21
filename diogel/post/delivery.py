"""Sends what is queued. Killed at any point and run again, it repeats nothing that may have gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from diogel.home import made
from diogel.people.access import May, require
from diogel.people.writing import note

from .links import holds_a_role
from .models import Letter
from .ways import Came, Way, the_way

try:
    import fcntl
except ImportError:  # a machine without file locks runs one of these at a time by itself
    fcntl = None  # type: ignore[assignment]

MOST_ATTEMPTS = 5
"""After so many answers of “not now” a letter counts as refused."""
ASKED_AFTER = timedelta(days=7)
"""So long a way that remembers its letters is asked after one of which nobody knows whether it went: no longer does it remember."""
State, Why = Letter.State, Letter.Why


@dataclass(frozen=True)
class Delivered:
    """What one run did: letters by what became of them, `unknown` all of which nobody knows whether they went, from this run or before
    it, `found` those of which it was not known and now is. `tried` is how many of them it took up; `was_busy` where another run was at
    it, `stopped` why it ended before all had gone (a `Stop`)."""

    sent: int = 0
    refused: int = 0
    unknown: int = 0
    left: int = 0
    found: int = 0
    tried: int = 0
    was_busy: bool = False
    stopped: str = ""

    @property
    def is_whole(self) -> bool:
        return not (self.refused or self.unknown or self.left or self.was_busy or self.stopped)

    @property
    def did_nothing(self) -> bool:
        """Whether it could not even begin."""
        return not self.sent and bool(self.was_busy or self.stopped)


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other run sends from this home; the lock ends with the process, however that ends."""
    with (made() / "post.lock").open("a") as file:
        if fcntl:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
                return
        yield True


def send_queued(*, root: str, on: date, partnership: Any = None) -> Delivered:
    """Send the queued letters whose day has come, those of one partnership or all; links in them begin with `root`.

    A letter is put together, marked before the first word goes out, and again after the last. One that an earlier run left marked in between is not
    known to have gone: where the way can be asked, it is; else it waits for a person. What was refused for now is queued again."""
    with _alone() as is_alone:
        if not is_alone:
            return Delivered(was_busy=True)
        Letter.objects.filter(state=State.SENDING).update(state=State.UNKNOWN, changed_at=timezone.now())
        letters = Letter.objects.filter(partnership=partnership) if partnership else Letter.objects.all()
        waiting = list(letters.filter(state=State.QUEUED, send_on__lte=on).order_by("pk").values_list("pk", flat=True))
        with closing(the_way()) as way:
            found = _ask_after(letters, way) if way.remembers else 0
            told, stopped = _send_each(waiting, way, root, on)
        unknown = letters.filter(state=State.UNKNOWN).count()
    sent, refused = told[State.SENT], told[State.REFUSED]
    left = len(waiting) - sent - refused - told[State.UNKNOWN]
    return Delivered(sent=sent, refused=refused, unknown=unknown, left=left, found=found, tried=told.total(), stopped=str(stopped))


def _ask_after(letters: Any, way: Way) -> int:
    """Ask the way after the letters of which nobody knows whether they went; of how many it told."""
    found = 0
    for letter in letters.filter(state=State.UNKNOWN, changed_at__gte=timezone.now() - ASKED_AFTER).order_by("pk"):
        came = way.asked_after(letter)
        if came.stop:
            break
        if came.state != State.UNKNOWN:
            found += _mark(letter.pk, State.UNKNOWN, came.state, came.why) == came.state
    return found


def _send_each(waiting: list[int], way: Way, root: str, on: date) -> tuple[Counter[str], str]:
    """What became of the letters, and why not all of them were tried."""
    told: Counter[str] = Counter()
    for pk in waiting:
        if stop := way.ready():
            return told, stop
        came = _send_one(pk, way, root, on)
        told[came.state] += 1
        if came.stop:
            return told, came.stop
    return told, ""


def _send_one(pk: int, way: Way, root: str, on: date) -> Came:
    """What became of one letter; `queued` where it is still to go."""
    letter = Letter.objects.select_related("person", "partnership", "link__partnership").get(pk=pk)
    if why := _kept_by(letter, on):
        return Came(_mark(pk, State.QUEUED, State.REFUSED, why=why))
    what = way.put(letter, root=root)
    if _mark(pk, State.QUEUED, State.SENDING, attempts=F("attempts") + 1) != State.SENDING:
        return Came(State.QUEUED)  # somebody else took it
    came = way.send(letter, what)
    if not came.counts:
        _mark(pk, State.SENDING, came.state, came.why, attempts=F("attempts") - 1)
    elif came.state == State.QUEUED and letter.attempts + 1 >= MOST_ATTEMPTS:
        came = Came(_mark(pk, State.SENDING, State.REFUSED, way.tired))
    else:
        _mark(pk, State.SENDING, came.state, came.why)
    return came


def _kept_by(letter: Letter, on: date) -> str:
    """Why a letter cannot go, as it stands today."""
    if not holds_a_role(letter.person, letter.partnership, on):
        return Why.LEFT
    if not letter.person.email:
        return Why.NO_ADDRESS
    return Why.LINK_ENDED if letter.link and not letter.link.stands(on) else Why.NONE


def _mark(pk: int, before: str, after: str, why: str = "", **columns: Any) -> str:
    """Move one letter on, provided it stands where it was thought to stand; where it now stands."""
    moved = Letter.objects.filter(pk=pk, state=before).update(state=after, why=why, changed_at=timezone.now(), **columns)
    return after if moved else before


def send_again(letter: Letter, *, by: Any) -> bool:
    """Queue once more, under its old number, a letter of which nobody knows whether it went, or that could not go. PermissionDenied
    unless `by` runs rounds; False where it is neither."""
    require(by, May.RUN_ROUNDS, letter.partnership)
    rows = Letter.objects.filter(pk=letter.pk, state__in=[State.UNKNOWN, State.REFUSED])
    # The count begins anew at one, not at none: it was tried before, so a way that remembers is asked first whether it has it.
    if not rows.update(state=State.QUEUED, why="", attempts=1, changed_at=timezone.now()):
        return False
    note(letter, by=by, partnership=letter.partnership, deed="queued_again", detail={"kind": letter.kind})
    return True
