"""Everything that a stranger may read, in both languages, from what was frozen and from nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from diogel.published.models import Publication
from diogel.published.tests.pictures import drawings
from diogel.published.tests.sample import paper

from .told import NAMES, action, pair, partnership, plan, tell, tell_all

pytestmark = pytest.mark.django_db

GENERAL = ("", "who-we-are/", "contact/", "accessibility/", "privacy/", "how-we-count/", "open-data/")
OF_THE_PLAN = ("plan/", "progress/", "outcomes/", "priority/hate/", "priority/always/", "action/1/", "action/2/", "theme/hate/")
OF_THE_QUARTER = ("quarter/", "quarter/2021-12/", "quarter/2021-12/v1/")
LASTING = ("plan/2021-22/v1/", "who-we-are/v1/")
ALL = (*GENERAL, *OF_THE_PLAN, *OF_THE_QUARTER, *LASTING)


@pytest.fixture(autouse=True)
def _in_the_year_of_the_plan(monkeypatch):
    for module in ("views", "views_plan"):
        monkeypatch.setattr(f"diogel.public.{module}.today", lambda: date(2022, 1, 17))


def get(client: Client, address: str = "", language: str = "en", **headers: str):
    return client.get(f"/{language}/gwynedd-mon/{address}", headers=headers)


def text(client: Client, address: str = "", language: str = "en") -> str:
    answer = get(client, address, language)
    assert answer.status_code == 200
    return answer.content.decode()


def tell_quarter(version: int = 1, **more: object) -> Publication:
    papers = {language: paper(language).to_json() for language in ("cy", "en")}
    drawn = {
        language: {name: {"wide": each.wide, "narrow": each.narrow} for name, each in drawings(language).items()}
        for language in ("cy", "en")
    }
    content = {"partnership": NAMES | {"is_example": False}, "quarter": "2021-12", "paper": papers, "drawings": drawn, **more}
    return tell("quarter", "2021-12", content, version)


def test_a_partnership_that_published_nothing_has_no_public_pages(client):
    assert {get(client, address).status_code for address in ALL} == {404}
    tell("plan", "2021-22", plan())
    assert {get(client, address).status_code for address in ALL} == {404}


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("address", ALL)
def test_every_page_opens_to_a_stranger_and_its_twin_is_the_same_page(client, address, language):
    tell_all()
    tell_quarter()
    answer = get(client, address, language)
    other = "en" if language == "cy" else "cy"
    assert answer.status_code == 200
    assert f'href="/{other}/gwynedd-mon/{address}"' in answer.content.decode()
    assert not answer.cookies


@pytest.mark.parametrize("address", [*ALL, "open-data/plan/2021-22/v1/plan.json", "open-data/plan/2021-22/v1/actions.csv"])
def test_no_page_asks_for_more_than_what_is_published(client, address):
    tell_all()
    tell_quarter()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        get(client, address)
    assert len(asked) <= 3
    assert all('FROM "published_' in query["sql"] for query in asked)


def test_the_first_page_says_what_we_work_on_in_words(client):
    tell_all()
    assert "One thing we are working on together this year" in text(client)
    assert "Un peth rydym yn gweithio arno gyda’n gilydd eleni" in text(client, "", "cy")
    assert "One of our 2 actions is complete" in text(client)
    assert "Mae un o’n 2 o gamau gweithredu wedi’i gwblhau" in text(client, "", "cy")


def test_the_first_page_names_help(client):
    tell_all()
    page = text(client)
    for number in ("999", "101", "0808 80 10 800"):
        assert number in page


def test_actions_are_drawn_one_by_one_up_to_thirty_and_counted_after(client):
    tell("partnership", "about", partnership())
    for version, count in ((1, 30), (2, 31)):
        rows = [action(number, "in_progress") for number in range(1, count + 1)]
        tell("plan", "2021-22", plan(actions=rows), version)
        assert ("dg-units" in text(client)) == (count == 30)
        assert f'<span class="dg-num">: {count}</span>' in text(client)


def test_a_plan_that_has_ended_says_so_on_each_of_its_pages(client):
    tell("partnership", "about", partnership())
    tell("plan", "2020-21", plan(code="2020-21", from_on="2020-04-01", to_on="2021-03-31"))
    for address in ("", *OF_THE_PLAN):
        assert "This plan ended on 31 March 2021" in text(client, address)
    assert "this year</h1>" not in text(client)


def test_a_heading_without_an_action_is_shown(client):
    tell_all()
    page = text(client, "plan/")
    assert "Empty heading" in page
    assert "The plan has no numbered action under this heading." in page


def test_what_was_not_told_is_said_and_not_left_blank(client):
    tell_all()
    assert "Nothing has been told of this action yet." in text(client, "action/2/")
    assert "carried over twice, 22 months, for the same reason" in text(client, "action/2/")


def test_withheld_missing_and_zero_look_different(client):
    tell_all()
    page = text(client, "outcomes/")
    assert page.count('class="dg-withheld">withheld') == 1
    assert page.count('class="dg-missing">no data') == 1
    assert '<span class="dg-num">0</span>' in page
    assert "It could point to a person, so it is not shown." in page
    assert "It has not come." in page


def test_a_small_share_is_part_of_its_whole_and_a_large_one_has_its_base(client):
    tell_all()
    page = text(client, "outcomes/")
    assert "7 of 24" in page
    assert "41% (262 of 640)" in page
    assert "29%" not in page


def test_a_letter_is_explained_where_it_stands_and_nowhere_else(client):
    tell("partnership", "about", partnership())
    tell("plan", "2021-22", plan())
    assert "p: a provisional figure" in text(client, "outcomes/")
    final = [row | {"figures": row["figures"][:1]} for row in plan()["indicators"]]
    tell("plan", "2021-22", plan(indicators=final), version=2)
    assert "p: a provisional figure" not in text(client, "outcomes/")


def test_a_priority_shows_the_figures_of_the_actions_that_serve_it(client):
    tell("partnership", "about", partnership())
    priorities = [row | {"indicators": []} for row in plan()["priorities"]]
    tell("plan", "2021-22", plan(priorities=priorities))
    assert "<b>G6</b>" in text(client, "priority/hate/")


def test_what_we_only_contribute_to_gets_no_verdict_and_no_colour(client):
    tell_all()
    for address in ("outcomes/", "action/1/", "priority/hate/"):
        page = text(client, address)
        assert "it is given no verdict" in page
        assert "rag" not in page.replace("paragraph", "").split("<main")[1]


def test_the_example_line_stands_in_both_languages_on_every_page(client):
    tell_all(is_example=True)
    tell_quarter()
    for address in ALL:
        page = text(client, address)
        assert "Example data; not a statement by these bodies" in page
        assert "Data enghreifftiol; nid datganiad gan y cyrff hyn" in page


def test_members_now_and_before_stand_apart(client):
    tell_all()
    page = text(client, "who-we-are/")
    now, before = page.split("Earlier members")
    assert "North Wales Police" in now
    assert "National Probation Service" not in now
    assert "until 25 June 2021" in before
    assert "Probation Service" in before


@pytest.mark.parametrize(
    "address", ["action/99/", "priority/none/", "theme/none/", "plan/2021-22/v9/", "plan/1999-00/v1/", "who-we-are/v9/"]
)
def test_what_the_plan_does_not_hold_is_not_found(client, address):
    tell_all()
    assert get(client, address).status_code == 404


@pytest.mark.parametrize("address", ["quarter/2021-12/", "quarter/2021-11/", "quarter/x/", "better/", "certificate/plan/2021-22/v9/"])
def test_a_quarter_that_was_not_told_is_not_found(client, address):
    tell_all()
    assert get(client, address).status_code == 404


def test_an_older_version_stays_at_its_address_and_names_what_replaced_it(client):
    tell_all()
    tell("plan", "2021-22", plan(title=pair("Cynllun newydd", "New plan")), version=2)
    old, new = text(client, "plan/2021-22/v1/"), text(client, "plan/")
    assert "Plan 2021–22" in old
    assert "New plan" in new
    assert "This is version 1, published on 11 January 2022." in old
    assert 'href="/en/gwynedd-mon/plan/2021-22/v2/"' in old
    assert "This is version" not in new
    assert "Dyma fersiwn 1" in text(client, "plan/2021-22/v1/", "cy")


def test_the_newest_plan_is_the_one_of_the_latest_year(client):
    tell_all()
    tell("plan", "2020-21", plan(code="2020-21", title=pair("Hen gynllun", "Old plan")))
    page = text(client, "plan/")
    assert "Plan 2021–22" in page
    assert 'href="/en/gwynedd-mon/plan/2020-21/v1/"' in page


def withdrawn(kind: str, key: str, content: dict, version: int = 1) -> None:
    reasons = {"withdrawn_because_cy": "Roedd gwall.", "withdrawn_because_en": "There was a fault."}
    tell(kind, key, content, version, withdrawn_at=datetime(2022, 1, 15, tzinfo=UTC), **reasons)


def test_what_was_withdrawn_says_when_and_why_and_older_versions_do_not_take_its_place(client):
    tell_all()
    withdrawn("plan", "2021-22", plan(), version=2)
    for address in (*OF_THE_PLAN, "plan/2021-22/v2/"):
        answer = get(client, address)
        assert answer.status_code == 410
        page = answer.content.decode()
        assert "This was withdrawn on 15 January 2022" in page
        assert "There was a fault." in page
        assert 'href="/en/gwynedd-mon/plan/2021-22/v1/"' in page
    assert "Roedd gwall." in get(client, "plan/", "cy").content.decode()
    assert "Plan 2021–22" in text(client, "plan/2021-22/v1/")
    for address in ("open-data/plan/2021-22/v2/plan.json", "open-data/plan/2021-22/v2/actions.csv"):
        assert get(client, address).status_code == 410
    assert "action/1/" not in text(client)


def test_who_we_are_withdrawn_takes_the_first_page_with_it(client):
    withdrawn("partnership", "about", partnership())
    tell("plan", "2021-22", plan())
    assert get(client).status_code == get(client, "who-we-are/").status_code == 410
    assert get(client, "plan/").status_code == 200


def test_a_quarter_is_drawn_from_its_frozen_blocks(client):
    tell_all()
    tell_quarter()
    page = text(client, "quarter/2021-12/")
    assert "Shoplifting rose in Gwynedd, and there is an explanation" in page
    assert page.count("<svg") >= 4
    assert "Cododd dwyn o siopau yng Ngwynedd" in text(client, "quarter/2021-12/", "cy")
    assert get(client, "better/").url == "/en/gwynedd-mon/quarter/2021-12/"
    assert "October to December 2021" in text(client, "quarter/")


def test_the_first_page_tells_the_lines_of_the_latest_quarter(client):
    tell_all()
    line = {"subject": pair("Dwyn o siopau", "Shoplifting"), "way": "above", "sentence": pair("Mwy na’r arfer", "More than usual")}
    tell_quarter(headlines=[line])
    page = text(client)
    assert "Is it getting better?" in page
    assert "More than usual" in page
    assert "Mwy na’r arfer" in text(client, "", "cy")


def test_a_page_that_has_not_changed_is_not_sent_twice(client):
    tell_all()
    first = get(client, "plan/")
    assert "no-cache" in first.headers["Cache-Control"]
    assert "public" in first.headers["Cache-Control"]
    assert get(client, "plan/", **{"If-None-Match": first.headers["ETag"]}).status_code == 304
    tell("plan", "2021-22", plan(title=pair("Cynllun newydd", "New plan")), version=2)
    assert get(client, "plan/", **{"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_nothing_can_be_sent_to_a_public_page(client):
    tell_all()
    assert client.post("/en/gwynedd-mon/plan/", {"x": "1"}).status_code == 405


def test_a_certificate_is_a_page_and_a_file(client):
    told = {"is_clean": True, "paper": {language: paper(language).to_json() | {"blocks": []} for language in ("cy", "en")}}
    tell("partnership", "about", partnership(), certificate=told)
    assert "Shoplifting" in text(client, "certificate/partnership/about/v1/")
    answer = get(client, "certificate/partnership/about/v1/certificate.json")
    assert answer.json() == {"is_clean": True}
