"""The shapes that stand before a word: each a 16 x 16 drawing that reads in grey and at 11 pixels."""

from __future__ import annotations

_FILL = 'fill="currentColor"'
_LINE = 'fill="none" stroke="currentColor"'

SHAPES: dict[str, str] = {
    "done": f'<circle cx="8" cy="8" r="8" {_FILL}/><path d="M4 8.3l2.8 2.8L12 5.6" fill="none" stroke="#fff" stroke-width="2.2"/>',
    "half": f'<circle cx="8" cy="8" r="6.9" {_LINE} stroke-width="2.2"/><path d="M8 1.5a6.5 6.5 0 010 13z" {_FILL}/>',
    "todo": f'<circle cx="8" cy="8" r="6.9" {_LINE} stroke-width="2.2"/>',
    "hold": f'<circle cx="8" cy="8" r="6.9" {_LINE} stroke-width="2.2"/><path d="M6 5v6M10 5v6" {_LINE} stroke-width="2.2"/>',
    "block": f'<path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z" {_FILL}/><path d="M4 8h8" fill="none" stroke="#fff" stroke-width="2.4"/>',
    "late": f'<circle cx="8" cy="8" r="8" {_FILL}/><path d="M8 3.6V8l3 2.4" fill="none" stroke="#fff" stroke-width="2"/>',
    "odd": f'<circle cx="8" cy="8" r="6.6" {_LINE} stroke-width="2.4"/><circle cx="8" cy="8" r="2.4" {_FILL}/>',
    "due": f'<path d="M1.5 3.5h13v11h-13zM1.5 7h13M5 1v4M11 1v4" {_LINE} stroke-width="1.8"/>',
    "no": f'<path d="M3 3l10 10M13 3L3 13" {_LINE} stroke-width="2.4"/>',
    "yes": f'<path d="M2 8.5l4 4L14 4" {_LINE} stroke-width="2.4"/>',
    "ask": (
        f'<path d="M8 1.2L15 14.6H1z" {_LINE} stroke-width="1.9"/><path d="M8 6v4" {_LINE} stroke-width="2"/>'
        f'<circle cx="8" cy="12.2" r="1.1" {_FILL}/>'
    ),
    "up": f'<path d="M8 2l6 11H2z" {_FILL}/>',
    "down": f'<path d="M8 14L2 3h12z" {_FILL}/>',
    "same": f'<path d="M1 6h14M1 10h14" {_LINE} stroke-width="2.6"/>',
    "eye": (
        f'<path d="M1 8s2.6-4.6 7-4.6S15 8 15 8s-2.6 4.6-7 4.6S1 8 1 8z" {_LINE} stroke-width="1.7"/>'
        f'<circle cx="8" cy="8" r="2.2" {_FILL}/>'
    ),
    "rag-red": f'<path d="M8 1l7.4 13.4H.6z" {_FILL}/>',
    "rag-amber": f'<path d="M8 .6L15.4 8 8 15.4.6 8z" {_FILL}/>',
    "rag-green": f'<circle cx="8" cy="8" r="7" {_FILL}/>',
    "rag-grey": f'<circle cx="8" cy="8" r="6.6" {_LINE} stroke-width="2" stroke-dasharray="2.6 2"/>',
    "carry": f'<path d="M4 1.5h2a6.5 6.5 0 010 13H4" {_LINE} stroke-width="2.2"/>',
}

LOGO = (
    '<path d="M0 13h34" stroke="#c9971c" stroke-width="3"/>'
    '<circle cx="17" cy="13" r="9" fill="none" stroke="currentColor" stroke-width="4.4"/>'
    '<path d="M8.5 13H17" stroke="#c9971c" stroke-width="3"/>'
)

# The same colours as the style sheet's, for formats that know no style sheet.
COLOURS = {"late": "#942514", "done": "#0b5c42", "odd": "#801650", "carry": "#725400", "quiet": "#33434f", "ink": "#1b2730"}


def svg(shape: str, colour: str = "", times: int = 1) -> str:
    """A standalone SVG of the shape, `times` of them in a row (carry-over arcs). KeyError names an unknown shape."""
    inner, wide = SHAPES[shape], 16 if times < 2 else 16 + 9 * (times - 1)
    drawn = "".join(f'<g transform="translate({9 * at},0)">{inner}</g>' for at in range(times)) if times > 1 else inner
    return _standalone(drawn, wide, 16, colour)


def logo(colour: str = "") -> str:
    """The ring on the thread, 34 x 26."""
    return _standalone(LOGO, 34, 26, colour)


def _standalone(drawn: str, wide: int, high: int, colour: str) -> str:
    coloured = drawn.replace("currentColor", colour) if colour else drawn
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}">{coloured}</svg>'
