"""The smaller rows of a plan: each is withdrawn from where it is corrected, and leads back to the page on which it stands."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from diogel.plan.kinds import KINDS
from diogel.plan.models import Lead, Outcome, Plan, Principle, Priority, Source, Stated
from diogel.plan.showing import plan_whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast):
    whole = Plan.objects.create(partnership=cast.gwynedd_mon, code="2021-22", from_on=date(2021, 4, 1), to_on=date(2022, 3, 31))
    Priority.objects.create(plan=whole, code="one", number=1, title_en="One", title_cy="Un", listed="standing")
    Outcome.objects.create(plan=whole, row=1, short_en="Less of it", short_cy="Llai ohono")
    Principle.objects.create(plan=whole, kind="way", code="prevention", title_en="Prevention", title_cy="Atal")
    Source.objects.create(plan=whole, code="police", title_en="Police and crime plan", title_cy="Cynllun yr heddlu a throseddu")
    return whole


def address(view: str, plan: Plan, *args: object) -> str:
    return reverse(f"plan:{view}", args=["gwynedd-mon", plan.code, *args])


@pytest.mark.parametrize(
    ("kind", "page"), [("priority", "priorities"), ("outcome", "outcomes"), ("source", "sources"), ("principle", "sources")]
)
def test_a_row_is_withdrawn_from_where_it_is_corrected(client, cast, plan, kind, page):
    client.force_login(cast.ann)
    row = KINDS[kind].model.objects.get(plan=plan)
    door = address("withdraw", plan, kind, row.pk)
    assert door in client.get(address("correct", plan, kind, row.pk)).content.decode()
    answer = client.post(door, {"seen": row.version, "reason": "said twice"})
    assert answer.url == address(page, plan)
    row.refresh_from_db()
    assert row.withdrawn_on
    assert f'href="{door}">Bring it back</a>' in client.get(answer.url).content.decode()
    client.post(door, {"seen": row.version})
    row.refresh_from_db()
    assert row.withdrawn_on is None


def test_every_kind_stands_on_a_page_of_the_plan(plan):
    assert all(reverse(kind.page, args=["gwynedd-mon", plan.code]) for kind in KINDS.values())


def typed(**more: str) -> dict[str, str]:
    return {"role_cy": "Prif arolygydd", "role_en": "Superintendent", **more}


def test_a_lead_is_added_corrected_and_withdrawn_on_its_priority(client, cast, plan):
    client.force_login(cast.ann)
    priority = plan.priorities.get()
    page = address("priority", plan, priority.code)
    begin = f"{address('add', plan, 'lead')}?priority={priority.pk}"
    assert f'href="{begin}"' in client.get(page).content.decode()
    assert client.post(begin, typed(body=str(cast.police.pk))).url == page
    lead = Lead.objects.get(priority=priority)
    client.post(address("correct", plan, "lead", lead.pk), typed(role_en="Chief inspector", body=str(cast.police.pk), seen="1"))
    lead.refresh_from_db()
    assert (lead.role_en, lead.role_state, lead.version) == ("Chief inspector", "stale_cy", 2)
    assert "Chief inspector" in client.get(page).content.decode()
    assert client.post(address("withdraw", plan, "lead", lead.pk), {"seen": "2"}).url == page
    assert "Chief inspector" not in client.get(page).content.decode()
    assert "Chief inspector" not in client.get(address("priorities", plan)).content.decode()
    assert plan_whole(plan)["priorities"][0]["leads"] == []


def test_a_lead_of_another_partnerships_body_is_refused(client, cast, plan):
    client.force_login(cast.ann)
    cast.council.memberships.all().delete()
    begin = f"{address('add', plan, 'lead')}?priority={plan.priorities.get().pk}"
    assert client.post(begin, typed(body=str(cast.council.pk))).status_code == 422
    assert not Lead.objects.exists()


@pytest.mark.parametrize("asked", ["", "?priority=", "?priority=0", "?priority=x", "?priority=99999999999999999999"])
def test_a_lead_of_no_priority_is_not_there(client, cast, plan, asked):
    client.force_login(cast.ann)
    assert client.get(address("add", plan, "lead") + asked).status_code == 404


def test_what_a_document_states_is_held_against_our_priorities(client, cast, plan):
    client.force_login(cast.ann)
    source = plan.sources.get()
    begin = f"{address('add', plan, 'stated')}?source={source.pk}"
    assert client.post(begin, {"title_cy": "Atal trosedd", "title_en": "Prevent crime"}).url == address("sources", plan)
    page = client.get(address("sources", plan)).content.decode()
    assert "One priority of another’s document has no answer in this plan" in page
    stated = Stated.objects.get()
    answer = {"title_cy": "Atal trosedd", "title_en": "Prevent crime", "priorities": [str(plan.priorities.get().pk)], "seen": "1"}
    client.post(address("correct", plan, "stated", stated.pk), answer)
    page = client.get(address("sources", plan)).content.decode()
    assert "Every priority of the documents we take direction from has an answer in this plan" in page
    client.post(address("withdraw", plan, "stated", stated.pk), {"seen": "2"})
    assert "Prevent crime" not in client.get(address("sources", plan)).content.decode()
    assert plan_whole(plan)["sources"][0]["states"] == []


def test_a_stale_correction_of_a_lead_shows_both_texts(client, cast, plan):
    client.force_login(cast.ann)
    lead = Lead.objects.create(priority=plan.priorities.get(), body=cast.police, role_cy="Prif", role_en="Head", version=2)
    answer = client.post(address("correct", plan, "lead", lead.pk), typed(body=str(cast.police.pk), seen="1"))
    assert answer.status_code == 409
    assert b"Head" in answer.content
    assert b"Superintendent" in answer.content


@pytest.mark.parametrize("kind", ["lead", "source", "stated", "principle"])
def test_who_only_reads_the_plan_changes_none_of_it(client, cast, plan, kind):
    client.force_login(cast.carys)
    lead = Lead.objects.create(priority=plan.priorities.get(), body=cast.police, role_en="Head")
    stated = Stated.objects.create(source=plan.sources.get(), title_en="Prevent crime")
    row = {"lead": lead, "stated": stated, "source": plan.sources.get(), "principle": plan.principles.get()}[kind]
    for door in (address("add", plan, kind), address("correct", plan, kind, row.pk), address("withdraw", plan, kind, row.pk)):
        assert client.post(door, {"seen": "1"}).status_code == 403
    page = client.get(address("sources", plan))
    assert page.status_code == 200
    assert "Correct" not in page.content.decode()


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_sources_of_a_plan_take_few_questions(client, cast, plan, language, django_assert_max_num_queries):
    for number in range(6):
        source = Source.objects.create(plan=plan, code=f"s{number}", title_en="S", title_cy="S")
        Stated.objects.create(source=source, title_en="T", title_cy="T").priorities.set(plan.priorities.all())
    client.force_login(cast.ann)
    with django_assert_max_num_queries(12):
        assert client.get(f"/{language}/gwynedd-mon/desk/plan/2021-22/sources/").status_code == 200


def test_a_plan_is_withdrawn_and_brought_back(client, cast, plan):
    client.force_login(cast.ann)
    assert address("withdraw_plan", plan) in client.get(address("edit_plan", plan)).content.decode()
    client.post(address("withdraw_plan", plan), {"seen": "1"})
    assert "There is no plan yet" in client.get(reverse("plan:current", args=["gwynedd-mon"])).content.decode()
    client.post(address("withdraw_plan", plan), {"seen": "2"})
    assert client.get(reverse("plan:current", args=["gwynedd-mon"])).url == address("plan", plan)
