"""Read a finished HTML file: what shows, what does not, and what stands in attributes, comments, styles and scripts."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any

from lxml import html as parsing

from .scan_image import read_image
from .scan_reading import ATTRIBUTE, CHART, HIDDEN, METADATA, TEXT, Notes, Reading, tidy

_BLOCK_NAMES = (
    "address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head "
    "header hr html li main nav ol option p pre section select summary table tbody td text tfoot th thead title desc tr ul button label"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SHAPE_NAMES = (
    "class id d points transform viewbox width height x y x1 x2 y1 y2 r cx cy rx ry fill stroke xmlns version dx dy dur offset opacity lang "
    "charset scope role focusable tabindex aria-hidden open type"
)
_READ_OUT = frozenset({"alt", "title", "aria-label", "aria-description", "summary"})
_SHAPES = frozenset(_SHAPE_NAMES.split())
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0|(?:left|top|text-indent)\s*:\s*-\d{3,}", re.I
)
_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white|transparent|rgb\(255,\s*255,\s*255\))", re.I)
_AUTHORS = {"author", "creator", "dc.creator", "dcterms.creator", "dc.contributor", "last-modified-by", "owner", "reply-to"}
_FONT = re.compile(r"data:font/[\w.+-]+;base64,[A-Za-z0-9+/=]+")
_IMAGE = re.compile(r"data:image/[\w.+-]+;base64,([A-Za-z0-9+/=]+)")


def read_html(file: str, content: bytes) -> Reading:
    """Everything a reader, a browser's source view or a search engine could find in the file."""
    notes = Notes()
    text = content.decode("utf-8", "replace")
    tree = parsing.document_fromstring(content, parser=parsing.HTMLParser(encoding="utf-8"))
    unseen = _hidden_classes(text)
    _Walk(notes, unseen).element(tree, figure="")
    _unseen_words(notes)
    for packed in _IMAGE.findall(text):
        read_image(notes, "picture in the page", base64.b64decode(packed + "=="))
    for address in re.findall(r"""data:(?!font/|image/)[\w.+-]+/[\w.+-]+[;,][^"')\s]*""", text):
        notes.flag("data address", "embedded", address)
    ending = text.rfind("</html>")
    if ending >= 0 and text[ending + 7 :].strip():
        notes.flag("after the end", "hidden", text[ending + 7 :])
    return notes.reading(file, tree.get("lang") or "")


def _hidden_classes(text: str) -> set[str]:
    """Classes that the file's own styles hide on every screen, outside any media rule."""
    style = " ".join(re.findall(r"<style[^>]*>(.*?)</style>", text, re.S | re.I))
    style = re.sub(r"/\*.*?\*/", " ", _FONT.sub("", style), flags=re.S)
    plain = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", " ", style)
    return {name for names, rule in re.findall(r"([^{}]+)\{([^{}]*)\}", plain) if _hides(rule) for name in re.findall(r"\.([\w-]+)", names)}


def _hides(style: str) -> bool:
    """White letters hide too, unless they are given a ground of their own."""
    return bool(_UNSEEN.search(style) or (_WHITE.search(style) and "background" not in style.lower()))


