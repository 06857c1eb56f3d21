"""Working days by worked dates, and against numpy's count over holidays written down one by one."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from diogel.plan.wheel.working_days import bank_holidays, easter, is_working_day, months_after, moved_to_working_day, working_days_after

# As they were kept, read off calendars of those years and not reckoned.
KEPT = {
    2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
}


def kept(year: int) -> set[date]:
    return {date.fromisoformat(f"{year}-{each}") for each in KEPT[year].split()}


@pytest.mark.parametrize("year", KEPT)
def test_bank_holidays_are_those_that_were_kept(year):
    assert bank_holidays(year) == kept(year)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1818, "03-22"),
        (1943, "04-25"),
        (2000, "04-23"),
        (2008, "03-23"),
        (2021, "04-04"),
        (2022, "04-17"),
        (2024, "03-31"),
        (2038, "04-25"),
    ],
)
def test_easter_falls_where_it_fell(year, sunday):
    assert easter(year) == date.fromisoformat(f"{year}-{sunday}")


def test_easter_is_a_sunday_between_22_march_and_25_april_in_every_year():
    for year in range(1583, 2900):
        sunday = easter(year)
        assert sunday.weekday() == 6
        assert date(year, 3, 22) <= sunday <= date(year, 4, 25)


def test_working_days_agree_with_a_count_over_written_holidays():
    holidays = [np.datetime64(each) for year in (2020, 2021, 2022) for each in sorted(kept(year))]
    day = date(2020, 1, 1)
    while day < date(2022, 10, 1):
        for count in (1, 5, 20):
            twin = np.busday_offset(np.datetime64(day), count, roll="backward", holidays=holidays)
            assert working_days_after(day, count) == twin.astype(object), (day, count)
        assert is_working_day(day) == bool(np.is_busday(np.datetime64(day), holidays=holidays))
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "way", "to"),
    [
        ("2022-04-15", "next", "2022-04-19"),  # Good Friday to the Tuesday
        ("2022-04-15", "previous", "2022-04-14"),
        ("2021-12-25", "next", "2021-12-29"),  # a Saturday, with two substitute days behind it
        ("2022-04-16", "", "2022-04-16"),
        ("2022-04-20", "next", "2022-04-20"),
    ],
)
def test_a_day_is_moved_to_the_nearest_working_day_the_way_it_is_told(day, way, to):
    assert moved_to_working_day(date.fromisoformat(day), way) == date.fromisoformat(to)


@pytest.mark.parametrize(
    ("day", "months", "to"),
    [("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"), ("2021-08-31", 6, "2022-02-28"), ("2021-12-15", 1, "2022-01-15")],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months, to):
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(to)
