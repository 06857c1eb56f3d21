"""How people come into a partnership, hold roles and leave it: checked, and told in the log without a name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from diogel.home import today

from .access import May, Role, require, require_grant
from .bodies import add_body, correct_body, disown_document, own_document, succeed
from .models import Body, Group, GroupMember, Holding, Partnership, Person, User
from .versions import check_print
from .writing import note

__all__ = [
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
    """Someone with a role in `partnership`. Who is known by the same e-mail address already stays as they are and gets the
    role too. With `password` an account is opened. PermissionDenied or ValidationError, and nothing is written."""
    require(by, May.EDIT_PEOPLE, partnership)
    with transaction.atomic():
        person = Person.objects.filter(email__iexact=email).order_by("pk").first() if email else None
        if person is None:
            person = Person(given=given, family=family, email=email.lower(), phone=phone, body=body, post_cy=post[0], post_en=post[1])
            person.language = language
            person.full_clean()
            person.save()
            note(person, by=by, partnership=partnership, deed="created", detail={"columns": _filled(person)})
        give_role(by=by, person=person, partnership=partnership, role=role, from_on=from_on, to_on=to_on)
        if password is not None and not User.objects.filter(person=person).exists():
            open_account(by=by, person=person, partnership=partnership, password=password)
    return person


def correct_person(*, by: Any, person: Person, partnership: Partnership, seen: int | None = None, **columns: Any) -> Person:
    """Change what is known of a person; only the names of the columns are logged. Someone who holds a role in another
    partnership too is changed only by those who may in both. An account follows its person's e-mail address: who could
    change somebody's address could become them, so that it takes the right to give every role they hold."""
    _require_wherever(by, person, partnership)
    before = Person.objects.get(pk=person.pk)
    if columns.get("email", before.email).lower() != before.email.lower():
        _require_their_roles(by, person)
    for name, value in columns.items():
        if name not in PERSON_COLUMNS:
            raise ValueError(f"a person has no column {name!r} that can be corrected")
        setattr(person, name, value)
    person.email = person.email.lower()
    person.full_clean()
    changed = [name for name in columns if getattr(before, name) != getattr(person, name)]
    with transaction.atomic():
        check_print(person, seen)
        person.save()
        if "email" in changed:
            _move_account(by, person)
        note(person, by=by, partnership=partnership, deed="changed", detail={"columns": sorted(changed)})
    return person


def give_role(
    *, by: Any, person: Person, partnership: Partnership, role: Role | str, from_on: date | None = None, to_on: date | None = None
) -> Holding:
    """Let `person` hold `role`; one that is held already on that day is given back as it stands. Nobody gives one to themselves,
    nor one that their own roles do not give (`access.GRANTS`)."""
    role = Role(role)
    require(by, May.EDIT_PEOPLE, partnership)
    _not_oneself(by, person)
    require_grant(by, role, partnership)
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
    _not_oneself(by, holding.person)
    stored = Holding.objects.get(pk=holding.pk)
    if stored.to_on and stored.to_on < today():
        raise ValidationError(_("This role has ended already. Give it anew where it is to be held again."))
    with transaction.atomic():
        if holding.role == Role.CO_ORDINATOR.value:
            _leave_a_co_ordinator(holding.partnership, without=holding.person, on=on + timedelta(days=1))
        holding.to_on = on
        holding.save()
        detail = {"person": holding.person_id, "role": holding.role, "to": on}
        note(holding, by=by, partnership=holding.partnership, deed="ended_role", detail=detail)
    return holding


def open_account(*, by: Any, person: Person, partnership: Partnership, password: str | None = None) -> User:
    """Let `person` sign in with their e-mail address. Without a password they set one through the link of the sign-in page.
    PermissionDenied unless `by` may wherever the person holds a role, and could give each of them: an account that one
    partnership closed is not opened by another."""
    _require_wherever(by, person, partnership)
    _require_their_roles(by, person)
    email = person.email.lower()
    if not email:
        raise ValidationError({"email": _("An account needs an e-mail address")})
    if password is not None:
        validate_password(password)
    user = User.objects.filter(person=person).first()
    if user is None and User.objects.filter(email__iexact=email).exists():
        raise ValidationError({"email": _("Another account already signs in with this address")})
    with transaction.atomic():
        if user is None:
            user = User.objects.create_user(email, password, person=person)
        else:
            user.email, user.is_active = email, True
            user.save()
        note(user, by=by, partnership=partnership, deed="opened_account", detail={"person": person.pk})
    return user


