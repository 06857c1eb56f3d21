"""Charts that set things side by side say each number once, in the order given, and never draw what is not known."""

from __future__ import annotations

import pytest

from diogel.analysis.charts_compared import SHADES, Cell, Range, ranges, shaded


def test_names_keep_their_order_and_limits_their_values():
    chart = ranges([Range("b", 2.0, 1.0, 3.0, "2.0"), Range("a", 1.0, None, None, "1.0")])
    assert [(row["p"], row["lo"], row["hi"]) for row in chart.wide["data"]["values"]] == [("b", 1.0, 3.0), ("a", 1.0, 1.0)]
    assert chart.wide["data"] == chart.narrow["data"]


def test_the_value_of_no_difference_is_ruled_only_when_told():
    row = Range("a", 2.0, 1.0, 3.0, "2.0")
    dashed = [[layer for layer in ranges([row], rule_at=at).wide["layer"] if layer["mark"].get("strokeDash")] for at in (1.0, None)]
    assert [len(each) for each in dashed] == [1, 0]


def test_shades_grow_with_the_numbers_and_no_data_is_not_nought():
    cells = [Cell("r", str(at), value, "") for at, value in enumerate((0.0, 25.0, 100.0, None, float("nan")))]
    assert [row["s"] for row in shaded(cells).wide["data"]["values"]] == [SHADES[0], SHADES[1], SHADES[4], "#FFFFFF", "#FFFFFF"]


def test_a_table_of_noughts_has_one_shade():
    assert {row["s"] for row in shaded([Cell("r", "c", 0.0, "0"), Cell("r", "d", 0.0, "0")]).wide["data"]["values"]} == {SHADES[0]}


def test_numbers_that_would_run_into_one_another_are_left_out():
    many = [Cell("r", f"{hour:02d}", float(hour), f"{hour * 1000:,}") for hour in range(24)]
    written = [[layer for layer in spec["layer"] if layer["mark"]["type"] == "text"] for spec in (shaded(many).wide, shaded(many[:3]).wide)]
    assert [len(each) for each in written] == [0, 1]


def test_nothing_cannot_be_drawn():
    with pytest.raises(ValueError, match="at least one"):
        ranges([])
    with pytest.raises(ValueError, match="at least one"):
        shaded([])
