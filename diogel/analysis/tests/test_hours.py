"""Each event weighs one, minute for minute, whatever the clocks do; what cannot be placed is left out and told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.hours import WEEK, hour_table

LONDON = ZoneInfo("Europe/London")
SPRING, AUTUMN = "2021-03-28", "2021-10-31"
NEAR_CHANGES = st.one_of(
    st.datetimes(datetime(2021, 3, 27), datetime(2021, 3, 29)),  # noqa: DTZ001 - wall clocks
    st.datetimes(datetime(2021, 10, 30), datetime(2021, 11, 1)),  # noqa: DTZ001
    st.datetimes(datetime(1975, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001
).map(lambda moment: moment.replace(second=0, microsecond=0))


def moments(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[m]")


def by_hand(began: datetime, ended: datetime) -> np.ndarray | None:
    """The slow obvious twin: walk the span minute by minute in UTC, and look at the clock on the wall each time."""
    table = np.zeros((7, 24))
    if began == ended:
        table[began.weekday(), began.hour] = 1
        return table
    first = began.replace(tzinfo=LONDON, fold=0).astimezone(UTC)
    last = ended.replace(tzinfo=LONDON, fold=1).astimezone(UTC)
    minutes = int((last - first).total_seconds() // 60)
    for minute in range(minutes):
        wall = (first + timedelta(minutes=minute)).astimezone(LONDON)
        table[wall.weekday(), wall.hour] += 1 / minutes
    return table


def exists(wall: datetime) -> bool:
    there = wall.replace(tzinfo=LONDON).astimezone(UTC).astimezone(LONDON).replace(tzinfo=None)
    return there == wall


@given(NEAR_CHANGES, st.integers(0, 3000))
@settings(max_examples=150, deadline=None)
def test_weights_are_those_of_walking_minute_by_minute(began: datetime, length: int):
    ended = began + timedelta(minutes=length)
    found = hour_table(moments(began.isoformat()), moments(ended.isoformat()))
    if not (exists(began) and exists(ended)):
        assert (found.not_on_the_clock, found.counted) == (1, 0)
        return
    assert found.weights == pytest.approx(by_hand(began, ended))


@given(st.lists(st.tuples(NEAR_CHANGES, st.integers(0, 3 * WEEK), st.booleans()), max_size=30))
@settings(max_examples=60, deadline=None)
def test_every_event_is_counted_or_told_and_weighs_one(rows):
    began = np.array([row[0] for row in rows], dtype="datetime64[m]")
    ended = began + np.array([row[1] for row in rows], dtype="timedelta64[m]")
    found = hour_table(began, ended, has_time=np.array([row[2] for row in rows], dtype=bool))
    assert found.events == len(rows)
    assert found.weights.sum() == pytest.approx(found.counted)
    assert (found.weights >= 0).all()


def test_the_worked_example_of_a_night_away():
    """Gone at 22:30 on a Thursday, back at 07:15: 525 minutes, 30 of them in the first hour and 15 in the last."""
    found = hour_table(moments("2021-03-04T22:30"), moments("2021-03-05T07:15"))
    assert found.weights[3, 22] == pytest.approx(30 / 525)
    assert found.weights[4, 3] == pytest.approx(60 / 525)
    assert found.weights[4, 7] == pytest.approx(15 / 525)
    assert (found.exact, found.spread, found.peak) == (0, 1, (3, 23, pytest.approx(60 / 525)))
    assert found.by_hour.sum() == found.by_weekday.sum() == pytest.approx(1)


def test_the_hour_left_out_in_march_has_no_minutes():
    found = hour_table(moments(f"{SPRING}T00:00"), moments(f"{SPRING}T03:00"))
    assert found.weights[6, :4].tolist() == [0.5, 0.0, 0.5, 0.0]
    assert found.across_change == 1


def test_the_hour_that_comes_twice_in_october_has_double_minutes():
    found = hour_table(moments(f"{AUTUMN}T00:00"), moments(f"{AUTUMN}T03:00"))
    assert found.weights[6, :3] == pytest.approx([0.25, 0.5, 0.25])
    inside = hour_table(moments(f"{AUTUMN}T01:15"), moments(f"{AUTUMN}T01:45"))
    assert (inside.weights[6, 1], inside.twice_on_the_clock, inside.across_change) == (pytest.approx(1), 1, 1)


def test_a_time_that_no_clock_showed_is_left_out_and_told():
    found = hour_table(moments(f"{SPRING}T01:30", f"{SPRING}T02:30"))
    assert (found.not_on_the_clock, found.exact) == (1, 1)


def test_a_span_of_a_week_counts_and_a_longer_one_is_told():
    found = hour_table(moments("2021-05-03T10:00", "2021-05-03T10:00"), moments("2021-05-10T10:00", "2021-05-10T10:01"))
    assert (found.spread, found.too_long) == (1, 1)
    assert found.weights == pytest.approx(np.full((7, 24), 1 / 168))


def test_days_without_a_time_are_left_out_and_midnight_is_told():
    found = hour_table(moments("2021-05-03T00:00", "2021-05-04T00:00", "2021-05-04T12:30"), has_time=[False, True, True])
    assert (found.without_time, found.at_midnight, found.exact) == (1, 1, 2)


def test_nothing_gives_an_empty_table():
    for none in ([], moments()):
        found = hour_table(none)
        assert (found.events, found.peak, found.weights.shape) == (0, None, (7, 24))


def test_datetimes_and_seconds_are_taken_to_the_minute():
    one = hour_table([datetime(2021, 5, 3, 10, 59, 59)])  # noqa: DTZ001
    assert one.weights[0, 10] == 1


@pytest.mark.parametrize(
    ("began", "ended", "has_time", "said"),
    [
        (moments("2021-05-03T10:00"), moments("2021-05-03T09:59"), None, "event 1 ends before it begins"),
        (moments("2021-05-03T10:00"), moments(), None, "do not belong"),
        (moments("2021-05-03T10:00"), None, [True, False], "do not belong"),
        (moments("2021-05-03T10:00"), None, [1], "do not belong"),
        (np.array(["2021-05"], "datetime64[M]"), None, None, "months only"),
        (np.array(["2021-05-03"], "datetime64[D]"), None, None, "without minutes"),
        (np.array(["2021-05-03T10:00", "NaT"], "datetime64[m]"), None, None, "event 2 has no moment"),
        (["2021-05-03T10:00"], None, None, "read them first"),
        ([20210503], None, None, "read them first"),
        ([datetime(2021, 5, 3, tzinfo=UTC)], None, None, "with a zone"),
    ],
)
def test_what_is_no_moment_is_refused(began, ended, has_time, said):
    with pytest.raises(ValueError, match=said):
        hour_table(began, ended, has_time=has_time)
