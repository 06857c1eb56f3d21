"""The page of what is missing or crossed in a plan: who sees it, what it leaves out, and that it asks little twice."""

from datetime import date

import pytest
from django.core.cache import cache

from diogel.people.writing import write
from diogel.plan.models import Number, Plan, Section
from diogel.processes.actions.models import Action

pytestmark = pytest.mark.django_db

PAGE = "/{}/gwynedd-mon/desk/plan/2021-22/check/"


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def plan(cast):
    return Plan.objects.create(
        partnership=cast.gwynedd_mon, code="2021-22", title_cy="Cynllun", title_en="Plan", title_state="checked",
        from_on=date(2021, 4, 1), to_on=date(2022, 3, 31), status="in_force",
    )  # fmt: skip


@pytest.fixture
def led_by_nobody(cast, plan):
    section = Section.objects.create(plan=plan, code="s", number=1, title_en="Heading", title_cy="Pennawd", title_state="checked")
    action = Action.objects.create(
        kind="action", reference="2021-22/7", partnership=cast.gwynedd_mon, status="agreed", opened_on=date(2021, 4, 1),
        title_cy="Cam", title_en="Train everyone", title_state="checked",
    )  # fmt: skip
    Number.objects.create(plan=plan, action=action, number=7, section=section)
    return action


@pytest.mark.parametrize(
    ("language", "title", "sentence"),
    [
        ("en", "One thing in this plan is missing", "No body answers for action 7: “Train everyone”."),
        ("cy", "Mae un peth yn y cynllun hwn ar goll", "Nid oes corff yn atebol am gam gweithredu 7: “Cam”."),
    ],
)
def test_a_finding_is_told_with_the_way_to_where_it_is_mended(client, cast, led_by_nobody, language, title, sentence):
    client.force_login(cast.ann)
    page = client.get(PAGE.format(language)).content.decode()
    assert title in page
    assert sentence in page
    assert f'href="/{language}/gwynedd-mon/desk/plan/2021-22/action/7/"' in page


def test_a_plan_in_which_nothing_is_wrong_says_so(client, cast, plan):
    client.force_login(cast.ann)
    assert "Nothing in this plan is missing or crossed" in client.get(PAGE.format("en")).content.decode()


def test_what_is_written_shows_at_the_next_look(client, cast, plan, led_by_nobody):
    client.force_login(cast.ann)
    client.get(PAGE.format("en"))
    write(led_by_nobody, by=cast.ann, seen=led_by_nobody.version, many={"bodies": [cast.police]})
    assert "No body answers" not in client.get(PAGE.format("en")).content.decode()


def test_an_action_that_the_reader_may_not_see_is_not_told_of(client, cast, plan, led_by_nobody):
    Action.objects.filter(pk=led_by_nobody.pk).update(visibility="case")
    client.force_login(cast.ann)
    page = client.get(PAGE.format("en")).content.decode()
    assert "Train everyone" not in page
    assert "action/7/" not in page


def test_a_second_look_asks_little(client, cast, led_by_nobody, django_assert_max_num_queries):
    client.force_login(cast.ann)
    client.get(PAGE.format("en"))
    with django_assert_max_num_queries(12):
        client.get(PAGE.format("en"))


def test_who_may_not_mend_the_plan_is_refused_and_offered_no_check(client, cast, led_by_nobody):
    client.force_login(cast.carys)
    assert client.get(PAGE.format("en")).status_code == 403
    assert "/check/" not in client.get("/en/gwynedd-mon/desk/plan/2021-22/").content.decode()
