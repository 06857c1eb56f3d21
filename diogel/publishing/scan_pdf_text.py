"""The letters of a PDF page by the mark they stand under, with spaces where the eye sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, NameObject

Matrix = tuple[float, float, float, float, float, float]
_START: Matrix = (1, 0, 0, 1, 0, 0)
NO_MARK = -1


@dataclass
class Run:
    """Letters under one mark (`NO_MARK`: none, or decoration). `unseen` says why a reader's eye does not find them."""

    mark: int
    text: str
    unseen: str = ""


@dataclass
class _State:
    matrix: Matrix = _START
    white: bool = False
    mode: int = 0


@dataclass
class _Font:
    codes: dict[int, str] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    wide: bool = True


def page_runs(page: Any, reader: PdfReader) -> list[Run]:
    """All letters of the page in the order they are drawn; drawings inside drawings included."""
    stage = _Stage(reader)
    contents = page.get("/Contents")
    if contents is not None:
        stage.play(ContentStream(contents, reader), page.get("/Resources", {}))
    return stage.runs


class _Stage:
    def __init__(self, reader: PdfReader) -> None:
        self.reader = reader
        self.runs: list[Run] = []
        self.marks: list[int] = [NO_MARK]
        self.state = _State()
        self.kept: list[_State] = []
        self.line = self.cursor = _START
        self.font, self.size, self.leading = _Font(), 1.0, 0.0
        self.fonts: dict[str, _Font] = {}
        self.last: tuple[float, float] | None = None

    def play(self, stream: ContentStream, resources: Any, depth: int = 0) -> None:
        resources = resources.get_object() if hasattr(resources, "get_object") else resources
        for operands, operator in stream.operations:
            self._act(operator, operands, resources, depth)

    def _act(self, operator: bytes, given: Any, resources: Any, depth: int) -> None:
        if operator in (b"Tj", b"'", b'"'):
            if operator != b"Tj":
                self._move(0, -self.leading)
            self._show([given[-1]])
        elif operator == b"TJ":
            self._show(given[0])
        elif operator in _TEXT:
            _TEXT[operator](self, given, resources)
        elif operator in _PAINT:
            _PAINT[operator](self, given)
        elif operator in (b"BDC", b"BMC"):
            properties = given[1] if len(given) > 1 and isinstance(given[1], dict) else {}
            is_new = "/MCID" in properties or given[0] == "/Artifact"
            self.marks.append(int(properties.get("/MCID", NO_MARK)) if is_new else self.marks[-1])
        elif operator == b"EMC" and len(self.marks) > 1:
            self.marks.pop()
        elif operator == b"Do" and depth < 8:
            self._form(given[0], resources, depth)

    def _form(self, name: str, resources: Any, depth: int) -> None:
        form = resources.get("/XObject", {}).get(name)
        form = form.get_object() if form is not None else None
        if form is not None and form.get("/Subtype") == "/Form":
            self.kept.append(_State(self.state.matrix, self.state.white, self.state.mode))
            self.state.matrix = _times(tuple(float(v) for v in form.get("/Matrix", _START)), self.state.matrix)
            self.play(ContentStream(form, self.reader), form.get("/Resources", resources), depth + 1)
            self.state = self.kept.pop()

    def _set_font(self, name: str, size: float, resources: Any) -> None:
        self.size = float(size)
        if name not in self.fonts:
            self.fonts[name] = _read_font(resources.get("/Font", {}).get(name))
        self.font = self.fonts[name]

    def _move(self, x: float, y: float) -> None:
        self.line = self.cursor = _times((1, 0, 0, 1, x, y), self.line)

    def _show(self, parts: Any) -> None:
        for part in parts:
            if isinstance(part, (int, float)):
                self._advance(-float(part) / 1000 * self.size)
                continue
            for code in _codes(part, wide=self.font.wide):
                self._letter(self.font.codes.get(code, "" if self.font.wide else bytes([code]).decode("cp1252", "replace")))
                self._advance(self.font.widths.get(code, 500.0) / 1000 * self.size)

    def _letter(self, letter: str) -> None:
        a, b, _, _, x, y = _times(self.cursor, self.state.matrix)
        high = max(abs(self.size * (a * a + b * b) ** 0.5), 0.1)
        unseen = (
            "invisible" if self.state.mode == 3 else "white" if self.state.white and self.state.mode == 0 else "tiny" if high < 1.5 else ""
        )
        mark = self.marks[-1]
        gap = self._gap(x, y, high)
        if not self.runs or (self.runs[-1].mark, self.runs[-1].unseen) != (mark, unseen):
            self.runs.append(Run(mark, "", unseen))
        self.runs[-1].text += gap + letter

    def _gap(self, x: float, y: float, high: float) -> str:
        """What the eye sees between the last letter and this one: nothing, a space, a wide gap (tab) or a new line."""
        if self.last is None:
            return ""
        reached, level = self.last
        if abs(y - level) > max(0.6 * high, 0.1):
            return "\n"
        if not -high < x - reached < 2.5 * high:
            return "\t"
        return " " if x - reached > 0.16 * high else ""

    def _advance(self, along: float) -> None:
        self.cursor = _times((1, 0, 0, 1, along, 0), self.cursor)
        _, _, _, _, x, y = _times(self.cursor, self.state.matrix)
        self.last = (x, y)


