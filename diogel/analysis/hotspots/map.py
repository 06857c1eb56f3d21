"""A map as SVG, drawn here: areas or cells in at most five shades, told by number and hatching too, with its legend."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import numpy as np
from numpy.typing import ArrayLike

from ..chart_house import CONFIG, FACE, INK, ODD, QUIET, SLATE
from .classes import MOST, Classes, classes
from .density import Density
from .outlines import Outlines

SHADES: tuple[str, ...] = tuple(CONFIG["range"]["ordinal"])
_NAME = re.compile(r"^[a-z][a-z0-9-]*$")
_ROW, _PAD, _SWATCH = 26, 10, 34


@dataclass(frozen=True, kw_only=True)
class Words:
    """What stands in and around a map, in the page's language. `title` and `description` are read out and not seen.

    `unit` heads the legend (rows, rows per 1,000 residents of mid-2020); `missing` names areas without a value; `caption` is
    the half of a result's caption that must stand under it.
    """

    title: str
    description: str
    unit: str
    missing: str
    caption: str


@dataclass(frozen=True)
class Marked:
    """Areas that stand out, with what the legend calls them. They are hatched and outlined, whatever their shade."""

    label: str
    areas: frozenset[str] = field(default_factory=frozenset)


Window = tuple[float, float, float, float]
"""West, south, east, north, in metres."""


def draw_areas(
    outlines: Outlines, values: ArrayLike, *, name: str, words: Words, marked: Marked | None = None,
    labels: Mapping[str, str] | None = None, digits: int = 0, bounds: Sequence[float] | None = None,
    window: Window | None = None, width: int = 800,
) -> str:  # fmt: skip
    """A map of areas, one value each (NaN for none), as an SVG of `width` pixels.

    Each area that is large enough carries its class's number, as the legend does, so that the map reads without colour;
    `labels` writes words at areas instead. `name` makes the identifiers in the drawing its own on a page. `window` shows a part.
    ValueError for values that do not match the areas, a name that is none, an area marked or labelled that is not there.
    """
    x = np.asarray(values, dtype=np.float64)
    if x.shape != (len(outlines.areas),):
        raise ValueError(f"there are {len(outlines.areas)} areas and values of shape {x.shape}")
    labels = labels or {}
    _refuse_strangers(outlines, marked.areas if marked else (), labels)
    shaded = classes(x, bounds=bounds)
    sheet = _Sheet(name, window or outlines.bounds, width)
    seen = [at for at in range(len(outlines.areas)) if sheet.shows(outlines.rings(at))]
    paths = {at: sheet.path(outlines.rings(at)) for at in seen}
    parts = [_area(paths[at], int(shaded.number[at]), outlines.areas[at]) for at in seen]
    hot = [paths[at] for at in seen if marked and outlines.areas[at] in marked.areas]
    parts += [f'<path d="{path}" fill="url(#{name}-hot)" stroke="{ODD}" stroke-width="2"/>' for path in hot]
    parts += _written(outlines, seen, shaded, labels, sheet)
    legend = _legend(name, shaded, words, digits, sheet, marked=marked, has_missing=bool(np.isnan(x).any()))
    return sheet.whole(words, parts, legend)


def draw_surface(
    density: Density, *, name: str, words: Words, boundary: Outlines, digits: int = 0, window: Window | None = None, width: int = 800
) -> str:
    """A map of a density, its cells in five classes, with the boundary over it.

    The classes begin at a hundredth, a tenth, a quarter and a half of the peak; the highest is hatched too.
    """
    grid, peak = density.grid, float(np.nanmax(density.per_km2))
    lows = [peak * share for share in (0.01, 0.1, 0.25, 0.5)]
    shaded = classes(density.per_km2.ravel(), bounds=lows)
    sheet = _Sheet(name, window or boundary.bounds, width)
    number = shaded.number.reshape(grid.up, grid.across)
    outer = [sheet.path(boundary.rings(at)) for at in range(len(boundary.areas))]
    parts = [f'<path d="{path}" fill="{SHADES[0]}"/>' for path in outer]
    for one in range(1, len(shaded.ranges)):
        runs = sheet.runs(number == one, grid.west, grid.south, grid.cell)
        parts.append(f'<path d="{runs}" fill="{SHADES[one]}"/>')
        if one == len(shaded.ranges) - 1:
            parts.append(f'<path d="{runs}" fill="url(#{name}-hot)"/>')
    parts += [f'<path d="{path}" fill="none" stroke="{SLATE}" stroke-width="1"/>' for path in outer]
    legend = _legend(name, shaded, words, digits, sheet, marked=None, has_missing=False, hatched=len(shaded.ranges) - 1)
    return sheet.whole(words, parts, legend)


class _Sheet:
    """Metres to pixels, northwards up, at one scale both ways."""

    def __init__(self, name: str, window: Window, width: int) -> None:
        west, south, east, north = window
        if not _NAME.match(name):
            raise ValueError(f"{name!r} is no name for a drawing: small letters, numbers and hyphens")
        if not (west < east and south < north):
            raise ValueError("a window runs from west to east and from south to north")
        self.name, self.window, self.width = name, window, width
        self.scale = (width - 2 * _PAD) / (east - west)
        self.high = round((north - south) * self.scale) + 2 * _PAD

    def at(self, corners: np.ndarray) -> np.ndarray:
        return np.column_stack(
            [(corners[:, 0] - self.window[0]) * self.scale + _PAD, (self.window[3] - corners[:, 1]) * self.scale + _PAD]
        )  # fmt: skip

    def shows(self, rings: Sequence[np.ndarray]) -> bool:
        """Whether an area's rectangle meets the window; the rest is left out, and what sticks out is clipped."""
        every = np.concatenate(rings)
        (west, south), (east, north) = every.min(axis=0), every.max(axis=0)
        return bool(west <= self.window[2] and east >= self.window[0] and south <= self.window[3] and north >= self.window[1])

    def path(self, rings: Sequence[np.ndarray]) -> str:
        """Rings to a tenth of a pixel, corners that fall on one spot written once."""
        drawn = []
        for ring in rings:
            spots = np.round(self.at(ring), 1)
            keep = np.concatenate([[True], (np.diff(spots, axis=0) != 0).any(axis=1)])
            drawn.append("M" + "L".join(f"{x:g} {y:g}" for x, y in spots[keep]) + "z")
        return "".join(drawn)

    def runs(self, cells: np.ndarray, west: float, south: float, cell: float) -> str:
        """Cells that touch in a row, as one flat box each."""
        edges = np.diff(np.pad(cells.astype(np.int8), ((0, 0), (1, 1))), axis=1)
        rows, begins = np.nonzero(edges == 1)
        _, ends = np.nonzero(edges == -1)
        corners = self.at(np.column_stack([west + begins * cell, south + (rows + 1) * cell]))
        wide, high = np.round((ends - begins) * cell * self.scale, 1), round(cell * self.scale, 2)
        return "".join(f"M{x:.1f} {y:.1f}h{w:g}v{high}h{-w:g}z" for (x, y), w in zip(corners, wide, strict=True))

    def whole(self, words: Words, parts: Sequence[str], legend: tuple[list[str], int]) -> str:
        drawn, rows = legend
        name, high = self.name, self.high + rows
        inner = self.width - 2 * _PAD, self.high - 2 * _PAD
        return "".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {high}" width="{self.width}" height="{high}" role="img" '
                f'aria-labelledby="{name}-title {name}-desc" font-family="{escape(FACE)}" font-size="14" fill="{INK}">',
                f'<title id="{name}-title">{escape(words.title)}</title><desc id="{name}-desc">{escape(words.description)}</desc>',
                f'<defs><pattern id="{name}-hot" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
                f'<path d="M0 0V7" stroke="{ODD}" stroke-width="3"/></pattern>'
                f'<clipPath id="{name}-window"><rect x="{_PAD}" y="{_PAD}" width="{inner[0]}" height="{inner[1]}"/></clipPath></defs>',
                f'<g clip-path="url(#{name}-window)" stroke-linejoin="round">',
                *parts,
                "</g>",
                *drawn,
                "</svg>",
            ]
        )


