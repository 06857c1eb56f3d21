"""The page of the year: what it finds, who changes it, and that what was changed stays."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from diogel.audit.models import Entry
from diogel.people.access import Role
from diogel.people.tests.cast import hold, make_person, make_user
from diogel.plan.models import Plan, YearStep
from diogel.plan.year import jurisdiction_of, year_steps

pytestmark = pytest.mark.django_db
DAY = {"due_on_day": "20", "due_on_month": "1", "due_on_year": "2022"}


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel("2022-01-17 10:00", tick=False):
        yield


@pytest.fixture
def plan(cast):
    return Plan.objects.create(
        partnership=cast.gwynedd_mon, code="2021-22", title_cy="Cynllun", title_en="Plan", title_state="checked",
        from_on=date(2021, 4, 1), to_on=date(2022, 3, 31), adopted_on=date(2021, 4, 1), status="in_force",
    )  # fmt: skip


def page(language: str = "en", more: str = "") -> str:
    return f"/{language}/gwynedd-mon/desk/plan/2021-22/year/{more}"


def change(plan: Plan, key: str) -> str:
    return f"{reverse('plan:add', args=['gwynedd-mon', plan.code, 'step'])}?step={key}"


def typed(**more: str) -> dict[str, str]:
    return DAY | {"note_cy": "Mae’r neuadd ar gau", "note_en": "The hall is shut", "applies": "on"} | more


def step(plan: Plan, key: str):
    return next(each for each in year_steps(plan) if each.mark == key)


@pytest.mark.parametrize(
    ("language", "finding", "row"),
    [
        ("en", "Next, on 17 January 2022: Winter paper to the scrutiny committee", "Take late updates to the priority lead"),
        ("cy", "Nesaf, ar 17 Ionawr 2022: Papur gaeaf i’r pwyllgor craffu", "Codi’r diweddariadau hwyr gydag arweinydd y flaenoriaeth"),
    ],
)
def test_the_page_tells_what_comes_next_in_both_languages(client, cast, plan, language, finding, row):
    client.force_login(cast.carys)
    told = client.get(page(language)).content.decode()
    assert finding in told
    assert row in told
    assert "step/add" not in told, "who may not change the plan is offered nothing"


def test_this_month_stands_before_what_comes_and_what_is_past_stands_last(client, cast, plan):
    client.force_login(cast.carys)
    groups = client.get(page()).context["groups"]
    assert [name for name, _months in groups] == ["now", "coming", "past"]
    assert [[str(month) for month, _rows in months] for _name, months in groups][:2] == [["2022-01"], ["2022-02", "2022-03"]]
    assert len(groups[2][1]) == 9


def test_a_step_of_a_rule_is_moved_with_its_reason_and_stays_when_the_plan_is_adopted_on_another_day(client, cast, plan):
    client.force_login(cast.ann)
    key = "half-way.adopted"
    assert "half-way through the year" in client.get(change(plan, key)).content.decode()
    assert client.post(change(plan, key), typed()).status_code == 302
    assert step(plan, key).on == date(2022, 1, 20)
    assert step(plan, key).moved_from == date(2021, 10, 1)
    plan.adopted_on = date(2021, 6, 1)
    plan.save()
    assert step(plan, key).on == date(2022, 1, 20)
    assert step(plan, "plan-sent.adopted").on == date(2021, 6, 8)
    told = client.get(page()).content.decode()
    assert "moved from 1 December 2021" in told
    assert "The hall is shut" in told


def test_a_step_that_does_not_apply_says_why_and_is_never_next(client, cast, plan):
    client.force_login(cast.ann)
    key = "scrutiny-paper-winter.2022"
    answer = client.post(change(plan, key), {name: value for name, value in typed().items() if name != "applies"})
    assert answer.status_code == 302
    told = client.get(page()).content.decode()
    assert "does not apply" in told
    assert "Next, on 18 January 2022" in told


def test_a_step_is_not_changed_without_a_reason(client, cast, plan):
    client.force_login(cast.ann)
    answer = client.post(change(plan, "board.2021-12"), typed(note_cy="", note_en=""))
    assert answer.status_code == 422
    assert not YearStep.objects.exists()


def test_a_change_taken_back_leaves_what_the_rule_says_and_may_be_made_again(client, cast, plan):
    client.force_login(cast.ann)
    key = "board.2021-12"
    client.post(change(plan, key), typed())
    row = YearStep.objects.get()
    client.post(reverse("plan:withdraw", args=["gwynedd-mon", plan.code, "step", row.pk]), {"seen": row.version})
    assert step(plan, key).on == date(2022, 2, 14)
    row.refresh_from_db()
    client.post(change(plan, key), typed(seen=str(row.version)))
    assert step(plan, key).on == date(2022, 1, 20)
    assert YearStep.objects.count() == 1


def test_a_step_of_ones_own_is_added_and_the_log_knows_it(client, cast, plan):
    client.force_login(cast.ann)
    add = reverse("plan:add", args=["gwynedd-mon", plan.code, "step"])
    answer = client.post(add, DAY | {"title_cy": "Cyfarfod agored", "title_en": "Open meeting", "role": "chair"})
    assert answer.url == page()
    told = client.get(page()).content.decode()
    assert "Open meeting" in told
    assert "Our own step" in told
    entry = Entry.objects.first()
    assert (entry.deed, entry.subject) == ("created", f"plan.yearstep:{YearStep.objects.get().pk}")


def test_a_stale_change_loses_nothing(client, cast, plan):
    client.force_login(cast.ann)
    client.post(change(plan, "board.2021-12"), typed())
    row = YearStep.objects.get()
    correct = reverse("plan:correct", args=["gwynedd-mon", plan.code, "step", row.pk])
    client.post(correct, typed(seen=str(row.version), note_en="The chair is away"))
    answer = client.post(correct, typed(seen=str(row.version), note_en="Another reason"))
    assert answer.status_code == 409
    assert "The chair is away" in answer.content.decode()
    assert "Another reason" in answer.content.decode()


def test_a_step_that_no_rule_gives_is_not_there(client, cast, plan):
    client.force_login(cast.ann)
    for key in ("nothing.2021", "board.1999-03", "board", "%00", "x" * 5000):
        assert client.get(change(plan, key)).status_code == 404


@pytest.mark.parametrize("role", [Role.CHAIR, Role.ANALYST, Role.PARTNER_OFFICER, Role.SCRUTINY, Role.TRANSLATOR])
def test_who_may_not_change_the_plan_changes_no_step(client, cast, plan, role):
    user = make_user(make_person("Emrys", "Ffug"))
    hold(user, cast.gwynedd_mon, role)
    client.force_login(user)
    assert client.get(page()).status_code == 200
    assert client.post(change(plan, "board.2021-12"), typed()).status_code == 403
    assert not YearStep.objects.exists()


def test_who_is_of_another_partnership_finds_no_year(client, cast, plan):
    client.force_login(cast.dai)
    assert client.get(page()).status_code == 404


def test_a_link_to_a_page_is_only_offered_to_who_may_open_it(client, cast, plan):
    client.force_login(cast.carys)
    assert "/desk/words/" not in client.get(page()).content.decode()
    client.force_login(cast.ann)
    assert "/desk/words/" in client.get(page()).content.decode()


def test_a_plan_of_three_years_shows_the_year_of_today_and_leads_to_the_others(client, cast, plan):
    plan.to_on = date(2024, 3, 31)
    plan.save()
    client.force_login(cast.carys)
    assert client.get(page()).context["years"][0]["is_here"]
    third = client.get(page(more="?year=3"))
    assert {row["on"].year for row in third.context["rows"]} == {2023, 2024}
    for odd in ("?year=99", "?year=-1", "?year=٣", "?year=x"):
        assert client.get(page(more=odd)).context["years"][0]["is_here"]


def test_a_plan_whose_dates_are_a_slip_of_the_pen_has_an_empty_year_with_a_way_out(client, cast, plan):
    Plan.objects.update(from_on=date(1021, 4, 1), to_on=date(1022, 3, 31))
    client.force_login(cast.ann)
    told = client.get(page()).content.decode()
    assert "No step of this year is known" in told
    assert "/step/add/" in told


def test_a_plan_without_a_day_of_adoption_says_so(client, cast, plan):
    Plan.objects.update(adopted_on=None)
    client.force_login(cast.ann)
    assert "The plan has no day of adoption yet" in client.get(page()).content.decode()


def test_the_page_asks_little_of_the_database(client, cast, plan, django_assert_max_num_queries):
    for each in range(9):
        plan.year_steps.create(title_en=f"Own {each}", title_cy=f"Ein {each}", due_on=date(2022, 2, 1))
    client.force_login(cast.ann)
    with django_assert_max_num_queries(12):
        client.get(page())


def test_the_jurisdiction_follows_from_the_areas(cast):
    assert jurisdiction_of(cast.gwynedd_mon) == "wales"
    cast.wrexham.areas.clear()
    assert jurisdiction_of(cast.wrexham) == ""


@pytest.mark.parametrize(("day", "month", "year", "is_taken"), [
    ("14", "6", "2012", False), ("1", "1", "2021", True), ("29", "12", "2020", False), ("30", "6", "2022", True), ("5", "7", "2022", False),
])  # fmt: skip
def test_a_step_lies_in_its_plan_or_close_to_it(client, cast, plan, day, month, year, is_taken):
    client.force_login(cast.ann)
    sent = {"title_cy": "Dydd agored", "title_en": "Open day", "due_on_day": day, "due_on_month": month, "due_on_year": year}
    answer = client.post(reverse("plan:add", args=["gwynedd-mon", plan.code, "step"]), sent)
    assert YearStep.objects.exists() == is_taken
    if not is_taken:
        assert "The plan runs from 1 April 2021 to 31 March 2022." in answer.content.decode()


@pytest.mark.parametrize(("key", "address", "words"), [
    ("updates-asked", "/desk/rounds/", "Updates"),
    ("updates-due", "/desk/rounds/", "Updates"),
    ("updates-escalated", "/desk/rounds/", "Updates"),
    ("plan-consulted", "/desk/plan/2021-22/consultations/", "Consultation"),
    ("plan-weighed", "/desk/plan/2021-22/weighed/", "How we work"),
    ("funding-ends", "/desk/plan/2021-22/money/", "Money"),
])  # fmt: skip
def test_a_step_leads_to_the_page_on_which_it_is_done(client, cast, plan, key, address, words):
    client.force_login(cast.ann)
    row = re.search(rf'<tr id="{key}[^"]*">(.*?)</tr>', client.get(page()).content.decode(), re.S)
    assert f'href="/en/gwynedd-mon{address}">{words}<' in row[1]
