"""The life of a plan: what may follow what, who may say so, what must be there, and the versions that are kept of it."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from diogel.audit.models import Entry
from diogel.home import today
from diogel.people.access import Role
from diogel.people.models import Holding
from diogel.people.tests.cast import bilingual
from diogel.people.writing import write
from diogel.plan.keeping import keep
from diogel.plan.lacks import lacking
from diogel.plan.life import STEPS, PlanMoveRefused, move_plan, steps_from, write_down
from diogel.plan.models import Comment, Consultation, LetStand, Number, Outcome, Plan, PlanMove, PlanVersion, Priority
from diogel.processes.actions.models import Action

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def plan(cast):
    return Plan.objects.create(
        partnership=cast.gwynedd_mon,
        code="2022-23",
        from_on=date(2022, 4, 1),
        to_on=date(2023, 3, 31),
        **bilingual("Cynllun", "Plan", "title"),
    )


@pytest.fixture
def chair(cast):
    Holding.objects.filter(person=cast.bryn.person).update(role=Role.CHAIR.value)
    return cast.bryn


def an_action(plan, number=1, **words):
    action = Action.objects.create(
        kind="action", reference=f"{plan.code}/{number}", partnership=plan.partnership, status="agreed", opened_on=date(2022, 4, 1),
        **(words or bilingual("Hyfforddi pawb. Bob blwyddyn.", "Train everyone. Every year.", "title")),
    )  # fmt: skip
    return Number.objects.create(plan=plan, action=action, number=number)


def consulted(plan, **days):
    day = today()
    days = {"opens_on": day - timedelta(days=20), "closes_on": day - timedelta(days=1)} | days
    return Consultation.objects.create(plan=plan, **bilingual("Barn", "View", "title", "about"), **days)


def address(name, *args):
    return reverse(f"plan:{name}", args=["gwynedd-mon", "2022-23", *args])


def test_every_status_is_reached_from_a_draft_and_none_leads_nowhere():
    reached, waiting = {"draft"}, ["draft"]
    while waiting:
        for step in steps_from(waiting.pop()):
            if step.to_status not in reached:
                reached.add(step.to_status)
                waiting.append(step.to_status)
    assert reached == set(Plan.Status.values)
    assert all(steps_from(status) for status in Plan.Status.values)


def test_no_step_leads_from_a_draft_into_force_past_adoption():
    assert not [step for step in STEPS if step.to_status == "in_force" and step.from_status in ("draft", "consultation")]


def test_a_plan_is_consulted_on_adopted_and_brought_into_force_and_two_versions_are_kept(cast, plan):
    an_action(plan)
    consulted(plan, closes_on=today() + timedelta(days=9))
    (step,) = [each for each in steps_from("draft") if each.to_status == "consultation"]
    assert lacking(plan, step) == []
    move_plan(plan, "consultation", by=cast.ann, seen=plan.version)
    move_plan(plan, "adopted", by=cast.ann, seen=plan.version, adopted_on=today())
    move_plan(plan, "in_force", by=cast.ann, seen=plan.version)
    plan.refresh_from_db()
    assert (plan.status, plan.adopted_on) == ("in_force", today())
    assert [each.status for each in plan.versions.all()] == ["adopted", "consultation"]
    assert next((each.from_status, each.to_status) for each in plan.moves.all()) == ("adopted", "in_force")
    assert Entry.objects.filter(deed="moved", subject=f"plan.plan:{plan.pk}").count() == 3


def test_a_kept_version_is_frozen_and_an_unchanged_plan_is_kept_once(cast, plan):
    one = keep(plan, by=cast.ann)
    assert keep(plan, by=cast.ann).pk == one.pk
    with pytest.raises(TypeError):
        one.save()
    write(plan, by=cast.ann, pairs={"title": ("Cynllun arall", "Another plan")})
    assert keep(plan, by=cast.ann).number == 2


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.from_status}-{step.to_status}")
def test_who_may_not_take_a_step_takes_none(cast, plan, step):
    Plan.objects.filter(pk=plan.pk).update(status=step.from_status)
    plan.refresh_from_db()
    with pytest.raises(PermissionDenied):
        move_plan(plan, step.to_status, by=cast.bryn, seen=plan.version, reason="x", adopted_on=today())
    assert not PlanMove.objects.exists()


def test_the_chair_writes_down_an_adoption_and_puts_nothing_out_for_consultation(plan, chair):
    with pytest.raises(PermissionDenied):
        move_plan(plan, "consultation", by=chair, seen=plan.version)
    Plan.objects.filter(pk=plan.pk).update(status="consultation")
    plan.refresh_from_db()
    move_plan(plan, "adopted", by=chair, seen=plan.version, adopted_on=today())
    assert plan.versions.get().status == "adopted"


def test_adoption_wants_a_day_that_has_come_and_a_reason_where_nobody_was_asked(cast, plan):
    for said in ({"reason": "urgent"}, {"adopted_on": today()}, {"reason": "urgent", "adopted_on": today() + timedelta(days=1)}):
        with pytest.raises(PlanMoveRefused):
            move_plan(plan, "adopted", by=cast.ann, seen=plan.version, **said)
    plan.refresh_from_db()
    assert plan.status == "draft"


def lacks(plan):
    (step,) = [each for each in steps_from("consultation") if each.to_status == "adopted"]
    Plan.objects.filter(pk=plan.pk).update(status="consultation")
    return {each.code for each in lacking(plan, step)}


def test_an_unanswered_comment_an_open_consultation_and_an_unchecked_sentence_each_block_adoption(plan):
    held = consulted(plan)
    assert lacks(plan) == set()
    Comment.objects.create(consultation=held, number=1, text="x", language="en", received_on=today())
    assert lacks(plan) == {"answered"}
    Consultation.objects.filter(pk=held.pk).update(closes_on=today())
    assert lacks(plan) == {"answered", "over"}
    Priority.objects.create(plan=plan, code="p", number=1, title_cy="Un", title_en="One", title_state="draft")
    cache.clear()
    assert lacks(plan) == {"answered", "over", "pairs"}


def test_a_grave_finding_blocks_adoption_until_it_is_mended_or_let_stand_for_these_words(client, cast, plan):
    row = Outcome.objects.create(plan=plan, row=1, cited=99, **bilingual("Allbwn", "Output", "outputs"))
    consulted(plan)
    assert lacks(plan) == {"findings"}
    client.force_login(cast.ann)
    door = address("accept", "number-of-no-action", "outcome--1")
    assert client.post(door, {"reason_en": "Printed so", "reason_cy": "Fel hyn yr argraffwyd", "seen": ""}).status_code == 302
    assert lacks(plan) == set()
    assert "Printed so" in client.get(address("check")).content.decode()
    write(row, by=cast.ann, cited=98)
    assert lacks(plan) == {"findings"}, "another number is another finding"
    assert LetStand.objects.get().rule == "number-of-no-action"


def test_only_a_grave_finding_that_is_there_can_be_let_stand(client, cast, plan):
    client.force_login(cast.ann)
    assert client.get(address("accept", "number-of-no-action", "outcome--7")).status_code == 404
    client.force_login(cast.carys)
    assert client.get(address("accept", "number-of-no-action", "outcome--7")).status_code == 403


def test_the_page_of_a_step_tells_what_is_lacking_and_takes_it_once_nothing_is(client, cast, plan):
    client.force_login(cast.ann)
    page = client.get(address("move", "consultation")).content.decode()
    assert "No consultation is open or to come" in page
    assert client.post(address("move", "consultation"), {"seen": plan.version}).status_code == 422
    consulted(plan, closes_on=today())
    assert client.post(address("move", "consultation"), {"seen": plan.version}).status_code == 302
    plan.refresh_from_db()
    assert plan.status == "consultation"


def test_a_step_against_an_older_reading_of_the_plan_is_refused(client, cast, plan):
    consulted(plan, closes_on=today())
    client.force_login(cast.ann)
    write(plan, by=cast.ann, pairs={"title": ("A", "B")}, checked=["title"])
    assert client.post(address("move", "consultation"), {"seen": plan.version - 1}).status_code == 409
    assert client.get(address("move", "closed")).status_code == 302
    assert client.get(address("move", "nonsense")).status_code == 302


def test_scrutiny_reads_the_life_of_a_plan_and_takes_no_step(client, cast, plan):
    keep(plan, by=cast.ann)
    client.force_login(cast.carys)
    page = client.get(address("life")).content.decode()
    assert "The plan is a draft" in page
    assert "What can follow" not in page
    assert client.post(address("move", "consultation"), {"seen": plan.version}).status_code in (403, 422)
    assert client.get(address("keep")).status_code == 403
    plan.refresh_from_db()
    assert plan.status == "draft"


def test_what_changes_in_a_plan_in_force_is_told_until_it_is_kept(client, cast, plan):
    held = an_action(plan)
    Plan.objects.filter(pk=plan.pk).update(status="in_force")
    plan.refresh_from_db()
    keep(plan, by=cast.ann)
    client.force_login(cast.ann)
    assert "has changed since it was kept" not in client.get(address("life")).content.decode()
    write(held.action, by=cast.ann, pairs={"title": ("Hyfforddi pawb. Bob chwarter.", "Train everyone. Every quarter.")})
    assert "one part of it has changed since it was kept" in client.get(address("life")).content.decode()
    assert client.post(address("keep"), {"reason": "The board agreed in May"}).status_code == 302
    assert PlanVersion.objects.get(number=2).reason == "The board agreed in May"
    assert "has changed since it was kept" not in client.get(address("life")).content.decode()


@pytest.mark.parametrize(("language", "gone", "added"), [("en", "year.", "quarter."), ("cy", "blwyddyn.", "chwarter.")])
def test_two_versions_are_compared_in_the_language_of_the_page(client, cast, plan, language, gone, added):
    held = an_action(plan)
    keep(plan, by=cast.ann)
    write(held.action, by=cast.ann, pairs={"title": ("Hyfforddi pawb. Bob chwarter.", "Train everyone. Every quarter.")})
    client.force_login(cast.carys)
    page = client.get(f"/{language}/gwynedd-mon/desk/plan/2022-23/life/compare/?from=1&to=now").content.decode()
    assert f"<del>{gone}</del>" in page
    assert f"<ins>{added}</ins>" in page
    assert client.get(address("compare") + "?from=1&to=1").content.decode().count("<ins>") == 0


def test_an_action_that_one_may_not_see_is_in_no_comparison(client, cast, plan):
    keep(plan, by=cast.ann)
    held = an_action(plan)
    Action.objects.filter(pk=held.action_id).update(visibility="case")
    client.force_login(cast.ann)
    assert "Train everyone" not in client.get(address("compare")).content.decode()
    Action.objects.filter(pk=held.action_id).update(visibility="partnership")
    assert "Train everyone" in client.get(address("compare")).content.decode()


def test_a_plan_that_was_never_kept_has_nothing_to_compare(client, cast, plan):
    client.force_login(cast.ann)
    assert client.get(address("compare")).status_code == 404


def test_the_pages_of_a_plans_life_ask_little(client, cast, plan, django_assert_max_num_queries):
    for number in range(1, 12):
        an_action(plan, number)
    keep(plan, by=cast.ann)
    Plan.objects.filter(pk=plan.pk).update(status="in_force")
    client.force_login(cast.ann)
    for page in ("life", "compare", "consultations"):
        client.get(address(page))
        with django_assert_max_num_queries(12):
            assert client.get(address(page)).status_code == 200


def test_after_saving_an_action_one_line_says_what_the_check_finds_in_it(client, cast, plan):
    held = an_action(plan)
    client.force_login(cast.ann)
    values = {"title_en": "Train", "title_cy": "Hyfforddi", "number": 1, "seen": held.action.version}
    page = client.post(address("edit_action", 1), values, follow=True).content.decode()
    assert "The check finds 1 thing to look at in it" in page, "nobody leads it"
    number = Number.objects.get()
    number.action.bodies.set([cast.police])
    values = {"title_en": "Train", "title_cy": "Hyfforddi", "number": 1, "bodies": [cast.police.pk], "seen": held.action.version + 1}
    assert "The check finds nothing in it" in client.post(address("edit_action", 1), values, follow=True).content.decode()


def test_of_a_plan_for_three_years_an_action_says_to_which_it_belongs(client, cast, plan):
    Plan.objects.filter(pk=plan.pk).update(to_on=date(2025, 3, 31))
    held = an_action(plan)
    an_action(plan, 2, **bilingual("Ymweld", "Visit", "title"))
    client.force_login(cast.ann)
    values = {"title_en": "Train", "title_cy": "Hyfforddi", "number": 1, "year": "2", "seen": held.action.version}
    assert client.post(address("edit_action", 1), values | {"year": "4"}).status_code == 422
    client.post(address("edit_action", 1), values)
    held.refresh_from_db()
    assert held.year == 2
    assert "year 2 of 3" in client.get(address("action", 1)).content.decode()
    shown = client.get(address("plan") + "?year=3").content.decode()
    assert "Visit" in shown
    assert "Train" not in shown


def test_a_plan_that_lived_on_paper_has_its_moves_written_down(cast, plan):
    write_down(plan, "draft", "adopted", by=cast.ann, on=date(2021, 4, 1))
    with pytest.raises(PermissionDenied):
        write_down(plan, "draft", "adopted", by=cast.carys)
    assert plan.moves.get().moved_on == date(2021, 4, 1)
