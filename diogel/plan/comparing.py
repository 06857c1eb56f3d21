"""Two texts compared sentence by sentence, and within a changed sentence word by word. Knows nothing of plans or pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, GONE, CHANGED = "same", "added", "gone", "changed"

ALIKE = 0.5
"""How much of two sentences must agree before one counts as the other changed; below it one is gone and one is new."""

END = re.compile(r"(?<=[.!?…])[”’\")]*\s+(?=[\"“‘(]?[^\W\d_a-z]|\d)|\n+")
"""The end of a sentence: a stop, then a great letter or a number; or the end of a line."""


@dataclass(frozen=True)
class Piece:
    """A run of words: `same`, `added` or `gone`."""

    how: str
    text: str


@dataclass(frozen=True)
class Line:
    """One sentence: `same`, `added`, `gone` or `changed`; only a changed one has pieces of more than one kind."""

    how: str
    pieces: tuple[Piece, ...]


def sentences(text: str) -> list[str]:
    """The sentences of a text in order, without the space between them."""
    return [each.strip() for each in END.split(text) if each.strip()]


def compared(old: str, new: str) -> list[Line]:
    """Every sentence of both texts in the order in which one reads them; those that are the same too."""
    before, after = sentences(old), sentences(new)
    lines: list[Line] = []
    for how, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            lines += [Line(SAME, (Piece(SAME, each),)) for each in before[a:b]]
        else:
            lines += _replaced(before[a:b], after[c:d])
    return lines


def _replaced(before: list[str], after: list[str]) -> Iterator[Line]:
    """Sentences that stand where others stood: each new one beside the old one that it is most like, if it is like any."""
    waiting = list(before)
    for new in after:
        best = max(waiting, key=lambda old: _likeness(old, new), default=None)
        if best is None or _likeness(best, new) < ALIKE:
            yield Line(ADDED, (Piece(ADDED, new),))
            continue
        at = waiting.index(best)
        yield from (Line(GONE, (Piece(GONE, each),)) for each in waiting[:at])
        waiting = waiting[at + 1 :]
        yield Line(CHANGED, tuple(_words(best, new)))
    yield from (Line(GONE, (Piece(GONE, each),)) for each in waiting)


def is_alike(old: str, new: str) -> bool:
    """Whether two sentences are one, changed: as many of their words agree as it takes for that."""
    matcher = SequenceMatcher(None, old.split(), new.split(), autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _likeness(old: str, new: str) -> float:
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio()


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = old.split(), new.split()
    for how, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            yield Piece(SAME, " ".join(before[a:b]))
            continue
        if a < b:
            yield Piece(GONE, " ".join(before[a:b]))
        if c < d:
            yield Piece(ADDED, " ".join(after[c:d]))
