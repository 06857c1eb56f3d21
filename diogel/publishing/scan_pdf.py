"""Read a finished PDF: its tagged structure, all its letters, descriptions, properties, notes, attachments and earlier versions."""

from __future__ import annotations

import io
import re
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ByteStringObject, DictionaryObject, IndirectObject, StreamObject, TextStringObject

from .scan_image import read_image
from .scan_pdf_text import NO_MARK, Run, page_runs
from .scan_reading import ATTRIBUTE, CHART, HIDDEN, METADATA, TEXT, Notes, Reading, tidy

_INLINE = {"/Span", "/Em", "/Strong", "/Link", "/Sub", "/Quote", "/Code", "/Reference"}
_PARTS = {
    "/Table",
    "/TR",
    "/THead",
    "/TBody",
    "/TFoot",
    "/L",
    "/LI",
    "/Div",
    "/Sect",
    "/Document",
    "/Part",
    "/Art",
    "/LBody",
    "/BlockQuote",
}
_TABLE_PARTS = {"/TR", "/THead", "/TBody", "/TFoot"}
_STREAMED_TEXT = {"/Metadata", "/EmbeddedFile"}


def read_pdf(file: str, content: bytes) -> Reading:
    """All text of the file, seen or not. ValueError where it cannot be opened."""
    notes = Notes()
    try:
        reader = PdfReader(io.BytesIO(content))
        root = reader.root_object
        if reader.is_encrypted:
            raise ValueError("it is encrypted")
        runs = {_page_key(page): page_runs(page, reader) for page in reader.pages}
    except Exception as wrong:
        raise ValueError(f"{file} cannot be read as PDF: {wrong}") from wrong
    if content.count(b"startxref") > 1:
        notes.flag("file", "hidden", "an earlier version of the document")
    tree = root.get("/StructTreeRoot")
    if tree is None:
        notes.flag("file", "untagged")
    else:
        _Tree(notes, runs).read(tree)
    _pages(notes, runs)
    _objects(notes, reader)
    _root(notes, reader, root)
    return notes.reading(file, str(root.get("/Lang", "")))


def _page_key(page: Any) -> int:
    return page.indirect_reference.idnum if page.indirect_reference else id(page)


def _pages(notes: Notes, runs: dict[int, list[Run]]) -> None:
    """Each page's letters as one text too: a name may cross from one mark to the next; and letters the eye does not find."""
    for number, page in enumerate(runs.values(), start=1):
        notes.text(f"page {number}", " ".join(run.text for run in page), METADATA)
        for run in page:
            if run.unseen and tidy(run.text):
                notes.flag(f"page {number} hidden text", "hidden", run.text)


class _Tree:
    """The tags, walked in reading order."""

    def __init__(self, notes: Notes, runs: dict[int, list[Run]]) -> None:
        self.notes, self.count, self.tables = notes, 0, 0
        self.marked: dict[tuple[int, int], str] = {}
        for page, drawn in runs.items():
            for run in drawn:
                if run.mark != NO_MARK:
                    self.marked[page, run.mark] = self.marked.get((page, run.mark), "") + run.text
        self.before = self.term = ""

    def read(self, tree: Any) -> None:
        for kid in _kids(tree):
            self._element(kid, page=0)

    def _element(self, node: Any, page: int) -> None:
        if not isinstance(node, DictionaryObject) or "/S" not in node:
            return
        page = _page_of(node, page)
        kind = str(node["/S"])
        self._described(node)
        if kind == "/Table":
            self._table(node, page)
        elif kind == "/Figure":
            self._figure(node, page)
        elif re.fullmatch(r"/H\d?", kind):
            self._said(node, page, heading=int(kind[2:] or 2))
        elif kind == "/Lbl":  # the number or dot before an item of a list: a place, not a count
            self.term = tidy(self._text(node, page))
            self.notes.text(f"list label {self.count + 1}", self.term, ATTRIBUTE)
        elif kind in _PARTS and any(isinstance(kid, DictionaryObject) and "/S" in kid for kid in _kids(node)):
            for kid in _kids(node):
                self._element(kid, page)
        else:
            self._said(node, page, term=self.term if kind == "/LBody" else "")

    def _described(self, node: Any) -> None:
        for key in ("/Alt", "/ActualText", "/E", "/T"):
            if node.get(key):
                self.notes.text(f"{key[1:]} {self.count + 1}", str(node[key]), TEXT if key == "/Alt" else ATTRIBUTE, self.before)

    def _said(self, node: Any, page: int, *, heading: int = 0, term: str = "") -> None:
        self.count += 1
        text = self._text(node, page)
        if heading:
            self.notes.heading(heading, f"heading {self.count}", text)
        else:
            self.notes.text(f"paragraph {self.count}", text, TEXT, term)
        self.before = tidy(text)

    def _figure(self, node: Any, page: int) -> None:
        self.count += 1
        for part in re.split(r"[\n\t]+", self._text(node, page)):
            self.notes.text(f"picture {self.count}", part, CHART, f"{self.before} {node.get('/Alt', '')}")

    def _table(self, node: Any, page: int) -> None:
        self.tables += 1
        caption, rows = "", []
        for inner, at in _below(node, page):
            if inner["/S"] == "/Caption":
                caption = self._text(inner, at)
            elif inner["/S"] == "/TR":
                rows.append(
                    [self._text(cell, _page_of(cell, at)) for cell in _kids(inner) if isinstance(cell, DictionaryObject) and "/S" in cell]
                )
        self.notes.text(f"table {self.tables} caption", caption)
        self.notes.grid(f"table {self.tables}", rows, caption)

    def _text(self, node: Any, page: int) -> str:
        """All letters below a tag; parts that are blocks of their own stand apart, inline ones do not."""
        page = _page_of(node, page)
        out = ""
        for kid in _kids(node):
            if isinstance(kid, int):
                out += self.marked.get((page, kid), "")
            elif isinstance(kid, DictionaryObject) and "/MCID" in kid:
                out += self.marked.get((_page_of(kid, page), int(str(kid["/MCID"]))), "")
            elif isinstance(kid, DictionaryObject) and "/S" in kid:
                apart = "" if kid["/S"] in _INLINE and not _is_block(kid) else " "
                out += apart + self._text(kid, page) + apart
        return out


