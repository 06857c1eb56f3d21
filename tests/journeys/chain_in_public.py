"""The chain's end: pairs are checked, the plan is published, and whoever opens the public pages reads what was typed."""

from __future__ import annotations

from .walker import Walker

PLAN, WHO = "Valley safety plan 2021-22", "Who we are"
SUMMARY = {"cy": "Rydym am i bawb deimlo’n ddiogel yn y dref gyda’r nos.", "en": "We want everyone to feel safe in town in the evening."}
BETTER = {"cy": "Rydym am i neb ofni mynd i’r dref gyda’r nos.", "en": "We want nobody to be afraid of going into town in the evening."}
# What is told outside, by the link that leads to it and the language.
TOLD = {
    "en": {
        "Less damage in the town centre": [SUMMARY["en"], "Damage in the town centre", "High"],
        "Walk the town centre every Saturday night": [
            "Council wardens and the police will walk the town together.",
            "Eleven walks were held before Christmas.",
            "In progress",
        ],
    },
    "cy": {
        "Llai o ddifrod yng nghanol y dref": [SUMMARY["cy"], "Difrod yng nghanol y dref", "Uchel"],
        "Cerdded canol y dref bob nos Sadwrn": [
            "Bydd wardeiniaid y cyngor a’r heddlu yn cerdded y dref gyda’i gilydd.",
            "Cynhaliwyd un daith gerdded ar ddeg cyn y Nadolig.",
            "Ar waith",
        ],
    },
}
EXPLAINED = {
    "en": "Two shops began to report every theft on the web in November.",
    "cy": "Dechreuodd dwy siop adrodd pob lladrad ar y we ym mis Tachwedd.",
}
OUTCOMES = {"en": ["Fewer broken windows", "Number of walks"], "cy": ["Llai o ffenestri wedi’u torri", "Nifer y teithiau"]}


def check_pairs(walk: Walker) -> None:
    """What keeps the plan from being published is named, with the page that mends it."""
    _paper(walk, PLAN)
    while walk.page.locator("main h2").filter(has_text=walk.say("What keeps it")).count():
        walk.click(walk.page.locator("main table").first.locator("a").first)
        walk.fill_in(both_checked=True)
        walk.press()
        _paper(walk, PLAN)


def publish(walk: Walker, paper: str, button: str = "Publish") -> None:
    _paper(walk, paper)
    walk.press(button)
    assert walk.reads(walk.say("This is published"))


def publish_quarter(walk: Walker) -> None:
    """The quarter's report, once each of its cards is answered."""
    _paper(walk, "October to December 2021")
    walk.press("Publish")
    assert walk.reads(walk.say("Version %(version)s is published in both languages.", version=1))


def _paper(walk: Walker, title: str) -> None:
    walk.go_to("Papers")
    walk.follow(title)


def read(walk: Walker, slug: str) -> None:
    """As a resident: from the front page to each sentence, in the walker's language."""
    for title, sentences in TOLD[walk.language].items():
        walk.open(f"/{slug}/")
        walk.follow("Our plan", within="nav")
        walk.follow(title)
        for sentence in sentences:
            assert walk.reads(sentence), f"{walk.page.url} does not say “{sentence}”"
    walk.open(f"/{slug}/outcomes/")
    for sentence in OUTCOMES[walk.language]:
        assert walk.reads(sentence), f"{walk.page.url} does not say “{sentence}”"
    walk.open(f"/{slug}/")
    walk.follow("See the figures of the quarter")
    assert walk.reads(EXPLAINED[walk.language]), f"{walk.page.url} does not say the explanation"


def says_outside(walk: Walker, slug: str, sentence: str) -> bool:
    """Whether the page of the priority says so to someone who is not signed in."""
    outside = walk.page.context.browser.new_context(base_url=walk.page.url.partition(f"/{walk.language}/")[0])
    try:
        stranger = Walker(outside.new_page(), walk.language)
        stranger.open(f"/{slug}/priority/damage/")
        return stranger.reads(sentence)
    finally:
        outside.close()


def correct(walk: Walker, slug: str) -> None:
    """A corrected sentence reaches the public when its twin is checked and the plan is published again, and not before."""
    walk.go_to("Plan")
    walk.follow("Priorities")
    walk.follow("Less damage in the town centre")
    walk.follow("Correct the priority")
    walk.fill_in(summary_en=BETTER["en"])
    walk.press()
    walk.go_to("Papers")
    walk.follow(PLAN)
    assert walk.reads("What keeps it")
    assert not walk.page.locator("main button").count(), "a stale pair can be published"
    walk.click(walk.page.locator("main table a").first)
    walk.fill_in(summary_cy=BETTER["cy"], both_checked=True)
    walk.press()
    assert says_outside(walk, slug, SUMMARY["en"])
    publish(walk, PLAN, "Publish again")
    assert says_outside(walk, slug, BETTER["en"])


def take_out_and_bring_back(walk: Walker, slug: str) -> None:
    """A withdrawn row leaves the desk at once and the public with the next version; where it was withdrawn, it is brought back."""
    walk.go_to("Plan")
    walk.follow("Priorities")
    walk.follow("Less damage in the town centre")
    walk.follow("Withdraw the priority")
    walk.fill_in(reason="It is merged with another.")
    walk.press("Withdraw it")
    assert not walk.reads("Less damage in the town centre")
    door = walk.page.locator(".govuk-notification-banner a").get_attribute("href")
    publish(walk, PLAN, "Publish again")
    assert not says_outside(walk, slug, BETTER["en"])
    walk.page.goto(door)
    walk.press("Bring it back")
    assert walk.reads("Less damage in the town centre")
    publish(walk, PLAN, "Publish again")
    assert says_outside(walk, slug, BETTER["en"])
