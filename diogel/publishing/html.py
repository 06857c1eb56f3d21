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
        "style": _style(paper),
        "logo": marks.logo().replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1),
    }
    return standalone("publishing/paper.html", values)


def standalone(template: str, values: dict[str, object]) -> str:
    """Render a template of this room outside any request; everything not marked safe is escaped."""
    return _engine().get_template(template).render(Context(values))


def _style(paper: Paper) -> str:
    """Our sheet with its two faces inside; and for print what stands at the edge of each page: its number, the draft stamp, the notices."""
    faces = "".join(
        f'@font-face{{font-family:"{family}";src:url({typefaces.web_font(name)}) format("woff2");font-weight:400 700;font-display:swap}}'
        for family, name in ((typefaces.SANS, "sans"), (typefaces.SERIF, "serif"))
    )
    before, _, after = label("page", paper.language).partition("{page}")
    numbers = f"{_quoted(before)} counter(page) {_quoted(after.removesuffix('{pages}'))} counter(pages)"
    stamps, standing = (" ".join(n.text for n in paper.notices if n.kind == kind) for kind in ("draft", "example"))
    edges = (
        f"@bottom-right{{content:{numbers};font:9pt arial,sans-serif}}@bottom-left{{content:{_quoted(standing)};font:9pt arial,sans-serif}}"
        f"@top-right{{content:{_quoted(stamps)};font:bold 10pt arial,sans-serif;color:#942514}}"
    )
    return faces + f"@page{{size:A4;margin:16mm;{edges}}}" + (_HERE / "paper.css").read_text(encoding="utf-8")


def _quoted(text: str) -> str:
    """A text as CSS writes it: whatever is neither letter, digit nor space becomes its number, so that nothing can end the string."""
    return '"' + "".join(letter if letter.isalnum() or letter == " " else f"\\{ord(letter):x} " for letter in text) + '"'


@cache
def _engine() -> Engine:
    folders = [_HERE / "templates", _HERE.parent / "published" / "templates"]
    return Engine(dirs=[str(folder) for folder in folders], autoescape=True)
