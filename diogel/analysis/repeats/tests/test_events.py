"""Only events with a day and a point in metres are taken; what looks like anything else is refused in words."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from diogel.analysis.periods import Month
from diogel.analysis.repeats.events import MONTH_ONLY, dated_events

DAYS = [date(2021, 3, 4), date(2021, 3, 9), date(2021, 5, 1)]
EAST, NORTH = [258000.0, 258100.0, 259000.0], [372000.0, 372000.0, 371000.0]


def test_dates_moments_and_numpy_days_say_the_same():
    moments = [datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC) for day in DAYS]
    for on in (DAYS, moments, np.array(DAYS, "datetime64[D]"), np.array(DAYS, "datetime64[s]"), list(np.array(DAYS, "datetime64[D]"))):
        assert dated_events(eastings=EAST, northings=NORTH, on=on).days.tolist() == [18690, 18695, 18748]


@pytest.mark.parametrize(
    "on",
    [
        [Month(2021, 3)] * 3,
        np.array(["2021-03", "2021-04", "2021-05"], "datetime64[M]"),
        np.array(["2021", "2021", "2022"], "datetime64[Y]"),
    ],
)
def test_open_data_with_months_are_refused_in_a_sentence(on):
    with pytest.raises(ValueError, match="dated by month only") as told:
        dated_events(eastings=EAST, northings=NORTH, on=on)
    assert str(told.value) == MONTH_ONLY


def test_months_written_as_their_first_day_are_refused_too():
    on = [date(2021, month, 1) for month in (1, 2, 3, 3)]
    with pytest.raises(ValueError, match="dated by month only"):
        dated_events(eastings=[1000.0] * 4, northings=[2000.0] * 4, on=on)


def test_three_events_may_fall_on_the_first_of_a_month():
    assert len(dated_events(eastings=EAST, northings=NORTH, on=[date(2021, month, 1) for month in (1, 2, 3)])) == 3


@pytest.mark.parametrize(
    ("eastings", "northings", "on", "said"),
    [
        ([], [], [], "no events"),
        (EAST[:2], NORTH, DAYS, "do not belong"),
        ([258000.0, float("nan"), 1.0], NORTH, DAYS, "event 2 has no point"),
        ([258000.0, float("inf"), 1.0], NORTH, DAYS, "event 2 has no point"),
        (["258000", "1", "2"], NORTH, DAYS, "numbers of metres"),
        ([-4.1, -4.2, -4.3], [53.1, 53.2, 53.3], DAYS, "degrees"),
        ([53.1, 53.2, 53.3], [-4.1, -4.2, -4.3], DAYS, "degrees"),
        (EAST, NORTH, ["04/03/2021", "09/03/2021", "01/05/2021"], "not text"),
        (EAST, NORTH, [20210304, 20210309, 20210501], "not text"),
        (EAST, NORTH, np.array(["2021-03-04", "NaT", "2021-05-01"], "datetime64[D]"), "event 2 has no date"),
        (EAST, NORTH, [date(2021, 3, 4), date(2021, 3, 9), date(221, 5, 1)], "misread"),
        ([EAST], NORTH, DAYS, "one row"),
    ],
)
def test_what_is_no_dated_event_is_refused(eastings, northings, on, said):
    with pytest.raises(ValueError, match=said):
        dated_events(eastings=eastings, northings=northings, on=on)


def test_events_of_one_point_and_day_are_told():
    events = dated_events(eastings=[1000.0] * 4, northings=[2000.0] * 4, on=[DAYS[0], DAYS[0], DAYS[1], DAYS[0]])
    assert events.same_place_and_day == 2
