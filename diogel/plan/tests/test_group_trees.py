"""The groups before and after their review: nothing is lost, and what answered to a group that is gone answers to another."""

import re
from datetime import date

import pytest

from diogel.people.models import Group
from diogel.people.tests.cast import bilingual
from diogel.plan.group_trees import trees_of
from diogel.plan.models import GroupReview, Number, Plan, Venture
from diogel.processes.actions.models import Action

pytestmark = pytest.mark.django_db
IN_TIME, BEFORE, AFTER = date(2021, 11, 24), date(2020, 5, 1), date(2022, 5, 1)


@pytest.fixture
def plan(cast):
    """A board with three groups below it, and one below the last of those."""
    plan = Plan.objects.create(
        partnership=cast.gwynedd_mon, code="2021-22", from_on=date(2021, 4, 1), to_on=date(2022, 3, 31), **bilingual("C", "Plan", "title")
    )
    above = {"board": None, "alpha": "board", "beta": "board", "gamma": "board", "delta": "gamma", "apart": None}
    made = {}
    for order, (code, parent) in enumerate(above.items()):
        name = bilingual(f"{code} cy", code.capitalize(), "name")
        made[code] = Group.objects.create(
            partnership=cast.gwynedd_mon, code=code, order=order, parent=made.get(parent), level="local", **name
        )
    return plan


def group(code):
    return Group.objects.get(code=code)


def review(plan, code, finding, into="", on=IN_TIME):
    return GroupReview.objects.create(
        partnership=plan.partnership, group=group(code), finding=finding, into=group(into) if into else None, decided_on=on
    )


def drawn(plan):
    """Both trees as nested lists of codes."""

    def codes(places):
        return [[place.group.code, *codes(place.below)] if place.below else place.group.code for place in places]

    trees = trees_of(plan, list(Group.objects.standing()), list(GroupReview.objects.standing()))
    return codes(trees.before), codes(trees.after), trees.others


def test_what_joins_another_or_ends_is_gone_after_and_what_is_new_was_not_there_before(plan):
    review(plan, "alpha", "keep")
    review(plan, "beta", "merge", "alpha")
    review(plan, "delta", "create")
    review(plan, "gamma", "close")
    assert drawn(plan) == ([["board", "alpha", "beta", "gamma"]], [["board", "alpha", "delta"]], 1)


def test_what_answered_to_a_group_that_joined_another_answers_to_that_one_however_far_it_goes(plan):
    review(plan, "gamma", "merge", "beta")
    review(plan, "beta", "merge", "alpha")
    before, after, others = drawn(plan)
    assert before == [["board", "alpha", "beta", ["gamma", "delta"]]]
    assert after == [["board", ["alpha", "delta"]]]
    assert others == 1, "what stands apart is not drawn"


def test_a_group_that_joins_the_one_below_it_and_a_ring_of_mergers_lose_nobody_else(plan):
    review(plan, "gamma", "merge", "delta")
    assert drawn(plan)[1] == [["board", "delta"]]
    GroupReview.objects.all().delete()
    review(plan, "gamma", "merge", "beta")
    review(plan, "beta", "merge", "gamma")
    assert "delta" in str(drawn(plan)[1])


def test_only_what_was_decided_within_the_plan_or_not_yet_is_a_change_of_it(plan):
    review(plan, "alpha", "close", on=BEFORE)
    review(plan, "beta", "close", on=AFTER)
    review(plan, "gamma", "close", on=None)
    assert drawn(plan) == ([["board", ["gamma", "delta"]]], [["board", "delta"]], 2)


def test_a_group_that_was_withdrawn_after_its_review_still_stood_before(plan):
    review(plan, "beta", "close")
    Group.objects.filter(code="beta").update(withdrawn_on=date(2021, 12, 1))
    assert drawn(plan)[:2] == ([["board", "beta"]], ["board"])


def test_the_page_draws_both_trees_with_their_marks_and_says_how_many_stand_as_before(client, cast, plan):
    review(plan, "alpha", "keep")
    row = review(plan, "beta", "merge", "alpha", on=None)
    action = Action.objects.create(kind="action", reference="r", partnership=cast.gwynedd_mon, status="agreed", opened_on=IN_TIME)
    Number.objects.create(plan=plan, action=action, number=1)
    Venture.objects.create(action=action, kind="pilot", need_en="x")
    client.force_login(cast.ann)
    page = client.get("/en/gwynedd-mon/desk/plan/2021-22/services/").content.decode()
    before, after = page.index('id="before"'), page.index('id="after"')
    assert before < page.index("it joins: Alpha") < after < page.index("Takes in: Beta")
    assert before < page.index("not decided yet") < after
    assert "Other groups, which stand as before: 3." in page
    assert re.findall(r"<small>([^<]*)", page[before : page.index("<table", after)]) == ["not decided yet"]
    door = f"/en/gwynedd-mon/desk/plan/2021-22/review/{row.pk}/correct/"
    told = {
        "group": row.group_id,
        "finding": "merge",
        "into": row.into_id,
        "seen": row.version,
        "scope_en": "All",
        "terms_en": "Meets monthly",
    }
    assert client.post(door, told).status_code == 302
    page = client.get("/en/gwynedd-mon/desk/plan/2021-22/services/").content.decode()
    assert "Looked at: All" in page
    assert "Terms of reference from then on: Meets monthly" in page
