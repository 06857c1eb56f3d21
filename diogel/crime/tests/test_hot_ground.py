"""Ground without loaded outlines, and with them."""

from __future__ import annotations

import numpy as np
import pytest

from diogel.analysis.polygons import inside
from diogel.crime.hot_ground import REACH, NoGround, ground_of, loaded_outlines, rough_ground
from diogel.places import codes
from diogel.places.models import Area

UNITS = codes.units_of("W06000001")[:6]
GRID = {unit: (230_000.0 + 3_000 * (at % 3), 370_000.0 + 3_000 * (at // 3)) for at, unit in enumerate(UNITS)}


def test_each_place_lies_in_the_cell_of_the_nearest_middle():
    ground = rough_ground(UNITS, GRID)
    rng = np.random.default_rng(3)
    places = rng.uniform((227_000, 367_000), (239_000, 376_000), (400, 2))
    spots = np.array([GRID[unit] for unit in UNITS])
    away = np.hypot(*(places[:, None, :] - spots[None]).transpose(2, 0, 1))
    for at in range(len(UNITS)):
        ring = ground.outlines.rings(at)[0]
        lies = inside({"type": "Polygon", "coordinates": [[*ring.tolist(), ring[0].tolist()]]}, *places.T)
        near = (away.argmin(axis=1) == at) & (away.min(axis=1) < 0.95 * REACH)
        assert (lies[near]).all()
        assert not lies[away.argmin(axis=1) != at].any()


def test_cells_that_meet_are_neighbours_and_those_far_off_are_islands():
    far = {**GRID, UNITS[5]: (300_000.0, 300_000.0)}
    ground = rough_ground(UNITS, far)
    assert UNITS[1] in ground.neighbours.of(UNITS[0])
    assert ground.neighbours.islands == (UNITS[5],)
    assert ground.is_rough


def test_an_area_without_points_is_named_and_left_out():
    ground = rough_ground(UNITS, {unit: GRID[unit] for unit in UNITS[:5]})
    assert ground.lacks == (UNITS[5],)
    assert ground.units == UNITS[:5]


@pytest.mark.parametrize("middles", [{}, {unit: GRID[unit] for unit in UNITS[:3]}, dict.fromkeys(UNITS, (230_000.0, 370_000.0))])
def test_too_few_places_are_no_ground(middles):
    with pytest.raises(NoGround):
        rough_ground(UNITS, middles)


def square(at: int) -> dict:
    west = -4.4 + 0.05 * at
    return {"type": "Polygon", "coordinates": [[[west, 53.2], [west + 0.05, 53.2], [west + 0.05, 53.25], [west, 53.25], [west, 53.2]]]}


@pytest.mark.django_db
def test_loaded_outlines_are_used_where_every_unit_has_one():
    for at, unit in enumerate(UNITS):
        Area.objects.update_or_create(code=unit, kind="lsoa21", defaults={"vintage": 2021, "boundary": square(at)})
    ground = ground_of(UNITS, [], {})
    assert not ground.is_rough
    assert ground.neighbours.of(UNITS[1]) == (UNITS[0], UNITS[2])
    Area.objects.filter(code=UNITS[0]).update(boundary=None)
    assert ground_of(UNITS, [], GRID).is_rough


@pytest.mark.django_db
def test_a_split_area_takes_the_outlines_of_its_parts():
    change = next(one for one in codes.changes() if one.change == "S")
    parts = sorted({one.lsoa21 for one in codes.changes() if one.unit == change.unit})
    for at, code in enumerate(parts):
        Area.objects.update_or_create(code=code, kind="lsoa21", defaults={"vintage": 2021, "boundary": square(at)})
    found = loaded_outlines([change.unit])
    assert len(found[change.unit]["coordinates"]) == len(parts) > 1
