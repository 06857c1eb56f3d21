"""Cells lie over a map, and each is inside or not as looking from its middle says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.hotspots.grids import Grid, grid_over, inside
from diogel.analysis.hotspots.outlines import outlines
from diogel.analysis.hotspots.tests.maps import chessboard, real, square


def _looking_east(rings, x, y):
    """Whether a line eastwards from here crosses the rings an odd number of times."""
    crossings = 0
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            if (ay <= y < by or by <= y < ay) and ax + (y - ay) / (by - ay) * (bx - ax) > x:
                crossings += 1
    return crossings % 2 == 1


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=3, max_size=12, unique=True), st.floats(3, 20))
def test_cells_are_inside_when_a_line_from_their_middle_says_so(corners, cell):
    centre = np.mean(corners, axis=0)
    around = sorted(corners, key=lambda place: np.arctan2(place[1] - centre[1], place[0] - centre[0]))
    try:
        shape = outlines([("a", {"type": "Polygon", "coordinates": [around]})], in_metres=True)
    except ValueError:
        return
    grid = Grid(-0.001, -0.003, cell, 12, 12)
    found = inside(grid, shape)
    slow = [[_looking_east(shape.rings(0), x, y) for x in grid.eastings] for y in grid.northings]
    assert (found == slow).all()


def test_a_hole_is_outside_and_touching_areas_are_one():
    holed = ("a", {"type": "Polygon", "coordinates": [square(0, 0, 60), square(20, 20, 20)]})
    beside = ("b", {"type": "Polygon", "coordinates": [square(60, 0, 40)]})
    found = inside(Grid(0, 0, 10, 10, 6), outlines([holed, beside], in_metres=True))
    assert found.sum() == 36 - 4 + 16
    assert not found[2:4, 2:4].any()


def test_areas_that_overlap_are_inside_once():
    pair = [("a", {"type": "Polygon", "coordinates": [square(0, 0, 60)]}), ("b", {"type": "Polygon", "coordinates": [square(30, 0, 60)]})]
    assert inside(Grid(0, 0, 10, 9, 6), outlines(pair, in_metres=True)).all()


def test_a_grid_over_a_map_covers_it_on_whole_multiples():
    grid = grid_over(chessboard(3, 2, west=250_030, south=350_070), cell=250)
    assert (grid.west, grid.south, grid.across, grid.up) == (250_000, 350_000, 13, 9)


def test_north_wales_covers_about_its_own_area(shared_data):
    found = real(shared_data, "lad24", "ltla24_code")
    covered = inside(grid_over(found, cell=250), found).sum() * 0.0625
    assert 6_000 < covered < 6_300  # square kilometres


@pytest.mark.parametrize(
    ("parts", "reason"),
    [((0, 0, 0, 5, 5), "wider than nothing"), ((0, 0, 10, 0, 5), "both directions"), ((0, 0, 1, 9999, 9999), "larger ones")],
)
def test_a_grid_without_cells_or_with_too_many_is_refused(parts, reason):
    with pytest.raises(ValueError, match=reason):
        Grid(*parts)
