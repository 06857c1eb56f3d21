"""Draws what scale.py measured as the line of docs/images/scale.svg: processor time by rows, from the figures that `--figures` wrote."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diogel.web.settings")

import numpy as np

from diogel.analysis.chart_house import INK, SLATE, Spec, house, round_ticks, words
from diogel.published.drawing import draw_svg, on_white

WIDTH, HIGH = 720, 280
LINES = {
    "loaded, counted, searched": ("load", "cube", "scan"),
    "counted into the cube, searched": ("cube", "scan"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", type=Path)
    parser.add_argument("svg", type=Path)
    args = parser.parse_args()
    args.svg.write_text(on_white(draw_svg(drawn(json.loads(args.figures.read_text())), "en")) + "\n", encoding="utf-8")


def drawn(found: list[dict[str, Any]]) -> Spec:
    """Seconds of CPU by million rows; the dotted line is what all would cost if each row cost what it does at the smallest size."""
    rows = [{"x": one["rows"] / 1e6, "y": sum(one[step] for step in steps), "what": what} for one in found for what, steps in LINES.items()]
    whole = [row for row in rows if row["what"] == next(iter(LINES))]
    most, top = whole[-1]["x"], max(row["y"] for row in rows)
    level = whole[0]["y"] / whole[0]["x"]
    straight = [{"x": 0, "y": 0}, {"x": most, "y": level * most}]
    high, ticks = round_ticks(max(top, level * most))
    x = {"field": "x", "type": "quantitative", "scale": {"domain": [0, most * 1.02]}, "axis": {"values": [1, 5, 20, 40, 60], "title": None}}
    x["axis"]["labelExpr"] = "datum.value + (datum.value == 60 ? ' million rows' : '')"
    x["axis"]["labelAlign"] = {"condition": {"test": "datum.value == 60", "value": "right"}, "value": "center"}
    y = {"field": "y", "type": "quantitative", "scale": {"domain": [0, high]}, "axis": {"values": ticks, "labelExpr": "datum.label + ' s'"}}
    colours = {"field": "what", "type": "nominal", "scale": {"domain": list(LINES), "range": ["#12436D", "#801650"]}}
    # Under the line that rises, and above what lies low or has nothing over it: so no word is struck through.
    under = {
        "x": 0.66 * most,
        "y": float(np.interp(0.66 * most, [row["x"] for row in whole], [row["y"] for row in whole])),
        "what": whole[0]["what"],
    }
    above = [rows[-1], straight[1] | {"what": "if every row cost what it does at one million"}]
    told = {"x": x, "y": y, "text": {"field": "what"}}
    layers: list[Spec] = [
        {"data": {"values": straight}, "mark": {"type": "line", "color": SLATE, "strokeWidth": 1.2, "strokeDash": [2, 3]}, "encoding": {"x": x, "y": y}},
        {"mark": {"type": "line"}, "encoding": {"x": x, "y": y, "color": colours}},
        {"mark": {"type": "point", "size": 42}, "encoding": {"x": x, "y": y, "color": colours}},
        words({"type": "text", "align": "left", "dx": 8, "dy": 16, "color": INK}, told, data={"values": [under]}),
        words({"type": "text", "align": "right", "dx": -14, "dy": -8, "color": INK}, told, data={"values": above}),
    ]  # fmt: skip
    return house({"data": {"values": rows}, "layer": layers}, width=WIDTH, high=HIGH)


if __name__ == "__main__":
    main()
