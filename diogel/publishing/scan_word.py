"""Read a finished Word file part by part: body, heads and feet, notes, comments, tracked changes, properties, pictures, embedded files."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

from diogel.analysis.reading.damaged import DAMAGED

from .scan_image import printable, read_image
from .scan_reading import ATTRIBUTE, HIDDEN, METADATA, TEXT, Notes, Reading, tidy

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_CHANGES = "ins del moveFrom moveTo rPrChange pPrChange tblPrChange trPrChange tcPrChange sectPrChange cellIns cellDel"
_TRACKED = {f"{_W}{tag}" for tag in _CHANGES.split()}
_UNSEEN = {f"{_W}{tag}" for tag in ("vanish", "webHidden", "specVanish")}
_AUTHORS = {"creator", "lastModifiedBy", "Manager", "Company", "manager", "company"}
_SAID_OF_ITSELF = {"title", "subject", "description", "keywords", "category"}
_STORED = (
    "comments",
    "people",
    "embeddings",
    "activeX",
    "vbaProject",
    "customXml",
    "altChunk",
    "afchunk",
    "printerSettings",
    "charts",
    "custom.xml",
)
_TELLING = {"descr", "title", "name", "author", "initials", "userId", "providerId", "Target", "instr", "alt", "val", "cryptProviderType"}
_LARGEST = 200 * 1024 * 1024
_DAMAGED = (*DAMAGED, OSError)


def read_word(file: str, content: bytes) -> Reading:
    """Everything in the archive, shown or not. ValueError where it is no Word file, is damaged or unpacks to more than 200 MB."""
    notes = Notes()
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        if sum(item.file_size for item in archive.infolist()) > _LARGEST:
            raise ValueError(f"{file} unpacks to more than 200 MB")
        parts = {item.filename: archive.read(item) for item in archive.infolist()}
        levels, language = _styles(parts.get("word/styles.xml", b""))
    except (*_DAMAGED, etree.XMLSyntaxError) as wrong:
        raise ValueError(f"{file} is not a Word file, or is damaged") from wrong
    if archive.comment:
        notes.flag("archive", "comment", printable(archive.comment))
    for name in sorted(parts, key=lambda part: (part != "word/document.xml", part)):
        _part(notes, name, parts[name], levels)
    return notes.reading(file, language)


def _part(notes: Notes, name: str, content: bytes, levels: dict[str, int]) -> None:
    """One part of the archive; whatever it is, its readable text is written down."""
    stored = next((word for word in _STORED if word in name), "")
    if stored and not name.endswith(".rels"):
        notes.flag(name, "comment" if stored in ("comments", "people") else "embedded", name)
    notes.text(f"part name {name}", name, METADATA)
    notes.text(f"part name {name}", re.sub(r"[_-]+", " ", name), METADATA)  # a number may stand between dashes
    if name.endswith((".xml", ".rels")):
        _xml(notes, name, content, levels)
    elif content[:4] == b"PK\x03\x04":
        _nested(notes, name, content, levels)
    elif name.startswith("word/media/") or name.endswith((".png", ".jpg", ".jpeg", ".gif")):
        read_image(notes, name, content)
    else:
        notes.text(name, printable(content), HIDDEN)


def _nested(notes: Notes, name: str, content: bytes, levels: dict[str, int]) -> None:
    """A file inside the file, such as the workbook behind a chart. What of it cannot be read is reported."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for item in archive.infolist():
                if item.file_size > _LARGEST:
                    notes.flag(f"{name}/{item.filename}", "unreadable", item.filename)
                else:
                    _part(notes, f"{name}/{item.filename}", archive.read(item), levels)
    except _DAMAGED:
        notes.flag(name, "unreadable", name)
        notes.text(name, printable(content), HIDDEN)


def _xml(notes: Notes, name: str, content: bytes, levels: dict[str, int]) -> None:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=False))
    except etree.XMLSyntaxError:
        notes.flag(name, "hidden", printable(content))
        notes.text(name, printable(content), HIDDEN)
        return
    for remark in root.iter(etree.Comment):
        notes.flag(name, "comment", remark.text or "")
    _attributes(notes, name, root)
    if name.startswith("docProps/"):
        _properties(notes, name, root)
    elif root.find(f".//{_W}p") is not None:
        _Story(notes, name, levels).read(root)
    else:
        texts = [text for text in root.itertext() if tidy(text)]
        notes.text(name, " ".join(texts), METADATA if name.endswith(".rels") else HIDDEN)


def _properties(notes: Notes, name: str, root: Any) -> None:
    for node in root.iter():
        tag = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if tidy(node.text):
            if tag in _SAID_OF_ITSELF:
                notes.apart(f"{name} {tag}", node.text)
            else:
                notes.text(f"{name} {tag}", node.text, METADATA)
            if tag in _AUTHORS:
                notes.flag(f"{name} {tag}", "author", node.text)
    if name.endswith("custom.xml"):
        notes.flag(name, "metadata", " ".join(root.itertext()))


