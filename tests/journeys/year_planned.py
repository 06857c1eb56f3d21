"""The plan of the year: drafted from the assessment, put before everyone, answered, adopted, in force, and published."""

from __future__ import annotations

from datetime import date

from .year_assessed import THEME
from .year_hands import BOTH, PLACE, Year, add

CODE = "2022-23"
PLAN = {"cy": "Cynllun blynyddol 2022–23", "en": "Annual plan 2022–23"}
PRIORITY = {"cy": "Ffermydd mwy diogel", "en": "Safer farms"}
SUMMARY = {
    "cy": "Rydym am i lai o beiriannau gael eu dwyn o ffermydd, ac i bob fferm wybod sut i farcio’i pheiriannau.",
    "en": "We want fewer machines to be stolen from farms, and every farm to know how to mark its machines.",
}
MARKING = {"cy": "Marcio peiriannau fferm yn y martiau", "en": "Mark farm machinery at the livestock markets"}
PATROL = {"cy": "Ymweld â ffermydd gyda’r tîm tân gwledig", "en": "Visit farms with the rural fire team"}
PROMISED = {
    "cy": "Bydd swyddogion yn marcio peiriannau am ddim ym mhob mart o fis Ebrill ymlaen.",
    "en": "Officers will mark machines free of charge at every livestock market from April on.",
}
VISITS = {
    "cy": "Bydd y tîm tân yn dangos i ffermwyr sut i gloi iardiau a chadw peiriannau.",
    "en": "The fire team will show farmers how to lock yards and keep machines.",
}
ASKED = {"cy": "Beth ddylai cynllun 2022–23 ei wneud?", "en": "What should the plan for 2022–23 do?"}
COMMENT = "Come to the smaller markets too. Not every farmer goes to the big one."
REPLY = {
    "cy": "Bydd y marcio’n digwydd ym mhob mart yn y ddwy sir.",
    "en": "Machines will be marked at every livestock market in the two counties.",
}


def draft(year: Year) -> None:
    """A plan with a heading, a priority that answers the theme, two actions that serve it and what is to change by them."""
    ann = year.who("ann")
    ann.go_to("Plan")
    days = {"from_on": date(2022, 4, 1), "to_on": date(2023, 3, 31)}
    add(ann, "Begin the next plan", code=CODE, title_cy=PLAN["cy"], title_en=PLAN["en"], **days, **BOTH)
    add(ann, "Add a heading", title_cy="Cefn gwlad", title_en="The countryside", number=1, code="countryside", **BOTH)
    ann.follow("Priorities")
    add(
        ann,
        "Add a priority",
        title_cy=PRIORITY["cy"],
        title_en=PRIORITY["en"],
        summary_cy=SUMMARY["cy"],
        summary_en=SUMMARY["en"],
        number=1,
        code="farms",
        themes=THEME["cy"],
        **BOTH,
    )
    ann.follow("Actions")
    actions = ((MARKING, PROMISED, "Heddlu Gogledd Cymru"), (PATROL, VISITS, "Gwasanaeth Tân ac Achub Gogledd Cymru"))
    for title, text, body in actions:
        add(
            ann,
            "Add an action",
            title_cy=title["cy"],
            title_en=title["en"],
            text_cy=text["cy"],
            text_en=text["en"],
            bodies=body,
            section="Cefn gwlad",
            themes=THEME["cy"],
            priorities=PRIORITY["cy"],
            areas=["Gwynedd", "Ynys Môn"],
            promised_on=date(2023, 3, 31),
            **BOTH,
        )
    ann.follow("Outcomes")
    add(
        ann,
        "Add an outcome row",
        outputs_cy="Un sesiwn farcio ym mhob mart",
        outputs_en="One marking session at each market",
        short_cy="Mwy o beiriannau wedi’u marcio",
        short_en="More machines that are marked",
        row=1,
        theme=THEME["cy"],
        cited=1,
        awaits_an_indicator=True,
        **BOTH,
    )
    ann.open(f"/{PLACE}/desk/rounds/carried/")  # what last year's plan leaves open could come along
    ann.click(ann.page.locator("main ul.dg-body a").first)
    year.look(ann)
    ann.open(f"/{PLACE}/desk/plan/{CODE}/")


def consult(year: Year) -> None:
    """Everyone is asked and can read what they are asked about; somebody from the public says something without an account."""
    ann = year.who("ann")
    ann.follow("Consultation")
    add(
        ann,
        "Add a consultation",
        title_cy=ASKED["cy"],
        title_en=ASKED["en"],
        about_cy="Dywedwch wrthym beth sydd ar goll a beth ddylai ddod yn gyntaf.",
        about_en="Tell us what is missing and what should come first.",
        opens_on=date(2022, 2, 14),
        closes_on=date(2022, 3, 11),
        **BOTH,
    )
    ann.follow("Where it stands")
    ann.click(ann.page.locator("main section").filter(has_text=ann.say("Put it out for consultation")).locator("a").first)
    ann.press("Put it out for consultation")
    publish(year)
    resident = year.stranger("en")
    resident.open(f"/{PLACE}/consultation/")
    resident.follow(ASKED["en"])
    resident.follow("Read the plan")
    assert resident.reads(MARKING["en"])
    resident.page.go_back()
    resident.fill_in(about=MARKING["en"], text=COMMENT, sent_as="resident")
    year.picture(resident, "03-have-your-say")
    resident.press("Send the comment")
    assert resident.reads("Thank you") or resident.page.url.count("/thanks/")


def answer(year: Year) -> None:
    """Each comment is answered in both languages, and everyone may read what was said and done."""
    ann = year.who("ann")
    ann.open(f"/{PLACE}/desk/plan/{CODE}/consultations/")
    ann.follow(ASKED["cy"])
    assert ann.reads(COMMENT)
    add(
        ann,
        "Answer it",
        verdict="accepted",
        said_cy="Dylai’r sesiynau marcio ddod i’r martiau bach hefyd.",
        said_en="The marking sessions should come to the smaller markets too.",
        reply_cy=REPLY["cy"],
        reply_en=REPLY["en"],
        **BOTH,
    )
    ann.press("Publish the answers")
    year.picture(ann, "04-answered")


def adopt(year: Year) -> None:
    """The chair writes down that the plan was adopted."""
    chair = year.who("goronwy")
    chair.open(f"/{PLACE}/desk/plan/{CODE}/life/")
    _take(year, "Write down that it was adopted")


def into_force(year: Year) -> None:
    """On its first day the plan comes into force, and everyone reads so."""
    year.who("goronwy").open(f"/{PLACE}/desk/plan/{CODE}/life/")
    _take(year, "Bring it into force")
    year.picture(year.who("goronwy"), "05-in-force")
    publish(year)


def publish(year: Year) -> None:
    """What everyone reads of the plan is this, from now on."""
    ann = year.who("ann")
    ann.go_to("Papers")
    ann.follow(PLAN["cy"])
    ann.press("Publish")


def _take(year: Year, label: str) -> None:
    chair = year.who("goronwy")
    chair.click(chair.page.locator("main section").filter(has_text=chair.say(label)).locator("a").first)
    chair.press(label)