def _below(node: Any, page: int) -> list[tuple[Any, int]]:
    found = []
    for kid in _kids(node):
        if isinstance(kid, DictionaryObject) and "/S" in kid:
            found.append((kid, _page_of(kid, page)))
            if kid["/S"] in _TABLE_PARTS:
                found += _below(kid, _page_of(kid, page))
    return found


def _is_block(node: Any) -> bool:
    held: Any = node.get("/A")
    held = held.get_object() if isinstance(held, IndirectObject) else held
    marks: list[Any] = held if isinstance(held, list) else [held] if held is not None else []
    return any(mark.get_object().get("/Placement") == "/Block" for mark in marks)


def _page_of(node: Any, page: int) -> int:
    found = node.raw_get("/Pg") if "/Pg" in node else None
    return found.idnum if isinstance(found, IndirectObject) else page


def _kids(node: Any) -> list[Any]:
    held = node.get("/K")
    held = held.get_object() if isinstance(held, IndirectObject) else held
    kids = held if isinstance(held, list) else [] if held is None else [held]
    return [kid.get_object() if isinstance(kid, IndirectObject) else kid for kid in kids]


def _objects(notes: Notes, reader: PdfReader) -> None:
    """Every string of every object, reachable or not, and what lies in metadata, attachments and pictures."""
    said: dict[str, None] = {}
    for number in range(1, int(reader.trailer.get("/Size", 1))):
        try:
            held = reader.get_object(number)
        except Exception:  # a broken object no reader can open holds nothing anybody can read
            continue
        if isinstance(held, StreamObject):
            if held.get("/Type") in _STREAMED_TEXT:
                notes.text(f"object {number}", held.get_data().decode("utf-8", "replace"), METADATA)
            elif held.get("/Subtype") == "/Image":
                read_image(notes, f"object {number}", held._data)
        _strings(held, said)
    for at, text in enumerate(said, start=1):
        notes.text(f"string {at}", text, METADATA)


def _strings(held: Any, said: dict[str, None]) -> None:
    if isinstance(held, (TextStringObject, ByteStringObject)):
        text = str(held) if isinstance(held, str) else held.decode("latin-1")
        if re.search(r"[^\W\d_]{2}|\d{5}|@", text):
            said[text] = None
    elif isinstance(held, dict):
        for value in held.values():
            if not isinstance(value, IndirectObject):
                _strings(value, said)
    elif isinstance(held, list):
        for value in held:
            if not isinstance(value, IndirectObject):
                _strings(value, said)


def _root(notes: Notes, reader: PdfReader, root: Any) -> None:
    """What a PDF can carry besides its pages."""
    for key, value in (reader.metadata or {}).items():
        if key in ("/Title", "/Subject", "/Keywords"):
            notes.apart(f"metadata {key[1:]}", str(value))
        else:
            notes.text(f"metadata {key[1:]}", str(value), METADATA)
        if key in ("/Author", "/Company", "/Manager", "/LastModifiedBy") and tidy(str(value)):
            notes.flag(f"metadata {key[1:]}", "author", str(value))
    if "/Metadata" in root:
        xmp = root["/Metadata"].get_object().get_data().decode("utf-8", "replace")
        for creator in re.findall(r"<dc:(?:creator|contributor)>(.*?)</dc:", xmp, re.S):
            notes.flag("metadata XMP", "author", re.sub(r"<[^>]+>", " ", creator))
    names = root.get("/Names", {})
    names = names.get_object() if hasattr(names, "get_object") else names
    for key, kind in (("/EmbeddedFiles", "embedded"), ("/JavaScript", "script")):
        if key in names:
            notes.flag("file", kind, key[1:])
    for key, kind in (
        ("/AF", "embedded"),
        ("/AcroForm", "hidden"),
        ("/OCProperties", "hidden"),
        ("/OpenAction", "script"),
        ("/Collection", "embedded"),
    ):
        if key in root:
            notes.flag("file", kind, key[1:])
    for number, page in enumerate(reader.pages, start=1):
        for held in page.get("/Annots", []) or []:
            note = held.get_object()
            if note.get("/Subtype") != "/Link":
                notes.flag(f"page {number}", "comment", f"{note.get('/T', '')} {note.get('/Contents', '')}")
        if any(key in page for key in ("/AA", "/PieceInfo")):
            notes.flag(f"page {number}", "hidden", "data of a program")
    notes.text("file", str(root.get("/Lang", "")), HIDDEN)
