"""The shell in a real browser: axe, small screens, the keyboard, no script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = ({"width": 1280, "height": 900}, {"width": 320, "height": 640})
OUTSIDE = ("/", "/cy/", "/en/", "/cy/accounts/login/", "/en/accounts/login/", "/cy/accounts/password/reset/", "/en/nothing-is-here/")
INSIDE = ("/cy/gwynedd-mon/desk/", "/en/gwynedd-mon/desk/", "/cy/accounts/password/change/", "/en/accounts/logout/")


def sign_in(page, email: str, language: str = "en") -> None:
    page.goto(f"/{language}/accounts/login/")
    page.fill("#id_login", email)
    page.fill("#id_password", "a long enough password")
    page.click("main button[type=submit]")


def findings(page, axe, paths) -> list[str]:
    found = []
    for size in SIZES:
        page.set_viewport_size(size)
        for path in paths:
            page.goto(path)
            found += [f"{path} at {size['width']}: {line}" for line in axe(page)]
            if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                found.append(f"{path} at {size['width']}: scrolls sideways")
    return found


def test_nothing_is_found_on_the_pages_before_the_door(page, axe, cast):
    assert findings(page, axe, OUTSIDE) == []


def test_nothing_is_found_on_the_pages_behind_the_door(page, axe, cast):
    sign_in(page, "ann@example.org")
    assert findings(page, axe, INSIDE) == []


def test_a_wrong_password_is_said_where_the_reader_is_put(page, axe, cast):
    page.goto("/cy/accounts/login/")
    page.fill("#id_login", "ann@example.org")
    page.fill("#id_password", "not her password")
    page.click("main button[type=submit]")
    assert page.title().startswith("Gwall:")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.input_value("#id_login") == "ann@example.org"
    assert axe(page) == []


def test_the_first_tab_reaches_the_skip_link_and_it_leads_to_the_page(page, cast):
    page.goto("/en/accounts/login/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_inside_is_slate_and_outside_is_white(page, cast):
    colour = "getComputedStyle(document.querySelector('.dg-header')).backgroundColor"
    page.goto("/en/accounts/login/")
    assert page.evaluate(colour) == "rgb(255, 255, 255)"
    sign_in(page, "ann@example.org")
    page.goto("/en/gwynedd-mon/desk/")
    assert page.evaluate(colour) == "rgb(34, 51, 63)"


def test_one_signs_in_and_out_without_script(chromium, live_server, cast):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "ann@example.org", "cy")
    page.goto("/cy/gwynedd-mon/desk/")
    page.click("text=Allgofnodi")
    page.goto("/cy/gwynedd-mon/desk/")
    assert "/accounts/login/" in page.url
    context.close()


def test_both_typefaces_are_ours_and_hold_every_welsh_letter(page, cast):
    page.goto("/cy/accounts/login/")
    for face in ("Source Sans 3", "Source Serif 4"):
        assert page.evaluate(f"document.fonts.load('16px \"{face}\"', 'ŵŷẃẁẅỳŴŶ').then(faces => faces.length)") == 1
