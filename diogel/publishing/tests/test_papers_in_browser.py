"""The papers' pages in a real browser, in both languages, wide and narrow."""

from __future__ import annotations

import pytest

from diogel.publishing.snapshots import publish

from .a_plan import make_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"cy": {"width": 320, "height": 640}, "en": {"width": 1280, "height": 900}}
PAGES = ("", "partnership/about/", "plan/2021-22/")


def test_nothing_is_found_on_the_papers_pages_and_the_plan_is_published_by_a_button(page, axe, cast):
    a_plan = make_plan(cast)
    publish("partnership", cast.gwynedd_mon, by=cast.ann)
    page.goto("/cy/accounts/login/")
    page.fill("#id_login", "ann@example.org")
    page.fill("#id_password", "a long enough password")
    page.click("main button[type=submit]")
    page.goto("/cy/gwynedd-mon/desk/papers/plan/2021-22/")
    page.click("main .dg-box button[type=submit]")
    page.wait_for_selector("text=Cyhoeddi eto")
    assert "fersiwn 1" in page.text_content("main").lower()
    a_plan.theme.set_pair("rationale", cy="Newydd", en=a_plan.theme.rationale_en)
    a_plan.theme.save()
    found = []
    for language, size in SIZES.items():
        page.set_viewport_size(size)
        for address in PAGES:
            page.goto(f"/{language}/gwynedd-mon/desk/papers/{address}")
            found += [f"{address} at {size['width']}: {line}" for line in axe(page)]
            if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                found.append(f"{address} at {size['width']}: scrolls sideways")
    page.click("text=Withdraw")
    found += axe(page)
    assert found == []
