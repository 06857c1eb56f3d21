"""Publishes an assessment's public summary: only what was approved, by allow-list, scanned in its files and on the page that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from diogel.assessment.life import move
from diogel.assessment.models import Assessment
from diogel.assessment.reading import read
from diogel.assessment.statuses import Status
from diogel.audit import log
from diogel.home import moment, today
from diogel.people.access import May, require
from diogel.published.models import Publication, Telling

from .assessment_pack import STEM, certified, content_of
from .assessment_paper import paper
from .assessment_source import source
from .documents import LANGUAGES, TAKEN_AWAY, rendered
from .scan import Release
from .snapshot_fields import NotAllowed
from .snapshot_releases import kept_releases
from .snapshot_scan import pages_of
from .snapshots import ABOUT, NotPublished, freeze, newest_of
from .tellings import Row

KIND = Publication.Kind.ASSESSMENT
FILES = "summary"
"""How its files are called: otherwise than the pages, which show other tables too and need not hold the same numbers."""
_KEY = re.compile(r"[\w-]{1,20}", re.ASCII)


def publish_assessment(assessment: Assessment, *, by: Any, releases: Iterable[Release] = ()) -> Publication:
    """Publish the summary in both languages at one moment; where nothing has changed since, the version that stands.

    PermissionDenied without May.PUBLISH. NotPublished while it is not approved, while a sentence that would be shown is not checked,
    while who the partnership is was never published, or while the scan finds something that no release answers for.
    """
    partnership = assessment.partnership
    require(by, May.PUBLISH, partnership)
    told = _told(assessment)
    newest = newest_of(partnership.slug, KIND, assessment.code)
    if newest and newest.withdrawn_at is None and newest.content["told"] == told:
        return newest
    version = newest.version + 1 if newest else 1
    papers = {
        language: paper(told | {"day": str(today())}, language=language, audience="public", is_draft=False, version=str(version))
        for language in LANGUAGES
    }
    content = {
        "partnership": told["partnership"],
        "title": told["title"],
        "told": told,
        "papers": {STEM: {language: each.to_json() for language, each in papers.items()}},
    }
    files: dict[str, bytes] = {}
    for each in papers.values():
        files |= rendered(each, {}, stem=FILES)
    return _published(assessment, content, files, version, by, releases)


def _told(assessment: Assessment) -> dict[str, Any]:
    """What may be told; without the day on which it was made, so that the same words are the same version."""
    partnership = assessment.partnership
    if newest_of(partnership.slug, Publication.Kind.PARTNERSHIP, ABOUT) is None:
        raise NotPublished(_("Publish who we are first: the public site begins with it."))
    if not assessment.is_settled:
        raise NotPublished(_("The assessment is not approved yet."))
    if not _KEY.fullmatch(assessment.code):
        raise NotPublished(_("Its short name stands in the public address: letters, digits and dashes, at most twenty. Correct it first."))
    try:
        held = content_of(source(read(assessment), audience="public", day=today()), audience="public", is_draft=False)
    except NotAllowed as wrong:
        raise NotPublished(_("Some sentences are not checked in both languages, so nothing was published.")) from wrong
    return held | {"day": None, "status": Status.PUBLISHED.value}


def _published(
    assessment: Assessment, content: dict[str, Any], files: dict[str, bytes], version: int, by: Any, releases: Iterable[Release]
) -> Publication:
    partnership = assessment.partnership
    trial = Publication(
        partnership=partnership.slug, kind=KIND, key=assessment.code, version=version, content=content,
        published_at=moment(), published_by=by.reference,
    )  # fmt: skip
    with transaction.atomic():
        pages = pages_of(trial)
    certificate = certified(assessment, {**files, **pages}, [*kept_releases(partnership.slug), *releases], version=str(version))
    if not certificate.is_clean:
        subject, detail = f"publication:{KIND}/{assessment.code}", {"found": [leak.kind for leak in certificate.found]}
        log.record(by=by.reference, deed="refused", subject=subject, partnership=partnership.slug, detail=detail)
        sentence = _("The scan of the finished pages found something that should stay inside, so nothing was published.")
        raise NotPublished(sentence, leaks=certificate.found)
    held = certificate.to_json() | {"paper": {language: certificate.paper(language).to_json() for language in LANGUAGES}}
    rows = [Row(Telling.Kind.THEME, pk, code) for pk, code in assessment.themes.standing().values_list("pk", "code")]
    with transaction.atomic():
        taken = {name: made for name, made in files.items() if name.endswith(TAKEN_AWAY)}
        row = freeze(
            partnership=partnership, kind=KIND, key=assessment.code, content=content, certificate=held, files=taken, rows=rows, by=by
        )
        if row.version != version:
            raise NotPublished(_("Someone published this meanwhile. Look at what they published, and try again."))
        if assessment.status == Status.APPROVED:
            move(assessment, Status.PUBLISHED, by=by, seen=assessment.version)
    return row
