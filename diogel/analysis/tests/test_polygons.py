"""Polygons as people send them: what is taken, what is refused and why, and which points lie inside."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diogel.analysis.polygons import LARGEST, MOST_CORNERS, Refused, bounds_of, inside, read_polygon

SQUARE = [[-3.0, 53.0], [-2.9, 53.0], [-2.9, 53.1], [-3.0, 53.1], [-3.0, 53.0]]
HOLE = [[-2.97, 53.03], [-2.97, 53.06], [-2.94, 53.06], [-2.94, 53.03], [-2.97, 53.03]]


def polygon(*rings) -> dict:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry) -> dict:
    return {"type": "Feature", "properties": {"name": "x"}, "geometry": geometry}


def sent(told) -> bytes:
    return json.dumps(told).encode()


def refused(told) -> Refused:
    with pytest.raises(Refused) as fault:
        read_polygon(told if isinstance(told, bytes) else sent(told))
    return fault.value


@pytest.mark.parametrize(
    "told",
    [
        polygon(SQUARE),
        feature(polygon(SQUARE)),
        {"type": "FeatureCollection", "features": [feature(polygon(SQUARE))]},
        {
            "type": "FeatureCollection",
            "crs": {"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
            "features": [feature(polygon(SQUARE))],
        },
        polygon([[*place, 12.5] for place in SQUARE]),
    ],
)
def test_one_polygon_is_taken_however_it_is_wrapped(told):
    assert read_polygon(sent(told)) == polygon(SQUARE)


def test_a_mark_of_byte_order_does_no_harm():
    assert read_polygon(b"\xef\xbb\xbf" + sent(polygon(SQUARE))) == polygon(SQUARE)


def test_several_pieces_and_holes_are_kept():
    told = {"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], [[[x + 1, y] for x, y in SQUARE]]]}
    assert read_polygon(sent(told)) == told


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (b"", "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"[" * 100_000, "not_json"),
        ("just words", "not_geojson"),
        ([1, 2], "not_geojson"),
        ({"type": "Feature", "geometry": None}, "not_geojson"),
        ({"type": "FeatureCollection", "features": []}, "no_polygon"),
        ({"type": "FeatureCollection", "features": [7]}, "not_geojson"),
        (feature(feature(polygon(SQUARE))), "no_polygon"),
        ({"type": "Point", "coordinates": [-3, 53]}, "no_polygon"),
        ({"type": "Polygon", "coordinates": []}, "no_polygon"),
        ({"type": "Polygon", "coordinates": "x"}, "no_polygon"),
        ({"type": "FeatureCollection", "features": [feature(polygon(SQUARE))] * 2}, "several"),
        ({"type": "Polygon", "crs": {"properties": {"name": "EPSG:27700"}}, "coordinates": [SQUARE]}, "other_grid"),
        (polygon([[333_000, 350_000], [334_000, 350_000], [334_000, 351_000], [333_000, 350_000]]), "other_grid"),
        (polygon([[y, x] for x, y in SQUARE]), "swapped"),
        (polygon([[x + 20, y] for x, y in SQUARE]), "far"),
        (polygon([["-3", 53], *SQUARE[1:]]), "not_numbers"),
        (polygon([[True, 53], *SQUARE[1:]]), "not_numbers"),
        (b'{"type":"Polygon","coordinates":[[[NaN,53],[-2,53],[-2,54],[NaN,53]]]}', "not_numbers"),
        (polygon([[-3.0], *SQUARE[1:]]), "not_numbers"),
        (polygon(SQUARE[:-1]), "open"),
        (polygon(SQUARE[:2]), "too_few_corners"),
        (polygon([SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[1], SQUARE[0]]), "too_few_corners"),
        (polygon([[-3, 53], [-2.9, 53], [-2.8, 53], [-3, 53]]), "no_area"),
        (polygon([[-3, 53], [-2.9, 53.1], [-2.9, 53], [-3, 53.2], [-3, 53]]), "crosses"),
    ],
)
def test_anything_else_is_refused_with_its_reason(told, code):
    assert refused(told).code == code


def test_what_is_too_large_is_refused_before_it_is_read():
    assert refused(b" " * (LARGEST + 1)).code == "too_large"
    turn = np.linspace(0, 2 * np.pi, MOST_CORNERS + 1)[:-1]
    ring = np.column_stack([-3 + np.cos(turn) / 10, 53 + np.sin(turn) / 10]).round(7).tolist()
    told = refused(polygon([*ring, ring[0]]))
    assert (told.code, told.values["corners"]) == ("too_many_corners", MOST_CORNERS + 1)


def test_swapped_degrees_are_told_as_they_should_be():
    assert refused(polygon([[y, x] for x, y in SQUARE])).values == {"longitude": -3.0, "latitude": 53.0}


def test_points_in_holes_and_beside_pieces_lie_outside():
    held = read_polygon(sent(polygon(SQUARE, HOLE)))
    found = inside(held, [-2.99, -2.95, -2.5, np.nan], [53.01, 53.04, 53.05, 53.05])
    assert found.tolist() == [True, False, False, False]
    assert bounds_of(held) == (-3.0, 53.0, -2.9, 53.1)


@given(
    st.lists(st.tuples(st.floats(-3.05, -2.85), st.floats(52.95, 53.15)), min_size=1, max_size=20),
    st.integers(3, 12),
    st.floats(0.01, 0.08),
)
def test_points_in_a_convex_ring_lie_left_of_every_side(points, corners, size):
    turn = np.linspace(0, 2 * np.pi, corners + 1)
    ring = np.column_stack([-2.95 + size * np.cos(turn), 53.05 + size * np.sin(turn)])
    ring[-1] = ring[0]
    x, y = np.array(points).T
    sides = [(b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) for a, b in pairwise(ring)]
    clear = np.min(np.abs(sides), axis=0) > 1e-9
    expected = (np.array(sides) > 0).all(axis=0)
    assert (inside(polygon(ring.tolist()), x, y) == expected)[clear].all()
