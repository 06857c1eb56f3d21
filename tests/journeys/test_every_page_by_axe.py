"""Every kind of page of the example in both languages, wide and narrow: nothing for axe to find, a twin, no scrolling sideways."""

from __future__ import annotations

from datetime import date

import pytest

from diogel.assessment.life import move
from diogel.assessment.models import Assessment, Theme
from diogel.assessment.scoring import copy
from diogel.examples.loading_demo import PASSWORD
from diogel.indicators.models import Silence
from diogel.people.access import Anyone, Installation
from diogel.people.models import Partnership
from diogel.people.writing import withdraw, write
from diogel.post.links import path_of
from diogel.post.models import SignedLink
from diogel.processes.tensions.models import Tension
from diogel.processes.tensions.reporting import report
from diogel.publishing.assessment_publishing import publish_assessment
from diogel.publishing.models import OneLanguage

from .crawling import Crawl, not_seen
from .walker import Walker
from .year_hands import ON_THE_WAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# To these no link leads, and why.
BY_A_BUTTON = {
    "words:undo",
    "bring_back",
    "publishing:publish",
    "publishing:build_quarter",
    "publishing:publish_quarter",
    "unusual:look",
    "unusual:listen",
    "post:send_again",
    "assessment:copy_method",
    "post:send_waiting",
    "rounds:open",
    "rounds:chase",
    "rounds:accept",
    "rounds:close",
    "rounds:link",
    "rounds:settle",
    "rounds:take_over",
    "publishing:publish_answers",
    "plan:erase_comment",
    "plan:erase_all",
}
OF_OTHERS = {"assessment:edit_theme", "assessment:withdraw_theme"}  # a theme's own page leads to those of its year; a paper leads here
AFTER_A_FORM = {"tensions:sent", "exchange:undo", "exchange:give_form", "words:sent_back", "words:keep"}
# Of steps that the example's year has behind it or ahead: the walk through the whole year looks at these.
OF_ANOTHER_STEP = ON_THE_WAY
OF_WHO_HAS_LEFT = {"people:contacts"}  # one person is opened of all, and of those who are still here nothing is erased
FILES_INSIDE = {
    "rounds:evidence",
    "publishing:quarter_file",
    "publishing:assessment_file",
    "publishing:duties_file",
    "words:xliff",
    "words:excel",
    "thread:sheet",
    "publishing:annual_draft",
    "hot:outlines",
    "plan:tracker",
    "exchange:word",
    "exchange:left",
}
FILES = {
    "public:certificate_json",
    "public:plan_json",
    "public:plan_csv",
    "public:plan_file",
    "public:quarter_file",
    "public:assessment_file",
    "public:assessment_json",
    "public:assessment_csv",
    "public:annual_json",
    "public:annual_csv",
    "public:annual_file",
}
OF_A_CALENDAR = {"calendar_file"}  # its address is a secret of one person, and a program reads it

# Who reads, and where they begin: the co-ordinator everywhere; the others where only they may, or only they have something.
READERS = (
    ("ann@example.org", "gwynedd-mon/desk/"),
    ("seren@example.org", "gwynedd-mon/desk/tensions/"),
    ("dai@example.org", "wrexham/desk/figures/"),
)


def reported_from_outside() -> None:
    """A fresh report whose reporter can be answered: its page leads on to steps that those of the example have behind them."""
    partnership = Partnership.objects.get(slug="gwynedd-mon")
    told = {"type": "online", "place": "Y Bala", "text": "Mae si ar led.", "language": "cy", "area": partnership.areas.first()}
    report(by=Anyone(), partnership=partnership, source=Tension.Source.FORM, contact="rhywun@example.org", **told)


