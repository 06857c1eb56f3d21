"""A drawing is text a strict content policy accepts, in the paper's language, the same wherever it is drawn."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from lxml import etree

from diogel.analysis.charts import Bar, contributions
from diogel.published.drawing import draw, draw_svg, missing, png_of, tidied
from diogel.published.tests.pictures import drawings, months_chart
from diogel.published.tests.sample import paper


def texts(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in etree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(
    ("language", "month", "range_label"), [("cy", "Gor 2021", "ystod ddisgwyliedig"), ("en", "Jul 2021", "expected range")]
)
def test_months_and_labels_are_letters_in_the_language_of_the_paper(language, month, range_label):
    drawn = texts(drawings(language)["months"].wide)
    assert month in drawn
    assert range_label in drawn


def test_a_drawing_needs_no_inline_style_and_carries_no_label_of_its_own():
    svg = drawings("cy")["months"].wide
    assert not re.search(r"\sstyle=|<style|\sclass=|\saria-(?!hidden)|\srole=|<script", svg)
    assert 'aria-hidden="true"' in svg


def test_an_odd_label_has_a_halo_behind_its_letters():
    assert 'paint-order="stroke"' in drawings("en")["months"].wide


def test_ids_differ_between_drawings_on_one_page():
    one, two = (
        tidied('<svg xmlns="http://www.w3.org/2000/svg"><g id="clip1" clip-path="url(#clip1)"/></svg>', mark) for mark in ("aa", "bb")
    )
    assert 'id="daa-clip1" clip-path="url(#daa-clip1)"' in one
    assert 'id="dbb-clip1"' in two


def test_a_drawing_keeps_only_shapes_and_letters():
    hostile = (
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script><foreignObject/><image href="http://example.org/a.png"/>'
        '<text style="font-weight: 700" onclick="x()">a</text></svg>'
    )
    kept = tidied(hostile, "aa")
    assert "script" not in kept
    assert "foreignObject" not in kept
    assert "example.org" not in kept
    assert "onload" not in kept
    assert 'font-weight="700"' in kept


def test_a_name_with_markup_in_it_is_drawn_as_text():
    svg = draw_svg(contributions([Bar("<b>A & B</b>", 3, "+3")]).wide, "en")
    assert "<b>A & B</b>" in texts(svg)


def test_the_letters_of_the_picture_for_word_are_really_there():
    blank = re.sub(r"<text.*?</text>", "", drawings("cy")["months"].wide)
    assert len(drawings("cy")["months"].png) > len(png_of(blank)) + 2000


def test_a_machine_in_another_time_zone_draws_the_same():
    code = (
        "from diogel.published.tests.pictures import months_chart; from diogel.published.drawing import draw_svg;"
        "import hashlib; print(hashlib.sha256(draw_svg(months_chart('en').wide, 'en').encode()).hexdigest())"
    )
    ran = [
        subprocess.run([sys.executable, "-c", code], env=os.environ | {"TZ": zone}, capture_output=True, text=True, check=True).stdout
        for zone in ("America/New_York", "Pacific/Auckland")
    ]
    assert ran[0] == ran[1]


def test_the_same_chart_gives_the_same_bytes():
    assert draw(months_chart("en"), "en") == drawings("en")["months"]


def test_a_figure_without_its_drawing_is_named():
    assert missing(paper("en"), {}) == ("months", "places")
    assert missing(paper("en"), drawings("en")) == ()
