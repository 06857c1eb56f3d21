"""Stops are read row for row, by the clock on the wall, and a force that publishes days only says nothing of hours."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diogel.analysis.reading.police_uk import Unreadable
from diogel.analysis.reading.police_uk_stops import COLUMNS, TYPES, read

NAME = "2023-06-metropolitan-stop-and-search.csv"


def row(when="2023-06-10T22:04:00+00:00", *, type_="Person search", lat="51.57", lon="0.03", linked="", removed="False"):
    return [type_, when, "False", "", lat, lon, "Male", "18-24", "Other ethnic group - Not stated", "White", "Some Act (section 1)",
            "Controlled drugs", "A no further action disposal", linked, removed]  # fmt: skip


def take(folder: Path, rows, name=NAME, header=COLUMNS):
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    (folder / name).write_text(out.getvalue(), encoding="utf-8")
    return read(folder / name)


def test_summer_is_brought_from_utc_to_the_clock_on_the_wall(tmp_path: Path):
    found = take(tmp_path, [row("2023-05-31T23:04:00+00:00"), row("2023-06-30T22:59:00+00:00"), row(linked="True")])
    assert [str(moment) for moment in found.moments()] == ["2023-06-01T00:04", "2023-06-30T23:59", "2023-06-10T23:04"]
    assert (found.stops[2].is_linked, found.stops[2].removed_more, found.stops[0].is_linked) == (True, False, None)


def test_winter_stays_as_it_is_written(tmp_path: Path):
    found = take(tmp_path, [row("2024-01-31T23:59:00+00:00")], name="2024-01-metropolitan-stop-and-search.csv")
    assert str(found.moments()[0]) == "2024-01-31T23:59"


def test_bad_rows_are_refused_by_line_and_the_others_stand(tmp_path: Path):
    bad = [
        row("2023-06-30T23:04:00+00:00"), row("2023-06-10"), row(""), row("10/06/2023 12:00"), row("2023-06-31T10:00:00+00:00"),
        row("2023-06-10T22:04:00"), row(type_="Person"), row(lat=""), row(lat="0.03", lon="51.57"), row(linked="perhaps"), row()[:3],
        row("5800-06-10T22:04:00+00:00"),
    ]  # fmt: skip
    found = take(tmp_path, [row(lat="", lon=""), *[row()] * 2, *bad])
    assert [number for number, _ in found.refused] == list(range(5, 17))
    assert [reason for _, reason in found.refused][0:2] == [
        "its month is not that of the file", "its date is not a moment with its zone, as in 2024-03-01T09:58:00+00:00",
    ]  # fmt: skip
    assert (found.rows, len(found.stops), found.without_point) == (15, 3, 1)


def test_a_force_that_publishes_days_only_has_no_hours(tmp_path: Path):
    found = take(tmp_path, [row("2023-06-10T00:00:00+00:00"), row("2023-06-10T23:00:00+00:00"), row()])
    assert (found.at_midnight, found.has_hours) == (2, False)
    with pytest.raises(ValueError, match="days without hours"):
        found.moments()


@pytest.mark.parametrize(
    ("name", "header", "rows", "said"),
    [
        ("2023-06-metropolitan-street.csv", COLUMNS, [row()], "as in 2024-01-north-wales-stop-and-search.csv"),
        (NAME, COLUMNS, [], "no row"),
        (NAME, COLUMNS[1:], [row()[1:]], "lacks the columns: Type"),
        (NAME, COLUMNS, [row("2023-07-10T10:00:00+00:00")], "of another month"),
    ],
)
def test_what_is_no_file_of_stops_is_refused(tmp_path: Path, name, header, rows, said):
    with pytest.raises(Unreadable, match=said):
        take(tmp_path, rows, name, header)


CELL = st.one_of(
    st.text(max_size=8), st.sampled_from(["2023-06-10T22:04:00+00:00", "9999-12-31T23:59:59-12:00", "True", "51.5", "nan", *TYPES])
)


@given(st.lists(st.one_of(st.lists(CELL, min_size=13, max_size=16), st.just(row())), max_size=15))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
def test_any_rows_are_read_or_refused_and_none_is_lost(tmp_path: Path, rows):
    try:
        found = take(tmp_path, rows)
    except Unreadable:
        return
    assert found.rows == len(found.stops) + len(found.refused) == sum(any(cell.strip() for cell in cells) for cells in rows)