def left_undone() -> None:
    """A sentence that was changed in one language after both were checked, a row that was taken back, and months that did not come."""
    partnership = Partnership.objects.get(slug="gwynedd-mon")
    theme, *_others, last = partnership.assessments.first().themes.standing()
    write(theme, by=Installation(), seen=theme.version, pairs={"title": (theme.title_cy, f"{theme.title_en} in the towns")})
    withdraw(last, by=Installation(), seen=last.version, reason="said twice")
    year = theme.assessment  # scored once more, for a theme that came late, and by a method that nobody has used yet
    move(year, "scoring", by=Installation(), seen=year.version, reason="said late")
    write(Theme(assessment=year, code="late"), by=Installation(), pairs={"title": ("Hwyr", "Late")})
    copy(year.method, from_on=date(2022, 1, 17), by=Installation())
    alone = OneLanguage(partnership=partnership, document="annual")
    write(
        alone,
        by=Installation(),
        pairs={"reason": ("Dim ond yn Gymraeg y mae’n cael ei ddarllen.", "It is read in Welsh only.")},
        language="cy",
    )
    late = Silence(partnership=partnership, flow="crime", subject="north-wales", since_on=date(2021, 9, 30), noticed_on=date(2022, 1, 17))
    write(late, by=Installation())


@pytest.mark.parametrize("language", ["cy", "en"])
def test_nothing_is_found_on_any_page_of_the_desk(page, axe, both_examples, language):
    reported_from_outside()
    left_undone()
    walk, crawl = Walker(page, language), Crawl(page, axe, language, inside=True)
    for email, *beginnings in READERS:
        walk.sign_in(email, PASSWORD)
        crawl.walk(*[f"/{language}/{path}" for path in beginnings])
        walk.sign_out()
    assert not crawl.wrong, "\n".join(crawl.wrong)
    known = BY_A_BUTTON | OF_OTHERS | AFTER_A_FORM | OF_ANOTHER_STEP | OF_WHO_HAS_LEFT | FILES_INSIDE
    assert sorted(not_seen(crawl)) == sorted(known)


def by_link(language: str) -> list[str]:
    """Where the letter of somebody who is late leads, and what a cut one does."""
    link = SignedLink.objects.filter(person__email="hedd@example.org").select_related("partnership").get()
    answered = SignedLink.objects.filter(person__email="lleucu@example.org").select_related("partnership").get()
    return [path_of(each, language) for each in (link, answered)]


def assessed() -> None:
    """The example's assessment gets what it waits for, is approved, and its summary is told."""
    year = Assessment.objects.get(code="2022-23")
    theme, late = year.themes.get(code="missing-persons"), year.requests.get(came_on=None, missing_because_en="")
    reason = {"decision_reason": ("Am y tro", "For now")}
    write(theme, by=Installation(), seen=theme.version, pairs=reason, checked=list(reason), decision="watched")
    why = {"missing_because": ("Daw yn ddiweddarach", "It comes later")}
    write(late, by=Installation(), seen=late.version, pairs=why, checked=list(why))
    move(year, "approved", by=Installation(), seen=year.version)
    publish_assessment(year, by=Installation())


@pytest.mark.parametrize("language", ["cy", "en"])
def test_nothing_is_found_on_any_page_outside(page, axe, both_examples, language):
    assessed()
    crawl = Crawl(page, axe, language, inside=False)
    # One quarter is published here, and the list of quarters is offered from the second on; one plan has years that are over.
    beginnings = ("gwynedd-mon/", "wrexham/", "wrexham/plan/", "gwynedd-mon/quarter/")
    crawl.walk(*[f"/{language}/{path}" for path in beginnings], *by_link(language))
    assert not crawl.wrong, "\n".join(crawl.wrong)
    missing = {name for name in not_seen(crawl) if not name.startswith("account_")}
    after_a_form = {"report_tension:thanks", "consultation:thanks", "answers:check"}
    with_papers = {"public:summary"}  # of a plan that was published with its papers, which takes the tests too long
    assert sorted(missing) == sorted(FILES | OF_A_CALENDAR | after_a_form | with_papers | {"front_door", "after_sign_in"})
