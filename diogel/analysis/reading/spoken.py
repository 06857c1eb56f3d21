"""Tells Welsh from English by the small words that only one of them has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .tables import Reading, Table

_WELSH = frozenset(re.findall(r"\w+", "y yr yn ac i ar gan gyda ei eu wrth drwy bydd mae cael gwaith cyngor heddlu rhif cam sydd fydd ein"))
_ENGLISH = frozenset(re.findall(r"\w+", "the of and to for with by will is are that our their council police action which be from this"))
_CLEARLY = 3
"""As many times more small words of one language than of the other leave no doubt."""


def language_of(reading: Reading) -> str:
    """cy or en: of which language more small words stand in the file; where it says neither, English."""
    welsh, english = _counted([*(text for table in reading.tables for text in _texts(table, 0)), *(each.text for each in reading.words)])
    return "cy" if welsh > english else "en"


def spoken(texts: Iterable[str]) -> str:
    """cy or en where some cells are clearly in one of them, else nothing."""
    welsh, english = _counted(texts)
    if max(welsh, english) < 2 or min(welsh, english) * _CLEARLY > max(welsh, english):
        return ""
    return "cy" if welsh > english else "en"


def spoken_in(table: Table, head: int) -> str:
    """cy or en where a table is clearly in one of them below its heads, else nothing."""
    return spoken(_texts(table, head))


def _texts(table: Table, head: int) -> list[str]:
    return [cell.text for line in table.lines if line.number >= head for cell in line.cells if cell.is_own]


def _counted(texts: Iterable[str]) -> tuple[int, int]:
    words = [word for text in texts for word in re.findall(r"[^\W\d_]+", text.casefold())]
    return sum(word in _WELSH for word in words), sum(word in _ENGLISH for word in words)
