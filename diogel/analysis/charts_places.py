"""A plain map of places as points, hot and cold ones by shape, colour and name: for areas whose outlines are not at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .chart_house import INK, ODD, SLATE, Spec, house, words
from .charts import NARROW, WIDE, Chart

Call = Literal["hot", "cold", ""]

MARKS: dict[Call, Spec] = {
    "hot": {"shape": "diamond", "size": 190, "color": ODD, "filled": True},
    "cold": {"shape": "square", "size": 130, "color": "#12436D", "filled": True},
    "": {"shape": "circle", "size": 60, "color": SLATE, "filled": False},
}
TALLEST = 1.1
"""A map is at most so many times as high as it is wide; what is taller is drawn smaller."""
NAMED = 12
"""Names are written at so many hot and cold places, the oddest ones."""
_EDGE = 40


@dataclass(frozen=True)
class Place:
    """A place in metres, how it was called, and how odd it is."""

    label: str
    easting: float
    northing: float
    call: Call
    z: float


def places_map(places: Sequence[Place], *, labels: dict[Call, str]) -> Chart:
    """Every place at its point, north up, the same scale both ways; `labels` name the three marks above the map. ValueError without."""
    if not places:
        raise ValueError("a map needs at least one place")
    return Chart(*[_map(places, labels, width) for width in (WIDE, NARROW)])


def _map(places: Sequence[Place], labels: dict[Call, str], width: int) -> Spec:
    east, north = [one.easting for one in places], [one.northing for one in places]
    across, up = max(max(east) - min(east), 1.0), max(max(north) - min(north), 1.0)
    plot = width - 4
    scale = min((plot - 2 * _EDGE) / across, (plot * TALLEST - 2 * _EDGE) / up)
    high = round(up * scale + 2 * _EDGE)
    left = (plot - across * scale) / 2
    rows = [
        {
            "l": one.label,
            "x": left + (one.easting - min(east)) * scale,
            "y": high - _EDGE - (one.northing - min(north)) * scale,
            "c": one.call,
        }
        for one in places
    ]
    x: Spec = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, plot], "nice": False}}
    y: Spec = {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [high, 0], "nice": False}}
    layers: list[Spec] = []
    for call in ("", "cold", "hot"):
        here = [row for row in rows if row["c"] == call]
        layers.append({"data": {"values": here}, "mark": {"type": "point"} | MARKS[call], "encoding": {"x": x, "y": y}})  # type: ignore[index]
    odd = sorted((one for one in zip(places, rows, strict=True) if one[0].call), key=lambda one: -abs(one[0].z))[:NAMED]
    for align, dx, is_here in (("left", 11, lambda row: row["x"] < plot / 2), ("right", -11, lambda row: row["x"] >= plot / 2)):
        named = [row for _, row in odd if is_here(row)]
        if named:
            mark = {"type": "text", "align": align, "dx": dx, "color": INK}
            layers.append(words(mark, {"x": x, "y": y, "text": {"field": "l"}}, data={"values": named}))
    return house({"data": {"values": rows}, "layer": [*layers, *_scale_bar(scale, plot, high), *_key(labels)]}, width=width, high=high)


def _scale_bar(scale: float, plot: int, high: int) -> list[Spec]:
    """A bar of a round length, at most a quarter of the map, in the corner below."""
    rounds = [factor * 10**power for power in range(7) for factor in (1, 2, 5)]
    metres = max((one for one in rounds if one * scale <= plot / 4), default=1)
    text = f"{metres // 1000:,} km" if metres >= 1000 else f"{metres} m"
    at = {"y": {"value": high - 8}}
    ends = {"x": {"value": 10}, "x2": {"value": 10 + metres * scale}} | at
    word = {"type": "text", "align": "left", "baseline": "bottom", "dy": -4}
    return [
        {"data": {"values": [{}]}, "mark": {"type": "rule", "strokeWidth": 2}, "encoding": ends},
        words(word, {"x": {"value": 10}, "text": {"value": text}} | at, data={"values": [{}]}),
    ]


def _key(labels: dict[Call, str]) -> list[Spec]:
    """The three marks with their words, above the map."""
    layers: list[Spec] = []
    at = 10.0
    for call, label in labels.items():
        spot = {"x": {"value": at}, "y": {"value": -12}}
        layers.append({"data": {"values": [{}]}, "mark": {"type": "point"} | MARKS[call] | {"size": 90}, "encoding": spot})
        word = {"type": "text", "align": "left", "baseline": "middle"}
        layers.append(words(word, {"x": {"value": at + 12}, "y": {"value": -12}, "text": {"value": label}}, data={"values": [{}]}))
        at += 12 + 7.6 * len(label) + 24
    return layers
