"""How people come into a partnership, hold roles and leave it: checked, and told in the log without a name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diogel.home import today

from .access import May, Role, require, require_grant
from .accounts import (
    account_of,
    close_account,
    leave_a_co_ordinator,
    move_account,
    not_oneself,
    open_account,
    require_their_roles,
    require_wherever,
)
from .bodies import add_body, correct_body, disown_document, own_document, succeed
from .models import Body, Group, GroupMember, Holding, Partnership, Person
from .versions import check_print
from .writing import note

__all__ = [
    "account_of",
    "add_body",
    "close_account",
    "correct_body",
    "correct_person",
    "disown_document",
    "end_role",
    "enrol",
    "give_role",
    "open_account",
    "own_document",
    "seat",
    "succeed",
    "unseat",
]

PERSON_COLUMNS = ("given", "family", "email", "phone", "body", "post_cy", "post_en", "language")


def enrol(
    *,
    by: Any,
    partnership: Partnership,
    given: str,
    family: str,
    role: Role | str,
    email: str = "",
    phone: str = "",
    body: Body | None = None,
    post: tuple[str, str] = ("", ""),
    language: str = "cy",
    from_on: date | None = None,
    to_on: date | None = None,
    password: str | None = None,
) -> Person:
    """Someone with a role in `partnership`. Who is known here by the same e-mail address stays as they are and gets the role too; who
    is known by it elsewhere is written down anew, as typed, so that neither partnership learns anything of the other. With
    `password` an account is opened. PermissionDenied or ValidationError, and nothing is written."""
    require(by, May.EDIT_PEOPLE, partnership)
    with transaction.atomic():
        person = known_here(partnership, email)
        if person is None:
            person = Person(given=given, family=family, email=email.lower(), phone=phone, body=body, post_cy=post[0], post_en=post[1])
            person.language = language
            person.full_clean()
            person.save()
            note(person, by=by, partnership=partnership, deed="created", detail={"columns": _filled(person)})
        give_role(by=by, person=person, partnership=partnership, role=role, from_on=from_on, to_on=to_on)
        if password is not None and account_of(person) is None:
            open_account(by=by, person=person, partnership=partnership, password=password)
    return person


def known_here(partnership: Partnership, email: str) -> Person | None:
    """Whoever holds or held a role here and has this e-mail address."""
    return Person.objects.filter(email__iexact=email, holdings__partnership=partnership).order_by("pk").first() if email else None


def correct_person(*, by: Any, person: Person, partnership: Partnership, seen: int | None = None, **columns: Any) -> Person:
    """Change what is known of a person; only the names of the columns are logged. Someone who holds a role in another
    partnership too is changed only by those who may in both. An account follows its person's e-mail address: who could
    change somebody's address could become them, so that it takes the right to give every role they hold."""
    require_wherever(by, person, partnership)
    before = Person.objects.get(pk=person.pk)
    if columns.get("email", before.email).lower() != before.email.lower():
        require_their_roles(by, person)
    for name, value in columns.items():
        if name not in PERSON_COLUMNS:
            raise ValueError(f"a person has no column {name!r} that can be corrected")
        setattr(person, name, value)
    person.email = person.email.lower()
    person.full_clean()
    namesake = known_here(partnership, person.email)
    if namesake and namesake != person and person.email != before.email.lower():
        raise ValidationError({"email": _("Somebody here is known by this address already")})
    changed = [name for name in columns if getattr(before, name) != getattr(person, name)]
    with transaction.atomic():
        check_print(person, seen)
        person.save()
        if "email" in changed:
            move_account(by, person)
        note(person, by=by, partnership=partnership, deed="changed", detail={"columns": sorted(changed)})
    return person


def give_role(
    *, by: Any, person: Person, partnership: Partnership, role: Role | str, from_on: date | None = None, to_on: date | None = None
) -> Holding:
    """Let `person` hold `role`; one that is held already on that day is given back as it stands. Nobody gives one to themselves,
    nor one that their own roles do not give (`access.GRANTS`), nor any to somebody whom another partnership wrote down."""
    role = Role(role)
    require(by, May.EDIT_PEOPLE, partnership)
    not_oneself(by, person)
    require_grant(by, role, partnership)
    if person.holdings.exists() and not person.holdings.filter(partnership=partnership).exists():
        raise PermissionDenied("a person of another partnership")
    held = person.holdings.filter(partnership=partnership, role=role.value).in_force(from_on or today()).first()
    if held:
        return held
    holding = Holding(person=person, partnership=partnership, role=role.value, from_on=from_on, to_on=to_on)
    _whole_time(from_on, to_on)
    holding.full_clean()
    with transaction.atomic():
        holding.save()
        detail = {"person": person.pk, "role": role.value, "from": from_on, "to": to_on}
        note(holding, by=by, partnership=partnership, deed="gave_role", detail=detail)
    return holding


def end_role(*, by: Any, holding: Holding, on: date) -> Holding:
    """End a role; `on` is its last day. Nobody ends their own, nor one that they could not give, nor that of the last
    co-ordinator who can sign in. A role that has ended stays so: it is given anew."""
    require(by, May.EDIT_PEOPLE, holding.partnership)
    require_grant(by, Role(holding.role), holding.partnership)
    not_oneself(by, holding.person)
    stored = Holding.objects.get(pk=holding.pk)
    if stored.to_on and stored.to_on < today():
        raise ValidationError(_("This role has ended already. Give it anew where it is to be held again."))
    with transaction.atomic():
        if holding.role == Role.CO_ORDINATOR.value:
            leave_a_co_ordinator(holding.partnership, without=holding.person, on=on + timedelta(days=1))
        holding.to_on = on
        holding.save()
        detail = {"person": holding.person_id, "role": holding.role, "to": on}
        note(holding, by=by, partnership=holding.partnership, deed="ended_role", detail=detail)
    return holding


def seat(*, by: Any, group: Group, person: Person) -> GroupMember:
    """Give `person` a seat in `group`; its members see the group's own records."""
    require(by, May.EDIT_PEOPLE, group.partnership)
    if not person.holdings.filter(partnership=group.partnership).exists():
        raise PermissionDenied("a person of another partnership")
    with transaction.atomic():
        taken, is_new = GroupMember.objects.get_or_create(group=group, person=person)
        if is_new:
            note(taken, by=by, partnership=group.partnership, deed="seated", detail={"group": group.code, "person": person.pk})
    return taken


def unseat(*, by: Any, member: GroupMember) -> None:
    """Take a seat away again."""
    require(by, May.EDIT_PEOPLE, member.group.partnership)
    with transaction.atomic():
        detail = {"group": member.group.code, "person": member.person_id}
        note(member, by=by, partnership=member.group.partnership, deed="unseated", detail=detail)
        member.delete()


def _whole_time(from_on: date | None, to_on: date | None) -> None:
    if from_on and to_on and to_on < from_on:
        raise ValidationError({"to_on": _("The last day comes before the first")})


def _filled(person: Person) -> list[str]:
    return sorted(name for name in PERSON_COLUMNS if getattr(person, name))
