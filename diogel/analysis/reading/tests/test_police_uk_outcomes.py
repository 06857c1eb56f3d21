"""Outcomes are read row for row, a crime with three suspects charged is one crime, and a file of another kind is refused."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diogel.analysis.reading.police_uk import Unreadable
from diogel.analysis.reading.police_uk_outcomes import COLUMNS, OUTCOMES, read

NAME = "2023-06-north-wales-outcomes.csv"
FORCE = "North Wales Police"


def row(crime="a1", *, month="2023-06", force=FORCE, lon="-4.12", lat="53.2", lsoa="W01000081", outcome="Suspect charged"):
    return [crime, month, force, force, lon, lat, "On or near Stryd Fawr", lsoa, "Gwynedd 005B", outcome]


def text(rows, header=COLUMNS) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


def take(folder: Path, rows, name=NAME, header=COLUMNS):
    (folder / name).write_bytes(text(rows, header))
    return read(folder / name)


def test_rows_are_outcomes_and_not_crimes(tmp_path: Path):
    found = take(tmp_path, [row(), row(), row(), row("b2"), row("b2", outcome="Local resolution"), row(""), row("")])
    assert (found.rows, found.crimes, found.without_crime_id) == (7, 2, 2)
    assert found.crimes_by_outcome() == {"Local resolution": 1, "Suspect charged": 4}
    assert (str(found.key.month), found.key.force) == ("2023-06", "north-wales")


def test_a_packed_file_reads_the_same(tmp_path: Path):
    (tmp_path / (NAME + ".gz")).write_bytes(gzip.compress(text([row()])))
    assert read(tmp_path / (NAME + ".gz")).outcomes == ("Suspect charged",)


def test_rows_without_a_place_stand_and_bad_rows_are_refused_by_line(tmp_path: Path):
    bad = [row(month="2023-05"), row(outcome=""), row(lon=""), row(lon="x"), row(lon="53.2", lat="-4.1"), row(lat="10"), row()[:5]]
    found = take(tmp_path, [row(lon="", lat="", lsoa=""), *[row()] * 7, *bad])
    assert np.isnan(found.points[0]).all()
    assert found.lsoas[0] is None
    assert found.refused == (
        (10, "its month is not that of the file"), (11, "it has no outcome"), (12, "it has one coordinate of two"),
        (13, "a coordinate of it is not a number"), (14, "its longitude and latitude are swapped"),
        (15, "its point lies outside the British Isles"), (16, "it has 5 cells where 10 belong"),
    )  # fmt: skip
    assert found.rows == 8 + 7


def test_new_outcomes_and_other_forces_are_kept_and_told(tmp_path: Path):
    found = take(tmp_path, [row(), row(outcome="Deferred prosecution"), row(force="Cheshire Constabulary")])
    assert (found.unknown, found.other_reporters) == ({"Deferred prosecution": 1}, {"Cheshire Constabulary": 1})
    assert len(found.outcomes) == 3


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("2023-06-north-wales-street.csv", text([row()]), "as in 2024-01-north-wales-outcomes.csv"),
        ("2023-13-north-wales-outcomes.csv", text([row()]), "no month 2023-13"),
        (NAME, b"", "empty"),
        (NAME, text([]), "header and no row"),
        (NAME, b"<html></html>", "web page"),
        (NAME, b"PK\x03\x04xx", "zip archive"),
        (NAME, b"a\0b", "binary"),
        (NAME, text([row()]).replace(b"Stryd", b"Str\xfdd"), "line 2"),
        (NAME, text([row()[:-1]], COLUMNS[:-1]), "lacks the columns: Outcome type"),
        (NAME, text([row()], COLUMNS[::-1]), "in their order"),
        (NAME, b"a,b\n1,2\n", "none of the columns"),
        (NAME, text([row(month="2023-05")]), "1 of its 1 rows are of another month"),
        (NAME, text([row(outcome="x")]), "does not use"),
        (NAME, text([row()]) + b'"open,', "never closed"),
        (NAME + ".gz", gzip.compress(text([row()] * 90))[:-20], "cut short"),
    ],
)
def test_what_is_no_file_of_outcomes_is_refused(tmp_path: Path, name, data, said):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Unreadable, match=said):
        read(tmp_path / name)


def test_a_missing_file_is_refused(tmp_path: Path):
    with pytest.raises(Unreadable, match="cannot be opened"):
        read(tmp_path / NAME)


CELL = st.one_of(st.text(max_size=8), st.sampled_from(["2023-06", "-4.1", "53.2", "nan", "1e400", FORCE, *OUTCOMES[:3]]))


@given(st.lists(st.one_of(st.lists(CELL, max_size=12), st.just(row())), max_size=15), st.binary(max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
def test_any_rows_are_read_or_refused_and_none_is_lost(tmp_path: Path, rows, tail):
    (tmp_path / NAME).write_bytes(text(rows) + tail)
    try:
        found = read(tmp_path / NAME)
    except Unreadable:
        return
    assert found.rows == len(found.outcomes) + len(found.refused) == len(found.points) + len(found.refused)
    if not tail:
        assert found.rows == sum(any(cell.strip() for cell in cells) for cells in rows)
