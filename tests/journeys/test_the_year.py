"""The co-ordinator's whole year in the Gwynedd and Anglesey example, from assessment to annual report, in a real browser.

`DIOGEL_SHOTS` names a folder in which each chapter leaves its pages as pictures; without it none is kept.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from diogel.assessment.models import Assessment
from diogel.people.access import Installation
from diogel.people.writing import withdraw

from . import year_asked, year_assessed, year_planned, year_told
from .year_hands import ON_THE_WAY, PLACE, Year

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def year(chromium, live_server, axe, both_examples, empty_home, settings):
    """The example as it stands in the demo, with letters laid into its outbox; its own draft of next year's assessment is taken back,
    for here it is made from its commission on."""
    settings.DEMO = True
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "diogel.web.outbox.EmailBackend", empty_home / "outbox"
    begun = Assessment.objects.get(partnership__slug=PLACE, code="2022-23")
    withdraw(begun, by=Installation(), seen=begun.version, reason="It is begun anew.")
    shots = os.environ.get("DIOGEL_SHOTS")
    made = Year(chromium, live_server.url, axe, Path(shots) if shots else None)
    if made.shots:
        made.shots.mkdir(parents=True, exist_ok=True)
    yield made
    made.close()


def test_the_year_is_walked_from_assessment_to_annual_report(year, tmp_path):
    year_assessed.commission(year)
    year_assessed.gather(year)
    year_assessed.score(year)
    year_assessed.agree(year)
    year_assessed.approve(year)
    year.turn_to(2022, 2, 14)
    year_planned.draft(year)
    year_planned.consult(year)
    year.turn_to(2022, 3, 14)
    year_planned.answer(year)
    year.turn_to(2022, 3, 21)
    year_planned.adopt(year)
    year.turn_to(2022, 4, 1)
    year_planned.into_force(year)
    year.turn_to(2022, 7, 4)
    year_asked.ask(year)
    year_asked.answer_by_link(year)
    year.turn_to(2022, 7, 18)
    year_asked.chase_and_close(year)
    year_asked.translate(year)
    year_asked.load_the_quarter(tmp_path)
    year_asked.explain(year)
    year_asked.publish_quarter(year)
    year_asked.thread(year)
    year.turn_to(2023, 4, 11)
    year_told.report(year)
    for language in ("cy", "en"):
        year_told.read(year, language)
    assert not year.wrong, "\n".join(year.wrong)
    assert year.seen == ON_THE_WAY
    assert not year.elsewhere, "a page asked another host"
