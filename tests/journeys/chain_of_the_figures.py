"""The chain's second half at the desk: a measure with its first figure, and an unusual figure that is explained and signed."""

from __future__ import annotations

from datetime import date

from .chain_in_public import EXPLAINED
from .chain_of_the_plan import BOTH
from .walker import Walker


def measure(walk: Walker) -> None:
    """Measure, indicator, observation; and the indicator reported in the plan."""
    walk.go_to("Figures")
    walk.follow("Add a measure")
    walk.fill_in(
        title_en="Walks held",
        title_cy="Teithiau a gynhaliwyd",
        definition_en="Every walk of at least one hour, counted once.",
        definition_cy="Pob taith o awr neu fwy, wedi’i chyfrif unwaith.",
        source_en="The wardens’ own log",
        source_cy="Llyfr y wardeiniaid",
        code="walks",
        unit="count",
        **BOTH,
    )
    walk.press()
    walk.follow("Report this measure as an indicator")
    walk.fill_in(
        title_en="Number of walks",
        title_cy="Nifer y teithiau",
        why_en="Being seen prevents damage.",
        why_cy="Mae cael eich gweld yn atal difrod.",
        code="W1",
        direction="increase",
        accountability="sole",
        better="up",
        **BOTH,
    )
    walk.press()
    walk.follow("Add a figure")
    walk.fill_in(from_on=date(2021, 10, 1), to_on=date(2021, 12, 31), state="final", value=11)
    walk.press()
    walk.go_to("Plan")
    walk.follow("Priorities")
    walk.follow("Report an indicator in this plan")
    walk.fill_in(indicator="W1", priority="Less damage")
    walk.press()
    assert walk.reads("Number of walks")


def explain(walk: Walker, place: str) -> None:
    """The quarter is looked through; one card is explained and signed, each other is handed to someone until a day.

    Nia is alone in her partnership, so that she first lets one person do both.
    """
    walk.open(f"/{place}/desk/people/partnership/")
    walk.fill_in(signs_by_two=False)
    walk.press()
    walk.go_to("Unusual figures")
    walk.press("Look through this quarter")
    walk.follow("Shoplifting")
    walk.fill_in(
        cause="recording",
        explanation_en=EXPLAINED["en"],
        explanation_cy=EXPLAINED["cy"],
        evidence_en="The shops’ own books agree with the files.",
        evidence_cy="Mae llyfrau’r siopau’n cytuno â’r ffeiliau.",
        confidence="high",
        **BOTH,
    )
    walk.press("Save, sign and close")
    assert walk.reads("Saved, signed and closed.")
    while True:
        walk.go_to("Unusual figures")
        unexplained = walk.page.locator("main h2").filter(has_text=walk.say("Unexplained"))
        if not unexplained.count():
            return
        walk.click(unexplained.locator("+ *").locator("a").first)
        walk.follow("Say who is looking")
        walk.fill_in(who="Nia Enghraifft", looking_until=date(2022, 2, 14))
        walk.press()
