"""Django's own letters, those that set a password among them, by GOV.UK Notify."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from .notify import NotAnswered, NotHeard, Notify


class NotTaken(OSError):
    """A letter that GOV.UK Notify did not take; it names nobody, for it ends in the log of errors."""


class EmailBackend(BaseEmailBackend):
    """Each letter to each who is to have it, as plain text: the template has the look."""

    notify: Notify

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if settings.NOTIFY is None:
            raise ImproperlyConfigured("Letters cannot go by GOV.UK Notify: neither its key nor its template is set.")
        self.notify = settings.NOTIFY

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        return sum(self._send(each) for each in messages)

    def _send(self, message: EmailMessage) -> bool:
        reference = str(message.extra_headers.get("Message-ID", ""))
        try:
            for to in message.to:
                answer = self.notify.post(to=to, subject=str(message.subject), text=str(message.body), reference=reference)
                if not 200 <= answer.status < 300:
                    raise NotTaken(f"GOV.UK Notify answered with {answer.status}")
        except (NotHeard, NotAnswered, NotTaken) as fault:
            if self.fail_silently:
                return False
            raise fault if isinstance(fault, NotTaken) else NotTaken("GOV.UK Notify did not answer") from None
        return True
