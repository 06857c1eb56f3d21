"""The drawing of a forecast keeps what came apart from what lies ahead."""

from __future__ import annotations

import pytest

from diogel.analysis.charts_ahead import Told, ahead_chart
from diogel.analysis.periods import Month, Quarter

FIRST = Quarter(Month(2020, 3))


def told(*observed: int) -> list[Told]:
    return [Told(Quarter(FIRST.ending + 3 * at), 40, 60, n) for at, n in enumerate(observed)]


def drawn(*observed: int):
    return ahead_chart(told(*observed), Told(Quarter(Month(2022, 3)), 45, 90), label="expected: 45 to 90")


def layers(spec, kind: str):
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def test_what_lies_ahead_is_a_dashed_outline_with_a_label_and_no_dot():
    spec = drawn(50, 52, 48, 51).wide
    (outline,) = layers(spec, "bar")
    assert outline["mark"]["strokeDash"]
    assert [(row["lo"], row["hi"], row["n"]) for row in outline["data"]["values"]] == [(45, 90, None)]
    assert layers(spec, "text")[0]["encoding"]["text"]["value"] == "expected: 45 to 90"
    assert "2022-02-01" not in {row["m"] for row in spec["data"]["values"]}


def test_only_what_lay_outside_its_range_is_ringed():
    (ring,) = [layer for layer in layers(drawn(50, 61, 40, 39).wide, "point") if layer["mark"].get("filled") is False]
    assert [row["n"] for row in ring["data"]["values"]] == [61, 39]


def test_the_axis_starts_at_zero_and_holds_every_end():
    for spec in (drawn(50, 200).wide, drawn(50, 200).narrow):
        low, top = next(layer["encoding"]["y"]["scale"]["domain"] for layer in spec["layer"] if "scale" in layer["encoding"]["y"])
        assert low == 0
        assert top >= 200


def test_there_is_nothing_to_draw_beside_no_earlier_quarter():
    with pytest.raises(ValueError, match="at least one earlier"):
        ahead_chart([], told(50)[0], label="")
