"""The 12-month rule to the day, the counts of a file by hand, and no reference in anything that comes back."""

from __future__ import annotations

import csv
import gc
import pickle
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from diogel.analysis.reading.dates import Order
from diogel.analysis.reading.police_uk import Unreadable
from diogel.analysis.repeats.marac import count_repeats, is_repeat, last_day_of_repeat, repeat_rate

ROWS = [
    ("AB-1", "2024-06-01"), ("AB-1", "2025-03-10"), ("AB-1", "2026-03-09"), ("AB-2", "2025-04-01"), ("AB-2", "2026-03-11"),
    ("AB-3", "2025-05-05"), ("ab-3 ", "2025-05-05"), ("AB-4", "2023-01-01"),
]  # fmt: skip


def written(path: Path, rows, header=("Case", "Referred", "Notes")) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(header)
        out.writerows([*row, "said at the meeting"][: len(header)] for row in rows)
    return path


@pytest.mark.parametrize(
    ("last", "on", "repeat"),
    [
        (date(2025, 3, 10), date(2026, 3, 9), True),  # the two worked checks
        (date(2025, 3, 10), date(2026, 3, 11), False),
        (date(2025, 3, 10), date(2026, 3, 10), True),  # the same date a year later is still within 12 months
        (date(2025, 3, 10), date(2025, 3, 10), True),
        (date(2024, 2, 29), date(2025, 2, 28), True),
        (date(2024, 2, 29), date(2025, 3, 1), False),
        (date(2023, 2, 28), date(2024, 2, 28), True),
        (date(2023, 2, 28), date(2024, 2, 29), False),
        (date(2023, 3, 1), date(2024, 3, 1), True),  # 366 days
        (date(2023, 12, 31), date(2024, 12, 31), True),
    ],
)
def test_twelve_months_are_counted_to_the_day(last: date, on: date, repeat: bool):
    assert is_repeat(last_referred_on=last, on=on) is repeat


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
@example(date(2024, 2, 29))
def test_a_year_has_its_days_and_the_next_one_is_outside(day: date):
    end = last_day_of_repeat(day)
    assert (end - day).days in (365, 366)
    assert (end.month, end.day) == ((2, 28) if (day.month, day.day) == (2, 29) else (day.month, day.day))
    assert not is_repeat(last_referred_on=day, on=end + timedelta(days=1))


def test_an_incident_before_the_last_referral_is_refused():
    with pytest.raises(ValueError, match="before the last referral"):
        is_repeat(last_referred_on=date(2025, 1, 2), on=date(2025, 1, 1))


@pytest.mark.parametrize(
    ("cases", "repeats", "rate", "small", "few"),
    [
        (100, 32, 0.32, False, False),
        (40, 10, 0.25, False, True),
        (29, 9, 9 / 29, True, False),
        (9, 9, None, True, False),
        (0, 0, None, True, False),
    ],
)
def test_the_rate_is_told_with_its_warnings(cases, repeats, rate, small, few):
    found = repeat_rate(cases=cases, repeats=repeats)
    assert (found.rate, found.base_is_small, found.may_miss_repeats) == (rate, small, few)


@pytest.mark.parametrize(("cases", "repeats"), [(-1, 0), (10, -1), (10, 11), (10.0, 3), ("10", 3), (10, 2.5), (float("nan"), 1), (True, 1)])
def test_what_is_no_count_is_refused(cases, repeats):
    with pytest.raises(ValueError, match=r"not a count|cannot be"):
        repeat_rate(cases=cases, repeats=repeats)


def test_a_file_gives_the_counts_of_the_twelve_months_that_end_on_a_day(tmp_path: Path):
    found = count_repeats(written(tmp_path / "a.csv", ROWS), reference="Case", on="Referred", last=date(2026, 3, 31))
    assert (found.rows, found.counted, found.same_day, found.refused) == (8, 7, 1, ())
    assert (found.cases, found.repeats, found.outside, found.looks_back_whole) == (4, 2, 3, True)


def test_a_repeat_within_the_window_may_look_back_before_it(tmp_path: Path):
    path = written(tmp_path / "a.csv", ROWS)
    found = count_repeats(path, reference="Case", on="Referred", first=date(2025, 3, 1), last=date(2025, 3, 31))
    assert (found.cases, found.repeats) == (1, 1)


def test_a_file_that_begins_too_late_says_that_repeats_may_be_missing(tmp_path: Path):
    path = written(tmp_path / "a.csv", ROWS[1:6])
    assert not count_repeats(path, reference="Case", on="Referred", last=date(2026, 3, 31)).looks_back_whole


