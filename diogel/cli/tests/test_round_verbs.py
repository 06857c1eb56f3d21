"""The verbs of rounds and letters: opened, sent and chased in one command, shown without names, refused in words."""

from __future__ import annotations

import json

import pytest

from diogel.cli import main
from diogel.home import remember
from diogel.people.models import Holding
from diogel.people.tests.cast import bilingual, make_person
from diogel.plan.models import Number
from diogel.post.models import Letter
from diogel.processes.actions.models import Action
from diogel.rounds.models import Round
from diogel.rounds.tests.made import make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(cast, own_home):
    own_home.mkdir(parents=True)
    remember(today="2022-01-17")
    return make_plan(cast)


def told(capsys) -> dict:
    return json.loads(capsys.readouterr().out)


def test_one_command_opens_sends_and_chases_and_again_repeats_nothing(home, capsys, mailoutbox):
    remember(today="2022-01-04")
    assert main(["round", "open", "gwynedd-mon", "--json"]) == 0
    assert told(capsys)["sending"]["sent"] == 2
    remember(today="2022-01-17")
    for again in (2, 0):
        assert main(["round", "open", "gwynedd-mon", "--chase", "--json"]) == 0
        shown = told(capsys)
        assert (shown["asked"], shown["late"], shown["sending"]["sent"]) == (3, 3, again)
    assert len(mailoutbox) == 4
    assert main(["round", "chase", "gwynedd-mon", "--json"]) == 0
    assert len(mailoutbox) == 4


def test_a_round_is_shown_without_names(home, capsys):
    main(["round", "open", "gwynedd-mon", "--no-send"])
    capsys.readouterr()
    assert main(["round", "show", "gwynedd-mon"]) == 1
    out = capsys.readouterr().out
    assert "Asked: 3. People: 2. Came: 0. Late: 3." in out
    assert not {"Bryn", "Ann", "example.org"} & set(out.replace(",", " ").split())
    assert main(["post", "show", "gwynedd-mon", "--json"]) == 0
    assert [each["state"] for each in told(capsys)] == ["queued", "queued"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["round", "open", "nowhere"], "There is no partnership"),
        (["round", "open", "gwynedd-mon", "--quarter-ending", "2022-02"], "No quarter ends in"),
        (["round", "open", "gwynedd-mon", "--quarter-ending", "2022-03"], "has not ended yet"),
        (["round", "open", "gwynedd-mon", "--plan", "none"], "There is no such plan"),
        (["round", "show", "gwynedd-mon"], "There is no such round"),
        (["round", "chase", "gwynedd-mon"], "There is no such round"),
        (["post", "show", "gwynedd-mon", "--state", "lost"], "There is no state lost"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_done(home, capsys, words, said):
    assert main(words) == 2
    assert said in capsys.readouterr().err
    assert not Round.objects.exists()


def test_a_round_that_cannot_be_opened_is_not_left_prepared(home, capsys):
    main(["round", "open", "gwynedd-mon", "--no-send"])
    assert main(["round", "open", "gwynedd-mon", "--quarter-ending", "2021-09"]) == 2
    assert "is still open" in capsys.readouterr().err
    assert Round.objects.get().quarter == "2021-12"


def test_the_night_follows_the_clock_once(home, capsys, mailoutbox):
    remember(today="2022-01-04")
    main(["round", "open", "gwynedd-mon"])
    remember(today="2022-01-10")
    states = []
    for _night in (1, 2):
        capsys.readouterr()
        assert main(["nightly", "--only", "rounds", "--partnership", "gwynedd-mon", "--json"]) == 0
        states.append(told(capsys)["done"][0]["state"])
    assert states == ["worked_out", "unchanged"]
    assert len(mailoutbox) == 4


@pytest.mark.slow
def test_two_hundred_actions_and_sixty_people_in_one_command(cast, home, capsys, mailoutbox, django_assert_max_num_queries):
    people = [make_person(f"Un{at}", "Enw", cast.police) for at in range(60)]
    Holding.objects.bulk_create(Holding(person=each, partnership=cast.gwynedd_mon, role="partner_officer") for each in people)
    for at in range(197):
        action = Action.objects.create(
            kind="action", reference=f"many/{at}", partnership=cast.gwynedd_mon, status="in_progress", opened_on=home.from_on,
            lead_body=cast.police, **bilingual("Gwaith", "Work", "title"),
        )  # fmt: skip
        action.bodies.set([cast.police])
        Number.objects.create(plan=home, action=action, number=100 + at)
        action.updates.create(quarter="2021-09", state="filed", status="in_progress", filed_by=people[at % 60])
    with django_assert_max_num_queries(400):
        assert main(["round", "open", "gwynedd-mon", "--chase", "--json"]) == 0
    shown = told(capsys)
    assert (shown["asked"], shown["people"], len(mailoutbox)) == (200, 62, 62)
    with django_assert_max_num_queries(40):
        assert main(["round", "open", "gwynedd-mon", "--chase", "--json"]) == 0
    assert len(mailoutbox) == 62, "everybody was written to today"
    assert Letter.objects.filter(state="sent").count() == 62
