"""Density agrees with adding up every point at every cell, keeps to its boundaries and refuses what it cannot tell."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.hotspots.captions import Origin
from diogel.analysis.hotspots.density import Density, Kernel, density
from diogel.analysis.hotspots.grids import Grid, grid_over, inside
from diogel.analysis.hotspots.outlines import outlines
from diogel.analysis.hotspots.projection import to_grid
from diogel.analysis.hotspots.tests.maps import real, square, street_rows

GRID = Grid(0, 0, 100, 40, 30)
SHORE = outlines([("land", {"type": "Polygon", "coordinates": [square(0, 0, 2000)]})], in_metres=True)
spots = st.lists(st.tuples(st.floats(0, 3999), st.floats(0, 2999)), min_size=1, max_size=30)


def told(points, **more) -> Density:
    given_ = {"origin": Origin.SNAPPED, "grid": GRID, "bandwidth": 300.0} | more
    return density([x for x, _ in points], [y for _, y in points], **given_)


def _point_by_point(points, bandwidth, kernel):
    """Points for each square kilometre at every cell's middle, by the kernel's own formula."""
    out = np.zeros((GRID.up, GRID.across))
    for x, y in points:
        far = ((GRID.eastings - x) ** 2 + (GRID.northings[:, None] - y) ** 2) / bandwidth**2
        if kernel is Kernel.GAUSSIAN:
            out += np.exp(-far / 2) / (2 * math.pi * bandwidth**2)
        else:
            out += 3 / (math.pi * bandwidth**2) * np.maximum(1 - far, 0) ** 2
    return out * 1e6


@settings(deadline=None)
@given(spots, st.sampled_from([(Kernel.GAUSSIAN, 200.0, 0.004), (Kernel.GAUSSIAN, 500.0, 0.0002), (Kernel.QUARTIC, 600.0, 0.01)]))
def test_every_cell_is_what_one_gets_by_adding_up_the_points(points, how):
    kernel, bandwidth, close = how
    found = told(points, kernel=kernel, bandwidth=bandwidth).per_km2
    alone = 1e6 / (2 * math.pi * bandwidth**2) if kernel is Kernel.GAUSSIAN else 3e6 / (math.pi * bandwidth**2)
    assert np.abs(found - _point_by_point(points, bandwidth, kernel)).max() < close * alone * len(points)
    assert (found >= 0).all()


def test_the_worked_example_of_the_docs():
    found = told([(2050, 1550)] * 12)
    assert found.per_km2[15, 20] == pytest.approx(12 / (2 * math.pi * 0.3**2), rel=1e-3)  # 21.2
    assert found.per_km2[15, 23] == pytest.approx(21.22 * math.exp(-0.5), rel=1e-3)


def test_far_from_any_edge_the_whole_holds_all_points():
    found = told([(2000 + k, 1500 - k) for k in range(50)], bandwidth=200.0)
    assert found.per_km2.sum() * 0.01 == pytest.approx(50, rel=1e-4)


@settings(deadline=None)
@given(spots)
def test_one_more_point_makes_no_cell_thinner(points):
    more = told([*points, (2000.0, 1500.0)]).per_km2 - told(points).per_km2
    assert more.min() > -0.01


def test_within_a_boundary_an_even_scatter_is_even_up_to_the_edge():
    lattice = [(x, y) for x in np.arange(25, 2000, 50) for y in np.arange(25, 2000, 50)]
    bounded, open_ = told(lattice, boundary=SHORE), told(lattice)
    assert bounded.per_km2[:20, :20] == pytest.approx(400, rel=0.01)
    assert open_.per_km2[0, 0] < 150  # what edges do when nobody minds them
    assert np.isnan(bounded.per_km2[:, 20:]).all()
    assert np.isnan(bounded.per_km2[20:]).all()


def test_the_share_of_a_kernel_inside_is_what_the_cells_add_up_to():
    found = told([(1000.0, 1000.0)], boundary=SHORE)
    field = inside(GRID, SHORE)
    far = (GRID.eastings - GRID.eastings[0]) ** 2 + (GRID.northings[:, None] - GRID.northings[0]) ** 2
    corner = (np.exp(-far / 2 / 300**2) * field).sum() * 1e4 / (2 * math.pi * 300**2)
    assert found.mass[0, 0] == pytest.approx(corner, rel=1e-4)
    assert found.mass[10, 10] == pytest.approx(1, abs=0.002)


def test_points_in_the_sea_are_left_out_and_counted():
    found = told([(500, 500), (2500, 500), (-50, 3), (1e6, 1e6)], boundary=SHORE)
    assert (found.counted, found.left_out) == (1, 3)


def test_nothing_leaks_round_the_edge_of_the_grid():
    found = told([(10.0, 1500.0)], bandwidth=500.0).per_km2
    assert found[:, 30:].max() < 1e-3 * found.max()


def test_real_points_keep_within_north_wales_and_are_thickest_in_its_towns(shared_data):
    shapes = real(shared_data, "lad24", "ltla24_code")
    rows = street_rows(shared_data, "month = '2024-03' AND Longitude <> ''")
    east, north = to_grid([row[2] for row in rows], [row[3] for row in rows])
    found = density(east, north, origin=Origin.SNAPPED, grid=grid_over(shapes, cell=200), bandwidth=600, boundary=shapes)
    assert found.left_out / len(rows) < 0.03
    at = np.unravel_index(np.nanargmax(found.per_km2), found.per_km2.shape)
    peak = found.grid.eastings[at[1]], found.grid.northings[at[0]]
    towns = {"Rhyl": (300_900, 381_500), "Wrexham": (333_600, 350_400)}
    assert min(math.dist(peak, town) for town in towns.values()) < 1_200


@pytest.mark.parametrize(
    ("points", "more", "reason"),
    [
        ([], {}, "no points"),
        ([(math.nan, 5.0)], {}, "without a place"),
        ([(9e5, 9e5)], {}, "not one of 1 points"),
        ([(2500.0, 2500.0)], {"boundary": SHORE}, "not one of 1 points"),
        ([(5.0, 5.0)], {"bandwidth": 150.0}, "1.5 cells of 100"),
        ([(5.0, 5.0)], {"bandwidth": math.nan}, "choose smaller cells"),
        ([(5.0, 5.0)], {"bandwidth": 400.0, "kernel": Kernel.QUARTIC}, "quartic kernel needs 5"),
    ],
)
def test_what_makes_no_density_is_refused(points, more, reason):
    with pytest.raises(ValueError, match=reason):
        told(points, **more)


def test_rows_of_unequal_length_are_refused():
    with pytest.raises(ValueError, match="one length"):
        density([1.0], [1.0, 2.0], origin=Origin.SNAPPED, grid=GRID, bandwidth=300)


def test_a_density_says_where_its_points_come_from():
    assert told([(5.0, 5.0)], origin=Origin.EXTRACT).caption != told([(5.0, 5.0)]).caption
    with pytest.raises(TypeError, match="where the points come from"):
        told([(5.0, 5.0)], origin=None)
