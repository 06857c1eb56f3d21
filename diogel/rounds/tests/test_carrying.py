"""An action goes on from one plan into the next: it stays one record, and what was not done in time says why."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from diogel.home import remember
from diogel.people.tests.cast import bilingual
from diogel.people.writing import withdraw
from diogel.plan.carrying import NotCarried, between, carry, carry_all, free_number
from diogel.plan.models import Number, Plan, Priority
from diogel.processes.actions.models import Action, CarryOver
from diogel.rounds.answering import told_before
from diogel.rounds.running import open_round, prepare_round, requests_of
from diogel.rounds.showing import carried_over

from .made import make_plan, tell_before

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 14)
WHY = ("Nid oedd staff", "There was no staff")
DESK = "/en/gwynedd-mon/desk/rounds/carried/"


@pytest.fixture
def plan(cast, own_home):
    own_home.mkdir(parents=True)
    remember(today="2022-03-14")
    return make_plan(cast)


@pytest.fixture
def following(plan):
    return Plan.objects.create(
        partnership=plan.partnership, code="2022-23", status="draft", from_on=date(2022, 4, 1), to_on=date(2023, 3, 31),
        **bilingual("Cynllun nesaf", "Next plan", "title"),
    )  # fmt: skip


def held(plan: Plan, number: int) -> Number:
    return plan.numbers.select_related("plan__partnership", "action", "section").get(number=number)


def test_an_action_gets_its_number_in_the_next_plan_and_stays_the_same_record(cast, plan, following):
    priority = Priority.objects.create(plan=plan, code="p", number=1, **bilingual("Un", "One", "title"))
    again = Priority.objects.create(plan=following, code="p", number=1, **bilingual("Un", "One", "title"))
    held(plan, 1).priorities.set([priority])
    fresh = carry(held(plan, 1), following, number=1, by=cast.ann, on=DAY)
    assert (fresh.action, fresh.number, list(fresh.priorities.all())) == (held(plan, 1).action, 1, [again])
    assert Action.objects.count() == 3
    assert not CarryOver.objects.exists(), "it goes on as it was meant to"
    found = between(cast.ann, cast.gwynedd_mon)
    assert (found.into, [each.number for each in found.open]) == (following, [2, 3])


def test_what_was_not_done_in_time_is_counted_with_its_reason_over_the_years(cast, plan, following):
    first = make_plan(cast, "2020-21")
    Plan.objects.filter(pk=first.pk).update(from_on=date(2020, 4, 1), to_on=date(2021, 3, 31), status="closed")
    first.refresh_from_db()
    plan.numbers.get(number=3).delete()
    into = carry(held(first, 3), plan, number=3, by=cast.ann, on=DAY, reason=WHY, is_checked=True, months=12)
    into.plan.partnership = cast.gwynedd_mon
    carry(into, following, number=7, by=cast.ann, on=DAY, reason=WHY, is_checked=True, months=6)
    (row,) = carried_over(following, cast.ann)
    assert (row.told.times, row.told.months, row.told.same_reason, row.held.number) == (2, 18, True, 7)
    assert list(CarryOver.objects.values_list("from_plan", "from_number", "reason_state")) == [
        ("2020-21", "3", "checked"),
        ("2021-22", "3", "checked"),
    ]


def test_the_next_plans_round_begins_with_what_was_said_in_the_last(cast, plan, following):
    tell_before(plan, 1)
    carry(held(plan, 1), following, number=4, by=cast.ann, on=DAY)
    Plan.objects.filter(pk=following.pk).update(status="in_force")
    following.refresh_from_db()
    from diogel.analysis.periods import Quarter

    round_ = prepare_round(following, Quarter.parse("2022-06"), by=cast.ann, on=date(2022, 7, 3))
    open_round(round_, by=cast.ann, on=date(2022, 7, 3))
    (request,) = requests_of(round_)
    assert (request.number, told_before(request).text_en) == (4, "Two sessions.")


def test_what_cannot_be_carried_is_refused_in_words_and_nothing_is_written(cast, plan, following):
    carry(held(plan, 1), following, number=1, by=cast.ann, on=DAY)
    for number, into, said in ((2, plan, "later plan"), (2, following, "bears this number"), (1, following, "already")):
        with pytest.raises(NotCarried, match=said):
            carry(held(plan, number), into, number=1, by=cast.ann, on=DAY, reason=WHY)
    for who in (cast.bryn, cast.carys, cast.dai):
        with pytest.raises(PermissionDenied):
            carry(held(plan, 2), following, number=2, by=who, on=DAY)
    Plan.objects.filter(pk=following.pk).update(status="closed")
    following.refresh_from_db()
    with pytest.raises(NotCarried):
        carry(held(plan, 2), following, number=2, by=cast.ann, on=DAY)
    assert (following.numbers.count(), CarryOver.objects.count()) == (1, 0)


def test_a_number_that_is_taken_gives_way_to_the_next_after_the_last(cast, plan, following):
    other = Action.objects.create(kind="action", reference="new", partnership=cast.gwynedd_mon, status="agreed", opened_on=DAY,
                                  **bilingual("Newydd", "New", "title"))  # fmt: skip
    Number.objects.create(plan=following, action=other, number=2)
    assert carry_all(between(cast.ann, cast.gwynedd_mon).open, following, by=cast.ann, on=DAY) == 3
    assert dict(following.numbers.values_list("number", "action__reference")) == {1: "2021-22/1", 2: "new", 3: "2021-22/2", 4: "2021-22/3"}


def test_what_is_done_is_not_offered_and_without_a_next_plan_nothing_is(cast, client, plan):
    Action.objects.filter(reference="2021-22/2").update(status="complete")
    found = between(cast.ann, cast.gwynedd_mon)
    assert (found.into, [each.number for each in found.open]) == (None, [1, 3])
    client.force_login(cast.ann)
    assert "2 actions of “Plan” are still open" in client.get(DESK).content.decode()
    assert "Begin the next plan first" in client.get(f"{DESK}{held(plan, 1).pk}/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("language", "said", "done"),
    [("en", "Still open, and in no later plan", "2 actions are taken"), ("cy", "Yn dal ar agor", "Mae dau gam gweithredu wedi")],
)
def test_the_page_takes_what_is_ticked_and_asks_why_of_the_rest(cast, client, plan, following, language, said, done):
    client.force_login(cast.ann)
    desk = DESK.replace("/en/", f"/{language}/")
    assert said in client.get(desk).content.decode()
    ticked = [str(held(plan, number).pk) for number in (1, 2)]
    assert done in client.post(f"{desk}take-over/", {"action": ticked}, follow=True).content.decode()
    page = f"{desk}{held(plan, 3).pk}/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"number": "3", "reason_cy": "", "reason_en": ""}).status_code == 422, "its reason is asked"
    assert client.post(page, {"number": "2", "reason_en": WHY[1]}).status_code == 422, "the number is another’s"
    assert (
        client.post(page, {"number": "3", "reason_en": WHY[1], "months": "5"}).url == f"/{language}/gwynedd-mon/desk/plan/2022-23/action/3/"
    )
    row = CarryOver.objects.get()
    assert (row.reason_en, row.months, row.carried_on, row.reason_state) == (WHY[1], 5, DAY, "missing")
    assert said not in client.get(desk).content.decode()


def test_only_who_writes_the_plan_carries(cast, client, plan, following):
    key = held(plan, 1).pk
    for user, sees, does in ((None, 302, 302), (cast.bryn, 200, 403), (cast.carys, 200, 403), (cast.dai, 404, 404)):
        client.logout()
        if user:
            client.force_login(user)
        assert client.get(DESK).status_code == sees
        assert client.post(f"{DESK}take-over/", {"action": [str(key)]}).status_code == does
        assert client.post(f"{DESK}{key}/", {"number": "1", "reason_en": "x"}).status_code == does
    client.force_login(cast.ann)
    assert client.get(f"{DESK}take-over/").status_code == 405
    assert not following.numbers.exists()


def test_what_is_taken_out_of_the_later_plan_is_open_again_and_comes_back_under_its_number(cast, plan, following):
    fresh = carry(held(plan, 1), following, number=1, by=cast.ann, on=DAY)
    withdraw(fresh, by=cast.ann, seen=fresh.version)
    assert [each.number for each in between(cast.ann, cast.gwynedd_mon).open] == [1, 2, 3]
    assert free_number(following, held(plan, 1)) == 1
    carry(held(plan, 1), following, number=1, by=cast.ann, on=DAY)
    assert following.numbers.standing().get().pk == fresh.pk
