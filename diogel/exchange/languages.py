"""Tells Welsh from English by the small words that only one of them has."""

from __future__ import annotations

import re

from diogel.analysis.reading.tables import Reading

_WELSH = frozenset(re.findall(r"\w+", "y yr yn ac i ar gan gyda ei eu wrth drwy bydd mae cael gwaith cyngor heddlu rhif cam sydd fydd ein"))
_ENGLISH = frozenset(re.findall(r"\w+", "the of and to for with by will is are that our their council police action which be from this"))


def language_of(reading: Reading) -> str:
    """cy or en: of which language more small words stand in the file; where it says neither, English."""
    words = [word for table in reading.tables for line in table.lines for cell in line.cells if cell.is_own for word in _words(cell.text)]
    words += [word for each in reading.words for word in _words(each.text)]
    return "cy" if sum(word in _WELSH for word in words) > sum(word in _ENGLISH for word in words) else "en"


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
