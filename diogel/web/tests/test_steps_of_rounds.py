"""What a round puts among the next steps: for its co-ordinator, for who is late, for the chair."""

from __future__ import annotations

import re
from datetime import date

import pytest

from diogel.analysis.periods import Quarter
from diogel.home import remember
from diogel.indicators.models import Measure, Silence
from diogel.people.access import Role
from diogel.people.tests.cast import bilingual, hold, make_person, make_user
from diogel.plan.models import Number, Plan
from diogel.post.links import path_of
from diogel.post.models import SignedLink
from diogel.processes.actions.models import Action
from diogel.rounds.models import Answer, Round
from diogel.rounds.running import open_round, prepare_round
from diogel.rounds.tests.made import D3, QUARTER, Asked, add_action, make_plan, make_round
from diogel.web.steps import Step, few

pytestmark = pytest.mark.django_db
HOME = "/en/gwynedd-mon/desk/"


@pytest.fixture
def day(own_home):
    own_home.mkdir(parents=True)
    return lambda on: remember(today=on)


def make_large_round(cast) -> Asked:
    """A round about 23 actions, of which the police are asked about 22."""
    plan = make_plan(cast)
    for number in range(4, 24):
        add_action(plan, number, cast.police)
    made = prepare_round(plan, QUARTER, by=cast.ann, on=D3)
    open_round(made, by=cast.ann, on=D3)
    return Asked(cast, plan, made)


def words(client, user) -> str:
    client.force_login(user)
    return client.get(HOME).content.decode().partition("<main")[2]


def test_who_is_late_is_led_to_their_own_page_and_the_co_ordinator_to_the_round(client, cast, day):
    day("2022-01-17")
    made = make_round(cast)
    assert made.page(cast.bryn) in words(client, cast.bryn)
    page = words(client, cast.ann)
    assert "3 updates of the open round have not come" in page
    assert f"/desk/rounds/{made.round.pk}/" in page
    assert made.token(cast.bryn) not in page
    assert "open round" not in words(client, cast.bryn)


def test_what_is_late_in_each_of_two_open_rounds_is_a_step(client, cast, day):
    day("2022-01-17")
    made = make_round(cast)
    other = prepare_round(make_plan(cast, "2021-24"), Quarter.parse("2021-09"), by=cast.ann, on=D3)
    open_round(other, by=cast.ann, on=D3)
    page = words(client, cast.ann)
    assert all(f'href="{HOME}rounds/{each.pk}/"' in page for each in (made.round, other))


def test_nobody_is_led_to_a_link_that_opens_nothing_any_more(client, cast, day):
    day("2022-01-17")
    make_round(cast)
    first = SignedLink.objects.get(person=cast.bryn.person)
    SignedLink.objects.filter(pk=first.pk).update(expires_on="2022-01-16")
    page = words(client, cast.bryn)
    assert path_of(first, "en") not in page
    assert "/desk/plan/2021-22/action/1/update/2021-12/" in page
    same = {"purpose": first.purpose, "about": first.about, "person": first.person, "partnership": first.partnership}
    second = SignedLink.objects.create(expires_on="2022-03-01", **same)
    assert path_of(second, "en") in words(client, cast.bryn)
    SignedLink.objects.filter(pk=first.pk).update(expires_on="2022-03-01")
    assert path_of(second, "en") in words(client, cast.bryn), "the newest of several"


def test_a_round_that_nobody_opened_is_a_step_from_the_third_day(client, cast, day):
    make_plan(cast)
    day("2022-01-02")
    assert "Nobody has been asked yet" not in words(client, cast.ann)
    day("2022-01-03")
    assert "Nobody has been asked yet" in words(client, cast.ann)
    assert "Nobody has been asked yet" not in words(client, cast.bryn)


def test_the_chair_is_told_first_what_waits_for_the_same_reason_again(client, cast, day):
    day("2022-01-04")
    made = make_round(cast)
    chair = make_user(make_person("Goronwy", "Llwyn", cast.police))
    hold(chair, cast.gwynedd_mon, Role.CHAIR)
    for year in ("2019-20", "2020-21"):
        made.plan.numbers.get(number=3).action.carry_overs.create(from_plan=year, reason_en="No staff", reason_cy="Dim staff", months=5)
    page = words(client, chair)
    assert "Action 3 was carried over for the same reason again: Work 3" in page
    assert "same reason again" not in words(client, cast.ann)


def test_of_many_updates_a_few_are_named_and_the_rest_is_one_line_that_leads_to_all(client, cast, day):
    day("2022-01-17")
    made = make_large_round(cast)
    rounds_page = f"/en/gwynedd-mon/desk/rounds/{made.round.pk}/"
    page = words(client, cast.ann)
    assert "23 things are late" in page
    assert re.findall(r"Action (\d+) has no update for this quarter", page) == ["1", "2", "3"]
    assert "20 more actions have no update for their quarter" in page
    rest = page.partition("20 more actions")[2].partition("</li>")[0]
    assert f'href="{rounds_page}"' in rest
    page = words(client, cast.bryn)
    assert page.count("has no update for this quarter") == 3
    rest = page.partition("19 more actions")[2].partition("</li>")[0]
    assert f'href="{made.page(cast.bryn)}"' in rest, "who is asked by link writes there"
    Round.objects.update(withdrawn_on="2022-01-17")
    assert "/desk/plan/2021-22/" in words(client, cast.ann).partition("20 more actions")[2].partition("</li>")[0]


