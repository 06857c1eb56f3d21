"""Charts that set things side by side: a value with its limits for each name, and a table shaded by its numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .chart_house import INK, ODD, Spec, house, words
from .charts import NARROW, WIDE, Chart

SHADES = ("#E8EEF2", "#C3D5E2", "#8DB0C8", "#4E83A8", "#12436D")
"""From least to most; letters turn white on the last two."""


@dataclass(frozen=True)
class Range:
    """A name, its value, the limits around it (None: none is known), and the value as it is written."""

    label: str
    value: float
    low: float | None
    high: float | None
    text: str


@dataclass(frozen=True)
class Cell:
    """One cell of a shaded table: its row, its column, its number (None: no data), its words, and whether it is ringed."""

    row: str
    column: str
    value: float | None
    text: str
    is_odd: bool = False


def ranges(rows: Sequence[Range], *, rule_at: float | None = None, rule_label: str = "") -> Chart:
    """A dot and a stroke from limit to limit, one below another in the order given; `rule_at` rules the value of no difference, with
    `rule_label` above it."""
    if not rows:
        raise ValueError("a chart of ranges needs at least one value")
    return Chart(*[_ranges(rows, rule_at, rule_label, width) for width in (WIDE, NARROW)])


def shaded(cells: Sequence[Cell]) -> Chart:
    """Rows and columns in the order in which they first come; five shades from nought to the greatest number, and the number itself."""
    if not cells:
        raise ValueError("a shaded table needs at least one cell")
    return Chart(*[_shaded(cells, width) for width in (WIDE, NARROW)])


def _ranges(rows: Sequence[Range], rule_at: float | None, rule_label: str, width: int) -> Spec:
    """Names stand left where there is room, and above where there is not; the number always stands at the right end of its stroke."""
    is_wide = width == WIDE
    values = [
        {"p": row.label, "v": row.value, "lo": _or(row.low, row.value), "hi": _or(row.high, row.value), "l": row.text} for row in rows
    ]
    ends = [end for row in rows for end in (row.value, row.low, row.high) if end is not None]
    ends += [rule_at] if rule_at is not None else []
    low, high = min(0.0, *ends), max(ends)
    room = ((high - low) or 1.0) * (0.12 if is_wide else 0.25)
    x: Spec = {
        "field": "v",
        "type": "quantitative",
        "axis": {"grid": True, "tickCount": 4},
        "scale": {"domain": [low, high + room], "nice": False},
    }
    axis = {"labelLimit": 0, "labelFontSize": 14, "labelColor": INK} if is_wide else None
    y: Spec = {"field": "p", "type": "nominal", "sort": None, "axis": axis}
    layers: list[Spec] = []
    if rule_at is not None:
        ruled = {"x": {"datum": rule_at, "type": "quantitative"}}
        layers.append({"mark": {"type": "rule", "strokeDash": [5, 3]}, "encoding": ruled})
        if rule_label:
            above = {"type": "text", "align": "center", "baseline": "bottom"}
            layers.append(words(above, ruled | {"y": {"value": -4}, "text": {"value": rule_label}}))
    down = 0 if is_wide else 9
    stroke = {"type": "rule", "strokeWidth": 3, "color": "#8DB0C8", "yOffset": down}
    limits = {"x": {"field": "lo", "type": "quantitative"}, "x2": {"field": "hi"}, "y": y}
    number = {"type": "text", "align": "left", "dx": 8, "dy": down, "fontWeight": 600}
    layers += [
        {"mark": stroke, "encoding": limits},
        {"mark": {"type": "point", "size": 60, "yOffset": down}, "encoding": {"x": x, "y": y}},
        words(number, {"x": {"field": "hi", "type": "quantitative"}, "y": y, "text": {"field": "l"}}),
    ]
    if not is_wide:
        layers.append(words({"type": "text", "align": "left", "dy": -10}, {"y": y, "x": {"value": 0}, "text": {"field": "p"}}))
    return house({"data": {"values": values}, "layer": layers}, width=width, high=(28 if is_wide else 46) * len(rows) + 8)


def _shaded(cells: Sequence[Cell], width: int) -> Spec:
    most = max((cell.value for cell in cells if cell.value is not None and math.isfinite(cell.value)), default=0.0)
    values = [
        {
            "r": cell.row,
            "c": cell.column,
            "l": cell.text,
            "s": _shade(cell.value, most),
            "o": cell.is_odd,
            "w": _shade(cell.value, most) in SHADES[3:],
        }
        for cell in cells
    ]
    names = {cell.column for cell in cells}
    is_tight = len(names) * max(map(len, names)) * 8 > width - 110  # upright names would run into one another
    axis = {"labelLimit": 0, "labelAngle": -90 if is_tight else 0, "orient": "top"}
    x: Spec = {"field": "c", "type": "ordinal", "sort": None, "axis": axis, "scale": {"paddingInner": 0.04, "paddingOuter": 0}}
    y: Spec = {"field": "r", "type": "ordinal", "sort": None, "axis": {"labelLimit": 0}, "scale": {"paddingInner": 0.06, "paddingOuter": 0}}
    fill = {"field": "s", "type": "nominal", "scale": None}
    ink = {"condition": {"test": "datum.w", "value": "#FFFFFF"}, "value": INK}
    ring = {"type": "rect", "filled": False, "stroke": ODD, "strokeWidth": 2.4}
    layers: list[Spec] = [
        {"mark": {"type": "rect"}, "encoding": {"x": x, "y": y, "color": fill}},
        {"transform": [{"filter": "datum.o"}], "mark": ring, "encoding": {"x": x, "y": y}},
    ]
    if len(names) * max(len(cell.text) for cell in cells) * 8.5 < width - 80:  # else the numbers would run into one another
        layers.append({"mark": {"type": "text", "fontSize": 13}, "encoding": {"x": x, "y": y, "text": {"field": "l"}, "color": ink}})
    return house({"data": {"values": values}, "layer": layers}, width=width, high=28 * len({cell.row for cell in cells}))


def _shade(value: float | None, most: float) -> str:
    """No data is white with nothing in it; nought is the lightest shade."""
    if value is None or not math.isfinite(value):
        return "#FFFFFF"
    return SHADES[min(4, int(5 * max(value, 0.0) / most))] if most > 0 else SHADES[0]


def _or(value: float | None, other: float) -> float:
    return other if value is None else value
