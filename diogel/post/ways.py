"""By which way letters go, and what each way can tell of one: a mail server, or GOV.UK Notify."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .letters import message_of, text_of
from .models import Letter
from .notify import Answer, NotAnswered, NotHeard, Notify
from .notify_mail import EmailBackend

State, Why = Letter.State, Letter.Why


class Stop(TextChoices):
    """Why a run sends nothing more just now, in words for who runs it: whatever was not sent stays queued."""

    NONE = "", ""
    NO_SERVER = "no_server", _("The mail server does not answer. The letters stay queued; nothing is lost.")
    NO_NOTIFY = "no_notify", _("GOV.UK Notify does not answer. The letters stay queued; nothing is lost.")
    KEY = "key", _("GOV.UK Notify does not accept the key of this installation, or its clock is wrong. The letters stay queued: tell "
                   "whoever looks after Diogel here.")  # fmt: skip
    TEMPLATE = "template", _("GOV.UK Notify does not have the template that is set here, or it lacks ((subject)) or ((body)). The letters "
                             "stay queued: tell whoever looks after Diogel here.")  # fmt: skip
    LIMIT = (
        "limit",
        _("GOV.UK Notify takes no more letters just now, for a limit is reached. What is left stays queued and goes next time."),
    )


@dataclass(frozen=True)
class Came:
    """What came of one letter. `counts` is whether the try counts against it; `stop` why the run should send no other."""

    state: str
    why: str = ""
    counts: bool = True
    stop: str = ""


class Way(Protocol):
    """What a run of sending asks of a way. `remembers` where it can be asked after a letter; `tired` says why a letter is given up."""

    @property
    def remembers(self) -> bool: ...

    @property
    def tired(self) -> str: ...

    def ready(self) -> str:
        """Why nothing can be sent; empty where it can."""

    def put(self, letter: Letter, *, root: str) -> Any:
        """One letter as it is handed over, its links beginning with `root`. Nothing of it goes yet: whoever is stopped here has not sent."""

    def send(self, letter: Letter, what: Any) -> Came:
        """Hand over one letter, as `put` has put it."""

    def asked_after(self, letter: Letter) -> Came:
        """What became of a letter of which nobody knows whether it went; `unknown` where the way does not know either."""

    def close(self) -> None:
        """Nothing more is sent in this run."""


def the_way() -> Way:
    """The way that is set, ready to be asked."""
    server = get_connection()
    return ByNotify(server.notify) if isinstance(server, EmailBackend) else ByServer(server)


class ByServer:
    """A mail server, or what stands for one where none is set; it tells nothing of a letter later."""

    remembers, tired = False, Why.SERVER

    def __init__(self, server: Any) -> None:
        self.server = server

    def ready(self) -> str:
        """Whether the server is there, connected anew where it hung up: then the letter has not begun to go."""
        held = getattr(self.server, "connection", None)
        try:
            if held is not None and held.noop()[0] != 250:
                self.close()
        except (OSError, smtplib.SMTPException):
            self.close()
        try:
            self.server.open()
        except (OSError, smtplib.SMTPException):
            return Stop.NO_SERVER
        return Stop.NONE

    def put(self, letter: Letter, *, root: str) -> EmailMultiAlternatives:
        return message_of(letter, root=root, to=letter.person.email)

    def send(self, letter: Letter, what: EmailMultiAlternatives) -> Came:
        try:
            self.server.send_messages([what])
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as answer:
            return Came(State.REFUSED, Why.SERVER) if _code(answer) >= 500 else Came(State.QUEUED)
        except ValueError:  # an address or a line that makes no letter: nothing of it went
            return Came(State.REFUSED, Why.SERVER)
        except (OSError, smtplib.SMTPException):
            self.close()
            return Came(State.UNKNOWN)
        return Came(State.SENT)

    def asked_after(self, letter: Letter) -> Came:
        return Came(State.UNKNOWN)

    def close(self) -> None:
        with suppress(OSError, smtplib.SMTPException):
            self.server.close()
        if hasattr(self.server, "connection"):
            self.server.connection = None


def _code(answer: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> int:
    """The number that the server answered with; of several recipients' the greatest."""
    if isinstance(answer, smtplib.SMTPRecipientsRefused):
        return max((code for code, _words in answer.recipients.values()), default=0)
    return int(answer.smtp_code)


