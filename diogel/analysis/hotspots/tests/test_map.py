"""A map says by number, word and hatching what it says by colour, to eye and ear, and carries no foreign matter."""

import math
import re

import pytest
from lxml import etree

from diogel.analysis.hotspots.captions import Method, Origin, caption
from diogel.analysis.hotspots.density import density
from diogel.analysis.hotspots.grids import grid_over
from diogel.analysis.hotspots.map import SHADES, Marked, Words, draw_areas, draw_surface
from diogel.analysis.hotspots.tests.maps import chessboard

BOARD = chessboard(4, 3)
VALUES = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, math.nan]
HOT = Marked("Hot", frozenset({"0,0", "3,1"}))
WORDS = Words(
    title="Rows by area", description="One area has 89.", unit="Rows", missing="No data", caption=caption(Method.AREAS, Origin.SNAPPED)[1]
)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(**more):
    given = {"name": "board", "words": WORDS, "marked": HOT} | more
    return etree.fromstring(draw_areas(BOARD, given.pop("values", VALUES), **given))


def texts(tree):
    return [one.text for one in tree.iter(f"{SVG}text")]


def test_title_and_description_come_first_and_name_the_picture():
    tree = drawn()
    assert [one.tag for one in tree[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert [one.text for one in tree[:2]] == ["Rows by area", "One area has 89."]
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby").split() == [one.get("id") for one in tree[:2]]


def test_every_shaded_area_carries_its_number_and_the_legend_explains_each():
    tree = drawn()
    areas = {one.get("data-area"): one for one in tree.iter(f"{SVG}path") if one.get("data-area")}
    assert set(areas) == set(BOARD.areas)
    numbers = [text for text in texts(tree) if text in set("12345")]
    assert len(numbers) == 11
    for number, shade in enumerate(SHADES, 1):
        same = [one for one in areas.values() if one.get("fill") == shade]
        assert len(same) == numbers.count(str(number)) > 0
        assert sum(text.startswith(f"{number}:") for text in texts(tree)) == 1
    assert next(text for text in texts(tree) if text[1:2] == ":") == "1:  0"
    assert [text for text in texts(tree) if text[1:2] == ":"][-1].endswith("–89")


def test_hot_areas_are_hatched_and_outlined_and_the_legend_says_so():
    tree = drawn()
    hatched = [one for one in tree.iter(f"{SVG}path") if one.get("fill") == "url(#board-hot)"]
    assert len(hatched) == 2
    assert all(one.get("stroke-width") == "2" for one in hatched)
    assert "Hot" in texts(tree)


def test_an_area_without_a_value_is_blank_dashed_and_told():
    tree = drawn()
    (blank,) = [one for one in tree.iter(f"{SVG}path") if one.get("data-area") == "3,2"]
    assert (blank.get("fill"), blank.get("stroke-dasharray")) == ("#FFFFFF", "3 3")
    assert "No data" in texts(tree)
    assert "No data" not in texts(drawn(values=[1.0] * 12))


def test_the_caption_stands_below_in_lines_that_fit():
    for width in (300, 800):
        tree = drawn(width=width)
        lines = texts(tree)[-6:]
        assert WORDS.caption.split()[-1] in lines[-1]
        assert all(len(line) * 7.2 <= width for line in texts(tree))
        lowest = max(float(one.get("y")) for one in tree.iter(f"{SVG}text"))
        assert lowest < float(tree.get("height"))


def test_nothing_that_a_strict_page_refuses_is_in_it():
    text = draw_areas(BOARD, VALUES, name="board", words=WORDS, marked=HOT)
    assert not re.search(r"style=|<script|<style|href|on\w+=|<image|<foreign", text)
    assert {one.tag.removeprefix(SVG) for one in etree.fromstring(text).iter()} <= {
        "svg", "title", "desc", "defs", "pattern", "clipPath", "rect", "g", "path", "text",
    }  # fmt: skip
    assert all(found.startswith("board-") for found in re.findall(r' id="([^"]+)"', text))


def test_hostile_words_are_words():
    bad = '<script>alert("x")</script> & \' ]]>'
    words = Words(title=bad, description=bad, unit=bad, missing=bad, caption=bad)
    tree = drawn(words=words, marked=Marked(bad, HOT.areas), labels={"1,1": bad})
    assert tree[0].text == bad
    assert bad in texts(tree)


def test_a_label_takes_the_place_of_a_number():
    assert "Y Rhyl" in texts(drawn(labels={"1,1": "Y Rhyl"}))


def test_a_window_shows_its_part_and_clips_the_rest():
    tree = drawn(window=(250_000, 350_000, 251_500, 351_500))
    shown = {one.get("data-area") for one in tree.iter(f"{SVG}path") if one.get("data-area")}
    assert shown == {"0,0", "0,1", "1,0", "1,1"}
    assert any(one.get("clip-path") == "url(#board-window)" for one in tree.iter(f"{SVG}g"))


def test_squares_are_drawn_square_and_northwards_is_up():
    tree = drawn()
    low, high = (next(one for one in tree.iter(f"{SVG}path") if one.get("data-area") == code) for code in ("0,0", "0,2"))
    spots = [[tuple(map(float, pair.split())) for pair in re.split("[MLz]", one.get("d")) if pair] for one in (low, high)]
    wide, tall = (max(c) - min(c) for c in zip(*spots[0], strict=True))
    assert wide == pytest.approx(tall, abs=0.2)
    assert min(y for _, y in spots[0]) > max(y for _, y in spots[1])


def test_a_surface_has_its_classes_boundary_and_hatched_peak():
    points = [(251_000 + k % 7, 351_000 + k % 11) for k in range(60)]
    found = density(*zip(*points, strict=True), origin=Origin.SNAPPED, grid=grid_over(BOARD, cell=100), bandwidth=300, boundary=BOARD)
    tree = etree.fromstring(draw_surface(found, name="dense", words=WORDS, boundary=BOARD))
    fills = [one.get("fill") for one in tree.iter(f"{SVG}path")]
    assert {*SHADES, "url(#dense-hot)"} <= set(fills)
    assert fills.count("none") == 12
    assert texts(tree)[0] == "Rows"
    assert len([text for text in texts(tree) if text[1:2] == ":"]) == 5


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"values": [1.0]}, "12 areas"),
        ({"name": "Not a name"}, "no name for a drawing"),
        ({"marked": Marked("Hot", frozenset({"9,9"}))}, "9,9 is marked or labelled"),
        ({"labels": {"x": "y"}}, "x is marked or labelled"),
        ({"window": (5, 5, 4, 6)}, "from west to east"),
        ({"values": [math.inf] * 12}, "finite"),
    ],
)
def test_what_makes_no_map_is_refused(more, reason):
    with pytest.raises(ValueError, match=reason):
        drawn(**more)
