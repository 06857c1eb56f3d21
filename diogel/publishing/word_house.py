"""The empty Word file every paper starts from, and how a finished one is packed: our styles, no author, no clock."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn

_PARTS = Path(__file__).parent / "word_parts"
_PLACES = {
    "content_types.xml": "[Content_Types].xml",
    "rels.xml": "_rels/.rels",
    "core.xml": "docProps/core.xml",
    "app.xml": "docProps/app.xml",
    "document.xml": "word/document.xml",
    "document_rels.xml": "word/_rels/document.xml.rels",
    "styles.xml": "word/styles.xml",
    "settings.xml": "word/settings.xml",
    "fonts.xml": "word/fontTable.xml",
    "numbering.xml": "word/numbering.xml",
}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip archive can write; the file must not change because a clock did


def empty(*, language: str, title: str) -> Any:
    """A python-docx document without content, in `cy` or `en`, whose properties name its title and language and nobody."""
    document = Document(io.BytesIO(_base()))
    tag = f"{language}-GB"
    document.core_properties.title = title[:255]
    document.core_properties.language = tag
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), tag)
    for found in document.settings.element.iter(qn("w:themeFontLang")):
        found.set(qn("w:val"), tag)
    return document


def packed(document: Any) -> bytes:
    """The document's bytes, equal for equal content."""
    held = io.BytesIO()
    document.save(held)
    with zipfile.ZipFile(held) as written:
        return _zipped([(item.filename, written.read(item)) for item in written.infolist()])


@cache
def _base() -> bytes:
    return _zipped([(place, (_PARTS / name).read_bytes()) for name, place in _PLACES.items()])


def _zipped(parts: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), content, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()
