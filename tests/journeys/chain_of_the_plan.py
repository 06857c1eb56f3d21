"""The chain's first half at the desk: assessment and plan, typed in Welsh before they are typed in English."""

from __future__ import annotations

from datetime import date
from typing import Any

from .walker import Walker

BOTH = {"both_checked": True}


def welsh_first(walk: Walker, correct: str, cy: dict[str, Any], en: dict[str, Any], **rest: Any) -> None:
    """Save what is written in Welsh alone; then come back with the English, and vouch for both."""
    walk.fill_in(**{f"{name}_cy": text for name, text in cy.items()}, **rest)
    walk.press()
    walk.follow(correct)
    walk.fill_in(**{f"{name}_en": text for name, text in en.items()}, **BOTH)
    walk.press()


def assess(walk: Walker) -> None:
    """Assessment, theme and evidence, each in Welsh before it is in English. A score takes two people, and is given elsewhere."""
    walk.go_to("Themes")
    walk.follow("Begin an assessment")
    welsh_first(
        walk,
        "Correct the assessment",
        {"title": "Asesiad strategol 2021", "period": "2020-21", "source": "Cofnodion y partneriaid"},
        {"title": "Strategic assessment 2021", "period": "2020-21", "source": "Partners’ records"},
        code="2021",
        from_on=date(2020, 4, 1),
        to_on=date(2021, 3, 31),
    )
    walk.follow("Add a theme")
    welsh_first(
        walk,
        "Correct the theme",
        {"title": "Difrod yng nghanol y dref", "rationale": "Cynyddodd yr adroddiadau dros ddau haf yn olynol."},
        {"title": "Damage in the town centre", "rationale": "Reports rose over two summers running."},
        code="damage",
        order=1,
        band="high",
        decision="priority",
    )
    walk.follow("Add evidence")
    walk.fill_in(
        statement_cy="Cofnodwyd mwy o ddifrod ar nos Sadwrn nag ar unrhyw noson arall.",
        source_cy="Ffeiliau’r heddlu, 2020-21",
        statement_en="More damage was recorded on Saturday night than on any other night.",
        source_en="Police files, 2020-21",
        code="saturday",
        dated="2021-03",
        themes="Difrod yng nghanol y dref",
        **BOTH,
    )
    walk.press()
    walk.follow("Difrod yng nghanol y dref")
    assert walk.reads("More damage was recorded on Saturday night") or walk.reads("Cofnodwyd mwy o ddifrod ar nos Sadwrn")


def plan(walk: Walker) -> None:
    """Plan, heading, priority and numbered action. Nobody vouches for the priority yet."""
    walk.go_to("Plan")
    walk.follow("Begin a plan")
    welsh_first(
        walk,
        "Correct the plan",
        {"title": "Cynllun diogelwch y Dyffryn 2021-22", "introduction": "Dyma’r hyn a wnawn gyda’n gilydd eleni."},
        {"title": "Valley safety plan 2021-22", "introduction": "This is what we do together this year."},
        code="2021-22",
        from_on=date(2021, 4, 1),
        to_on=date(2022, 3, 31),
    )
    walk.follow("Add a heading")
    walk.fill_in(title_cy="Canol tref diogel", title_en="A safe town centre", number=1, code="centre", **BOTH)
    walk.press()
    walk.follow("Priorities")
    walk.follow("Add a priority")
    walk.fill_in(
        title_cy="Llai o ddifrod yng nghanol y dref",
        title_en="Less damage in the town centre",
        summary_cy="Rydym am i bawb deimlo’n ddiogel yn y dref gyda’r nos.",
        summary_en="We want everyone to feel safe in town in the evening.",
        number=1,
        code="damage",
        themes="Difrod yng nghanol y dref",
    )
    walk.press()
    walk.follow("Actions")
    walk.follow("Add an action")
    walk.fill_in(
        title_cy="Cerdded canol y dref bob nos Sadwrn",
        title_en="Walk the town centre every Saturday night",
        text_cy="Bydd wardeiniaid y cyngor a’r heddlu yn cerdded y dref gyda’i gilydd.",
        text_en="Council wardens and the police will walk the town together.",
        section="Canol tref diogel",
        themes="Difrod yng nghanol y dref",
        priorities="Llai o ddifrod yng nghanol y dref",
        areas="Gwynedd",
        **BOTH,
    )
    walk.press()


def promise(walk: Walker) -> None:
    """The outcome row that cites the action."""
    walk.follow("Outcomes")
    walk.follow("Add an outcome row")
    walk.fill_in(
        outputs_en="A walk every Saturday night",
        outputs_cy="Taith gerdded bob nos Sadwrn",
        short_en="Fewer broken windows",
        short_cy="Llai o ffenestri wedi’u torri",
        row=1,
        theme="Damage in the town centre",
        cited=1,
        **BOTH,
    )
    walk.press()
    assert walk.reads("Fewer broken windows")


def report(walk: Walker) -> None:
    """One quarter's progress on the action."""
    walk.follow("Walk the town centre every Saturday night")
    walk.click(walk.page.locator("main a.govuk-button").first)
    walk.fill_in(
        text_en="Eleven walks were held before Christmas.",
        text_cy="Cynhaliwyd un daith gerdded ar ddeg cyn y Nadolig.",
        status="in_progress",
        rag="green",
        **BOTH,
    )
    walk.press()
    assert walk.reads("Eleven walks were held before Christmas.")


def adopt(walk: Walker) -> None:
    """The board adopts the plan once each sentence is checked, and it comes into force."""
    walk.go_to("Plan")
    walk.follow("Where it stands")
    _step(walk, "Adopt it without consulting", adopted_on=date(2021, 3, 15), reason="The members wrote it together.")
    _step(walk, "Bring it into force")
    assert walk.reads(walk.say("The plan is in force"))


def _step(walk: Walker, label: str, **values: Any) -> None:
    walk.click(walk.page.locator("main section").filter(has_text=walk.say(label)).locator("a").first)
    walk.fill_in(**values)
    walk.press(label)
