"""What made a figure differ is told place by place, and adds up to the tenth."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diogel.analysis.contributions import contributions

PLACES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 200)), min_size=1, max_size=40)


@given(PLACES, st.floats(0, 2000), st.integers(0, 12))
def test_places_and_rest_add_up_to_the_difference_exactly(places, expected: float, most: int):
    told = contributions(
        places=[f"W{at}" for at in range(len(places))],
        observed=[held for held, _ in places],
        usual=[usual for _, usual in places],
        expected=expected,
        most=most,
    )
    parts = [*told.places, *([told.rest] if told.rest else [])]
    assert sum((part.difference for part in parts), Decimal(0)) == told.difference
    assert sum((part.expected for part in parts), Decimal(0)) == told.expected
    assert sum(part.observed for part in parts) == told.observed
    assert len(told.places) + told.rest_count == len(places)
    assert abs(float(told.expected) - expected) <= 0.05 + 1e-9


@given(PLACES, st.floats(0.1, 500))
def test_each_place_is_within_a_tenth_of_its_share(places, expected: float):
    usual = np.array([share for _, share in places], dtype=float)
    told = contributions(places=[str(at) for at in range(len(places))], observed=[0] * len(places), usual=usual, expected=expected, most=99)
    shares = usual / usual.sum() if usual.sum() else np.full(len(places), 1 / len(places))
    for part in told.places:
        assert abs(float(part.expected) - shares[int(part.place)] * float(told.expected)) < 0.1 + 1e-9


def test_the_worked_example():
    told = contributions(
        places=["Bangor", "Caernarfon", "Pwllheli", "Bala", "no place"],
        observed=[58, 12, 20, 4, 2],
        usual=[350, 120, 80, 40, 10],
        expected=57.0,
        most=3,
    )
    assert told.difference == Decimal("39.0")
    assert [(part.place, part.difference) for part in told.places] == [
        ("Bangor", Decimal("24.7")),
        ("Pwllheli", Decimal("12.4")),
        ("no place", Decimal("1.1")),
    ]
    assert (told.rest.difference, told.rest_count) == (Decimal("0.8"), 2)


def test_where_the_figure_fell_the_largest_falls_come_first():
    told = contributions(places=["a", "b", "c"], observed=[1, 9, 6], usual=[1, 1, 1], expected=30, most=3)
    assert [part.place for part in told.places] == ["a", "c", "b"]


def test_a_place_without_a_past_brings_all_it_holds():
    told = contributions(places=["old", "new"], observed=[10, 7], usual=[90, 0], expected=10, most=2)
    assert {part.place: part.difference for part in told.places} == {"new": Decimal("7.0"), "old": Decimal("0.0")}


@pytest.mark.parametrize(
    "wrong",
    [{"observed": [1]}, {"observed": [-1, 0]}, {"observed": [0.5, 0]}, {"usual": [-1, 2]}, {"expected": -1.0}],
)
def test_what_are_no_counts_is_refused(wrong: dict):
    with pytest.raises(ValueError):
        contributions(**({"places": ["a", "b"], "observed": [1, 2], "usual": [1, 1], "expected": 2.0} | wrong))
