"""The switch of languages keeps what was typed, in a real browser; and keeps it no longer than that."""

from __future__ import annotations

import pytest

from diogel.web.tests.test_look_in_browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FORM = "/gwynedd-mon/desk/tensions/add/"


def switch(page) -> None:
    with page.expect_navigation():
        page.click(".dg-lang a[hreflang]")


def test_what_was_typed_goes_along_to_the_other_language_and_back_and_nowhere_else(page, cast):
    sign_in(page, "ann@example.org")
    page.goto(f"/en{FORM}")
    second = page.locator("main [name=type]").nth(1)
    page.fill("main [name=place]", "Y Bala")
    second.check()
    for language in ("cy", "en"):
        switch(page)
        assert page.url.endswith(f"/{language}{FORM}")
        assert (page.input_value("main [name=place]"), second.is_checked()) == ("Y Bala", True)
        assert page.evaluate("sessionStorage.length") == 0
    page.goto(f"/cy{FORM}")
    assert page.input_value("main [name=place]") == ""
    page.goto(f"/en{FORM}")
    switch(page)
    assert page.evaluate("sessionStorage.length") == 0, "nothing typed, nothing kept"


def test_a_form_that_came_back_keeps_its_words_too(page, cast):
    sign_in(page, "ann@example.org")
    page.goto(f"/en{FORM}")
    page.fill("main [name=place]", "Y Bala")
    with page.expect_navigation():
        page.locator("main form[method=post] button[type=submit]").first.click()
    assert page.title().startswith("Error:")
    switch(page)
    assert page.input_value("main [name=place]") == "Y Bala"


def test_a_password_is_never_kept(page, cast):
    page.goto("/en/accounts/login/")
    page.fill("#id_login", "ann@example.org")
    page.fill("#id_password", "a long enough password")
    switch(page)
    assert (page.input_value("#id_login"), page.input_value("#id_password")) == ("ann@example.org", "")
