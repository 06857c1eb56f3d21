"""The calendar file, read by an eye of its own after RFC 5545; and its address, which tells nothing to anybody else."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from diogel.audit.models import Entry
from diogel.people.accounts import close_account
from diogel.people.models import Holding
from diogel.plan.models import CalendarLink, Plan
from diogel.plan.wheel.ics import Event, calendar_file

PAGE = "/en/gwynedd-mon/desk/plan/calendar/"
AT = datetime(2022, 1, 17, 10, 0, tzinfo=UTC)


def unfolded(body: bytes) -> list[str]:
    """The lines of a calendar file, each break undone; every piece is checked to be short and whole."""
    assert body.endswith(b"\r\n")
    pieces = body[:-2].split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert b"\r" not in body.replace(b"\r\n", b"")
    for piece in pieces:
        piece.decode("utf-8")  # no letter is broken in two
    return re.sub(r"\r\n[ \t]", "", body[:-2].decode("utf-8")).split("\r\n")


def read(body: bytes) -> list[dict[str, str]]:
    """Each event as its properties, parameters left off; texts as they were before they were written."""
    lines = unfolded(body)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert lines[1] == "VERSION:2.0"
    found: list[dict[str, str]] = []
    for line in lines:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and name.partition(";")[0] not in ("END",):
            text = re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], value)
            assert found[-1].setdefault(name.partition(";")[0], text) == text, "each property once"
    return found


def one(title: str = "Board", **more: object) -> bytes:
    event = Event(uid="a", on=date(2024, 2, 28), title=title, url="https://example.org/x", **more)  # type: ignore[arg-type]
    return calendar_file([event], name="Gwynedd a Môn", language="cy", made_at=AT)


def test_whole_days_end_on_the_first_day_that_is_no_longer_theirs():
    event = read(one(days=2))[0]
    assert (event["DTSTART"], event["DTEND"]) == ("20240228", "20240301")
    assert b"DTSTART;VALUE=DATE:20240228\r\n" in one(days=2)
    assert event["DTSTAMP"] == "20220117T100000Z"


@pytest.mark.parametrize("title", ["a, b; c\\d", "two\nlines", "two\r\nlines", "BEGIN:VEVENT\r\nUID:stolen", "tŷ " * 60, "😀" * 40, ""])
def test_a_title_comes_back_as_it_was_written(title):
    assert read(one(title))[0]["SUMMARY"] == title.replace("\r\n", "\n")
    assert len(read(one(title))) == 1


@given(some.text(max_size=300))
def test_any_title_at_all_leaves_one_whole_event(title):
    events = read(one(title))
    assert len(events) == 1
    assert events[0]["UID"] == "a"
    kept = "".join(sign for sign in title.replace("\r\n", "\n").replace("\r", "\n") if sign in "\n\t" or (sign >= " " and sign != "\x7f"))
    assert events[0]["SUMMARY"] == kept


@pytest.fixture
def plan(cast):
    with time_machine.travel("2022-01-17 10:00", tick=False):
        yield Plan.objects.create(
            partnership=cast.gwynedd_mon, code="2021-22", title_cy="Cynllun", title_en="Plan", title_state="checked",
            from_on=date(2021, 4, 1), to_on=date(2022, 3, 31), adopted_on=date(2021, 4, 1), status="in_force",
        )  # fmt: skip


@pytest.fixture
def address(client, cast, plan):
    return made(client, cast.bryn)


def made(client: Client, user: object) -> str:
    """The address that somebody makes on their own page."""
    client.force_login(user)
    client.post(PAGE, {"deed": "make"})
    told = re.search(r'value="http://testserver(/calendar/[^"]+)"', client.get(PAGE).content.decode())
    assert told
    return told[1]


def ask(address: str) -> object:
    """As a calendar program does: no cookie, no sign-in."""
    return Client().get(address)


@pytest.mark.django_db
class TestAddress:
    def test_a_program_reads_the_year_without_signing_in(self, cast, address):
        answer = ask(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer["Cache-Control"] == "private, no-store"
        assert "sessionid" not in answer.cookies
        events = read(answer.content)
        assert len(events) > 50
        assert len({each["UID"] for each in events}) == len(events)
        assert set(events[0]) == {"UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "URL", "TRANSP"}
        assert Client().head(address).status_code == 200
        assert Client().post(address).status_code == 405

    def test_each_step_lasts_as_long_as_it_does(self, cast, address):
        by_title = {each["SUMMARY"]: each for each in read(ask(address).content)}
        days = by_title["Diwrnod y Rhuban Gwyn ac un diwrnod ar bymtheg o weithredu"]
        assert (days["DTSTART"], days["DTEND"]) == ("20211125", "20211211")

    def test_it_speaks_the_language_of_its_owner_whatever_the_program_asks_for(self, cast, address):
        told = Client().get(address, headers={"Accept-Language": "en"}).content.decode()
        assert "SUMMARY;LANGUAGE=cy:Mae’r bwrdd yn cyfarfod am y chwarter" in told
        assert "/cy/gwynedd-mon/desk/plan/2021-22/year/" in re.sub(r"\r\n ", "", told)
        cast.bryn.person.language = "en"
        cast.bryn.person.save()
        assert "SUMMARY;LANGUAGE=en:The board meets on the quarter" in ask(address).content.decode()

    def test_it_names_nobody_and_tells_no_note(self, client, cast, plan, address):
        note = {"title_cy": "Cinio", "title_en": "Lunch", "note_cy": "Gyda Bryn", "note_en": "With Bryn"}
        plan.year_steps.create(due_on=date(2022, 2, 1), **note)
        told = ask(address).content.decode()
        assert "Cinio" in told
        assert "Bryn" not in told
        assert "Enghraifft" not in told
        assert "@example" not in told

    def test_a_step_stays_the_same_event_when_it_is_moved_and_goes_when_it_does_not_apply(self, cast, plan, address):
        before = {each["DTSTART"]: each["UID"] for each in read(ask(address).content) if "bwrdd yn cyfarfod" in each["SUMMARY"]}
        row = plan.year_steps.create(key="board.2021-12", due_on=date(2022, 2, 21), version=3)
        after = {each["DTSTART"]: each for each in read(ask(address).content) if "bwrdd yn cyfarfod" in each["SUMMARY"]}
        assert after["20220221"]["UID"] == before["20220214"]
        assert after["20220221"]["SEQUENCE"] == "3"
        row.applies = False
        row.save()
        assert before["20220214"] not in ask(address).content.decode()

    def test_an_address_that_is_altered_by_one_letter_leads_nowhere(self, cast, address):
        for at in range(len("/calendar/"), len(address) - len(".ics"), 7):
            other = "A" if address[at] != "A" else "B"
            assert ask(address[:at] + other + address[at + 1 :]).status_code == 404

    @pytest.mark.parametrize("token", ["x", "1", "1~", "1~x", "..", "1~2.3", "٣~x.y", f"{2**70}~x", "%00", "a" * 3000])
    def test_a_guessed_address_answers_like_any_that_is_not_there(self, cast, plan, token):
        answer = ask(f"/calendar/{token}.ics")
        assert answer.status_code == 404
        assert "VCALENDAR" not in answer.content.decode()

    def test_a_new_address_ends_the_old_one_and_one_taken_back_leads_nowhere(self, client, cast, address):
        newer = made(client, cast.bryn)
        assert newer != address
        assert ask(address).status_code == 404
        assert ask(newer).status_code == 200
        client.post(PAGE, {"deed": "take_back"})
        assert ask(newer).status_code == 404
        assert "You have no calendar address yet" in client.get(PAGE).content.decode()
        assert made(client, cast.bryn) not in (address, newer)

    def test_each_has_their_own_and_ends_only_that(self, client, cast, address):
        anns = made(client, cast.ann)
        client.post(PAGE, {"deed": "take_back"})
        assert ask(anns).status_code == 404
        assert ask(address).status_code == 200
        assert CalendarLink.objects.count() == 2

    def test_who_has_lost_their_role_reads_nothing_any_more(self, cast, address):
        Holding.objects.filter(person=cast.bryn.person).update(to_on=date(2022, 1, 16))
        assert ask(address).status_code == 404
        Holding.objects.filter(person=cast.bryn.person).update(to_on=None)
        assert ask(address).status_code == 200

    def test_who_has_no_account_any_more_reads_nothing(self, cast, address):
        close_account(by=cast.ann, person=cast.bryn.person, partnership=cast.gwynedd_mon)
        assert ask(address).status_code == 404

    def test_what_stands_in_the_database_makes_no_address_without_the_key_of_the_installation(self, cast, address, settings):
        secret = CalendarLink.objects.get().secret
        assert secret in address
        settings.SECRET_KEY = "another" * 10
        assert ask(address).status_code == 404

    def test_the_log_tells_that_an_address_was_made_and_never_which(self, cast, address):
        entry = Entry.objects.filter(subject__startswith="plan.calendarlink").get()
        assert entry.by == cast.bryn.reference
        assert CalendarLink.objects.get().secret not in str(entry.sealed_detail) + str(entry.detail)

    def test_a_plan_of_next_year_follows_and_no_step_is_told_twice(self, cast, plan, address):
        before = len(read(ask(address).content))
        later = {"from_on": date(2022, 4, 1), "to_on": date(2023, 3, 31)}
        Plan.objects.create(partnership=cast.gwynedd_mon, code="2022-23", title_en="Next", title_cy="Nesaf", status="draft", **later)
        assert len(read(ask(address).content)) == before, "a draft is nobody's year yet"
        Plan.objects.update(status="in_force")
        events = read(ask(address).content)
        assert len(events) > before + 50
        assert len({each["UID"] for each in events}) == len(events)

    def test_no_plan_gives_an_empty_calendar(self, cast, plan, address):
        Plan.objects.update(withdrawn_on=date.today() - timedelta(days=1))
        assert read(ask(address).content) == []

    def test_the_page_is_opened_by_who_signs_in_here_and_by_nobody_else(self, client, cast, plan):
        assert client.get(PAGE).status_code == 302
        client.force_login(cast.dai)
        assert client.get(PAGE).status_code == 404
        assert client.post(PAGE, {"deed": "make"}).status_code == 404
        assert not CalendarLink.objects.exists()
