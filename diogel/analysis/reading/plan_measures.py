"""Measures as plans write them: a list below its priority, headed “Measuring progress” or the like, and what its words say of them."""

from __future__ import annotations

import re

from .plan_phrases import BULLET
from .plan_values import plain
from .tables import Cell, Line, Table, Words

_WE = r"(?:we(?:'ll| will| shall)?|will we|shall we|the (?:csp|partnership)(?: will)?)"
_NI = r"(?:y )?(?:byddwn|fyddwn|bydd y bartneriaeth|mesurwn)(?: ni)?(?:'n| yn)?(?: ni'n)?"
_HEAD = re.compile(
    rf"(?:(?:how|what) {_WE} (?:measure|monitor|know)|measuring|how (?:progress|success) will be measured|"
    r"(?:(?:key|success|performance|progress|our) )*(?:measures|indicators)|"
    rf"sut {_NI} (?:mesur|fesur|monitro|gwybod)|sut (?:caiff|y caiff) \w+ ei fesur|mesur|"
    r"(?:ein )?(?:prif )?(?:fesurau|mesurau|dangosyddion|ddangosyddion))"
    r"(?: (?:and|of|our|the|this|it|progress|success|impact|performance|we have succeeded|measures|indicators|"
    r"a|ein|y|hyn|cynnydd|llwyddiant|llwyddo|effaith|perfformiad|mesurau|dangosyddion))*"
    r"(?: (?:for|under|ar gyfer|o dan) (?:priority|blaenoriaeth) \w+)?"
)
_NOTE = re.compile(r"[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]")
_LONGEST_HEADING = 5
"""Words of a line with a colon that is no sentence above a list, but the heading of what follows it."""

_BEFORE = re.compile(
    r"(?:(?:we|the (?:csp|partnership)) (?:will|want|aim)(?: also)?|byddwn(?: ni'n| yn)?(?: hefyd(?: yn)?)?|there (?:is|will be|has been)|"
    r"to(?: see| have)?|i|gweld|an?|the|yr?) "
)
_OF = r"(?:in|of|yn|o ran|o)"
_COUNTED = (
    r"(?:the |y |yr )?(?:number|level|rate|share|percentage|nifer|niferoedd|lefel|lefelau|cyfradd|gyfradd|canran|ganran|cyfran|gyfran)s?"
)
_OTHER = r"(?:the |y |yr )?(?:awareness|confidence|trust|defnydd|hyder|ymwybyddiaeth|ymddiriedaeth)"
_STATED: dict[str, str] = {
    "increase": rf"increas(?:e|es|ed|ing)|(?:rise|growth) in|more(?! than)|rais(?:e|ed|ing) (?:{_COUNTED}|{_OTHER})|c?g?ynyddu|"
    rf"g?c?ynnydd {_OF} (?:{_COUNTED}|{_OTHER})|mwy o|g?c?odi (?:{_COUNTED}|{_OTHER})",
    "decrease": r"decreas(?:e|es|ed|ing)|reduc(?:e|es|ed|ing|tion|tions)|fewer|(?:fall|drop|decline) in|l?leihau|l?leihad|"
    r"g?ostyngiad|g?ostwng|llai o",
    "maintain": rf"maintain(?:ed|ing|s)?|sustain(?:ed|ing)?|g?c?ynnal {_COUNTED}|cadw {_COUNTED}",
    "set_baseline": r"(?:set|settle|establish|determine|agree) (?:a |the )?baseline|"
    r"(?:b?pennu|g?osod|sefydlu|penderfynu ar|cytuno ar) (?:llinell sylfaen|linell sylfaen|gwaelodlin)",
    "monitor": r"monitor(?:ed|ing|s)?|m?f?onitro|cadw golwg ar",
}
_AND = r" (?:and|or|&|a|ac|neu|and/or) "
_DIRECTIONS = {name: re.compile(rf"(?:{words})\b") for name, words in _STATED.items()}
_SECOND = re.compile(rf"[\w']+{_AND}(?:an? )?")
_UNITS = {
    "percent": re.compile(r"\b(?:percentage|per cent|canran|ganran|y cant)\b|%"),
    "count": re.compile(r"\b(?:numbers? of|nifer|niferoedd)\b"),
}
_ANSWERS = {
    "contributory": re.compile(r"\bcontribut\w+|\b(?:yn |y )?[cg]?yfran(?:nu|nwn)\b"),
    "shared": re.compile(r"\bshared?\b.*\b(?:accountab|responsib)|\bjointly\b|\b(?:atebol|cyfrifol) ar y cyd\b"),
    "sole": re.compile(
        r"^(?!.*\b(?:not|cannot|never|nor)\b)(?!.*n't).*\b(?:solely (?:accountable|responsible)|(?:accountable|responsible) alone)\b"
    ),
}


