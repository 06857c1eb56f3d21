"""What a paper is made of: a few frozen blocks in one language, which each renderer draws and a snapshot stores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

LANGUAGES = ("cy", "en")
AUDIENCES = ("internal", "public")
VOICES = ("told", "work", "note")
NOTICES = ("draft", "example", "caution", "withheld")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]+")
STATES = ("", "zero", "missing", "withheld", "late", "provisional", "corrected")


@dataclass(frozen=True)
class Pair:
    """The same name in both languages; both are always shown."""

    cy: str
    en: str


@dataclass(frozen=True)
class Mark:
    """A shape and the word that says the same: a status, a direction, a carry-over (`times` arcs)."""

    shape: str
    word: str
    times: int = 0


@dataclass(frozen=True)
class Heading:
    """A heading below the title: level 2 opens a section, 3 and 4 stand inside one."""

    level: int
    text: str

    def __post_init__(self) -> None:
        _one_of("heading level", self.level, (2, 3, 4))


@dataclass(frozen=True)
class Paragraph:
    """Running text. Voice: `told` (what has been or will be told, serif), `work` (sans) or `note` (small, grey).

    `language` is set only where the text is in the other language than the paper.
    """

    text: str
    voice: str = "told"
    language: str = ""

    def __post_init__(self) -> None:
        _one_of("voice", self.voice, VOICES)
        _one_of("language", self.language, ("", *LANGUAGES))


@dataclass(frozen=True)
class Notice:
    """Something a reader must know before the figures. A `draft` or `example` notice of the paper itself stands on every page.

    `language` is set only where the text is in the other language than the paper.
    """

    kind: str
    text: str
    language: str = ""

    def __post_init__(self) -> None:
        _one_of("notice", self.kind, NOTICES)
        _one_of("language", self.language, ("", *LANGUAGES))


@dataclass(frozen=True)
class Ask:
    """One row of what is asked of the reader: its number, a sentence, what is wanted ("for decision") and perhaps a mark."""

    number: str
    sentence: str
    wanted: str
    mark: Mark | None = None


@dataclass(frozen=True)
class Agenda:
    """What is asked of the reader, in order."""

    asks: tuple[Ask, ...]


@dataclass(frozen=True)
class Cell:
    """One cell. `state` says why it is not simply a figure; `mark` names a shape that stands before the text; `times` counts its arcs."""

    text: str
    state: str = ""
    mark: str = ""
    numeric: bool = False
    href: str = ""
    times: int = 0

    def __post_init__(self) -> None:
        _one_of("cell state", self.state, STATES)
        if not self.text.strip() and self.state:
            raise ValueError(f"A cell that is {self.state} must say so in a word")


@dataclass(frozen=True)
class Column:
    """A column's title; `align` is `start`, or `end` for numbers. `share` is its part of the width, 0 for what it needs."""

    title: str
    align: str = "start"
    share: int = 0

    def __post_init__(self) -> None:
        _one_of("alignment", self.align, ("start", "end"))


@dataclass(frozen=True)
class Table:
    """A table whose first cell in each row names the row. Its caption says what it holds, its note how to read it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        for at, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"Row {at} of {self.caption!r} has {len(row)} cells, the table has {len(self.columns)} columns")

    def has(self, state: str) -> bool:
        return any(cell.state == state for row in self.rows for cell in row)


@dataclass(frozen=True)
class Figure:
    """A sentence, a picture and a table made from the same rows.

    `drawing` is the key under which the drawings of this paper's language lie; `description` tells a reader who does not
    see the picture what it shows.
    """

    title: str
    description: str
    drawing: str
    subtitle: str = ""
    source: str = ""
    table: Table | None = None

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.description.strip():
            raise ValueError(f"Figure {self.drawing!r} needs a title and a description in words")


@dataclass(frozen=True)
class Definition:
    """A term and what is said of it; perhaps with a mark before it."""

    term: str
    text: str
    mark: str = ""


@dataclass(frozen=True)
class Definitions:
    """Labels with their values: the short facts of a card."""

    items: tuple[Definition, ...]


@dataclass(frozen=True)
class Bullets:
    """A list without order."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """A sentence that was told elsewhere, with where; `language` is set where it is not the paper's."""

    text: str
    source: str = ""
    language: str = ""


