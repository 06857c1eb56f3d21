"""Finished files of the sample paper, and ways to hide something in one after the builders are done."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache

from pypdf import PdfReader, PdfWriter

from diogel.published.blocks import Block
from diogel.published.tests.pictures import drawings
from diogel.published.tests.sample import paper
from diogel.publishing import html, pdf, word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def made(language: str, form: str, *, blocks: tuple[Block, ...] = ()) -> bytes:
    """One finished file of the sample; or of a short paper with these blocks instead, which is quicker to make and to read."""
    whole, drawn = paper(language), drawings(language)
    told = replace(whole, blocks=blocks) if blocks else whole
    if form == "html":
        return html.page(told, drawn).encode()
    return word.document(told, drawn) if form == "docx" else pdf.document(told, drawn)


@cache
def clean() -> dict[str, bytes]:
    """All six files of the sample as they leave the builders."""
    return {f"quarterly.{language}.{form}": made(language, form) for language in ("cy", "en") for form in ("html", "docx", "pdf")}


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The Word file with one more part, or with that part replaced."""
    return _rezipped(content, {name: part})


def with_words(content: bytes, name: str, old: str, new: str) -> bytes:
    """The Word file with words of one part replaced; fails where they are not there."""
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        text = held.read(name).decode()
    assert old in text
    return _rezipped(content, {name: text.replace(old, new, 1).encode()})


def with_paragraph(content: bytes, xml: str) -> bytes:
    """The Word file with one more paragraph, given as the XML inside it, before its section's end."""
    return with_words(content, "word/document.xml", "<w:sectPr", f"<w:p>{xml}</w:p><w:sectPr")


def rewritten(content: bytes, change) -> bytes:
    """The PDF after `change(writer)`."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _rezipped(content: bytes, changed: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as held, zipfile.ZipFile(out, "w") as archive:
        for item in held.infolist():
            archive.writestr(item.filename, changed.pop(item.filename, None) or held.read(item))
        for name, part in changed.items():
            archive.writestr(name, part)
    return out.getvalue()
