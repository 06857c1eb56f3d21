"""Someone at the browser: follows links by their words in the page's language, fills in forms, presses their buttons."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import translation

PATIENCE = 15_000  # milliseconds: a page that has not come by then does not come
WRONG = (".govuk-error-message", ".govuk-error-summary")


class Walker:
    """Words are given in English and looked for as the page says them, so that one journey can be walked in either language."""

    def __init__(self, page: Any, language: str) -> None:
        self.page, self.language = page, language
        page.set_default_timeout(PATIENCE)

    def say(self, english: str, context: str = "", **values: Any) -> str:
        """What the page calls it."""
        with translation.override(self.language):
            said = translation.pgettext(context, english) if context else translation.gettext(english)
        return said % values if values else said

    def open(self, path: str) -> None:
        """Type an address; `path` begins after the language."""
        self.page.goto(f"/{self.language}{path}")

    def follow(self, english: str, *, within: str = "main", context: str = "") -> None:
        """Click the first link that reads so; what only screen readers are told after it is left aside."""
        said = self.say(english, context)
        links = self.page.locator(f"{within} a").filter(has_text=said)
        assert links.count(), f"no link “{said}” on {self.page.url}"
        self.click(links.first)

    def click(self, control: Any) -> None:
        """Click what leads to a page, and wait for that page."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            control.click()

    def go_to(self, english: str) -> None:
        """By the menu, opened where what no longer fits in its row is wanted."""
        more = self.page.locator(".dg-nav__more").filter(has_text=self.say(english))
        if more.count():
            more.locator("summary").click()
        self.follow(english, within="nav[aria-label]")

    def switch(self) -> None:
        """To the twin of this page."""
        self.language = "en" if self.language == "cy" else "cy"
        self.click(self.page.locator(f".dg-lang a[hreflang={self.language}]"))

    def fill_in(self, **values: Any) -> None:
        """Fill in controls by name: a day is typed in three boxes, of several boxes those are ticked whose label or value is given."""
        for name, value in values.items():
            self._fill(name, value)

    def _fill(self, name: str, value: Any) -> None:
        if isinstance(value, date):
            for part in ("day", "month", "year"):
                self.page.fill(f"main [name={name}_{part}]", str(getattr(value, part)))
            return
        controls = self.page.locator(f"main [name={name}]")
        assert controls.count(), f"no control {name} on {self.page.url}"
        tag, kind = controls.first.evaluate("each => [each.tagName, each.type]")
        if tag == "SELECT":
            controls.select_option(_option(controls, str(value)))
        elif kind in ("checkbox", "radio"):
            self._tick(name, value)
        else:
            controls.fill(str(value))

    def _tick(self, name: str, value: Any) -> None:
        if isinstance(value, bool):
            self.page.locator(f"main [name={name}]").set_checked(value)
            return
        for wanted in [value] if isinstance(value, str) else value:
            by_value = self.page.locator(f"main [name={name}][value='{wanted}']")
            if by_value.count():
                by_value.check()
            else:
                self.page.locator(f"main :has(> [name={name}])").filter(has_text=wanted).locator("input").check()

    def press(self, english: str = "Save") -> None:
        """Press the button that reads so; the page that comes must have nothing to complain of."""
        said = self.say(english)
        self.click(self.page.locator("main button").filter(has_text=said).first)
        complaints = [line for place in WRONG for line in self.page.locator(place).all_inner_texts()]
        assert not complaints, f"{self.page.url}: {complaints}"

    def sign_in(self, email: str, password: str) -> None:
        self.open("/accounts/login/")
        self.page.fill("#id_login", email)
        self.page.fill("#id_password", password)
        self.click(self.page.locator("main button[type=submit]"))

    def sign_out(self) -> None:
        self.click(self.page.locator(".dg-nav button").filter(has_text=self.say("Sign out")))

    def reads(self, text: str) -> bool:
        """Whether the page says so, to eyes or to ears."""
        return " ".join(text.split()) in " ".join(self.page.locator("main").text_content().split())


def _option(select: Any, wanted: str) -> str:
    """The value of the option that has this value, or whose words hold these."""
    options = select.locator("option").evaluate_all("all => all.map(each => [each.value, each.textContent.trim()])")
    if any(value == wanted for value, _words in options):
        return wanted
    found = [value for value, words in options if wanted in words]
    assert len(found) == 1, f"{wanted}: {options}"
    return found[0]
