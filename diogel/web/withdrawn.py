"""Rows that were taken back: what they are, when and by whom, and the way to bring them back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, QuerySet, TextField, Value
from django.db.models.functions import Cast

from diogel.audit.models import Entry
from diogel.people.access import May, may, seen_as
from diogel.people.who import names_beside
from diogel.words.asked import asked
from diogel.words.pairs import Pair

from .row_kinds import KINDS, Kind

NOTHING = Value("", TextField())
KEPT = {key: kind for key, kind in KINDS.items() if kind.keeps_withdrawn}


@dataclass(frozen=True)
class Withdrawn:
    """One row. `at`, `by` and `reason` come from the log, where it tells of them and the reader may know."""

    key: str
    pk: int
    mark: str
    named: Pair
    on: date
    version: int
    may_come_back: bool
    at: datetime | None = None
    by: str = ""
    reason: str = ""

    @property
    def kind(self) -> Kind:
        return KINDS[self.key]


def withdrawn(user: Any, partnership: Any, room: str = "") -> list[Withdrawn]:
    """All that `user` may see, of one room or of every one, in the order of the kinds, the latest first in each."""
    kinds = {key: kind for key, kind in KEPT.items() if room in ("", kind.room)}
    selects = [_select(key, kind, kind.rows(user, partnership)) for key, kind in kinds.items()]
    rows = list(selects[0].union(*selects[1:], all=True))
    told = _told([_subject(key, pk) for key, pk, *_rest in rows], partnership, user)
    may_edit = {key: kind.comes_back and may(user, kind.model.edited_with, partnership) for key, kind in kinds.items()}
    found = [
        Withdrawn(key, pk, mark or "", Pair(cy or "", en or ""), on, version, may_edit[key], *told.get(_subject(key, pk), (None, "", "")))
        for key, pk, mark, cy, en, on, version in rows
    ]
    order = list(KINDS)
    return sorted(found, key=lambda each: (order.index(each.key), -each.on.toordinal(), each.pk))


def how_many(user: Any, partnership: Any, room: str) -> int:
    """How many rows of a room are withdrawn, in one query."""
    kinds = {key: kind for key, kind in KEPT.items() if kind.room == room}

    def question() -> QuerySet:
        gone = (kind.rows(user, partnership).filter(withdrawn_on__isnull=False).order_by() for kind in kinds.values())
        first, *others = (rows.values_list(Value(key, CharField()), "pk") for key, rows in zip(kinds, gone, strict=True))
        return first.union(*others, all=True)

    return len(asked(("withdrawn", room, partnership.pk, seen_as(user)), question))


def _select(key: str, kind: Kind, rows: QuerySet) -> QuerySet:
    mark = Cast(kind.mark, TextField()) if kind.mark else NOTHING
    named = [f"{kind.named}_cy", f"{kind.named}_en"] if kind.named else [NOTHING, NOTHING]
    gone = rows.filter(withdrawn_on__isnull=False).order_by()
    return gone.values_list(Value(key, CharField()), "pk", mark, *named, "withdrawn_on", "version")


def _subject(key: str, pk: int) -> str:
    return f"{KINDS[key].model._meta.label_lower}:{pk}"


def _told(subjects: Iterable[str], partnership: Any, user: Any) -> dict[str, tuple[datetime, str, str]]:
    """When each was last withdrawn, as the log tells; by whom, for who may see who is who; and why, for who may read the log."""
    sees_people, sees_log = may(user, May.SEE_PEOPLE, partnership), may(user, May.SEE_AUDIT, partnership)
    entries = {each.subject: each for each in Entry.objects.filter(subject__in=list(subjects), deed="withdrawn").order_by("number")}
    names = names_beside({each.by for each in entries.values()}, partnership) if sees_people else {}
    return {
        subject: (each.at, names.get(each.by, ""), str(each.detail.get("reason", "")) if sees_log else "")
        for subject, each in entries.items()
    }
