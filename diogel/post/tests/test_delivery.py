"""Letters go once: against a real server, refused, broken off, and killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test.signals import template_rendered

from diogel.audit.models import Entry
from diogel.people.models import Holding
from diogel.post.delivery import MOST_ATTEMPTS, send_again, send_queued
from diogel.post.models import Letter
from diogel.post.views import sentences

from .made import DAY, ROOT, begin, states, write_to
from .postbox import Postbox

pytestmark = pytest.mark.slow


@pytest.fixture
def by_mail(own_home, settings):
    """Letters go to a server on this machine, which the test gives."""

    def to(postbox: Postbox):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", postbox.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 2
        return postbox

    return to


@pytest.mark.django_db
def test_a_letter_goes_with_its_own_number_in_its_readers_language(cast, by_mail):
    write_to(cast, cast.ann)
    with by_mail(Postbox()) as box:
        assert send_queued(root=ROOT, on=DAY).sent == 1
    (came,) = box.letters
    assert came["Message-ID"] == Letter.objects.get().message_id
    assert came["To"] == "ann@example.org"
    assert came["Content-Language"] == "cy"
    plain, html = [part.get_payload(decode=True).decode() for part in came.get_payload()]
    assert "1. Hyfforddi" in plain
    assert '<html lang="cy">' in html
    assert not {"<img", "http", "style"} & set(html.split()), "nothing that could tell that it was opened"


@pytest.mark.django_db
def test_a_second_run_sends_nothing_again(cast, by_mail):
    write_to(cast, cast.ann, cast.bryn)
    assert write_to(cast, cast.ann) == 0, "the same letter is queued once"
    with by_mail(Postbox()) as box:
        send_queued(root=ROOT, on=DAY)
        assert send_queued(root=ROOT, on=DAY).sent == 0
    assert len(box.taken) == 2


@pytest.mark.django_db
def test_a_letter_waits_for_its_day(cast, by_mail):
    write_to(cast, cast.ann, send_on=date(2022, 1, 18))
    with by_mail(Postbox()) as box:
        assert send_queued(root=ROOT, on=DAY).sent == 0
        assert send_queued(root=ROOT, on=date(2022, 1, 18)).sent == 1
    assert len(box.taken) == 1


@pytest.mark.django_db
def test_where_no_server_answers_everything_stays_queued(cast, by_mail):
    write_to(cast, cast.ann, cast.bryn)
    with by_mail(Postbox()):
        pass
    done = send_queued(root=ROOT, on=DAY)
    assert (done.stopped, done.left) == ("no_server", 2)
    assert states() == ["queued", "queued"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "answer", "state"),
    [
        ("RCPT", "550 no such box", "refused"),
        ("RCPT", "450 later", "queued"),
        ("MAIL", "553 not you", "refused"),
        ("DATA", "451 later", "queued"),
        ("DATA end", "554 spam", "refused"),
        ("DATA end", "452 full", "queued"),
        ("DATA end", "hang up", "unknown"),
    ],
)
def test_what_a_server_says_decides_what_is_known(cast, by_mail, verb, answer, state):
    write_to(cast, cast.ann)
    with by_mail(Postbox(answers={verb: answer})):
        send_queued(root=ROOT, on=DAY)
    assert states() == [state]


@pytest.mark.django_db
def test_not_now_is_not_asked_for_ever(cast, by_mail):
    write_to(cast, cast.ann)
    with by_mail(Postbox(answers={"RCPT": "450 later"})):
        for _time in range(MOST_ATTEMPTS + 1):
            send_queued(root=ROOT, on=DAY)
    assert (states(), Letter.objects.get().attempts) == (["refused"], MOST_ATTEMPTS)


@pytest.mark.django_db
def test_one_broken_letter_does_not_hold_up_the_next(cast, by_mail):
    cast.ann.person.email = "ann@example.org\nBcc: all@example.org"
    cast.ann.person.save()
    write_to(cast, cast.ann, cast.bryn)
    with by_mail(Postbox()) as box:
        send_queued(root=ROOT, on=DAY)
    assert states() == ["refused", "sent"]
    assert [each["To"] for each in box.letters] == ["bryn@example.org"]


@pytest.mark.django_db
def test_the_address_is_read_when_the_letter_goes_and_stands_nowhere_else(cast, by_mail, caplog):
    write_to(cast, cast.ann, cast.bryn, cast.carys)
    cast.ann.person.email = "ann.newydd@example.org"
    cast.ann.person.save()
    cast.bryn.person.email = ""
    cast.bryn.person.save()
    Holding.objects.filter(person=cast.carys.person).update(to_on=date(2021, 12, 31))
    with by_mail(Postbox()) as box:
        send_queued(root=ROOT, on=DAY)
    assert [each["To"] for each in box.letters] == ["ann.newydd@example.org"]
    assert list(Letter.objects.order_by("pk").values_list("why", flat=True)) == ["", "no_address", "left"]
    told = caplog.text + json.dumps(list(Letter.objects.values()), default=str) + str(list(Entry.objects.values()))
    assert "@example.org" not in told


@pytest.mark.django_db
def test_what_is_unknown_goes_again_only_when_somebody_says_so_and_under_its_old_number(cast, by_mail):
    write_to(cast, cast.ann)
    with by_mail(Postbox(answers={"DATA end": "hang up"})):
        send_queued(root=ROOT, on=DAY)
    letter = Letter.objects.get()
    with by_mail(Postbox()) as box:
        send_queued(root=ROOT, on=DAY)
        assert box.taken == []
        with pytest.raises(PermissionDenied):
            send_again(letter, by=cast.bryn)
        with pytest.raises(PermissionDenied):
            send_again(letter, by=cast.dai)
        assert send_again(letter, by=cast.ann)
        send_queued(root=ROOT, on=DAY)
        assert not send_again(letter, by=cast.ann), "it has gone"
    assert [each["Message-ID"] for each in box.letters] == [letter.message_id]
    assert Entry.objects.filter(deed="queued_again", by=cast.ann.reference, subject=f"post.letter:{letter.pk}").count() == 1


@pytest.mark.django_db
def test_every_run_tells_of_letters_that_nobody_knows_of_until_somebody_has_settled_them(cast, by_mail):
    write_to(cast, cast.ann, cast.bryn)
    Letter.objects.filter(person=cast.ann.person).update(state="sending")
    with by_mail(Postbox()) as box:
        for sent in (1, 0):
            done = send_queued(root=ROOT, on=DAY)
            assert (done.sent, done.unknown, done.left, done.is_whole) == (sent, 1, 0, False)
            assert "Of one letter nobody knows whether it went." in sentences(done)
        assert send_queued(root=ROOT, on=DAY, partnership=cast.wrexham).is_whole, "none of theirs"
        send_again(Letter.objects.get(person=cast.ann.person), by=cast.ann)
        assert send_queued(root=ROOT, on=DAY).is_whole
    assert len(box.taken) == 2


@pytest.mark.django_db
def test_a_letter_is_put_together_before_it_counts_as_begun(cast, by_mail):
    write_to(cast, cast.ann)
    seen = []

    def look(template, **_more):
        if template.name == "post/letter.html":
            seen.extend(states())

    template_rendered.connect(look)
    try:
        with by_mail(Postbox()):
            send_queued(root=ROOT, on=DAY)
    finally:
        template_rendered.disconnect(look)
    assert (seen, states()) == (["queued"], ["sent"])


@pytest.mark.parametrize(("where", "came"), [("DATA", 0), ("DATA end", 1)])
def test_killed_in_the_middle_the_next_run_repeats_nothing_that_may_have_gone(other_home, where, came):
    home = other_home
    with Postbox(holds_at=where) as box:
        first = begin(home, box.port)
        assert box.reached.wait(20)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    assert len(box.taken) == came
    with Postbox() as after:
        second = begin(home, after.port)
        told = json.loads(second.communicate(timeout=30)[0])
    assert (second.returncode, told["sent"], told["unknown"]) == (1, 2, 1)
    with sqlite3.connect(home / "diogel.sqlite3") as database:
        rows = database.execute("select message_id, state from post_letter order by id").fetchall()
    assert [state for _number, state in rows] == ["unknown", "sent", "sent"]
    sent = {each["Message-ID"] for each in after.letters}
    assert sent == {number for number, state in rows if state == "sent"}


@pytest.mark.django_db
def test_two_runs_never_send_at_the_same_time(cast, by_mail):
    import threading

    write_to(cast, cast.ann)
    from diogel.post import delivery

    with by_mail(Postbox()) as box, delivery._alone() as first:
        assert first
        found = []
        other = threading.Thread(target=lambda: found.append(delivery._alone().__enter__()))
        other.start()
        other.join()
        assert found == [False]
        assert send_queued(root=ROOT, on=DAY).was_busy
    assert box.taken == []
