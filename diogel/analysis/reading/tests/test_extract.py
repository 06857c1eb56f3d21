"""An extract is read by its mapping, row for row: good ones stand, bad ones are refused by number, and nobody's name comes through."""

from __future__ import annotations

import csv
import pickle
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diogel.analysis.reading.dates import Order
from diogel.analysis.reading.extract import MOST_KINDS, NO_AREA, Extract, Mapping, Unreadable, read
from diogel.analysis.repeats.knox import knox

TODAY = date(2022, 1, 10)
BANGOR = [np.array([[255_000.0, 370_000.0], [262_000.0, 370_000.0], [262_000.0, 374_000.0], [255_000.0, 374_000.0]])]
HEADER = ("Crime No", "From date", "From time", "To date", "To time", "Offence", "Victim", "X", "Y")
METRES = Mapping(
    began="From date", began_time="From time", ended="To date", ended_time="To time", easting="X", northing="Y", kind="Offence",
    reference="Crime No",
)  # fmt: skip
GOOD = [
    ("N1", "04/03/2021", "22:30", "05/03/2021", "07:15", "Burglary", "Ann Puw", "258100", "372100"),
    ("N2", "25/03/2021", "", "", "", "Burglary", "Bryn Rees", "258160", "372100"),
    ("N3", "26/03/2021", "09:00", "", "", "Robbery", "Carys Wyn", "", ""),
    ("N4", "27/03/2021", "10:00", "27/03/2021", "", "Robbery", "Dai Llwyd", "270000", "372000"),
]


def written(path: Path, rows, header=HEADER) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def take(path: Path, rows=GOOD, mapping=METRES, header=HEADER, area=BANGOR) -> Extract:
    return read(written(path / "a.csv", rows, header), mapping, today=TODAY, area=area)


def test_a_good_extract_is_read_whole_and_told_of(tmp_path: Path):
    found = take(tmp_path)
    assert [str(moment) for moment in found.began] == ["2021-03-04T22:30", "2021-03-25T00:00", "2021-03-26T09:00", "2021-03-27T10:00"]
    assert [str(moment) for moment in found.ended] == ["2021-03-05T07:15", "2021-03-25T00:00", "2021-03-26T09:00", "2021-03-27T23:59"]
    assert found.has_time.tolist() == [True, False, True, True]
    assert found.is_outside.tolist() == [False, False, False, True]
    assert found.kinds == ("Burglary", "Burglary", "Robbery", "Robbery")
    told = found.report
    assert (told.rows, told.good, told.refused, told.order, told.order_is_proved) == (4, 4, (), "day first", True)
    assert (told.without_point, told.outside, told.without_time, told.columns_not_read, told.notes) == (1, 1, 1, 1, ())


def test_nobodys_name_and_no_reference_comes_through(tmp_path: Path):
    kept = pickle.dumps(take(tmp_path, [*GOOD, ("N1", "28/03/2021", "", "", "", "Robbery", "Elin Puw", "Ann Puw", "1")]))
    assert not [word for word in (b"Ann", b"Puw", b"Bryn", b"N1", b"N3") if word in kept]


def test_events_go_straight_into_the_test_of_near_repeats(tmp_path: Path):
    events = take(tmp_path).events(kinds=["Burglary"])
    assert len(events) == 2
    assert knox(events, generator=np.random.default_rng(1), metres=[100], days=[30], permutations=19).observed.tolist() == [[1]]


def test_each_bad_row_is_refused_with_its_reason_and_the_others_stand(tmp_path: Path):
    bad = [
        ("B1", "31/02/2021", "", "", "", "Burglary", "", "258100", "372100"),
        ("B2", "", "", "", "", "Burglary", "", "258100", "372100"),
        ("B3", "01/03/2021", "7 pm", "", "", "Burglary", "", "258100", "372100"),
        ("B4", "05/03/2021", "10:00", "05/03/2021", "09:59", "Burglary", "", "258100", "372100"),
        ("B5", "01/02/2022", "", "", "", "Burglary", "", "258100", "372100"),
        ("B6", "01/03/1921", "", "", "", "Burglary", "", "258100", "372100"),
        ("B7", "01/03/2021", "", "", "", "", "", "258100", "372100"),
        ("B8", "01/03/2021", "", "", "", "Burglary", "", "258100", ""),
        ("B9", "01/03/2021", "", "", "", "Burglary", "", "here", "there"),
        ("B10", "01/03/2021", "", "", "", "Burglary", "", "0", "0"),
        ("B11", "01/03/2021", "", "", "", "Burglary", "", "-5", "372100"),
        ("", "01/03/2021", "", "", "", "Burglary", "", "258100", "372100"),
        ("n2 ", "01/03/2021", "", "", "", "Burglary", "", "258100", "372100"),
        ("B12", "01/03/2021", "", "1 of May", "", "Burglary", "", "258100", "372100"),
        ("B13", "01/03/2021"),
    ]
    found = take(tmp_path, [*GOOD * 1, *bad])
    reasons = [
        "there is no such date", "it has no date", "its time is not written as 23:59", "it ends before it begins", "its date lies after today",
        "its date lies more than 60 years back", "it has no kind", "it has one coordinate of two", "a coordinate of it is not a number",
        "its point is 0, 0, which is no place", "its point lies off the British National Grid", "it has no reference",
        "its reference is that of row 3", "end: its date is not written as a date", "it has 2 cells where 9 belong",
    ]  # fmt: skip
    assert [refused.reason for refused in found.report.refused] == reasons
    assert [refused.number for refused in found.report.refused] == list(range(6, 21))
    assert found.numbers.tolist() == [2, 3, 4, 5]
    assert found.report.reasons["it has no date"] == 1


