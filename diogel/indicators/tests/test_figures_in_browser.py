"""The pages of figures in a real browser, one language wide and the other narrow: axe finds nothing, nothing scrolls sideways."""

from __future__ import annotations

from datetime import date

import pytest

from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import CRIME_TYPES
from diogel.indicators import outlook_nightly, views_crime
from diogel.indicators.outlook_kept import kept

from .figures_cast import make_figure, make_indicator, make_measure, make_wave
from .small_store import GWYNEDD, MON, lay_store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"cy": {"width": 320, "height": 640}, "en": {"width": 1280, "height": 900}}
# What the walk of every page (`tests/journeys`) does not meet: a corrected figure, a missing month, a question that is refused, a
# control chart, a forecast.
PAGES = ("measure/G6/", "crime/", "crime/?from=2021-13", "crime/?draw=control", f"crime/?type=Burglary&area={GWYNEDD}")


@pytest.fixture
def figures(cast, own_home, monkeypatch):
    """A measure with a gap and a correction, a survey, and four years of two types, of which a quarter ahead was worked out."""
    measure = make_measure(cast.gwynedd_mon)
    make_indicator(measure)
    make_figure(measure, "2020-10", value=63)
    make_figure(measure, "2021-07", value=71, state="provisional")
    make_figure(measure, "2021-10", value=86, was=[{"value": "80", "state": "final", "on": "2022-01-10"}])
    make_wave(cast.gwynedd_mon)
    months = [Month(2018, 1) + k for k in range(48)]
    counts = {(area, name, month): 20 for area in (GWYNEDD, MON) for name in ("Burglary", "Robbery") for month in months}
    lay_store(own_home / "crime", counts, months=[month for month in months if month != Month(2021, 5)])
    monkeypatch.setattr(views_crime, "today", lambda: date(2022, 1, 17))
    outlook_nightly.work_out(cast.gwynedd_mon)
    assert kept(cast.gwynedd_mon).series[GWYNEDD, "Burglary"].state == "told"


def sign_in(page) -> None:
    page.goto("/en/accounts/login/")
    page.fill("#id_login", "ann@example.org")
    page.fill("#id_password", "a long enough password")
    page.click("main button[type=submit]")


def test_axe_finds_nothing_and_nothing_scrolls_sideways(page, axe, cast, figures):
    sign_in(page)
    found = []
    for language, size in SIZES.items():
        page.set_viewport_size(size)
        for path in [f"/{language}/gwynedd-mon/desk/figures/{each}" for each in PAGES]:
            page.goto(path)
            found += [f"{path} at {size['width']}: {line}" for line in axe(page)]
            if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                found.append(f"{path} at {size['width']}: scrolls sideways")
    assert found == []


def test_a_question_is_asked_by_the_form_and_kept_by_the_other_language(page, cast, figures):
    sign_in(page)
    page.goto("/en/gwynedd-mon/desk/figures/crime/")
    page.select_option("#id_area", GWYNEDD)
    page.select_option("#id_from", "2021-01")
    page.select_option("#id_draw", "control")
    page.click("details:has(#id_type) > summary")
    page.check("input[value=Burglary]")
    page.click("form.dg-filters button")
    assert page.inner_text("figure h2") == "Burglary, Gwynedd: no month breaks a rule of the control chart"
    page.click("header a[hreflang=cy]")
    assert page.inner_text("figure h2") == "Byrgleriaeth, Gwynedd: nid oes unrhyw fis yn torri un o reolau’r siart reoli"
    assert page.input_value("#id_draw") == "control"
    assert page.input_value("#id_from") == "2021-01"


def test_the_earlier_figure_is_one_click_away(page, cast, figures):
    sign_in(page)
    page.goto("/en/gwynedd-mon/desk/figures/measure/G6/")
    assert not page.is_visible("text=until 10 January 2022")
    page.click("summary:has-text('corrected')")
    assert page.is_visible("text=until 10 January 2022")


def test_on_paper_each_table_is_as_wide_as_the_sheet_and_no_wider(page, cast, own_home, monkeypatch):
    months = [Month(2020, 1) + k for k in range(24)]
    lay_store(own_home / "crime", {(GWYNEDD, name, month): 1234 for name in CRIME_TYPES for month in months}, months=months)
    monkeypatch.setattr(views_crime, "today", lambda: date(2022, 1, 17))
    sign_in(page)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 672, "height": 951})  # A4 within its margins
    for language in ("en", "cy"):
        page.goto(f"/{language}/gwynedd-mon/desk/figures/crime/")
        tables = page.evaluate(
            "[...document.querySelectorAll('table')].map((table) => [table.rows[0].cells.length, table.getBoundingClientRect().right])"
        )
        assert max(columns for columns, _right in tables) == 1 + len(CRIME_TYPES)
        assert max(right for _columns, right in tables) <= 672
        assert (
            page.evaluate("[...document.querySelectorAll('.dg-scroll')].map((box) => getComputedStyle(box).overflowX)").count("visible") > 1
        )
