"""The chain as the public reads it: what a snapshot holds of it, joined by links, and the reports that told of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from diogel.home import moment
from diogel.published.models import Publication, Telling

from .test_pages import _in_the_year_of_the_plan, get, tell_quarter, text  # noqa: F401 - the year holds for every test here
from .told import action, pair, partnership, plan, tell, tell_all

pytestmark = pytest.mark.django_db

PAGES = ("theme/hate/", "priority/hate/", "action/1/")


def told_of(row: Publication, kind: str, code: str, *, audience: str = "public") -> None:
    paper = {"partnership": row.partnership, "paper": row.kind, "key": row.key, "version": row.version, "told_at": moment()}
    Telling.objects.create(
        audience=audience, publication=row if audience == "public" else None, kind=kind, row=Telling.objects.count() + 1, code=code, **paper
    )


def knots(page: str) -> list[tuple[str, str]]:
    inside = page.partition('class="dg-thread"')[2].partition("</ol>")[0]
    found = re.findall(r"<li(?: class=\"([\w-]+)\")?[^>]*><span>(.*?)</span><b>(.*?)</b>", inside, re.S)
    return [(which, re.sub(r"<[^>]+>", "", value).strip()) for which, _label, value in found]


def test_each_page_stands_in_its_thread_and_every_knot_leads_somewhere(client):
    tell_all()
    told_of(tell_quarter(), "action", "1")
    for address, place in zip(PAGES, (0, 1, 2), strict=True):
        page = text(client, address)
        assert [at for at, (which, _value) in enumerate(knots(page)) if which == "is-here"] == [place]
        assert not [value for which, value in knots(page) if which == "is-gap"]
        for link in re.findall(r'href="([^"]+)"', page.partition('class="dg-thread"')[2].partition("</ol>")[0]):
            where, _, part = link.partition("#")
            assert client.get(where).status_code == 200 if where else f'id="{part}"' in page


@pytest.mark.parametrize("address", PAGES)
def test_it_names_the_report_that_told_of_it_with_its_day_and_lasting_address(client, address):
    tell_all()
    told_of(tell_quarter(), "measure", "G6a")
    page = text(client, address)
    assert 'href="/en/gwynedd-mon/quarter/2021-12/v1/"' in page
    assert "Quarterly report · October to December 2021" in page
    assert "Version 1, published on 11 January 2022" in page
    assert "Adroddiad chwarterol · Hydref i Ragfyr 2021" in text(client, address, "cy")


def test_what_no_report_told_of_says_so(client):
    tell_all()
    row = tell_quarter()
    told_of(row, "action", "2")
    told_of(row, "action", "1", audience="internal")
    page = text(client, "action/1/")
    assert knots(page)[-1] == ("is-gap", "in no report yet")
    assert "No quarterly report has told of it yet." in page
    assert "heb fod mewn adroddiad eto" in text(client, "action/1/", "cy")


def test_a_report_that_was_withdrawn_or_tells_of_it_no_more_is_not_named(client):
    tell_all()
    first = tell_quarter()
    told_of(first, "action", "1")
    assert "/quarter/2021-12/v1/" in text(client, "action/1/")
    told_of(tell_quarter(version=2), "action", "2")
    assert "/quarter/2021-12/" not in text(client, "action/1/").partition('id="paper"')[2]
    second = Publication.objects.get(kind="quarter", version=2)
    told_of(second, "action", "1")
    assert "/quarter/2021-12/v2/" in text(client, "action/1/")
    Publication.objects.filter(pk=second.pk).update(withdrawn_at=datetime(2022, 1, 15, tzinfo=UTC), withdrawn_because_en="x")
    assert "/quarter/2021-12/" not in text(client, "action/1/").partition('id="paper"')[2]


def test_a_report_of_another_plans_days_is_not_taken_for_this_ones(client):
    tell_all()
    tell("plan", "2022-23", plan(code="2022-23", from_on="2022-04-01", to_on="2023-03-31"))
    told_of(tell_quarter(), "action", "1")
    assert "No quarterly report has told of it yet." in text(client, "action/1/")


def test_a_link_that_the_plan_lacks_is_a_gap(client):
    tell("partnership", "about", partnership())
    bare = action(1, "complete", themes=[], priorities=[], indicators=[])
    tell("plan", "2021-22", plan(actions=[bare], themes=[], priorities=[], title=pair("Cynllun", "Plan")))
    page = text(client, "action/1/")
    assert [value for which, value in knots(page) if which == "is-gap"] == [
        "no theme yet",
        "no priority yet",
        "no measure yet",
        "in no report yet",
    ]


@pytest.mark.parametrize("address", PAGES)
def test_the_chain_costs_one_question_more(client, address, django_assert_max_num_queries):
    tell_all()
    told_of(tell_quarter(), "action", "1")
    with django_assert_max_num_queries(3):
        assert get(client, address).status_code == 200