def is_head(text: str) -> bool:
    """Whether a line says that measures follow, in Welsh or English: “Measuring Progress:”, “Sut byddwn yn mesur cynnydd”."""
    return _HEAD.fullmatch(plain(text)) is not None


def directions_in(text: str) -> tuple[str, ...]:
    """In which direction the words of an objective or measure say at their beginning that it should go; several where they say so of
    two, none where they say nothing."""
    said = plain(text)
    while hit := _BEFORE.match(said):
        said = said[hit.end() :]
    second = _SECOND.match(said)
    found = [name for name, words in _DIRECTIONS.items() if words.match(said) or (second and words.match(said[second.end() :]))]
    return tuple(name for name in found if name != "monitor" or "set_baseline" not in found)


def unit_in(text: str) -> str:
    """The unit that the words of a measure name: a number of something, or a share in per cent; nothing where they name none."""
    said = plain(text)
    return next((name for name, words in _UNITS.items() if words.search(said)), "")


def accountability_in(text: str) -> str:
    """Who answers for a measure, where words say so plainly; nothing where they do not, or say two things."""
    found = [name for name, words in _ANSWERS.items() if words.search(plain(text))]
    return found[0] if len(found) == 1 else ""


class Measuring:
    """The lines of measures, as paragraphs are met one after the other below a heading of measures."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.is_open = self.has_bullets = self.is_parted = False
        self.intro = ""
        self.strays = 0

    def close(self) -> None:
        self.is_open = False

    def meet(self, words: Words, priority: str) -> Words | None:
        """What is left outside of a paragraph: nothing of a measure or of what stands above one. Told with why where it finds no place."""
        text = words.text.strip()
        if is_head(text):
            self.is_open, self.has_bullets, self.is_parted, self.intro, self.strays = True, False, False, "", 0
            return words
        if not self.is_open or not text:
            return words
        bullet = BULLET.match(words.text)
        if not bullet and (words.level or text.endswith(":")):
            self._above(words, text)
            return words
        return self._line(words, BULLET.sub("", words.text).strip(), priority, is_bare=bullet is None)

    def _above(self, words: Words, text: str) -> None:
        """A sentence above a list goes with its lines; a heading ends them."""
        is_sentence = not words.level and (len(text.split()) > _LONGEST_HEADING or directions_in(text) or accountability_in(text))
        self.intro, self.strays, self.is_parted = text if is_sentence else "", 0, False
        self.is_open = bool(is_sentence)

    def _line(self, words: Words, text: str, priority: str, *, is_bare: bool) -> Words | None:
        if not priority:
            return Words(words.text, words.level, (*words.flags, "no_priority_above"))
        if is_bare and self.has_bullets:  # two paragraphs are the text that follows; notes from the foot of a page may stand in between
            self.strays += 1 if not _NOTE.match(text) else 0
            self.is_open, self.is_parted = self.strays < 2, True
            return Words(words.text, words.level, (*words.flags, "among_measures"))
        self.has_bullets = self.has_bullets or not is_bare
        doubts = ("no_bullet",) if is_bare else ("after_words",) if self.is_parted else ()
        cells = (Cell(text.rstrip(" .;"), flags=(*words.flags, *doubts)), Cell(priority), Cell(self.intro))
        self.lines.append(Line(len(self.lines) + 2, cells))
        return None

    def table(self, number: int) -> Table:
        heads = Line(1, tuple(Cell(word) for word in ("Measure", "Priority", "Introduced by")), is_head=True)
        return Table(number, "list", (heads, *self.lines))
