"""Publishes what was said in a consultation and what we did: every answer in both languages, once the independent scan has read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext as _

from diogel.audit import log
from diogel.home import today
from diogel.people.access import May, require
from diogel.people.writing import note
from diogel.plan.consulting import to_tell
from diogel.plan.models_consulting import Consultation

from .documents import LANGUAGES
from .scan import Release, released, scan
from .snapshot_releases import kept_releases
from .snapshot_scan import known
from .snapshots import NotPublished
from .subjects import scope_of


def publish_answers(
    consultation: Consultation, *, by: Any, seen: int, releases: Iterable[Release] = (), on: date | None = None
) -> Consultation:
    """Tell what was said and what we did, frozen until it is told again.

    PermissionDenied without May.PUBLISH. NotPublished where a comment has no answer, where a pair is not checked, or while the scan
    finds something that no release answers for. StaleSave where somebody changed the consultation meanwhile.
    """
    partnership = consultation.partnership
    require(by, May.PUBLISH, partnership)
    try:
        told = to_tell(consultation)
    except ValidationError as wrong:
        raise NotPublished(" ".join(wrong.messages)) from wrong
    found = scan(_files(consultation, told), known(scope_of(consultation.plan)))
    standing, _freed = released(found, [*kept_releases(partnership.slug), *releases])
    if standing:
        detail = {"found": [leak.kind for leak in standing]}
        log.record(by=by.reference, deed="refused", subject=f"consultation:{consultation.pk}", partnership=partnership.slug, detail=detail)
        raise NotPublished(_("The scan of the answers found something that should stay inside, so nothing was published."), leaks=standing)
    with transaction.atomic():
        consultation.told, consultation.told_on = told, on or today()
        consultation.save_against(seen)
        note(consultation, by=by, partnership=partnership, deed="published", detail={"answers": len(told)})
    return consultation


def _files(consultation: Consultation, told: list[dict[str, Any]]) -> dict[str, bytes]:
    """All that anyone may come to read of a consultation, a file a language; whether its page is open to everyone today or not."""
    asked = {name: {"cy": pair.cy, "en": pair.en} for name in consultation.pairs for pair in (consultation.pair(name),)}
    return {f"answers-{consultation.pk}.{language}.html": _page([asked, *told], language) for language in LANGUAGES}


def _page(rows: list[dict[str, Any]], language: str) -> bytes:
    words = "\n".join(f"<p>{escape(text)}</p>" for row in rows for text in _said(row, language))
    return f'<!DOCTYPE html>\n<html lang="{language}"><head><title></title></head><body>\n{words}\n</body></html>\n'.encode()


def _said(row: dict[str, Any], language: str) -> Iterator[str]:
    return (text for held in row.values() if isinstance(held, dict) and (text := held[language]))
