"""What the scan of finished files looked for, in which files, what it found, what was released and why, and how much was withheld."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from diogel.published.blocks import Block, Bullets, Cell, Column, Definition, Definitions, Heading, Notice, Pair, Paper, Paragraph, Table

from . import html
from .certificate_words import KIND_NAMES, SAID, moment_in, place_in
from .scan import KINDS, OF_TWINS, Known, Leak, Release, released, scan
from .scan_names import People


@dataclass(frozen=True)
class Sealed:
    """One finished file by name, with its length in bytes and its SHA-256: any change to it shows."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Held:
    """How many figures were withheld for one reason. Never which."""

    reason: Pair
    count: int


@dataclass(frozen=True)
class Alone:
    """That the document is in one language, and why, in both."""

    language: str
    reason: Pair


@dataclass(frozen=True)
class Certificate:
    """The outcome of one scan. `found` is empty where publication may go on; `freed` are finds an officer answered for.

    The head and length of the audit chain stand here too, outside the table they vouch for.
    """

    title: Pair
    partnership: Pair
    place: Pair
    version: str
    made_at: datetime
    files: tuple[Sealed, ...]
    people: int
    subjects: int
    found: tuple[Leak, ...]
    freed: tuple[tuple[Leak, Release], ...]
    withheld: tuple[Held, ...]
    chain_head: str
    chain_length: int
    one_language: Alone | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """What was looked for: a document in one language has no twin that could be missing or differ."""
        return tuple(kind for kind in KINDS if self.one_language is None or kind not in OF_TWINS)

    @property
    def is_clean(self) -> bool:
        return not self.found

    def to_json(self) -> dict[str, Any]:
        """Plain data for `certificate.json`. It repeats no find and no key of one."""
        alone = self.one_language
        one = {"one_language": {"language": alone.language, "reason": {"cy": alone.reason.cy, "en": alone.reason.en}}} if alone else {}
        return one | {
            "format": "diogel-certificate/1",
            "title": {"cy": self.title.cy, "en": self.title.en},
            "partnership": {"cy": f"{self.partnership.cy}, {self.place.cy}", "en": f"{self.partnership.en}, {self.place.en}"},
            "version": self.version,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "files": [{"name": file.name, "bytes": file.size, "sha256": file.sha256} for file in self.files],
            "looked_for": {"kinds": list(self.kinds), "people_on_file": self.people, "sensitive_subjects": self.subjects},
            "is_clean": self.is_clean,
            "found": [{"file": leak.file, "where": leak.where, "kind": leak.kind} for leak in self.found],
            "released": [_freed(leak, release) for leak, release in self.freed],
            "withheld": [{"count": held.count, "reason": {"cy": held.reason.cy, "en": held.reason.en}} for held in self.withheld],
            "audit": {"head": self.chain_head, "length": self.chain_length},
        }

    def paper(self, language: str) -> Paper:
        """The certificate as a paper in one language."""
        return _paper(self, language)

    def written(self) -> dict[str, bytes]:
        """The three files that lie beside what was published: `certificate.json`, `certificate.cy.html`, `certificate.en.html`."""
        told = json.dumps(self.to_json(), ensure_ascii=False, indent=2) + "\n"
        pages = {f"certificate.{language}.html": html.page(self.paper(language), {}).encode() for language in ("cy", "en")}
        return {"certificate.json": told.encode()} | pages


def certify(
    files: Mapping[str, bytes],
    known: Known,
    releases: Iterable[Release] = (),
    *,
    title: Pair,
    partnership: Pair,
    place: Pair,
    version: str,
    withheld: Iterable[Held] = (),
    chain_head: str,
    chain_length: int,
    made_at: datetime,
    one_language: Alone | None = None,
) -> Certificate:
    """Scan the finished files and say so. ValueError where a release itself names a person: the certificate is public."""
    answers = tuple(releases)
    people = People(known.people, known.public_contacts)
    for release in answers:
        if any(people.found(text) for text in (release.by.cy, release.by.en, release.reason.cy, release.reason.en)):
            raise ValueError("A release names a person, and the certificate is public. Say which role decided, and why.")
    found, freed = released(scan(files, known), answers)
    sealed = tuple(Sealed(name, len(files[name]), hashlib.sha256(files[name]).hexdigest()) for name in sorted(files))
    return Certificate(
        title=title,
        partnership=partnership,
        place=place,
        version=version,
        made_at=made_at,
        files=sealed,
        people=len(known.people),
        subjects=len(known.sensitive),
        found=found,
        freed=freed,
        withheld=tuple(withheld),
        chain_head=chain_head,
        chain_length=chain_length,
        one_language=one_language,
    )


