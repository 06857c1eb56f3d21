"""Signed links: made, read, withdrawn. Whatever is wrong with one, a stranger cannot tell whether it ever was one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core import signing
from django.core.signing import BadSignature
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from diogel.home import today
from diogel.people.desk import MOST
from diogel.people.models import Holding, Partnership, Person
from diogel.people.writing import note

from .models import SignedLink

PAGES: dict[str, str] = {}
"""For each purpose the view that its links open, with `slug` and `token`; a room makes its own known when it is loaded."""


def _signer() -> signing.Signer:
    """What stands in the database alone makes no address: it takes this installation's own key as well."""
    return signing.Signer(salt="diogel.post.links", sep=".")


def token_of(link: SignedLink) -> str:
    """What stands in the address."""
    return _signer().sign(f"{link.pk}~{link.secret}")


def path_of(link: SignedLink, language: str) -> str:
    """The address below the site's own, in that language."""
    with override(language):
        return reverse(PAGES[link.purpose], kwargs={"slug": link.partnership.slug, "token": token_of(link)})


def root_of(request: HttpRequest) -> str:
    """Letters lead to the address that this installation is told it has, by whatever name it was asked; in a demo to the one that was
    asked."""
    return request.build_absolute_uri("/").rstrip("/") if settings.DEMO else str(settings.SITE_ROOT)


@dataclass(frozen=True)
class Read:
    """What a token leads to: `link` where it is one of ours that nobody withdrew, `is_open` where it opens something today."""

    link: SignedLink | None
    is_open: bool

    @property
    def has_expired(self) -> bool:
        return self.link is not None and not self.is_open


NOWHERE = Read(None, False)


def read_link(token: str, *, purpose: str, partnership: Partnership, on: date) -> Read:
    """Guessed, altered, withdrawn, of another place, of somebody who holds no role any more: all lead nowhere, alike."""
    try:
        number, _sign, secret = _signer().unsign(token).partition("~")
    except BadSignature:
        return NOWHERE
    if not (secret and number.isascii() and number.isdigit() and int(number) <= MOST):
        return NOWHERE
    rows = SignedLink.objects.select_related("person__body").filter(pk=number, secret=secret, purpose=purpose, partnership=partnership)
    link = rows.filter(withdrawn_on=None).first()
    if link is None or not holds_a_role(link.person, partnership, on):
        return NOWHERE
    link.partnership = partnership
    return Read(link, link.stands(on))


def holds_a_role(person: Person, partnership: Partnership, on: date) -> bool:
    """Whether `person` is somebody here on that day: nobody else is written to, and no link of theirs opens anything."""
    return Holding.objects.filter(person=person, partnership=partnership).in_force(on).exists()


def links_for(
    people: Iterable[Person], *, purpose: str, about: str, partnership: Partnership, expires_on: date, on: date
) -> dict[int, SignedLink]:
    """A standing link for each person, by their key: the one they have, else a new one."""
    wanted = {person.pk: person for person in people}
    with transaction.atomic():
        held = SignedLink.objects.filter(purpose=purpose, about=about, partnership=partnership, person__in=wanted, withdrawn_on=None)
        found = {link.person_id: link for link in held.order_by("pk") if link.stands(on)}
        fresh = [
            SignedLink(purpose=purpose, about=about, partnership=partnership, person=person, expires_on=expires_on)
            for key, person in wanted.items()
            if key not in found
        ]
        for link in SignedLink.objects.bulk_create(fresh):
            found[link.person_id] = link
    return found


def withdraw_link(link: SignedLink, *, by: object) -> None:
    """It opens nothing from now on. Doing it twice changes nothing."""
    with transaction.atomic():
        if SignedLink.objects.filter(pk=link.pk, withdrawn_on=None).update(withdrawn_on=today()):
            note(link, by=by, partnership=link.partnership, deed="withdrawn", detail={"about": link.about})