def test_degrees_become_metres(tmp_path: Path):
    mapping = Mapping(began="On", longitude="lon", latitude="lat")
    rows = [("2021-03-04", "-4.1293", "53.2274"), ("2021-03-05", "-80.1", "53.2"), ("2021-03-06", "", "")]
    found = take(tmp_path, rows, mapping, ("On", "lon", "lat"))
    assert found.points[0] == pytest.approx([257_900, 372_100], abs=150)
    assert found.report.refused[0].reason == "its point lies outside the United Kingdom"
    assert (found.report.outside, found.report.without_point) == (0, 1)


@pytest.mark.parametrize(
    ("mapping", "points", "said"),
    [
        (Mapping(began="On", easting="X", northing="Y"), [("372100", "258100")] * 3, "swapped: the other way round"),
        (Mapping(began="On", easting="X", northing="Y"), [("1200000", "300000")] * 3, "so far east"),
        (Mapping(began="On", easting="X", northing="Y"), [("-4.1", "53.2")] * 3, "are degrees"),
        (Mapping(began="On", longitude="X", latitude="Y"), [("53.2", "-4.1")] * 3, "latitudes are swapped"),
        (Mapping(began="On", longitude="X", latitude="Y"), [("258100", "372100")] * 3, "not degrees"),
    ],
)
def test_swapped_and_mistaken_coordinates_are_refused_whole(tmp_path: Path, mapping, points, said):
    rows = [("2021-03-04", *point) for point in points]
    with pytest.raises(Unreadable, match=said):
        take(tmp_path, rows, mapping, ("On", "X", "Y"))


def test_without_an_area_it_is_said_that_swapped_metres_cannot_be_seen(tmp_path: Path):
    found = take(tmp_path, area=None)
    assert (found.report.notes, found.report.outside) == ((NO_AREA,), 0)


def test_dates_that_may_be_either_are_refused_unless_stated(tmp_path: Path):
    rows = [("03/04/2021",), ("05/06/2021",)]
    with pytest.raises(Unreadable, match="State which"):
        take(tmp_path, rows, Mapping(began="On"), ("On",))
    for order, month in ((Order.DAY_FIRST, "2021-04-03"), (Order.MONTH_FIRST, "2021-03-04")):
        found = take(tmp_path, rows, Mapping(began="On", order=order), ("On",))
        assert str(found.began[0])[:10] == month


def test_beginnings_and_endings_of_two_orders_are_refused(tmp_path: Path):
    mapping = Mapping(began="From", ended="To")
    with pytest.raises(Unreadable):
        take(tmp_path, [("25/03/2021", "03/26/2021")], mapping, ("From", "To"))


def test_open_data_are_refused_as_an_extract(tmp_path: Path):
    with pytest.raises(Unreadable, match="months without days"):
        take(tmp_path, [("2021-03",), ("2021-04",)], Mapping(began="Month"), ("Month",))


def test_a_column_of_people_is_not_taken_for_kinds(tmp_path: Path):
    rows = [("2021-03-04", f"Ann {at}") for at in range(MOST_KINDS + 1)]
    with pytest.raises(Unreadable, match="too many different texts"):
        take(tmp_path, rows, Mapping(began="On", kind="Name"), ("On", "Name"))


@pytest.mark.parametrize(("rows", "said"), [([], "no row below"), ([("",)], "no row below")])
def test_an_extract_without_rows_is_refused(tmp_path: Path, rows, said):
    with pytest.raises(Unreadable, match=said):
        take(tmp_path, rows, Mapping(began="On"), ("On",))