def _attributes(notes: Notes, name: str, root: Any) -> None:
    """Attribute values that can hold words, each once; and what an attribute alone gives away."""
    said: dict[str, None] = {}
    for node in root.iter(etree.Element):
        for key, value in node.attrib.items():
            if etree.QName(key).localname in _TELLING and re.search(r"[^\W\d_]{2}|\d{5}|@", value):
                said[tidy(value)] = None
    for at, value in enumerate(said, start=1):
        notes.text(f"{name} attribute {at}", value, ATTRIBUTE)
        if re.search(r"(?:[A-Za-z]:\\|file:///|\\\\)[^\s]", value):
            notes.flag(f"{name} attribute {at}", "metadata", value)


class _Story:
    """The paragraphs and tables of one part, in reading order."""

    def __init__(self, notes: Notes, name: str, levels: dict[str, int]) -> None:
        self.notes, self.name, self.levels = notes, name, levels
        self.place = "" if name == "word/document.xml" else f"{name} "
        self.count = self.tables = 0
        self.caption = ""

    def read(self, root: Any) -> None:
        for number, node in enumerate(node for node in root.iter() if node.tag in _TRACKED):
            self.notes.flag(f"{self.place}tracked change {number + 1}", "tracked", "".join(node.itertext()))
        self._blocks(root)

    def _blocks(self, node: Any) -> None:
        for child in node:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif isinstance(child.tag, str):
                self._blocks(child)

    def _paragraph(self, node: Any) -> None:
        self.count += 1
        text = _words(node)
        style = node.find(f"{_W}pPr/{_W}pStyle")
        style_id = "" if style is None else style.get(f"{_W}val")
        where = f"{self.place}paragraph {self.count}"
        if level := self.levels.get(style_id, 0):
            self.notes.heading(level, where, text)
        else:
            self.notes.text(where, text)
        self.caption = text if "aption" in style_id else self.caption
        self._unseen(node, where)
        for picture in node.iter(f"{_DRAWING}docPr"):
            self.notes.text(f"{where} picture", picture.get("descr"), TEXT, tidy(picture.get("title")))
        for inner in node.iter(f"{_W}txbxContent"):
            self._blocks(inner)

    def _unseen(self, node: Any, where: str) -> None:
        for run in node.iter(f"{_W}r"):
            text = _words(run)
            if text and _is_unseen(run):
                self.notes.flag(f"{where} hidden text", "hidden", text)

    def _table(self, node: Any) -> None:
        self.tables += 1
        where = f"{self.place}table {self.tables}"
        rows = [[" ".join(_words(p) for p in cell.iter(f"{_W}p")) for cell in row.iter(f"{_W}tc")] for row in node.iter(f"{_W}tr")]
        self.notes.grid(where, rows, self.caption)
        for cell in node.iter(f"{_W}p"):
            self._unseen(cell, where)
        if node.find(f".//{_W}trPr/{_W}hidden") is not None:
            self.notes.flag(where, "hidden", "row")
        self.caption = ""


def _is_unseen(run: Any) -> bool:
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return False
    if any(child.tag in _UNSEEN and child.get(f"{_W}val") not in ("0", "false") for child in properties):
        return True
    colour, size = properties.find(f"{_W}color"), properties.find(f"{_W}sz")
    is_white = colour is not None and (colour.get(f"{_W}val") or "").upper() == "FFFFFF"
    return is_white or (size is not None and int(size.get(f"{_W}val") or 20) <= 4)


def _words(node: Any) -> str:
    """A paragraph's text as read: runs join, breaks and tabs part; deleted text and field codes count as text."""
    parts: list[str] = []
    for inner in node.iter():
        tag = etree.QName(inner).localname if isinstance(inner.tag, str) else ""
        if tag in ("t", "delText", "instrText"):
            parts.append(inner.text or "")
        elif tag in ("tab", "br", "cr"):
            parts.append(" ")
        elif tag == "noBreakHyphen":
            parts.append("-")
    return tidy("".join(parts))


def _styles(content: bytes) -> tuple[dict[str, int], str]:
    """Heading level by style id, and the language the styles name."""
    if not content:
        return {}, ""
    root = etree.fromstring(content)
    levels = {}
    for style in root.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        found = re.fullmatch(r"heading (\d)", "" if name is None else (name.get(f"{_W}val") or "").lower())
        if found:
            levels[style.get(f"{_W}styleId")] = int(found[1])
    lang = root.find(f".//{_W}docDefaults//{_W}lang")
    return levels, "" if lang is None else lang.get(f"{_W}val") or ""
