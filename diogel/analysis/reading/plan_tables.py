"""Which table of a file holds actions, outcomes or objectives, where its heads stand, and which of its columns is which: a proposal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .plan_heads import by_words, propose
from .plan_languages import half_of, two_columns, two_tables
from .plan_values import number_before, plain
from .tables import Cell, Line, Reading, Table, Words

FIRST_LINES = 8
"""Heads stand among these."""
LONGEST_HEAD = 120
_OBJECTIVE = re.compile(r"^\s*(\d{1,2}\.\d{1,2})[.)]?\s+(\S.*)$", re.DOTALL)
_PRIORITY = re.compile(r"^(?:priority|blaenoriaeth)\s+(\w+)\s*[:.–-]", re.IGNORECASE)
_LEAD = re.compile(r"^(?:priority lead|arweinydd y flaenoriaeth|arweinydd blaenoriaeth)s?\s*:?\s*(.*)$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Mapping:
    """How one table is read: `kind` is actions, outcomes, objectives or nothing; `head` the number of the line of heads, 0 for none;
    `fields` by column from 0, of a sentence that stands there twice each half: `title_cy`; `sure` is 1 where every head was known.
    `follows` is the table before it, which it goes on with; `language` is its own, where the file holds tables in both."""

    table: int
    kind: str
    head: int
    fields: tuple[tuple[int, str], ...]
    sure: float = 0.0
    follows: int = 0
    language: str = ""

    @property
    def columns(self) -> dict[str, int]:
        return {name: at for at, name in self.fields if name}


def proposals(reading: Reading) -> tuple[Mapping, ...]:
    """A mapping for each table, those that hold nothing of a plan too."""
    found: list[Mapping] = []
    before: tuple[Table, Mapping] | None = None
    for table in reading.tables:
        made = _best(table)
        if table.kind == "table" and before and before[1].kind and _goes_on(table, made, *before):
            made = replace(before[1], table=table.number, head=made.head if made.sure >= 0.5 else 0, follows=before[0].number)
        elif made.kind == "actions" and _repeats(table, made, reading, found):
            made = Mapping(table.number, "", made.head, ())
        found.append(made)
        before = (table, made) if table.kind == "table" else before
    return tuple(two_tables(reading, found))


def _repeats(table: Table, made: Mapping, reading: Reading, found: list[Mapping]) -> bool:
    """A later table that tells of the actions of an earlier one again, quarter by quarter: a history, and no actions of its own."""
    if "quarter" not in made.columns:
        return False
    numbers = _numbers(table, made)
    earlier = {number for each in found if each.kind == "actions" for number in _numbers(reading.tables[each.table - 1], each)}
    return bool(numbers) and len(numbers & earlier) * 2 >= len(numbers)


def _numbers(table: Table, made: Mapping) -> set[str]:
    at = made.columns.get("number")
    return {plain(line.cells[at].text) for line in table.lines if line.number > made.head} - {""} if at is not None else set()


def _goes_on(table: Table, made: Mapping, first: Table, mapping: Mapping) -> bool:
    """A table broken at the end of a page: as wide as the one before it, with the same heads again or none."""
    if table.width != first.width:
        return False
    if made.head and mapping.head:
        return heads_of(table, made.head) == heads_of(first, mapping.head) or made.sure < 0.5
    return not made.head or made.sure < 0.5


def heads_of(table: Table, head: int) -> tuple[str, ...]:
    """The words of the line of heads, as wide as the table; blank where it has none."""
    line = next((line for line in table.lines if line.number == head), None)
    return tuple(" ".join(cell.text.split()) if cell.is_own else "" for cell in line.cells) if line else ("",) * table.width


def key_of(table: Table, head: int) -> str:
    """What tables with the same heads share, so that a mapping can be remembered; nothing where there are no heads."""
    said = [plain(word) for word in heads_of(table, head)]
    return "|".join(said) if any(said) else ""


def _best(table: Table) -> Mapping:
    """The kind and the line of heads that name most."""
    if table.kind == "list":
        return proposed(table, table.lines[0].number, "objectives")
    lines = [line for line in table.lines[:FIRST_LINES] if _may_be_heads(line)]
    tried = [proposed(table, line.number, kind) for kind in ("actions", "outcomes", "objectives") for line in lines]
    tried += [proposed(table, 0, "actions")]
    best = max(tried, key=lambda made: (made.sure, -made.head), default=None)
    return best if best and best.sure > 0 else Mapping(table.number, "", _marked_head(table), ())


def _may_be_heads(line: Line) -> bool:
    """Heads are short and bear no number of their own."""
    said = [cell.text for cell in line.cells if cell.is_own and cell.text]
    return len(said) > 1 and not any(len(text) > LONGEST_HEAD or number_before(text) for text in said)


def _marked_head(table: Table) -> int:
    return next((line.number for line in table.lines if line.is_head), 0)


def proposed(table: Table, head: int, kind: str) -> Mapping:
    """What the columns of a table most likely are, where its heads stand on this line and it is of this kind."""
    heads = heads_of(table, head)
    below = [line for line in table.lines if line.number > head]
    columns = [[line.cells[at].text for line in below if line.cells[at].is_own] for at in range(table.width)]
    found = two_columns(propose(heads, columns, kind), heads, columns, kind)
    names = {half_of(name)[0] for name, _score in found.values()}
    fields = tuple((at, found[at][0]) for at in sorted(found))
    return Mapping(table.number, kind, head, fields, _sureness(heads, kind, names, found))


def _sureness(heads: Sequence[str], kind: str, names: set[str], found: dict[int, tuple[str, float]]) -> float:
    """0 where the table cannot be of this kind; else how much of it is known, to compare kinds and lines with."""
    if kind == "actions" and not (
        {"text", "title"} & names and {"number", "body", "contact", "person", "due", "status", "text"} & names and len(names) > 1
    ):
        return 0.0
    if kind == "outcomes" and not ({"outcome", "short", "medium", "long"} & names and {"outputs", "number", "theme", "band"} & names):
        return 0.0
    if kind == "objectives" and not ({"number", "text", "heading"} <= names and "priority" in plain(" ".join(heads))):
        return 0.0
    known = sum(1 for head in heads if head and max(by_words(head, kind).values(), default=0) >= 0.5)
    said = sum(1 for head in heads if head)
    return sum(min(score, 1.0) for _name, score in found.values()) / 10 + (known / said if said else 0.1)


def listed(reading: Reading) -> Reading:
    """The same file with its numbered objectives (1.1, 1.2) outside tables as a table more, each under its priority and that one's lead;
    their words stand no longer among those outside."""
    lines: list[Line] = []
    rest: list[Words] = []
    heading = lead = ""
    for words in reading.words:
        hit = _OBJECTIVE.match(words.text)
        if hit and heading:
            cells = (hit.group(1), hit.group(2).strip(), heading, lead)
            lines.append(Line(len(lines) + 2, tuple(Cell(text, flags=words.flags if at == 1 else ()) for at, text in enumerate(cells))))
            continue
        if (led := _LEAD.match(words.text)) and heading:
            lead = led.group(1).strip()
        elif _PRIORITY.match(words.text):
            heading, lead = words.text.strip(), ""
        elif heading and _PRIORITY.match(heading + " ") and heading.rstrip().endswith(":") and words.text.strip():
            heading = f"{heading} {words.text.strip()}"
        rest.append(words)
    if len(lines) < 2:
        return reading
    heads = Line(1, tuple(Cell(word) for word in ("Number", "Objective", "Priority", "Lead")), is_head=True)
    number = max((table.number for table in reading.tables), default=0) + 1
    return replace(reading, tables=(*reading.tables, Table(number, "list", (heads, *lines))), words=tuple(rest))
