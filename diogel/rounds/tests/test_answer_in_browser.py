"""An answer typed by link in a real browser: kept while it is typed, by a line that is slow or breaks."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from diogel.post.models import SignedLink
from diogel.rounds.models import Answer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Line:
    """What the page saves by itself, held until it is let go; the page's own buttons go at once."""

    def __init__(self, page) -> None:
        self.held: list = []
        self.is_open = False
        page.route("**/answer/**", self._take)

    def _take(self, route) -> None:
        is_by_script = route.request.headers.get("x-requested-with") == "fetch"
        if is_by_script and not self.is_open:
            self.held.append(route)
        else:
            route.continue_()

    def let_go(self) -> None:
        self.is_open = True
        while self.held:
            self.held.pop(0).continue_()


def type_until_held(page, line: Line, text: str) -> None:
    page.fill("[name=text]", text)
    for _turn in range(500):
        if line.held:
            return
        page.wait_for_timeout(20)
    raise AssertionError("the page saved nothing by itself")


def test_a_button_pressed_while_words_are_on_their_way_is_no_other_window(page, made):
    line = Line(page)
    page.goto(made.page(made.cast.bryn, "1/"))
    type_until_held(page, line, "Half a sen")
    page.fill("[name=text]", "Half a sentence, and the rest.")
    page.check("[name=rag][value=green]")
    page.click("button[value=check]")
    line.let_go()
    page.wait_for_url("**/check/")
    assert "Half a sentence, and the rest." in page.inner_text("main")
    assert Answer.objects.get().version == 2


def test_what_was_lost_in_a_tunnel_goes_again_by_itself_and_is_no_other_window(page, made):
    """The words came and the answer to them was lost; then nothing goes; then the line is back."""
    heard = []

    def lose(route) -> None:
        if route.request.headers.get("x-requested-with") != "fetch":
            route.continue_()
            return
        if not heard:
            heard.append(route.fetch())
        route.abort()

    page.route("**/answer/**", lose)
    page.goto(made.page(made.cast.bryn, "1/"))
    told = page.locator("[data-told]")
    page.fill("[name=text]", "Half a sen")
    expect(told).to_contain_text("the site does not answer")
    page.fill("[name=text]", "Half a sentence, and the rest.")
    page.click("button[value=check]")
    expect(told).to_contain_text("the site does not answer")
    assert page.input_value("[name=text]") == "Half a sentence, and the rest.", "it stays on the page, not on an error of the browser"
    page.unroute("**/answer/**", lose)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(told).to_contain_text("Saved.")
    page.click("button[value=check]")
    page.wait_for_url("**/check/")
    assert "Half a sentence, and the rest." in page.inner_text("main")


def test_a_link_that_ended_while_one_typed_is_called_so(page, made):
    page.goto(made.page(made.cast.bryn, "1/"))
    SignedLink.objects.update(expires_on=date(2022, 1, 16))
    page.fill("[name=text]", "Half a sen")
    expect(page.locator("[data-told]")).to_contain_text("this link opens nothing any more")
    page.click("button[value=save]")
    assert "Half a sen" in page.inner_text("main")


def test_what_is_typed_takes_the_button_away_that_would_put_it_aside(page, made):
    page.goto(made.page(made.cast.bryn, "1/"))
    same = page.get_by_role("button", name="Nothing has changed since last time")
    expect(same).to_be_visible()
    page.fill("[name=text]", "Something has.")
    expect(same).to_be_hidden()


def test_of_two_windows_the_second_keeps_its_words_and_goes_on_to_check_them(page, made):
    page.goto(made.page(made.cast.bryn, "1/"))
    page.route("**/answer/**", lambda route: route.abort() if route.request.headers.get("x-requested-with") else route.continue_())
    Answer.objects.create(request=made.request(1), language="en", text="From the telephone")
    page.fill("[name=text]", "From the desk")
    page.click("button[value=check]")
    assert "From the telephone" in page.inner_text("main")
    page.click("button[value=check]")
    page.wait_for_url("**/check/")
    assert "From the desk" in page.inner_text("main")
