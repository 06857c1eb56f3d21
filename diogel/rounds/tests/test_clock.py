"""The clock of a round: days that clash are refused in words, and what was asked for follows the days that are set."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from diogel.home import remember
from diogel.people.access import Installation
from diogel.post.models import Letter, SignedLink
from diogel.processes.actions.models import Update
from diogel.rounds.models import Round
from diogel.rounds.running import follow_the_clock, open_round, prepare_round, set_clock

from .made import D3, D10, D15, D17, QUARTER, make_plan, make_round

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"escalate_day": 5}, "told on day 5 that answers are late which may come until day 14"),
        ({"due_day": 18}, "told on day 18 that answers are late which may come until day 18"),
        ({"request_day": 15}, "due on day 14, before the requests go out on day 15"),
        ({"remind_days": "3, 10"}, "go out on day 3, not after the requests, which go out on day 3"),
        ({"remind_days": "40"}, "go out on day 40, after the priority lead was told on day 18"),
    ],
)
def test_days_that_clash_are_refused_and_named(cast, days, said):
    made = make_round(cast)
    for deed in (
        lambda: set_clock(made.round, by=cast.ann, seen=made.round.version, on=D3, **days),
        lambda: prepare_round(make_plan(cast, "2021-24"), QUARTER, by=cast.ann, on=D3, **days),
    ):
        with pytest.raises(ValidationError) as refusal:
            deed()
        assert said in " ".join(refusal.value.messages)
    assert [each.due_day for each in Round.objects.all()] == [14]


def test_where_the_clock_is_refused_the_page_says_so_at_each_day(cast, client, own_home):
    own_home.mkdir(parents=True)
    remember(today="2022-01-17")
    made = make_round(cast)
    client.force_login(cast.ann)
    days = {"request_day": "35", "remind_days": "40", "due_day": "30", "escalate_day": "5", "seen": str(made.round.version)}
    answer = client.post(f"/en/gwynedd-mon/desk/rounds/{made.round.pk}/clock/", days)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert all(f'href="#id_{name}"' in page for name in ("remind_days", "due_day", "escalate_day"))


def test_open_updates_are_due_when_the_clock_says(cast):
    made = make_round(cast)
    follow_the_clock(made.round, by=Installation(), on=D15)
    assert set(Update.objects.filter(quarter="2021-12").values_list("state", flat=True)) == {"late"}
    made.round.refresh_from_db()
    set_clock(made.round, by=cast.ann, seen=made.round.version, on=D17, due_day=30, escalate_day=35)
    rows = Update.objects.filter(quarter="2021-12")
    assert set(rows.values_list("state", "due_on")) == {("asked", date(2022, 1, 30))}
    set_clock(made.round, by=cast.ann, seen=made.round.version, on=D17, due_day=16)
    assert set(rows.values_list("due_on", flat=True)) == {date(2022, 1, 16)}
    assert Update.objects.get(quarter="2021-09").due_on is None


def test_the_clock_of_a_round_that_is_only_prepared_makes_nothing_due(cast):
    round_ = prepare_round(make_plan(cast), QUARTER, by=cast.ann, on=D3)
    set_clock(round_, by=cast.ann, seen=round_.version, on=D3, due_day=16)
    assert set(Update.objects.values_list("due_on", flat=True)) == {None}
    open_round(round_, by=cast.ann, on=D3)
    assert set(Update.objects.values_list("due_on", flat=True)) == {date(2022, 1, 16)}


def test_letters_that_have_not_gone_name_the_new_day_and_links_outlast_it(cast):
    round_ = prepare_round(make_plan(cast), QUARTER, by=cast.ann, on=date(2022, 1, 1))
    open_round(round_, by=cast.ann, on=date(2022, 1, 1))
    Letter.objects.filter(person=cast.ann.person).update(state="sent")
    set_clock(
        round_, by=cast.ann, seen=round_.version, on=date(2022, 1, 2), request_day=10, remind_days="20", due_day=100, escalate_day=110
    )
    gone, waits = (Letter.objects.get(person=user.person) for user in (cast.ann, cast.bryn))
    assert (gone.send_on, "14 Ionawr 2022" in gone.subject) == (D3, True)
    assert (waits.send_on, "10 Ebrill 2022" in waits.subject) == (D10, True)
    assert any("10 Ebrill 2022" in each for each in waits.paragraphs)
    assert all(link.expires_on > round_.due_on for link in SignedLink.objects.all())
