"""What becomes of a card: answered, handed to someone until a day, signed, reopened."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from diogel.audit.models import Entry
from diogel.home import today
from diogel.people.access import ROLES, Installation, May, Role, person_in, require, roles_of
from diogel.people.models import Person
from diogel.people.writing import MOST_LOOKED_THROUGH, note, subject_of, write

from .models import Card

Both = tuple[str, str]
LONGEST_REASON = 500
LONGEST_LOOK = timedelta(days=183)
"""Half a year: two more papers say who is looking, and then the card asks again."""
BOUND_COUNT, BOUND_SHARE = 5, 0.05
"""A revision of a signed figure by up to so many, or by up to this share of it, leaves the signature standing."""
WORDS = frozenset({f"{name}_{half}" for name in ("explanation", "evidence", "further") for half in ("cy", "en")})


def answer(
    card: Card,
    *,
    by: Any,
    seen: int,
    cause: str,
    pairs: Mapping[str, Both],
    checked: Collection[str] = (),
    confidence: str = "",
    ruled_out: Collection[str] | None = None,
    person: Person | None = None,
    role: str = "",
    on: date | None = None,
) -> Card:
    """Write what explains the figure: `pairs` are explanation, evidence and further, each (Welsh, English); `ruled_out` are causes
    that were looked at and are not it (None leaves what stands).

    Whoever changes a word or the cause is who explains it; to vouch for the pairs alone is not to explain. Only the installation,
    which loads what was explained elsewhere, names another `person`, `role` and day.
    ValidationError on a signed or withdrawn card; StaleSave where someone else wrote first.
    """
    _must_be_open(card)
    columns: dict[str, Any] = {"cause": cause, "confidence": confidence}
    if ruled_out is not None:
        columns["ruled_out"] = [code for code in Card.Cause.values if code in set(ruled_out)] + sorted(
            set(ruled_out) - set(Card.Cause.values)
        )
    if _is_reworded(card, columns, pairs) or not card.explained_role:
        if not isinstance(by, Installation):
            if person is not None or role or on is not None:
                raise PermissionDenied("nobody explains for another")
            person, role = person_in(by, card.partnership), _role_with(by, card.partnership, May.EXPLAIN_FIGURES)
        columns |= {"explained_by": person, "explained_role": role, "explained_on": on or today()}
    return write(card, by=by, seen=seen, pairs=pairs, checked=checked, **columns)


def _is_reworded(card: Card, columns: Mapping[str, Any], pairs: Mapping[str, Both]) -> bool:
    """Whether these change what the card says, rather than vouch for it."""
    held = {name: card.pair(name) for name in pairs}
    is_other = any((held[name].cy, held[name].en) != both for name, both in pairs.items())
    return is_other or any(getattr(card, name) != value for name, value in columns.items())


def hand_to(card: Card, *, by: Any, seen: int, role: str, until: date | None, person: Person | None = None) -> Card:
    """Say who looks into the figure and until when; the board reads the role, never the name. `role` of "" takes it back.

    ValidationError on a signed or withdrawn card, for a role without a day or a day without a role, and for a day that is past or
    beyond LONGEST_LOOK: a card is answered only by a day on which somebody still asks.
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
    if until is not None and until > today() + LONGEST_LOOK:
        latest = {"day": date_format(today() + LONGEST_LOOK, "j F Y")}
        raise ValidationError({"looking_until": _("This day is too far off to answer the card. Give %(day)s or an earlier day.") % latest})
    return write(card, by=by, seen=seen, looking=person if role else None, looking_role=role, looking_until=until)


@dataclass(frozen=True)
class Reason:
    """Why a card cannot be signed yet, as a sentence. `unchecked` names the pair that somebody is yet to vouch for, if that is why."""

    said: str
    unchecked: str = ""


def keeps_open(card: Card, *, by: Any = None, log: Sequence[Entry] | None = None) -> list[Reason]:
    """Why a card cannot be signed yet, in the language of the page; none where it can. `by` who would sign it: where two sign, not
    by whoever explained it. `log` is what `log_of` gave, where that was read already."""
    found = [Reason(said)] if by is not None and (said := _needs_another(card, by, person_in(by, card.partnership), log)) else []
    if not card.cause:
        found.append(Reason(_("Choose a cause.")))
    elif card.cause == Card.Cause.NOT_KNOWN:
        found.append(Reason(_("A cause that is not known yet cannot be signed. Say who is looking and until when instead.")))
    if not card.confidence:
        found.append(Reason(_("Say how sure you are.")))
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
            found.append(Reason(missing))
        elif not pair.is_checked:
            found.append(Reason(unchecked, unchecked=name))
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
    reasons = [each.said for each in keeps_open(card)]
    if another := _needs_another(card, by, person):
        reasons.append(another)
    if reasons:
        raise ValidationError(reasons)
    signature: dict[str, Any] = {
        "signed_by": person,
        "signed_role": role,
        "signed_on": on or today(),
        "signed_figure": figure_of(card.finding),
    }
    with transaction.atomic():
        write(card, by=by, seen=seen, **signature)
        note(card, by=by, partnership=card.partnership, deed="signed", detail={"role": role, "cause": card.cause})
    return card


