"""What every translator's file has in common: what is read out of one that came back, and why one is not read at all."""

from __future__ import annotations

from dataclasses import dataclass

FORMAT = "diogel-words-1"
MOST_BYTES = 10 * 1024 * 1024
MOST_UNITS = 3000
"""Sentences of one file: ten plans have fewer that wait at once."""


class BadFile(ValueError):
    """Why a file was not read, in one sentence in the language of the page."""


@dataclass(frozen=True)
class Came:
    """One sentence as it came back: its mark, from which language, both halves, and the line or row of the file. `has_marks` where
    something else than words stood in it, `is_formula` where a spreadsheet would reckon it."""

    mark: str
    language: str
    source: str
    target: str
    at: str
    has_marks: bool = False
    is_formula: bool = False


@dataclass(frozen=True)
class Returned:
    """A file that came back: for which partnership it was given out, and its sentences."""

    slug: str
    came: tuple[Came, ...]