def _leading(stage: _Stage, given: Any) -> None:
    stage.leading = float(given[0])


def _text_start(stage: _Stage, _given: Any, _resources: Any) -> None:
    stage.line = stage.cursor = _START


def _text_place(stage: _Stage, given: Any, _resources: Any) -> None:
    stage.line = stage.cursor = tuple(float(v) for v in given)  # type: ignore[assignment]


def _text_step(stage: _Stage, given: Any, _resources: Any) -> None:
    stage._move(float(given[0]), float(given[1]))


def _text_step_leading(stage: _Stage, given: Any, _resources: Any) -> None:
    stage.leading = -float(given[1])
    stage._move(float(given[0]), float(given[1]))


_TEXT = {
    b"BT": _text_start,
    b"Tm": _text_place,
    b"Td": _text_step,
    b"TD": _text_step_leading,
    b"T*": lambda stage, _given, _resources: stage._move(0, -stage.leading),
    b"TL": lambda stage, given, _resources: _leading(stage, given),
    b"Tf": lambda stage, given, resources: stage._set_font(given[0], given[1], resources),
}


def _save(stage: _Stage, _given: Any) -> None:
    stage.kept.append(_State(stage.state.matrix, stage.state.white, stage.state.mode))


def _restore(stage: _Stage, _given: Any) -> None:
    if stage.kept:
        stage.state = stage.kept.pop()


def _transform(stage: _Stage, given: Any) -> None:
    stage.state.matrix = _times(tuple(float(v) for v in given), stage.state.matrix)


def _fill(stage: _Stage, given: Any) -> None:
    values = [float(v) for v in given if not isinstance(v, NameObject)]
    nothing = [0.0] * 4 if len(values) == 4 else [1.0] * len(values)  # four inks: none of them is white
    stage.state.white = bool(values) and all(abs(v - w) < 0.02 for v, w in zip(values, nothing, strict=True))


def _mode(stage: _Stage, given: Any) -> None:
    stage.state.mode = int(given[0])


_PAINT = {
    b"q": _save,
    b"Q": _restore,
    b"cm": _transform,
    b"g": _fill,
    b"rg": _fill,
    b"k": _fill,
    b"sc": _fill,
    b"scn": _fill,
    b"Tr": _mode,
}


def _times(first: Any, then: Matrix) -> Matrix:
    """The matrix that does `first`, then `then`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _codes(shown: Any, *, wide: bool) -> list[int]:
    raw = shown.original_bytes if hasattr(shown, "original_bytes") else bytes(shown)
    return [raw[at] << 8 | raw[at + 1] for at in range(0, len(raw) - 1, 2)] if wide else list(raw)


def _read_font(found: Any) -> _Font:
    font = found.get_object() if found is not None else {}
    wide = font.get("/Subtype") == "/Type0"
    codes = _unicode(font["/ToUnicode"].get_object().get_data().decode("latin-1")) if "/ToUnicode" in font else {}
    widths: dict[int, float] = {}
    if wide:
        held = list(font["/DescendantFonts"].get_object()[0].get_object().get("/W", []))
        while len(held) >= 2:
            first, second = int(held.pop(0)), held.pop(0)
            second = second.get_object() if hasattr(second, "get_object") else second
            if isinstance(second, list):
                widths |= {first + at: float(width) for at, width in enumerate(second)}
            elif held:
                widths |= dict.fromkeys(range(first, int(second) + 1), float(held.pop(0)))
    else:
        start = int(font.get("/FirstChar", 0))
        widths = {start + at: float(width) for at, width in enumerate(font.get("/Widths", []))}
    return _Font(codes, widths, wide)


def _unicode(cmap: str) -> dict[int, str]:
    """Code to letters, from a font's own table."""
    codes: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, letters in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            codes[int(code, 16)] = _letters(letters)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for low, high, letters in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for at in range(int(high, 16) - int(low, 16) + 1):
                codes[int(low, 16) + at] = _letters(f"{int(letters, 16) + at:0{len(letters)}X}")
        for low, listed in re.findall(r"<([0-9A-Fa-f]+)>\s*<[0-9A-Fa-f]+>\s*\[(.*?)\]", block, re.S):
            for at, letters in enumerate(re.findall(r"<([0-9A-Fa-f]*)>", listed)):
                codes[int(low, 16) + at] = _letters(letters)
    return codes


def _letters(hexed: str) -> str:
    return bytes.fromhex(hexed).decode("utf-16-be", "replace") if len(hexed) % 4 == 0 else bytes.fromhex(hexed).decode("latin-1")
