"""Publishing: what may be told of a partnership or a plan is copied once, in both languages, and frozen.

What `Publication.content` holds, by kind. `partnership` and `plan`: the tables of `snapshot_fields`, pairs as {"cy", "en"}.
A content in one language has `one_language`, {"language", "reason"}, and the other half of its pairs is empty.
`quarter`, which `quarterly` makes: {"partnership": {"slug", "name", "place", "is_example"}, "quarter": "2021-12",
"paper": {"cy": a paper as JSON, "en": the other}, "drawings": {"cy": {key: {"wide": svg, "narrow": svg}}, "en": ...},
"headlines": [{"subject": pair, "sentence": pair, "way": "above", "below" or "within"}], "figures": [{"code", "from_on", "to_on",
"is_withheld", "value", "part", "whole", "base"}]}; `headlines` may be absent. `figures` are the masks that every page and file
of the quarter was made by, and what the next paper's masks begin from; versions before them have none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diogel.audit import log
from diogel.home import moment, today
from diogel.people.access import May, require
from diogel.people.models import Partnership
from diogel.plan.models import Plan
from diogel.published.models import Publication, PublishedFile

from .annual_years import Year
from .certificate import Certificate
from .changes import changes, only_told
from .documents import TAKEN_AWAY, rendered
from .one_language import languages, only_of
from .scan import Leak, Release
from .snapshot_fields import NotAllowed
from .snapshot_readiness import KINDS, Unready, unready
from .snapshot_releases import kept_releases
from .snapshot_scan import examined, names_someone
from .subjects import ABOUT as ABOUT
from .subjects import Subject, kind_and_key, papers_of, scope_of, snapshot_of
from .tellings import Row, rows_of, tell

PAGES = ("annual", "summary")
"""Papers that are read as pages too, drawn from their blocks; the plan and its progress have pages of their own."""


class NotPublished(Exception):
    """Why nothing was published. `unready` names pairs that are not checked, `leaks` what the scan of the pages found."""

    def __init__(self, sentence: str, *, unready: Sequence[Unready] = (), leaks: Sequence[Leak] = ()) -> None:
        super().__init__(sentence)
        self.sentence, self.unready, self.leaks = sentence, tuple(unready), tuple(leaks)


def publish(kind: str, subject: Subject, *, by: Any, releases: Iterable[Release] = ()) -> Publication:
    """Publish in its languages at one moment, as the next version; where nothing has changed since, the version that stands.

    PermissionDenied without May.PUBLISH. NotPublished while a pair that would be shown is missing, draft or stale, or while the
    independent scan of the finished pages finds something that no release answers for; then nothing is written.
    """
    partnership = subject.partnership
    require(by, May.PUBLISH, partnership)
    expected, key = kind_and_key(subject)
    if kind != expected:
        raise ValueError(f"a {type(subject).__name__.lower()} is not published as a {kind}")
    _refuse_unready(subject)
    content = _copied(subject)
    newest = newest_of(partnership.slug, kind, key)
    standing = newest if newest and newest.withdrawn_at is None else None
    if standing and only_told(standing.content) == content:
        return standing
    try:
        with transaction.atomic():
            row = _next(partnership, kind=kind, key=key, content=content, by=by)
            files = _with_papers(row, partnership, _changed(row, content))
            certificate = _clean(row, subject, files, releases)
            papers = {language: certificate.paper(language).to_json() for language in ("cy", "en")}
            frozen = _freeze(row, partnership, certificate.to_json() | {"paper": papers}, by=by)
            PublishedFile.objects.bulk_create(_sealed(frozen, files))
            tell(frozen, rows_of(subject, scope_of(subject)))
            return frozen
    except NotPublished as refused:
        detail = {"found": [leak.kind for leak in refused.leaks]}
        log.record(by=by.reference, deed="refused", subject=f"publication:{kind}/{key}", partnership=partnership.slug, detail=detail)
        raise


def freeze(
    *,
    partnership: Partnership,
    kind: str,
    key: str,
    content: dict[str, Any],
    certificate: dict[str, Any],
    files: Mapping[str, bytes],
    rows: Iterable[Row],
    by: Any,
) -> Publication:
    """Write what was made and scanned elsewhere, such as a quarter's pack, as its next version, with its finished files and
    the rows it tells of. ValueError for a file that the certificate does not name, or that differs from the one it sealed."""
    require(by, May.PUBLISH, partnership)
    with transaction.atomic():
        row = _freeze(_next(partnership, kind=kind, key=key, content=content, by=by), partnership, certificate, by=by)
        PublishedFile.objects.bulk_create(_sealed(row, files))
        tell(row, rows)
        return row


def _sealed(row: Publication, files: Mapping[str, bytes]) -> Iterator[PublishedFile]:
    seals = {file["name"]: file["sha256"] for file in row.certificate.get("files", ())}
    for name, content in files.items():
        seal = hashlib.sha256(content).hexdigest()
        if seals.get(name) != seal:
            raise ValueError(f"{name} is not the file that was scanned")
        yield PublishedFile(publication=row, name=name, content=content, size=len(content), sha256=seal)


def withdraw_publication(publication: Publication, *, by: Any, because: tuple[str, str]) -> None:
    """Take a publication back, saying why in Welsh and English; its address then tells the reason. ValidationError
    without one, and where it names a person."""
    partnership = Partnership.objects.get(slug=publication.partnership)
    require(by, May.PUBLISH, partnership)
    cy, en = (text.strip() for text in because)
    if not (cy and en):
        raise ValidationError(_("Say why in Welsh and in English: both are shown where the page stood."))
    if names_someone(cy, en):
        raise ValidationError(_("The reason names somebody on file, and the public will read it. Say it without the name."))
    if publication.withdrawn_at is not None:
        raise ValidationError(_("This version was withdrawn before."))
    publication.withdrawn_at = moment()
    publication.withdrawn_because_cy, publication.withdrawn_because_en = cy, en
    with transaction.atomic():
        publication.save(update_fields=["withdrawn_at", "withdrawn_because_cy", "withdrawn_because_en"])
        log.record(by=by.reference, deed="withdrawn", subject=reference(publication), partnership=publication.partnership)


def newest_of(slug: str, kind: str, key: str) -> Publication | None:
    """The newest version, withdrawn or not."""
    return Publication.objects.filter(partnership=slug, kind=kind, key=key).order_by("-version").first()


def reference(publication: Publication) -> str:
    """How the log names a publication."""
    return f"publication:{publication.kind}/{publication.key}/v{publication.version}"


def _with_papers(row: Publication, partnership: Partnership, changed: Mapping[str, list[str]]) -> dict[str, bytes]:
    """The files of its papers. What differs from the version before goes into the content, with the papers that are read as pages."""
    told = papers_of(row.kind, row.content, version=row.version, changes=changed, marking=partnership.marking)
    if any(changed.values()):
        row.content = row.content | {"changes": dict(changed)}
    pages = {stem: {language: paper.to_json() for language, paper in told[stem].items()} for stem in PAGES if stem in told}
    if pages:
        row.content = row.content | {"papers": pages}
    files: dict[str, bytes] = {}
    for stem, papers in told.items():
        for paper in papers.values():
            files |= rendered(paper, {}, stem=stem, forms=TAKEN_AWAY)
    return files


def _changed(row: Publication, content: Mapping[str, Any]) -> dict[str, list[str]]:
    """What differs from the newest version that stands: what was taken back is not told again by its changes."""
    told = languages(only_of(content))
    versions = Publication.objects.filter(partnership=row.partnership, kind=row.kind, key=row.key, withdrawn_at=None)
    before = versions.order_by("-version").values_list("content", flat=True).first()
    if before is None:
        return {}
    return {language: said for language, said in changes(only_told(before), content).items() if language in told}


def _copied(subject: Subject) -> dict[str, Any]:
    try:
        return snapshot_of(subject)
    except NotAllowed as wrong:
        sentence = _(
            "A short name or number holds a space or a sign that it may not hold in public: %(what)s. Correct it and publish again."
        )
        raise NotPublished(sentence % {"what": KINDS.get(wrong.kind, KINDS["measure"])}) from wrong


def _refuse_unready(subject: Subject) -> None:
    if isinstance(subject, Year) and not subject.is_over(today()):
        raise NotPublished(_("This year of the plan is not over. Until then its report can be read as a draft."))
    if not isinstance(subject, Partnership):
        plan = subject.plan if isinstance(subject, Year) else subject
        if plan.status == Plan.Status.DRAFT:
            raise NotPublished(_("This plan is a draft. Put it out for consultation or adopt it before it is published."))
        if newest_of(subject.partnership.slug, Publication.Kind.PARTNERSHIP, ABOUT) is None:
            raise NotPublished(_("Publish who we are first: the public site begins with it."))
    scope = scope_of(subject)
    blocking = [each for each in unready(scope) if each.blocks]
    if blocking:
        alone = _("Some sentences are not ready in the one language of this document, so nothing was published.")
        both = _("Some sentences are not checked in both languages, so nothing was published.")
        raise NotPublished(alone if scope.only else both, unready=blocking)


def _clean(row: Publication, subject: Subject, files: Mapping[str, bytes], releases: Iterable[Release]) -> Certificate:
    """The certificate of pages in which nothing was found, or nothing that nobody has answered for."""
    certificate = examined(row, scope_of(subject), [*kept_releases(row.partnership), *releases], files=files)
    if not certificate.is_clean:
        sentence = _("The scan of the finished pages found something that should stay inside, so nothing was published.")
        raise NotPublished(sentence, leaks=certificate.found)
    return certificate


def _next(partnership: Partnership, *, kind: str, key: str, content: dict[str, Any], by: Any) -> Publication:
    """The next version, not yet saved. The lock keeps two people who publish at once from taking one number."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    newest = newest_of(partnership.slug, kind, key)
    return Publication(
        partnership=partnership.slug,
        kind=kind,
        key=key,
        version=newest.version + 1 if newest else 1,
        content=content,
        published_at=moment(),
        published_by=by.reference,
    )


def _freeze(row: Publication, partnership: Partnership, certificate: dict[str, Any], *, by: Any) -> Publication:
    row.certificate = certificate
    row.save()
    seal = hashlib.sha256(json.dumps(row.content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    detail = {"version": row.version, "sha256": seal, "chain": certificate.get("audit", {})}
    log.record(by=by.reference, deed="published", subject=reference(row), partnership=partnership.slug, detail=detail)
    return row
