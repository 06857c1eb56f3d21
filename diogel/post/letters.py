"""Letters before they go: queued once under their own key, and put into words for whoever reads them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from diogel.people.models import Partnership, Person

from .links import path_of
from .models import Letter, SignedLink

LINK = "{link}"
"""The paragraph of a letter in whose place its link stands."""


@dataclass(frozen=True)
class Written:
    """A letter that is to be queued: whom to, under which key, and its words in the reader's language."""

    person: Person
    kind: str
    key: str
    subject: str
    paragraphs: Sequence[str]
    language: str
    link: SignedLink | None = None
    send_on: date | None = None
    about: str = field(default="")


def queue(letters: Sequence[Written], *, partnership: Partnership, on: date) -> int:
    """Put letters in the queue; how many are new. One whose key is known already stands as it stands."""
    known = set(Letter.objects.filter(key__in=[each.key for each in letters]).values_list("key", flat=True))
    fresh = [_row(each, partnership, on) for each in letters if each.key not in known]
    Letter.objects.bulk_create(fresh, ignore_conflicts=True)  # who queues the same at the same moment changes nothing either
    return len(fresh)


def _row(each: Written, partnership: Partnership, on: date) -> Letter:
    return Letter(
        partnership=partnership,
        person=each.person,
        kind=each.kind,
        about=each.about,
        key=each.key,
        language=each.language,
        subject=each.subject,
        paragraphs=list(each.paragraphs),
        link=each.link,
        message_id=f"<{secrets.token_hex(16)}@{_domain()}>",
        queued_on=on,
        send_on=each.send_on or on,
    )


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def address_of_link(letter: Letter, *, root: str) -> str:
    """The whole address of the letter's link; nothing where it has none."""
    return root + path_of(letter.link, letter.language) if letter.link else ""


def text_of(letter: Letter, *, root: str) -> str:
    """The letter as plain text, its link in its place."""
    address = address_of_link(letter, root=root)
    return "\n\n".join(address if each == LINK else each for each in letter.paragraphs) + "\n"


def message_of(letter: Letter, *, root: str, to: str) -> EmailMultiAlternatives:
    """The letter as it goes: plain text, and the same words as simple HTML. Nothing in it tells anybody that it was opened."""
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=text_of(letter, root=root),
        to=[to],
        headers={"Message-ID": letter.message_id, "Content-Language": letter.language, "Auto-Submitted": "auto-generated"},
    )
    context = {"letter": letter, "address": address_of_link(letter, root=root), "mark": LINK}
    message.attach_alternative(render_to_string("post/letter.html", context), "text/html")
    return message
