"""The map that can be moved about in, in a real browser: by keyboard, under the content policy, and the drawn one without script."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from diogel.crime.hot_drawn import maps_of, outlines_as_json
from diogel.crime.hot_found import AreaLine, HotSpots, PiledLine, PlaceLine
from diogel.crime.hot_ground import rough_ground
from diogel.crime.hot_kept import About, keep
from diogel.home import remember
from diogel.places import codes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNITS = codes.units_of("W06000001")[:9]
WHERE = "/gwynedd-mon/desk/hot-spots/"


def made_spots() -> HotSpots:
    lines = tuple(
        AreaLine(
            code=unit, name=codes.name_of(unit)[1], count=10 + 5 * at, residents=1500, residents_year=2021, residents_source="Census 2021",
            rate=7.0, rate_low=3.0, rate_high=12.0, call="hot" if at == 8 else "plain", z=1.0, p=0.5, q=0.9,
            hot_months=at, known_months=24, lasting="persistent" if at == 8 else "never",
        )
        for at, unit in enumerate(UNITS)
    )  # fmt: skip
    return HotSpots(
        group="all-crime", name_cy="Yr holl droseddau a gofnodwyd", name_en="All recorded crime", types=("Burglary",), months=("2021-01", "2021-12"),
        rows=270, areas=lines, looked_at=9, permutations=9999, rate=0.05, fewest_callable=1, islands=(), is_thin=False,
        lasting_first="2020-01", few=1, among=9, placed=270, without_place=0,
        places=(PlaceLine(near="Example Street", area=codes.name_of(UNITS[8])[1], count=150, share=0.5),),
        piled=(PiledLine(type="Burglary", near="Example Street", area=codes.name_of(UNITS[8])[1], count=50, next_count=5, share=0.3),),
        types_looked_at=1, types_too_small=0,
    )  # fmt: skip


@pytest.fixture
def laid(cast, own_home):
    remember(today="2022-01-17")
    ground = rough_ground(UNITS, {unit: (230_000.0 + 3_000 * (at % 3), 370_000.0 + 3_000 * (at // 3)) for at, unit in enumerate(UNITS)})
    found = made_spots()
    about = About(
        print="x", store=0, is_synthetic=True, is_rough=True, files=12, loaded_on="2022-01-10", last="2021-12", made_on="2022-01-17"
    )
    files = {"all-crime.json": json.dumps(asdict(found)), "outlines.json": outlines_as_json(ground)}
    keep("hot-spots/gwynedd-mon", about, files | dict(maps_of(found, [], ground, {"cy": "Môn", "en": "Anglesey"})))


def sign_in(page) -> None:
    page.goto("/en/accounts/login/")
    page.fill("#id_login", "ann@example.org")
    page.fill("#id_password", "a long enough password")
    page.click("main button[type=submit]")


def test_an_area_is_found_by_keyboard_and_its_figures_are_told(page, laid, axe):
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page)
    for language in ("en", "cy"):
        page.goto(f"/{language}{WHERE}")
        page.wait_for_selector(".dg-hot.has-map .leaflet-interactive")
        assert page.locator("path.leaflet-interactive").count() == len(UNITS)
        assert not page.locator(".dg-draw--wide").is_visible()
        page.focus("#hot-area")
        page.select_option("#hot-area", UNITS[8])
        name = codes.name_of(UNITS[8])[("cy", "en").index(language)]
        told = page.locator(".dg-hot__told").inner_text()
        row = page.locator(f"tr[data-area={UNITS[8]}]").inner_text()
        assert told.startswith(name)
        assert all(each in told for each in ("50", "7.0"))
        assert "50" in row
        other = {"cy": "Isle of Anglesey", "en": "Ynys Môn"}[language]
        assert other not in page.locator("main").inner_text()
        before = page.locator(".leaflet-map-pane").get_attribute("style")
        page.focus(".dg-hot__ground")
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(400)
        assert page.locator(".leaflet-map-pane").get_attribute("style") != before
        assert axe(page) == []
    page.emulate_media(media="print")
    assert page.locator(".dg-draw--wide").is_visible()
    assert not page.locator(".dg-hot__map").is_visible()
    assert said == [], "the content policy refuses nothing"


def test_without_script_the_drawn_map_stands_beside_its_table(chromium, live_server, laid):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    page.goto(f"/cy{WHERE}")
    assert page.locator(".dg-draw--wide svg").is_visible()
    assert not page.locator(".dg-hot__map").is_visible()
    assert page.locator("tr[data-area]").count() == len(UNITS)
    context.close()
