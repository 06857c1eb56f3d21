"""The chain shown on every page of it: each link a real row with its own page, what is missing said, papers named with their address."""

from __future__ import annotations

import re
from dataclasses import astuple
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from diogel.assessment.models import Evidence, Theme
from diogel.home import remember
from diogel.indicators.models import Card, Measure
from diogel.people.access import Role, Visibility
from diogel.people.models import Partnership
from diogel.people.tests.cast import bilingual, hold, make_person, make_user
from diogel.plan import chain as spinning
from diogel.plan.chain import chain
from diogel.plan.chain_counted import counted
from diogel.plan.models import Number
from diogel.published.models import Publication
from diogel.published.tests.pictures import drawings
from diogel.publishing import packing
from diogel.publishing.quarter_pack import make
from diogel.publishing.quarter_publishing import publish_quarter
from diogel.publishing.snapshots import publish, withdraw_publication
from diogel.publishing.tests.a_quarter import QUARTER, AQuarter, make_measure, make_quarter, observe
from tests.kept import lay_examples

DAY = date(2022, 1, 17)
DESK = "/en/gwynedd-mon/desk/"
THEME, PRIORITY, ACTION = "themes/hate/", "plan/2021-22/priority/hate/", "plan/2021-22/action/14/"


@pytest.fixture(autouse=True)
def _drawn_once(monkeypatch):
    monkeypatch.setattr(packing, "draw", lambda chart, language: drawings(language)["months"])


@pytest.fixture
def quarter(cast, own_home) -> AQuarter:
    """A plan with one chain, evidence to card: the theme's priority and action, and a measure that counts shoplifting in Gwynedd."""
    remember(today="2022-01-17")
    made = make_quarter(cast)
    said = bilingual("Mae’r cofnodion yn codi.", "Reports rise.", "statement")
    Evidence.objects.create(partnership=cast.gwynedd_mon, code="rise", **said).themes.set([made.told.theme])
    measure = make_measure(made.told, "G9")
    measure.area, measure.crime_types = cast.gwynedd, ["Shoplifting"]
    measure.save()
    Number.objects.get(action=made.told.action).indicators.add(measure.indicators.get())
    observe(measure, 12)
    pictures = {
        language: {"wide": each.wide, "narrow": each.narrow} for language in ("cy", "en") for each in [drawings(language)["months"]]
    }
    Card.objects.update(drawings={"control": pictures, "places": pictures})
    return made


def page(user, address: str, *, language: str = "en", status: int = 200) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(f"/{language}/gwynedd-mon/desk/{address}")
    assert answer.status_code == status
    return answer.content.decode()


def thread(text: str) -> list[tuple[str, str]]:
    """The knots as (class, words): is-here, is-gap or nothing."""
    inside = text.partition('class="dg-thread"')[2].partition("</ol>")[0]
    knots = re.findall(r"<li(?: class=\"([\w-]+)\")?[^>]*>(.*?)</li>", inside, re.S)
    return [(which, re.sub(r"<[^>]+>", " ", words).split(None, 1)[1].strip()) for which, words in knots]


def group(text: str, kind: str) -> str:
    return text.partition(f'id="chain-{kind}"')[2].partition("</dd>")[0]


def told(text: str) -> str:
    return text.partition('<div id="told"')[2].partition("</dd>")[0]


def tell_everything(quarter: AQuarter) -> None:
    who, ann = quarter.cast.gwynedd_mon, quarter.cast.ann
    publish(Publication.Kind.PARTNERSHIP, who, by=ann)
    publish(Publication.Kind.PLAN, quarter.told.plan, by=ann)
    publish_quarter(who, QUARTER, by=ann)


def test_every_page_of_the_chain_shows_its_thread_with_itself_as_the_place_where_one_stands(quarter):
    pages = (THEME, PRIORITY, ACTION, "figures/measure/G9/", f"unusual/{quarter.signed.pk}/")
    for address, place in zip(pages, (1, 2, 3, 4, 4), strict=True):
        knots = thread(page(quarter.cast.ann, address))
        assert len(knots) == 6
        assert [at for at, (which, _words) in enumerate(knots) if which == "is-here"] == [place], address
        assert knots[5] == ("is-gap", "told nowhere yet")
        assert not [words for which, words in knots[:5] if which == "is-gap"], address


def test_each_link_is_a_row_with_its_own_page_and_no_link_is_a_dead_end(quarter):
    tell_everything(quarter)
    client = Client()
    client.force_login(quarter.cast.ann)
    for address in (THEME, PRIORITY, ACTION, "figures/measure/G9/", f"unusual/{quarter.signed.pk}/", "plan/2021-22/outcomes/"):
        text = page(quarter.cast.ann, address)
        chain = text.partition('class="dg-thread"')[2].partition("</ol>")[0] + "".join(text.split('class="dg-chain"')[1:])
        links = set(re.findall(r'href="([^"]+)"', chain.partition("</main>")[0]))
        assert len(links) > 4
        for link in links:
            where, _, place = link.partition("#")
            answer = client.get(where or DESK + address, follow=True)
            assert answer.status_code == 200, (address, link)
            assert not place or f'id="{place}"' in answer.content.decode(), (address, link)


