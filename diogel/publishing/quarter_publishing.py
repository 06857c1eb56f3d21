"""Publishes a quarter's public paper: the same refusals as the pack, the same scan of its finished files, and of the pages that will show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from diogel.analysis.periods import Quarter
from diogel.home import moment, today
from diogel.indicators import sentences
from diogel.people.access import Installation, May, require
from diogel.people.models import Partnership
from diogel.published.models import Publication

from .certificate import Certificate
from .documents import LANGUAGES, TAKEN_AWAY
from .one_language import RULE
from .packing import Pack, build, files
from .quarter_pack import certify_files, looked_through, public_files, refused, version_of, waits_for
from .quarterly_cards import title
from .quarterly_facts import Facts, gather
from .quarterly_readiness import Hindrance
from .scan import Leak, Release
from .snapshot_releases import kept_releases
from .snapshot_scan import pages_of
from .snapshots import ABOUT, NotPublished, freeze, newest_of
from .tellings import rows_of_quarter
from .told_before import FIGURES, figures_of_quarter

KIND = Publication.Kind.QUARTER
LINES = 4
"""Lines that the public site's first page has room for."""


class QuarterNotPublished(NotPublished):
    """Why a quarter was not published. `hindrances` are what its papers wait for, `leaks` what the scan found."""

    def __init__(self, sentence: str, *, hindrances: Sequence[Hindrance] = (), leaks: Sequence[Leak] = ()) -> None:
        super().__init__(sentence, leaks=leaks)
        self.hindrances = tuple(hindrances)


def publish_quarter(partnership: Partnership, quarter: Quarter, *, by: Any, releases: Iterable[Release] = ()) -> Publication:
    """Publish the quarter's public paper in its languages at one moment; where nothing has changed since, the version that stands.

    PermissionDenied without May.PUBLISH. QuarterNotPublished while the quarter is not over, a card is unanswered or a pair is not checked, while who the
    partnership is was never published, or while the scan finds something that no release answers for; then nothing is written.
    """
    require(by, May.PUBLISH, partnership)
    if newest_of(partnership.slug, Publication.Kind.PARTNERSHIP, ABOUT) is None:
        raise QuarterNotPublished(_("Publish who we are first: the public site begins with it."))
    looked_through(partnership, quarter, by=Installation())
    facts = gather(partnership, quarter, day=today())
    if stopped := waits_for(facts):
        refused(facts, by=by.reference, why=[each.subject for each in stopped])
        raise QuarterNotPublished(_("This quarter is not ready, so nothing was published."), hindrances=stopped)
    version = version_of(facts)
    newest = newest_of(partnership.slug, KIND, str(quarter))
    if newest and newest.withdrawn_at is None and str(newest.version) == version:
        return newest
    return _published(facts, build(facts, is_draft=False, version=version), by, releases)


def _published(facts: Facts, pack: Pack, by: Any, releases: Iterable[Release]) -> Publication:
    content = quarter_content(facts, pack)
    public = public_files(files(pack, audiences=("public",)))
    certificate = _certified(facts, pack, content, public, by, releases)
    if not certificate.is_clean:
        refused(facts, by=by.reference, why=[f"{leak.kind} in {leak.file}" for leak in certificate.found])
        sentence = _("The scan of the finished pages found something that should stay inside, so nothing was published.")
        raise QuarterNotPublished(sentence, leaks=certificate.found)
    held = certificate.to_json() | {"paper": {language: certificate.paper(language).to_json() for language in LANGUAGES}}
    with transaction.atomic():
        row = freeze(
            partnership=facts.partnership,
            kind=KIND,
            key=str(facts.quarter),
            content=content,
            certificate=held,
            files={name: made for name, made in public.items() if name.endswith(TAKEN_AWAY)},
            rows=rows_of_quarter(facts, pack.public),
            by=by,
        )
        if row.version != _version(pack):
            raise QuarterNotPublished(_("Someone published this quarter meanwhile. Look at what they published, and try again."))
    return row


def _version(pack: Pack) -> int:
    return int(next(iter(pack.told.values())).version)


def _certified(
    facts: Facts, pack: Pack, content: dict[str, Any], public: Mapping[str, bytes], by: Any, releases: Iterable[Release]
) -> Certificate:
    """What a scan finds in the finished files and in the pages that would show them."""
    trial = Publication(
        partnership=facts.partnership.slug,
        kind=KIND,
        key=str(facts.quarter),
        version=_version(pack),
        content=content,
        published_at=moment(),
        published_by=by.reference,
    )
    with transaction.atomic():
        pages = pages_of(trial)
    return certify_files(facts, pack, {**public, **pages}, [*kept_releases(facts.partnership.slug), *releases])


def quarter_content(facts: Facts, pack: Pack) -> dict[str, Any]:
    """What is frozen: its papers with their drawings, and the few lines for the first page, all from the public snapshot."""
    papers = pack.told
    wanted = {figure.drawing for paper in papers.values() for figure in paper.figures()}
    drawings = {
        language: {key: {"wide": held.wide, "narrow": held.narrow} for key, held in pack.drawings[language].items() if key in wanted}
        for language in papers
    }
    rule = pack.public[RULE]
    return ({RULE: rule} if rule else {}) | {
        "partnership": dict(pack.public["partnership"]),
        "quarter": str(facts.quarter),
        "paper": {language: paper.to_json() for language, paper in papers.items()},
        "drawings": drawings,
        "headlines": list(_headlines(pack.public)),
        FIGURES: figures_of_quarter(facts.quarter, pack.public["measures"]),
    }


def _headlines(public: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What stood out, and beside it the largest counts that did not, each with whether up is good."""
    for card in public["cards"][:LINES]:
        way = "above" if card["finding"]["direction"] == "higher" else "below"
        sentence = _both(lambda language, card=card: _counted(card, language))
        yield {"subject": _both(lambda _language, card=card: title(card)), "sentence": sentence, "way": way}
    names = {area["code"]: area for area in public["areas"]}
    series = public["look"]["series"] if public["look"] else []
    quiet = sorted((row for row in series if row["verdict"] == "as_expected" and row["area"] in names), key=lambda row: -row["observed"])
    for row in quiet[: max(0, LINES - len(public["cards"]))]:
        subject = _both(lambda _language, row=row: title({"type": row["type"], "area": names[row["area"]]}))
        sentence = _both(lambda language, row=row: sentences.polarity_sentence("", type_name=row["type"], language=language))
        yield {"subject": subject, "sentence": sentence, "way": "within"}


def _counted(card: Mapping[str, Any], language: str) -> str:
    count = sentences.count_sentence(card["finding"], language)
    good = sentences.polarity_sentence(card["finding"]["direction"], type_name=card["type"], language=language)
    return f"{count}. {good}"


def _both(words: Any) -> dict[str, str]:
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = str(words(language))
    return said
