"""Who signs in as whom. A person belongs to the partnership that wrote them down; an account may open several of them at once, and no
partnership can tell from its own pages whether it does."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from diogel.home import today

from .access import May, Role, is_oneself, require, require_grant
from .models import Holding, Partnership, Person, User
from .writing import note


def account_of(person: Person) -> User | None:
    """The account that opens this person's roles; None where there is none, or where it has been closed to them."""
    if not person.may_sign_in:
        return None
    return User.objects.filter(Q(person=person) | Q(also=person), is_active=True).first()


def open_account(*, by: Any, person: Person, partnership: Partnership, password: str | None = None) -> User:
    """Let `person` sign in with their e-mail address. Where somebody signs in with it already, elsewhere, that account opens these
    roles too and keeps its password, and nothing tells so. A new one has `password`, or whoever reads the address's mail sets one
    through the link of the sign-in page. PermissionDenied unless `by` could give every role that the person holds."""
    require_wherever(by, person, partnership)
    require_their_roles(by, person)
    if not person.email:
        raise ValidationError({"email": _("An account needs an e-mail address")})
    if password is not None:
        validate_password(password)
    with transaction.atomic():
        user = _attach(person, password)
        note(person, by=by, partnership=partnership, deed="opened_account", detail={})
    return user


def close_account(*, by: Any, person: Person, partnership: Partnership) -> None:
    """No more signing in as this person: open pages stop at the next click. What the same account opens elsewhere stays open. Nobody
    closes their own, nor that of a last co-ordinator."""
    require_wherever(by, person, partnership)
    require_their_roles(by, person)
    not_oneself(by, person)
    with transaction.atomic():
        spare_last_co_ordinators(person)
        _detach(person)
        note(person, by=by, partnership=partnership, deed="closed_account", detail={})


def move_account(by: Any, person: Person) -> None:
    """The account goes with the person's new address, and its old password ends: whoever reads the new address's mail sets the next
    one. What the account opened elsewhere stays with the old address. Else someone could make a person, set a password, and later
    give it the address of somebody who is enrolled elsewhere; or take over what another partnership gave. Call in a transaction."""
    if account_of(person) is None:
        return
    not_oneself(by, person)
    if not person.email:
        spare_last_co_ordinators(person)
    user = account_of(person)
    is_theirs_alone = user is not None and user.person_id == person.pk and not user.also.filter(may_sign_in=True).exists()  # type: ignore[attr-defined]
    if user and is_theirs_alone and person.email and not User.objects.filter(email__iexact=person.email).exclude(pk=user.pk).exists():
        user.email = person.email.lower()
        user.set_unusable_password()
        user.save()
        user.emailaddress_set.all().delete()  # type: ignore[attr-defined]  # what the sign-in keeps of the old address
        return
    _detach(person)
    if person.email:
        _attach(person, None)


def _attach(person: Person, password: str | None) -> User:
    """The account that signs in with the person's address, made where there is none. One that was closed by everybody who had it is
    opened for this person alone, without its old password."""
    user = User.objects.filter(email__iexact=person.email).first()
    own = User.objects.filter(person=person).first()
    if own and own != user:  # a closed one of an earlier address
        own.person = None
        own.save()
    _link(person, None, may_sign_in=True)
    if user is None:
        return User.objects.create_user(person.email.lower(), password, person=person)
    if user.is_active and user.person_id != person.pk:
        _link(person, user, may_sign_in=True)
    elif not user.is_active:
        _hand_over(user, person)
        user.is_active = True
        user.set_unusable_password()
        user.save()
    return user


def _detach(person: Person) -> None:
    """The account no longer opens this person. It stays for the others it opens, and closes where there are none; whose deeds were
    done with it remains known."""
    user = account_of(person)
    if user is None:
        return
    if person.signs_in_as_id == user.pk:
        _link(person, user, may_sign_in=False)
        return
    following = user.also.filter(may_sign_in=True).order_by("pk").first()  # type: ignore[attr-defined]
    if following is None:
        user.is_active = False
        user.save()
    else:
        _hand_over(user, following)


def close_for_good(person: Person) -> None:
    """Close the account of a person who has left, without asking who may: its address is forgotten where it opened nobody else."""
    _detach(person)
    user = User.objects.filter(person=person, is_active=False).first()
    if user is not None:
        user.email = f"closed-{user.pk}@invalid"
        user.set_unusable_password()
        user.save()
        user.emailaddress_set.all().delete()  # type: ignore[attr-defined]  # what the sign-in keeps of the address


def _hand_over(user: User, person: Person) -> None:
    """Make the account this person's own; whose it was before keeps its name beside what they did."""
    before = user.person
    _link(person, None, may_sign_in=True)
    user.person = person
    user.save()
    if before and before != person:
        _link(before, user, may_sign_in=False)


def _link(person: Person, user: User | None, *, may_sign_in: bool) -> None:
    person.signs_in_as, person.may_sign_in = user, may_sign_in
    person.save(update_fields=["signs_in_as", "may_sign_in"])


def require_wherever(by: Any, person: Person, partnership: Partnership) -> None:
    """PermissionDenied unless `by` may edit people here and wherever the person holds a role today."""
    for place in {partnership, *Partnership.objects.filter(holdings__in=person.holdings.in_force())}:
        require(by, May.EDIT_PEOPLE, place)


def require_their_roles(by: Any, person: Person) -> None:
    """PermissionDenied unless `by` could give every role that the person holds or is to hold: whoever holds the account has them."""
    for holding in person.holdings.filter(Q(to_on=None) | Q(to_on__gte=today())).select_related("partnership"):
        require_grant(by, Role(holding.role), holding.partnership)


def spare_last_co_ordinators(person: Person) -> None:
    """ValidationError where a partnership in which the person co-ordinates would be left without anyone who can."""
    for holding in person.holdings.in_force().filter(role=Role.CO_ORDINATOR.value).select_related("partnership"):
        leave_a_co_ordinator(holding.partnership, without=person, on=today())


def leave_a_co_ordinator(partnership: Partnership, *, without: Person, on: date) -> None:
    """ValidationError where on that day nobody else co-ordinates who can sign in. Whoever changes them meanwhile is kept waiting, so
    that two who end each other's role at once do not both succeed. Call in a transaction."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    can_sign_in = Q(person__user__is_active=True) | Q(person__signs_in_as__is_active=True)
    others = Holding.objects.filter(can_sign_in, person__may_sign_in=True, partnership=partnership, role=Role.CO_ORDINATOR.value)
    if not others.in_force(on).exclude(person=without).exists():
        raise ValidationError(_("This is the last co-ordinator here who can sign in. Give the role to somebody else first."))


def not_oneself(by: Any, person: Person) -> None:
    if is_oneself(by, person):
        raise ValidationError(_("Nobody changes their own roles or account. Ask someone else who may."))
