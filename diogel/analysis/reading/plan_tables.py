"""Which table of a file holds actions, outcomes, objectives or measures, where its heads stand, and which of its columns is which: a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .plan_heads import HEADS, MOSTLY, by_words, propose
from .plan_languages import half_of, two_columns, two_tables
from .plan_objectives import is_code
from .plan_values import number_before, plain
from .tables import Line, Reading, Table

FIRST_LINES = 8
"""Heads stand among these."""
LONGEST_HEAD = 120
_SUMS = frozenset(("total", "totals", "grand total", "sum", "average", "mean", "cyfanswm", "cyfansymiau", "cyfartaledd", "swm"))
AHEAD = 0.05
"""By how much a table whose numbers are codes is surer to hold objectives than actions."""


@dataclass(frozen=True)
class Mapping:
    """How one table is read: `kind` is actions, outcomes, objectives, measures or nothing; `head` the number of the line of heads, 0 for none;
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


def is_sum(line: Line) -> bool:
    """A row of sums, as trackers end: one word for it, and figures."""
    said = [plain(cell.text) for cell in line.cells if cell.is_own and cell.text]
    return any(words in _SUMS for words in said) and all(words in _SUMS or not any(map(str.isalpha, words)) for words in said)


def is_same_head(line: Line, heads: tuple[str, ...]) -> bool:
    """A line that says the heads again, as at the top of a page."""
    said = [plain(cell.text) if cell.is_own else "" for cell in line.cells]
    return any(said) and said == [plain(head) for head in heads]


def _best(table: Table) -> Mapping:
    """The kind and the line of heads that name most."""
    if table.kind == "list":
        kinds = (proposed(table, table.lines[0].number, kind) for kind in ("objectives", "measures"))
        return max(kinds, key=lambda made: made.sure)
    lines = [line for line in table.lines[:FIRST_LINES] if _may_be_heads(line)]
    tried = [proposed(table, line.number, kind) for kind in HEADS for line in lines]
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
    sure = _sureness(heads, kind, names, found)
    return Mapping(table.number, kind, head, fields, sure + AHEAD if sure and kind == "objectives" and _is_coded(fields, columns) else sure)


def _is_coded(fields: Sequence[tuple[int, str]], columns: Sequence[Sequence[str]]) -> bool:
    """Whether the numbers of a table are codes of objectives, such as 1.1, which no action bears."""
    said = [cell for at, name in fields if name == "number" for cell in columns[at] if cell.strip()]
    return bool(said) and sum(is_code(cell) for cell in said) >= MOSTLY * len(said)


def _names_objectives(heads: Sequence[str], names: set[str]) -> bool:
    """Whether heads speak of objectives: of their priority or, where the table has none, of themselves."""
    said = plain(" ".join(heads))
    return (
        "priority" in said if "heading" in names else any(word in said.split() for word in ("objective", "objectives", "amcan", "amcanion"))
    )


def _sureness(heads: Sequence[str], kind: str, names: set[str], found: dict[int, tuple[str, float]]) -> float:
    """0 where the table cannot be of this kind; else how much of it is known, to compare kinds and lines with."""
    if kind == "actions" and not (
        {"text", "title"} & names and {"number", "body", "contact", "person", "due", "status", "text"} & names and len(names) > 1
    ):
        return 0.0
    if kind == "outcomes" and not ({"outcome", "short", "medium", "long"} & names and {"outputs", "number", "theme", "band"} & names):
        return 0.0
    if kind == "objectives" and not ({"number", "text"} <= names and _names_objectives(heads, names)):
        return 0.0
    if kind == "measures" and not ("measure" in names and {"heading", "direction", "accountability"} & names):
        return 0.0
    known = sum(1 for head in heads if head and max(by_words(head, kind).values(), default=0) >= 0.5)
    said = sum(1 for head in heads if head)
    return sum(min(score, 1.0) for _name, score in found.values()) / 10 + (known / said if said else 0.1)
