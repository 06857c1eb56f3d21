"""What a finished file holds, whatever its format: texts with their place, tables as grids, and things that should not be there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# What a piece of text is, for those rules that ask: a small number matters in a cell and in a sentence, a name everywhere.
TEXT, HEADING, CELL, CHART, ATTRIBUTE, METADATA, HIDDEN = "text", "heading", "cell", "chart", "attribute", "metadata", "hidden"


@dataclass(frozen=True)
class Piece:
    """One unbroken text. `section` holds the headings and the figure title under which it stands."""

    where: str
    text: str
    kind: str = TEXT
    section: str = ""


@dataclass(frozen=True)
class Grid:
    """One table: its rows of cells, the first of them the head; caption and section as a reader meets them."""

    where: str
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    section: str = ""


@dataclass(frozen=True)
class Flag:
    """Something that has no place in a published file, whatever it says: a comment, a tracked change, an author, a hidden part."""

    where: str
    kind: str
    text: str = ""


@dataclass(frozen=True)
class Reading:
    """All of one file. `language` is what the file itself says it is in, as two letters, or empty."""

    file: str
    pieces: tuple[Piece, ...]
    grids: tuple[Grid, ...]
    flags: tuple[Flag, ...]
    language: str = ""


@dataclass
class Notes:
    """What a reader writes down while it goes through a file."""

    pieces: list[Piece] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)

    def text(self, where: str, text: str, kind: str = TEXT, extra: str = "") -> None:
        """Keep a text that says anything, under the headings that stand now."""
        said = tidy(text)
        if said:
            self.pieces.append(Piece(where, said, kind, "" if kind == METADATA else self.section(extra)))

    def apart(self, where: str, text: str) -> None:
        """Keep a text that is read by itself, under no heading: what a file says of itself."""
        said = tidy(text)
        if said:
            self.pieces.append(Piece(where, said))

    def heading(self, level: int, where: str, text: str) -> None:
        """A heading opens its section and closes those below it. The paper's title (level 1) is no section."""
        for deeper in [at for at in self.headings if at >= level]:
            del self.headings[deeper]
        self.text(where, text, HEADING)
        if level > 1:
            self.headings[level] = tidy(text)

    def section(self, extra: str = "") -> str:
        return " / ".join([*(self.headings[level] for level in sorted(self.headings)), *([extra] if extra else [])])

    def grid(self, where: str, rows: list[list[str]], caption: str, extra: str = "") -> None:
        """Keep a table, and each of its cells and rows as texts: a name may stand in two cells beside one another."""
        tidied = tuple(tuple(tidy(cell) for cell in row) for row in rows if row)
        if not tidied:
            return
        section = self.section(extra)
        self.grids.append(Grid(where, tidied, tidy(caption), section))
        for r, row in enumerate(tidied, start=1):
            for c, cell in enumerate(row, start=1):
                if cell:
                    self.pieces.append(Piece(f"{where} row {r} column {c}", cell, CELL, section))

    def flag(self, where: str, kind: str, text: str = "") -> None:
        self.flags.append(Flag(where, kind, tidy(text)))

    def reading(self, file: str, language: str = "") -> Reading:
        return Reading(file, tuple(self.pieces), tuple(self.grids), tuple(self.flags), language[:2].lower())


def tidy(text: str | None) -> str:
    """One space where there was any white space, none at the ends; characters that take no room are kept, the matching knows them."""
    return re.sub(r"\s+", " ", text or "").strip()
