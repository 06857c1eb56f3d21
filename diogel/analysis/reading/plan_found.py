"""The actions, outcomes, objectives and measures that a file holds, row by row, with what is doubtful in each and every cell that found no place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from .damaged_text import damages
from .plan_languages import half_of
from .plan_objectives import priorities_in
from .plan_phrases import BULLET, first_words, gone_on, in_one, letter_at, one_line, split_terms
from .plan_tables import Mapping, heads_of, is_same_head, is_sum
from .plan_values import number_before, number_in, plain
from .table_reasons import UNPLACED, Note
from .tables import Cell, Line, Reading, Table

LONGEST_HEADING = 200


@dataclass(frozen=True)
class Row:
    """One action, outcome, objective or measure as the file has it. `key` is its place, table.line; `values` hold words by field; `parts` are
    the commitments under its number, each with its letter where the file gives one; `other` and `other_parts` the same sentences in
    the other language, where columns hold both; `beside_parts` what else stands in the rows of commitments: code, field and words;
    `language` is that of `values`."""

    key: str
    kind: str
    values: dict[str, str]
    number: int | None = None
    parts: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Note, ...] = ()
    other: dict[str, str] = field(default_factory=dict)
    other_parts: tuple[tuple[str, str], ...] = ()
    beside_parts: tuple[tuple[str, str, str], ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Unplaced:
    """Words that went nowhere: the table (0 outside tables), the line, the head of the column, and why; `times` where the same words
    stand in several lines of it."""

    table: int
    line: int
    head: str
    text: str
    why: str
    times: int = 1


@dataclass
class Found:
    """Everything in a file, in its order."""

    rows: list[Row] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)

    def of(self, kind: str) -> list[Row]:
        return [row for row in self.rows if row.kind == kind]


def found_in(reading: Reading, mappings: Iterable[Mapping], language: str = "en") -> Found:
    """Reads every table by its mapping; `language` is that of the file. Each cell with words is in a row or among the unplaced, never
    in neither."""
    by_table = {mapping.table: mapping for mapping in mappings}
    found = Found()
    heading = ""
    priorities = priorities_in(reading.words)
    for table in reading.tables:
        mapping = by_table.get(table.number)
        if mapping is None or not mapping.kind:
            _leave(table, found)
            continue
        above = heading if mapping.follows else table.above if table.level > 1 else ""
        reader = _TableReader(table, mapping, found, above, mapping.language or language)
        reader.priorities = priorities
        reader.read()
        heading = reader.heading
    why = (next((flag for flag in words.flags if flag in UNPLACED), "outside_tables") for words in reading.words)
    found.unplaced += [Unplaced(0, at, "", words.text, said) for at, (words, said) in enumerate(zip(reading.words, why, strict=True), 1)]
    _add_up(found)
    _tell_twice(found)
    return found


def _leave(table: Table, found: Found) -> None:
    for line in table.lines:
        for cell in line.cells:
            if cell.is_own and cell.text:
                found.unplaced.append(Unplaced(table.number, line.number, "", cell.text, "table_not_placed"))


def _add_up(found: Found) -> None:
    """Two tables may tell of the same actions, each of other things: rows of one number that contradict each other nowhere are one."""
    kept: list[Row] = []
    first: dict[tuple[str, int | None], int] = {}
    for row in found.rows:
        at = first.get((row.language, row.number)) if row.kind == "actions" and row.number else None
        if at is not None and _tells_more(kept[at], row):
            doubts = tuple(dict.fromkeys((*kept[at].doubts, *row.doubts)))
            kept[at] = replace(kept[at], values=row.values | kept[at].values, other=row.other | kept[at].other, doubts=doubts)
            continue
        if row.kind == "actions":
            first.setdefault((row.language, row.number), len(kept))
        kept.append(row)
    found.rows[:] = kept


def _tells_more(first: Row, row: Row) -> bool:
    if row.parts or first.key.partition(".")[0] == row.key.partition(".")[0]:
        return False
    both = ((first.values, row.values), (first.other, row.other))
    return all(plain(said[name]) == plain(words) for said, more in both for name, words in more.items() if name in said)


def _tell_twice(found: Found) -> None:
    """Mark every row whose number another bears: which of them is right, only a person knows."""
    counted = Counter((row.language, row.number) for row in found.of("actions") if row.number)
    for at, row in enumerate(found.rows):
        if row.kind == "actions" and row.number and counted[row.language, row.number] > 1:
            found.rows[at] = replace(row, doubts=(*row.doubts, Note.of("number_twice", number=row.number)))


class _TableReader:
    """One table by its mapping, line after line."""

    def __init__(self, table: Table, mapping: Mapping, found: Found, heading: str, language: str) -> None:
        self.table, self.mapping, self.found, self.heading, self.language = table, mapping, found, heading, language
        self.heads = heads_of(table, mapping.head)
        halves = {at: half_of(name) for at, name in mapping.fields if name}
        self.fields = {at: name for at, (name, _half) in halves.items()}
        self.columns = {name: at for at, (name, half) in halves.items() if half in ("", language)}
        self.others = {name: at for at, (name, half) in halves.items() if half not in ("", language)}
        self.theme = self.duty = ""
        self.priorities: dict[int, tuple[str, str]] = {}
        self.left: dict[tuple[int, str, str], Unplaced] = {}
        self.contact_is_empty = self._same_contact()
        self.begun = len(found.rows)
        self.first = 0 if mapping.follows else self.begun  # what goes on, goes on with an action of the same table

    def read(self) -> None:
        for line in self.table.lines:
            if line.number == self.mapping.head:
                self._head(line)
            elif self.mapping.head and is_same_head(line, self.heads):
                continue  # repeated over a page
            elif line.number < self.mapping.head:
                for at, cell in enumerate(line.cells):
                    self._put_by(line, at, cell, "column_not_placed")
            elif any(cell.text and cell.is_own for cell in line.cells):
                self._line(line)
        self.found.unplaced += self.left.values()

    def _head(self, line: Line) -> None:
        """A merged cell among the heads that names no column is the heading of what follows, as in plans by area of work."""
        for at, cell in enumerate(line.cells):
            if cell.is_own and cell.text and at not in self.fields and cell.span > 1 and self.mapping.kind == "actions":
                self.heading = one_line(cell.text)

    def _same_contact(self) -> bool:
        at = self.columns.get("contact")
        if at is None:
            return False
        cells = [line.cells[at].text for line in self.table.lines if line.number > self.mapping.head and line.cells[at].text]
        said = Counter(plain(cell) for cell in cells).most_common(1)
        return bool(said) and len(cells) >= 2 and said[0][1] >= 0.8 * len(cells) and len(said[0][0].split()) >= 5

    def _line(self, line: Line) -> None:
        values, other = self._words(line, self.columns), self._words(line, self.others)
        if self.mapping.kind == "actions" and (heading := self._heading_in(line)):
            self.heading = heading
            return
        if self.mapping.kind == "actions" and is_sum(line):
            for at, cell in enumerate(line.cells):
                self._put_by(line, at, cell, "sum_of_rows")
            return
        for at, cell in enumerate(line.cells):
            if not self.fields.get(at):
                self._put_by(line, at, cell, "column_not_placed")
        if self.contact_is_empty and values.get("contact"):
            self._put_by(line, self.columns["contact"], line.cells[self.columns["contact"]], "same_in_all")
            values["contact"] = ""
        flags = self._flags(line)
        {"actions": self._action, "outcomes": self._outcome}.get(self.mapping.kind, self._objective)(line, values, other, flags)

    def _words(self, line: Line, columns: dict[str, int]) -> dict[str, str]:
        return {name: line.cells[at].text.strip() for name, at in columns.items() if at < len(line.cells)}

    def _flags(self, line: Line) -> tuple[Note, ...]:
        """What is told of the cells that are read: tracked changes, boxes, formulas without value, damage."""
        told: dict[str, Note] = {}
        for at in self.fields:
            cell = line.cells[at] if at < len(line.cells) else Cell()
            if cell.is_own:
                for note in (*(Note.of(flag) for flag in cell.flags if flag != "merged"), *damages(cell.text)):
                    told.setdefault(str(note), note)
        return tuple(told.values())

    def _heading_in(self, line: Line) -> str:
        """A row that holds one thing, reaching over columns or standing where no text stands: the heading of the rows below."""
        said = [
            (at, cell) for at, cell in enumerate(line.cells)
            if cell.is_own and cell.text and not (at < len(self.heads) and plain(cell.text) == plain(self.heads[at]))
        ]  # fmt: skip
        if len(said) != 1:
            return ""
        at, cell = said[0]
        text = one_line(cell.text)
        texts = {self.columns.get("text"), self.columns.get("title")}
        if number_before(cell.text) or number_in(cell.text) or len(text) > LONGEST_HEADING or BULLET.match(cell.text):
            return ""
        return text if cell.span > 1 or (at not in texts and self.fields.get(at, "heading") in ("heading", "number")) else ""

    def _put_by(self, line: Line, at: int, cell: Cell, why: str) -> None:
        if not (cell.is_own and cell.text):
            return
        head = self.heads[at] if at < len(self.heads) else ""
        key = (at, cell.text, why)
        before = self.left.get(key)
        self.left[key] = (
            replace(before, times=before.times + 1) if before else Unplaced(self.table.number, line.number, head, cell.text, why)
        )

    def _key(self, line: Line) -> str:
        return f"{self.table.number}.{line.number}"

    def _action(self, line: Line, values: dict[str, str], other: dict[str, str], doubts: tuple[Note, ...]) -> None:
        text_field = "text" if "text" in self.fields.values() else "title"
        given = values.pop("number", "")
        number, letter = number_in(given) or (None, "")
        is_merged = "number" in self.columns and not line.cells[self.columns["number"]].is_own
        if number is None and not any(map(str.isdigit, given)) and (hit := number_before(values.get(text_field, ""))):
            number, values[text_field] = hit
            if given:  # words that number nothing
                is_merged = False
                self._put_by(line, self.columns["number"], line.cells[self.columns["number"]], "not_understood")
        if (hit := number_before(other.get(text_field, ""))) and number in (None, hit[0]):
            number, other[text_field] = hit
        is_bare = self._is_bare(line) and (not values.get("title") if text_field == "text" else self._has_numbers())
        if letter and number and self._last(number) is not None:
            said, theirs = (in_one(words.get("title", ""), words.get("text", "")) for words in (values, other))
            self._add_parts(self._last(number), ((f"{number}{letter}", said, theirs),), doubts)
            self._add_beside(self._last(number), f"{number}{letter}", line)
        elif (is_merged or (number is None and not given)) and is_bare and self._last(None) is not None:
            self._went_on(line, values.get(text_field, ""), other.get(text_field, ""), doubts)
        elif number is None and not any(words.get(name) for words in (values, other) for name in ("text", "title")):
            for at, cell in enumerate(line.cells):
                self._put_by(line, at, cell, "above_first_action")
        else:
            self._begin(self._row(line, values, other, doubts, None if letter else number), given)

    def _row(self, line: Line, values: dict[str, str], other: dict[str, str], doubts: tuple[Note, ...], number: int | None = None) -> Row:
        """What a line says, without its empty cells."""
        filled, other_filled = ({name: words for name, words in said.items() if words} for said in (values, other))
        return Row(self._key(line), self.mapping.kind, filled, number, (), doubts, other_filled, language=self.language)

    def _begin(self, row: Row, given: str) -> None:
        """A row that is an action of its own."""
        doubts = row.doubts
        if row.number is None:
            doubts = (*doubts, _unnumbered(given))
        if self.heading:
            row.values.setdefault("heading", self.heading)
        texts = [words for words in (row.values, row.other) if "text" in words]
        if texts and not any("title" in words for words in (row.values, row.other)):
            for words in texts:
                words["title"] = first_words(words["text"])
            doubts = (*doubts, Note.of("title_from_text"))
        self.found.rows.append(replace(row, doubts=doubts))

    def _is_bare(self, line: Line) -> bool:
        """Whether a line says nothing of its own but text: then it may go on with the action above."""
        spoken = {at for at, cell in enumerate(line.cells) if cell.is_own and cell.text and self.fields.get(at)}
        bare = ("text", "title", "number", "contact", "person")
        return not spoken - {places.get(name) for places in (self.columns, self.others) for name in bare}

    def _has_numbers(self) -> bool:
        return any(row.number for row in self.found.rows[self.begun :])

    def _last(self, number: int | None) -> int | None:
        """The place in `found` of the action with this number, or of the last one."""
        rows = self.found.rows
        places = (at for at in range(len(rows) - 1, self.first - 1, -1) if rows[at].kind == "actions")
        return next((at for at in places if number is None or rows[at].number == number), None)

    def _went_on(self, line: Line, text: str, other: str, doubts: tuple[Note, ...]) -> None:
        """A row below without number: bullets are commitments, other words go on with the text, and a name beside these finds no place."""
        at = self._last(None)
        assert at is not None
        row = self.found.rows[at]
        lines, other_lines = ([each for each in said.split("\n") if each.strip()] for said in (text, other))
        if (lines or other_lines) and all(BULLET.match(each) for each in (*lines, *other_lines)):
            first = len(row.parts)
            bare = ([BULLET.sub("", each).strip() for each in said] for said in (lines, other_lines))
            both = enumerate(zip_longest(*bare, fillvalue=""), first)
            self._add_parts(at, tuple((f"{row.number or ''}{letter_at(n)}", mine, theirs) for n, (mine, theirs) in both), doubts)
            self._add_beside(at, f"{row.number or ''}{letter_at(first)}", line)
            return
        for name in ("contact", "person"):
            if name in self.columns and not (name == "contact" and self.contact_is_empty):
                self._put_by(line, self.columns[name], line.cells[self.columns[name]], "goes_on_above")
        if lines or other_lines:
            name = "text" if "text" in row.values or "text" in self.fields.values() else "title"
            more = replace(row, values=gone_on(row.values, name, text), other=gone_on(row.other, name, other))
            self._amend(at, more, (*doubts, Note.of("went_on")))

    def _add_parts(self, at: int | None, parts: tuple[tuple[str, str, str], ...], doubts: tuple[Note, ...]) -> None:
        """Each part is its code and its words in both languages, one of them perhaps empty."""
        assert at is not None
        row = self.found.rows[at]
        told = tuple(note for note in row.doubts if note.code != "read_as_parts")
        together = row.parts + tuple((code, words) for code, words, _other in parts)
        other = row.other_parts + tuple((code, words) for code, _words, words in parts if words)
        more = replace(row, parts=together, other_parts=other, doubts=told)
        self._amend(at, more, (*doubts, Note.of("read_as_parts", n=len(together))))

    def _add_beside(self, at: int | None, code: str, line: Line) -> None:
        """What else the row of a commitment says."""
        assert at is not None
        row = self.found.rows[at]
        told = tuple(
            (code, name, cell.text) for columns in (self.columns, self.others) for name, place in columns.items()
            if (cell := line.cells[place]).is_own and cell.text and not self._is_told(name, cell.text, row)
        )  # fmt: skip
        self.found.rows[at] = replace(row, beside_parts=row.beside_parts + told)

    def _is_told(self, name: str, text: str, row: Row) -> bool:
        """Whether a cell in the row of a commitment stands already with its words, among the unplaced, or in its action."""
        if name in ("number", "reference", "title", "text") or (name == "contact" and self.contact_is_empty):
            return True
        return name == "heading" and plain(text) in {plain(words.get("heading", "")) for words in (row.values, row.other)}

    def _amend(self, at: int, row: Row, doubts: tuple[Note, ...]) -> None:
        new = tuple(note for note in doubts if str(note) not in {str(each) for each in row.doubts})
        self.found.rows[at] = replace(row, doubts=(*row.doubts, *new))

    def _outcome(self, line: Line, values: dict[str, str], other: dict[str, str], doubts: tuple[Note, ...]) -> None:
        given = values.pop("number", "")
        number, letter = number_in(given) or (None, "")
        own = {name: line.cells[at].is_own for name, at in self.columns.items() if name in ("theme", "duty")}
        last = self.found.rows[-1] if len(self.found.rows) > self.begun and self.found.rows[-1].kind == "outcomes" else None
        if values.get("theme") or values.get("duty"):
            self.theme, self.duty = values.get("theme", ""), values.get("duty", "")
        elif number is None and not given and last:
            if "band" in self.columns:
                self._put_by(line, self.columns["band"], line.cells[self.columns["band"]], "goes_on_above")
            return self._outcome_went_on(last, values, other, doubts)
        elif self.theme or self.duty:
            values |= {"theme": self.theme, "duty": self.duty}
            doubts = (*doubts, Note.of("taken_from_above")) if all(own.values()) else doubts
        if given and number is None:
            doubts = (*doubts, _unnumbered(given))
        elif letter:
            doubts = (*doubts, Note.of("letter_left", said=given, number=number))
        doubts = tuple(dict.fromkeys((*doubts, *split_terms(values), *split_terms(other))))
        self.found.rows.append(self._row(line, values, other, doubts, number))
        return None

    def _outcome_went_on(self, last: Row, values: dict[str, str], other: dict[str, str], doubts: tuple[Note, ...]) -> None:
        more = (*split_terms(values), *split_terms(other))
        joined, other_joined = last.values, last.other
        for name in ("outputs", "short", "medium", "long"):
            joined, other_joined = gone_on(joined, name, values.get(name, "")), gone_on(other_joined, name, other.get(name, ""))
        row = replace(last, values=joined, other=other_joined)
        self._amend(len(self.found.rows) - 1, row, (*doubts, *more, Note.of("went_on")))

    def _objective(self, line: Line, values: dict[str, str], other: dict[str, str], doubts: tuple[Note, ...]) -> None:
        """An objective, known by its number; or a measure, which has none and stands below its priority."""
        name = "measure" if self.mapping.kind == "measures" else "text"
        if (values.get(name) or other.get(name)) and (values.get("number") or name == "measure"):
            first = values.get("number", "").partition(".")[0].strip()
            heading, lead = self.priorities.get(int(first) if first.isdecimal() else 0, (self.heading if name == "measure" else "", ""))
            if not (values.get("heading") or other.get("heading")):
                values |= {"heading": heading} | ({} if values.get("lead") else {"lead": lead})
            self.found.rows.append(self._row(line, values, other, doubts))
        else:
            for at, cell in enumerate(line.cells):
                self._put_by(line, at, cell, "not_understood")


def _unnumbered(given: str) -> Note:
    """Why a row has no number: the letter of a commitment needs its action above it."""
    if not given:
        return Note.of("no_number")
    return Note.of("letter_alone" if number_in(given) else "number_not_whole", said=given)