class _Walk:
    """One pass through the tree; inline elements never break a word or a name in two."""

    def __init__(self, notes: Notes, unseen: set[str]) -> None:
        self.notes, self.unseen = notes, unseen
        self.buffer: list[str] = []
        self.kind, self.count, self.tables = TEXT, 0, 0
        self.term = ""

    def element(self, node: Any, figure: str) -> None:
        if not isinstance(node.tag, str):
            self._comment(node)
        else:
            tag = node.tag.lower().rpartition("}")[2]
            self._attributes(node, tag)
            if tag in ("script", "style", "template", "noscript"):
                self._code(node, tag)
            else:
                self._content(node, tag, figure or self._figure(node, tag))
        self.buffer.append(node.tail or "")

    def _content(self, node: Any, tag: str, figure: str) -> None:
        before = self.kind
        is_block = tag in _BLOCKS
        if is_block:
            self._flush(figure)
        self.kind = HIDDEN if before == HIDDEN or self._is_hidden(node) else CHART if tag == "text" else before
        if tag == "table":
            self._table(node, figure)
        if tag == "dt":
            self.term = _words(node)
        if tag in ("br", "tspan"):
            self.buffer.append(" ")
        self.buffer.append(node.text or "")
        for child in node:
            self.element(child, figure)
        if is_block:
            if tag == "dd":  # what is said of a term is read under it
                figure = f"{self.term} {figure}"
            self._flush(figure, heading=_HEADINGS.get(tag, 0), is_cell=tag in ("td", "th", "caption"))
        self.kind = before

    def _flush(self, figure: str, heading: int = 0, *, is_cell: bool = False) -> None:
        text, self.buffer = tidy("".join(self.buffer)), []
        if not text:
            return
        self.count += 1
        if heading:
            self.notes.heading(heading, f"heading {self.count}", text)
        elif not is_cell or self.kind == HIDDEN:  # cells were written down with their table
            self.notes.text(f"{'hidden text' if self.kind == HIDDEN else 'paragraph'} {self.count}", text, self.kind, figure)

    def _table(self, node: Any, figure: str) -> None:
        self.tables += 1
        rows = [[_words(cell) for cell in row if cell.tag in ("td", "th")] for row in node.iter("tr")]
        caption = node.find("caption")
        words = "" if caption is None else _words(caption)
        self.notes.text(f"table {self.tables} caption", words, TEXT, figure)
        self.notes.grid(f"table {self.tables}", rows, words, figure)

    def _figure(self, node: Any, tag: str) -> str:
        """The words that name a picture, so that its letters are read under them."""
        if tag == "figure":
            return tidy(" ".join(_words(found) for found in node.iter("figcaption")))
        return tidy(node.get("aria-label")) if node.get("role") == "img" else ""

    def _is_hidden(self, node: Any) -> bool:
        is_marked = "hidden" in node.attrib or _hides(node.get("style") or "") or node.get("type") == "hidden"
        if is_marked:
            self.notes.flag(f"hidden part {self.count + 1}", "hidden", _words(node) or node.get("value") or "")
        return is_marked or bool(self.unseen & set((node.get("class") or "").split()))

    def _attributes(self, node: Any, tag: str) -> None:
        if tag == "meta" and (node.get("name") or node.get("property") or "").lower() in _AUTHORS and tidy(node.get("content")):
            self.notes.flag("metadata", "author", node.get("content"))
        for name, value in node.attrib.items():
            bare = name.lower().rpartition("}")[2]
            if bare not in _SHAPES and not bare.startswith(("stroke-", "fill-", "font-", "text-", "clip")):
                if tag == "meta" and bare == "content":
                    self.notes.apart(f"{tag} {bare} {self.count}", value)
                else:
                    kind = METADATA if tag == "meta" else TEXT if bare in _READ_OUT else ATTRIBUTE
                    self.notes.text(f"{tag} {bare} {self.count}", _FONT.sub("", value), kind)
            if bare.startswith("on") and value:
                self.notes.flag(f"{tag} {bare}", "script", value)

    def _code(self, node: Any, tag: str) -> None:
        text = _FONT.sub("", "".join(node.itertext()))
        self.notes.text(f"{tag} {self.count}", text, METADATA)
        if tag != "style" and tidy(text):
            self.notes.flag(f"{tag} {self.count}", "script" if tag == "script" else "hidden", text)

    def _comment(self, node: Any) -> None:
        self.notes.flag(f"comment {self.count + 1}", "comment", node.text or "")
        self.notes.text(f"comment {self.count + 1}", node.text or "", HIDDEN)


def _unseen_words(notes: Notes) -> None:
    """Text that a style hides is no harm where all its words are seen elsewhere, as in the narrow drawing of a picture; else it is flagged."""
    seen = {word for piece in notes.pieces if piece.kind not in (HIDDEN, METADATA) for word in piece.text.split()}
    flagged = {flag.text for flag in notes.flags}
    for piece in notes.pieces:
        if piece.kind == HIDDEN and piece.where.startswith("hidden") and piece.text not in flagged and set(piece.text.split()) - seen:
            notes.flag(piece.where, "hidden", piece.text)


def _words(node: Any) -> str:
    """All letters below an element; a block inside it, such as an item of a list, stands apart from the next."""
    return tidy("".join(_letters(node)))


def _letters(node: Any) -> Iterator[str]:
    is_text = isinstance(node.tag, str)
    apart = " " if is_text and (node.tag in _BLOCKS or node.tag == "br") else ""
    yield apart + ((node.text or "") if is_text else "")
    for child in node:
        yield from _letters(child)
        yield child.tail or ""
    yield apart
