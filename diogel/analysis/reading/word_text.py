"""The words of a Word paragraph as they would be printed: with its automatic number, with what tracked changes put in and without what
they struck out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_SKIPPED = frozenset(
    (
        "pPr", "rPr", "instrText", "delText", "delInstrText", "footnoteReference", "endnoteReference", "annotationRef",
        "commentReference", "fldData", "Fallback", "sdtPr", "proofErr",
    )
)  # fmt: skip
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def local(element: Any) -> str:
    """A tag without its namespace: transitional and strict files differ in nothing else that is read here."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Any, name: str = "val") -> str:
    """An attribute by its name without namespace, or nothing."""
    if element is None:
        return ""
    return next((held for key, held in element.attrib.items() if key.rpartition("}")[2] == name), "")


def child(element: Any, *path: str) -> Any | None:
    """The first descendant along a path of tags, or None."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


@dataclass
class Told:
    """What was met on the way and is told of the file, and of the cell that is being read."""

    put_in: int = 0
    struck: int = 0
    boxes: int = 0
    pictures: int = 0
    nested: int = 0
    flags: set[str] = field(default_factory=set)
    box_roots: list[Any] = field(default_factory=list)


def words_of(paragraph: Any, told: Told) -> str:
    """The words of one paragraph; text boxes in it are put by in `told.box_roots`."""
    return "".join(_pieces(paragraph, told))


def _pieces(element: Any, told: Told) -> Iterator[str]:
    for node in element:
        name = local(node)
        if name == "t":
            yield node.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "sym":
            yield "• " if "ymbol" in value(node, "font") or "dings" in value(node, "font") else _sign(value(node, "char"))
        elif name == "txbxContent":
            told.box_roots.append(node)
        elif name in ("del", "moveFrom"):
            _note_struck(node, told)
        elif name not in _SKIPPED:
            told.pictures += name == "blip"
            if name in ("ins", "moveTo") and any(local(each) == "t" for each in node.iter()):
                told.put_in += 1
                told.flags.add("put_in")
            yield from _pieces(node, told)


def _note_struck(node: Any, told: Told) -> None:
    if any(local(each) in ("delText", "t") for each in node.iter()):
        told.struck += 1
        told.flags.add("struck")


def _sign(code: str) -> str:
    try:
        return chr(int(code, 16))
    except ValueError:
        return ""


class Styles:
    """Which styles are headings, and which number their paragraphs."""

    def __init__(self, root: Any | None) -> None:
        self.held = {value(each, "styleId"): each for each in (root if root is not None else ()) if local(each) == "style"}
        self.levels = {name: self._level(name) for name in self.held}

    def _level(self, name: str) -> int:
        for style in self._line(name):
            if said := value(child(style, "pPr", "outlineLvl")):
                return level + 1 if (level := whole(said, 9)) < 9 else 0
            called = value(child(style, "name")).casefold()
            if hit := re.fullmatch(r"heading ([1-9])", called):
                return int(hit.group(1))
            if called == "title":
                return 1
        return 0

    def _line(self, name: str) -> Iterator[Any]:
        """A style and those it is based on."""
        for _step in range(12):
            style = self.held.get(name)
            if style is None:
                return
            yield style
            name = value(child(style, "basedOn"))

    def level(self, paragraph: Any) -> int:
        own = whole(value(child(paragraph, "pPr", "outlineLvl")), 9)
        return own + 1 if own < 9 else self.levels.get(value(child(paragraph, "pPr", "pStyle")), 0)

    def numbering(self, paragraph: Any) -> tuple[str, int] | None:
        """The list that a paragraph is in by itself or by its style, and its level there."""
        for holder in (paragraph, *self._line(value(child(paragraph, "pPr", "pStyle")))):
            held = child(holder, "pPr", "numPr")
            if held is not None and (number := value(child(held, "numId"))):
                level = value(child(held, "ilvl"))
                return (number, whole(level, 0)) if number != "0" else None
        return None


class Numbers:
    """Automatic numbers, counted through the document as Word counts them."""

    def __init__(self, root: Any | None) -> None:
        kinds = {value(each, "abstractNumId"): each for each in (root if root is not None else ()) if local(each) == "abstractNum"}
        self.lists = {
            value(each, "numId"): value(child(each, "abstractNumId")) for each in (root if root is not None else ()) if local(each) == "num"
        }
        self.levels = {
            (name, int(value(level, "ilvl") or 0)): (
                value(child(level, "numFmt")), value(child(level, "lvlText")), whole(value(child(level, "start")), 1),
            )
            for name, kind in kinds.items() for level in kind if local(level) == "lvl"
        }  # fmt: skip
        self.counted: dict[tuple[str, int], int] = {}

    def label(self, listed: tuple[str, int] | None) -> str:
        """What stands before a paragraph of this list, with a space after it; nothing where it is in none."""
        if listed is None or listed[0] not in self.lists:
            return ""
        kind, level = self.lists[listed[0]], listed[1]
        form, pattern, start = self.levels.get((kind, level), ("bullet", "", 1))
        if form == "none":
            return ""
        if form == "bullet":
            return "• "
        self.counted[kind, level] = self.counted.get((kind, level), start - 1) + 1
        for deeper in range(level + 1, 9):
            self.counted.pop((kind, deeper), None)
        said = re.sub(r"%([1-9])", lambda hit: self._count(kind, int(hit.group(1)) - 1), pattern)
        return f"{said} " if said.strip() else ""

    def _count(self, kind: str, level: int) -> str:
        form, _pattern, start = self.levels.get((kind, level), ("decimal", "", 1))
        return written(self.counted.get((kind, level), start), form)


def whole(said: str, otherwise: int) -> int:
    """What Word counts with, as a number; `otherwise` where it is none, or longer than any that Word writes."""
    return int(said) if said.isdecimal() and len(said) < 10 else otherwise


def written(count: int, form: str) -> str:
    """A count as a list writes it; what is no form known here is written in figures."""
    if form in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
        letter = _LETTERS[count - 1]
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 1 <= count < 40:
        said, left = "", count
        for worth, sign in _ROMAN:
            while left >= worth:
                said, left = said + sign, left - worth
        return said.upper() if form == "upperRoman" else said
    return str(count)
