"""Runs, pictures and fields in Word's own terms, for what python-docx has no word for."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Emu, Pt

from diogel.published import marks
from diogel.published.drawing import png_of
from diogel.published.labels import tone

_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
_EMU_A_POINT = 12700


def element(tag: str, **attributes: str) -> Any:
    """A `w:` element with `w:` attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def set_language(run: Any, language: str) -> None:
    """Say that this run is in `cy` or `en`, where that is not the document's language."""
    run._r.get_or_add_rPr().append(element("lang", val=f"{language}-GB"))


def framed(run: Any, *, dashed: bool, colour: str) -> None:
    """A thin frame around the run: dashed for what is not there, solid for what is withheld."""
    run._r.get_or_add_rPr().append(element("bdr", val="dashed" if dashed else "single", sz="4", space="0", color=colour))


def hatched(run: Any, colour: str) -> None:
    """A hatch behind the run."""
    run._r.get_or_add_rPr().append(element("shd", val="diagStripe", color=colour, fill="FFFFFF"))


def add_mark(paragraph: Any, shape: str, times: int = 0) -> None:
    """The shape before a word, as a picture that readers by ear are spared, since the word follows."""
    colour = marks.COLOURS[tone(shape)]
    add_decoration(paragraph, _png(marks.svg(shape, colour, times)), high=8.2, lowered=1)
    paragraph.add_run("\u00a0\u00a0")


def add_logo(paragraph: Any) -> None:
    add_decoration(paragraph, _png(marks.logo(marks.COLOURS["ink"])), high=15, lowered=4)


def add_decoration(paragraph: Any, png: bytes, *, high: float, lowered: float) -> None:
    """A small picture in the line, `high` points, marked as saying nothing by itself."""
    run = paragraph.add_run()
    inline = run.add_picture(io.BytesIO(png), height=Pt(high))
    _close(inline)
    inline._inline.docPr.set("descr", "")
    inline._inline.docPr.append(parse_xml(_DECORATIVE))
    run._r.get_or_add_rPr().append(element("position", val=str(-int(lowered * 2))))


def add_picture(paragraph: Any, png: bytes, *, width: float, title: str, description: str) -> None:
    """A picture `width` points wide with its title and the description a reader by ear gets."""
    inline = paragraph.add_run().add_picture(io.BytesIO(png), width=Emu(int(width * _EMU_A_POINT)))
    _close(inline)
    inline._inline.docPr.set("title", title)
    inline._inline.docPr.set("descr", description)


def _close(inline: Any) -> None:
    """No margin around a picture in the line: some programs add their own where none is written."""
    for side in ("distT", "distB", "distL", "distR"):
        inline._inline.set(side, "0")


def add_field(paragraph: Any, code: str) -> None:
    """A field Word fills in: PAGE or NUMPAGES."""
    field = element("fldSimple", instr=code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def add_link(paragraph: Any, text: str, address: str) -> None:
    """A link to another place; its words look like one."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    run = paragraph.add_run(text, style="Hyperlink")
    link.append(run._r)
    paragraph._p.append(link)


@cache
def _png(svg: str) -> bytes:
    return png_of(svg, scale=6)
