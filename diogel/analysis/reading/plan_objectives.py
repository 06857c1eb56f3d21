"""Objectives as plans write them: numbered 1.1, 1.2 below their priority and its lead, in paragraphs, bullets or a table of their own;
and the measures below them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .plan_measures import Measuring
from .plan_phrases import BULLET
from .tables import Cell, Line, Reading, Table, Words

_OBJECTIVE = re.compile(r"^\s*(\d{1,2}\.\d{1,2})[.)]?\s+(\S.*)$", re.DOTALL)
_CODE = re.compile(r"\s*\d{1,2}\.\d{1,2}[.)]?\s*")
_PRIORITY = re.compile(r"^(?:priority|blaenoriaeth)\s+(\w+)\s*[:.–-]", re.IGNORECASE)
_LEAD = re.compile(r"^(?:priority lead|arweinydd y flaenoriaeth|arweinydd blaenoriaeth)s?\s*:?\s*(.*)$", re.IGNORECASE | re.DOTALL)
_COUNTED = {
    word: n
    for n, words in enumerate(("one un", "two dau dwy", "three tri tair", "four pedwar pedair", "five pump"), 1)
    for word in words.split()
}


def is_code(text: str) -> bool:
    """Whether a cell holds the code of an objective and nothing else: 1.1"""
    return _CODE.fullmatch(text) is not None


def count_of(word: str) -> int:
    """The number of a priority as its heading has it, in figures or as a word of either language; 0 where it is none."""
    return int(word) if word.isdecimal() else _COUNTED.get(word.casefold(), 0)


@dataclass
class _Heading:
    """The priority that paragraphs stand under, and who leads it, as these are met one after the other."""

    text: str = ""
    lead: str = ""

    def meet(self, words: str) -> bool:
        """Whether a paragraph is part of the heading: its priority, the words of that, or its lead."""
        bare = BULLET.sub("", words).strip()
        if (led := _LEAD.match(bare)) and self.text:
            self.lead = led.group(1).strip()
        elif _PRIORITY.match(words):
            self.text, self.lead = words.strip(), ""
        elif self.text and _PRIORITY.match(self.text + " ") and self.text.endswith(":") and words.strip():
            self.text = f"{self.text} {words.strip()}"
        else:
            return False
        return True


def listed(reading: Reading) -> Reading:
    """The same file with its numbered objectives (1.1, 1.2) outside tables as a table more, each under its priority and that one's lead,
    and its measures as another; their words stand no longer among those outside."""
    lines: list[Line] = []
    rest: list[Words] = []
    over, measuring = _Heading(), Measuring()
    for words in reading.words:
        hit = _OBJECTIVE.match(BULLET.sub("", words.text))
        if hit and over.text:
            measuring.close()
            cells = (hit.group(1), hit.group(2).strip(), over.text, over.lead)
            lines.append(Line(len(lines) + 2, tuple(Cell(text, flags=words.flags if at == 1 else ()) for at, text in enumerate(cells))))
        elif over.meet(words.text):
            measuring.close()
            rest.append(words)
        elif left := measuring.meet(words, over.text):
            rest.append(left)
    if len(lines) == 1 and not measuring.lines:
        return reading
    heads = Line(1, tuple(Cell(word) for word in ("Number", "Objective", "Priority", "Lead")), is_head=True)
    number = max((table.number for table in reading.tables), default=0)
    found = [lambda at: Table(at, "list", (heads, *lines))] if lines else []
    found += [measuring.table] if measuring.lines else []
    made = (make(number + at) for at, make in enumerate(found, 1))
    return replace(reading, tables=(*reading.tables, *made), words=tuple(rest))


def priorities_in(words: Iterable[Words]) -> dict[int, tuple[str, str]]:
    """By number, the priorities that stand outside tables, each with its lead: of the objectives of a table that names neither."""
    found: dict[int, tuple[str, str]] = {}
    over = _Heading()
    for each in words:
        over.meet(each.text)
        if (hit := _PRIORITY.match(over.text)) and (number := count_of(hit.group(1))) and found.get(number, (over.text,))[0] in over.text:
            found[number] = (over.text, over.lead)
    return found
