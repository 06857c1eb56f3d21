"""The public pages in a real browser: axe in both languages, a narrow screen, no script, and nobody else asked."""

from __future__ import annotations

from datetime import date

import pytest

from .told import tell_all

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = ({"width": 1280, "height": 900}, {"width": 320, "height": 640})
PAGES = ("", "plan/", "progress/", "outcomes/", "priority/hate/", "action/2/", "theme/hate/", "who-we-are/", "contact/")
WORDS = ("accessibility/", "privacy/", "how-we-count/", "open-data/", "plan/2021-22/v1/")


@pytest.fixture(autouse=True)
def _told(db, monkeypatch):
    for module in ("views", "views_plan"):
        monkeypatch.setattr(f"diogel.public.{module}.today", lambda: date(2022, 1, 17))
    tell_all(is_example=True)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_nothing_is_found_on_any_page_at_either_width(page, axe, language):
    found = []
    for size in SIZES:
        page.set_viewport_size(size)
        for address in (*PAGES, *WORDS):
            page.goto(f"/{language}/gwynedd-mon/{address}")
            found += [f"{address} at {size['width']}: {line}" for line in axe(page)]
            if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                found.append(f"{address} at {size['width']}: scrolls sideways")
    assert found == []


def test_the_switch_keeps_the_place(page):
    page.goto("/cy/gwynedd-mon/action/2/")
    page.click("text=English")
    assert page.url.endswith("/en/gwynedd-mon/action/2/")
    assert page.text_content("h1") == "Action number 2"


def test_the_plan_can_be_walked_without_a_script(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/gwynedd-mon/")
    page.click("text=Read the plan, action by action")
    page.click("text=Action number 1")
    page.click("aside >> text=Hate crime")
    assert page.url.endswith("/en/gwynedd-mon/priority/hate/")
    context.close()


def test_a_reader_is_given_no_cookie(page):
    page.goto("/en/gwynedd-mon/plan/")
    assert page.context.cookies() == []
