"""A private address under which a calendar program reads the year: made, checked and taken back."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.core.signing import BadSignature

from diogel.people.access import May, may, person_in
from diogel.people.accounts import account_of
from diogel.people.desk import MOST
from diogel.people.models import Partnership, Person
from diogel.people.writing import write

from .models import CalendarLink
from .models_wheel import new_secret


def _signer() -> signing.Signer:
    """What stands in the database alone makes no address: it takes this installation's own key as well."""
    return signing.Signer(salt="diogel.calendar", sep=".")


def link_of(user: Any, partnership: Partnership) -> CalendarLink:
    """The link of who `user` is here; not yet stored where they never made one."""
    person = person_in(user, partnership)
    kept = CalendarLink.objects.filter(person=person, partnership=partnership).first()
    return kept or CalendarLink(person=person, partnership=partnership)


def make_anew(link: CalendarLink, *, by: Any) -> CalendarLink:
    """A new address; the old one leads nowhere from now on."""
    return write(link, by=by, secret=new_secret())


def take_back(link: CalendarLink, *, by: Any) -> None:
    """The address leads nowhere, and there is no other."""
    if link.pk and link.secret:
        write(link, by=by, secret="")


def token_of(link: CalendarLink) -> str:
    """What stands in the address; nothing for a link that was taken back."""
    return _signer().sign(f"{link.pk}~{link.secret}") if link.secret else ""


def reader_of(token: str) -> tuple[Any, Person, Partnership] | None:
    """(account, person, partnership) whose address this is. None where it was altered or taken back, or where its owner may no longer
    open the desk."""
    try:
        number, _sign, secret = _signer().unsign(token).partition("~")
    except BadSignature:
        return None
    if not (secret and number.isdecimal() and int(number) <= MOST):
        return None
    link = CalendarLink.objects.select_related("person", "partnership").filter(pk=number, secret=secret).first()
    user = account_of(link.person) if link else None
    if link is None or user is None or not may(user, May.SEE_DESK, link.partnership):
        return None
    return (user, link.person, link.partnership) if person_in(user, link.partnership) == link.person else None
