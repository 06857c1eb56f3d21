"""The plan's pages: who sees, who corrects, and what a stale save keeps."""

from datetime import date

import pytest
from django.db.models import F
from django.urls import reverse
from lxml import html

from diogel.assessment.models import Assessment, Theme
from diogel.audit.models import Entry
from diogel.indicators.models import Indicator, Measure
from diogel.people.tests.cast import bilingual
from diogel.plan.coverage import coverage
from diogel.plan.models import Number, Objective, Outcome, Plan, Priority, Report, Section
from diogel.processes.actions.models import Action, Update
from diogel.records.models import Part

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast):
    return Plan.objects.create(
        partnership=cast.gwynedd_mon, code="2021-22", title_cy="Cynllun", title_en="Plan", title_state="checked",
        from_on=date(2021, 4, 1), to_on=date(2022, 3, 31), status="in_force",
    )  # fmt: skip


@pytest.fixture
def held(cast, plan):
    section = Section.objects.create(plan=plan, code="s", number=1, title_en="Heading", title_cy="Pennawd")
    action = Action.objects.create(
        kind="action", reference="2021-22/1", partnership=cast.gwynedd_mon, status="agreed", opened_on=date(2021, 4, 1),
        title_cy="Cam", title_en="Train everyone", title_state="checked", lead_body=cast.police,
    )  # fmt: skip
    action.bodies.set([cast.police])
    return Number.objects.create(plan=plan, action=action, number=1, section=section)


def address(name: str, *args: object) -> str:
    return reverse(f"plan:{name}", args=["gwynedd-mon", *args])


def form(**values: object) -> dict[str, object]:
    return {"seen": "", **values}


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_plan_shows_its_groups_and_actions_in_both_languages(client, cast, held, language):
    client.force_login(cast.carys)
    page = client.get(f"/{language}/gwynedd-mon/desk/plan/2021-22/")
    assert ("Cam" if language == "cy" else "Train everyone") in page.content.decode()


def test_a_heading_without_action_is_said_so(client, cast, plan, held):
    Section.objects.create(plan=plan, code="empty", number=2, title_en="Nothing stands here", title_cy="Dim")
    client.force_login(cast.ann)
    assert b"A heading has no action" in client.get(address("plan", "2021-22")).content


def test_the_plan_takes_few_queries_however_many_actions(client, cast, plan, held, django_assert_max_num_queries):
    for number in range(2, 20):
        action = Action.objects.create(
            kind="action",
            reference=f"2021-22/{number}",
            partnership=cast.gwynedd_mon,
            status="agreed",
            opened_on=date(2021, 4, 1),
            title_en="x",
        )
        Number.objects.create(plan=plan, action=action, number=number)
    client.force_login(cast.ann)
    client.get(address("plan", "2021-22"))
    with django_assert_max_num_queries(12):
        client.get(address("plan", "2021-22"))


def test_another_partnerships_plan_is_not_there(client, cast, held):
    client.force_login(cast.dai)
    assert client.get(address("plan", "2021-22")).status_code == 404
    assert client.get("/en/wrexham/desk/plan/2021-22/").status_code == 404


def test_scrutiny_reads_and_does_not_correct(client, cast, held):
    client.force_login(cast.carys)
    assert client.get(address("action", "2021-22", 1)).status_code == 200
    assert client.get(address("edit_action", "2021-22", 1)).status_code == 403
    assert client.post(address("add", "2021-22", "section"), form(title_en="x", number=9, code="x")).status_code == 403
    assert not Section.objects.filter(code="x").exists()


def test_ann_begins_a_plan_and_adds_each_kind_of_row(client, cast):
    client.force_login(cast.ann)
    client.post(
        address("new_plan"),
        form(
            title_cy="Cynllun", title_en="Plan", code="2022-23", status="draft", **day("from_on", 2022, 4, 1), **day("to_on", 2023, 3, 31)
        ),
    )
    plan = Plan.objects.get(code="2022-23")
    client.post(address("add", "2022-23", "section"), form(title_cy="Pennawd", title_en="Heading", number=1, code="first"))
    client.post(address("add", "2022-23", "priority"), form(title_cy="B", title_en="P", number=1, code="p", listed="standing"))
    priority = Priority.objects.get(plan=plan)
    client.post(
        address("add", "2022-23", "objective"), form(title_cy="A", title_en="O", code="1.1", priority=priority.pk, direction="maintain")
    )
    answer = client.post(
        address("new_action", "2022-23"),
        form(title_cy="C", title_en="A", number=1, section=plan.sections.get().pk, priorities=[priority.pk]),
    )
    assert answer.status_code == 302, answer.content.decode()[:2000]
    client.post(address("add", "2022-23", "outcome"), form(short_cy="C", short_en="S", row=1, cited=1))
    assert Objective.objects.get().direction == "maintain"
    assert plan.numbers.get().priorities.get() == priority
    assert Outcome.objects.get().cited == 1
    assert Entry.objects.filter(deed="created", by=cast.ann.reference).count() >= 6


