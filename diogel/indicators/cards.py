"""What becomes of a card: answered, handed to someone until a day, signed, reopened."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diogel.home import today
from diogel.people.access import ROLES, Installation, May, Role, person_in, require, roles_of
from diogel.people.models import Person
from diogel.people.writing import note, write

from .models import Card

Both = tuple[str, str]
LONGEST_REASON = 500


def answer(
    card: Card,
    *,
    by: Any,
    seen: int,
    cause: str,
    pairs: Mapping[str, Both],
    checked: Collection[str] = (),
    confidence: str = "",
) -> Card:
    """Write what explains the figure: `pairs` are explanation, evidence and further, each (Welsh, English).

    ValidationError on a signed or withdrawn card; StaleSave where someone else wrote first.
    """
    _must_be_open(card)
    return write(card, by=by, seen=seen, pairs=pairs, checked=checked, cause=cause, confidence=confidence)


def hand_to(card: Card, *, by: Any, seen: int, role: str, until: date | None, person: Person | None = None) -> Card:
    """Say who looks into the figure and until when; the board reads the role, never the name. `role` of "" takes it back.

    ValidationError on a signed or withdrawn card, for a role without a day or a day without a role, and for a day that is past.
    """
    _must_be_open(card)
    if role and role not in {each.value for each in Role}:
        raise ValidationError({"looking_role": _("This is not a role.")})
    if role and until is None:
        raise ValidationError({"looking_until": _("Say until when: a name alone does not answer the card.")})
    if until is not None and not role:
        raise ValidationError({"looking_role": _("Say who is looking: a day alone does not answer the card.")})
    if until is not None and until < today():
        raise ValidationError({"looking_until": _("This day is past. Give today or a later day.")})
    return write(card, by=by, seen=seen, looking=person if role else None, looking_role=role, looking_until=until)


def keeps_open(card: Card) -> list[str]:
    """Why a card cannot be signed yet, a sentence each in the language of the page; none where it can."""
    found = []
    if not card.cause:
        found.append(_("Choose a cause."))
    elif card.cause == Card.Cause.NOT_KNOWN:
        found.append(_("A cause that is not known yet cannot be signed. Say who is looking and until when instead."))
    if not card.confidence:
        found.append(_("Say how sure you are."))
    names = {
        "explanation": (
            _("The explanation is missing in one language."),
            _("Nobody has checked that both halves of the explanation agree."),
        ),
        "evidence": (_("The evidence is missing in one language."), _("Nobody has checked that both halves of the evidence agree.")),
        "further": (
            _("The further action is missing in one language."),
            _("Nobody has checked that both halves of the further action agree."),
        ),
    }
    for name, (missing, unchecked) in names.items():
        pair = card.pair(name)
        if pair.is_empty and name == "further":
            continue
        if not (pair.cy and pair.en):
            found.append(missing)
        elif not pair.is_checked:
            found.append(unchecked)
    return found


def sign(card: Card, *, by: Any, seen: int, person: Person | None = None, role: str = "", on: date | None = None) -> Card:
    """Close the card under one's own role. Only the installation, which loads what was signed elsewhere, names another
    `person`, `role` and day.

    ValidationError while something keeps the card open, each reason told; PermissionDenied without SIGN_FIGURES.
    """
    require(by, May.SIGN_FIGURES, card.partnership)
    _must_be_open(card)
    if not isinstance(by, Installation):
        if person is not None or role or on is not None:
            raise PermissionDenied("nobody signs for another")
        person, role = person_in(by, card.partnership), signing_role(by, card.partnership)
    if reasons := keeps_open(card):
        raise ValidationError(reasons)
    with transaction.atomic():
        write(card, by=by, seen=seen, signed_by=person, signed_role=role, signed_on=on or today())
        note(card, by=by, partnership=card.partnership, deed="signed", detail={"role": role, "cause": card.cause})
    return card


def reopen(card: Card, *, by: Any, seen: int, reason: str) -> Card:
    """Lift the signature, for a reason that the log keeps; everything written stays. ValidationError without a reason."""
    require(by, May.SIGN_FIGURES, card.partnership)
    if not card.is_signed:
        raise ValidationError(_("This card is not signed, so there is nothing to reopen."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the log keeps the reason")})
    with transaction.atomic():
        write(card, by=by, seen=seen, signed_by=None, signed_role="", signed_on=None)
        note(card, by=by, partnership=card.partnership, deed="reopened", detail={"reason": reason.strip()[:LONGEST_REASON]})
    return card


def signing_role(user: Any, partnership: Any) -> str:
    """The role under which `user` signs: of several, the one that stands first in the list of roles."""
    held = roles_of(user, partnership)
    return next((role.value for role in Role if role in held and May.SIGN_FIGURES in ROLES[role][1]), "")


def _must_be_open(card: Card) -> None:
    if card.is_signed:
        raise ValidationError(_("This card is signed. Reopen it first, and say why."))
    if card.withdrawn_on:
        raise ValidationError(_("This figure is no longer unusual, so its card is closed."))
