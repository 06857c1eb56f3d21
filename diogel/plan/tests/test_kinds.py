"""The smaller rows of a plan: each is withdrawn from where it is corrected, and leads back to the page on which it stands."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from diogel.plan.kinds import KINDS
from diogel.plan.models import Outcome, Plan, Priority

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast):
    whole = Plan.objects.create(partnership=cast.gwynedd_mon, code="2021-22", from_on=date(2021, 4, 1), to_on=date(2022, 3, 31))
    Priority.objects.create(plan=whole, code="one", number=1, title_en="One", title_cy="Un", listed="standing")
    Outcome.objects.create(plan=whole, row=1, short_en="Less of it", short_cy="Llai ohono")
    return whole


def address(view: str, plan: Plan, *args: object) -> str:
    return reverse(f"plan:{view}", args=["gwynedd-mon", plan.code, *args])


@pytest.mark.parametrize(("kind", "page"), [("priority", "priorities"), ("outcome", "outcomes")])
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
