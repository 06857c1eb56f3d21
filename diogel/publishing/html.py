"""A paper as one HTML file that carries its own style and typefaces and asks nothing of any other machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.template import Context, Engine

from diogel.published import marks, typefaces
from diogel.published.blocks import Paper
from diogel.published.drawing import Drawings
from diogel.published.labels import label
from diogel.published.shown import shown

_HERE = Path(__file__).parent


def page(paper: Paper, drawings: Drawings) -> str:
    """The whole file as text; the blocks are drawn by the templates of the site. KeyError names a figure without a drawing."""
    values = {
        "paper": paper,
        "blocks": shown(paper, drawings, tables_open=True),
        "style": _style(paper.language),
        "logo": marks.logo().replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1),
    }
    return standalone("publishing/paper.html", values)


def standalone(template: str, values: dict[str, object]) -> str:
    """Render a template of this room outside any request; everything not marked safe is escaped."""
    return _engine().get_template(template).render(Context(values))


def _style(language: str) -> str:
    """Our sheet with its two faces inside, and page numbers for print."""
    faces = "".join(
        f'@font-face{{font-family:"{family}";src:url({typefaces.web_font(name)}) format("woff2");font-weight:400 700;font-display:swap}}'
        for family, name in ((typefaces.SANS, "sans"), (typefaces.SERIF, "serif"))
    )
    before, after = label("page", language).split("{page}")
    numbers = f'"{before}" counter(page) "{after.replace("{pages}", "")}" counter(pages)'
    margin = f"@page{{size:A4;margin:16mm;@bottom-right{{content:{numbers};font:9pt arial,sans-serif}}}}"
    return faces + margin + (_HERE / "paper.css").read_text(encoding="utf-8")


@cache
def _engine() -> Engine:
    folders = [_HERE / "templates", _HERE.parent / "published" / "templates"]
    return Engine(dirs=[str(folder) for folder in folders], autoescape=True)