def test_a_mapping_that_names_a_missing_column_is_refused_by_name(tmp_path: Path):
    with pytest.raises(Unreadable, match="lacks the columns: Committed"):
        take(tmp_path, mapping=Mapping(began="Committed"))


def test_excel_and_csv_read_the_same(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.append(list(HEADER))
    for ref, day, clock, until, until_clock, kind, victim, x, y in GOOD:
        moments = [datetime.strptime(cell, "%d/%m/%Y") if cell else None for cell in (day, until)]  # noqa: DTZ007
        times = [datetime.strptime(cell, "%H:%M").time() if cell else None for cell in (clock, until_clock)]  # noqa: DTZ007
        book.active.append([ref, moments[0], times[0], moments[1], times[1], kind, victim, int(x) if x else None, float(y) if y else None])
    book.save(tmp_path / "a.xlsx")
    one, other = take(tmp_path), read(tmp_path / "a.xlsx", METRES, today=TODAY, area=BANGOR)
    assert (one.began == other.began).all()
    assert (one.ended == other.ended).all()
    assert np.array_equal(one.points, other.points, equal_nan=True)
    assert (one.kinds, one.report.good, other.report.order) == (other.kinds, other.report.good, None)


def test_a_mapping_comes_back_from_its_json(tmp_path: Path):
    for mapping in (METRES, Mapping(began="Dyddiad y dŵr", order=Order.DAY_FIRST, longitude="a", latitude="b", sheet="Events")):
        assert Mapping.from_json(mapping.to_json()) == mapping


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"), ("[]", "JSON object"), ('{"began": 3}', "JSON object"), ("{}", "which column holds the date"),
        ('{"began": "a", "victim": "b"}', "knows no victim"), ('{"began": "a", "easting": "b"}', "two columns"),
        ('{"began": "a", "order": "american"}', "does not hold"), ('{"began": "a", "kind": "a"}', "two things at once"),
        ('{"began": " "}', "not blank"), ('{"began": "a", "ended_time": "b"}', "day of ending"),
        ('{"began":"a","easting":"b","northing":"c","longitude":"d","latitude":"e"}', "told once"),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_hold_is_refused(text, said):
    with pytest.raises(Unreadable, match=said):
        Mapping.from_json(text)


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", " ", "2021-03-04", "2021-13-04", "04/03/2021", "25/03/2021", "03/25/2021", "12:30", "258100", "372100", "-4.1", "nan", "1e400"]
    ),
    st.floats(allow_nan=True).map(str),
    st.dates(date(2020, 1, 1), date(2023, 1, 1)).map(lambda day: day.strftime("%d/%m/%Y")),
)
ROWS = st.lists(st.lists(CELLS, max_size=10), max_size=12)


@given(ROWS, st.sampled_from([METRES, Mapping(began="From date", longitude="X", latitude="Y", order=Order.DAY_FIRST), Mapping(began="X")]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
def test_any_rows_are_read_or_refused_and_none_is_lost(tmp_path: Path, rows, mapping):
    path = written(tmp_path / "a.csv", rows)
    filled = sum(any(cell.strip() for cell in row) for row in rows)
    try:
        found = read(path, mapping, today=TODAY, area=BANGOR)
    except Unreadable:
        return
    told = found.report
    assert told.rows == filled == told.good + len(told.refused)
    assert len(found.numbers) == len(found.began) == len(found.points) == len(found.kinds) == told.good
    assert not set(found.numbers.tolist()) & {refused.number for refused in told.refused}
    assert (found.began <= found.ended).all()


@given(st.binary(max_size=400), st.sampled_from([b"", b"From date,X,Y\n", b"PK\x03\x04", b"\xef\xbb\xbfX\n2021-03-04\n"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
def test_any_bytes_are_read_or_refused(tmp_path: Path, data, head):
    (tmp_path / "a.csv").write_bytes(head + data)
    try:
        told = read(tmp_path / "a.csv", Mapping(began="X"), today=TODAY).report
    except Unreadable:
        return
    assert told.rows == told.good + len(told.refused)


@given(st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=6), st.floats(0.5, 1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80)
def test_a_damaged_workbook_is_refused_or_read_without_loss(tmp_path: Path, damage, kept):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["X", "Who"])
    for at in range(5):
        book.active.append([datetime(2021, 3, 4) + timedelta(days=at), "Ann"])  # noqa: DTZ001
    book.save(path)
    whole = bytearray(path.read_bytes())
    for at, byte in damage:
        whole[int(at * len(whole))] = byte
    path.write_bytes(whole[: int(kept * len(whole))])
    try:
        told = read(path, Mapping(began="X"), today=TODAY).report
    except Unreadable:
        return
    assert told.rows == told.good + len(told.refused) == 5
