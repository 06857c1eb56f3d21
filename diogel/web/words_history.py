"""What the log knows of one pair: how it read when it was last checked, and what its last change was."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from diogel.audit.models import Entry
from diogel.people.writing import MOST_LOOKED_THROUGH, columns_of, subject_of
from diogel.words.pairs import Pair, PairState


@dataclass(frozen=True)
class Piece:
    """A run of words: `is_old` stood there and does not, `is_new` stands there and did not."""

    text: str
    is_old: bool = False
    is_new: bool = False


@dataclass(frozen=True)
class Half:
    """One half that reads otherwise than when it was checked."""

    language: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class History:
    """`checked` is how the pair read when it was last checked, None where the log tells of no check; `checked_at` when that was,
    where the log knows; `last` the newest entry that changed the pair."""

    checked: Pair | None
    checked_at: datetime | None
    last: Entry | None
    now: Pair
    name: str

    @property
    def can_be_undone(self) -> bool:
        """Whether the log's last change is the one that now stands."""
        if self.last is None or self.last.subject.startswith("people.body:"):
            return False
        told = {part: _step(self.last, self.name, part) for part in ("cy", "en", "state")}
        return all(after == getattr(self.now, part) for part, (before, after) in told.items() if before is not None)

    @property
    def halves(self) -> tuple[Half, ...]:
        if self.checked is None:
            return ()
        both = (("cy", self.checked.cy, self.now.cy), ("en", self.checked.en, self.now.en))
        return tuple(Half(language, tuple(pieces(old, new))) for language, old, new in both if old != new)


def history(row: Any, name: str) -> History:
    """From the newest entry back: what each changed is undone until the words stand there that somebody vouched for."""
    now = row.pair(name)
    entries = list(Entry.objects.filter(subject=subject_of(row))[:MOST_LOOKED_THROUGH])
    touched = [each for each in entries if set(columns_of(name)) & set(each.detail)]
    cy, en = now.cy, now.en
    for at, entry in enumerate(touched):
        if _step(entry, name, "state")[1] == PairState.CHECKED:
            return History(Pair(cy, en, PairState.CHECKED), entry.at, touched[0], now, name)
        cy, en = _before(entry, name, "cy", cy), _before(entry, name, "en", en)
        if _step(entry, name, "state")[0] == PairState.CHECKED:
            return History(Pair(cy, en, PairState.CHECKED), _checked_at(touched[at + 1 :], name, entries), touched[0], now, name)
    return History(None, None, touched[0] if touched else None, now, name)


def _step(entry: Entry, name: str, part: str) -> tuple[Any, Any]:
    """(before, after) of one column, as the entry tells it; nothing where it does not."""
    told = entry.detail.get(f"{name}_{part}")
    return (told[0], told[1]) if isinstance(told, list) and len(told) == 2 else (None, None)


def _before(entry: Entry, name: str, half: str, after: str) -> str:
    """A half as it read before the entry; as after it where the entry did not touch it."""
    before = _step(entry, name, half)[0]
    return after if before is None else before


def _checked_at(earlier: list[Entry], name: str, entries: list[Entry]) -> datetime | None:
    """When the check was made: its own entry, else that of the row, which was then made with checked words."""
    vouched = next((each for each in earlier if _step(each, name, "state")[1] == PairState.CHECKED), None)
    made = next((each for each in entries if each.deed == "created"), None)
    found = vouched or made
    return found.at if found else None


def pieces(old: str, new: str) -> Iterator[Piece]:
    """The words of both, in runs that stayed, went or came."""
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    for how, first, last, begin, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            yield Piece("".join(before[first:last]))
            continue
        if last > first:
            yield Piece("".join(before[first:last]), is_old=True)
        if end > begin:
            yield Piece("".join(after[begin:end]), is_new=True)
