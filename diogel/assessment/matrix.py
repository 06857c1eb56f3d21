"""The matrix picture: each theme's risk against how able services are to respond, drawn as SVG in the house's style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from diogel.analysis.chart_house import FACE, INK, QUIET, SLATE
from diogel.analysis.risk_methods import Method
from diogel.published.blocks import Picture

WIDE, NARROW = (800, 420), (320, 380)
LEFT, TOP, RIGHT, BOTTOM = 56, 14, 14, 64
PHONE = 500
"""Below this width the words at both ends of the axis stand one above the other."""
GRID, DOT = "#E1E6EA", "#12436D"
SIZE = 12
"""Half the width of a dot; the number in it is read at 12 pixels."""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One theme: the number by which the table beside calls it, how hard it is to respond (`x`) and how great the risk is (`y`)."""

    number: int
    x: int
    y: int


@dataclass(frozen=True, kw_only=True)
class Words:
    """What stands at the axes and the bands (by code), in the language of the page."""

    across: str
    across_least: str
    across_most: str
    up: str
    bands: dict[str, str]


def axes(method: Method) -> tuple[str, str]:
    """Which part lies across and which goes up: organisational position against the risk, else the last part of risk against the first."""
    position = next((part.code for part in method.parts if part.role == "position"), "")
    return (position, "") if position else (method.parts[-1].code, method.parts[0].code)


def picture(method: Method, spots: Sequence[Spot], words: Words) -> Picture:
    """Both widths. Bands are ruled where risk goes up; in a matrix of two parts there is no line to rule."""
    return Picture(wide=_drawn(method, spots, words, *WIDE), narrow=_drawn(method, spots, words, *NARROW))


@dataclass(frozen=True)
class _Plot:
    width: int
    high: int
    x_low: int
    x_high: int
    y_high: int

    def across(self, x: float) -> float:
        return LEFT + SIZE + (x - self.x_low) / max(1, self.x_high - self.x_low) * (self.width - LEFT - RIGHT - 2 * SIZE)

    def up(self, y: float) -> float:
        return self.high - BOTTOM - y / max(1, self.y_high) * (self.high - TOP - BOTTOM)


def _drawn(method: Method, spots: Sequence[Spot], words: Words, width: int, high: int) -> str:
    x_code, y_code = axes(method)
    limits = {part.code: (part.low, part.high) for part in method.parts}
    low, most = limits[x_code]
    plot = _Plot(width, high, low, most, limits[y_code][1] if y_code else _top(method, spots))
    drawn = [*_bands(method, plot, words, is_ruled=not y_code), *_frame(plot, words), *_dots(plot, spots)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {high}" width="{width}" height="{high}" aria-hidden="true" focusable="false">'
    return head + "".join(drawn) + "</svg>"


def _top(method: Method, spots: Sequence[Spot]) -> int:
    """Room above the highest theme and the highest band, and no more of the scale than that."""
    return min(method.highest, max([int(spot.y * 1.15) for spot in spots] + [int(least * 1.3) for _code, least in method.bands]))


def _bands(method: Method, plot: _Plot, words: Words, *, is_ruled: bool) -> list[str]:
    drawn = []
    for code, least in method.bands if is_ruled else ():
        y = plot.up(least)
        drawn.append(f'<line x1="{LEFT}" x2="{plot.width - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GRID}" stroke-width="1"/>')
        drawn.append(_text(words.bands.get(code, code), plot.width - RIGHT, y - 5, anchor="end", colour=QUIET))
        drawn.append(_text(str(least), LEFT - 8, y + 5, anchor="end", colour=QUIET))
    return drawn


def _frame(plot: _Plot, words: Words) -> list[str]:
    foot = plot.high - BOTTOM
    middle = (LEFT + plot.width - RIGHT) / 2
    return [
        f'<line x1="{LEFT}" x2="{plot.width - RIGHT}" y1="{foot}" y2="{foot}" stroke="{SLATE}" stroke-width="1"/>',
        f'<line x1="{LEFT}" x2="{LEFT}" y1="{TOP}" y2="{foot}" stroke="{SLATE}" stroke-width="1"/>',
        _text(words.across_least, LEFT, foot + 20, anchor="start", colour=QUIET),
        _text(words.across_most, plot.width - RIGHT, foot + (38 if plot.width < PHONE else 20), anchor="end", colour=QUIET),
        _text(words.across, middle, foot + (58 if plot.width < PHONE else 46), anchor="middle"),
        f'<g transform="translate(16 {(TOP + foot) / 2:.0f}) rotate(-90)">{_text(words.up, 0, 0, anchor="middle")}</g>',
    ]


def _dots(plot: _Plot, spots: Sequence[Spot]) -> list[str]:
    """Themes that would lie upon one another stand side by side, each whole."""
    drawn: list[str] = []
    placed: list[tuple[float, float]] = []
    for spot in spots:
        x, y = plot.across(spot.x), max(plot.up(spot.y), TOP + SIZE)
        while any(abs(x - at) < 2 * SIZE and abs(y - up) < 2 * SIZE for at, up in placed) and x < plot.width - RIGHT - 3 * SIZE:
            x += 2 * SIZE + 2
        placed.append((x, y))
        drawn.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{SIZE}" fill="{DOT}" stroke="#FFFFFF" stroke-width="1.5"/>')
        drawn.append(_text(str(spot.number), x, y + 4.5, anchor="middle", colour="#FFFFFF", size=13))
    return drawn


def _text(said: str, x: float, y: float, *, anchor: str, colour: str = INK, size: int = 14) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-family="{escape(FACE)}" font-size="{size}">'
        f"{escape(said)}</text>"
    )
