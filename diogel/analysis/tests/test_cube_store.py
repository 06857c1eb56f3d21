"""What was put into a stored cube comes out again, whichever way it is cut, and a broken one is not read."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from diogel.analysis import cube_store
from diogel.analysis.cube_store import CubeFault, open_cube, save_cube
from diogel.analysis.periods import Month

FIRST = Month(2021, 11)


def saved(folder: Path, values: np.ndarray, *, source: str = "rows 1", known: np.ndarray | None = None):
    areas, types, months = values.shape
    return save_cube(
        folder,
        areas=[f"W0100{at}" for at in range(areas)],
        types=[f"Trais {at}" for at in range(types)],
        months=[FIRST + at for at in range(months)],
        values=values,
        known=np.ones((areas, months), bool) if known is None else known,
        source=source,
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.tuples(st.integers(1, 12), st.integers(1, 3), st.integers(1, 4)).flatmap(
        lambda shape: arrays(np.int64, shape, elements=st.integers(0, 90_000))
    ),
    st.data(),
)
def test_any_slice_is_what_was_put_in(tmp_path: Path, values: np.ndarray, data: st.DataObject):
    cube = saved(tmp_path, values)
    areas = data.draw(st.none() | st.lists(st.sampled_from(cube.areas), unique=True))
    types = data.draw(st.none() | st.lists(st.sampled_from(cube.types), unique=True))
    first = data.draw(st.integers(0, values.shape[2] - 1))
    last = data.draw(st.integers(first, values.shape[2] - 1))
    found = cube.values(areas=areas, types=types, months=(FIRST + first, FIRST + last))
    wanted = [
        [values[cube.areas.index(area), cube.types.index(type_), first : last + 1] for type_ in (cube.types if types is None else types)]
        for area in (cube.areas if areas is None else areas)
    ]
    assert found.tolist() == np.array(wanted, int).reshape(found.shape).tolist()
    assert found.dtype == (np.uint16 if values.max() < 2**16 else np.uint32)
    cube.verify()


def test_many_areas_are_read_from_the_copy_by_map(tmp_path: Path, monkeypatch):
    values = np.arange(600).reshape(100, 2, 3)
    cube = saved(tmp_path, values)
    monkeypatch.setattr(cube_store.StoredCube, "_by_area", property(lambda self: pytest.fail("read by area")))
    assert (cube.values(types=["Trais 1"], months=(FIRST + 2, FIRST + 2))[:, 0, 0] == values[:, 1, 2]).all()


def test_a_slice_is_a_cube_that_knows_what_is_missing(tmp_path: Path):
    known = np.array([[True, False], [True, True]])
    cube = saved(tmp_path, np.arange(8).reshape(2, 2, 2), known=known).cube(areas=["W01000"])
    assert (cube.areas, cube.months, cube.values.dtype) == (("W01000",), (FIRST, FIRST + 1), np.int64)
    assert cube.known.tolist() == [[True, False]]


def test_a_new_version_takes_the_place_of_the_old_and_the_same_is_not_written_twice(tmp_path: Path):
    old = saved(tmp_path, np.ones((2, 2, 2), int))
    assert saved(tmp_path, np.ones((2, 2, 2), np.uint8)).version == old.version
    held = old.values()
    new = saved(tmp_path, np.zeros((2, 2, 2), int), source="rows 2")
    assert open_cube(tmp_path).version == new.version != old.version
    assert [path.name for path in tmp_path.glob("cube-*")] == [f"cube-{new.version}"]
    assert (held == old.values()).all()


def test_a_save_that_dies_leaves_the_cube_as_it_was(tmp_path: Path, monkeypatch):
    old = saved(tmp_path, np.ones((2, 2, 2), int))
    monkeypatch.setattr(cube_store, "_replace", lambda *_: (_ for _ in ()).throw(OSError("the disk is full")))
    with pytest.raises(OSError, match="full"):
        saved(tmp_path, np.zeros((2, 2, 2), int))
    assert (open_cube(tmp_path).version, open_cube(tmp_path).values().sum()) == (old.version, 8)
    assert not list(tmp_path.glob(".cube-*"))


def test_a_cube_of_other_rows_is_not_read(tmp_path: Path):
    saved(tmp_path, np.ones((2, 2, 2), int))
    assert open_cube(tmp_path, source="rows 1").source == "rows 1"
    with pytest.raises(CubeFault, match="other rows"):
        open_cube(tmp_path, source="rows 2")


def test_what_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(CubeFault, match="no cube"):
        open_cube(tmp_path)
    cube = saved(tmp_path, np.ones((2, 2, 2), int))
    for asked, says in (({"areas": ["W9"]}, "area W9"), ({"types": ["x"]}, "type x"), ({"months": (FIRST, FIRST + 2)}, "month 2022-01")):
        with pytest.raises(KeyError, match=says):
            cube.values(**asked)
    with pytest.raises(ValueError, match="lies before"):
        cube.values(months=(FIRST + 1, FIRST))


def test_a_broken_cube_is_not_read_in_silence(tmp_path: Path):
    cube = saved(tmp_path, np.arange(8).reshape(2, 2, 2))
    path = cube.folder / "by-area.npy"
    whole = path.read_bytes()
    path.write_bytes(whole[:-3])
    cube_store._opened.cache_clear()
    with pytest.raises(CubeFault, match="cannot be read"):
        open_cube(tmp_path).values(areas=["W01000"])
    path.write_bytes(whole[:-2] + b"\x09\x00")
    cube_store._opened.cache_clear()
    with pytest.raises(CubeFault, match="not what was written"):
        open_cube(tmp_path).verify()
    (tmp_path / "current.json").write_text("{")
    with pytest.raises(CubeFault, match="cannot be read"):
        open_cube(tmp_path)
    (tmp_path / "current.json").write_text(json.dumps({"layout": 99}))
    with pytest.raises(CubeFault, match="another version"):
        open_cube(tmp_path)


@pytest.mark.parametrize("values", [np.full((1, 1, 1), -1), np.full((1, 1, 1), 1.0), np.full((1, 1, 1), 2**33), np.zeros((1, 1), int)])
def test_what_are_no_counts_are_refused(tmp_path: Path, values: np.ndarray):
    with pytest.raises(ValueError):
        save_cube(tmp_path, areas=["a"], types=["t"], months=[FIRST], values=values, known=np.ones((1, 1), bool), source="")


@pytest.mark.parametrize(
    ("areas", "months"), [(["a", "a"], [FIRST, FIRST + 1]), (["a", "b"], [FIRST, FIRST + 2]), (["a"], [FIRST, FIRST + 1])]
)
def test_labels_that_do_not_fit_are_refused(tmp_path: Path, areas: list, months: list):
    with pytest.raises(ValueError):
        save_cube(tmp_path, areas=areas, types=["t"], months=months, values=np.ones((2, 1, 2), int), known=np.ones((2, 2), bool), source="")


def test_an_empty_cube_is_a_cube(tmp_path: Path):
    cube = save_cube(tmp_path, areas=[], types=["t"], months=[], values=np.zeros((0, 1, 0), int), known=np.zeros((0, 0), bool), source="")
    assert cube.values().shape == (0, 1, 0)
    cube.verify()