def test_the_action_says_where_it_came_from_and_where_it_went(quarter):
    text = page(quarter.cast.ann, ACTION)
    assert "Reports rise." in group(text, "evidence")
    assert f"{DESK}themes/hate/" in group(text, "theme")
    assert f"{DESK}plan/2021-22/priority/hate/" in group(text, "priority")
    assert f"{DESK}figures/measure/G9/" in group(text, "measure")
    assert f"{DESK}unusual/{quarter.signed.pk}/" in group(text, "card")
    assert f"{DESK}unusual/{quarter.looking.pk}/" not in group(text, "card")
    assert text.index('id="chain-theme"') < text.index('id="went"') < text.index('id="chain-measure"')


def test_what_is_missing_is_said_with_a_button_for_those_who_may_add_it(quarter):
    Evidence.objects.all().delete()
    Number.objects.get(action=quarter.told.action).indicators.clear()
    text = page(quarter.cast.ann, ACTION)
    assert "no measure yet" in group(text, "measure")
    assert f"{DESK}plan/2021-22/action/14/correct/" in group(text, "measure")
    assert f"{DESK}themes/evidence/new/" in group(text, "evidence")
    assert f"{DESK}papers/plan/2021-22/" in told(text)
    assert ("is-gap", "no evidence yet") in thread(text)
    for user in (quarter.cast.bryn, quarter.cast.carys):
        seen = page(user, ACTION)
        assert "no measure yet" in group(seen, "measure")
        assert "govuk-button" not in group(seen, "measure") + group(seen, "evidence") + told(seen)
    assert "dim mesur eto" in page(quarter.cast.ann, ACTION, language="cy")


def test_where_it_was_told_names_the_paper_for_whom_which_version_and_its_lasting_address(quarter, tmp_path):
    tell_everything(quarter)
    make(quarter.cast.gwynedd_mon, QUARTER, out=tmp_path)
    for address in (ACTION, "figures/measure/G9/", f"unusual/{quarter.signed.pk}/"):
        text = told(page(quarter.cast.ann, address))
        assert "/en/gwynedd-mon/quarter/2021-12/v1/" in text
        assert "Quarterly report · October to December 2021" in text
        assert "For everyone · Version 1, 17 January 2022" in text
        assert f"{DESK}papers/quarter/2021-12/" in text
        assert "For the partnership only" in text
    assert "/en/gwynedd-mon/plan/2021-22/v1/" in told(page(quarter.cast.ann, ACTION))
    assert "/plan/2021-22/" not in told(page(quarter.cast.ann, f"unusual/{quarter.signed.pk}/"))


def test_a_withdrawn_paper_stays_in_the_list_and_says_so_and_a_later_version_counts_the_earlier(quarter):
    tell_everything(quarter)
    row = Publication.objects.get(kind="quarter")
    withdraw_publication(row, by=quarter.cast.ann, because=("Gwall.", "A mistake."))
    assert "withdrawn" in told(page(quarter.cast.ann, ACTION))
    publish_quarter(quarter.cast.gwynedd_mon, QUARTER, by=quarter.cast.ann)
    text = told(page(quarter.cast.ann, ACTION))
    assert "/en/gwynedd-mon/quarter/2021-12/v2/" in text
    assert "withdrawn" not in text
    assert "one earlier version too" in text


def test_the_theme_shows_its_actions_its_figures_and_what_was_told(quarter):
    tell_everything(quarter)
    text = page(quarter.cast.ann, THEME)
    assert f"{DESK}plan/2021-22/action/14/" in group(text, "action")
    assert "The figures that show it" in text
    assert "G9: Count G9" in text
    assert "<svg" not in text.partition("G9: Count G9")[0].partition("The figures that show it")[2]  # one figure draws no line
    for months in ((4, 6), (7, 9)):
        span = date(2021, months[0], 1), date(2021, months[1], 30)
        observe(Measure.objects.get(code="G9"), 10, span=span)
    drawn = page(quarter.cast.ann, THEME).partition("The figures that show it")[2].partition("</figure>")[0]
    assert drawn.count("<svg") == drawn.count("dg-draw--only") == 1
    assert "action&nbsp;14" in told(text)


