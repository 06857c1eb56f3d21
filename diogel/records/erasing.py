"""Erases what was typed about somebody where no form can correct it: the words beside the log, and the reasons of moves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from diogel.audit import log
from diogel.audit.models import Words
from diogel.people.access import May, require
from diogel.people.models import Partnership

from .models import Move, Record

REASONS = {
    "asked": _("somebody asked that what was written about them be erased"),
    "mistake": _("it should never have been typed here"),
    "court": _("a court or the Information Commissioner ordered it"),
}
"""Why, in a code: a reason in free words would itself be words that somebody may ask to have erased."""


@dataclass(frozen=True)
class Found:
    """What holds a phrase: words beside the log, and reasons of moves of records that the reader may see."""

    words: tuple[Words, ...]
    moves: tuple[Move, ...]

    def __len__(self) -> int:
        return len(self.words) + len(self.moves)


def find(phrase: str, *, by: Any, partnership: Partnership) -> Found:
    """Everything that holds `phrase`; nothing for fewer than two letters. The search is told to the log without the phrase.
    PermissionDenied without ERASE_WORDS."""
    require(by, May.ERASE_WORDS, partnership)
    sought = " ".join(phrase.split()).casefold()
    if len(sought) < 2:
        return Found((), ())
    moves = _moves(by, partnership).exclude(reason="")
    found = Found(
        tuple(log.words_with(phrase, partnership=partnership.slug)),
        tuple(each for each in moves if sought in " ".join(each.reason.split()).casefold()),
    )
    log.record(
        by=by.reference, deed="read", subject=f"audit.words:{partnership.slug}", partnership=partnership.slug, detail={"found": len(found)}
    )
    return found


def erase(*, by: Any, partnership: Partnership, words: Collection[int], moves: Collection[int], reason: str) -> int:
    """Erase these, by their keys, for good; how many that were. The log keeps which, who and why, and stays whole. ValueError for a
    reason that is none of `REASONS`; PermissionDenied without ERASE_WORDS."""
    require(by, May.ERASE_WORDS, partnership)
    if reason not in REASONS:
        raise ValueError(f"{reason!r} is no reason to erase")
    with transaction.atomic():
        lying = list(Words.objects.filter(pk__in=words, entry__partnership=partnership.slug).exclude(salt="").select_related("entry"))
        log.erase(lying, by=by.reference, partnership=partnership.slug, reason=reason)
        told = list(_moves(by, partnership).filter(pk__in=moves).exclude(reason=""))
        for move in told:
            _empty(move, by=by, partnership=partnership, reason=reason)
    return len(lying) + len(told)


def _moves(by: Any, partnership: Partnership) -> Any:
    records = Record.objects.visible_to(by).filter(partnership=partnership)
    return Move.objects.filter(record__in=records).select_related("record")


def _empty(move: Move, *, by: Any, partnership: Partnership, reason: str) -> None:
    move.reason = ""
    move.save(update_fields=["reason"])
    subject = f"records.{move.record.kind}:{move.record.reference}"
    log.record(by=by.reference, deed="erased", subject=subject, partnership=partnership.slug, detail={"reason": reason, "move": move.pk})
