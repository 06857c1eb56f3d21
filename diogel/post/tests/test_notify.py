"""Letters by GOV.UK Notify: each once, whatever it answers, and what nobody can know is asked for."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from diogel.audit.models import Entry
from diogel.post.delivery import ASKED_AFTER, MOST_ATTEMPTS, send_again, send_queued
from diogel.post.letters import LINK, Written, queue
from diogel.post.links import links_for
from diogel.post.models import Letter
from diogel.post.notify import SITE, Notify, plainly, told_by
from diogel.post.notify_mail import NotTaken
from diogel.post.views import sentences

from .made import DAY, ROOT, begin, states, write_to
from .notify_desk import KEY, SECRET, TEMPLATE, NotifyDesk


@pytest.fixture
def by_notify(own_home, settings):
    """Letters go to a service on this machine, which the test gives."""

    def to(desk: NotifyDesk, **options):
        settings.EMAIL_BACKEND, settings.NOTIFY = "diogel.post.notify_mail.EmailBackend", desk.notify(**options)
        return desk

    return to


def run(**values):
    return send_queued(root=ROOT, on=DAY, **values)


def whys() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("why", flat=True))


@pytest.mark.django_db
def test_a_letter_goes_whole_under_our_own_number(cast, by_notify):
    link = links_for(
        [cast.bryn.person], purpose="round", about="round:1", partnership=cast.gwynedd_mon, expires_on=DAY + timedelta(days=9), on=DAY
    )[cast.bryn.person.pk]
    words = ["Bore da,", "2. Hyfforddi\n7. Tai [Bangor]", LINK]
    letter = Written(cast.bryn.person, "request", "k", "Ŵyl: eich diweddariad", words, "cy", link)
    queue([letter], partnership=cast.gwynedd_mon, on=DAY)
    with by_notify(NotifyDesk()) as desk:
        done = run()
    (came,) = desk.taken
    assert (done.sent, done.is_whole, states()) == (1, True, ["sent"])
    assert (came["email_address"], came["template_id"]) == ("bryn@example.org", TEMPLATE)
    assert came["reference"] == Letter.objects.get().message_id
    assert came["personalisation"]["subject"] == "Ŵyl: eich diweddariad"
    said = came["personalisation"]["body"]
    assert "2\\. Hyfforddi\n7\\. Tai \\[Bangor\\]" in said, "else Notify would count them anew from one"
    assert f"\n\n{ROOT}/cy/gwynedd-mon/answer/" in said


@pytest.mark.django_db
def test_a_second_run_sends_nothing_again_and_asks_for_its_template_once_a_run(cast, by_notify):
    write_to(cast, cast.ann, cast.bryn)
    with by_notify(NotifyDesk()) as desk:
        assert run().sent == 2
        assert run().sent == 0
    assert [each["email_address"] for each in desk.taken] == ["ann@example.org", "bryn@example.org"]
    assert len([path for path in desk.asked if "template" in path]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "states_after", "why", "stopped"),
    [
        ("400", ["refused", "sent"], "notify", ""),
        ("403", ["queued", "queued"], "", "key"),
        ("404", ["queued", "queued"], "", "template"),
        ("429", ["queued", "queued"], "", "limit"),
        ("500", ["queued", "sent"], "", ""),
        ("503", ["queued", "queued"], "", "no_notify"),
        ("302", ["queued", "queued"], "", "no_notify"),
        ("504", ["unknown", "queued"], "", "no_notify"),
        ("504+", ["sent", "sent"], "", ""),
        ("hang up+", ["sent", "sent"], "", ""),
    ],
)
def test_what_notify_answers_decides_what_is_known(cast, by_notify, answer, states_after, why, stopped):
    write_to(cast, cast.ann, cast.bryn)
    with by_notify(NotifyDesk(answers=(answer,))) as desk:
        done = run()
        assert (states(), whys()[0], done.stopped) == (states_after, why, stopped)
        if stopped:
            assert Letter.objects.order_by("pk")[1].attempts == 0
            assert any("stay" in each for each in sentences(done))
        run()
        run()
    assert sorted(each["email_address"] for each in desk.taken) == sorted({each["email_address"] for each in desk.taken}), "nobody has two"


@pytest.mark.django_db
def test_a_service_that_stalls_leaves_one_letter_in_doubt_and_is_asked_after_it(cast, by_notify):
    write_to(cast, cast.ann, cast.bryn)
    with by_notify(NotifyDesk(holds_at="after"), timeout=0.3) as desk:
        desk.is_deaf = True
        done = run()
        assert (done.unknown, done.left, done.stopped, states()) == (1, 1, "no_notify", ["unknown", "queued"])
        desk.is_deaf, desk.holds_at = False, ""
        done = run()
        assert (done.found, done.sent, states()) == (1, 1, ["sent", "sent"])
        assert "told what became of one letter" in " ".join(sentences(done))
    assert len(desk.taken) == 2


@pytest.mark.django_db
def test_one_that_stalls_before_it_takes_a_letter_leaves_it_unknown_until_somebody_says_so(cast, by_notify):
    write_to(cast, cast.ann)
    with by_notify(NotifyDesk(holds_at="before"), timeout=0.3) as desk:
        assert (run().unknown, desk.taken) == (1, [])
        desk.holds_at = ""
        assert (run().found, states()) == (0, ["unknown"]), "that it knows nothing yet proves nothing"
        desk.release.set()
    with by_notify(NotifyDesk()) as desk:
        assert send_again(Letter.objects.get(), by=cast.ann)
        assert run().sent == 1
        Letter.objects.update(state="unknown")
        send_again(Letter.objects.get(), by=cast.ann)
        assert run().sent == 1
    assert [each["reference"] for each in desk.taken] == [Letter.objects.get().message_id], "it is asked before a letter goes again"


@pytest.mark.django_db
def test_a_letter_that_could_not_be_delivered_is_told_and_goes_again(cast, by_notify):
    write_to(cast, cast.ann)
    with by_notify(NotifyDesk(answers=("hang up+",), status="permanent-failure")) as desk:
        assert (run().refused, whys()) == (1, ["undelivered"])
        assert send_again(Letter.objects.get(), by=cast.ann)
        assert (run().sent, len(desk.taken)) == (1, 2)


@pytest.mark.django_db
def test_after_some_days_it_is_asked_no_more(cast, by_notify):
    write_to(cast, cast.ann)
    Letter.objects.update(state="unknown", changed_at=timezone.now() - ASKED_AFTER - timedelta(hours=1))
    with by_notify(NotifyDesk()) as desk:
        run()
    assert desk.asked == []


@pytest.mark.django_db
def test_a_service_that_fails_again_and_again_is_not_asked_for_ever(cast, by_notify):
    write_to(cast, cast.ann)
    with by_notify(NotifyDesk(answers=("500",) * 9)):
        for _time in range(MOST_ATTEMPTS + 1):
            run()
    assert (states(), whys(), Letter.objects.get().attempts) == (["refused"], ["failing"], MOST_ATTEMPTS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "stopped"),
    [
        ({"key": KEY[:-1] + "4"}, "key"),
        ({"template": {"body": "Nothing of ours"}}, "template"),
        ({"template": {"type": "sms"}}, "template"),
        ({"is_gone": True}, "no_notify"),
    ],
)
def test_a_wrong_key_or_template_is_found_before_any_letter_is_touched(cast, by_notify, caplog, capsys, wrong, stopped):
    write_to(cast, cast.ann)
    desk = NotifyDesk(template=wrong.get("template"))
    with by_notify(desk, **{name: wrong[name] for name in ("key",) if name in wrong}):
        done = None if "is_gone" in wrong else run()
    done = done or run()
    assert (done.stopped, done.left, done.did_nothing, states()) == (stopped, 1, True, ["queued"])
    assert (desk.taken, Letter.objects.get().attempts) == ([], 0)
    kept = [*Letter.objects.values(), *Entry.objects.values()]
    told = caplog.text + "".join(capsys.readouterr()) + json.dumps(kept, default=str)
    assert not [each for each in (SECRET, "@example.org") if each in told]


@pytest.mark.django_db
def test_the_page_says_what_to_do(cast, client, by_notify):
    write_to(cast, cast.ann)
    client.force_login(cast.ann)
    with by_notify(NotifyDesk(answers=("400",))):
        client.post("/en/gwynedd-mon/desk/outbox/send/")
        assert "or the service may not write to it yet" in client.get("/en/gwynedd-mon/desk/outbox/").content.decode()
    Letter.objects.update(state="unknown", why="")
    page = client.get("/cy/gwynedd-mon/desk/outbox/").content.decode()
    assert "gofynnir i GOV.UK Notify" in page


def test_a_letter_that_sets_a_password_goes_by_the_same_way(by_notify):
    letter = EmailMessage("Your password", "Set it here:\nhttps://diogel.example.org/reset/x-1/", to=["ann@example.org"])
    with by_notify(NotifyDesk(answers=("201", "400"))) as desk:
        assert letter.send() == 1
        with pytest.raises(NotTaken, match="answered with 400") as refused:
            letter.send()
        assert letter.send(fail_silently=True) == 1
    assert desk.taken[0]["personalisation"]["body"].endswith("\nhttps://diogel.example.org/reset/x-1/")
    assert "@" not in str(refused.value), "it ends in the log of errors"
    with pytest.raises(NotTaken, match="did not answer"):
        letter.send()


def test_marks_of_layout_are_taken_from_text():
    assert plainly("1. Un\n# Dau\n- tri\n12.5% a [dolen](x)\nhttps://a.example.org/b-c") == (
        "1\\. Un\n\\# Dau\n\\- tri\n12\\.5% a \\[dolen\\](x)\nhttps://a.example.org/b-c"
    )


def test_the_token_is_the_one_of_the_standard():
    """Made with openssl from the same key and second: `openssl dgst -sha256 -hmac`."""
    assert Notify(key=KEY, template=TEMPLATE).token(1568818578) == (
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9."
        "eyJpc3MiOiIxMTExMTExMS0xMTExLTQxMTEtODExMS0xMTExMTExMTExMTEiLCJpYXQiOjE1Njg4MTg1Nzh9."
        "5FTYR7f_iabmSuTiHVprH9HagwbEEAcK-Vfji_Q7gZ8"
    )


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"KEY": KEY}, "DIOGEL_NOTIFY_TEMPLATE is not set"),
        ({"TEMPLATE": TEMPLATE}, "DIOGEL_NOTIFY_KEY is not set"),
        ({"KEY": KEY[:-1], "TEMPLATE": TEMPLATE}, "not a whole one"),
        ({"KEY": SECRET, "TEMPLATE": TEMPLATE}, "not a whole one"),
        ({"KEY": KEY, "TEMPLATE": "letters"}, "“letters”, which is no identifier"),
        ({"KEY": KEY, "TEMPLATE": TEMPLATE, "SITE": "http://notify.example"}, "begin with https://"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused_in_words_without_the_key(told, said):
    with pytest.raises(ValueError, match=said) as refused:
        told_by({f"DIOGEL_NOTIFY_{name}": value for name, value in told.items()})
    assert SECRET[:20] not in str(refused.value)


def test_settings_name_one_service():
    assert told_by({}) is None
    found = told_by({"DIOGEL_NOTIFY_KEY": KEY, "DIOGEL_NOTIFY_TEMPLATE": TEMPLATE})
    assert found == Notify(key=KEY, template=TEMPLATE, site=SITE)
    assert SECRET not in repr(found)


def told(home, desk: NotifyDesk | None = None, **more: str) -> dict[str, str]:
    named = {"DIOGEL_MAIL": "", "DIOGEL_NOTIFY_KEY": KEY, "DIOGEL_NOTIFY_TEMPLATE": TEMPLATE}
    return named | ({"DIOGEL_NOTIFY_SITE": desk.site} if desk else {}) | more


def test_killed_after_notify_took_a_letter_the_next_run_asks_and_repeats_nothing(other_home):
    with NotifyDesk(holds_at="after") as desk:
        first = begin(other_home, 1, **told(other_home, desk))
        assert desk.reached.wait(20)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        desk.holds_at = ""
        second = begin(other_home, 1, **told(other_home, desk))
        said = json.loads(second.communicate(timeout=30)[0])
    assert (second.returncode, said["sent"], said["found"], said["unknown"]) == (0, 2, 1, 0)
    with sqlite3.connect(other_home / "diogel.sqlite3") as database:
        rows = database.execute("select message_id, state from post_letter order by id").fetchall()
    assert [state for _number, state in rows] == ["sent"] * 3
    assert sorted(each["reference"] for each in desk.taken) == sorted(number for number, _state in rows)


def test_a_command_tells_of_settings_that_cannot_be_meant_and_does_nothing(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from diogel.cli import main; sys.exit(main(['post', 'send']))"],
        env=os.environ | {"DIOGEL_HOME": str(tmp_path)} | told(tmp_path, DIOGEL_MAIL="smtp://mail.example"),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.strip()) == (
        2, "DIOGEL_MAIL and DIOGEL_NOTIFY_KEY are both set. Letters go by one way: take one of the two away.",
    )  # fmt: skip
