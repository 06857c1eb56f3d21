"""What every chart of the house shares: its colours and type, round axis ticks, month labels and words that do not collide."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .periods import Month

Spec = dict[str, Any]

INK, QUIET, SLATE, ODD = "#1B2730", "#33434F", "#5A6B77", "#801650"
FACE = "'Source Sans 3', arial, sans-serif"  # quoted: a family name that ends in a digit is no CSS word, and is dropped in silence

CONFIG: Spec = {
    "background": None,
    "font": FACE,
    "padding": {"left": 2, "top": 6, "right": 2, "bottom": 2},
    "view": {"stroke": None},
    "aria": False,
    "axis": {
        "domainColor": SLATE,
        "domainWidth": 1,
        "gridColor": "#E1E6EA",
        "gridWidth": 1,
        "tickColor": SLATE,
        "tickSize": 5,
        "labelColor": QUIET,
        "labelFont": FACE,
        "labelFontSize": 14,
        "labelPadding": 5,
        "title": None,
    },
    "axisY": {"domain": False, "ticks": False},  # no tickCount: it would thin out the values an axis is given
    "axisX": {"grid": False},
    "axisBand": {"ticks": False, "domain": False},
    "legend": {"disable": True},
    "line": {"color": "#12436D", "strokeWidth": 2.25, "strokeJoin": "round", "strokeCap": "round", "invalid": "break-paths-show-domains"},
    "point": {"color": "#12436D", "filled": True, "size": 26, "opacity": 1},
    "area": {"color": "#DCE5EC", "opacity": 1, "line": False, "invalid": "break-paths-show-domains"},
    "bar": {"color": "#12436D"},
    "rule": {"color": SLATE, "strokeWidth": 1},
    "text": {"color": INK, "fontSize": 14, "font": FACE},
    "range": {
        "category": ["#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"],
        "ordinal": ["#E8EEF2", "#C3D5E2", "#8DB0C8", "#4E83A8", "#12436D"],
    },
}


@dataclass(frozen=True)
class Tick:
    """A word that stands at a month."""

    month: Month
    label: str


def house(spec: Spec, *, width: int, high: int, padding: Spec | None = None) -> Spec:
    """The specification dressed in the house's style; `width` is the whole drawing's, `high` that of the plot."""
    head = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "width": width, "height": high}
    fit = {"autosize": {"type": "fit-x", "contains": "padding"}, "padding": padding or CONFIG["padding"]}
    return head | fit | spec | {"config": CONFIG}


def round_ticks(highest: float, *, few: bool = False) -> tuple[float, list[float]]:
    """The top of an axis from zero, and three to five (`few`: two or three) round values on it. Counts get whole numbers."""
    most = 3 if few else 5
    size = 10 ** max(0, math.floor(math.log10(max(highest, 1))) - 1)
    steps = [factor * size * scale for scale in (1, 10, 100) for factor in (1, 2, 5, 10, 20, 25, 50)]
    step = next(s for s in sorted(set(steps)) if highest / s <= most)
    top = max(highest * 1.05, step)
    return top, [step * k for k in range(int(top // step) + 1)]


def month_ticks(first: Month, last: Month, width: int) -> Spec:
    """Axis values and format that leave room between labels: every quarter, half-year or year; years alone when narrow."""
    span = last.since(first) + 1
    room = max(2, int((width - 60) / 78))
    steps = ((1, "%b %Y"), (3, "%b %Y"), (6, "%b %Y"), (12, "%b %Y" if width > 400 else "%Y"), (24, "%Y"), (60, "%Y"))
    tried = [([first + k for k in range(span) if (first + k).index % every == 0], form) for every, form in steps]
    ticks, form = next(((ticks, form) for ticks, form in tried if len(ticks) <= room), tried[-1])
    shown = ticks or [first]
    return {"values": [f"{month}-01" for month in shown], "format": form}


def time_axis(first: Month, last: Month, width: int) -> Spec:
    """The x encoding of the field `m` (a month's first day) from one month to another."""
    ends = [f"{first}-01", f"{last if last != first else last + 1}-01"]
    scale = {"type": "utc", "domain": ends}  # else the machine's own time zone could move a month's first day into the month before
    axis = month_ticks(first, last, width)
    return {"field": "m", "type": "temporal", "scale": scale, "axis": axis | {"labelFlush": False, "labelAlign": "center"}}


def count_axis(top: float, ticks: Sequence[float]) -> Spec:
    """The y encoding of the field `n`, from zero to `top`."""
    return {
        "field": "n", "type": "quantitative", "scale": {"domain": [0, top], "nice": False}, "axis": {"values": list(ticks), "format": ",d"},
    }  # fmt: skip


def placed(ticks: Sequence[Tick], *, start: Month, end: Month, width: int) -> list[tuple[Tick, int, str]]:
    """Each word with its row (0 nearest the plot) and alignment, so that no two overlap and none leaves the drawing.

    Widths are estimated at 7.2 pixels a letter of 14-pixel type.
    """
    span = max(1, end.since(start))
    taken: list[list[tuple[float, float]]] = []
    out = []
    ordered = sorted(ticks, key=lambda one: one.month)
    spots = [width * tick.month.since(start) / span for tick in ordered]
    for tick, at in zip(ordered, spots, strict=True):
        long = 7.2 * len(tick.label)
        align, left = _aligned(at, long, width, [other for other in spots if other != at])
        row = next((r for r, spans in enumerate(taken) if all(left > b + 8 or left + long + 8 < a for a, b in spans)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append((left, left + long))
        out.append((tick, row, align))
    return out


def words(text: Spec, encoding: Spec, **data: Any) -> Spec:
    """A text layer with a white halo, so that a rule or a line behind it does not strike the word through.

    The halo is a stroke; whoever draws the specification paints it before the letters (`paint-order`).
    """
    return data | {"mark": text | {"stroke": "#FFFFFF", "strokeWidth": 4, "strokeJoin": "round"}, "encoding": encoding}


def _aligned(at: float, long: float, width: int, others: Sequence[float]) -> tuple[str, float]:
    """Centred on its rule if it can be, else beside it: inside the drawing, and not across another word's rule."""
    places = [("center", at - long / 2), ("right", at - long), ("left", at)]
    inside = [(align, left) for align, left in places if left >= -20 and left + long <= width + 20]
    clear = [(align, left) for align, left in inside if not any(left - 4 < other < left + long + 4 for other in others)]
    return next(iter([*clear, *inside]), places[0])
