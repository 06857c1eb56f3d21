"""Small counts of sensitive subjects are withheld, with whatever would give them away."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from diogel.indicators.models import Measure, Observation
from diogel.publishing.masks import decided
from diogel.publishing.snapshot_figures import figures


def measure(pk: int, code: str = "G6", unit: str = "count", *, sensitive: bool = True) -> Measure:
    return Measure(pk=pk, code=code, unit=unit, is_sensitive=sensitive)


def observed(held: Measure, **values) -> Observation:
    numbers = {name: Decimal(value) if isinstance(value, (int, str)) and name != "base" else value for name, value in values.items()}
    return Observation(pk=held.pk, measure=held, from_on=date(2021, 10, 1), to_on=date(2021, 12, 31), **numbers)


def shown_of(measures: list[Measure], newest: dict[int, Observation]) -> list[dict]:
    return figures(measures, newest, masks=decided(list(newest.values()), (), ()))


def told(held: Measure, **values) -> dict:
    return shown_of([held], {held.pk: observed(held, **values)})[0]


@pytest.mark.parametrize("value", [1, 2, 3, 4])
def test_a_count_of_one_to_four_is_withheld(value):
    figure = told(measure(1), value=value)
    assert figure["is_withheld"]
    assert figure["value"] is None


@pytest.mark.parametrize("value", [0, 5, 79])
def test_nothing_and_five_are_told(value):
    figure = told(measure(1), value=value)
    assert not figure.get("is_withheld")
    assert figure["value"] == value


def test_a_subject_that_is_not_sensitive_is_told():
    assert told(measure(1, sensitive=False), value=3)["value"] == 3


def test_a_small_part_takes_the_share_with_it_and_leaves_the_whole():
    figure = told(measure(1, unit="ratio"), numerator=3, denominator=40)
    assert figure["is_withheld"]
    assert figure["part"] is None
    assert figure["whole"] == 40


def test_a_small_rest_gives_the_part_away_so_the_part_is_withheld():
    figure = told(measure(1, unit="ratio"), numerator=38, denominator=40)
    assert figure["is_withheld"]
    assert figure["part"] is None


def test_a_small_whole_is_withheld_too():
    figure = told(measure(1, unit="ratio"), numerator=1, denominator=3)
    assert (figure["part"], figure["whole"]) == (None, None)


def test_words_about_a_withheld_figure_stay_inside():
    held = measure(1)
    row = observed(held, value=2)
    row.set_pair("note", cy="Dau deulu", en="Two families", is_checked=True)
    assert shown_of([held], {1: row})[0]["note"].is_empty


def test_parts_that_add_up_to_a_told_total_take_one_another_with_them():
    own, small, large, larger = measure(1, "G3"), measure(2, "G3a"), measure(3, "G3b"), measure(4, "G3c")
    newest = {1: observed(own, value=35), 2: observed(small, value=3), 3: observed(large, value=12), 4: observed(larger, value=20)}
    shown = shown_of([small, large, larger], newest)
    assert [figure.get("is_withheld", False) for figure in shown] == [True, True, False]


def test_a_share_of_fewer_than_ten_answers_is_withheld_whatever_its_subject():
    held = measure(1, unit="percent", sensitive=False)
    assert told(held, value=50, base=8)["is_withheld"]
    assert told(held, value=50, base=10)["value"] == 50


def test_no_figure_at_all_is_missing_and_not_zero():
    held = measure(1)
    figure = shown_of([held], {})[0]
    assert figure["state"] == "missing"
    assert "value" not in figure
