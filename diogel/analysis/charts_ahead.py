"""The drawing of a forecast: the ranges told before earlier quarters with what then came, and the coming range apart from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .chart_house import INK, ODD, SLATE, Spec, count_axis, house, round_ticks, time_axis, words
from .charts import NARROW, WIDE, Chart, amount
from .periods import Quarter

HIGH = 220


@dataclass(frozen=True)
class Told:
    """A range that was told of a quarter; `observed` is what came, None of the quarter that lies ahead."""

    quarter: Quarter
    low: int
    high: int
    observed: int | None = None

    @property
    def was_held(self) -> bool:
        return self.observed is not None and self.low <= self.observed <= self.high


def ahead_chart(earlier: Sequence[Told], coming: Told, *, label: str) -> Chart:
    """Earlier ranges as pale strokes with a dot for what came, ringed where it lay outside; the coming one as a dashed outline without
    a dot, with its `label`. The y axis starts at zero. ValueError without an earlier one."""
    if not earlier:
        raise ValueError("a forecast is drawn beside at least one earlier one")
    return Chart(*[_drawn(earlier, coming, label, width) for width in (WIDE, NARROW)])


def _drawn(earlier: Sequence[Told], coming: Told, label: str, width: int) -> Spec:
    top, ticks = round_ticks(max([coming.high, *(one.high for one in earlier), *(one.observed or 0 for one in earlier), 1.0]))
    x = time_axis(earlier[0].quarter.months[0], coming.quarter.ending, width)
    y = count_axis(top, ticks)
    broad = 16 if width == WIDE else 11
    rows = [_row(one) for one in earlier]
    ahead = {"values": [_row(coming)]}
    stroke = {"type": "rule", "strokeWidth": broad, "color": "#C3D5E2", "strokeCap": "butt"}
    dashed = {"type": "bar", "width": broad + 4, "fill": "#FFFFFF", "stroke": INK, "strokeWidth": 1.8, "strokeDash": [4, 3]}
    ring = {"type": "point", "filled": False, "size": 170, "strokeWidth": 2.4, "color": ODD}
    word = {"type": "text", "align": "right", "baseline": "bottom", "dx": broad / 2 + 2, "fontWeight": 600, "color": INK}
    lead = {"type": "rule", "strokeDash": [1, 3], "color": SLATE}
    ends = {"x": x, "y": amount("lo"), "y2": {"field": "hi"}}
    layers: list[Spec] = [
        {"mark": stroke, "encoding": ends},
        {"mark": {"type": "point", "size": 46}, "encoding": {"x": x, "y": y}},
        {"data": {"values": [_row(one) for one in earlier if not one.was_held]}, "mark": ring, "encoding": {"x": x, "y": amount("n")}},
        {"data": ahead, "mark": dashed, "encoding": ends},
        {"data": ahead, "mark": lead, "encoding": {"x": x, "y": amount("hi"), "y2": {"value": -4}}},
        words(word, {"x": x, "y": {"value": -6}, "text": {"value": label}}, data=ahead),  # above the plot, where no count can be
    ]
    padding = {"left": 2, "top": 8, "right": 14, "bottom": 2}
    return house({"data": {"values": rows}, "layer": layers}, width=width, high=HIGH, padding=padding)


def _row(told: Told) -> Spec:
    """A quarter stands at its middle month."""
    return {"m": f"{told.quarter.months[1]}-01", "n": told.observed, "lo": told.low, "hi": told.high}
