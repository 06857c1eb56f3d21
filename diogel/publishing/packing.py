"""A quarter's pack as files: both languages or its one, three formats, two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from diogel.indicators.drawn import months_chart, places_chart
from diogel.indicators.models import Card
from diogel.published.blocks import Paper
from diogel.published.drawing import Drawing, draw, drawing_of

from .documents import AUDIENCES, rendered
from .one_language import languages
from .quarterly import paper
from .quarterly_facts import Facts
from .quarterly_fields import INTERNAL, PUBLIC
from .quarterly_source import drawing_key, source
from .snapshot_fields import allowed

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Pack:
    """Papers by audience and language, drawings by language, ready to be rendered, and the snapshots by audience that they tell."""

    papers: dict[tuple[str, str], Paper]
    drawings: dict[str, dict[str, Drawing]]
    contents: Mapping[str, Content]

    @property
    def public(self) -> Content:
        """The snapshot that the public papers tell."""
        return self.contents["public"]

    @property
    def told(self) -> dict[str, Paper]:
        """The public papers by their language."""
        return {language: paper for (audience, language), paper in self.papers.items() if audience == "public"}

    @property
    def internal(self) -> Content:
        """What the board's own papers tell."""
        return self.contents["internal"]


def snapshot(facts: Facts, *, audience: str, is_draft: bool) -> Content:
    """What may be told to this audience, in both languages, by its allow-list. NotAllowed where a pair of a final one is not checked."""
    is_public = audience == "public"
    told = source(facts, keeps_back=is_public)
    if not is_public:  # the board reads how much the public version keeps back
        told["withheld"] = source(facts, keeps_back=True)["withheld"]
    return allowed("quarter", told, table=PUBLIC if is_public else INTERNAL, is_draft=is_draft, only=facts.only)


def papers(facts: Facts, *, is_draft: bool, version: str, audiences: tuple[str, ...] = AUDIENCES) -> Pack:
    """The papers without their drawings: cheap, and all that is needed to see whether anything has changed."""
    contents = {audience: snapshot(facts, audience=audience, is_draft=is_draft) for audience in audiences}
    options: dict[str, Any] = {"is_draft": is_draft, "version": version, "marking": facts.partnership.marking}
    told = {
        (audience, language): paper(content, language=language, audience=audience, **options)
        for audience, content in contents.items()
        for language in languages(facts.only)
    }
    return Pack(told, {}, contents)


def build(facts: Facts, *, is_draft: bool, version: str = "1") -> Pack:
    """The papers and, once a language, their charts."""
    made = papers(facts, is_draft=is_draft, version=version)
    return Pack(made.papers, {language: dict(_drawn(facts, language)) for language in languages(facts.only)}, made.contents)


def _drawn(facts: Facts, language: str) -> Iterator[tuple[str, Drawing]]:
    """The charts that each card keeps; drawn now only for a card that keeps none."""
    for card in facts.cards:
        key = drawing_key(card)
        yield key, _kept(card, "control", language) or draw(months_chart(card.finding, language), language)
        if card.places:
            yield f"{key}-places", _kept(card, "places", language) or draw(places_chart(card.places, language), language)


def _kept(card: Card, name: str, language: str) -> Drawing | None:
    held = card.drawings.get(name, {}).get(language)
    return drawing_of(held["wide"], held["narrow"]) if held else None


def files(pack: Pack, *, audiences: tuple[str, ...] = AUDIENCES) -> dict[str, bytes]:
    """Every file of the pack, or of one of its versions, by its path below the folder."""
    made: dict[str, bytes] = {}
    for (audience, language), told in pack.papers.items():
        if audience in audiences:
            made |= rendered(told, pack.drawings[language], stem=f"{audience}/quarterly")
    return made
