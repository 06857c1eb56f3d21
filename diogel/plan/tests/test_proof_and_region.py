"""What proves duties, how actions were weighed, ventures, and what the region decides: what the pages tell and who may write it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from diogel.assessment.models import Duty
from diogel.home import today
from diogel.people.models import Group
from diogel.people.tests.cast import bilingual
from diogel.plan.models import (
    Adoption,
    Consideration,
    Escalation,
    GroupReview,
    Judgement,
    Number,
    Plan,
    Principle,
    Proof,
    RegionalItem,
    Venture,
)
from diogel.processes.actions.models import Action

pytestmark = pytest.mark.django_db

PAGES = ("duties", "weighed", "ventures", "regional")


@pytest.fixture
def plan(cast):
    plan = Plan.objects.create(
        partnership=cast.gwynedd_mon,
        code="2021-22",
        from_on=date(2021, 4, 1),
        to_on=date(2022, 3, 31),
        status="in_force",
        **bilingual("Cynllun", "Plan", "title"),
    )
    for number, said in ((1, "First"), (2, "Hidden")):
        action = Action.objects.create(
            kind="action",
            reference=f"r/{number}",
            partnership=cast.gwynedd_mon,
            status="agreed",
            opened_on=date(2021, 4, 1),
            visibility="case" if said == "Hidden" else "partnership",
            **bilingual(f"{said} cy", said, "title"),
        )
        Number.objects.create(plan=plan, action=action, number=number)
    return plan


def action(number):
    return Action.objects.get(reference=f"r/{number}")


def address(name, *args):
    return reverse(f"plan:{name}", args=["gwynedd-mon", "2021-22", *args])


def page(client, name):
    answer = client.get(address(name))
    assert answer.status_code == 200
    return answer.content.decode()


def a_duty(cast, code, **values):
    return Duty.objects.create(partnership=cast.gwynedd_mon, code=code, **bilingual(f"{code} cy", f"Duty {code}", "title"), **values)


def test_a_duty_that_nothing_meets_is_named_as_a_gap_and_one_of_another_time_is_not(client, cast, plan):
    a_duty(cast, "bare")
    a_duty(cast, "later", from_on=date(2023, 1, 1))
    a_duty(cast, "gone", to_on=date(2020, 1, 1))
    Number.objects.get(number=1).duties.set([a_duty(cast, "acted")])
    Proof.objects.create(plan=plan, duty=a_duty(cast, "said"), **bilingual("Fel hyn", "This is how", "sentence"))
    client.force_login(cast.carys)
    told = page(client, "duties")
    assert "Duties that a sentence and a document prove: 0 of 3" in told, "the page opens with what its sheet opens with"
    assert told.count("gap: nothing shows it") == 1
    assert "not yet in force in this plan" in told
    assert "ended before this plan" in told
    assert "This is how" in told
    assert "First" in told


def test_a_duty_met_only_by_an_action_that_one_may_not_see_does_not_name_it(client, cast, plan):
    Number.objects.get(number=2).duties.set([a_duty(cast, "secret")])
    client.force_login(cast.carys)
    assert "Hidden" not in page(client, "duties")


def test_ann_says_how_a_duty_is_met_and_a_withdrawn_sentence_meets_nothing(client, cast, plan):
    duty = a_duty(cast, "bare")
    client.force_login(cast.ann)
    client.post(address("add", "proof"), {"sentence_en": "Like this", "duty": duty.pk, "seen": ""})
    assert "Like this" in page(client, "duties")
    Proof.objects.update(withdrawn_on=today())
    assert "gap: nothing shows it" in page(client, "duties")


def test_an_action_is_weighed_once_against_each_thing(client, cast, plan):
    client.force_login(cast.ann)
    values = {
        "statement_en": "It prevents",
        "of": "prevention",
        "weighed_on_day": "1",
        "weighed_on_month": "6",
        "weighed_on_year": "2021",
        "seen": "",
    }
    door = address("add", "consideration") + "?action=1"
    assert client.post(door, values).url == address("action", 1)
    assert client.post(door, values).status_code == 422
    assert Consideration.objects.count() == 1
    assert "It prevents" in client.get(address("action", 1)).content.decode()
    assert "Every action was weighed" in page(client, "weighed"), "the hidden one is none of hers"


def test_a_test_is_judged_anew_and_the_last_judgement_is_shown(client, cast, plan):
    test = Principle.objects.create(plan=plan, kind="test", code="t", **bilingual("Prawf", "Skills", "title"))
    client.force_login(cast.ann)
    assert "not judged" in page(client, "weighed")
    for day, mark in ((1, 0), (9, 3)):
        Judgement.objects.create(
            plan=plan, principle=test, mark=mark, judged_on=date(2021, 5, day), **bilingual("Am", f"Because {mark}", "evidence")
        )
    told = page(client, "weighed")
    assert "Because 3" in told
    assert "Because 0" not in told
    values = {"evidence_en": "New", "mark": "1", "judged_on_day": "1", "judged_on_month": "6", "judged_on_year": "2021", "seen": ""}
    assert client.post(address("add", "judgement") + f"?principle={test.pk}", values).status_code == 302
    assert client.get(address("add", "judgement") + "?principle=999").status_code == 404


def test_a_pilot_whose_evaluation_is_past_its_day_is_late_and_a_decision_has_its_day(client, cast, plan):
    row = Venture.objects.create(
        action=action(1), kind="pilot", evaluate_by=today() - timedelta(days=1), **bilingual("Angen", "The need", "need")
    )
    Venture.objects.create(action=action(2), kind="pilot", **bilingual("Cudd", "A hidden need", "need"))
    client.force_login(cast.ann)
    told = page(client, "ventures")
    assert "One evaluation is late" in told
    assert "A hidden need" not in told
    values = {"need_en": "The need", "kind": "pilot", "decision": "stop", "seen": row.version}
    door = address("correct", "venture", row.pk)
    assert client.post(door, values).status_code == 422
    assert client.post(door, values | {"decided_on_day": "1", "decided_on_month": "6", "decided_on_year": "2021"}).status_code == 302
    row.refresh_from_db()
    assert (row.decision, row.decided_on) == ("stop", date(2021, 6, 1))


def test_a_review_tells_groups_before_and_after_and_a_merger_names_the_other_group(client, cast, plan):
    one, other = (
        Group.objects.create(partnership=cast.gwynedd_mon, code=code, level="local", **bilingual(code, code, "name"))
        for code in ("Alpha", "Beta")
    )
    client.force_login(cast.ann)
    values = {"group": one.pk, "finding": "merge", "seen": ""}
    assert client.post(address("add", "review"), values).status_code == 422
    assert client.post(address("add", "review"), values | {"into": one.pk}).status_code == 422
    assert client.post(address("add", "review"), values | {"into": other.pk}).status_code == 302
    told = page(client, "ventures")
    assert told.index("Alpha") < told.index("it joins another") < told.rindex("Beta")
    assert GroupReview.objects.get().partnership == cast.gwynedd_mon


def test_each_county_decides_on_a_regional_commitment_once(client, cast, plan):
    item = RegionalItem.objects.create(partnership=cast.gwynedd_mon, code="i", **bilingual("Rhanbarth", "Region", "parent", "title"))
    client.force_login(cast.ann)
    assert "2 decisions of counties are still to be made" in page(client, "regional")
    door = address("add", "adoption") + f"?item={item.pk}"
    values = {"area": cast.gwynedd.pk, "decision": "later", "seen": ""}
    assert client.post(door, values).status_code == 302
    assert client.post(door, values | {"decision": "adopt"}).status_code == 422
    assert Adoption.objects.get().decision == "later"
    assert "One decision of a county is still to be made" in page(client, "regional")


def test_a_difficulty_is_raised_and_becomes_a_local_action(client, cast, plan):
    client.force_login(cast.ann)
    day = {"raised_on_day": "1", "raised_on_month": "6", "raised_on_year": "2021", "seen": ""}
    client.post(address("add", "escalation"), {"title_en": "Nobody takes referrals", **day})
    row = Escalation.objects.get()
    assert "One difficulty waits for a decision" in page(client, "regional")
    values = {"title_en": "Nobody takes referrals", **day, "seen": row.version, "decision": "local"}
    values |= {"decided_on_day": "2", "decided_on_month": "6", "decided_on_year": "2021"}
    door = address("correct", "escalation", row.pk)
    assert client.post(door, values).status_code == 422, "it says which action"
    assert client.post(door, values | {"action": action(1).pk}).status_code == 302
    assert "First" in page(client, "regional")


def test_partners_and_scrutiny_read_these_pages_and_write_nothing_on_them(client, cast, plan):
    item = RegionalItem.objects.create(partnership=cast.gwynedd_mon, code="i", **bilingual("Rhanbarth", "Region", "parent", "title"))
    for who in (cast.bryn, cast.carys):
        client.force_login(who)
        for name in PAGES:
            assert "/add/" not in page(client, name)
        for kind in ("proof", "regional", "escalation", "review"):
            assert client.get(address("add", kind)).status_code == 403
        assert client.post(address("withdraw", "regional", item.pk), {"seen": 1}).status_code == 403
    client.force_login(cast.dai)
    assert all(client.get(address(name)).status_code == 404 for name in PAGES)


def test_another_partnerships_rows_are_not_there_under_ones_own_plan(client, cast, plan):
    item = RegionalItem.objects.create(partnership=cast.gwynedd_mon, code="i", **bilingual("Rhanbarth", "Region", "parent", "title"))
    Plan.objects.create(partnership=cast.wrexham, code="2021-22", from_on=today(), to_on=today())
    client.force_login(cast.dai)
    assert client.get(f"/en/wrexham/desk/plan/2021-22/regional/{item.pk}/correct/").status_code == 404
    assert client.get(f"/en/wrexham/desk/plan/2021-22/add/adoption/?item={item.pk}").status_code == 404


def test_these_pages_ask_little_however_much_stands_on_them(client, cast, plan, django_assert_max_num_queries):
    for n in range(6):
        item = RegionalItem.objects.create(
            partnership=cast.gwynedd_mon, code=f"i{n}", **bilingual("Rhanbarth", "Region", "parent", "title")
        )
        item.actions.set([action(1)])
        Adoption.objects.create(item=item, area=cast.gwynedd, decision="adopt", body=cast.council)
        Escalation.objects.create(partnership=cast.gwynedd_mon, raised_on=today(), raised_by_body=cast.police, item=item, title_en="x")
        proof = Proof.objects.create(plan=plan, duty=a_duty(cast, f"d{n}"), sentence_en="x")
        Number.objects.get(number=1).duties.add(proof.duty)
        test = Principle.objects.create(plan=plan, kind="test", code=f"t{n}", title_en="x")
        Judgement.objects.create(plan=plan, principle=test, mark=1, judged_on=today(), evidence_en="x")
        Venture.objects.create(action=action(1), kind="pilot", need_en="x")
    client.force_login(cast.ann)
    for name in PAGES:
        with django_assert_max_num_queries(12):
            page(client, name)
