"""What is counted where: against the published expectation cell by cell, and the rules that the open files need."""

from __future__ import annotations

import csv
import time
from collections import Counter
from datetime import date

import numpy as np
import pytest

from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import TYPES
from diogel.crime import counting
from diogel.crime.counting import beside, counts, cube, gaps, kind_of_store, months_loaded, partial_months, places_of, source
from diogel.crime.loading import load
from diogel.crime.report import as_json, as_text
from diogel.crime.store import open_rows, read_store
from diogel.places.codes import AUTHORITIES, UnknownArea, lsoa_units, units, units_of

from .street import lay, row, rows

DAY = date(2025, 6, 1)
FOUR = tuple(Month(2024, month) for month in range(1, 5))


@pytest.fixture(scope="session")
def loaded(shared_data, tmp_path_factory):
    """A store of all real files on hand, and the report of the load that made it."""
    folder = tmp_path_factory.mktemp("real") / "crime"
    return folder, load([shared_data / "police-uk"], today=DAY, folder=folder)


@pytest.fixture
def real(loaded):
    return loaded[0]


@pytest.fixture
def small(tmp_path):
    """A store of three quiet months of two forces, one of them partial."""
    given = tmp_path / "given"
    for month, number in (("2024-01", 40), ("2024-02", 8), ("2024-04", 44)):
        lay(given, f"{month}-north-wales", rows(month, number))
    lay(given, "2024-01-btp", rows("2024-01", 4, force="btp"))
    lay(given, "2024-03-btp", rows("2024-03", 4, force="btp"))
    load([given], today=DAY, folder=tmp_path / "crime")
    return tmp_path / "crime"


def table(cells):
    return {(cell["month"], cell["area"], cell["type"]): cell["count"] for cell in cells}


def test_the_six_authorities_equal_the_expected_counts_cell_by_cell(real, shared_data):
    names = {authority.name_en: authority.code for authority in AUTHORITIES}
    with (shared_data / "expected" / "north_wales_month_lad_type.csv").open(encoding="utf-8", newline="") as file:
        expected = {(r["month"], names[r["lad"]], r["crime_type"]): int(r["n"]) for r in csv.DictReader(file) if r["lad"] in names}
    found = counts(folder=real)
    assert len(found) == len(expected) == 1461
    assert table(found) == expected


def test_every_published_file_is_read_whole(loaded, shared_data):
    with (shared_data / "police-uk-manifest.csv").open(encoding="utf-8", newline="") as file:
        manifest = {r["path"].rsplit("/", 1)[-1]: r for r in csv.DictReader(file)}
    files = {file["name"].rsplit("/", 1)[-1]: file for file in as_json(loaded[1])["files"]}
    assert loaded[1].exit_status == 0
    assert files.keys() == manifest.keys()
    for name, row_ in manifest.items():
        told = (files[name]["rows"], files[name]["line_ending"], files[name]["sha256"])
        assert told == (int(row_["rows"]), row_["eol"], row_["sha256_uncompressed"])


def test_the_known_gap_of_a_neighbour_is_flagged_and_nothing_else(loaded):
    partial = {(file["month"], file["force"]): (file["rows"], file["usual"]) for file in as_json(loaded[1])["partial"]}
    assert partial == {(f"2024-0{n}", "dyfed-powys"): (have, 3220) for n, have in ((1, 1187), (2, 300), (3, 164), (4, 283))}
    assert partial_months(folder=loaded[0]) == ()
    assert partial_months(force="dyfed-powys", folder=loaded[0]) == FOUR


def test_the_files_tell_their_vintage(loaded):
    vintages = {(file["vintage"], file["month"] < "2021") for file in as_json(loaded[1])["files"] if file["force"] == "north-wales"}
    assert vintages == {("2011", True), ("2021", False)}


def test_rows_elsewhere_and_without_a_place_are_told(loaded):
    told = as_text(loaded[1])
    assert "north-wales: rows outside the force’s area, kept apart: 59; files: 16" in told
    assert "north-wales: rows without a place, counted in the force’s figure only: 8; files: 5" in told
    assert "btp: rows inside the area of another force, told apart and added only when asked for: 182; files: 10" in told


