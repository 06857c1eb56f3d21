"""Draw a chart once for each language: as SVG that a strict content policy accepts, and as PNG for Word."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import vl_convert
from lxml import etree

from diogel.analysis.charts import Chart
from diogel.published.blocks import Paper, Picture

from . import typefaces

VEGA_LITE = "5.21"
_SVG = "{http://www.w3.org/2000/svg}"
_ALLOWED = {
    f"{_SVG}{tag}" for tag in ["svg", "g", "path", "line", "rect", "circle", "text", "tspan", "defs", "clipPath", "linearGradient", "stop"]
}

WELSH_TIME: dict[str, Any] = {
    "dateTime": "%A %e %B %Y %X",
    "date": "%d/%m/%Y",
    "time": "%H:%M:%S",
    "periods": ["yb", "yh"],
    "days": ["Dydd Sul", "Dydd Llun", "Dydd Mawrth", "Dydd Mercher", "Dydd Iau", "Dydd Gwener", "Dydd Sadwrn"],
    "shortDays": ["Sul", "Llun", "Maw", "Mer", "Iau", "Gwe", "Sad"],
    "months": ["Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"],
    "shortMonths": ["Ion", "Chwe", "Maw", "Ebr", "Mai", "Meh", "Gor", "Awst", "Medi", "Hyd", "Tach", "Rhag"],
}


@dataclass(frozen=True)
class Drawing(Picture):
    """One figure in one language: its picture, and the pixels of the wide drawing."""

    width: float
    high: float

    @cached_property
    def png(self) -> bytes:
        """The wide drawing at twice its size, made from the SVG, so that the two cannot differ; only Word asks for it."""
        return png_of(on_white(self.wide))


Drawings = Mapping[str, Drawing]


def draw(chart: Chart, language: str) -> Drawing:
    """Everything a renderer needs of one chart."""
    return drawing_of(draw_svg(chart.wide, language), draw_svg(chart.narrow, language))


def drawing_of(wide: str, narrow: str) -> Drawing:
    """The same from drawings that were kept."""
    _, _, width, high = (float(part) for part in etree.fromstring(wide).get("viewBox").split())
    return Drawing(wide, narrow, width, high)


def draw_svg(spec: dict[str, Any], language: str) -> str:
    """SVG with letters as text, no style attributes or elements, no labels of its own (its frame carries them), ids of its own."""
    _register_fonts()
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, time_format_locale=_time(language), format_locale="en-GB")
    return tidied(drawn, mark=hashlib.sha256(json.dumps([spec, language], sort_keys=True).encode()).hexdigest()[:8])


def draw_png(spec: dict[str, Any], language: str, scale: float = 2) -> bytes:
    """The same picture as pixels, `scale` times its size."""
    return png_of(on_white(draw_svg(spec, language)), scale)


def png_of(svg: str, scale: float = 2) -> bytes:
    _register_fonts()
    return vl_convert.svg_to_png(svg, scale=scale)


def on_white(svg: str) -> str:
    """Word shows a picture on any ground; halos and grey lines are drawn for white paper."""
    head, closed, rest = svg.partition(">")
    return f'{head}{closed}<rect width="100%" height="100%" fill="#ffffff"/>{rest}'


def missing(paper: Paper, drawings: Drawings) -> tuple[str, ...]:
    """Keys of figures for which no drawing was given."""
    return tuple(figure.drawing for figure in paper.figures() if figure.drawing not in drawings)


def tidied(svg: str, mark: str) -> str:
    """Keep shapes and letters only: no style, script, aria, roles or classes; ids are made unique by `mark`."""
    root = etree.fromstring(svg.encode("utf-8"))
    for element in list(root.iter()):
        if element.tag not in _ALLOWED:
            element.getparent().remove(element)
            continue
        _unstyle(element)
        for name in [name for name in element.attrib if name.startswith(("aria-", "on")) or name in ("role", "class", "cursor")]:
            del element.attrib[name]
        if element.tag == f"{_SVG}text" and element.get("stroke"):
            element.set("paint-order", "stroke")  # a halo lies behind its letters
        _own_ids(element, mark)
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _unstyle(element: Any) -> None:
    """`style="a: b"` becomes `a="b"`, which a policy without inline style allows."""
    for declared in element.attrib.pop("style", "").split(";"):
        name, _, value = declared.partition(":")
        if value.strip() and name.strip() not in element.attrib:
            element.set(name.strip(), value.strip())


def _own_ids(element: Any, mark: str) -> None:
    for name, value in element.attrib.items():
        if name == "id":
            element.set(name, f"d{mark}-{value}")
        elif "url(#" in value:
            element.set(name, value.replace("url(#", f"url(#d{mark}-"))
        elif name.endswith("href") and value.startswith("#"):
            element.set(name, f"#d{mark}-{value[1:]}")


def _time(language: str) -> Any:
    return WELSH_TIME if language == "cy" else "en-GB"


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(typefaces.folder()))
