"""The map of outlines: everything inside its frame, names that can be read, nothing that a strict page would refuse."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from diogel.analysis.outline_map import Shape, outline_map

COUNTY = {"type": "Polygon", "coordinates": [[[-4.5, 52.8], [-3.5, 52.8], [-3.5, 53.3], [-4.5, 53.3], [-4.5, 52.8]]]}
TOWN = {"type": "Polygon", "coordinates": [[[-4.13, 53.22], [-4.12, 53.22], [-4.12, 53.23], [-4.13, 53.22]]]}
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*shapes: Shape, width: int = 640):
    return etree.fromstring(outline_map(shapes, width=width))


def test_everything_drawn_lies_inside_the_frame():
    for width in (640, 300):
        picture = drawn(Shape(geometry=COUNTY, label="Gwynedd"), Shape(geometry=TOWN, label="Canol Bangor", is_own=True), width=width)
        _, _, wide, high = (float(part) for part in picture.get("viewBox").split())
        assert wide == width
        for path in picture.iter(f"{SVG}path"):
            for x, y in re.findall(r"([\d.]+),([\d.]+)", path.get("d")):
                assert 0 <= float(x) <= wide
                assert 0 <= float(y) <= high
        for word in picture.iter(f"{SVG}text"):
            assert float(word.get("x")) >= 0


def test_north_is_up_and_west_is_left():
    east = {"type": "Polygon", "coordinates": [[[-3.2, 53.4], [-3.1, 53.4], [-3.1, 53.5], [-3.2, 53.4]]]}
    marks = [
        tuple(float(part) for part in re.match(r"M([\d.]+),([\d.]+)", path.get("d")).groups())
        for path in drawn(Shape(geometry=TOWN, label="a"), Shape(geometry=east, label="b")).iter(f"{SVG}path")
    ]
    assert marks[0][0] < marks[1][0]
    assert marks[0][1] > marks[1][1]


def test_a_boundary_too_small_to_see_gets_a_ring_and_a_large_one_none():
    both = [Shape(geometry=COUNTY, label="a"), Shape(geometry=TOWN, label="b", is_own=True)]
    assert drawn(*both).find(f"{SVG}circle") is not None
    assert drawn(Shape(geometry=TOWN, label="b", is_own=True)).find(f"{SVG}circle") is None


def test_two_names_at_one_place_stand_below_one_another():
    twice = [Shape(geometry=TOWN, label=name, is_own=True) for name in ("Canol tref", "Canol dinas")]
    first, second = drawn(Shape(geometry=COUNTY, label="Gwynedd"), *twice).findall(f"{SVG}text")[:2]
    assert abs(float(first.get("y")) - float(second.get("y"))) >= 15


def test_nothing_in_it_is_refused_by_a_page_without_inline_style_or_script():
    text = outline_map([Shape(geometry=COUNTY, label="<script>alert(1)</script> & co")], width=640)
    assert "<script" not in text
    assert "style=" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert etree.fromstring(text).find(f"{SVG}text").text == "<script>alert(1)</script> & co"


def test_a_hole_is_left_open():
    hole = {"type": "Polygon", "coordinates": [COUNTY["coordinates"][0], TOWN["coordinates"][0]]}
    path = drawn(Shape(geometry=hole, label="a")).find(f"{SVG}path")
    assert path.get("d").count("M") == 2
    assert path.get("fill-rule") == "evenodd"


def test_corners_on_one_half_pixel_are_drawn_once():
    fine = [[-4.5 + k / 100_000, 52.8] for k in range(100_000)]
    path = drawn(Shape(geometry={"type": "Polygon", "coordinates": [[*fine, [-3.5, 53.3], [-4.5, 53.3], fine[0]]]}, label="a"))
    assert path.find(f"{SVG}path").get("d").count(",") < 1_400


def test_a_map_of_nothing_is_an_error():
    with pytest.raises(ValueError, match="at least one"):
        outline_map([], width=640)