def test_what_other_forces_place_here_is_added_only_when_asked_for(real):
    assert beside(folder=real) == {"btp": 182, "cheshire": 10, "dyfed-powys": 18, "gloucestershire": 70}
    own, everyone = counts(by=[], folder=real)[0]["count"], counts(by=[], all_forces=True, folder=real)[0]["count"]
    assert (own, everyone) == (101_051, 101_051 + 280)
    anglesey = beside(areas=["W06000001"], first=Month(2024, 1), folder=real)
    assert anglesey["gloucestershire"] > 60


def test_the_forces_figure_holds_its_rows_without_a_place_and_none_from_elsewhere(real):
    assert counts(areas=["W15000001"], by=["area"], folder=real) == [{"area": "W15000001", "count": 101_118 - 59}]


def test_the_block_of_counts_says_the_same_as_the_rows_themselves(real):
    """The quick way against the slow obvious one, every unit, type and month."""
    slow = Counter()
    with open_rows(read_store(real)) as connection:
        query = "SELECT month, lsoa, type, count(*) FROM rows WHERE ends_with(file, 'north-wales') AND lsoa IS NOT NULL GROUP BY ALL"
        for month, code, kind, n in connection.execute(query).fetchall():
            if code in lsoa_units():
                slow[month, lsoa_units()[code][0], kind] += n
    assert table(counts(areas=units(), folder=real)) == slow


def test_a_cube_agrees_with_the_counts_at_both_levels(real):
    whole, fine = cube(folder=real), cube(level="unit", folder=real)
    assert whole.months[0] == fine.months[0] == Month(2018, 10)
    assert (len(whole.months), whole.values.shape, fine.values.shape) == (79, (6, 14, 79), (416, 14, 79))
    assert {
        (str(whole.months[m]), whole.areas[a], whole.types[t]): int(whole.values[a, t, m]) for a, t, m in np.argwhere(whole.values)
    } == table(counts(folder=real))
    for at, authority in enumerate(whole.areas):
        inside = [fine.area_at(unit) for unit in units_of(authority)]
        assert (fine.values[inside].sum(axis=0) == whole.values[at]).all()


def test_a_page_gets_its_slice_in_under_ten_milliseconds(real):
    for asked in ({}, {"areas": ["W06000002"]}, {"level": "unit"}):
        cube(folder=real, **asked)
        best = min(_seconds(lambda asked=asked: cube(folder=real, **asked)) for _ in range(5))
        assert best < 0.010, asked