def test_excel_and_csv_give_the_same_counts(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.append(["Referred", "Case"])
    for name, day in [(101, "2025-03-10"), ("101", "2026-03-09"), (102.0, "2025-05-01"), (None, "2025-05-01"), (103, None)]:
        book.active.append([date.fromisoformat(day) if day else None, name])
    book.save(tmp_path / "a.xlsx")
    found = count_repeats(tmp_path / "a.xlsx", reference="Case", on="Referred", last=date(2026, 3, 31))
    assert (found.rows, found.counted, found.cases, found.repeats) == (5, 3, 2, 1)
    assert found.refused == ((5, "it has no reference"), (6, "it has no date"))


def by_hand(rows, first: date, last: date) -> tuple[int, int]:
    """The slow obvious twin: each referral asks every other one whether it came within the year before."""
    once = {(name, day) for name, day in rows}
    inside = [(name, day) for name, day in once if first <= day <= last]
    again = [1 for name, day in inside if any(n == name and d < day <= last_day_of_repeat(d) for n, d in once)]
    return len(inside), len(again)


@given(st.lists(st.tuples(st.sampled_from(["r1", "r2", "r3"]), st.dates(date(2023, 12, 1), date(2026, 6, 1))), min_size=1, max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_counts_are_those_of_asking_every_referral(tmp_path: Path, rows):
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    found = count_repeats(written(tmp_path / "a.csv", rows), reference="Case", on="Referred", first=first, last=last)
    assert (found.cases, found.repeats) == by_hand(rows, first, last)
    assert found.rows == found.counted + found.same_day + len(found.refused)


SECRET = "ZQX-77193"


def test_no_reference_survives_in_what_comes_back_or_in_a_log(tmp_path: Path, caplog, capsys):
    path = written(tmp_path / "a.csv", [*ROWS, (SECRET, "2025-06-01"), (SECRET, "2025-13-01"), (SECRET, "soon"), (SECRET, "")])
    caplog.set_level(0)
    found = count_repeats(path, reference="Case", on="Referred", last=date(2026, 3, 31))
    assert len(found.refused) == 3
    assert SECRET.encode() not in pickle.dumps(found)
    assert SECRET.lower().encode() not in pickle.dumps(found)
    assert SECRET not in repr(found) + caplog.text + "".join(capsys.readouterr())
    gc.collect()
    kept = [thing for thing in gc.get_objects() if type(thing) is dict and SECRET.lower() in thing]
    assert not kept


@pytest.mark.parametrize("day", ["03/04/2025", "2025-03"])
def test_what_is_raised_holds_no_reference_either(tmp_path: Path, day: str):
    path = written(tmp_path / "a.csv", [(SECRET, day)] * 3)
    with pytest.raises(Unreadable) as told:
        count_repeats(path, reference="Case", on="Referred", last=date(2026, 3, 31))
    seen, frame = [str(told.value), repr(told.value.__cause__), repr(told.value.__context__)], told.value.__traceback__
    while frame:
        seen += [repr(value) for name, value in frame.tb_frame.f_locals.items() if frame.tb_frame.f_code.co_filename.endswith("marac.py")]
        frame = frame.tb_next
    assert SECRET not in "".join(seen)
    assert SECRET.lower() not in "".join(seen)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "no row"),
        ([("", "2025-01-01")], "no row"),
        ([("r1", "03/04/2025"), ("r2", "05/06/2025")], "State which"),
        ([("Ann Puw", "2025-01-01"), ("Bryn Rees", "2025-01-02")], "look like names"),
        ([("r1", "2025-03"), ("r2", "2025-04")], "months without days"),
    ],
)
def test_a_file_that_cannot_be_counted_is_refused_in_a_sentence(tmp_path: Path, rows, said):
    with pytest.raises(Unreadable, match=said):
        count_repeats(written(tmp_path / "a.csv", rows), reference="Case", on="Referred", last=date(2026, 3, 31))


def test_a_stated_order_is_taken_and_remarked_on_where_nothing_proves_it(tmp_path: Path):
    path = written(tmp_path / "a.csv", [(f"r{at}", f"0{at % 9 + 1}/04/2025") for at in range(12)])
    found = count_repeats(path, reference="Case", on="Referred", last=date(2025, 12, 31), order=Order.DAY_FIRST)
    assert found.cases == 12
    assert "nothing but the stated order" in found.notes[0]


def test_a_missing_column_is_named(tmp_path: Path):
    with pytest.raises(Unreadable, match="lacks the columns: Reference"):
        count_repeats(written(tmp_path / "a.csv", ROWS), reference="Reference", on="Referred", last=date(2026, 3, 31))


def test_a_first_day_after_the_last_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="lies after"):
        count_repeats(written(tmp_path / "a.csv", ROWS), reference="Case", on="Referred", first=date(2026, 4, 1), last=date(2026, 3, 31))
