"""What a round puts among the next steps: for its co-ordinator, for who is late, for the chair."""

from __future__ import annotations

import pytest

from diogel.home import remember
from diogel.people.access import Role
from diogel.people.tests.cast import hold, make_person, make_user
from diogel.rounds.tests.made import make_plan, make_round

pytestmark = pytest.mark.django_db
HOME = "/en/gwynedd-mon/desk/"


@pytest.fixture
def day(own_home):
    own_home.mkdir(parents=True)
    return lambda on: remember(today=on)


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