def day(name: str, year: int, month: int, number: int) -> dict[str, int]:
    return {f"{name}_year": year, f"{name}_month": month, f"{name}_day": number}


def test_two_actions_cannot_bear_one_number(client, cast, plan, held):
    client.force_login(cast.ann)
    answer = client.post(address("new_action", "2021-22"), form(title_cy="C", title_en="A", number=1))
    assert answer.status_code == 422
    assert b"bears this number" in answer.content
    assert Action.objects.count() == 1


def test_the_form_of_an_action_asks_few_questions_and_has_everything_ticked_that_is_chosen(
    client, cast, plan, held, django_assert_max_num_queries
):
    approved = Assessment.objects.create(partnership=cast.gwynedd_mon, code="2021", to_on=date(2020, 12, 31), status="approved")
    early = Assessment.objects.create(partnership=cast.gwynedd_mon, code="2022", to_on=date(2021, 12, 31), status="scoring")
    first, second, _early = (Theme.objects.create(assessment=at, code=code, order=order, title_en=code) for at, code, order in (
        (approved, "theft", 2), (approved, "fire", 1), (early, "fraud", 0)))  # fmt: skip
    priority = Priority.objects.create(plan=plan, number=1, code="p", title_en="First")
    Number.objects.get().themes.add(first)
    Number.objects.get().priorities.add(priority)
    for person in (cast.ann.person, cast.bryn.person):
        Part.objects.create(record_id=held.action_id, person=person, part=Part.Kind.OWNER)
    client.force_login(cast.ann)
    with django_assert_max_num_queries(12):
        page = html.fromstring(client.get(address("edit_action", "2021-22", 1)).content)
    with django_assert_max_num_queries(12):
        new = html.fromstring(client.get(address("new_action", "2021-22")).content)
    offered, ticked = "//input[@name=$name]/@value", "//input[@name=$name][@checked]/@value"
    assert page.xpath(offered, name="themes") == new.xpath(offered, name="themes") == [str(second.pk), str(first.pk)]
    chosen = {name: page.xpath(ticked, name=name) for name in ("themes", "priorities", "bodies", "duties")}
    assert chosen == {"themes": [str(first.pk)], "priorities": [str(priority.pk)], "bodies": [str(cast.police.pk)], "duties": []}
    assert set(page.xpath(ticked, name="owners")) == {str(cast.ann.person.pk), str(cast.bryn.person.pk)}
    assert page.xpath("//select[@name='section']/option/text()") == ["None of these", "Heading"]
    assert page.xpath("//select[@name='section']/option[@selected]/text()") == ["Heading"]
    assert not any(new.xpath(ticked, name=name) for name in chosen)


def test_a_stale_save_shows_both_texts_and_loses_neither(client, cast, plan, held):
    section = Section.objects.get()
    client.force_login(cast.ann)
    where = address("correct", "2021-22", "section", section.pk)
    client.post(where, {"title_cy": "Newydd", "title_en": "Theirs", "number": 1, "code": "s", "seen": 1})
    answer = client.post(where, {"title_cy": "Newydd", "title_en": "Mine", "number": 1, "code": "s", "seen": 1})
    assert answer.status_code == 409
    assert b"Theirs" in answer.content
    assert b"Mine" in answer.content
    section.refresh_from_db()
    assert section.title_en == "Theirs"


def test_a_stale_save_of_an_action_shows_what_differs_and_nothing_else(client, cast, plan, held):
    year = Assessment.objects.create(partnership=cast.gwynedd_mon, code="2021", to_on=date(2020, 12, 31), status="approved")
    held.themes.add(Theme.objects.create(assessment=year, code="fire", order=1, title_en="Arson"))
    client.force_login(cast.ann)
    where = address("edit_action", "2021-22", 1)
    (typed,) = html.fromstring(client.get(where).content).xpath("//main//form[@method='post']")
    sent = {name: value for name, value in typed.form_values() if name != "themes"} | {"title_en": "Mine"}
    Action.objects.update(title_en="Theirs", version=F("version") + 1)
    answer = client.post(where, sent)
    assert answer.status_code == 409
    told = {each["label"]: (each["theirs"], each["yours"]) for each in answer.context["differing"]}
    assert told == {"Title, in English": ("Theirs", "Mine"), "Themes it serves": ("Arson", "")}


def test_an_edit_of_the_english_leaves_the_welsh_stale(client, cast, plan, held):
    Section.objects.update(title_state="checked")
    section = Section.objects.get()
    client.force_login(cast.ann)
    client.post(
        address("correct", "2021-22", "section", section.pk),
        {"title_cy": "Pennawd", "title_en": "Changed", "number": 1, "code": "s", "seen": 1},
    )
    section.refresh_from_db()
    assert section.title_state == "stale_cy"


