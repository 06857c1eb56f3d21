"""Neighbours by boundary, by distance and by nearness agree with looking at every pair."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.hotspots.neighbours import Neighbours, listed, nearest, touching, within
from diogel.analysis.hotspots.outlines import outlines
from diogel.analysis.hotspots.tests.maps import chessboard, real, square

places = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=3, max_size=25)


def as_sets(found: Neighbours) -> dict[str, set[str]]:
    return {area: set(found.of(area)) for area in found.areas}


def test_squares_that_share_an_edge_or_a_corner_are_neighbours():
    found = touching(chessboard(3, 3))
    assert as_sets(found)["1,1"] == {f"{i},{j}" for i in range(3) for j in range(3)} - {"1,1"}
    assert as_sets(found)["0,0"] == {"0,1", "1,0", "1,1"}


def test_an_island_is_told_by_name():
    far = [("near", square(0, 0)), ("next", square(1000, 0)), ("far", square(9000, 0))]
    found = touching(outlines([(code, {"type": "Polygon", "coordinates": [ring]}) for code, ring in far], in_metres=True))
    assert found.islands == ("far",)
    assert found.of("near") == ("next",)


def test_a_corner_half_a_metre_off_is_the_same_corner():
    rings = [("a", square(0, 0)), ("b", square(1000.3, 0.2))]
    shapes = [(code, {"type": "Polygon", "coordinates": [ring]}) for code, ring in rings]
    assert touching(outlines(shapes, in_metres=True)).of("a") == ("b",)
    assert touching(outlines(shapes, in_metres=True), snap=0.01).islands == ("a", "b")


def _corner_by_corner(found):
    rings = {area: {tuple(corner) for ring in found.rings(at) for corner in np.round(ring)} for at, area in enumerate(found.areas)}
    return {a: {b for b in rings if b != a and rings[a] & rings[b]} for a in rings}


def test_real_neighbours_are_those_found_corner_by_corner(shared_data):
    shapes = real(shared_data, "lsoa11", "lsoa11_code")
    found = touching(shapes)
    assert as_sets(found) == _corner_by_corner(shapes)
    assert len(found.other) == 2 * 1079  # as libpysal 4.14 finds, and as all pairs within half a metre
    assert found.islands == ()


def test_areas_simplified_one_by_one_lose_a_few_neighbours(shared_data):
    found = touching(real(shared_data, "electoral_divisions_pre2022", "WD13CD"))
    assert len(found.other) == 2 * 620  # 629 lie within two metres of one another


@settings(deadline=None)
@given(places, st.integers(1, 40))
def test_those_within_a_distance_are_found_by_measuring_every_pair(spots, metres):
    codes = [str(at) for at in range(len(spots))]
    found = within(codes, *np.array(spots, float).T, metres=metres)
    slow = {a: {b for b in codes if a != b and math.dist(spots[int(a)], spots[int(b)]) <= metres} for a in codes}
    assert as_sets(found) == slow


@settings(deadline=None)
@given(places, st.data())
def test_the_nearest_are_no_farther_than_any_other(spots, data):
    many = data.draw(st.integers(1, len(spots) - 1))
    found = nearest([str(at) for at in range(len(spots))], *np.array(spots, float).T, how_many=many)
    assert (found.counts == many).all()
    for at, spot in enumerate(spots):
        chosen = sorted(math.dist(spot, spots[int(one)]) for one in found.of(str(at)))
        rest = sorted(math.dist(spot, other) for k, other in enumerate(spots) if k != at)
        assert chosen == pytest.approx(rest[:many])


@settings(deadline=None)
@given(places, st.data())
def test_leaving_areas_out_is_the_same_as_never_having_had_them(spots, data):
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=len(spots), max_size=len(spots))))
    codes = np.array([str(at) for at in range(len(spots))])
    east, north = np.array(spots, float).T
    part = within(list(codes), east, north, metres=20).only(kept)
    fresh = within(list(codes[kept]), east[kept], north[kept], metres=20)
    assert as_sets(part) == as_sets(fresh)


def test_written_neighbours_hold_both_ways_and_once():
    found = listed(["a", "b", "c"], itertools.chain([("a", "b"), ("b", "a"), ("a", "a")]))
    assert as_sets(found) == {"a": {"b"}, "b": {"a"}, "c": set()}
    assert found.matrix.toarray().tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        (lambda: within(["a", "b"], [0.0], [0.0], metres=5), "as many eastings"),
        (lambda: within(["a", "b"], [0.0, math.nan], [0.0, 1.0], metres=5), "without a place"),
        (lambda: within(["a", "b"], [0.0, 1.0], [0.0, 1.0], metres=0), "above zero"),
        (lambda: within(["a", "a"], [0.0, 1.0], [0.0, 1.0], metres=5), "comes twice"),
        (lambda: nearest(["a", "b"], [0.0, 1.0], [0.0, 1.0], how_many=2), "not 2"),
        (lambda: touching(chessboard(2, 2), snap=0), "above zero"),
    ],
)
def test_what_makes_no_neighbours_is_refused(work, reason):
    with pytest.raises(ValueError, match=reason):
        work()


def test_a_neighbour_nobody_knows_is_refused():
    with pytest.raises(KeyError):
        listed(["a"], [("a", "z")])
