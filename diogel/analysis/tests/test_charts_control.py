"""The drawing of a control chart says in its specification where limits lie, which rule a point breaks, and where the baseline ends."""

from __future__ import annotations

import pytest

from diogel.analysis.charts import Point
from diogel.analysis.charts_control import SHAPES, Broken, Labels, limits_chart
from diogel.analysis.periods import Month

START = Month(2020, 1)
LABELS = Labels(high="upper", centre="centre", low="lower", baseline="baseline ends", missing="no data")


def points(low: float = 20.0):
    return [Point(START + at, 40 + at % 5, 42.0, low, 60.0) for at in range(24)]


def drawn(broken=(), low: float = 20.0, ends=START + 11):
    return limits_chart(points(low), broken=broken, baseline_ends=ends, labels=LABELS).wide


def words_of(spec):
    return [layer["encoding"]["text"]["value"] for layer in spec["layer"] if layer["mark"]["type"] == "text"]


def test_limits_and_centre_are_lines_with_their_words_and_the_baseline_has_an_end():
    spec = drawn()
    fields = [layer["encoding"]["y"]["field"] for layer in spec["layer"] if layer["mark"]["type"] == "line"]
    assert sorted(fields) == ["e", "hi", "lo", "n"]
    assert {"upper", "centre", "lower", "baseline ends"} <= set(words_of(spec))
    assert "baseline ends" not in words_of(drawn(ends=None))


def test_a_lower_limit_of_nought_has_no_word_on_the_axis():
    assert "lower" not in words_of(drawn(low=0.0))


def test_each_rule_has_a_shape_and_a_colour_of_its_own():
    assert len(set(SHAPES.values())) == len({shape for shape, _ in SHAPES.values()}) == len({colour for _, colour in SHAPES.values()}) == 4
    broken = [Broken(START + at, rule) for at, rule in enumerate(SHAPES)]
    shaped = [layer["mark"]["shape"] for layer in drawn(broken)["layer"] if "shape" in layer["mark"]]
    assert shaped == [shape for shape, _ in SHAPES.values()]


def test_a_point_that_breaks_two_rules_bears_the_first_mark_alone():
    broken = [Broken(START, "trend"), Broken(START, "outside"), Broken(START + 1, "trend")]
    shapes = {layer["mark"]["shape"]: layer["data"]["values"] for layer in drawn(broken)["layer"] if "shape" in layer["mark"]}
    assert [row["m"] for row in shapes["circle"]] == ["2020-01-01"]
    assert [row["m"] for row in shapes["triangle-up"]] == ["2020-02-01"]


def test_both_widths_hold_the_same_rows_and_start_at_zero():
    chart = limits_chart(points(), broken=[], baseline_ends=None, labels=LABELS)
    assert chart.wide["data"] == chart.narrow["data"]
    domains = [layer["encoding"]["y"]["scale"]["domain"] for layer in chart.narrow["layer"] if "scale" in layer["encoding"]["y"]]
    assert domains
    assert all(low == 0 and top >= 60 for low, top in domains)
    with pytest.raises(ValueError, match="at least one"):
        limits_chart([], broken=[], baseline_ends=None, labels=LABELS)