def test_the_title_of_a_theme_says_its_band_and_how_many_actions_answer_it(quarter):
    theme = quarter.told.theme
    theme.band = "high"
    theme.save()
    assert f'<h1 class="dg-h1">{theme.title_en} is in the high band, and one action answers it</h1>' in page(quarter.cast.ann, THEME)
    assert f"{theme.title_cy}: band uchel, ac mae un cam gweithredu’n ei hateb – Diogel" in page(quarter.cast.ann, THEME, language="cy")
    Number.objects.all().delete()
    assert f"{theme.title_en} is in the high band, and no action answers it" in page(quarter.cast.ann, THEME)


def test_an_action_that_is_kept_to_a_few_is_in_nobody_elses_chain(quarter):
    quarter.told.action.visibility = Visibility.GROUP
    quarter.told.action.save()
    for address in (THEME, PRIORITY, "figures/measure/G9/"):
        assert "action/14/" not in page(quarter.cast.ann, address)


def test_nothing_of_another_partnership_is_in_a_chain(quarter, cast):
    tell_everything(quarter)
    page(cast.dai, THEME, status=404)
    wrexham = Partnership.objects.get(slug="wrexham")
    Evidence.objects.create(partnership=wrexham, code="theirs", **bilingual("Nhw.", "Theirs.", "statement")).themes.set(
        [quarter.told.theme]
    )
    assert "Theirs." not in page(cast.ann, ACTION)


def test_a_paper_shows_what_it_told_of(quarter):
    tell_everything(quarter)
    text = page(quarter.cast.ann, "papers/quarter/2021-12/")
    assert thread(text)[5][0] == "is-here"
    assert f"{DESK}unusual/{quarter.signed.pk}/" in group(text, "card")
    assert f"{DESK}plan/2021-22/action/14/" in group(text, "action")
    assert f"{DESK}figures/measure/G9/" in group(text, "measure")
    assert f"{DESK}themes/hate/" in group(page(quarter.cast.ann, "papers/plan/2021-22/"), "theme")


def test_the_list_of_themes_counts_what_the_chain_of_each_holds(db, django_assert_max_num_queries):
    lay_examples(with_people=False)
    some = False
    for partnership in Partnership.objects.all():
        user = make_user(make_person(partnership.slug, "Sampl"))
        hold(user, partnership, Role.CO_ORDINATOR)
        themes = list(Theme.objects.filter(assessment__partnership=partnership).select_related("assessment__partnership"))
        counted(themes, partnership, user, DAY)  # whoever is signed in has been asked for once
        with django_assert_max_num_queries(1):
            counts = counted(themes, partnership, user, DAY)
        held = {theme.pk: chain(theme, user, DAY).links for theme in themes}
        kinds = ("evidence", "priority", "action", "outcome")
        assert {key: astuple(each) for key, each in counts.items()} == {
            key: tuple(len(links[kind]) for kind in kinds) for key, links in held.items()
        }
        some = some or any(each.actions and each.outcomes for each in counts.values())
    assert some


def test_the_questions_of_a_chain_are_written_once_and_others_where_its_row_counts_something_else(quarter, monkeypatch):
    user, measure = quarter.cast.ann, Measure.objects.get(code="G9")
    rows = (quarter.told.theme, Number.objects.get(action=quarter.told.action).priorities.get(), measure, quarter.signed)
    spun = [chain(row, user, DAY) for row in rows]
    with monkeypatch.context() as patch:
        patch.setattr(spinning, "_keys", None)  # nothing is written anew
        assert [chain(row, user, DAY) for row in rows] == spun
    assert [link.pk for link in spun[2].links["card"]] == [quarter.signed.pk]
    measure.crime_types = ["Robbery"]
    assert chain(measure, user, DAY).links["card"] == ()


def test_a_card_that_hangs_on_nothing_asks_for_no_plan_to_add_it_to(quarter):
    Measure.objects.update(crime_types=[])
    with CaptureQueriesContext(connection) as asked:
        text = page(quarter.cast.ann, f"unusual/{quarter.looking.pk}/")
    assert "no measure yet" in group(text, "measure")
    assert not [query["sql"] for query in asked.captured_queries if query["sql"].startswith('SELECT "plan_plan"')]


@pytest.mark.parametrize("language", ["cy", "en"])
def test_no_page_of_the_chain_asks_more_than_twelve_questions(quarter, language, django_assert_max_num_queries):
    tell_everything(quarter)
    client = Client()
    client.force_login(quarter.cast.ann)
    pages = (THEME, PRIORITY, ACTION, "figures/measure/G9/", f"unusual/{quarter.signed.pk}/", "plan/2021-22/outcomes/")
    for address in (*pages, f"unusual/{quarter.looking.pk}/", "papers/quarter/2021-12/", "papers/plan/2021-22/"):
        with django_assert_max_num_queries(12):
            client.get(f"/{language}/gwynedd-mon/desk/{address}")