def _needs_another(card: Card, by: Any, person: Person | None, log: Sequence[Entry] | None = None) -> str:
    """Why this person may not be the one who signs: where two do, nobody signs for their own words alone. Empty where they may."""
    if not card.partnership.signs_by_two or not (card.cause or card.explanation_cy or card.explanation_en):
        return ""
    if not card.explained_role and not isinstance(by, Installation):
        return _("It is not known who wrote this explanation. Save it once, and let somebody else sign it.")
    is_own = person is not None and person.pk == card.explained_by_id
    if is_own or _wrote_last(by, log_of(card) if log is None else log):
        return _("You wrote this explanation, so somebody else signs it.")
    return ""


def log_of(card: Card) -> list[Entry]:
    """What the log tells of a card: its changes, when it was opened again and when it was withdrawn, the newest first."""
    return list(Entry.objects.filter(subject=subject_of(card), deed__in=("changed", "reopened", "withdrawn"))[:MOST_LOOKED_THROUGH])


def _wrote_last(by: Any, log: Sequence[Entry]) -> bool:
    """Whether the words of the explanation that were changed last are this user's, on whatever page they were written. Words that
    somebody put back are still whoever's they were before."""
    if isinstance(by, Installation):
        return False
    worded = [each for each in log if each.deed == "changed" and WORDS & set(each.sealed_detail)]
    return any(each.by == by.reference and (each is worded[0] or _laid(worded[0]) & _laid(each)) for each in worded)


def _laid(entry: Entry) -> set[tuple[str, str]]:
    """The halves that a change laid down, each with its text; none of what was erased since."""
    told = {name: change for name, change in entry.detail.items() if name in WORDS and isinstance(change, list)}
    return {(name, after) for name, (_before, after) in told.items() if after}


def reopen(card: Card, *, by: Any, seen: int, reason: str) -> Card:
    """Lift the signature, for a reason that the log keeps; everything written stays. ValidationError without a reason."""
    require(by, May.SIGN_FIGURES, card.partnership)
    if not card.is_signed:
        raise ValidationError(_("This card is not signed, so there is nothing to reopen."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the log keeps the reason")})
    with transaction.atomic():
        write(card, by=by, seen=seen, **lifted(card, why="by_hand"))
        note(card, by=by, partnership=card.partnership, deed="reopened", detail={"reason": reason.strip()[:LONGEST_REASON]})
    return card


def lifted(card: Card, *, why: str) -> dict[str, Any]:
    """The columns of a card whose signature is lifted: the words stay, and beside them what was signed, by which roles and when."""
    kept = {
        "why": why,
        "lifted_on": str(today()),
        "cause": card.cause,
        "confidence": card.confidence,
        "explained_role": card.explained_role,
        "signed_role": card.signed_role,
        "signed_on": str(card.signed_on),
        "figure": card.signed_figure or figure_of(card.finding),
    }
    return {"signed_by": None, "signed_role": "", "signed_on": None, "signed_figure": {}, "earlier": [*card.earlier, kept]}


def figure_of(finding: Mapping[str, Any]) -> dict[str, Any]:
    """What a signature stands for: the counts told of, and which way and when they are odd. Expectations may drift a little."""
    return {"told": finding["told"]["observed"]} | {name: finding[name] for name in ("observed", "direction", "kind", "months", "since")}


def is_beyond_bound(signed: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether a figure moved so far from the one that was signed that the signature no longer stands for it: by more than
    BOUND_COUNT and by more than BOUND_SHARE of it, to another side, or to other months."""
    if any(signed[name] != now[name] for name in ("direction", "kind", "months", "since")):
        return True
    return any(abs(now[name] - signed[name]) > max(BOUND_COUNT, BOUND_SHARE * signed[name]) for name in ("told", "observed"))


def signing_role(user: Any, partnership: Any) -> str:
    """The role under which `user` signs: of several, the one that stands first in the list of roles."""
    return _role_with(user, partnership, May.SIGN_FIGURES)


def _role_with(user: Any, partnership: Any, what: May) -> str:
    held = roles_of(user, partnership)
    return next((role.value for role in Role if role in held and what in ROLES[role][1]), "")


def _must_be_open(card: Card) -> None:
    if card.is_signed:
        raise ValidationError(_("This card is signed. Reopen it first, and say why."))
    if card.withdrawn_on:
        raise ValidationError(_("This figure is no longer unusual, so its card is closed."))
