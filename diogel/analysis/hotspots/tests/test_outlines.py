"""Outlines are read from GeoJSON into metres; what is no outline is refused."""

import pytest

from diogel.analysis.hotspots.outlines import outlines
from diogel.analysis.hotspots.tests.maps import chessboard, real, square


def test_a_hole_is_turned_against_its_ring_and_moves_the_middle():
    whole, hole = square(0, 0, 100), square(60, 0, 40)
    found = outlines([("a", {"type": "Polygon", "coordinates": [whole[::-1], hole]})], in_metres=True)
    east, north = found.middles()
    assert east[0] == pytest.approx((50 * 10_000 - 80 * 1_600) / 8_400)
    assert north[0] == pytest.approx((50 * 10_000 - 20 * 1_600) / 8_400)
    assert [len(ring) for ring in found.rings(0)] == [4, 4]


def test_an_area_in_two_pieces_has_its_middle_between_them():
    found = outlines([("a", {"type": "MultiPolygon", "coordinates": [[square(0, 0, 10)], [square(100, 0, 10)]]})], in_metres=True)
    assert [float(side[0]) for side in found.middles()] == pytest.approx([55, 5])


def test_bounds_hold_every_corner():
    assert chessboard(3, 2).bounds == (250_000, 350_000, 253_000, 352_000)


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        ({"type": "Point", "coordinates": [1, 2]}, "a Point, not a polygon"),
        (None, "not a polygon"),
        ({"type": "Polygon", "coordinates": []}, "no coordinates"),
        ({"type": "Polygon"}, "no coordinates"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}, "fewer than three corners"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2], [0, 0]]]}, "without an area"),
        ({"type": "Polygon", "coordinates": [[[0, 0], ["x", 1], [2, 2]]]}, "not a pair of numbers"),
        ({"type": "Polygon", "coordinates": [[1, 2, 3]]}, "not a pair of numbers"),
    ],
)
def test_what_is_no_outline_is_refused_by_name(geometry, reason):
    with pytest.raises(ValueError, match=reason) as told:
        outlines([("W01", geometry)], in_metres=True)
    assert "W01" in str(told.value)


def test_a_code_that_comes_twice_is_refused():
    one = {"type": "Polygon", "coordinates": [square(0, 0)]}
    with pytest.raises(ValueError, match="two outlines of a"):
        outlines([("a", one), ("b", one), ("a", one)], in_metres=True)


def test_outlines_in_metres_given_as_degrees_are_refused():
    with pytest.raises(ValueError, match="not in degrees"):
        outlines([("a", {"type": "Polygon", "coordinates": [square(250_000, 350_000)]})])


def test_no_outlines_are_refused():
    with pytest.raises(ValueError, match="no outlines"):
        outlines([])


def test_real_boundaries_cover_north_wales(shared_data):
    found = real(shared_data, "lsoa11", "lsoa11_code")
    assert len(found.areas) == 423
    west, south, east, north = found.bounds
    assert (190_000 < west < 230_000, 290_000 < south < 330_000, 340_000 < east < 360_000, 385_000 < north < 400_000) == (True,) * 4