def _seconds(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def test_a_month_without_a_file_or_with_a_partial_one_is_not_known(small):
    found = cube(areas=["W06000002", "W01000352"], folder=small)
    assert [str(month) for month in found.months] == ["2024-01", "2024-02", "2024-03", "2024-04"]
    assert found.known.tolist() == [[True, False, False, True]] * 2
    assert found.values[0].sum(axis=0).tolist() == [10, 2, 0, 11]
    assert gaps(folder=small).missing == (Month(2024, 3),)
    assert gaps(folder=small).partial == (Month(2024, 2),)
    assert months_loaded(folder=small) == (Month(2024, 1), Month(2024, 2), Month(2024, 4))


def test_a_stretch_may_be_asked_for_beyond_what_is_loaded(small):
    found = cube(first=Month(2023, 12), last=Month(2024, 1), folder=small)
    assert found.known.tolist() == [[False, True]] * 6
    assert found.values.sum(axis=(0, 1)).tolist() == [0, 40]


def test_only_the_keys_asked_for_are_there(small):
    assert counts(by=["month"], folder=small)[0] == {"month": "2024-01", "count": 40}
    assert list(counts(by=["type", "area"], folder=small)[0]) == ["area", "type", "count"]
    assert counts(by=[], last=Month(2024, 2), folder=small) == [{"count": 48}]


def test_ground_that_two_areas_share_is_counted_once(small):
    both = counts(areas=["W06000002", "W14000002", "W01000050"], by=["month"], first=Month(2024, 4), folder=small)
    assert both == [{"month": "2024-04", "count": 11}]
    each = counts(areas=["W06000002", "W14000002"], by=["area"], first=Month(2024, 4), folder=small)
    assert each == [{"area": "W06000002", "count": 11}, {"area": "W14000002", "count": 11}]


def test_an_lsoa_of_either_vintage_is_answered_under_its_common_unit(small):
    for code in ("W01000352", "W01000353", "W01001969"):
        assert counts(areas=[code], by=["area"], folder=small) == [{"area": "W01001969", "count": 23}]


def test_zeros_are_given_when_asked_for_and_only_for_months_with_a_file(small):
    found = counts(areas=["W06000004"], by=["month", "area"], with_zeros=True, folder=small)
    assert [(cell["month"], cell["count"]) for cell in found] == [("2024-01", 0), ("2024-02", 0), ("2024-04", 0)]


def test_places_make_up_the_figure_of_their_area(small):
    found = places_of("W06000002", TYPES[0], [Month(2024, 1), Month(2024, 4)], folder=small)
    assert len(found) == 71
    assert {unit: n for unit, n in found.items() if n} == {"W01000050": 4}
    with pytest.raises(KeyError, match="Witchcraft"):
        places_of("W06000002", "Witchcraft", [Month(2024, 1)], folder=small)


def test_an_unknown_area_is_named(small):
    for ask in (counts, cube, beside):
        with pytest.raises(UnknownArea, match="E09000001"):
            ask(areas=["W06000001", "E09000001"], folder=small)


def test_no_area_at_all_holds_nothing(small):
    assert counts(areas=[], by=["month"], folder=small) == []
    assert cube(areas=[], folder=small).values.shape == (0, 14, 4)


def test_senseless_questions_are_refused_in_a_sentence(small):
    with pytest.raises(ValueError, match="nothing to count by"):
        counts(by=["month", "colour"], folder=small)
    with pytest.raises(ValueError, match="earlier month first"):
        counts(first=Month(2024, 3), last=Month(2024, 1), folder=small)


def test_an_empty_home_counts_nothing_and_knows_nothing(tmp_path):
    assert counts(folder=tmp_path) == []
    assert cube(folder=tmp_path).values.shape == (6, 14, 0)
    assert cube(first=Month(2024, 1), last=Month(2024, 2), folder=tmp_path).known.sum() == 0
    assert (kind_of_store(folder=tmp_path), source(folder=tmp_path), beside(folder=tmp_path)) == (None, None, {})


def test_the_source_line_knows_files_months_and_the_day_of_loading(small):
    told = source(folder=small, last=Month(2024, 2))
    assert (told.kind, told.force, told.first, told.last, told.files) == ("real", "north-wales", Month(2024, 1), Month(2024, 2), 2)
    assert told.loaded_on == DAY


def test_a_reader_who_comes_while_a_load_ends_gets_whole_figures(small, tmp_path, monkeypatch):
    stale = read_store(small)
    load([lay(tmp_path / "new", "2024-01-north-wales", rows("2024-01", 41))], today=DAY, folder=small)
    answers = iter([stale])
    monkeypatch.setattr(counting, "read_store", lambda folder=None: next(answers, None) or read_store(folder))
    counting._block.cache_clear()
    assert counts(by=["month"], last=Month(2024, 1), folder=small) == [{"month": "2024-01", "count": 41}]


def test_a_replaced_month_of_another_force_replaces_what_it_placed_here(small, tmp_path):
    load([lay(tmp_path / "new", "2024-01-btp", [row("2024-01", force="btp")])], today=DAY, folder=small)
    assert beside(first=Month(2024, 1), last=Month(2024, 1), folder=small) == {"btp": 1}
    assert counts(by=["month"], all_forces=True, last=Month(2024, 1), folder=small) == [{"month": "2024-01", "count": 41}]
