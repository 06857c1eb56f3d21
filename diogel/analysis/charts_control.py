"""The drawing of a control chart: limits as lines, where the baseline ends, and each broken rule by a shape of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .chart_house import ODD, QUIET, SLATE, Spec, Tick, count_axis, house, placed, round_ticks, time_axis, words
from .charts import NARROW, WIDE, Chart, Event, Point, amount, gaps_in, line_and_dots, row_of, ruled
from .control_charts import Rule
from .periods import Month

SHAPES: dict[Rule, tuple[str, str]] = {
    "outside": ("circle", ODD),
    "shift": ("square", "#C2410C"),
    "trend": ("triangle-up", "#12436D"),
    "two of three": ("diamond", "#3D3D3D"),
}
"""The shape and colour around a point that breaks a rule; of several rules the first here is drawn."""
HIGH = 250


@dataclass(frozen=True)
class Broken:
    """A month that breaks a rule."""

    month: Month
    rule: Rule


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The words in the drawing: at the limits, at the centre, where the baseline ends, and where there is no data."""

    high: str
    centre: str
    low: str
    baseline: str
    missing: str


def limits_chart(
    points: Sequence[Point], *, broken: Sequence[Broken], baseline_ends: Month | None, labels: Labels, events: Sequence[Event] = ()
) -> Chart:
    """Counts with their limits (`low`, `high`) and centre (`expected`) as lines, in a wide and a narrow drawing.

    `baseline_ends` is the last month that the limits come from, None where it is the last of all. ValueError without points.
    """
    if not points:
        raise ValueError("a control chart needs at least one period")
    return Chart(*[_drawn(points, broken, baseline_ends, labels, events, width) for width in (WIDE, NARROW)])


def _drawn(
    points: Sequence[Point], broken: Sequence[Broken], baseline_ends: Month | None, labels: Labels, events: Sequence[Event], width: int
) -> Spec:
    seen = [value for p in points for value in (p.observed, p.high) if value is not None]
    top, y_ticks = round_ticks(max([*seen, 1.0]))
    x = time_axis(points[0].month, points[-1].month, width)
    dated = [*events, *([Event(baseline_ends, labels.baseline)] if baseline_ends is not None else [])]
    notes = [*(Tick(event.month, event.label) for event in dated), *(Tick(middle, labels.missing) for middle in gaps_in(points))]
    rows = placed(notes, start=points[0].month, end=points[-1].month, width=width - 50)
    layers = [
        *ruled(rows, x, dated, HIGH),
        *_limits(x),
        *line_and_dots(x, count_axis(top, y_ticks)),
        *_named(points, x, labels, top, width, [tick.month for tick in notes]),
        *_shapes(points, broken, x),
    ]
    padding = {"left": 2, "top": 8, "right": 14, "bottom": 2}
    return house({"data": {"values": [row_of(p) for p in points]}, "layer": layers}, width=width, high=HIGH, padding=padding)


def _limits(x: Spec) -> list[Spec]:
    lines = (("hi", [8, 4], 1.6), ("lo", [8, 4], 1.6), ("e", [2, 3], 1.2))
    return [
        {"mark": {"type": "line", "color": SLATE, "strokeWidth": width, "strokeDash": dash}, "encoding": {"x": x, "y": amount(field)}}
        for field, dash, width in lines
    ]


def _named(points: Sequence[Point], x: Spec, labels: Labels, top: float, width: int, taken: Sequence[Month]) -> list[Spec]:
    """The words at the lines, above the upper ones and below the lower limit, each where the counts leave it most room; none at a limit
    of nought."""
    first = points[0]
    named = [(first.high, labels.high, "bottom", -4), (first.expected, labels.centre, "bottom", -4), (first.low, labels.low, "top", 5)]
    layers = []
    for height, label, baseline, down in named:
        if height is None or (baseline == "top" and height < top * 0.1):
            continue
        middle = height + top * (0.05 if baseline == "bottom" else -0.05)
        at = _roomiest(points, middle, long=7.2 * len(label) / (width - 60), taken=taken)
        mark = {"type": "text", "align": "left", "baseline": baseline, "dx": 4, "dy": down, "color": QUIET}
        spot = {"m": f"{points[at].month}-01", "y": height}
        layers.append(words(mark, {"x": x, "y": amount("y"), "text": {"value": label}}, data={"values": [spot]}))
    return layers


def _roomiest(points: Sequence[Point], height: float, *, long: float, taken: Sequence[Month]) -> int:
    """Where a word of this length (a share of the width) begins so that counts stay furthest from it, and no rule passes if possible."""
    reach = min(len(points), 2 + round(long * len(points)))

    def room(start: int) -> tuple[bool, float]:
        near = points[start : start + reach]
        clear = [abs(p.observed - height) for p in near if p.observed is not None]
        return not any(p.month in taken for p in near), min(clear, default=height)

    return max(range(len(points) - reach + 1), key=room)


def _shapes(points: Sequence[Point], broken: Sequence[Broken], x: Spec) -> list[Spec]:
    by_month = {p.month: p for p in points}
    order = list(SHAPES)
    first_of: dict[Month, Rule] = {}
    for one in sorted(broken, key=lambda one: order.index(one.rule)):
        first_of.setdefault(one.month, one.rule)
    layers = []
    for rule, (shape, colour) in SHAPES.items():
        rows = [row_of(by_month[month]) for month, broken_rule in first_of.items() if broken_rule == rule and month in by_month]
        if rows:
            mark = {"type": "point", "shape": shape, "filled": False, "size": 190, "strokeWidth": 2.4, "color": colour}
            layers.append({"data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": amount("n")}})
    return layers
