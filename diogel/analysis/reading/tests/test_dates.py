"""A date is read in the stated or proved order, or refused: never day for month in silence."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diogel.analysis.reading.dates import Moment, Order, read_clock, read_dates
from diogel.analysis.reading.police_uk import Unreadable

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


def days(found):
    return [cell.at.date() if isinstance(cell, Moment) else cell for cell in found.cells]


@given(st.lists(DAYS, min_size=1, max_size=20))
def test_years_first_need_no_statement(told):
    assert days(read_dates([day.isoformat() for day in told])) == told


@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from(["/", ".", "-"]))
def test_day_first_is_read_where_proved_and_else_only_where_stated(told, mark):
    cells = [day.strftime(f"%d{mark}%m{mark}%Y") for day in told]
    assert days(read_dates(cells, order=Order.DAY_FIRST)) == told
    if any(day.day > 12 for day in told):
        assert days(read_dates(cells)) == told
    else:
        with pytest.raises(Unreadable, match="State which"):
            read_dates(cells)


@given(st.lists(DAYS, min_size=1, max_size=20))
def test_month_first_is_never_taken_unless_stated(told):
    cells = [day.strftime("%m/%d/%Y") for day in told]
    assert days(read_dates(cells, order=Order.MONTH_FIRST)) == told
    with pytest.raises(Unreadable):
        read_dates(cells)


@given(st.lists(DAYS.filter(lambda day: day.day > 12), min_size=1, max_size=20), st.lists(DAYS, max_size=20))
def test_a_month_first_column_said_to_be_day_first_is_refused_whole(proofs, others):
    cells = [day.strftime("%m/%d/%Y") for day in others + proofs]
    with pytest.raises(Unreadable, match="said to be day first"):
        read_dates(cells, order=Order.DAY_FIRST)


def test_one_slip_among_many_proofs_is_refused_alone():
    cells = [f"{day}/01/2021" for day in range(10, 32)] * 2 + ["03/25/2021"]
    found = read_dates(cells, order=Order.DAY_FIRST)
    assert found.cells[-1] == "its date cannot be day first, as the others are"
    assert found.is_proved
    assert sum(isinstance(cell, Moment) for cell in found.cells) == 44


def test_rows_that_contradict_one_another_are_refused():
    with pytest.raises(Unreadable, match="row 2 can only be day first, that of row 3 only month first"):
        read_dates(["01/02/2021", "25/02/2021", "02/25/2021"])


def test_a_spreadsheet_that_swapped_some_dates_is_found_out():
    with pytest.raises(Unreadable, match="swapped day and month"):
        read_dates([datetime(2021, 4, 3), datetime(2021, 12, 5), "25/03/2021"], order=Order.DAY_FIRST)  # noqa: DTZ001


def test_a_column_of_months_is_refused_and_one_month_is_a_refused_row():
    with pytest.raises(Unreadable, match="months without days"):
        read_dates(["2021-03", "2021-04", "2021-05-01"])
    assert read_dates(["2021-03-01", "2021-04", "2021-05-01"]).cells[1] == "its date is a month without a day"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2021-02-29", "there is no such date"),
        ("31/04/2021", "there is no such date"),
        ("2021-03-04 25:00", "there is no such date"),
        ("0221-03-04", "there is no such date"),
        ("04/03/21", "its year has two digits"),
        ("4 Mar 21", "its year has two digits"),
        ("44291", "its date is a number"),
        (44291, "its date is a number"),
        (44291.5, "its date is a number"),
        (float("nan"), "its date is a number"),
        ("yesterday", "its date is not written as a date"),
        ("4 Juillet 2021", "its date is not written as a date"),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_what_is_no_date_is_refused_by_its_row(cell, said):
    assert read_dates([cell, "2021-03-04"]).cells[0] == said


@pytest.mark.parametrize("cell", ["4 March 2021", "04-Mar-2021", "4 Mawrth 2021", "2021-3-4", "2021-03-04", date(2021, 3, 4)])
def test_unmistakable_ways_to_write_a_day(cell):
    assert read_dates([cell]).cells == (Moment(datetime(2021, 3, 4), has_time=False),)  # noqa: DTZ001


def test_times_come_with_their_day_and_zones_are_brought_to_the_wall_clock():
    cells = ["2021-07-04T12:30:00Z", "2021-01-04 12:30", "2021-07-04 12:30:15.5+02:00", datetime(2021, 7, 4, 23, 30, tzinfo=UTC)]
    found = read_dates(cells)
    assert [str(cell.at) for cell in found.cells] == [
        "2021-07-04 13:30:00", "2021-01-04 12:30:00", "2021-07-04 11:30:15", "2021-07-05 00:30:00",
    ]  # fmt: skip


def test_midnight_in_a_spreadsheet_is_a_time_only_beside_other_times():
    midnight, noon = datetime(2021, 3, 4), datetime(2021, 3, 4, 12)  # noqa: DTZ001
    assert not read_dates([midnight]).cells[0].has_time
    assert read_dates([midnight, noon]).cells[0].has_time


def test_iso_that_is_stated_refuses_the_rest():
    assert read_dates(["25/03/2021"], order=Order.ISO).cells == ("its date is not written year first, as the column is said to be",)


def test_many_dates_without_proof_are_remarked_on():
    assert not read_dates(["04/03/2021"] * 9, order=Order.DAY_FIRST).notes
    assert "nothing but the stated order" in read_dates(["04/03/2021"] * 10, order=Order.DAY_FIRST).notes[0]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("23:59", time(23, 59)), ("7:05:30", time(7, 5, 30)), (time(1, 2), time(1, 2)), ("", None), (None, None),
        ("24:00", "there is no such time of day"), ("7pm", "its time is not written as 23:59"), (0.5, "its time is not written as 23:59"),
    ],
)  # fmt: skip
def test_clock_times(cell, read):
    assert read_clock(cell) == read


@given(st.lists(st.one_of(st.text(max_size=20), st.none(), st.floats(), st.integers(), st.datetimes(), st.from_regex(r"\d{1,2}/\d{1,2}/\d{2,4}", fullmatch=True))),
       st.sampled_from([None, *Order]))  # fmt: skip
def test_any_column_is_read_cell_by_cell_or_refused(cells, order):
    try:
        found = read_dates(cells, order=order)
    except Unreadable:
        return
    assert len(found.cells) == len(cells)
    assert all(cell is None or isinstance(cell, (Moment, str)) for cell in found.cells)
