"""The year's end: what we said and what we did, published, and read by everyone in their own language."""

from __future__ import annotations

from io import BytesIO

import docx
import pypdf

from .year_asked import EXPLAINED, QUARTER, RUNG, TOLD
from .year_assessed import REASON, THEME
from .year_hands import NARROW, PLACE, WIDE, Year
from .year_planned import ASKED, MARKING, PATROL, PRIORITY, PROMISED, REPLY, SUMMARY

ENDING = "2023-03"


def report(year: Year) -> None:
    """Nothing is typed for it."""
    ann = year.who("ann")
    ann.open(f"/{PLACE}/desk/papers/annual/{ENDING}/")
    ann.press("Publish")
    assert ann.reads(ann.say("Version %(version)s is published in both languages.", version=1))
    year.picture(ann, "13-report-published")


def read(year: Year, language: str) -> None:
    """A stranger reads what became of a comment, then the chain to its end, and takes the report of the year away in Word and as PDF."""
    resident = year.stranger(language, WIDE if language == "en" else NARROW)
    resident.open(f"/{PLACE}/consultation/")
    resident.follow(ASKED[language])
    assert resident.reads(REPLY[language])
    for path, sentences in _told(language).items():
        resident.open(f"/{PLACE}/{path}")
        for sentence in sentences:
            assert resident.reads(sentence), f"{resident.page.url} does not say “{sentence}”"
        if language == "cy":  # of both languages
            year.picture(resident, f"14-public-{path.strip('/').replace('/', '-')}")
    for form in ("docx", "pdf"):
        link = resident.page.locator(f"main a[href$='.{language}.{form}']").first.get_attribute("href")
        words = _words(form, resident.page.request.get(link).body())
        for sentence in (PROMISED[language], TOLD[language]):
            assert sentence in words, f"{link} does not say “{sentence}”"


def _told(language: str) -> dict[str, list[str]]:
    """Pages and what stands on each, the report of the year last."""
    return {
        "assessment/2022/": [THEME[language], REASON[language]],
        "plan/": [PRIORITY[language], MARKING[language], PATROL[language]],
        "priority/farms/": [SUMMARY[language], THEME[language]],
        "progress/": [TOLD[language], RUNG[language]],
        f"quarter/{QUARTER}/": [EXPLAINED[language], TOLD[language]],
        f"year/{ENDING}/": [PROMISED[language], TOLD[language], RUNG[language]],
    }


def _words(form: str, data: bytes) -> str:
    if form == "pdf":
        return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages).split())
    document = docx.Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*(each.text for each in document.paragraphs), *cells])
