"""The glossary as a translator needs it: the terms that occur in a sentence, each with its word in the other language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_BESIDE = Path(__file__).parent / "glossary.md"
_IN_THE_DOCS = Path(__file__).parents[2] / "docs" / "glossary.md"
_ASIDE = re.compile(r"\s*\([^()]*\)")
_MARKS = re.compile(r"[*`]")
MOST = 12
"""Terms that are named for one sentence, the longest first."""

# A Welsh word may begin otherwise in a sentence than in a glossary: what its first letters may have become, the longest first.
_MUTATED = {
    "ll": ("l",),
    "rh": ("r",),
    "c": ("g", "ngh", "ch"),
    "p": ("b", "mh", "ph"),
    "t": ("d", "nh", "th"),
    "g": ("", "ng"),
    "b": ("f", "m"),
    "d": ("dd", "n"),
    "m": ("f",),
}


@dataclass(frozen=True)
class Term:
    """One term in both languages, as the glossary writes it: `cam gweithredu (g)`, with its gender and plural."""

    cy: str
    en: str

    def said(self, language: str) -> str:
        return self.cy if language == "cy" else self.en


def terms() -> tuple[Term, ...]:
    """Every term of the glossary, in its order."""
    return _read(_BESIDE if _BESIDE.exists() else _IN_THE_DOCS)


def occurring(text: str, language: str) -> tuple[Term, ...]:
    """The terms that stand in a text of `language`, the longest first; one that stands only within a longer one is left out."""
    left, found = text.casefold(), list[Term]()
    for term, pattern in _patterns(language):
        if pattern.search(left):
            found.append(term)
            left = pattern.sub(" ¦ ", left)
    return tuple(found[:MOST])


@cache
def _read(path: Path) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(_rows(path.read_text(encoding="utf-8"))))


def _rows(text: str) -> Iterator[Term]:
    """The rows of every table that has a column of English and one of Cymraeg; a table may have the two twice, side by side."""
    places: list[int] = []
    for line in text.splitlines():
        if not line.startswith("|"):
            places = []
            continue
        cells = [_MARKS.sub("", cell).strip() for cell in line.strip().strip("|").split("|")]
        if "English" in cells:
            places = [at for at, cell in enumerate(cells) if cell == "English"]
        for at in places if cells[0] != "English" else ():
            yield from _terms(cells[at + 1], cells[at]) if at + 1 < len(cells) else ()


def _terms(cy: str, en: str) -> Iterator[Term]:
    """One row may hold several terms, parted by semicolons in both languages alike."""
    halves = [[part.strip() for part in half.split(";")] for half in (cy, en)]
    if len(halves[0]) != len(halves[1]):
        halves = [[cy], [en]]
    yield from (Term(*pair) for pair in zip(*halves, strict=True) if all(pair) and set(cy) - set("-: "))


@cache
def _patterns(language: str) -> tuple[tuple[Term, re.Pattern[str]], ...]:
    """Each term with what finds it, the longest first, so that a long one is not taken for the short one within it."""
    found = [(term, form) for term in terms() for form in _forms(term.said(language))]
    longest = sorted(found, key=lambda each: -len(each[1]))
    return tuple((term, re.compile(rf"(?<!\w)(?:{_beginnings(form, language)})(?!\w)")) for term, form in longest if len(form) > 2)


def _forms(cell: str) -> list[str]:
    """`indicator`, `dangosydd (g), dangosyddion`: the word, and the plural where it stands beside it."""
    return [form for part in _ASIDE.sub("", cell).split(",") if (form := part.strip().casefold())]


def _beginnings(form: str, language: str) -> str:
    if language == "en":
        return f"{re.escape(form)}(?:e?s)?"
    first = next((letters for letters in _MUTATED if form.startswith(letters)), "")
    rest = re.escape(form.removeprefix(first))
    return "|".join(f"{re.escape(letters)}{rest}" for letters in ((first, *_MUTATED[first]) if first else ("",)))
