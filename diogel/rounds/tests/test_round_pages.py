"""The co-ordinator's pages of a round: what each states, who may press what, and what a press does."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.cache import cache

from diogel.analysis.periods import Quarter
from diogel.audit.models import Entry
from diogel.home import remember
from diogel.people.access import Role
from diogel.people.tests.cast import hold, make_person, make_user
from diogel.plan.models import Plan
from diogel.post.models import Letter, SignedLink
from diogel.processes.actions.models import CarryOver
from diogel.processes.actions.progress import file_update
from diogel.rounds.models import Answer, Round
from diogel.rounds.running import open_round, prepare_round

from .made import D17, QUARTER, make_plan, make_round

pytestmark = pytest.mark.django_db
DESK = "/en/gwynedd-mon/desk/rounds/"
TOLD = {"status": "in_progress", "rag": "green", "text": "Told by telephone.", "language": "en", "seen": "0"}


@pytest.fixture
def ann(cast, client):
    client.force_login(cast.ann)
    return client


def words(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2]


def at(made, rest: str = "") -> str:
    return f"{DESK}{made.round.pk}/{rest}"


def of(made, number: int, rest: str = "") -> str:
    return f"{DESK}request/{made.request(number).pk}/{rest}"


def test_a_round_is_prepared_looked_at_and_then_opened(cast, ann, own_home, mailoutbox):
    own_home.mkdir(parents=True)
    remember(today="2022-01-04")
    make_plan(cast)
    assert "Nobody has been asked" in words(ann, DESK)
    address = ann.post(f"{DESK}new/", {"quarter": "2021-22/2021-12"}).url
    page = words(ann, address)
    assert "nothing has been sent" in page
    assert "Bryn Dychmygol" in page
    assert mailoutbox == []
    assert ann.post(f"{address}open/", {"seen": "1"}).url == address
    assert sorted(each.to[0] for each in mailoutbox) == ["ann@example.org", "bryn@example.org"]
    assert "3 updates have not come yet" in words(ann, address)
    assert ann.post(f"{DESK}new/", {"quarter": "2021-22/2021-12"}).status_code == 422


def test_the_plan_in_force_is_offered_first_and_only_with_quarters_that_it_had_begun_in(cast, ann, own_home):
    own_home.mkdir(parents=True)
    remember(today="2022-01-17")
    make_plan(cast)
    Plan.objects.filter(pk=make_plan(cast, "2022-23").pk).update(status="draft", from_on=date(2022, 4, 1), to_on=date(2023, 3, 31))
    Plan.objects.filter(pk=make_plan(cast, "2021-24").pk).update(status="adopted", from_on=date(2021, 10, 1), to_on=date(2024, 9, 30))
    offered = re.findall(r'<option value="([^"]*)"', words(ann, f"{DESK}new/"))
    assert offered == ["2021-22/2021-12", "2021-22/2021-09", "2021-22/2021-06", "2021-24/2021-12"]
    assert ann.post(f"{DESK}new/", {"quarter": "2022-23/2021-12"}).status_code == 422


def test_where_no_quarter_can_be_asked_about_the_page_says_so(cast, ann, own_home):
    own_home.mkdir(parents=True)
    remember(today="2022-01-17")
    Plan.objects.filter(pk=make_plan(cast).pk).update(status="draft")
    page = words(ann, f"{DESK}new/")
    assert "There is no quarter of an adopted plan to ask about yet" in page
    assert "<form" not in page


def test_a_round_that_is_only_prepared_makes_nothing_late_anywhere(cast, ann, own_home):
    own_home.mkdir(parents=True)
    remember(today="2022-01-17")
    round_ = prepare_round(make_plan(cast), Quarter.parse("2021-06"), by=cast.ann, on=D17)
    pages = (f"{DESK}{round_.pk}/", "/en/gwynedd-mon/desk/plan/2021-22/", "/en/gwynedd-mon/desk/plan/2021-22/action/1/")
    assert not [address for address in pages if re.search(r"days? late|late:", words(ann, address))]
    open_round(round_, by=cast.ann, on=D17)
    assert all(re.search(r"days? late|late:", words(ann, address)) for address in pages)


def test_an_update_that_was_asked_for_and_is_not_due_is_not_called_late(cast, ann, own_home):
    own_home.mkdir(parents=True)
    remember(today="2022-01-04")
    make_round(cast)
    page = words(ann, "/en/gwynedd-mon/desk/plan/2021-22/action/1/")
    assert "asked for, due on 14 January 2022" in page
    assert "late:" not in page


def test_a_prepared_round_is_thrown_away_and_comes_back_where_no_other_took_its_place(cast, ann, own_home):
    own_home.mkdir(parents=True)
    remember(today="2022-01-17")
    round_ = prepare_round(make_plan(cast), QUARTER, by=cast.ann, on=D17)
    page, away = f"{DESK}{round_.pk}/", f"{DESK}{round_.pk}/throw-away/"
    assert away in words(ann, page)
    assert "Withdraw it" in words(ann, away)
    ann.post(away, {"seen": str(round_.version), "reason": "The wrong quarter"})
    assert ann.get(page).status_code == 404
    assert "Nobody has been asked" in words(ann, DESK)
    again = prepare_round(round_.plan, QUARTER, by=cast.ann, on=D17)
    round_.refresh_from_db()
    assert "has a round for this quarter already" in ann.post(away, {"seen": str(round_.version)}, follow=True).content.decode()
    ann.post(f"{DESK}{again.pk}/throw-away/", {"seen": str(again.version)})
    ann.post(away, {"seen": str(round_.version)})
    assert Round.objects.standing().get() == round_
    open_round(Round.objects.get(pk=round_.pk), by=cast.ann, on=D17)
    assert "3 updates are late" in words(ann, page)


def test_a_round_in_which_people_were_asked_is_not_thrown_away(ann, made):
    away = at(made, "throw-away/")
    assert away not in words(ann, at(made))
    assert "People were asked in this round" in ann.get(away, follow=True).content.decode()
    ann.post(away, {"seen": str(made.round.version)})
    assert Round.objects.standing().exists()


def test_the_page_states_who_is_late_and_for_how_long(cast, ann, made):
    page = words(ann, at(made))
    assert "3 updates are late" in page
    assert page.count("3 days late") == 3
    update = made.request(1).update
    file_update(update, by=cast.ann, seen=update.version, pairs={"text": ("", "Done")}, status="in_progress", rag="green")
    assert "2 updates are late" in words(ann, at(made))


def test_one_press_chases_each_once(ann, made, mailoutbox):
    ann.post(at(made, "chase/"))
    assert len([each for each in mailoutbox if "Hwyr" in each.subject]) == 2
    ann.post(at(made, "chase/"))
    assert Letter.objects.filter(kind="reminder").count() == 2


def test_an_answer_by_telephone_is_its_persons_and_the_log_says_who_typed_it(cast, ann, made):
    assert ann.post(of(made, 1, "telephone/"), TOLD).url == at(made)
    request = made.request(1)
    assert (request.update.state, request.update.filed_by, request.how) == ("filed", cast.bryn.person, "telephone")
    entry = Entry.objects.get(deed="took_by_telephone")
    assert (entry.by, entry.sealed_detail["person"]) == (cast.ann.reference, cast.bryn.person.pk)
    assert "by telephone" in words(ann, at(made))


def test_what_is_missing_by_telephone_is_said_and_kept(ann, made):
    answer = ann.post(of(made, 1, "telephone/"), TOLD | {"rag": ""})
    assert answer.status_code == 422
    assert Answer.objects.get().text == "Told by telephone."
    assert made.request(1).update.state == "asked"


def test_accepting_and_closing(cast, ann, made):
    ann.post(of(made, 1, "telephone/"), TOLD)
    ann.post(at(made, "accept/"))
    assert made.request(1).update.accepted_on is not None
    ann.post(at(made, "close/"), {"seen": "1"})
    made.round.refresh_from_db()
    assert made.round.is_open, "somebody else changed it meanwhile"
    ann.post(at(made, "close/"), {"seen": str(made.round.version)})
    assert Round.objects.get().is_closed
    assert "Closed on 17 January 2022" in words(ann, at(made))


def test_what_came_too_late_is_shown_and_taken_in_with_its_reason(cast, ann, made, client):
    ann.post(of(made, 1, "telephone/"), TOLD)
    made.round.refresh_from_db()
    ann.post(at(made, "close/"), {"seen": str(made.round.version)})
    by_link = made.page(cast.bryn, "1/")
    ann.post(by_link, TOLD | {"deed": "check", "text": "Sent too late.", "seen": "1"})
    ann.post(f"{by_link}check/", {"seen": "2"})
    assert "Came after the round was closed" in words(ann, at(made))
    page = words(ann, of(made, 1))
    assert "Sent too late." in page
    late = {"answer": str(Answer.objects.exclude(sent_on=None).get().pk), "deed": "take"}
    ann.post(of(made, 1, "settle/"), late | {"why": ""})
    assert made.request(1).update.text_en == "Told by telephone.", "an accepted update is corrected with a reason only"
    ann.post(of(made, 1, "settle/"), late | {"why": "The figure was wrong"})
    assert made.request(1).update.text_en == "Sent too late."
    assert "The figure was wrong" in words(ann, of(made, 1))
    assert ann.post(of(made, 1, "settle/"), late).status_code == 404


def test_an_answer_that_waits_is_settled_before_another_is_typed_in_by_telephone(cast, ann, made):
    page = made.page(cast.bryn, "1/")
    ann.post(of(made, 1, "telephone/"), TOLD)
    ann.post(at(made, "accept/"))
    ann.post(page, TOLD | {"deed": "check", "text": "Sent too late.", "seen": "1"})
    ann.post(f"{page}check/", {"seen": "2"})
    assert "telephone/" not in words(ann, of(made, 1))
    for typed in (TOLD | {"seen": "3"}, TOLD | {"seen": "0", "why": "They rang"}):
        assert ann.post(of(made, 1, "telephone/"), typed).url == of(made, 1)
    (waits,) = Answer.objects.exclude(sent_on=None)
    assert (waits.text, waits.settled, made.request(1).update.text_en) == ("Sent too late.", "", "Told by telephone.")
    assert "Sent too late." in words(ann, of(made, 1))


def test_an_accepted_update_is_corrected_by_telephone_with_its_reason(ann, made):
    ann.post(of(made, 1, "telephone/"), TOLD)
    assert "Why the update is corrected" not in words(ann, of(made, 1, "telephone/"))
    ann.post(at(made, "accept/"))
    assert "Why the update is corrected" in words(ann, of(made, 1, "telephone/"))
    again = TOLD | {"text": "Told once more.", "seen": "1"}
    assert ann.post(of(made, 1, "telephone/"), again).status_code == 422
    assert (made.request(1).update.text_en, Answer.objects.get().text) == ("Told by telephone.", "Told by telephone.")
    assert ann.post(of(made, 1, "telephone/"), again | {"why": "They gave the wrong month"}).url == at(made)
    assert made.request(1).update.text_en == "Told once more."
    assert "They gave the wrong month" in words(ann, of(made, 1))


def test_somebody_else_is_asked_and_written_to(cast, ann, made, mailoutbox):
    ann.post(of(made, 1), {"person": str(cast.ann.person.pk), "seen": "1", "why": "She runs it"})
    request = made.request(1)
    assert (request.person, request.passed_from) == (cast.ann.person, cast.bryn.person)
    assert "She runs it" in words(ann, made.page(cast.ann, "1/"))
    assert [each.to for each in mailoutbox if "1. Gwaith 1" in each.body and "2. Gwaith 2" not in each.body] == [["ann@example.org"]]
    assert ann.post(of(made, 1), {"person": "", "seen": "1"}).status_code == 422, "changed meanwhile"
    ann.post(of(made, 1), {"person": "", "seen": str(request.version)})
    assert made.request(1).person is None
    assert "Nobody is asked yet (actions: 1)" in words(ann, at(made))


def test_whoever_is_asked_instead_and_has_no_address_is_said_to_have_no_letter(cast, ann, made):
    cast.ann.person.email = ""
    cast.ann.person.save()
    told = ann.post(of(made, 1), {"person": str(cast.ann.person.pk), "seen": "1"}, follow=True).content.decode()
    assert "No letter goes to them" in told


def test_a_link_is_withdrawn_and_a_new_one_sent(cast, ann, made, mailoutbox):
    page = made.page(cast.bryn)
    ann.post(of(made, 1, "link/"), {"deed": "withdraw"})
    assert ann.get(page).status_code == 404
    assert "no link that works" in words(ann, of(made, 1))
    ann.post(of(made, 1, "link/"), {"deed": "send"})
    assert SignedLink.objects.filter(person=cast.bryn.person, withdrawn_on=None).count() == 1
    assert ann.get(made.page(cast.bryn)).status_code == 200
    assert len([each for each in mailoutbox if each.to == ["bryn@example.org"] and "newydd" in each.subject]) == 1


def test_the_clock_is_changed_by_whoever_runs_the_round(ann, made):
    days = {"request_day": "3", "remind_days": "8, 12", "due_day": "20", "escalate_day": "25", "seen": str(made.round.version)}
    assert ann.post(at(made, "clock/"), days).status_code == 302
    assert "20 January 2022" in words(ann, at(made))
    stale = ann.post(at(made, "clock/"), days | {"due_day": "21"})
    assert stale.status_code == 409


def test_the_chair_sees_first_what_is_carried_over(cast, client, made):
    chair = make_user(make_person("Goronwy", "Llwyn"))
    hold(chair, cast.gwynedd_mon, Role.CHAIR)
    made.plan.numbers.get(number=3).action.carry_overs.create(from_plan="2019-20", reason_en="No staff", reason_cy="Dim staff", months=12)
    made.plan.numbers.get(number=3).action.carry_overs.create(from_plan="2020-21", reason_en="No staff", reason_cy="Dim staff", months=10)
    client.force_login(chair)
    page = words(client, at(made))
    assert page.index("Carried over") < page.index("Who is asked about what")
    assert "Chase" not in page
    assert "One action was carried over for the same reason again" in words(client, f"{DESK}carried/")
    client.force_login(cast.ann)
    page = words(client, at(made))
    assert page.index("Carried over") > page.index("Who is asked about what")


ACTS = ("open/", "chase/", "accept/", "close/")


def test_every_button_is_refused_to_whom_it_is_not_for(cast, client, made):
    before = (Round.objects.get().version, Letter.objects.count(), Answer.objects.count())
    for user, reads, acts in ((None, 302, 302), (cast.bryn, 200, 403), (cast.carys, 403, 403), (cast.dai, 404, 404)):
        client.logout()
        if user:
            client.force_login(user)
        assert client.get(at(made)).status_code == reads
        assert client.get(of(made, 1)).status_code == reads
        for rest in ACTS:
            assert client.post(at(made, rest)).status_code == acts
        for rest, form in (
            ("telephone/", TOLD),
            ("link/", {"deed": "withdraw"}),
            ("settle/", {"deed": "take"}),
            ("", {"person": "", "seen": "1"}),
        ):
            assert client.post(of(made, 1, rest), form).status_code == acts
        assert client.post(at(made, "clock/"), {"due_day": "1"}).status_code == acts
        assert client.get(at(made, "throw-away/")).status_code == acts
        assert client.post(f"{DESK}new/", {"quarter": "2021-22/2021-12"}).status_code == acts
    assert (Round.objects.get().version, Letter.objects.count(), Answer.objects.count()) == before
    assert not SignedLink.objects.exclude(withdrawn_on=None).exists()


def test_a_look_does_nothing(ann, made):
    for rest in ACTS:
        assert ann.get(at(made, rest)).status_code == 405
    assert ann.get(of(made, 1, "link/")).status_code == 405


def test_the_pages_ask_the_database_little_however_many_actions_there_are(ann, made, django_assert_max_num_queries):
    for held in made.plan.numbers.all():
        CarryOver.objects.create(action=held.action, from_plan="2020-21", months=10)
    for address in (DESK, at(made), of(made, 1), f"{DESK}carried/", of(made, 1, "telephone/")):
        ann.get(address)
        cache.clear()
        with django_assert_max_num_queries(12):
            ann.get(address)
