"""Charts as data: Vega-Lite 5 specifications, each in a wide and a narrow drawing, made from frozen values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .chart_house import INK, ODD, QUIET, SLATE, Spec, Tick, count_axis, house, placed, round_ticks, time_axis, words
from .periods import Month

WIDE, NARROW = 800, 300
FEW = 5
"""A series of fewer than this a period gets bars and no line."""


@dataclass(frozen=True)
class Chart:
    """One picture in two widths, 800 and 300 pixels, because one drawing scaled down would have letters of 8 pixels."""

    wide: Spec
    narrow: Spec


@dataclass(frozen=True)
class Point:
    """One period of a series: its first month, what was observed (None: no data) and, where known, the expected range.

    `odd` rings the point; `label` is written beside the ring.
    """

    month: Month
    observed: float | None
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    odd: bool = False
    label: str = ""


@dataclass(frozen=True)
class Event:
    """Something dated that a reader must know: a lockdown, a change of recording. Drawn as a rule with its word above."""

    month: Month
    label: str


@dataclass(frozen=True)
class Bar:
    """One contribution: its name, its signed value and the value as it is written."""

    label: str
    value: float
    text: str


def control_chart(points: Sequence[Point], *, range_label: str, missing_label: str, events: Sequence[Event] = (), high: int = 250) -> Chart:
    """Observed counts on their expected range, the odd ones ringed, gaps named, dated events ruled.

    `points` follow one another in time, all months or all quarters; ValueError where there are none. The y axis starts at zero.
    """
    if not points:
        raise ValueError("a control chart needs at least one period")
    drawn = [_control(points, range_label, missing_label, events, width, high) for width in (WIDE, NARROW)]
    return Chart(*drawn)


def contributions(bars: Sequence[Bar]) -> Chart:
    """Signed bars from zero in the order given (largest first, the rest last); they add up to what the subtitle says."""
    if not bars:
        raise ValueError("a chart of contributions needs at least one bar")
    return Chart(*[_bars(bars, width) for width in (WIDE, NARROW)])


def small_panel(points: Sequence[Point], *, missing_label: str) -> Chart:
    """One series for a row of small pictures: own scale from zero, last point marked, odd points ringed.

    A series of fewer than five a period on average is drawn as bars: a line between such counts would tell of a movement
    that is not there.
    """
    if not points:
        raise ValueError("a small panel needs at least one period")
    return Chart(*[_panel(points, missing_label, width) for width in (NARROW, NARROW)])


def _control(points: Sequence[Point], range_label: str, missing_label: str, events: Sequence[Event], width: int, high: int) -> Spec:
    top, y_ticks = round_ticks(max(_heights(points)))
    x = time_axis(points[0].month, points[-1].month, width)
    notes = [*(Tick(event.month, event.label) for event in events), *(Tick(middle, missing_label) for middle in gaps_in(points))]
    rows = placed(notes, start=points[0].month, end=points[-1].month, width=width - 50)
    y = count_axis(top, y_ticks)
    layers = [
        *_band(points, x),
        *ruled(rows, x, events, high),
        _expected(x),
        *line_and_dots(x, y),
        *_range_words(points, x, range_label, top, width, [tick.month for tick in notes]),
        *_rings(points, x, size=190),
    ]
    padding = {"left": 2, "top": 8, "right": 14, "bottom": 2}
    return house({"data": {"values": [row_of(p) for p in points]}, "layer": layers}, width=width, high=high, padding=padding)


def _panel(points: Sequence[Point], missing_label: str, width: int) -> Spec:
    top, y_ticks = round_ticks(max(_heights(points)), few=True)
    x = time_axis(points[0].month, points[-1].month, width)
    y = count_axis(top, y_ticks)
    last = next((p for p in reversed(points) if p.observed is not None), None)
    ends = [{"m": str(last.month) + "-01", "n": last.observed}] if last else []
    seen = [p.observed for p in points if p.observed is not None]
    if seen and sum(seen) / len(seen) < FEW:
        line: Spec = {"mark": {"type": "bar", "width": max(2, 0.6 * (width - 50) / len(points))}, "encoding": {"x": x, "y": y}}
        ends = []
    else:
        line, _dots = line_and_dots(x, y)
        line["mark"]["strokeWidth"] = 1.9
    dot = {"data": {"values": ends}, "mark": {"type": "point", "size": 42}, "encoding": {"x": x, "y": amount("n")}}
    alone = [] if line["mark"]["type"] == "bar" else [row_of(p) for p in _alone(points)]
    specks: Spec = {"data": {"values": alone}, "mark": {"type": "point", "size": 18}, "encoding": {"x": x, "y": amount("n")}}
    gaps = placed([Tick(m, missing_label) for m in gaps_in(points)], start=points[0].month, end=points[-1].month, width=width - 40)
    layers = [*_band(points, x), line, specks, *_rings(points, x, size=90, labelled=False), dot, *ruled(gaps, x, (), 110)]
    padding = {"left": 2, "top": 6, "right": 8, "bottom": 2}
    return house({"data": {"values": [row_of(p) for p in points]}, "layer": layers}, width=width, high=110, padding=padding)


def _bars(bars: Sequence[Bar], width: int) -> Spec:
    """Names stand left of the bars where there is room, and above them where there is not."""
    is_wide = width == WIDE
    rows = [{"p": b.label, "v": b.value, "l": b.text, "s": "up" if b.value >= 0 else "down"} for b in bars]
    low, high = min(0.0, *(b.value for b in bars)), max(0.0, *(b.value for b in bars))
    room = ((high - low) or 1.0) * (0.09 if is_wide else 0.2)  # for the number written past the end of the longest bar
    domain = [low - room if low < 0 else 0, high + room]
    axis = {"labelLimit": 0, "labelFontSize": 14, "labelColor": INK} if is_wide else None
    y: Spec = {"field": "p", "type": "nominal", "sort": None, "axis": axis, "scale": {"paddingInner": 0.38 if is_wide else 0}}
    x: Spec = {"field": "v", "type": "quantitative", "axis": None, "scale": {"domain": domain, "nice": False}}
    shade = {"field": "s", "type": "nominal", "scale": {"domain": ["up", "down"], "range": ["#12436D", "#A9B4BB"]}}
    bar, down = ({"type": "bar"}, 0) if is_wide else ({"type": "bar", "height": 16, "yOffset": 9}, 9)
    layers: list[Spec] = [
        {"mark": bar, "encoding": {"y": y, "x": x, "color": shade}},
        _zero(y, is_wide=is_wide),
    ]
    for test, align, dx in (("datum.v>=0", "left", 6), ("datum.v<0", "right", -6)):
        mark = {"type": "text", "align": align, "dx": dx, "dy": down, "fontWeight": 600}
        layers.append({"transform": [{"filter": test}], "mark": mark, "encoding": {"y": y, "x": x, "text": {"field": "l"}}})
    if not is_wide:
        above = {"type": "text", "align": "left", "dy": -10}
        layers.append(words(above, {"y": y, "x": {"value": 0}, "text": {"field": "p"}}))
    return house({"data": {"values": rows}, "layer": layers}, width=width, high=(26 if is_wide else 46) * len(bars) + 8)


def _zero(y: Spec, *, is_wide: bool) -> Spec:
    """The line at zero: whole where names stand left of it; beside each bar alone where a name above the bar would be struck through."""
    at: Spec = {"x": {"datum": 0, "type": "quantitative"}}
    if is_wide:
        return {"mark": {"type": "rule", "color": INK}, "encoding": at}
    return {
        "mark": {"type": "tick", "orient": "vertical", "size": 18, "thickness": 1, "color": INK, "yOffset": 9},
        "encoding": at | {"y": y},
    }


def row_of(point: Point) -> dict[str, Any]:
    return {"m": f"{point.month}-01", "n": point.observed, "e": point.expected, "lo": point.low, "hi": point.high}


def amount(field: str) -> Spec:
    return {"field": field, "type": "quantitative"}


def line_and_dots(x: Spec, y: Spec) -> tuple[Spec, Spec]:
    line: Spec = {"mark": {"type": "line"}, "encoding": {"x": x, "y": y}}
    dots: Spec = {"transform": [{"filter": "isValid(datum.n)"}], "mark": {"type": "point"}, "encoding": {"x": x, "y": amount("n")}}
    return line, dots


def _band(points: Sequence[Point], x: Spec) -> list[Spec]:
    """The expected range: an area where two or more known periods follow one another, a broad stroke where one stands alone."""
    known = [p.low is not None and p.high is not None for p in points]
    alone = [p for at, p in enumerate(points) if known[at] and not (at and known[at - 1]) and not (at + 1 < len(points) and known[at + 1])]
    layers: list[Spec] = []
    if any(known):
        layers.append({"mark": {"type": "area"}, "encoding": {"x": x, "y": amount("lo"), "y2": {"field": "hi"}}})
    if alone:
        mark = {"type": "rule", "strokeWidth": 14, "color": "#DCE5EC", "strokeCap": "butt"}
        data = {"values": [row_of(p) for p in alone]}
        layers.append({"data": data, "mark": mark, "encoding": {"x": x, "y": amount("lo"), "y2": {"field": "hi"}}})
    return layers


def _expected(x: Spec) -> Spec:
    return {"mark": {"type": "line", "color": SLATE, "strokeWidth": 1.2, "strokeDash": [2, 3]}, "encoding": {"x": x, "y": amount("e")}}


def _rings(points: Sequence[Point], x: Spec, size: int, *, labelled: bool = True) -> list[Spec]:
    """A ring on each odd point; its label at the left of it, or at the right where the left edge is near."""
    odd = [(at, p) for at, p in enumerate(points) if p.odd and p.observed is not None]
    if not odd:
        return []
    ring = {"type": "point", "filled": False, "size": size, "strokeWidth": 2.4, "color": ODD}
    layers: list[Spec] = [{"data": {"values": [row_of(p) for _, p in odd]}, "mark": ring, "encoding": {"x": x, "y": amount("n")}}]
    for at, point in odd:
        if point.label and labelled:
            side = {"align": "left", "dx": 13} if at < len(points) / 3 else {"align": "right", "dx": -13}
            mark = {"type": "text", "fontWeight": 700, "fontSize": 16, "color": ODD} | side
            text = {"value": point.label}
            layers.append(words(mark, {"x": x, "y": amount("n"), "text": text}, data={"values": [row_of(point)]}))
    return layers


def ruled(rows: Sequence[tuple[Tick, int, str]], x: Spec, events: Sequence[Event], high: int) -> list[Spec]:
    """A rule with a word above it, in as many rows as keep the words apart; gaps are dotted, events dashed."""
    named = {(event.month, event.label) for event in events}
    rules: list[Spec] = []
    labels: list[Spec] = []
    for tick, row, align in rows:
        is_event = (tick.month, tick.label) in named
        dash = [5, 3] if is_event else [1, 3]
        data = {"values": [{"m": f"{tick.month}-01"}]}
        above = -8 - 18 * row
        rule = {"type": "rule", "strokeDash": dash, "color": SLATE}
        rules.append({"data": data, "mark": rule, "encoding": {"x": x, "y": {"value": high}, "y2": {"value": above + 6}}})
        word = {"type": "text", "align": align, "baseline": "bottom", "color": QUIET}
        labels.append(words(word, {"x": x, "y": {"value": above + 6}, "text": {"value": tick.label}}, data=data))
    return [*rules, *labels]


def _range_words(points: Sequence[Point], x: Spec, label: str, top: float, width: int, taken: Sequence[Month]) -> list[Spec]:
    """The words "expected range", under the band where there is most room and no rule passes; above it where there is none below."""
    reach = max(1, round(len(points) * 7.2 * len(label) / 2 / (width - 60)))
    ruled = {at for at, p in enumerate(points) if p.month in taken}
    known = [at for at, p in enumerate(points) if p.low is not None]
    if not known:
        return []
    inner = [at for at in known if reach <= at < len(points) - reach] or known
    free = [at for at in inner if not any(abs(at - other) <= reach for other in ruled)] or inner

    def room(at: int) -> float:
        near = points[max(0, at - reach) : at + reach + 1]
        return min(value for p in near for value in (p.low, p.observed) if value is not None)

    best = max(free, key=room)
    near = points[max(0, best - reach) : best + reach + 1]
    is_below = room(best) > top * 0.12
    height = room(best) if is_below else min(top, max(value for p in near for value in (p.high, p.observed) if value is not None))
    mark = {"type": "text", "align": "center", "baseline": "top" if is_below else "bottom", "dy": 7 if is_below else -6, "color": QUIET}
    spot = {"m": f"{points[best].month}-01", "y": height}
    return [words(mark, {"x": x, "y": amount("y"), "text": {"value": label}}, data={"values": [spot]})]


def _alone(points: Sequence[Point]) -> list[Point]:
    """Periods with data between two without, which a line alone would not show."""
    known = [False, *(p.observed is not None for p in points), False]
    return [p for at, p in enumerate(points, 1) if known[at] and not known[at - 1] and not known[at + 1]]


def gaps_in(points: Sequence[Point]) -> list[Month]:
    """The middle month of each run of periods without data."""
    middles, run = [], []
    for point in [*points, None]:
        if point is not None and point.observed is None:
            run.append(point.month)
        elif run:
            middles.append(run[(len(run) - 1) // 2])
            run = []
    return middles


def _heights(points: Sequence[Point]) -> list[float]:
    seen = [value for p in points for value in (p.observed, p.high) if value is not None and math.isfinite(value)]
    return [*seen, 1.0]
