"""The quarter: leads are asked by letter and answer by link or telephone, a translator gets one file, an unusual figure is explained."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl

from diogel.analysis.periods import Month
from diogel.crime import loading as crime_loading
from diogel.examples.synthetic import DEMO_SEED, Event
from diogel.examples.synthetic_rows import write_months
from diogel.home import home

from .year_hands import BOTH, NARROW, PLACE, Year
from .year_planned import CODE, MARKING, PATROL, publish

QUARTER = "2022-06"
TOLD = {
    "cy": "Cynhaliwyd sesiynau marcio ym martiau Dolgellau a Gaerwen.",
    "en": "Marking sessions were held at the markets of Dolgellau and Gaerwen.",
}
RUNG = {
    "cy": "Ymwelwyd â deugain fferm ym Môn a Dwyfor.",
    "en": "Forty farms in Anglesey and Dwyfor were visited.",
}
EXPLAINED = {
    "cy": "Cafodd beiciau cwad eu dwyn o ffermydd ger Dolgellau ar dair noson ym mis Mai.",
    "en": "Quad bikes were stolen from farms near Dolgellau on three nights in May.",
}


def ask(year: Year) -> None:
    """A round is prepared, then opened: one letter to each lead lies in the outbox."""
    ann = year.who("ann")
    ann.go_to("Updates")
    ann.follow("Prepare a round")
    ann.fill_in(quarter=f"{CODE}/{QUARTER}")
    ann.press("Prepare it")
    ann.follow("Throw this round away")
    year.look(ann)
    ann.page.go_back()
    ann.press("Open it and send the letters")
    assert len(list((home() / "outbox").iterdir())) >= 1
    year.round = ann.page.url


def answer_by_link(year: Year) -> None:
    """Without an account, on a telephone, from the letter alone."""
    ann = year.who("ann")
    ann.follow("Letters")
    letter = ann.page.locator("main li").filter(has_text="Bryn Maeslwyd").first
    letter.locator("summary").click()
    year.picture(ann, "06-letters")
    lead = year.stranger("cy", NARROW)
    lead.page.goto(letter.locator("a").get_attribute("href"))
    lead.follow("Answer")
    lead.fill_in(status="in_progress", rag="green", text=TOLD["cy"], language="cy")
    year.picture(lead, "07-answer")
    lead.press("Check and send")
    assert lead.reads(TOLD["cy"])
    year.picture(lead, "08-check-and-send")
    lead.press("Send the update")


def chase_and_close(year: Year) -> None:
    """Who is late has one more letter; what is then told by telephone is typed in; the round is closed and what came is frozen."""
    ann = year.who("ann")
    ann.page.goto(year.round)
    ann.press("Chase those who have not answered")
    year.picture(ann, "09-round")
    ann.follow(PATROL["cy"])
    ann.follow("Type in an answer given by telephone")
    ann.fill_in(status="in_progress", rag="amber", text=RUNG["cy"], language="cy")
    ann.press("File the update")
    ann.press("Close the round")
    assert ann.reads(ann.say("accepted"))


def translate(year: Year) -> None:
    """What was told in one language goes to the translator in one file and comes back, read in both."""
    iolo = year.who("iolo")
    iolo.open(f"/{PLACE}/desk/words/file/")
    file = iolo.page.locator("main a[href*='words.xlsx']").last.get_attribute("href")
    book = openpyxl.load_workbook(BytesIO(iolo.page.request.get(file).body()))
    known = {each["cy"]: each["en"] for each in (TOLD, RUNG)}
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        if row[4].value in known:
            row[5].value = known.pop(row[4].value)
    assert not known, "the file lacks a sentence that waits"
    back = home() / "words.xlsx"
    book.save(back)
    iolo.page.set_input_files("main input[type=file]", back)
    iolo.press("Look through it")
    iolo.fill_in(vouched=True)
    if year.shots:  # the page of a file that came back has no address of its own
        iolo.page.screenshot(path=year.shots / "10-file-came-back.cy.1280.png", full_page=True)
    iolo.press("Save them")


def load_the_quarter(folder: Path) -> None:
    """The months that followed those of the example, invented like them, with one figure that stands out."""
    odd = Event(kind="spike", area="W06000002", type="Other theft", month=Month(2022, 5), factor=2.3)
    months = write_months(folder, seed=DEMO_SEED, first=Month(2022, 4), last=Month(2022, 6), events=[odd])
    crime_loading.load(months, today=date(2022, 7, 20), kind="synthetic", folder=home() / "crime")


def explain(year: Year) -> None:
    """The analyst explains, the co-ordinator vouches for both languages and signs; what else stands out is handed to somebody."""
    elliw, ann = year.who("elliw"), year.who("ann")
    elliw.open(f"/{PLACE}/desk/unusual/?quarter={QUARTER}")
    elliw.press("Look through this quarter")
    desk = elliw.page.url
    elliw.click(elliw.page.locator("main .dg-odd a").filter(has_text="ddwyn yng Ngwynedd").first)
    elliw.fill_in(
        cause="real",
        explanation_cy=EXPLAINED["cy"],
        explanation_en=EXPLAINED["en"],
        evidence_cy="Mae cofnodion yr heddlu’n dangos yr un patrwm ar bob un o’r tair noson.",
        evidence_en="Police records show the same pattern on each of the three nights.",
        confidence="high",
    )
    elliw.press()
    ann.page.goto(elliw.page.url)
    ann.fill_in(**BOTH)
    ann.press("Save, sign and close")
    assert ann.reads(ann.say("Saved, signed and closed."))
    year.picture(ann, "11-card")
    while True:
        elliw.page.goto(desk)
        unexplained = elliw.page.locator("main h2").filter(has_text=elliw.say("Unexplained"))
        if not unexplained.count():
            return
        elliw.click(unexplained.locator("+ *").locator("a").first)
        elliw.follow("Say who is looking")
        elliw.fill_in(who="Elliw Trefaes", looking_until=date(2022, 8, 31))
        elliw.press()


def publish_quarter(year: Year) -> None:
    """The progress of the plan and the quarter's report, each in both languages at one moment."""
    publish(year)
    ann = year.who("ann")
    ann.open(f"/{PLACE}/desk/papers/quarter/{QUARTER}/")
    ann.press("Publish")
    assert ann.reads(ann.say("Version %(version)s is published in both languages.", version=1))


def thread(year: Year) -> None:
    """From the theme to where it was told, and from a sentence of an update back."""
    ann = year.who("ann")
    ann.go_to("Golden thread")
    ann.follow("Dwyn o ffermydd")
    for sentence in (MARKING["cy"], TOLD["cy"]):
        assert ann.reads(sentence), f"{ann.page.url} does not say “{sentence}”"
    year.picture(ann, "12-golden-thread")
    ann.open(f"/{PLACE}/desk/thread/find/?q={TOLD['cy'][:30]}")
    ann.follow("Follow its thread")
    year.look(ann)
