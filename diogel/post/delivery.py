"""Sends what is queued. Killed at any point and run again, it repeats nothing that may have gone."""

from __future__ import annotations

import smtplib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.mail import get_connection
from django.db.models import F
from django.utils import timezone

from diogel.home import made
from diogel.people.access import May, require
from diogel.people.writing import note

from .letters import message_of
from .links import holds_a_role
from .models import Letter

try:
    import fcntl
except ImportError:  # a machine without file locks runs one of these at a time by itself
    fcntl = None  # type: ignore[assignment]

MOST_ATTEMPTS = 5
"""After so many answers of “not now” a letter counts as refused."""
State, Why = Letter.State, Letter.Why


@dataclass(frozen=True)
class Delivered:
    """What one run did: letters by what became of them. `was_busy` where another run was at it, `no_server` where none answered."""

    sent: int = 0
    refused: int = 0
    unknown: int = 0
    left: int = 0
    was_busy: bool = False
    no_server: bool = False

    @property
    def is_whole(self) -> bool:
        return not (self.refused or self.unknown or self.left or self.was_busy or self.no_server)


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

    A letter is marked before the first word goes to the server, and again after the last. One that an earlier run left marked in between
    is not known to have gone: it waits for a person. What a server refused for now is queued again."""
    with _alone() as is_alone:
        if not is_alone:
            return Delivered(was_busy=True)
        Letter.objects.filter(state=State.SENDING).update(state=State.UNKNOWN, changed_at=timezone.now())
        rows = Letter.objects.filter(state=State.QUEUED, send_on__lte=on)
        waiting = list((rows.filter(partnership=partnership) if partnership else rows).order_by("pk").values_list("pk", flat=True))
        told = _send_each(waiting, root, on) if waiting else Counter()
    no_server = told.pop("no_server", 0) > 0
    return Delivered(sent=told[State.SENT], refused=told[State.REFUSED], unknown=told[State.UNKNOWN],
                     left=len(waiting) - told[State.SENT] - told[State.REFUSED] - told[State.UNKNOWN], no_server=no_server)  # fmt: skip


def _send_each(waiting: list[int], root: str, on: date) -> Counter[str]:
    told: Counter[str] = Counter()
    server = get_connection()
    try:
        for pk in waiting:
            if not _answers(server):
                told["no_server"] = 1
                break
            state = _send_one(pk, server, root, on)
            told[state] += 1
            if state == State.UNKNOWN:
                _hang_up(server)
    finally:
        _hang_up(server)
    return told


def _answers(server: Any) -> bool:
    """Whether the server is there, connected anew where it hung up: then the letter has not begun to go."""
    held = getattr(server, "connection", None)
    try:
        if held is not None and held.noop()[0] != 250:
            _hang_up(server)
    except (OSError, smtplib.SMTPException):
        _hang_up(server)
    try:
        server.open()
    except (OSError, smtplib.SMTPException):
        return False
    return True


def _hang_up(server: Any) -> None:
    with suppress(OSError, smtplib.SMTPException):
        server.close()
    if hasattr(server, "connection"):
        server.connection = None


def _send_one(pk: int, server: Any, root: str, on: date) -> str:
    """What became of one letter; `queued` where it is still to go."""
    letter = Letter.objects.select_related("person", "partnership", "link__partnership").get(pk=pk)
    if why := _kept_by(letter, on):
        return _mark(pk, State.QUEUED, State.REFUSED, why=why)
    message = message_of(letter, root=root, to=letter.person.email)
    if _mark(pk, State.QUEUED, State.SENDING, attempts=F("attempts") + 1) != State.SENDING:
        return State.QUEUED  # somebody else took it
    try:
        server.send_messages([message])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as answer:
        is_over = _code(answer) >= 500 or letter.attempts + 1 >= MOST_ATTEMPTS
        return _mark(pk, State.SENDING, *((State.REFUSED, Why.SERVER) if is_over else (State.QUEUED, Why.NONE)))
    except ValueError:  # an address or a line that makes no letter: nothing of it went
        return _mark(pk, State.SENDING, State.REFUSED, Why.SERVER)
    except (OSError, smtplib.SMTPException):
        return _mark(pk, State.SENDING, State.UNKNOWN)
    return _mark(pk, State.SENDING, State.SENT)


def _code(answer: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> int:
    """The number that the server answered with; of several recipients' the greatest."""
    if isinstance(answer, smtplib.SMTPRecipientsRefused):
        return max((code for code, _words in answer.recipients.values()), default=0)
    return int(answer.smtp_code)


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
    if not rows.update(state=State.QUEUED, why="", attempts=0, changed_at=timezone.now()):
        return False
    note(letter, by=by, partnership=letter.partnership, deed="queued_again", detail={"kind": letter.kind})
    return True