def _not_now(stop: str) -> Came:
    """The letter is as it was, and so are those behind it: it is no fault of theirs."""
    return Came(State.QUEUED, counts=False, stop=stop)


FAILED = frozenset({"permanent-failure", "temporary-failure", "technical-failure"})
"""What Notify calls a letter that it took and could not deliver."""
CAME = {
    400: Came(State.REFUSED, Why.NOTIFY),  # the template was looked at before: it is this letter's address, or may not be written to
    401: _not_now(Stop.KEY),
    403: _not_now(Stop.KEY),
    404: _not_now(Stop.TEMPLATE),
    429: _not_now(Stop.LIMIT),
    500: Came(State.QUEUED),
    503: _not_now(Stop.NO_NOTIFY),
}
"""What an answer to a letter that was handed over means; other refusals are final, what a gateway says in Notify's place tells nothing."""
AT_A_GATEWAY = frozenset({502, 504})


class ByNotify:
    """GOV.UK Notify, which is asked by our own number what it has before a letter goes a second time."""

    remembers, tired = True, Why.FAILING

    def __init__(self, notify: Notify) -> None:
        self.notify = notify
        self.is_ready = False

    def ready(self) -> str:
        """Once a run: whether the key opens, and the template is there and takes our words."""
        if self.is_ready:
            return Stop.NONE
        try:
            answer = self.notify.ask("GET", f"/v2/template/{self.notify.template}")
        except (NotHeard, NotAnswered):
            return Stop.NO_NOTIFY
        if answer.status == 200:
            self.is_ready = _takes_our_words(answer)
            return Stop.NONE if self.is_ready else Stop.TEMPLATE
        return Stop.TEMPLATE if answer.status == 400 else CAME.get(answer.status, Came("")).stop or Stop.NO_NOTIFY

    def put(self, letter: Letter, *, root: str) -> str:
        return text_of(letter, root=root)

    def send(self, letter: Letter, what: str) -> Came:
        try:
            if letter.attempts and self._found(letter).state == State.SENT:
                return Came(State.SENT)
        except (NotHeard, NotAnswered):
            return _not_now(Stop.NO_NOTIFY)
        try:
            answer = self.notify.post(to=letter.person.email, subject=letter.subject, text=what, reference=letter.message_id)
        except NotHeard:
            return _not_now(Stop.NO_NOTIFY)
        except NotAnswered:
            return self._in_doubt(letter)
        if 200 <= answer.status < 300:
            return Came(State.SENT)
        if answer.status in AT_A_GATEWAY:
            return self._in_doubt(letter)
        if answer.status < 400:
            return _not_now(Stop.NO_NOTIFY)
        return CAME.get(answer.status, Came(State.REFUSED, Why.NOTIFY) if answer.status < 500 else Came(State.QUEUED))

    def _in_doubt(self, letter: Letter) -> Came:
        """What became of a letter that got no answer. Where Notify cannot tell, no other is tried: it would only become unknown too."""
        found = self.asked_after(letter)
        return replace(found, stop=Stop.NO_NOTIFY) if found.state == State.UNKNOWN else found

    def asked_after(self, letter: Letter) -> Came:
        try:
            return self._found(letter)
        except (NotHeard, NotAnswered):
            return Came(State.UNKNOWN, stop=Stop.NO_NOTIFY)

    def _found(self, letter: Letter) -> Came:
        """What Notify holds under the letter's number. That it holds nothing proves little: it may not have come to it yet, or no longer
        remember."""
        answer = self.notify.letters_called(letter.message_id)
        if answer.status != 200:
            raise NotAnswered(str(answer.status))
        held = [each for each in answer.told.get("notifications") or [] if each.get("reference") == letter.message_id]
        states = {str(each.get("status")) for each in held}
        if states - FAILED:
            return Came(State.SENT)
        return Came(State.REFUSED, Why.UNDELIVERED) if states else Came(State.UNKNOWN)

    def close(self) -> None:
        """Every question had a line of its own."""


def _takes_our_words(answer: Answer) -> bool:
    parts = {name: str(answer.told.get(name) or "").lower() for name in ("subject", "body")}
    return answer.told.get("type") == "email" and all(f"(({name}))" in text for name, text in parts.items())
