"""A round from preparation to close: who is asked, what is sent when, and what is refused in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from diogel.analysis.periods import Quarter
from diogel.audit.models import Entry
from diogel.people.access import Installation, Role
from diogel.people.models import Holding
from diogel.people.tests.cast import hold, make_person, make_user
from diogel.people.writing import write
from diogel.post.delivery import send_queued
from diogel.post.models import Letter
from diogel.processes.actions.models import Accepted, Update
from diogel.processes.actions.progress import file_update
from diogel.records.owners import set_owners
from diogel.rounds.asking import pass_on
from diogel.rounds.models import Round
from diogel.rounds.running import (
    RoundRefused,
    accept_answers,
    ask,
    chase,
    close_round,
    follow_the_clock,
    open_round,
    prepare_round,
    requests_of,
)
from diogel.rounds.showing import asked, carried_over, to_ring

from .made import D3, D10, D14, D15, D17, D18, QUARTER, make_plan, make_round, tell_before

pytestmark = pytest.mark.django_db
CLOCK = Installation()


@pytest.fixture
def made(cast):
    return make_round(cast)


def letters(**which) -> list[tuple[str, str]]:
    return [(each.person.given, each.kind) for each in Letter.objects.filter(**which).order_by("pk").select_related("person")]


def file_it(made, number: int) -> None:
    update = made.request(number).update
    file_update(update, by=made.cast.ann, seen=update.version, pairs={"text": ("Wedi’i wneud", "Done")}, status="in_progress", rag="green")


def test_each_gets_one_letter_in_their_own_language_about_all_of_theirs(cast, made):
    assert sorted(letters()) == [("Ann", "request"), ("Bryn", "request")]
    letter = Letter.objects.get(person=cast.bryn.person)
    text = "\n".join(letter.paragraphs)
    assert ("1. Gwaith 1\n2. Gwaith 2" in text, "Gwaith 3" in text) == (True, False)
    assert "14 Ionawr 2022" in letter.subject
    cast.bryn.person.language = "en"
    assert not any(name in text for name in ("Bryn", "Ann", "Dychmygol"))


def test_updates_are_asked_for_with_the_day_they_are_due(made):
    update = made.request(2).update
    assert (update.state, update.due_on) == ("asked", D14)


def test_nothing_is_due_before_the_round_is_opened(cast):
    plan = make_plan(cast)
    round_ = prepare_round(plan, QUARTER, by=cast.ann, on=D17)
    assert {(each.update.due_on, each.days_late(D18)) for each in requests_of(round_)} == {(None, 0)}
    open_round(round_, by=cast.ann, on=D17)
    assert {(each.update.due_on, each.days_late(D18)) for each in requests_of(round_)} == {(D14, 4)}


def test_whoever_answered_last_is_asked_again(cast):
    plan = make_plan(cast)
    tell_before(plan, 1, filed_by=cast.ann.person)
    round_ = prepare_round(plan, QUARTER, by=cast.ann, on=D3)
    assert [each.person for each in requests_of(round_)] == [cast.ann.person, cast.bryn.person, cast.ann.person]


def test_the_lead_person_of_an_action_is_asked_before_who_answered_last(cast):
    plan = make_plan(cast)
    tell_before(plan, 1, filed_by=cast.bryn.person)
    action = plan.numbers.get(number=1).action
    set_owners(action, [cast.ann.person, cast.carys.person], by=cast.ann, seen=action.version)
    round_ = prepare_round(plan, QUARTER, by=cast.ann, on=D3)
    assert requests_of(round_)[0].person == cast.ann.person, "Carys sits on scrutiny, and answers for no action"


def test_who_has_left_is_not_asked_and_nobody_is_a_line_to_ring(cast):
    plan = make_plan(cast)
    tell_before(plan, 1, filed_by=cast.bryn.person)
    Holding.objects.filter(person=cast.bryn.person).update(to_on=date(2021, 12, 31))
    round_ = prepare_round(plan, QUARTER, by=cast.ann, on=D3)
    open_round(round_, by=cast.ann, on=D3)
    assert letters() == [("Ann", "request")]
    (ring,) = to_ring(asked(round_, requests_of(round_), on=D3))
    assert (ring.person, ring.numbers) == (None, "1, 2")


def test_a_lead_without_an_address_is_listed_to_be_rung(cast):
    cast.bryn.person.email = ""
    cast.bryn.person.save()
    round_ = make_round(cast).round
    assert letters() == [("Ann", "request")]
    (ring,) = to_ring(asked(round_, requests_of(round_), on=D3))
    assert (ring.person, ring.numbers) == (cast.bryn.person, "1, 2")
    assert chase(round_, by=cast.ann, on=D10) == 1, "Ann alone can be written to"


def test_the_last_letter_is_the_last_that_asked_its_reader_about_the_action(cast, made):
    first = Letter.objects.get(person=cast.ann.person)
    passed = pass_on(made.request(1), to=cast.ann.person, by=cast.ann, seen=1, why="", on=D10)
    shown = {row.request.number: row.letter for row in asked(made.round, requests_of(made.round), on=D10)}
    assert (shown[1], shown[3]) == (None, first), "what she had before was about another action"
    ask(made.round, [passed], on=D10, mark=f"{passed.pk}-{passed.version}")
    shown = {row.request.number: row.letter for row in asked(made.round, requests_of(made.round), on=D10)}
    assert (shown[1], shown[3]) == (Letter.objects.filter(person=cast.ann.person).first(), first)
    chase(made.round, by=cast.ann, on=D14)
    shown = {row.request.number: row.letter for row in asked(made.round, requests_of(made.round), on=D14)}
    assert {shown[1].kind, shown[3].kind} == {"reminder"}


def test_only_who_runs_rounds_may(cast, made):
    for who in (cast.bryn, cast.carys, cast.dai):
        with pytest.raises(PermissionDenied):
            prepare_round(made.plan, Quarter.parse("2021-09"), by=who, on=D3)
        with pytest.raises(PermissionDenied):
            chase(made.round, by=who, on=D10)
        with pytest.raises(PermissionDenied):
            close_round(made.round, by=who, on=D18)
        with pytest.raises(PermissionDenied):
            accept_answers(made.round, by=who)


def test_a_second_round_of_a_quarter_and_a_second_open_one_are_refused_in_words(cast, made):
    with pytest.raises(RoundRefused, match="has a round for this quarter already"):
        prepare_round(made.plan, QUARTER, by=cast.ann, on=D3)
    other = prepare_round(made.plan, Quarter.parse("2021-09"), by=cast.ann, on=D3)
    with pytest.raises(RoundRefused, match="31 December 2021 is still open"):
        open_round(other, by=cast.ann, on=D3)
    with pytest.raises(RoundRefused, match="opened already"):
        open_round(made.round, by=cast.ann, on=D3)
    with pytest.raises(ValidationError, match="open already"):
        write(other, by=cast.ann, seen=other.version, status=Round.Status.OPEN)
    close_round(made.round, by=cast.ann, on=D18)
    other.refresh_from_db()
    assert open_round(other, by=cast.ann, on=D18) == 2


def test_a_quarter_that_has_not_ended_and_a_plan_without_actions_are_refused(cast, made):
    with pytest.raises(RoundRefused, match="has not ended"):
        prepare_round(made.plan, Quarter.parse("2022-03"), by=cast.ann, on=D17)
    empty = make_plan(cast, "empty")
    empty.numbers.all().delete()
    with pytest.raises(RoundRefused, match="no action"):
        prepare_round(empty, QUARTER, by=cast.ann, on=D3)


def test_a_plan_that_nobody_adopted_and_a_quarter_before_it_begins_are_refused(cast):
    plan = make_plan(cast)
    with pytest.raises(RoundRefused, match="begins on 1 April 2021"):
        prepare_round(plan, Quarter.parse("2021-03"), by=cast.ann, on=D3)
    for status in ("draft", "consultation"):
        plan.status = status
        with pytest.raises(RoundRefused, match="not adopted yet"):
            prepare_round(plan, QUARTER, by=cast.ann, on=D3)
    assert not Round.objects.exists()


def test_nobody_is_asked_about_one_quarter_from_two_plans_at_once(cast, made):
    other = prepare_round(make_plan(cast, "2021-24"), QUARTER, by=cast.ann, on=D3)
    with pytest.raises(RoundRefused, match="A round of “Plan” is open for the same quarter, which ended on 31 December 2021"):
        open_round(other, by=cast.ann, on=D3)
    close_round(made.round, by=cast.ann, on=D18)
    assert open_round(other, by=cast.ann, on=D18) == 2


def test_opened_early_the_letters_wait_for_the_third_day(cast, own_home, mailoutbox):
    round_ = prepare_round(make_plan(cast), QUARTER, by=cast.ann, on=date(2022, 1, 1))
    open_round(round_, by=cast.ann, on=date(2022, 1, 1))
    assert send_queued(root="https://x.example.org", on=date(2022, 1, 2)).sent == 0
    assert send_queued(root="https://x.example.org", on=D3).sent == 2


def test_nobody_is_chased_before_their_request_has_gone(cast, own_home, mailoutbox):
    early = date(2022, 1, 1)
    round_ = prepare_round(make_plan(cast), QUARTER, by=cast.ann, on=early)
    open_round(round_, by=cast.ann, on=early)
    with pytest.raises(RoundRefused, match="go out on 3 January 2022"):
        chase(round_, by=cast.ann, on=date(2022, 1, 2))
    send_queued(root="https://x.example.org", on=D3)
    assert chase(round_, by=cast.ann, on=date(2022, 1, 4)) == 2
    assert len(letters(kind="reminder")) == 2


def test_the_clock_reminds_marks_late_and_escalates_once_each(cast, made):
    hold(lead := make_user(make_person("Mabli", "Glas", cast.police)), cast.gwynedd_mon, Role.PRIORITY_LEAD)
    assert lead
    file_it(made, 3)
    done = []
    for day in range(4, 22):
        on = date(2022, 1, day)
        told = follow_the_clock(made.round, by=CLOCK, on=on)
        assert follow_the_clock(made.round, by=CLOCK, on=on) == {"reminders": 0, "late": 0, "escalations": 0}, "a second night does nothing"
        if any(told.values()):
            done.append((day, told["reminders"], told["late"], told["escalations"]))
    assert done == [(10, 1, 0, 0), (14, 1, 0, 0), (15, 0, 2, 0), (17, 1, 0, 0), (18, 0, 0, 1)]
    assert letters(kind="reminder") == [("Bryn", "reminder")] * 3
    assert letters(kind="escalation") == [("Mabli", "escalation")]
    assert Update.objects.filter(state="late").count() == 2


def test_nights_that_were_missed_are_made_up_by_one_letter(made):
    assert follow_the_clock(made.round, by=CLOCK, on=D17)["reminders"] == 2
    assert follow_the_clock(made.round, by=CLOCK, on=D18)["reminders"] == 0


def test_the_days_of_the_clock_are_editable_and_must_be_days(cast, made):
    write(made.round, by=cast.ann, seen=made.round.version, remind_days="5, 6", due_day=5, escalate_day=7)
    assert follow_the_clock(made.round, by=CLOCK, on=date(2022, 1, 6)) == {"reminders": 2, "late": 3, "escalations": 0}
    for wrong in ("ten", "5;6", "5, 900", ""):
        with pytest.raises(ValidationError):
            write(made.round, by=cast.ann, seen=made.round.version, remind_days=wrong)


def test_chasing_writes_to_each_once_a_day(cast, made):
    assert chase(made.round, by=cast.ann, on=D3) == 0, "they were asked today"
    assert chase(made.round, by=cast.ann, on=D15) == 2
    assert chase(made.round, by=cast.ann, on=D15) == 0
    assert chase(made.round, by=cast.ann, on=D17) == 2
    late = Letter.objects.filter(kind="reminder", queued_on=D15).first()
    assert late.subject.startswith("Hwyr:")
    assert Entry.objects.filter(deed="chased").count() == 2


def test_closing_accepts_what_came_and_leaves_the_rest_late(cast, made):
    file_it(made, 1)
    close_round(made.round, by=cast.ann, on=D18)
    states = {each.number: (each.update.state, bool(each.update.accepted_on)) for each in requests_of(made.round)}
    assert states == {1: ("filed", True), 2: ("late", False), 3: ("late", False)}
    for refused in (lambda: close_round(made.round, by=cast.ann, on=D18), lambda: chase(made.round, by=cast.ann, on=D18)):
        with pytest.raises(RoundRefused):
            refused()
    assert follow_the_clock(made.round, by=CLOCK, on=D18)["escalations"] == 0


def test_an_accepted_update_is_corrected_with_its_reason_and_keeps_what_it_said(cast, made):
    file_it(made, 1)
    assert (accept_answers(made.round, by=cast.ann), accept_answers(made.round, by=cast.ann)) == (1, 0)
    update = made.request(1).update

    def correct(by, why: str):
        return file_update(update, by=by, seen=update.version, pairs={"text": ("Tri sesiwn.", "Three sessions.")}, correction=why,
                           status="in_progress", rag="green")  # fmt: skip

    with pytest.raises(ValidationError, match="Say why"):
        correct(cast.ann, "")
    with pytest.raises(ValidationError, match="Ask the co-ordinator"):
        correct(cast.bryn, "Three, not two")
    assert update.accepted.count() == 1
    correct(cast.ann, "Three, not two")
    kept = list(Accepted.objects.filter(update=update).order_by("number"))
    assert [(each.number, each.content["text_en"], each.note) for each in kept] == [
        (1, "Done", ""),
        (2, "Three sessions.", "Three, not two"),
    ]


def test_what_is_carried_over_for_the_same_reason_twice_stands_first(cast, made):
    second, third = (made.plan.numbers.get(number=number).action for number in (2, 3))
    for year in ("2019-20", "2020-21"):
        third.carry_overs.create(from_plan=year, reason_en="No staff", reason_cy="Dim staff", months=5)
    second.carry_overs.create(from_plan="2020-21", reason_en="Building", months=30)
    rows = carried_over(made.plan, cast.ann)
    assert [(row.held.number, row.told.times, row.told.months, row.told.same_reason) for row in rows] == [
        (3, 2, 10, True),
        (2, 1, 30, False),
    ]


def test_days_late_are_counted_from_the_day_it_was_due(made):
    assert [made.request(1).days_late(D14 + timedelta(days=n)) for n in (-1, 0, 1, 4)] == [0, 0, 1, 4]
    file_it(made, 1)
    assert made.request(1).days_late(D18) == 0
