"""Disposal: at its date a record's own columns go, and what hangs on them; its row on the spine stays, so that the numbers do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from diogel.audit import log
from diogel.audit.models import Words
from diogel.people.models import Partnership

from .models import Move, Part, Record

SOON = 90
"""Days for which the desk tells beforehand."""


@dataclass(frozen=True)
class Disposed:
    """One record and what became of it: `fault` is a sentence, empty where it went as it should."""

    kind: str
    reference: str
    partnership: str
    keep_until: date
    fault: str = ""


def due(on: date, *, partnership: Partnership | None = None, within: int = 0) -> models.QuerySet[Record]:
    """Records at rest that are kept no longer on a day, or will not be `within` so many days after it, and still have their own
    columns. The day named in `keep_until` is the last on which they are kept."""
    rows = Record.objects.filter(_has_rib(), keep_until__lt=on + timedelta(days=within)).exclude(closed_on=None)
    rows = rows.filter(partnership=partnership) if partnership else rows
    return rows.select_related("partnership").order_by("keep_until", "partnership", "reference")


def dispose_all(*, by: Any, on: date, partnership: Partnership | None = None, is_dry: bool = False) -> Iterator[Disposed]:
    """Dispose of each record that is due, one by one and each by itself: what was done stands when it is stopped, and the next run goes
    on. Yields what became of each; with `is_dry` what would, and nothing is changed."""
    for pk, kind, reference, slug, day in list(due(on, partnership=partnership).values_list(*_TOLD)):
        told = Disposed(kind, reference, slug, day)
        try:
            if is_dry or _dispose(pk, by=by, on=on):
                yield told
        except models.ProtectedError:
            yield Disposed(kind, reference, slug, day, fault="other rows still need it")


_TOLD = ("pk", "kind", "reference", "partnership__slug", "keep_until")


def _dispose(pk: int, *, by: Any, on: date) -> bool:
    """One record, whole or not at all. False where it was opened again, kept longer or disposed of meanwhile."""
    with transaction.atomic():
        Record.objects.select_for_update().get(pk=pk)
        record = due(on).filter(pk=pk).first()
        if record is None:
            return False
        subjects = [f"records.{record.kind}:{record.reference}"]
        for rib in ribs():
            subjects += _remove(rib, pk)
        Part.objects.filter(record=pk).delete()
        models.QuerySet(Move).filter(record=pk).update(reason="")
        slug = record.partnership.slug
        words = Words.objects.filter(entry__subject__in=subjects, entry__partnership=slug).exclude(salt="").select_related("entry")
        log.erase(words, by=by.reference, partnership=slug, reason="disposal", subject=subjects[0])
        log.record(by=by.reference, deed="disposed", subject=subjects[0], partnership=slug, detail={"keep_until": record.keep_until})
    return True


def ribs() -> list[type[models.Model]]:
    """The tables that hold each kind's own columns."""
    return [link.related_model for link in _links()]


def _links() -> list[Any]:
    found = [each for each in Record._meta.related_objects if each.one_to_one and getattr(each.field.remote_field, "parent_link", False)]
    return sorted(found, key=lambda each: each.name)


def _has_rib() -> Q:
    has = Q()
    for link in _links():
        has |= Q(**{f"{link.name}__isnull": False})
    return has


def _remove(rib: type[models.Model], pk: int) -> list[str]:
    """Delete one record's own columns and what hangs on them, its row on the spine kept; how the log calls what is gone."""
    row = rib._default_manager.filter(pk=pk).first()
    if row is None:
        return []
    gone = [f"{rib._meta.label_lower}:{pk}"]
    for link in rib._meta.related_objects:
        if link.model is rib:
            model: Any = link.related_model
            keys = model._default_manager.filter(**{link.field.name: pk}).values_list("pk", flat=True)
            gone += [f"{model._meta.label_lower}:{key}" for key in keys]
    row.delete(keep_parents=True)
    return gone
