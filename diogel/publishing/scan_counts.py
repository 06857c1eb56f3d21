"""Find small numbers where they could point at a person: in cells and sentences about sensitive subjects, and in what gives a withheld one away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .scan_reading import CHART, HEADING, TEXT, Grid, Piece, Reading

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    "|Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr|Ion|Chwe|Maw|Ebr|Meh|Gor|Hyd|Tach|Rhag"
    "|Fawrth|Fai|Fehefin|Orffennaf|Fedi|Dachwedd|Ragfyr"  # after "o": 2 o Fawrth
)
_UNITS = (
    "times?|gwaith|days?|diwrnod|months?|mis|weeks?|wythnos|years?|flynedd|blynedd|flwyddyn|quarters?|chwarter|hours?|awr|minutes?|munud"
    "|counties|siroedd|sir|actions?|camau?|gam|priorit(?:y|ies)|blaenoriaethau?|figures?|ffigurau?|ffigwr|partners?|pages?|tudalennau?"
    "|tudalen|sub-groups?|is-grwpiau?|is-grŵp|areas?|ardaloedd|ardal|tables?|tabl|charts?|siart|languages?|iaith|reasons?|rheswm|measures?|mesur"
)
_LABELS = (
    "actions?|[cg]am(?:au)?[ \u00a0]gweithredu|number|no|rhif|rhifau|ref|reference|cyfeirnod|pages?|tudalen|quarters?|chwarter|version|fersiwn"
    "|priorit(?:y|ies)|blaenoriaethau?|objectives?|amcan(?:ion)?|tables?|tabl|figures?|ffigur|section|adran|item|eitem|appendix|atodiad"
    "|part|rhan|level|lefel|tier|haen|band|phase|cyfnod|step"
)
_SMALL_WORDS = "two|three|four|dau|dwy|tri|tair|pedwar|pedair|ddau|ddwy|dri|dair|thri|thair|phedwar|phedair|bedwar|bedair"

# Numbers that are no counts, by their place: dates, labels with their number, units, the range that says how we withhold, decimals,
# shares, codes. Months count as such only with their capital: "3 may be linked" is no date.
_EXEMPT = re.compile(
    "|".join(
        [
            rf"\b\d{{1,2}}(?:st|nd|rd|th|af|ain|ydd|fed|eg)?(?:[ \u00a0](?:of|o))?[ \u00a0](?-i:{_MONTHS})\b",
            r"\b\d{4}-\d{2}(?:-\d{2})?\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{1,2}[:.]\d{2}\b",
            rf"\b(?:{_LABELS})[ \u00a0.:#]{{1,3}}\d+(?:\s*(?:,|-|–|and|to|a|ac|i)\s*\d+)*\b",
            rf"\b(?:\d+|{_SMALL_WORDS})[ \u00a0-](?:{_UNITS})\b",
            r"\b(?:between[ \u00a0]|rhwng[ \u00a0])?1\s*(?:-|–|to|and|i|a)\s*4\b",
            r"\d+(?:[.,]\d+)+|\d+\s*%|\d+\s*y cant\b|\d+\s*per cent\b",
            r"\b[A-Z]{1,4}-?\d+\b",
        ]
    ),
    re.I,
)
_BARE = re.compile(r"(?<![\w.,/:])[1-4](?![\w/:]|[.,]\d)")
_BARE_STATE = re.compile(r"(?<![\w.,/:–-])[+−-]?[1-4](?=\s?[pc*†]?\W*$)")
_WORDS = re.compile(rf"\b(?:{_SMALL_WORDS})\b", re.I)
_ONE = re.compile(
    r"\b(?:one|a single|un)[ \u00a0](?:referral|case|victim|incident|report|person|offence|crime|child|woman|man|death|review|family|survivor"
    r"|atgyfeiriad|achos|dioddefwr|digwyddiad|adroddiad|person|trosedd|plentyn|blentyn|fenyw|menyw|dyn|farwolaeth|adolygiad|teulu)\b",
    re.I,
)
# Columns whose numbers are places in a list or dates, never counts.
_PLACES = re.compile(
    r"^(?:no|no\.|number|rhif|action|cam|cam gweithredu|ref|reference|cyfeirnod|code|cod|item|eitem|page|tudalen|date|dyddiad|due|erbyn"
    r"|quarter|chwarter|year|blwyddyn|month|mis|version|fersiwn|priority|blaenoriaeth|carried over|cariwyd ymlaen|times carried over)\.?$",
    re.I,
)
_TOTAL = re.compile(r"^(?:grand )?(?:total|totals|all|sum|cyfanswm|cyfansymiau|y cyfan|pob un|i gyd)\b", re.I)
_WITHHELD = re.compile(r"withheld|suppress|dal yn ôl|ddal yn ôl|dal yn ol|ddal yn ol|atal(?:iwyd|wyd)", re.I)
_FIGURE = re.compile(r"^[+−-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?(?:\s?[pc*†])?$")
_SOFT = {"p": "b", "t": "d", "c": "g", "b": "f", "d": "dd", "g": "", "m": "f", "ll": "l", "rh": "r"}
_NASAL = {"p": "mh", "t": "nh", "c": "ngh", "b": "m", "d": "n", "g": "ng"}
_BREATHED = {"p": "ph", "t": "th", "c": "ch"}


@dataclass(frozen=True)
class Withheld:
    """A cell that was withheld: how its row and its column are called in Welsh and English, and what it would have said."""

    row: tuple[str, str]
    column: tuple[str, str]
    value: int


@dataclass(frozen=True)
class Small:
    """A number found where none may stand: its place, what kind of leak it is, the text and the letters of it."""

    where: str
    kind: str
    text: str
    start: int
    end: int


class Subjects:
    """Sensitive subjects by their titles in both languages; Welsh ones are known by their mutated beginnings too."""

    def __init__(self, titles: Iterable[tuple[str, str]]) -> None:
        phrases = {form for cy, en in titles for form in (*_mutated(_plain(cy)), _plain(en)) if form}
        self._pattern = (
            re.compile("|".join(rf"(?<!\w){re.escape(form)}" for form in sorted(phrases, key=len, reverse=True))) if phrases else None
        )

    def named_in(self, text: str) -> bool:
        return bool(self._pattern and self._pattern.search(_plain(text)))


def small_numbers(reading: Reading, subjects: Subjects) -> Iterator[Small]:
    """Counts of 1 to 4 about a sensitive subject, in tables, sentences, descriptions and drawings."""
    for grid in reading.grids:
        yield from _in_grid(grid, subjects)
    for piece in reading.pieces:
        if piece.kind == CHART and subjects.named_in(piece.section):
            yield from (Small(piece.where, "small", piece.text, *found.span()) for found in _BARE_STATE.finditer(piece.text))
        elif piece.kind in (TEXT, HEADING) and (subjects.named_in(piece.text) or subjects.named_in(piece.section)):
            yield from (Small(piece.where, "small", piece.text, start, end) for start, end in _counts(piece.text))


def revealed(reading: Reading, withheld: Iterable[Withheld]) -> Iterator[Small]:
    """A withheld cell that shows after all, in its table or in a sentence; or that a total and its other parts give away."""
    cells = tuple(withheld)
    for grid in reading.grids:
        yield from _worked_out(grid)
        yield from _shown(grid, cells)
    for piece in reading.pieces:
        if piece.kind in (TEXT, HEADING):
            yield from _told(piece, cells)


def table_numbers(reading: Reading) -> dict[str, int]:
    """How often each number stands in the tables of a file: the same in Welsh and English, whatever the words."""
    counted: dict[str, int] = {}
    for grid in reading.grids:
        for row in grid.rows:
            for cell in row:
                for number in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", cell):
                    plain = number.replace(",", "")
                    counted[plain] = counted.get(plain, 0) + 1
    return counted


def _counts(text: str) -> Iterator[tuple[int, int]]:
    """The places of small counts in a sentence, once all that is no count has been blanked out."""
    blanked = _EXEMPT.sub(lambda found: "\x00" * len(found[0]), text)
    for pattern in (_BARE, _WORDS, _ONE):
        for found in pattern.finditer(blanked):
            yield found.span()


def _in_grid(grid: Grid, subjects: Subjects) -> Iterator[Small]:
    head, is_all = grid.rows[0], subjects.named_in(grid.caption) or subjects.named_in(grid.section)
    columns = [subjects.named_in(title) for title in head]
    for r, row in enumerate(grid.rows[1:], start=2):
        is_row = is_all or subjects.named_in(" ".join(row))
        for c, cell in enumerate(row):
            is_place = c < len(head) and bool(_PLACES.match(head[c]))
            if (is_row or (c < len(columns) and columns[c])) and not is_place:
                where = f"{grid.where} row {r} column {c + 1}"
                spans = [found.span() for found in _BARE_STATE.finditer(cell)] or list(_counts(cell))
                yield from (Small(where, "small", cell, start, end) for start, end in spans[:1])


def _shown(grid: Grid, cells: tuple[Withheld, ...]) -> Iterator[Small]:
    for cell in cells:
        columns = [c for c, title in enumerate(grid.rows[0]) if _plain(title) in {_plain(name) for name in cell.column}]
        for r, row in enumerate(grid.rows[1:], start=2):
            if _plain(row[0]) in {_plain(name) for name in cell.row}:
                for c in columns:
                    if c < len(row) and _FIGURE.match(row[c]):
                        yield Small(f"{grid.where} row {r} column {c + 1}", "withheld shown", row[c], 0, len(row[c]))


def _told(piece: Piece, cells: tuple[Withheld, ...]) -> Iterator[Small]:
    for cell in cells:
        if any(_plain(name) in _plain(piece.text) for name in cell.row if name):
            blanked = _EXEMPT.sub(lambda found: "\x00" * len(found[0]), piece.text)
            for found in re.finditer(rf"(?<![\w.,/:–-]){cell.value}(?![\w/:–-]|[.,]\d)", blanked):
                yield Small(piece.where, "withheld shown", piece.text, *found.span())


def _worked_out(grid: Grid) -> Iterator[Small]:
    """One withheld cell in a line whose total and other parts are all shown is no secret."""
    width = max(len(row) for row in grid.rows)
    rows = [(f"row {at + 1}", list(row), list(grid.rows[0])) for at, row in enumerate(grid.rows) if at]
    columns = [(f"column {c + 1}", [row[c] for row in grid.rows if c < len(row)], [row[0] for row in grid.rows]) for c in range(1, width)]
    for place, line, names in [*rows, *columns]:
        parts = [(name, cell) for name, cell in list(zip(names, line, strict=False))[1:]]
        has_total = any(_TOTAL.match(name) and _FIGURE.match(cell) for name, cell in parts)
        unseen = [cell for name, cell in parts if _WITHHELD.search(cell)]
        others = [cell for name, cell in parts if not _TOTAL.match(name) and not _WITHHELD.search(cell)]
        if has_total and len(unseen) == 1 and others and all(_FIGURE.match(cell) for cell in others):
            yield Small(f"{grid.where} {place}", "worked out", unseen[0], 0, len(unseen[0]))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip().casefold()


def _mutated(phrase: str) -> tuple[str, ...]:
    """A Welsh phrase with each beginning it may have: domestig, ddomestig; casineb, gasineb, chasineb, nghasineb."""
    forms = [phrase]
    for table in (_SOFT, _NASAL, _BREATHED):
        for begins, becomes in table.items():
            is_digraph = phrase[:2] in ("ch", "dd", "ff", "ng", "ph", "th") and len(begins) == 1
            if phrase.startswith(begins) and not is_digraph:
                forms.append(becomes + phrase[len(begins) :])
    return tuple(forms)
