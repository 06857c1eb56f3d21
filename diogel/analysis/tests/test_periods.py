"""Months and quarters count, compare and read as a board expects."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diogel.analysis.periods import Month, Quarter, months_from

MONTHS = st.integers(1900 * 12, 2999 * 12 + 11).map(Month.from_index)


@given(MONTHS)
def test_a_month_is_read_back_as_it_was_written(month: Month):
    assert Month.parse(str(month)) == month


@given(MONTHS, st.integers(-500, 500))
def test_going_on_and_back_again_ends_where_it_began(month: Month, steps: int):
    if 1900 * 12 <= month.index + steps <= 2999 * 12 + 11:
        assert (month + steps) - steps == month
        assert (month + steps).since(month) == steps


@pytest.mark.parametrize("text", ["2021-13", "2021-00", "21-04", "2021/04", "2021-4", "", "1899-12"])
def test_what_is_no_month_is_refused_with_an_example(text: str):
    with pytest.raises(ValueError, match="2021-04"):
        Month.parse(text)


def test_a_leap_february_has_29_days():
    assert (Month(2020, 2).days, Month(2021, 2).days) == (29, 28)
    assert Month(2020, 2).last_day == date(2020, 2, 29)


def test_months_from_a_later_to_an_earlier_month_are_none():
    assert list(months_from(Month(2021, 2), Month(2021, 1))) == []
    assert list(months_from(Month(2020, 12), Month(2021, 1))) == [Month(2020, 12), Month(2021, 1)]


def test_a_quarter_is_named_by_its_last_month():
    quarter = Quarter.parse("2021-12")
    assert quarter.months == (Month(2021, 10), Month(2021, 11), Month(2021, 12))
    assert (quarter.first_day, quarter.last_day) == (date(2021, 10, 1), date(2021, 12, 31))
    assert str(quarter - 1) == "2021-09"


def test_no_quarter_ends_in_november():
    with pytest.raises(ValueError, match="March, June, September and December"):
        Quarter.parse("2021-11")


@pytest.mark.parametrize(
    ("day", "ending"), [(date(2022, 1, 17), "2021-12"), (date(2021, 12, 31), "2021-09"), (date(2021, 4, 1), "2021-03")]
)
def test_the_last_whole_quarter_ended_before_the_day(day: date, ending: str):
    assert Quarter.before(day) == Quarter.parse(ending)