def _area(path: str, number: int, code: str) -> str:
    if number < 0:
        return f'<path d="{path}" fill="#FFFFFF" stroke="{SLATE}" stroke-dasharray="3 3" data-area="{escape(code)}"/>'
    return f'<path d="{path}" fill="{SHADES[number]}" stroke="#FFFFFF" stroke-width="0.8" data-area="{escape(code)}"/>'


def _written(outlines: Outlines, seen: Collection[int], shaded: Classes, labels: Mapping[str, str], sheet: _Sheet) -> list[str]:
    """Labels, or else class numbers, at the middle of areas that have room for them."""
    east, north = outlines.middles()
    out = []
    for at in seen:
        (x, y) = sheet.at(np.array([[east[at], north[at]]]))[0]
        size = np.ptp(sheet.at(np.concatenate(outlines.rings(at))), axis=0)
        label = labels.get(outlines.areas[at], "")
        text = label or (str(shaded.number[at] + 1) if shaded.number[at] >= 0 and min(size) >= 22 else "")
        if text:
            heavy = ' font-weight="700"' if label else f' fill="{QUIET}" font-size="12"'
            out.append(
                f'<text x="{x:.1f}" y="{y + 5:.1f}" text-anchor="middle" stroke="#FFFFFF" stroke-width="3" paint-order="stroke"'
                f"{heavy}>{escape(text)}</text>"
            )
    return out