def _freed(leak: Leak, release: Release) -> dict[str, Any]:
    by, reason = ({"cy": pair.cy, "en": pair.en} for pair in (release.by, release.reason))
    return {"file": leak.file, "where": leak.where, "kind": leak.kind, "by": by, "reason": reason}


def _paper(made: Certificate, language: str) -> Paper:
    def said(name: str, **values: object) -> str:
        return SAID[name][language].format(**values)

    def of(pair: Pair) -> str:
        return pair.cy if language == "cy" else pair.en

    facts = Definitions(
        (
            Definition(said("version"), made.version),
            Definition(said("made"), moment_in(language, made.made_at)),
            Definition(said("audit"), said("chain", length=f"{made.chain_length:,}", head=_grouped(made.chain_head))),
        )
    )
    blocks: tuple[Block, ...] = (
        *_alone(made, language),
        Paragraph(said("about")),
        facts,
        Heading(2, said("looked for")),
        Paragraph(said("compared", people=made.people, subjects=made.subjects), voice="work"),
        Bullets(tuple(KIND_NAMES[kind][language] for kind in made.kinds)),
        Heading(2, said("found")),
        *_finds(made, language),
        *_releases(made, language),
        Heading(2, said("withheld")),
        *_held(made, language),
        Heading(2, said("files")),
        _seals(made, language),
    )
    return Paper(
        language=language,
        title=said("clean" if made.is_clean else "stopped"),
        kicker=of(made.title),
        partnership=made.partnership,
        place=made.place,
        marking=said("marking"),
        audience="public",
        version=made.version,
        data_on=made.made_at.date(),
        blocks=blocks,
        foot=said("foot"),
    )


def _alone(made: Certificate, language: str) -> tuple[Notice, ...]:
    if made.one_language is None:
        return ()
    reason = getattr(made.one_language.reason, language)
    return (Notice("caution", SAID[f"{made.one_language.language} only"][language].format(reason=reason)),)


def _finds(made: Certificate, language: str) -> tuple[Block, ...]:
    if made.is_clean:
        return (Paragraph(SAID["nothing"][language], voice="work"),)
    rows = tuple((leak.file, place_in(language, leak.where), KIND_NAMES[leak.kind][language]) for leak in made.found)
    return (_table("each find", ("file", "where", "kind"), rows, language),)


def _releases(made: Certificate, language: str) -> tuple[Block, ...]:
    if not made.freed:
        return ()
    rows = tuple(
        (
            leak.file,
            place_in(language, leak.where),
            KIND_NAMES[leak.kind][language],
            getattr(release.by, language),
            getattr(release.reason, language),
        )
        for leak, release in made.freed
    )
    return (Heading(2, SAID["released"][language]), _table("each release", ("file", "where", "kind", "by", "reason"), rows, language))


def _held(made: Certificate, language: str) -> tuple[Block, ...]:
    if not made.withheld:
        return (Paragraph(SAID["none withheld"][language], voice="work"),)
    rows = tuple((getattr(held.reason, language), str(held.count)) for held in made.withheld)
    return (_table("each reason", ("reason", "count"), rows, language),)


def _seals(made: Certificate, language: str) -> Table:
    rows = tuple((file.name, f"{file.size:,}", _grouped(file.sha256)) for file in made.files)
    return _table("each file", ("file", "bytes", "seal"), rows, language)


def _grouped(seal: str) -> str:
    """In groups of eight, so that it can be read out and fits a narrow page."""
    return " ".join(re.findall(".{1,8}", seal))


def _table(caption: str, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...], language: str) -> Table:
    columns = tuple(Column(SAID[head][language], "end" if head in ("count", "bytes") else "start") for head in heads)
    return Table(SAID[caption][language], columns, tuple(tuple(Cell(text) for text in row) for row in rows))
