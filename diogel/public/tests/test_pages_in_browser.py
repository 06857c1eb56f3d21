"""The public pages in a real browser: the switch, no script, and nobody else asked. Axe walks them in `tests/journeys`."""

from __future__ import annotations

from datetime import date

import pytest

from .told import tell_all

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _told(db, monkeypatch):
    for module in ("views", "views_plan"):
        monkeypatch.setattr(f"diogel.public.{module}.today", lambda: date(2022, 1, 17))
    tell_all(is_example=True)


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
