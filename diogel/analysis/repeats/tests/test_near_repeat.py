"""Shares of repeats are those of looking back from every event by hand, whatever the order of the rows."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diogel.analysis.repeats.events import DatedEvents
from diogel.analysis.repeats.near_repeat import repeats

from .test_knox import EVENTS, made


def by_hand(events: DatedEvents, *, days: int, metres: float) -> tuple[int, list[int]]:
    """The slow obvious twin: each event looks at every earlier one."""
    rows = sorted((day, x, y) for (x, y), day in zip(events.points.tolist(), events.days.tolist(), strict=True))
    looked_at, since = 0, []
    for at, (day, x, y) in enumerate(rows):
        if day < rows[0][0] + days:
            continue
        looked_at += 1
        gaps = [day - d for d, a, b in rows[:at] if day - d <= days and math.sqrt((x - a) ** 2 + (y - b) ** 2) <= metres]
        since += [min(gaps)] if gaps else []
    return looked_at, sorted(since)


@given(EVENTS, st.integers(0, 45), st.sampled_from([0.0, 50.0, 111.80339887498948, 300.0]))
def test_shares_are_those_of_looking_back_by_hand(rows, days, metres):
    found = repeats(made(rows), days=days, metres=metres)
    assert (found.looked_at, found.days_since.tolist()) == by_hand(made(rows), days=days, metres=metres)
    assert found.looked_at + found.left_out == len(rows)


@given(EVENTS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, random):
    turned = list(rows)
    random.shuffle(turned)
    one, other = (repeats(made(some), days=7, metres=100) for some in (rows, turned))
    assert (one.looked_at, one.days_since.tolist()) == (other.looked_at, other.days_since.tolist())


def test_the_worked_example():
    rows = [((0.0, 0.0), 0), ((0.0, 0.0), 40), ((80.0, 0.0), 44), ((0.0, 0.0), 100), ((900.0, 0.0), 101)]
    same, near = repeats(made(rows), days=30), repeats(made(rows), days=30, metres=100)
    assert (same.looked_at, same.again, same.left_out, same.share) == (4, 0, 1, 0.0)
    assert (near.again, near.share, near.median_days, near.within(3), near.within(4)) == (1, 0.25, 4.0, 0, 1)


def test_two_events_of_one_place_and_day_are_one_and_its_repeat():
    found = repeats(made([((0.0, 0.0), 0), ((50.0, 0.0), 9), ((50.0, 0.0), 9)]), days=5)
    assert (found.looked_at, found.again, found.days_since.tolist()) == (2, 1, [0])


def test_an_extract_shorter_than_the_look_back_has_no_share():
    found = repeats(made([((0.0, 0.0), 0), ((0.0, 0.0), 20)]), days=365)
    assert (found.looked_at, found.left_out, found.share, found.median_days) == (0, 2, None, None)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"days": -1}, "days to look back"),
        ({"days": 1.5}, "days to look back"),
        ({"metres": -1.0}, "metres"),
        ({"metres": np.nan}, "metres"),
    ],
)
def test_a_senseless_reach_is_refused(options, said):
    with pytest.raises(ValueError, match=said):
        repeats(made([((0.0, 0.0), 0), ((0.0, 0.0), 20)]), **options)


def test_nothing_is_said_beyond_the_days_looked_back():
    with pytest.raises(ValueError, match="only 30 days"):
        repeats(made([((0.0, 0.0), 0), ((0.0, 0.0), 50)]), days=30).within(60)
