"""The synthetic files look like published ones, hold exactly the cube, and say in every row that they are synthetic."""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from diogel.analysis.periods import Month, months_from
from diogel.analysis.reading.police_uk import COLUMNS
from diogel.examples.synthetic import AREAS, DEMO_EVENTS, DEMO_SEED, FIRST, LAST, Event, synthetic_cube
from diogel.examples.synthetic_rows import places, write_months

pytestmark = pytest.mark.slow

SPLIT = "W01000383"  # the one LSOA of 2011 that became two: it has two points
SHORT = {"first": Month(2020, 11), "last": Month(2021, 2)}


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo's files by month, and the processor seconds they took. Rows are read where they are wanted: all at once are 200 MB."""
    began = time.process_time()
    paths = write_months(tmp_path_factory.mktemp("synthetic"), seed=DEMO_SEED, events=DEMO_EVENTS)
    return {path.parent.name: path for path in paths}, time.process_time() - began


@pytest.fixture
def files(demo):
    return demo[0]


def read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def test_there_is_a_file_for_each_month_under_its_published_name(files):
    published = [f"{m}/{m}-north-wales-street.csv" for m in months_from(FIRST, LAST)]
    assert [f"{path.parent.name}/{path.name}" for path in files.values()] == published


def test_forty_eight_months_take_under_six_seconds(demo):
    files, seconds = demo
    assert sum(path.stat().st_size for path in files.values()) > 50_000_000
    assert seconds < 6


def test_the_rows_hold_exactly_the_cube(files):
    cube = synthetic_cube(seed=DEMO_SEED, events=DEMO_EVENTS)
    area_of = {code: place.area for place in places() for code in place.codes}
    counted = Counter(
        (area_of[row["LSOA code"]], row["Crime type"], month) for month, path in files.items() for row in read(path) if row["LSOA code"]
    )
    assert counted == {
        (area, type_, str(month)): int(cube.values[a, t, m])
        for a, area in enumerate(cube.areas)
        for t, type_ in enumerate(cube.types)
        for m, month in enumerate(cube.months)
        if cube.values[a, t, m]
    }


def test_every_row_says_that_it_is_synthetic_and_which_month_and_force_it_is_of(files):
    for month, path in files.items():
        told = {(row["Context"], row["Month"], row["Reported by"], row["Falls within"]) for row in read(path)}
        assert told == {("Synthetic", month, "North Wales Police", "North Wales Police")}


def test_a_crime_has_a_number_of_its_own_and_anti_social_behaviour_has_neither_number_nor_outcome(files):
    ids = []
    for month in ("2018-04", "2018-05", "2022-02", "2022-03"):
        for row in read(files[month]):
            quiet = row["Crime type"] == "Anti-social behaviour"
            assert (row["Crime ID"] == "") == (row["Last outcome category"] == "") == quiet
            ids += [] if quiet else [row["Crime ID"]]
    assert len(ids) == len(set(ids))
    assert all(len(id_) == 64 and set(id_) <= set("0123456789abcdef") for id_ in ids)


def test_the_latest_months_hold_outcomes_that_are_still_open(files):
    held = {month: Counter(row["Last outcome category"] for row in read(files[month])) for month in ("2021-12", "2022-01")}
    assert held["2021-12"]["Under investigation"] == 0
    assert held["2022-01"]["Under investigation"] > 1000


def test_codes_of_2011_stand_until_december_2020_and_those_of_2021_after(files):
    old = {place.codes[0] for place in places()}
    new = {place.codes[1] for place in places()}
    for month, only, never in (("2020-12", old - new, new - old), ("2021-01", new - old, old - new)):
        codes = {row["LSOA code"] for row in read(files[month])}
        assert codes & only
        assert not codes & never


def test_some_rows_have_no_location_and_the_others_a_point_near_their_place(files):
    blank = [row for month in ("2018-04", "2018-05", "2018-06") for row in read(files[month]) if not row["LSOA code"]]
    assert {(row["Longitude"], row["Latitude"], row["Location"], row["LSOA name"]) for row in blank} == {("", "", "No Location", "")}
    points = {place.codes[0]: (place.longitude, place.latitude) for place in places() if place.codes[0] != SPLIT}
    located = [row for row in read(files["2018-04"]) if row["LSOA code"] in points]
    assert len(located) > 5000
    for row in located:
        east, north = points[row["LSOA code"]]
        assert float(row["Longitude"]) == pytest.approx(east, abs=0.0041)
        assert float(row["Latitude"]) == pytest.approx(north, abs=0.0041)
        assert row["Location"].startswith("On or near ")


def test_street_names_are_plainly_invented_in_both_languages_with_welsh_letters(files):
    names = {row["Location"].removeprefix("On or near ").rstrip("0123456789 ") for row in read(files["2019-07"])}
    generic = {"No Location", "Parking Area", "Supermarket"}
    assert all("Enghraifft" in name or "Enghreifftiol" in name or "Example" in name for name in names - generic)
    assert {"Example Street", "Heol Enghraifft", "Lôn Enghraifft", "Ffordd y Tŷ Enghreifftiol", "Glan Dŵr Enghraifft"} <= names


def test_identical_rows_occur_as_they_do_in_published_files(files):
    held = [tuple(row.values()) for row in read(files["2019-07"])]
    assert len(set(held)) < len(held)


def test_the_rows_a_spike_adds_pile_up_in_one_place(files):
    gwynedd = {code for place in places() if place.area == "W06000002" for code in place.codes}

    def top(month: str) -> int:
        thefts = (row for row in read(files[month]) if row["Crime type"] == "Shoplifting")
        return Counter(row["LSOA name"] for row in thefts if row["LSOA code"] in gwynedd).most_common(1)[0][1]

    assert top("2021-11") > 2 * max(top("2021-09"), top("2022-01"))


def test_the_same_seed_writes_the_same_bytes_and_tells_of_each_file(tmp_path):
    told = []
    one = write_months(tmp_path / "one", seed=8, written=told.append, **SHORT)
    two = write_months(tmp_path / "two", seed=8, **SHORT)
    other = write_months(tmp_path / "other", seed=9, **SHORT)
    assert told == one
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert one[0].read_bytes() != other[0].read_bytes()
    assert one[0].read_text(encoding="utf-8").splitlines()[0] == ",".join(COLUMNS)


def test_a_fall_below_the_quiet_level_is_written_too(tmp_path):
    events = [Event(kind="spike", month=Month(2021, 1), factor=0.5)]
    paths = write_months(tmp_path, seed=8, events=events, **SHORT)
    quiet = synthetic_cube(seed=8, **SHORT).values.sum(axis=(0, 1))
    assert len([row for row in read(paths[2]) if row["LSOA code"]]) == pytest.approx(0.5 * quiet[2], rel=0.1)


def test_every_authority_has_places_and_each_place_one_code_a_vintage():
    assert {place.area for place in places()} == set(AREAS)
    assert len({place.codes[0] for place in places()}) == 423
    assert len({place.codes[1] for place in places()}) == 417
    assert len({place.codes for place in places()}) == len(places()) == 424
    assert [place.area for place in places()] == sorted(place.area for place in places())