def _legend(
    name: str, shaded: Classes, words: Words, digits: int, sheet: _Sheet, *, marked: Marked | None, has_missing: bool, hatched: int = -1
) -> tuple[list[str], int]:
    """Unit, one row a class with number, shade and range, then what is marked and what is missing, and the caption below."""
    top = sheet.high + 18
    out = [f'<text x="{_PAD}" y="{top}" font-weight="700">{escape(words.unit)}</text>']
    rows = [(SHADES[at], f"{at + 1}", _range(low, high, digits), at == hatched) for at, (low, high) in enumerate(shaded.ranges)]
    for at, (shade, number, text, is_hatched) in enumerate(rows):
        out += _row(name, top + 8 + at * _ROW, shade, f"{number}:  {text}", is_hatched=is_hatched)
    more = [(marked.label, True)] if marked else []
    more += [(words.missing, False)] if has_missing else []
    for at, (text, is_hatched) in enumerate(more, len(rows)):
        out += _row(name, top + 8 + at * _ROW, "#FFFFFF", text, is_hatched=is_hatched, is_dashed=not is_hatched)
    below = top + 8 + (len(rows) + len(more)) * _ROW + 14
    lines = _broken(words.caption, int((sheet.width - 2 * _PAD) / 7.2))
    out += [f'<text x="{_PAD}" y="{below + 19 * at}" fill="{QUIET}">{escape(line)}</text>' for at, line in enumerate(lines)]
    return out, below + 19 * len(lines) - sheet.high


def _row(name: str, y: float, shade: str, text: str, *, is_hatched: bool, is_dashed: bool = False) -> list[str]:
    box = f'x="{_PAD}" y="{y}" width="{_SWATCH}" height="18"'
    dash = ' stroke-dasharray="3 3"' if is_dashed else ""
    out = [f'<rect {box} fill="{shade}" stroke="{SLATE}"{dash}/>']
    if is_hatched:
        out.append(f'<rect {box} fill="url(#{name}-hot)" stroke="{ODD}"/>')
    return [*out, f'<text x="{_PAD + _SWATCH + 10}" y="{y + 14}">{escape(text)}</text>']


def _range(low: float, high: float, digits: int) -> str:
    a, b = (f"{bound:,.{digits}f}" if np.isfinite(bound) else "" for bound in (low, high))
    return a if a == b else f"{a}–{b}"


def _broken(text: str, longest: int) -> list[str]:
    """Lines of at most so many letters, broken between words."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= longest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _refuse_strangers(outlines: Outlines, marked: Collection[str], labels: Mapping[str, str]) -> None:
    strange = sorted((set(marked) | set(labels)) - set(outlines.areas))
    if strange:
        raise ValueError(f"{strange[0]} is marked or labelled, and is not on the map")


assert len(SHADES) == MOST