def test_a_row_is_withdrawn_and_brought_back(client, cast, plan, held):
    section = Section.objects.get()
    client.force_login(cast.ann)
    where = address("withdraw", "2021-22", "section", section.pk)
    client.post(where, {"seen": section.version, "reason": "not needed"})
    section.refresh_from_db()
    assert section.withdrawn_on
    client.post(where, {"seen": section.version})
    section.refresh_from_db()
    assert section.withdrawn_on is None


def test_an_officer_updates_the_actions_of_their_own_body_only(client, cast, held):
    client.force_login(cast.bryn)
    where = address("update", "2021-22", 1, "2021-12")
    said = {"status": "in_progress", "rag": "green", "text_cy": "Da", "text_en": "Going well"}
    assert client.post(where, form(**said)).status_code == 302
    update = Update.objects.get()
    assert (update.state, update.filed_by) == ("filed", cast.bryn.person)
    assert Action.objects.get().status == "in_progress"
    held.action.bodies.set([cast.council])
    assert client.get(where).status_code == 403


def test_a_blocked_action_says_what_stands_in_the_way(client, cast, held):
    client.force_login(cast.ann)
    answer = client.post(address("update", "2021-22", 1, "2021-12"), form(status="blocked", text_en="Stuck"))
    assert answer.status_code == 422
    assert b"needs its reason" in answer.content
    assert not Update.objects.exists()


def test_there_is_no_update_for_a_month_that_ends_no_quarter(client, cast, held):
    client.force_login(cast.ann)
    assert client.get(address("update", "2021-22", 1, "2021-11")).status_code == 404


def test_an_expired_plan_is_not_in_force(plan):
    assert Plan.objects.in_force(date(2022, 3, 31)).get() == plan
    assert not Plan.objects.in_force(date(2022, 4, 1)).exists()


def test_the_grid_tells_which_indicator_shows_which_objective_and_what_has_none(client, cast, plan):
    client.force_login(cast.ann)
    priority = Priority.objects.create(plan=plan, code="grid", number=9, listed="standing", **bilingual("Grid", "Grid", "title"))
    told = [Objective.objects.create(plan=plan, priority=priority, code=code, **bilingual(code, code, "title")) for code in ("9.1", "9.2")]
    for code, shown in (("G1", told[:1]), ("G2", [])):
        measure = Measure.objects.create(partnership=plan.partnership, code=code, unit="count", **bilingual(code, code, "title"))
        indicator = Indicator.objects.create(measure=measure, code=code, direction="increase", **bilingual(code, code, "title"))
        Report.objects.create(plan=plan, indicator=indicator, priority=priority).objectives.set(shown)
    held = coverage(plan.priorities.standing(), plan.objectives.standing(), plan.reports.standing())
    (grid,) = held.grids
    assert [row.shown for row in grid.rows] == [(True, False), (False, False)]
    assert ([each.code for each in held.bare], [each.indicator.code for each in held.loose]) == (["9.2"], ["G2"])
    page = client.get(address("priorities", plan.code)).content.decode()
    assert "No indicator shows one of the objectives." in page
    assert "One indicator shows no objective." in page


def test_a_plan_without_an_action_says_what_it_has_and_nothing_more(client, cast, plan):
    Priority.objects.filter(plan=plan).delete()
    client.force_login(cast.ann)

    def heading():
        return client.get(address("plan", "2021-22")).content.decode()

    assert "There is no priority and no action in this plan yet" in heading()
    priority = Priority.objects.create(plan=plan, code="p", number=1, title_en="Housing", title_cy="Tai")
    assert "This plan has priorities, and no numbered action" in heading()
    Objective.objects.create(plan=plan, priority=priority, code="1.1", title_en="Homes", title_cy="Tai")
    assert "This plan has priorities and objectives, and no numbered action" in heading()


def test_a_closed_plan_takes_no_new_action_and_says_why(client, cast, plan, held):
    client.force_login(cast.ann)
    form = {"number": 40, "title_en": "Late", "title_cy": "Hwyr"}
    Plan.objects.filter(pk=plan.pk).update(status="closed")
    assert "can be added once it is opened again" in client.get(address("new_action", "2021-22")).content.decode()
    refused = client.post(address("new_action", "2021-22"), form)
    assert (refused.status_code, "This plan is closed. Open it again" in refused.content.decode()) == (422, True)
    assert not Number.objects.filter(plan=plan, number=40).exists()
    Plan.objects.filter(pk=plan.pk).update(status="in_force")
    assert "opened again" not in client.get(address("new_action", "2021-22")).content.decode()
    assert client.post(address("new_action", "2021-22"), form).status_code == 302
