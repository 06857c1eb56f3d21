"""A quarter's pack as files: two languages, three formats, two versions, and the certificate of the public one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from diogel.published.blocks import Paper
from diogel.published.drawing import Drawing, draw

from . import html, pdf, word
from .quarterly import paper
from .quarterly_cards import charts_of
from .quarterly_facts import Facts

LANGUAGES = ("cy", "en")


@dataclass(frozen=True)
class Hindrance:
    """One thing that keeps a paper from being final, and where it is mended."""

    subject: str
    sentence_cy: str
    sentence_en: str

    def say(self, language: str) -> str:
        return self.sentence_cy if language == "cy" else self.sentence_en


def hindrances(facts: Facts) -> list[Hindrance]:
    """Every unanswered card, and every pair that would be told and is not checked."""
    found = [_unanswered(card) for card in facts.cards if not card.is_answered]
    for subject, row, names in _told(facts):
        for name in names:
            pair = row.pair(name)
            if not pair.is_empty and not pair.is_checked:
                found.append(_unchecked(subject, str(pair.state)))
    return found


def _told(facts: Facts) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    """Rows whose pairs the paper tells, with a reference that names no person."""
    yield f"partnership {facts.partnership.slug}", facts.partnership, ("name", "place")
    for card in facts.cards:
        yield f"card {card.area.code} {card.crime_type}", card, ("explanation", "evidence", "further")
    if facts.plan:
        yield f"plan {facts.plan.code}", facts.plan, ("title",)
    for each in facts.progress:
        yield f"action {each.held.number}", each.held.action, ("title",)
        if each.is_filed:
            yield f"update on action {each.held.number}", each.update, ("text", "obstacle")
    for measured in facts.measured:
        yield f"measure {measured.code}", measured.measure, ("title", "source")
        if measured.now:
            yield f"figure of {measured.code}", measured.now, ("text", "reason")
    for event in facts.context:
        yield f"event {event.code}", event, ("title",)


def _unanswered(card: Any) -> Hindrance:
    return Hindrance(
        f"card {card.area.code} {card.crime_type}",
        *_in_both(
            lambda: (
                _("This unusual figure is not answered: %(title)s. Sign an explanation, or name who is looking and by when.")
                % {"title": card.title}
            )
        ),
    )


def _unchecked(subject: str, state: str) -> Hindrance:
    def sentence() -> str:
        words = {
            "missing": _("One half is missing, so neither can be published: %(subject)s."),
            "draft": _("Nobody has checked that both halves say the same: %(subject)s."),
            "stale_cy": _("The Welsh is stale, so neither half can be published: %(subject)s."),
            "stale_en": _("The English is stale, so neither half can be published: %(subject)s."),
        }
        return words[state] % {"subject": subject}

    return Hindrance(subject, *_in_both(sentence))


def _in_both(sentence: Any) -> tuple[str, str]:
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(str(sentence()))
    return said[0], said[1]


@dataclass(frozen=True)
class Pack:
    """Papers and drawings of both languages and both versions, ready to be rendered."""

    papers: dict[tuple[str, str], Paper]
    drawings: dict[str, dict[str, Drawing]]


def build(facts: Facts, *, is_draft: bool, version: str = "1") -> Pack:
    """Draw each chart once a language, and build the four papers."""
    drawings = {language: _drawn(facts, language) for language in LANGUAGES}
    papers = {
        (audience, language): paper(facts, language=language, audience=audience, is_draft=is_draft, version=version)
        for audience in ("internal", "public")
        for language in LANGUAGES
    }
    return Pack(papers, drawings)


def _drawn(facts: Facts, language: str) -> dict[str, Drawing]:
    with translation.override(language):
        return {key: draw(chart, language) for key, chart in charts_of(facts)}


def files(pack: Pack) -> dict[str, bytes]:
    """Every file of the pack by its path below the folder."""
    made: dict[str, bytes] = {}
    for (audience, language), told in pack.papers.items():
        drawings = pack.drawings[language]
        stem = f"{audience}/quarterly.{language}"
        made[f"{stem}.html"] = html.page(told, drawings).encode()
        made[f"{stem}.docx"] = word.document(told, drawings)
        made[f"{stem}.pdf"] = pdf.document(told, drawings)
    return made


def write(made: dict[str, bytes], folder: Path) -> list[Path]:
    """Write the files, each whole or not at all."""
    written = []
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_name(path.name + ".new")
        scratch.write_bytes(content)
        scratch.replace(path)
        written.append(path)
    return written