def close_account(*, by: Any, person: Person, partnership: Partnership) -> None:
    """No more signing in; open pages stop at the next click, for a closed account may nothing. Nobody closes their own, nor
    that of someone who still works in another partnership: there one ends the role. Nor that of a last co-ordinator."""
    _require_wherever(by, person, partnership)
    _require_their_roles(by, person)
    _not_oneself(by, person)
    user = User.objects.get(person=person)
    with transaction.atomic():
        _spare_last_co_ordinators(person)
        user.is_active = False
        user.save()
        note(user, by=by, partnership=partnership, deed="closed_account", detail={"person": person.pk})


def seat(*, by: Any, group: Group, person: Person) -> GroupMember:
    """Give `person` a seat in `group`; its members see the group's own records."""
    require(by, May.EDIT_PEOPLE, group.partnership)
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


def _require_wherever(by: Any, person: Person, partnership: Partnership) -> None:
    """PermissionDenied unless `by` may edit people here and wherever the person holds a role today."""
    for place in {partnership, *Partnership.objects.filter(holdings__in=person.holdings.in_force())}:
        require(by, May.EDIT_PEOPLE, place)


def _require_their_roles(by: Any, person: Person) -> None:
    """PermissionDenied unless `by` could give every role that the person holds or is to hold: whoever holds the account has them."""
    for holding in person.holdings.filter(Q(to_on=None) | Q(to_on__gte=today())).select_related("partnership"):
        require_grant(by, Role(holding.role), holding.partnership)


def _spare_last_co_ordinators(person: Person) -> None:
    """ValidationError where a partnership in which the person co-ordinates would be left without anyone who can."""
    for holding in person.holdings.in_force().filter(role=Role.CO_ORDINATOR.value).select_related("partnership"):
        _leave_a_co_ordinator(holding.partnership, without=person, on=today())


def _leave_a_co_ordinator(partnership: Partnership, *, without: Person, on: date) -> None:
    """ValidationError where on that day nobody else co-ordinates who can sign in. Whoever changes them meanwhile is
    kept waiting, so that two who end each other's role at once do not both succeed. Call in a transaction."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    others = Holding.objects.filter(partnership=partnership, role=Role.CO_ORDINATOR.value, person__user__is_active=True)
    if not others.in_force(on).exclude(person=without).exists():
        raise ValidationError(_("This is the last co-ordinator here who can sign in. Give the role to somebody else first."))


def _move_account(by: Any, person: Person) -> None:
    """The account goes with the address, and its old password ends: whoever reads the new address's mail sets the next one. Else
    someone could make a person, set a password, and later give it the address of somebody who is enrolled elsewhere."""
    user = User.objects.filter(person=person).first()
    if user is None:
        return
    _not_oneself(by, person)
    if not person.email:
        _spare_last_co_ordinators(person)
    if User.objects.filter(email__iexact=person.email).exclude(pk=user.pk).exists():
        raise ValidationError({"email": _("Another account already signs in with this address")})
    user.email, user.is_active = person.email.lower() or f"closed-{user.pk}@invalid", user.is_active and bool(person.email)
    user.set_unusable_password()
    user.save()
    user.emailaddress_set.all().delete()  # type: ignore[attr-defined]  # what the sign-in keeps of the old address


def _not_oneself(by: Any, person: Person) -> None:
    if getattr(by, "person_id", None) == person.pk:
        raise ValidationError(_("Nobody changes their own roles or account. Ask someone else who may."))


def _whole_time(from_on: date | None, to_on: date | None) -> None:
    if from_on and to_on and to_on < from_on:
        raise ValidationError({"to_on": _("The last day comes before the first")})


def _filled(person: Person) -> list[str]:
    return sorted(name for name in PERSON_COLUMNS if getattr(person, name))
