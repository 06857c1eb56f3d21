"""Every small area of a store in one cube: the figures of the rows themselves, known only where they say something."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import product

import numpy as np
import pytest

from diogel.analysis.cube_store import open_cube
from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import TYPES
from diogel.crime import batch_cells, counting
from diogel.crime.every_place import cube_of_all
from diogel.crime.loading import load
from diogel.crime.store import StoreFault, held

from .street import PLACES, lay, row, rows

DAY = date(2025, 6, 1)
MONTHS = [f"2024-{month:02d}" for month in range(1, 9)]
FAR = (("E01000101", "Chester 001A"), ("E01000102", "Chester 001B"))
OLD, NEW = ("E01000103", "Chester 001C"), ("E01035001", "Chester 001D")


@pytest.fixture
def given(tmp_path):
    return tmp_path / "given"


@pytest.fixture
def store(tmp_path):
    return tmp_path / "crime"


@pytest.fixture
def put(given, store):
    return lambda **options: load([given], today=DAY, folder=store, **options)


def cheshire(month, number=40, places=FAR):
    return [row(month, n, force="cheshire", lsoa=places[n % len(places)], type_=TYPES[n % 5]) for n in range(number)]


def lay_both(given, months=MONTHS):
    for month in months:
        lay(given, f"{month}-north-wales", rows(month))
        lay(given, f"{month}-cheshire", cheshire(month))


def at(cube, area, type_, month):
    return int(cube.values(areas=[area], types=[type_], months=(Month.parse(month),) * 2)[0, 0, 0])


def test_each_cell_is_what_the_rows_of_the_areas_own_force_hold(given, store, put):
    lay_both(given)
    put()
    cube = cube_of_all(folder=store)
    for month in MONTHS:
        expected = Counter((FAR[n % 2][0], TYPES[n % 5]) for n in range(40))
        assert {(area, kind): at(cube, area, kind, month) for area, kind in product(("E01000101", "E01000102"), TYPES[:5])} == expected
    assert cube.known().all()


def test_ground_of_the_six_authorities_is_counted_as_on_every_page(given, store, put):
    lay_both(given)
    lay(given, "2020-12-north-wales", rows("2020-12"))
    put()
    cube, page = cube_of_all(folder=store), counting.cube(level="unit", folder=store)
    here = [area for area in page.areas if area in cube.areas]
    assert {lsoa for lsoa, _name in PLACES} <= set(here) | {"W01000352"}
    found = cube.cube(areas=here, types=page.types)
    rows_at = [page.areas.index(area) for area in here]
    assert found.months == page.months
    assert np.array_equal(found.values, page.values[rows_at])
    assert np.array_equal(found.known, page.known[rows_at])
    assert found.values.sum() == page.values.sum() > 0


def test_rows_that_other_forces_place_in_an_area_do_not_count(given, store, put):
    lay_both(given)
    lay(given, "2024-03-btp", [row("2024-03", n, force="btp", lsoa=FAR[0]) for n in range(30)])
    lay(given, "2024-03-north-wales", [*rows("2024-03"), *[row("2024-03", 900 + n, lsoa=FAR[0], type_=TYPES[0]) for n in range(3)]])
    put()
    assert at(cube_of_all(folder=store), FAR[0][0], TYPES[0], "2024-03") == 4


def test_a_stray_from_a_force_that_was_not_loaded_is_no_area(given, store, put):
    for month in MONTHS:
        stray = [row(month, 999, lsoa=FAR[0])] if month == MONTHS[4] else []
        lay(given, f"{month}-north-wales", [*rows(month), *stray])
    put()
    assert FAR[0][0] not in cube_of_all(folder=store).areas


def test_months_without_a_file_and_partial_ones_are_not_known(given, store, put):
    lay_both(given)
    (given / "2024-02-cheshire-street.csv").unlink()
    lay(given, "2024-05-cheshire", cheshire("2024-05", 8))
    put()
    known = cube_of_all(folder=store).known(areas=[FAR[0][0], PLACES[0][0]])
    assert known.tolist() == [[month not in ("2024-02", "2024-05") for month in MONTHS], [True] * 8]


def test_a_code_says_nothing_of_months_that_use_another_years_codes(given, store, put):
    for at_, month in enumerate(MONTHS):
        lay(given, f"{month}-cheshire", cheshire(month, places=(FAR[0], OLD if at_ < 4 else NEW)))
    put()
    cube = cube_of_all(folder=store)
    assert cube.known(areas=[FAR[0][0], OLD[0], NEW[0]]).tolist() == [[True] * 8, [True] * 4 + [False] * 4, [False] * 4 + [True] * 4]


def test_types_that_nobody_knows_have_their_own_cells(given, store, put):
    lay_both(given)
    lay(given, "2024-04-cheshire", [*cheshire("2024-04"), row("2024-04", 77, force="cheshire", lsoa=FAR[1], type_="Odd matters")])
    put()
    cube = cube_of_all(folder=store)
    assert cube.types == (*TYPES, "Odd matters")
    assert at(cube, FAR[1][0], "Odd matters", "2024-04") == 1


def test_the_cube_follows_each_load(given, store, put):
    lay_both(given)
    put()
    before = int(cube_of_all(folder=store).values().sum())
    lay(given, "2024-04-cheshire", cheshire("2024-04", 60))
    put()
    assert int(open_cube(store / "cube").values().sum()) == before, "nobody has asked yet"
    assert int(cube_of_all(folder=store).values().sum()) == before + 20
    assert int(open_cube(store / "cube").values().sum()) == before + 20


def test_a_further_month_counts_no_batch_again(given, store, put, monkeypatch):
    lay_both(given)
    put()
    cube_of_all(folder=store)
    counted = []
    work = batch_cells._counted
    monkeypatch.setattr(batch_cells, "_counted", lambda rows, engine: counted.append(rows.name) or work(rows, engine))
    lay(given, "2024-09-cheshire", cheshire("2024-09"))
    put()
    heard = []
    assert cube_of_all(folder=store, told=lambda done, of: heard.append((done, of))).values().sum() == 2 * 40 * 8 + 40
    assert counted == ["000002-1.parquet"]
    assert sorted(path.name for path in (store / "cells").iterdir()) == ["000001-1.parquet.npz", "000002-1.parquet.npz"]
    assert heard == [(1, 2), (2, 2)]


def test_counts_that_cannot_be_read_are_made_anew(given, store, put):
    lay_both(given)
    put()
    cube_of_all(folder=store)
    kept = next((store / "cells").iterdir())
    kept.write_bytes(kept.read_bytes()[:100])
    (store / "cube" / "current.json").unlink()
    assert cube_of_all(folder=store).values().sum() == 2 * 40 * 8


def test_counts_of_a_batch_that_was_written_anew_are_not_taken_for_its_own(given, store, put):
    lay_both(given)
    put()
    cube_of_all(folder=store)
    cells = store / "cells" / "000001-1.parquet.npz"
    before = cells.read_bytes()
    lay(given, "2024-04-cheshire", cheshire("2024-04", 60))
    put()
    cube_of_all(folder=store)
    assert not cells.exists()
    for path in (store / "cells").iterdir():
        path.write_bytes(before)
    (store / "cube" / "current.json").unlink()
    assert cube_of_all(folder=store).values().sum() == 2 * 40 * 8 + 20


def test_a_store_without_rows_has_an_empty_cube(store):
    assert cube_of_all(folder=store).areas == ()


def test_a_store_that_a_load_is_writing_is_left_alone(given, store, put):
    lay_both(given)
    put()
    with held(store), pytest.raises(StoreFault, match="Another load"):
        cube_of_all(folder=store)
    assert not (store / "cube").exists()
