"""Everyone who walks the year, each in a window of their own; the day that it is; pictures on the way, and pages looked at by axe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from diogel.examples.loading_demo import PASSWORD
from diogel.home import remember

from .crawling import Crawl, below, kind_of, twin_of
from .walker import Walker

PLACE = "gwynedd-mon"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
BOTH = {"both_checked": True}
# Pages that have something on them only at another step than the one at which the example stands: the year comes by all of them.
ON_THE_WAY = frozenset(
    {
        "assessment:score",
        "assessment:agreeing",
        "assessment:agree",
        "assessment:new_dissent",
        "assessment:edit_dissent",
        "assessment:withdraw_dissent",
        "assessment:edit_request",
        "assessment:withdraw_request",
        "assessment:withdraw_scorer",
        "rounds:carry",
        "rounds:throw_away",
        "thread:from_row",
    }
)


class Year:
    """`seen` names the pages that axe has looked at, `wrong` has a line for each fault on them."""

    def __init__(self, browser: Any, root: str, axe: Callable[..., list[str]], shots: Path | None) -> None:
        self.browser, self.root, self.axe, self.shots = browser, root, axe, shots
        self.seen: set[str] = set()
        self.wrong: list[str] = []
        self.elsewhere: list[str] = []
        self.windows: dict[str, Walker] = {}
        self.assessment = self.round = ""  # their addresses, once they are begun

    def close(self) -> None:
        """Everyone goes home."""
        for context in self.browser.contexts:
            context.close()

    def turn_to(self, *day: int) -> None:
        """The clock of the installation; the machine keeps its own."""
        remember(today=date(*day).isoformat())

    def who(self, name: str, language: str = "cy") -> Walker:
        """Someone of the example at their own machine, where they stay signed in."""
        if name not in self.windows:
            self.windows[name] = self.stranger(language)
            self.windows[name].sign_in(f"{name}@example.org", PASSWORD)
        return self.windows[name]

    def stranger(self, language: str, size: dict[str, int] = WIDE) -> Walker:
        """Someone who has never been here."""
        context = self.browser.new_context(base_url=self.root, viewport=size)
        context.on("request", lambda asked: None if asked.url.startswith((self.root, "data:")) else self.elsewhere.append(asked.url))
        return Walker(context.new_page(), language)

    def look(self, walk: Walker) -> None:
        """Let axe look at the page on which somebody stands, in both languages, wide and narrow."""
        here = below(walk.page.url)
        for path, language in ((here, walk.language), (twin_of(here), "en" if walk.language == "cy" else "cy")):
            beside = walk.page.context.new_page()
            crawl = Crawl(beside, self.axe, language, inside=True)
            crawl.look_at(path)
            assert below(beside.url) == path, f"{path} leads elsewhere"
            beside.close()
            self.wrong += crawl.wrong
            self.seen.add(kind_of(path, language).partition(" ")[0])

    def picture(self, walk: Walker, name: str) -> None:
        """Keep the page on which somebody stands, wide in both languages and narrow in Welsh, where pictures are asked for."""
        if not self.shots:
            return
        here = below(walk.page.url)
        welsh, english = sorted((here, twin_of(here)))
        for path, size in ((welsh, WIDE), (english, WIDE), (welsh, NARROW)):
            beside = walk.page.context.new_page()
            beside.set_viewport_size(size)
            beside.goto(path)
            beside.screenshot(path=self.shots / f"{name}.{path[1:3]}.{size['width']}.png", full_page=True)
            beside.close()


def step(walk: Walker, label: str, **values: Any) -> None:
    """Open a page by its link, fill it in and press the button that reads the same."""
    walk.follow(label)
    walk.fill_in(**values)
    walk.press(label)


def add(walk: Walker, label: str, **values: Any) -> None:
    """Open a form by its link, fill it in and save."""
    walk.follow(label)
    walk.fill_in(**values)
    walk.press()
