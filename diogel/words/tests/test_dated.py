"""Dates as sources give them: what is one, and how it is said."""

import pytest

from diogel.words.dated import as_dated, is_dated


@pytest.mark.parametrize("said", ["2021", "2021-04", "2021-04-30", "2021-22", "2021/22", "1999-00", "2017-2021", "2017\u20132021"])
def test_a_day_a_month_a_year_and_some_years_are_dates(said):
    assert is_dated(said)


@pytest.mark.parametrize(
    "said", ["2022-13-45", "2022-13", "2021-02-29", "0000-01", "2021-2017", "haf 2021", "30/04/2021", "21", "", "2021-04-"]
)
def test_a_day_that_there_is_not_is_no_date(said):
    assert not is_dated(said)


def test_what_is_no_date_is_said_as_it_stands():
    assert [as_dated(said) for said in ("2021-04-30", "2021-04", "2021-22", "2022-13", "2022-13-45", "0000-01", "haf")] == [
        "30 April 2021", "April 2021", "2021-22", "2022-13", "2022-13-45", "0000-01", "haf",
    ]  # fmt: skip
