"""Values fall into few classes that follow one another and part no equals."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.hotspots.classes import MOST, classes

some = st.lists(st.one_of(st.integers(0, 50).map(float), st.just(math.nan)), min_size=1, max_size=80)


@settings(deadline=None)
@given(some, st.integers(1, MOST))
def test_classes_rise_part_no_equals_and_hold_what_they_say(values, most):
    found = classes(values, most=most)
    x = np.array(values)
    assert len(found.ranges) <= most + 1
    assert len(found.ranges) <= MOST
    assert ((found.number < 0) == np.isnan(x)).all()
    for at, (low, high) in enumerate(found.ranges):
        held = x[found.number == at]
        assert (held.min(), held.max()) == (low, high)
    assert all(before[1] < after[0] for before, after in zip(found.ranges, found.ranges[1:], strict=False))


def test_zero_is_a_class_of_its_own_and_the_rest_are_about_equal():
    found = classes([0] * 10 + list(range(1, 41)))
    assert found.ranges[0] == (0, 0)
    sizes = [int((found.number == at).sum()) for at in range(5)]
    assert sizes[0] == 10
    assert max(sizes[1:]) - min(sizes[1:]) <= 1


def test_two_maps_can_share_their_bounds():
    first, second = classes([1, 5, 12], bounds=[5, 10]), classes([7, 30], bounds=[5, 10])
    assert first.number.tolist() == [0, 1, 2]
    assert second.number.tolist() == [1, 2]
    assert len(first.ranges) == len(second.ranges) == 3


def test_all_the_same_is_one_class():
    assert classes([3.0, 3.0, 3.0]).ranges == ((3.0, 3.0),)
    assert classes([0.0, 0.0]).ranges == ((0.0, 0.0),)


@pytest.mark.parametrize(
    ("values", "more", "reason"),
    [
        ([math.inf], {}, "finite"),
        ([[1.0]], {}, "one finite value"),
        ([1.0], {"most": 6}, "not 6"),
        ([1.0], {"bounds": [3, 3]}, "bounds rise"),
        ([1.0], {"bounds": [1, 2, 3, 4, 5]}, "at most 4"),
    ],
)
def test_what_makes_no_classes_is_refused(values, more, reason):
    with pytest.raises(ValueError, match=reason):
        classes(values, **more)