@dataclass(frozen=True)
class Picture:
    """What lies under a figure's drawing key on a page: two SVG texts, about 800 and 300 pixels wide."""

    wide: str
    narrow: str


Block = Heading | Paragraph | Notice | Agenda | Table | Figure | Definitions | Bullets | Quote


@dataclass(frozen=True)
class Paper:
    """One paper in one language, complete: whoever renders it adds nothing and chooses nothing.

    `version` and `data_on` (the day up to which figures were counted) identify it; `foot` is the line at the foot of each page.
    Line breaks and control characters, which come along when text is pasted, become spaces: no format shows them alike.
    """

    language: str
    title: str
    kicker: str
    partnership: Pair
    place: Pair
    marking: str
    audience: str
    version: str
    data_on: date
    notices: tuple[Notice, ...] = ()
    blocks: tuple[Block, ...] = ()
    foot: str = ""

    def __post_init__(self) -> None:
        _one_of("language", self.language, LANGUAGES)
        _one_of("audience", self.audience, AUDIENCES)
        if not self.title.strip():
            raise ValueError("A paper needs a title")
        self._check_headings()
        for field in fields(self):
            object.__setattr__(self, field.name, _cleaned(getattr(self, field.name)))

    def _check_headings(self) -> None:
        """A reader by ear walks from heading to heading: no level may be skipped. The title is level 1."""
        before = 1
        for block in self.blocks:
            if isinstance(block, Heading):
                if block.level > before + 1:
                    raise ValueError(f"The heading {block.text!r} skips a level: after {before} comes {before + 1}, not {block.level}")
                before = block.level

    @property
    def is_draft(self) -> bool:
        return any(notice.kind == "draft" for notice in self.notices)

    def figures(self) -> Iterator[Figure]:
        return (block for block in self.blocks if isinstance(block, Figure))

    def to_json(self) -> dict[str, Any]:
        """Plain dicts, lists and strings; `Paper.from_json` reads them back to an equal paper."""
        return _plain(self)

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> Paper:
        """Read what `to_json` wrote. ValueError names a block or field that is not known."""
        return _built(dict(held) | {"is": "Paper", "data_on": date.fromisoformat(held["data_on"])})


def paragraphs(text: str, voice: str = "told") -> tuple[Paragraph, ...]:
    """Text as it was typed, one paragraph a line; empty lines are left out."""
    return tuple(Paragraph(line.strip(), voice) for line in text.splitlines() if line.strip())


_KNOWN = {
    kind.__name__: kind
    for kind in (
        Paper,
        Pair,
        Mark,
        Heading,
        Paragraph,
        Notice,
        Ask,
        Agenda,
        Cell,
        Column,
        Table,
        Figure,
        Definition,
        Definitions,
        Bullets,
        Quote,
    )
}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _CONTROL.sub(" ", value)
    if isinstance(value, tuple):
        return tuple(_cleaned(item) for item in value)
    if type(value).__name__ in _KNOWN:
        return replace(value, **{field.name: _cleaned(getattr(value, field.name)) for field in fields(value)})
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if type(value).__name__ in _KNOWN:
        said = {field.name: getattr(value, field.name) for field in fields(value) if getattr(value, field.name) != field.default}
        return {"is": type(value).__name__} | {name: _plain(part) for name, part in said.items()}
    return value


def _built(held: Any) -> Any:
    if isinstance(held, list):
        return tuple(_built(item) for item in held)
    if not isinstance(held, dict):
        return held
    name = held.get("is")
    if name not in _KNOWN:
        raise ValueError(f"A paper holds no {name!r}")
    try:
        return _KNOWN[name](**{field: _built(part) for field, part in held.items() if field != "is"})
    except TypeError as wrong:
        raise ValueError(f"{name} cannot be read: {wrong}") from wrong


def _one_of(what: str, given: object, allowed: tuple[object, ...]) -> None:
    if given not in allowed:
        raise ValueError(f"{given!r} is no {what}; it is one of {', '.join(repr(one) for one in allowed)}")
