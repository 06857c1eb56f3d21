"""A map of points keeps its scale the same both ways and tells hot from cold by shape, colour and name."""

from __future__ import annotations

import pytest

from diogel.analysis.charts_places import MARKS, Place, places_map

LABELS = {"hot": "hot", "cold": "cold", "": "neither"}
PLACES = [
    Place("A", 300_000, 380_000, "hot", 4.0),
    Place("B", 304_000, 380_000, "cold", -3.0),
    Place("C", 300_000, 382_000, "", 0.2),
]


def rows_of(spec) -> dict[str, dict]:
    return {row["l"]: row for row in spec["data"]["values"]}


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_north_is_up_and_a_metre_is_as_long_across_as_up(size):
    spec = getattr(places_map(PLACES, labels=LABELS), size)
    a, b, c = (rows_of(spec)[name] for name in "ABC")
    assert b["x"] - a["x"] == pytest.approx(2 * (a["y"] - c["y"]))
    assert all(0 <= row["x"] <= spec["width"] and 0 <= row["y"] <= spec["height"] for row in (a, b, c))


def test_only_hot_and_cold_places_are_named_and_each_call_has_its_mark():
    spec = places_map(PLACES, labels=LABELS).wide
    named = [row["l"] for layer in spec["layer"] if layer["mark"]["type"] == "text" for row in layer["data"]["values"] if "l" in row]
    assert sorted(named) == ["A", "B"]
    assert len({(mark["shape"], mark["color"]) for mark in MARKS.values()}) == 3
    words = [layer["encoding"]["text"].get("value") for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    assert {"hot", "cold", "neither", "1 km"} <= set(words)


def test_one_place_alone_and_places_in_a_line_can_be_drawn():
    assert places_map(PLACES[:1], labels=LABELS).wide["height"] > 0
    tall = places_map([Place(str(at), 300_000, 380_000 + 1000 * at, "", 0.0) for at in range(9)], labels=LABELS)
    assert tall.wide["height"] <= 1.1 * 800
    with pytest.raises(ValueError, match="at least one"):
        places_map([], labels=LABELS)
