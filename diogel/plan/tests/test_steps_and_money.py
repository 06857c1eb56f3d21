"""Milestones, what waits for what, and money: who sees and corrects them, and what the pages tell."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from lxml import html

from diogel.assessment.models import Duty
from diogel.home import today
from diogel.people.access import Role
from diogel.people.models import Holding
from diogel.people.tests.cast import bilingual, hold
from diogel.people.writing import write
from diogel.plan.lacks import findings
from diogel.plan.models import Consideration, Dependency, Funding, Milestone, Number, Plan, RegionalItem, Venture
from diogel.plan.money import paid
from diogel.processes.actions.models import Action, CarryOver, SubAction
from diogel.records.models import Part
from tests.filled_in import filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def plan(cast):
    day = today()
    plan = Plan.objects.create(
        partnership=cast.gwynedd_mon, code="2021-22", from_on=day - timedelta(days=100), to_on=day + timedelta(days=265), status="in_force",
        **bilingual("Cynllun", "Plan", "title"),
    )  # fmt: skip
    for number, said in ((1, "First"), (2, "Second"), (3, "Hidden")):
        action = Action.objects.create(
            kind="action", reference=f"r/{number}", partnership=cast.gwynedd_mon, status="agreed", opened_on=day,
            visibility="case" if said == "Hidden" else "partnership", **bilingual(f"{said} cy", said, "title"),
        )  # fmt: skip
        action.bodies.set([cast.police])
        Number.objects.create(plan=plan, action=action, number=number)
    return plan


def action(number):
    return Action.objects.get(reference=f"r/{number}")


def address(name, *args, **said):
    return reverse(f"plan:{name}", args=["gwynedd-mon", "2021-22", *args])


def a_sum(cast, **values):
    values = {"code": "grant", "state": "granted", "amount": Decimal(12000), "to_on": today() + timedelta(days=30)} | values
    return Funding.objects.create(partnership=cast.gwynedd_mon, **bilingual("Grant cudd", "Secret grant", "title"), **values)


def test_a_milestone_is_added_on_the_page_of_its_action_and_late_once_its_day_is_past(client, cast, plan):
    client.force_login(cast.ann)
    values = {"title_en": "Half are trained", "title_cy": "", "due_on_0": "1", "due_on_1": "1", "due_on_2": "2021", "seen": ""}
    values |= {"due_on_day": "1", "due_on_month": "1", "due_on_year": "2021"}
    answer = client.post(address("add", "milestone") + "?action=1", values)
    assert answer.url == address("action", 1)
    page = client.get(address("action", 1)).content.decode()
    assert "Half are trained" in page
    assert "late" in page
    row = Milestone.objects.get()
    write(row, by=cast.ann, done_on=today())
    assert "reached" in client.get(address("action", 1)).content.decode()


def test_an_action_shows_what_it_waits_for_and_what_waits_for_it(client, cast, plan):
    Dependency.objects.create(action=action(2), on=action(1), **bilingual("Am hynny", "Because of that", "why"))
    client.force_login(cast.carys)
    waiting, first = (client.get(address("action", number)).content.decode() for number in (2, 1))
    assert "waits for" in waiting
    assert "Because of that" in waiting
    assert "has to come before" in first


def test_a_hidden_action_is_offered_to_nobody_and_shown_on_no_page(client, cast, plan):
    Dependency.objects.create(action=action(1), on=action(3))
    client.force_login(cast.ann)
    assert "Hidden" not in client.get(address("action", 1)).content.decode()
    assert "Hidden" not in client.get(address("add", "dependency") + "?action=1").content.decode()
    client.post(address("add", "dependency") + "?action=2", {"on": action(3).pk, "seen": ""})
    assert Dependency.objects.count() == 1
    a_sum(cast).actions.set([action(3)])
    assert "Hidden" not in client.get(address("money")).content.decode()


def test_an_action_waits_for_no_other_partnerships_and_not_for_itself(client, cast, plan):
    with pytest.raises(ValidationError):
        write(Dependency(action=action(1), on=action(1)), by=cast.ann)
    client.force_login(cast.dai)
    assert client.get("/en/wrexham/desk/plan/2021-22/add/dependency/?action=1").status_code == 404


def test_a_ring_of_actions_is_found_by_the_check(cast, plan):
    write(Dependency(action=action(1), on=action(2)), by=cast.ann)
    assert "actions-wait-in-a-ring" not in {each.rule for each in findings(plan)}
    write(Dependency(action=action(2), on=action(1)), by=cast.ann)
    assert "1 → 2 → 1" in next(each.message_en for each in findings(plan) if each.rule == "actions-wait-in-a-ring")


def test_an_owner_who_has_left_is_found_and_not_named(cast, plan):
    Part.objects.create(record=action(1), person=cast.bryn.person, part="owner")
    assert "owner-has-left" not in {each.rule for each in findings(plan)}
    Holding.objects.filter(person=cast.bryn.person).update(to_on=today() - timedelta(days=1))
    cache.clear()
    found = next(each for each in findings(plan) if each.rule == "owner-has-left")
    assert found.subject == "action:1"
    assert "Bryn" not in found.message_en + found.message_cy


def test_money_that_ends_before_its_action_is_found_and_told_on_its_page(client, cast, plan):
    row = a_sum(cast)
    row.actions.set([action(1)])
    assert [each.subject for each in findings(plan) if each.rule == "money-ends-before-action"] == ["action:1"]
    client.force_login(cast.ann)
    page = client.get(address("money")).content.decode()
    assert "One sum runs out before what it pays for is done" in page
    assert "runs out in 30 days" in page
    write(row, by=cast.ann, state="mainstreamed")
    assert not [each for each in findings(plan) if each.rule == "money-ends-before-action"]


def test_money_is_seen_by_the_board_and_by_nobody_below_it(client, cast, plan):
    row = a_sum(cast)
    row.actions.set([action(1)])
    for who in (cast.bryn, cast.carys):
        client.force_login(who)
        assert client.get(address("money")).status_code == 403
        page = client.get(address("action", 1)).content.decode()
        assert "Secret grant" not in page
        assert address("money") not in page
        assert not Funding.objects.visible_to(who).exists()
    hold(cast.carys, cast.gwynedd_mon, Role.MEMBER)
    client.force_login(cast.carys)
    assert "Secret grant" in client.get(address("money")).content.decode()
    assert client.get(address("correct", "funding", row.pk)).status_code == 403


def test_a_grant_says_until_when_and_ends_after_it_begins(client, cast, plan):
    client.force_login(cast.ann)
    values = {"title_en": "Fund", "code": "fund", "state": "granted", "seen": ""}
    assert client.post(address("add", "funding"), values).status_code == 422
    assert client.post(address("add", "funding"), values | {"state": "bid", "amount": "-5"}).status_code == 422
    assert client.post(address("add", "funding"), values | {"state": "bid"}).status_code == 302
    with pytest.raises(ValidationError):
        write(Funding.objects.get(), by=cast.ann, from_on=date(2022, 2, 1), to_on=date(2022, 1, 1))


def test_correcting_a_sum_keeps_an_action_that_one_may_not_see(client, cast, plan):
    row = a_sum(cast)
    row.actions.set([action(1), action(3)])
    client.force_login(cast.ann)
    to = row.to_on
    values = {"title_en": "Fund", "code": "grant", "state": "granted", "actions": [action(2).pk], "seen": row.version}
    values |= {"to_on_day": to.day, "to_on_month": to.month, "to_on_year": to.year}
    assert client.post(address("correct", "funding", row.pk), values).status_code == 302
    assert {each.reference for each in row.actions.all()} == {"r/2", "r/3"}


def test_another_partnerships_money_is_not_there(client, cast, plan):
    row = a_sum(cast)
    Plan.objects.create(partnership=cast.wrexham, code="2021-22", from_on=today(), to_on=today())
    client.force_login(cast.dai)
    assert client.get(f"/en/wrexham/desk/plan/2021-22/funding/{row.pk}/correct/").status_code == 404
    assert "Secret grant" not in client.get("/en/wrexham/desk/plan/2021-22/money/").content.decode()


def test_what_runs_out_first_comes_first_and_what_is_lasting_last(cast, plan):
    for code, state, days in (("a", "mainstreamed", 5), ("b", "granted", 90), ("c", "granted", 10)):
        a_sum(cast, code=code, state=state, to_on=today() + timedelta(days=days))
    assert [each.row.code for each in paid(cast.ann, cast.gwynedd_mon, today())] == ["c", "b", "a"]


def everything(cast, plan):
    """Whatever can stand on the page of an action, on that of the first."""
    for number in range(6):
        a_sum(cast, code=f"g{number}", from_on=today()).actions.set([action(1), action(2)])
        Milestone.objects.create(action=action(1), due_on=today(), title_en=f"Milestone {number}")
    Dependency.objects.create(action=action(1), on=action(2))
    Dependency.objects.create(action=action(2), on=action(1))
    SubAction.objects.create(action=action(1), code="1a", title_en="x", body=cast.police)
    CarryOver.objects.create(action=action(1), from_plan="2020-21")
    Consideration.objects.create(action=action(1), of="prevention", weighed_on=date(2021, 6, 1), statement_en="It prevents")
    Venture.objects.create(action=action(1), kind="pilot", need_en="The need", evaluate_by=date(2021, 7, 2), decision="extend")
    RegionalItem.objects.create(partnership=cast.gwynedd_mon, code="i", title_en="x").actions.set([action(1)])
    Number.objects.get(number=1).duties.set([Duty.objects.create(partnership=cast.gwynedd_mon, code="d", title_en="The duty")])
    action(1).areas.set([cast.gwynedd, cast.anglesey])


def test_a_commitment_has_a_status_of_its_own_that_is_set_on_its_form_and_told_on_the_page(client, cast, plan):
    part = SubAction.objects.create(action=action(1), code="1a", title_en="x", body=cast.police)
    client.force_login(cast.ann)
    address = f"/en/gwynedd-mon/desk/plan/{plan.code}/commitment/{part.pk}/correct/"
    told = filled_in(client.get(address).content) | {"status": "complete"}
    assert client.post(address, told).status_code == 302
    part.refresh_from_db()
    assert part.status == "complete"
    (line,) = html.fromstring(client.get(f"/en/gwynedd-mon/desk/plan/{plan.code}/action/1/").content).xpath("//li[b='1a']")
    assert "Complete" in line.text_content()


def test_all_that_stands_on_the_page_of_an_action_is_read_as_it_was_written(client, cast, plan):
    everything(cast, plan)
    client.force_login(cast.ann)
    page = " ".join(client.get(address("action", 1)).content.decode().split())
    for words in (
        "Milestone 5", "Secret grant", "It prevents", "1 June 2021", "The need", "To be evaluated by 2 July 2021", "Extend for a time",
        "The duty", "Isle of Anglesey", "Regional commitments that it bears on",
    ):  # fmt: skip
        assert words in page, words
    assert page.index("Isle of Anglesey") < page.index("Gwynedd</li>"), "areas stand by their codes"
    Duty.objects.update(withdrawn_on=today())
    Milestone.objects.update(withdrawn_on=today())
    page = client.get(address("action", 1)).content.decode()
    assert "The duty" not in page
    assert "Milestone 5" not in page


@pytest.mark.parametrize("who", ["ann", "bryn"])
def test_the_pages_ask_little_with_everything_on_them(client, cast, plan, who, django_assert_max_num_queries):
    everything(cast, plan)
    client.force_login(getattr(cast, who))
    with django_assert_max_num_queries(12):
        assert client.get(address("action", 1)).status_code == 200
    with django_assert_max_num_queries(12):
        client.get(address("money"))