def test_the_home_asks_twelve_times_however_much_waits(client, cast, day, django_assert_max_num_queries):
    day("2022-04-19")
    made = make_large_round(cast)
    following = {"partnership": cast.gwynedd_mon, "code": "2022-23", "from_on": "2022-04-01", "to_on": "2023-03-31"}
    Plan.objects.create(**following, **bilingual("Cynllun nesaf", "Next plan", "title"))
    made.plan.numbers.first().action.updates.get().requests.update(person=cast.ann.person)
    SignedLink.objects.update(person=cast.ann.person, expires_on="2022-06-01")
    Answer.objects.create(request=made.request(2), language="en", text="More", sent_on="2022-01-10")
    measure = Measure.objects.create(partnership=cast.gwynedd_mon, code="calls", **bilingual("Galwadau", "Calls", "title"))
    Silence.objects.create(partnership=cast.gwynedd_mon, flow="measure", subject=measure.code, since_on=D3, due_on=D3, noticed_on=D3)
    page = words(client, cast.ann)
    told = (
        "20 more actions have no update for their quarter",
        "updates of the open round have not come",
        "An answer came too late and waits for you",
        "23 actions of the plan before are not in the new one yet",
        "Calls: no figure later than",
        "The year of the plan that ended on 31 March 2022 has no report yet",
    )
    assert [each for each in told if each not in page] == []
    with django_assert_max_num_queries(12):
        client.get(HOME)


def test_five_of_a_kind_stand_one_by_one_and_what_is_late_apart_from_what_is_to_come(cast):
    def steps(*days: int) -> list[Step]:
        return [Step(date(2022, 1, each), f"{each}", "", "") for each in days]

    def told(*days: int) -> list[tuple[str, int]]:
        few_ = few(steps(*days), date(2022, 1, 15), lambda n: f"{n} more", "/all/")
        return [(step.sentence, step.stands_for) for step in few_]

    assert told(5, 4, 3, 2, 1) == [("1", 1), ("2", 1), ("3", 1), ("4", 1), ("5", 1)]
    assert told(6, 5, 4, 3, 2, 1) == [("1", 1), ("2", 1), ("3", 1), ("3 more", 3)]
    assert told(*range(1, 21)) == [("1", 1), ("2", 1), ("3", 1), ("11 more", 11), ("15", 1), ("16", 1), ("17", 1), ("3 more", 3)]


def test_what_came_too_late_is_first_among_what_is_next_and_not_late_itself(client, cast, day):
    day("2022-01-17")
    made = make_round(cast)
    asked = made.request(1)
    Answer.objects.create(request=asked, language="en", text="More", sent_on="2022-01-10")
    _late, coming = words(client, cast.ann).split('<h2 class="dg-h2">')[1:]
    assert "An answer came too late and waits for you" in coming
    assert "It came on 10 January 2022." in coming
    assert "late</" not in coming.partition("</li>")[0]


def test_no_step_that_is_late_stands_under_what_is_next(client, cast, day):
    day("2022-01-19")
    make_round(cast)
    late, *coming = words(client, cast.ann).split('<h2 class="dg-h2">')[1:]
    assert "3 updates of the open round have not come" in late, "they were to be told on from the 18th"
    assert not any("late" in each for each in coming)


@pytest.mark.parametrize(("language", "one", "two"), [
    ("en", "One action of the plan before is not in the new one yet", "2 actions of the plan before are not in the new one yet"),
    ("cy", "Nid yw un cam gweithredu o’r cynllun blaenorol", "Nid yw dau gam gweithredu o’r cynllun blaenorol"),
])  # fmt: skip
def test_what_is_open_and_not_in_the_next_plan_is_a_step_for_who_writes_it(client, cast, day, language, one, two):
    day("2022-03-14")
    plan = make_plan(cast)
    desk = HOME.replace("/en/", f"/{language}/")

    def page(user=cast.ann) -> str:
        client.force_login(user)
        return client.get(desk).content.decode().partition("<main")[2]

    words_of_it = one.partition(" ")[2][-20:]
    assert words_of_it not in page(), "no later plan is begun"
    following = Plan.objects.create(
        partnership=plan.partnership, code="2022-23", status="draft", from_on="2022-04-01", to_on="2023-03-31",
        **bilingual("Cynllun nesaf", "Next plan", "title"),
    )  # fmt: skip
    first, *rest = plan.numbers.all()
    Number.objects.create(plan=following, action=first.action, number=1)
    assert two in page()
    assert f"/{language}/gwynedd-mon/desk/rounds/carried/" in page()
    assert two not in page(cast.bryn)
    Number.objects.create(plan=following, action=rest[0].action, number=2)
    assert one in page()
    Action.objects.filter(pk=rest[1].action_id).update(status="complete")
    assert words_of_it not in page()


def test_a_round_that_nobody_has_opened_is_a_step_and_late_in_nothing(client, cast, day):
    day("2022-01-17")
    round_ = prepare_round(make_plan(cast), Quarter.parse("2021-12"), by=cast.ann, on=D3)
    page = words(client, cast.ann)
    assert "A round is prepared, and nobody has been asked yet" in page
    assert f'href="{HOME}rounds/{round_.pk}/"' in page
    assert "late" not in page
    assert "has no update" not in page
    assert "has no update" not in words(client, cast.bryn), "nor of anybody who was not asked"
