"""Makes the assessment document and its public summary as files: refused while anything is missing, the public ones scanned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from diogel.assessment.models import Assessment
from diogel.assessment.reading import Whole, read
from diogel.assessment.showing import figure, theme_rows
from diogel.assessment.waiting import Hindrance, hindrances
from diogel.audit import log
from diogel.home import moment, today
from diogel.people.access import Installation
from diogel.plan.models import Plan
from diogel.published.blocks import Pair, Paper
from diogel.published.drawing import Drawing, drawing_of

from .assessment_fields import INTERNAL, PUBLIC
from .assessment_paper import MATRIX, paper
from .assessment_source import goes_out, source
from .certificate import Certificate, certify
from .documents import AUDIENCES, LANGUAGES, rendered, write
from .scan import Known, Leak, Release
from .snapshot_fields import NotAllowed, allowed
from .snapshot_releases import kept_releases
from .snapshot_scan import HELP_LINES, known, people_on_file
from .snapshot_scopes import plan_scope

STEM = "assessment"


@dataclass(frozen=True)
class Built:
    """What came of it: files that were written or, where it was refused, what is missing or what the scan found."""

    folder: Path
    written: tuple[Path, ...] = ()
    missing: tuple[Hindrance, ...] = ()
    leaks: tuple[Leak, ...] = ()
    fault: str = ""

    @property
    def refused(self) -> bool:
        return not self.written


def content_of(held: dict[str, Any], *, audience: str, is_draft: bool) -> dict[str, Any]:
    """Of the `source` for this audience what may be told to it, in both languages. NotAllowed where a pair of a final one is not
    checked."""
    return allowed("assessment", held, table=PUBLIC if audience == "public" else INTERNAL, is_draft=is_draft)


def composed(whole: Whole, content: dict[str, Any], *, audience: str, language: str, is_draft: bool) -> tuple[Paper, dict[str, Drawing]]:
    """The paper in one language with its pictures. The matrix stands in the document alone: the public summary tells bands, and no score."""
    pictures = drawings(whole, language) if audience == "internal" else {}
    marking, has_matrix = marking_of(whole), bool(pictures)
    told = paper(content, language=language, audience=audience, is_draft=is_draft, marking=marking, has_matrix=has_matrix)
    return told, pictures


def marking_of(whole: Whole) -> str:
    """How the document may be handled: as the partnership's papers are, or as the most sensitive evidence in it wants."""
    evidence = [each for rows in whole.evidence.values() for each in rows]
    above = [each.marking for each in evidence if not goes_out(each)]
    return above[0] if above else whole.assessment.partnership.marking


def drawings(whole: Whole, language: str) -> dict[str, Drawing]:
    """The matrix of one language; none where no theme is scored by the assessment's method."""
    with translation.override(language):
        shown = figure(whole, theme_rows(whole))
    return {MATRIX: drawing_of(shown["wide"], shown["narrow"])} if shown else {}


def one_file(assessment: Assessment, *, audience: str, language: str, form: str) -> bytes:
    """One finished file, `html`, `docx` or `pdf`, of the assessment as it now stands. Sentences that nobody has checked show in a draft
    only, and it says so: it is one until the assessment is approved, and once a sentence was changed after that."""
    whole, is_draft = read(assessment), not assessment.is_settled
    held = source(whole, audience=audience, day=today())
    try:
        content = content_of(held, audience=audience, is_draft=is_draft)
    except NotAllowed:
        is_draft = True
        content = content_of(held, audience=audience, is_draft=is_draft)
    told, pictures = composed(whole, content, audience=audience, language=language, is_draft=is_draft)
    return next(iter(rendered(told, pictures, stem=STEM, forms=(form,)).values()))


def files(assessment: Assessment, *, is_draft: bool) -> dict[str, bytes]:
    """All twelve files by their path below the folder."""
    whole = read(assessment)
    made: dict[str, bytes] = {}
    for audience in AUDIENCES:
        content = content_of(source(whole, audience=audience, day=today()), audience=audience, is_draft=is_draft)
        for language in LANGUAGES:
            told, pictures = composed(whole, content, audience=audience, language=language, is_draft=is_draft)
            made |= rendered(told, pictures, stem=f"{audience}/{STEM}")
    return made


def waits_for(assessment: Assessment) -> list[Hindrance]:
    """What keeps the document from being final: all that approval waits for, whether or not it has come so far."""
    return [] if assessment.is_settled else hindrances(read(assessment), "approved")


def make(
    assessment: Assessment, *, out: Path, is_draft: bool = False, releases: Iterable[Release] = (), by: str = Installation.reference
) -> Built:
    """Build, scan the public files, write them with their certificate. A final one is made of an approved assessment only."""
    if not is_draft and not assessment.is_settled:
        return Built(out, missing=tuple(waits_for(assessment)))
    try:
        made = files(assessment, is_draft=is_draft)
    except NotAllowed as wrong:
        return Built(out, fault=str(wrong))
    public = {name.removeprefix("public/"): held for name, held in made.items() if name.startswith("public/")}
    certificate = certified(assessment, public, [*kept_releases(assessment.partnership.slug), *releases])
    if not certificate.is_clean:
        _log(assessment, by, "refused", {"found": [leak.kind for leak in certificate.found]})
        return Built(out, leaks=certificate.found)
    written = write(made | {f"public/{name}": held for name, held in certificate.written().items()}, out)
    _log(assessment, by, "packed", {"draft": is_draft, "files": len(written)})
    return Built(out, written=tuple(written))


def certified(assessment: Assessment, public: dict[str, bytes], releases: Iterable[Release], *, version: str = "1") -> Certificate:
    """What the scan finds in the finished public files: people on file, contacts, and small numbers withheld elsewhere."""
    length, head = log.head()
    who = assessment.partnership
    return certify(
        public,
        _known(assessment),
        releases,
        title=Pair(assessment.title_cy, assessment.title_en),
        partnership=Pair(who.name_cy, who.name_en),
        place=Pair(who.place_cy, who.place_en),
        version=version,
        chain_head=head,
        chain_length=length,
        made_at=timezone.localtime(moment()),
    )


def _known(assessment: Assessment) -> Known:
    """Everyone on file, and the small figures that the plan in force withholds: the summary may not tell them either."""
    plan = Plan.objects.standing().filter(partnership=assessment.partnership).first()
    return known(plan_scope(plan)) if plan else Known(people=people_on_file(), public_contacts=HELP_LINES)


def _log(assessment: Assessment, by: str, deed: str, detail: dict[str, Any]) -> None:
    subject = f"assessment.assessment:{assessment.pk}"
    log.record(by=by, deed=deed, subject=subject, partnership=assessment.partnership.slug, detail=detail)


def refusals(assessment: Assessment, built: Built) -> list[str]:
    """Why nothing was written, a sentence each, in the language in force."""
    if not built.refused or built.leaks:
        return []
    said = [each.sentence for each in waits_for(assessment)]
    if not said and not assessment.is_settled:
        said.append(_("The assessment is not approved yet."))
    return said or [_("A sentence in it is not checked in both languages: %(fault)s") % {"fault": built.fault}]
