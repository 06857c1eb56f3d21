"""The pages behind a link: looking does nothing, the right person answers in two minutes, and everybody else learns nothing."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from diogel.audit.models import Entry
from diogel.people.access import Role
from diogel.people.models import Holding
from diogel.people.tests.cast import hold as hold_role
from diogel.people.tests.cast import make_person, make_user
from diogel.people.who import names_beside
from diogel.post.delivery import send_queued
from diogel.post.links import withdraw_link
from diogel.post.models import Letter, SignedLink
from diogel.processes.actions.models import Update
from diogel.rounds.answering import leave, take_in
from diogel.rounds.models import Answer, EvidenceFile, Request
from diogel.rounds.running import accept_answers, close_round
from diogel.rounds.showing import kept_answers

from .made import D18

pytestmark = pytest.mark.django_db
WHOLE = {"status": "in_progress", "rag": "amber", "text": "Three sessions.", "language": "en", "seen": "0"}
WRITES = ("INSERT", "UPDATE", "DELETE")


def words(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode().partition("<main")[2]


def send_whole(client: Client, made, number: int = 1, **values: str) -> None:
    """Type a whole answer, check it, send it."""
    page = made.page(made.cast.bryn, f"{number}/")
    assert client.post(page, WHOLE | values | {"deed": "check"}).url == f"{page}check/"
    version = Answer.objects.get(request__number=number, sent_on=None).version
    assert client.post(f"{page}check/", {"seen": str(version)}).status_code == 302


def test_a_scanner_that_opens_everything_many_times_changes_nothing_and_the_link_still_works(client, made):
    pages = [made.page(made.cast.bryn, rest) for rest in ("", "1/", "2/", "1/check/", "1/pass/")]
    with CaptureQueriesContext(connection) as asked:
        for page in pages * 3:
            assert client.get(page).status_code in (200, 302)
            assert client.head(page).status_code in (200, 302)
    assert not [each["sql"] for each in asked if each["sql"].upper().startswith(WRITES)]
    send_whole(client, made)
    assert made.request(1).update.state == "filed"


def test_a_link_shows_the_actions_of_its_person_and_no_name_at_all(client, made):
    for language, waits in (("en", "2 of your actions wait"), ("cy", "Gwaith 1")):
        page = words(client, made.page(made.cast.bryn, language=language))
        assert waits in page
        assert not [name for name in ("Bryn", "Ann", "Dychmygol", "Enghraifft", "example.org", "Work 3", "Gwaith 3") if name in page]
    assert client.get(made.page(made.cast.bryn, "3/")).status_code == 404
    assert client.post(made.page(made.cast.bryn, "3/"), WHOLE | {"deed": "check"}).status_code == 404
    assert "Work 3" in words(client, made.page(made.cast.ann))


def test_the_pages_are_kept_by_no_browser_and_found_by_no_search(client, made):
    answer = client.get(made.page(made.cast.bryn, "1/"))
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_last_times_words_are_filled_in_and_stand_beside_each_question(client, made):
    page = words(client, made.page(made.cast.bryn, "1/"))
    assert "Two sessions.</textarea>" in page
    assert 'value="40"' in page
    assert page.count("Last time:") >= 3
    assert "Nothing has changed since last time" in page
    assert "Dau sesiwn.</textarea>" in words(client, made.page(made.cast.bryn, "1/", language="cy"))
    assert "What you said last time is filled in" in page
    new = words(client, made.page(made.cast.bryn, "2/"))
    assert not [told for told in ("Nothing has changed", "last time is filled in") if told in new], "nothing was told of it before"


def test_an_answer_is_filed_as_its_persons_and_the_log_names_them(client, cast, made):
    send_whole(client, made, percent="60", milestone="Trainer found", obstacle="Rooms", next_step="Book one", next_on_day="1",
               next_on_month="3", next_on_year="2022")  # fmt: skip
    update = made.request(1).update
    told = (update.state, update.status, update.rag, update.percent, update.text_en, update.milestone_en, update.filed_by, update.next_on)
    assert told == ("filed", "in_progress", "amber", 60, "Three sessions.", "Trainer found", cast.bryn.person, date(2022, 3, 1))
    assert (update.text_cy, update.text_state, made.request(1).how) == ("", "missing", "link"), "the Welsh half waits for a translator"
    by = f"link:{cast.bryn.person.pk}"
    assert Entry.objects.filter(by=by, subject=f"actions.update:{update.pk}").exists()
    assert names_beside({by}, cast.gwynedd_mon) == {by: "Bryn Dychmygol, by their link"}
    assert names_beside({by}, cast.wrexham) == {}


def test_grey_is_an_answer_and_status_is_another_question(client, made):
    send_whole(client, made, rag="grey", status="blocked", obstacle="No figures come")
    update = made.request(1).update
    assert (update.rag, update.status, update.action.status) == ("grey", "blocked", "blocked")


@pytest.mark.parametrize(
    ("missing", "said"),
    [({"status": ""}, "Choose how far"), ({"rag": ""}, "Choose how it goes"), ({"text": " "}, "Say in a sentence"),
     ({"status": "blocked"}, "needs its reason"), ({"percent": "101"}, "100"), ({"percent": "many"}, "whole number")],
)  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_is_kept(client, made, missing, said):
    answer = client.post(made.page(made.cast.bryn, "1/"), WHOLE | missing | {"deed": "check", "next_step": "Ring them"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Answer.objects.get().next_step == "Ring them"
    assert made.request(1).update.state == "asked"


def test_a_draft_is_kept_as_one_types_and_nothing_of_it_is_told_to_the_log(client, made):
    page = made.page(made.cast.bryn, "1/")
    before = Entry.objects.count()
    answer = client.post(page, WHOLE | {"deed": "save", "text": "Half a sen", "status": ""}, headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, answer.json()["seen"]) == (200, 1)
    answer = client.post(page, WHOLE | {"deed": "save", "text": "Half a sentence", "seen": "1"}, headers={"X-Requested-With": "fetch"})
    assert answer.json()["seen"] == 2
    assert Entry.objects.count() == before
    assert made.request(1).update.state == "asked"
    assert "Half a sentence" in words(client, page)
    assert "Go on" in words(client, made.page(made.cast.bryn))


def test_what_cannot_be_read_is_named_where_the_page_saves_by_itself(client, made):
    page, typed = made.page(made.cast.bryn, "1/"), {"percent": "150", "next_on_day": "31", "next_on_month": "2", "next_on_year": "2022"}
    said = client.post(page, WHOLE | typed | {"deed": "save"}, headers={"X-Requested-With": "fetch"}).json()["said"]
    assert "“Per cent done, where that can be said”, “By when?”" in said
    answer = Answer.objects.get()
    assert (answer.text, answer.percent, answer.next_on) == ("Three sessions.", None, None)


def test_two_windows_show_both_texts_and_lose_neither(client, made):
    page = made.page(made.cast.bryn, "1/")
    client.post(page, WHOLE | {"deed": "save", "text": "From the telephone"})
    by_script = client.post(page, WHOLE | {"deed": "save", "text": "From the desk"}, headers={"X-Requested-With": "fetch"})
    assert by_script.status_code == 409
    assert "another window" in by_script.json()["said"]
    both = client.post(page, WHOLE | {"deed": "check", "text": "From the desk"})
    told = both.content.decode()
    assert both.status_code == 409
    assert all(each in told for each in ("From the telephone", "From the desk", 'name="seen" value="1"'))
    assert Answer.objects.get().text == "From the telephone"
    client.post(page, WHOLE | {"deed": "save", "text": "From the desk", "seen": "1"})
    assert Answer.objects.get().text == "From the desk"


def test_sending_what_another_window_changed_asks_to_read_it_again(client, made):
    page = made.page(made.cast.bryn, "1/")
    client.post(page, WHOLE | {"deed": "check"})
    client.post(page, WHOLE | {"deed": "save", "text": "Other words", "seen": "1"})
    assert client.post(f"{page}check/", {"seen": "1"}).url == f"{page}check/"
    assert made.request(1).update.state == "asked"


def test_one_button_says_that_nothing_has_changed_in_both_languages(client, made):
    client.post(made.page(made.cast.bryn, "1/"), {"deed": "same"})
    update = made.request(1).update
    assert (update.state, update.text_cy, update.text_en, update.percent) == ("filed", "Dau sesiwn.", "Two sessions.", 40)
    client.post(made.page(made.cast.bryn, "2/"), {"deed": "same"})
    assert made.request(2).update.state == "asked", "of the second nothing was told before"


def test_that_nothing_has_changed_puts_no_words_aside_that_were_typed_or_sent(client, cast, made):
    page, same, other = made.page(cast.bryn, "1/"), "Nothing has changed since last time", "you have written something else"
    client.post(page, WHOLE | {"deed": "save", "text": "Half a sen"})
    assert same not in words(client, page)
    assert other in client.post(page, {"deed": "same"}, follow=True).content.decode()
    assert (made.request(1).update.state, Answer.objects.get().text) == ("asked", "Half a sen")
    send_whole(client, made, text="My own final words.", seen="1")
    assert other in client.post(page, {"deed": "same"}, follow=True).content.decode()
    assert (made.request(1).update.text_en, Answer.objects.get().text) == ("My own final words.", "My own final words.")
    close_round(made.round, by=cast.ann, on=D18)
    client.post(page, {"deed": "same"})
    assert kept_answers(made.round) == []


def test_that_nothing_has_changed_can_be_said_of_a_draft_that_says_what_was_said_and_twice(client, made):
    page = made.page(made.cast.bryn, "1/")
    client.post(page, WHOLE | {"deed": "save", "text": "Two sessions.", "percent": "40"})
    assert "Nothing has changed since last time" in words(client, page)
    client.post(page, {"deed": "same"})
    version = made.request(1).update.version
    assert "thank you" in client.post(page, {"deed": "same"}, follow=True).content.decode()
    assert (made.request(1).update.state, made.request(1).update.version) == ("filed", version)


def test_that_nothing_has_changed_is_said_twice_after_closing_and_waits_once(client, cast, made):
    close_round(made.round, by=cast.ann, on=D18)
    for _time in range(2):
        assert "it is kept" in client.post(made.page(cast.bryn, "1/"), {"deed": "same"}, follow=True).content.decode()
    assert [each.text for each in kept_answers(made.round)] == ["Two sessions."]


def test_until_it_is_accepted_an_answer_is_changed_by_the_same_link(client, cast, made):
    send_whole(client, made)
    send_whole(client, made, text="Four sessions.", seen="1")
    assert made.request(1).update.text_en == "Four sessions."
    accept_answers(made.round, by=cast.ann)
    send_whole(client, made, text="Five sessions.", seen="2")
    assert made.request(1).update.text_en == "Four sessions."
    answer = Answer.objects.get()
    assert (answer.text, answer.sent_on) == ("Five sessions.", date(2022, 1, 17))


def test_an_answer_after_closing_is_kept_and_settled_by_the_co_ordinator(client, cast, made):
    close_round(made.round, by=cast.ann, on=D18)
    assert "This round is closed" in words(client, made.page(cast.bryn))
    send_whole(client, made)
    send_whole(client, made, number=2, text="Late as well.")
    assert made.request(1).update.state == "late"
    first, second = Answer.objects.select_related("request__round", "request__update__action").order_by("request__number")
    take_in(first, by=cast.ann, why="")
    leave(second, by=cast.ann)
    assert [made.request(number).update.state for number in (1, 2)] == ["filed", "late"]
    assert list(Answer.objects.order_by("request__number").values_list("settled", flat=True)) == ["taken", "left"]
    client.post(made.page(cast.bryn, "2/"), WHOLE | {"deed": "save", "text": "Typed on."})
    client.force_login(cast.ann)
    desk = words(client, f"/en/gwynedd-mon/desk/rounds/request/{made.request(2).pk}/")
    assert all(told in desk for told in ("What was sent too late, on 17 January 2022, and was not taken in", "Late as well."))
    assert made.request(1).update.filed_by == cast.bryn.person


def test_what_was_sent_too_late_stays_as_it_was_sent_while_its_lead_types_on(client, cast, made):
    close_round(made.round, by=cast.ann, on=D18)
    send_whole(client, made)
    page = made.page(cast.bryn, "1/")
    for typed, seen in (("Three sessions.!", "0"), ("Three sessions.", "1")):
        assert (
            client.post(page, WHOLE | {"deed": "save", "text": typed, "seen": seen}, headers={"X-Requested-With": "fetch"}).status_code
            == 200
        )
    waits = Answer.objects.exclude(sent_on=None).get()
    assert (waits.text, waits.sent_on, waits.settled) == ("Three sessions.", date(2022, 1, 17), "")
    assert [each.pk for each in kept_answers(made.round)] == [waits.pk]
    assert client.post(f"{page}check/", {"seen": "2"}).status_code == 302
    assert Answer.objects.get() == waits, "the same words wait once"
    send_whole(client, made, text="Four sessions.")
    assert [each.text for each in kept_answers(made.round)] == ["Three sessions.", "Four sessions."]
    page = words(client, page)
    assert all(told in page for told in ("What you sent on 17 January 2022 waits for the co-ordinator", "Four sessions.</textarea>"))


def test_what_a_forgotten_window_typed_on_words_that_were_sent_too_late_comes_back_beside_them(client, cast, made):
    close_round(made.round, by=cast.ann, on=D18)
    send_whole(client, made)
    page = made.page(cast.bryn, "1/")
    both = client.post(page, WHOLE | {"deed": "check", "text": "From the other window", "seen": "1"})
    told = both.content.decode()
    assert both.status_code == 409
    assert all(each in told for each in ("Three sessions.", "From the other window", 'name="seen" value="0"'))
    send_whole(client, made, text="From the other window")
    assert [each.text for each in kept_answers(made.round)] == ["Three sessions.", "From the other window"]


def test_not_mine_goes_to_a_colleague_told_by_their_post_or_back(client, cast, made, mailoutbox):
    colleague = make_person("Eira", "Anwel", cast.police)
    colleague.post_en, colleague.post_cy, colleague.language = "Sergeant", "Rhingyll", "en"
    colleague.save()
    hold_role(make_user(colleague), cast.gwynedd_mon, Role.PARTNER_OFFICER)
    page = made.page(cast.bryn, "1/")
    client.post(page, WHOLE | {"deed": "save", "text": "Half of it"})
    shown = words(client, f"{page}pass/")
    assert ("Sergeant" in shown, "Eira" in shown, "Anwel" in shown) == (True, False, False)
    assert client.post(f"{page}pass/", {"to": str(cast.ann.person.pk), "seen": "1"}).status_code == 422, "of another body"
    assert client.post(f"{page}pass/", {"to": str(colleague.pk), "seen": "1", "why": "Hers now"}).status_code == 302
    passed = made.request(1)
    assert (passed.person, passed.passed_from, passed.passed_note) == (colleague, cast.bryn.person, "Hers now")
    assert client.get(page).status_code == 404, "it is no longer Bryn’s to see"
    assert [each.to for each in mailoutbox if "Eira" in str(each.to) or "eira" in str(each.to)] == [["eira@example.org"]]
    assert all(told in words(client, made.page(colleague.user, "1/")) for told in ("Half of it", "Hers now"))
    assert client.post(made.page(cast.bryn, "2/pass/"), {"to": "back", "seen": "1"}).status_code == 302
    assert made.request(2).person is None


def test_no_letter_is_promised_to_a_colleague_who_cannot_be_written_to(client, cast, made):
    colleague = make_person("Eira", "Anwel", cast.police)
    hold_role(make_user(colleague), cast.gwynedd_mon, Role.PARTNER_OFFICER)
    colleague.post_en, colleague.post_cy, colleague.email = "Sergeant", "Rhingyll", ""
    colleague.save()
    page = made.page(cast.bryn, "1/pass/")
    assert "Sergeant (has no e-mail address here" in words(client, page)
    passed = client.post(page, {"to": str(colleague.pk), "seen": "1"}, follow=True).content.decode()
    assert "No letter can go to your colleague" in passed
    assert (made.request(1).person, Letter.objects.filter(person=colleague).exists()) == (colleague, False)
    back = client.post(made.page(cast.bryn, "2/pass/"), {"to": "back", "seen": "1"}, follow=True).content.decode()
    assert "back with the co-ordinator" in back
    client.force_login(cast.ann)
    desk = words(client, f"/en/gwynedd-mon/desk/rounds/{made.round.pk}/")
    assert all(told in desk for told in ("Eira Anwel has no e-mail address (actions: 1)", "Nobody is asked yet (actions: 2)"))


@pytest.mark.parametrize("language", ["en", "cy"])
def test_guessed_altered_and_withdrawn_links_read_alike(client, cast, made, language):
    good = made.page(cast.bryn, language=language)
    altered = good[:-3] + ("A" if good[-3] != "A" else "B") + good[-2:]
    pages = [client.get(each) for each in (f"/{language}/gwynedd-mon/answer/x/", altered, good.replace("gwynedd-mon", "wrexham"))]
    withdraw_link(SignedLink.objects.get(person=cast.bryn.person), by=cast.ann)
    pages.append(client.get(good))
    assert {each.status_code for each in pages} == {404}
    mains = {each.content.decode().partition("<h1")[2].partition("csrf")[0] for each in pages}
    assert len(mains) == 1


def test_an_expired_link_says_so_and_the_offer_answers_everybody_alike(client, cast, made, mailoutbox):
    page = made.page(cast.bryn)
    SignedLink.objects.update(expires_on=date(2022, 1, 16))
    assert "This link has expired" in words(client, page, 410)
    assert client.post(f"{page}1/", WHOLE | {"deed": "check"}).status_code == 410
    asked = [client.post(each, {"deed": "new_link"}) for each in (page, "/en/gwynedd-mon/answer/guessed/", page)]
    assert len({each.content.decode().partition("<h1")[2].partition("csrf")[0] for each in asked}) == 1
    (letter,) = [each for each in mailoutbox if each.subject.startswith("Dolen newydd")]
    assert letter.to == ["bryn@example.org"]
    fresh = next(line for line in letter.body.splitlines() if "/answer/" in line)
    assert fresh.startswith("http://127.0.0.1/cy/gwynedd-mon/answer/")
    assert client.get(fresh.removeprefix("http://127.0.0.1")).status_code == 200
    assert Answer.objects.count() == 0


def test_a_link_ends_with_the_last_role_of_its_person(client, cast, made):
    page = made.page(cast.bryn)
    Holding.objects.filter(person=cast.bryn.person).update(to_on=date(2022, 1, 16))
    assert client.get(page).status_code == 404


def test_who_tries_many_links_is_shut_out_and_a_good_link_still_opens(client, cast, made):
    codes = [client.get(f"/en/gwynedd-mon/answer/guess-{n}/").status_code for n in range(45)]
    assert (codes[0], codes[-1]) == (404, 429)
    assert client.get(made.page(cast.bryn)).status_code == 200


def test_a_form_of_another_site_is_refused(cast, made):
    strict = Client(enforce_csrf_checks=True)
    for rest, form in (("1/", WHOLE | {"deed": "check"}), ("1/", {"deed": "same"}), ("1/pass/", {"to": "back", "seen": "1"})):
        assert strict.post(made.page(cast.bryn, rest), form).status_code == 403
    assert (Answer.objects.count(), made.request(1).person) == (0, cast.bryn.person)


def test_a_link_does_nothing_but_answer(client, cast, made):
    """It opens no desk, and no action that the person was not asked about, though it is of their own body."""
    assert client.get(made.page(cast.bryn)).status_code == 200
    assert client.get("/en/gwynedd-mon/desk/").status_code == 302
    Request.objects.filter(number=2).update(person=None)
    assert client.get(made.page(cast.bryn, "2/")).status_code == 404


def word_file(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as book:
        for name in names:
            book.writestr(name, "<x/>")
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.docx", word_file("word/document.xml"), ""),
        ("../../etc/plan.pdf", b"%PDF-1.7 x", ""),
        ("plan.docm", word_file("word/document.xml"), "without macros"),
        ("plan.docx", word_file("word/document.xml", "word/vbaProject.bin"), "holds macros"),
        ("plan.docx", b"%PDF-1.7 x", "not what its name says"),
        ("plan.xlsx", word_file("word/document.xml"), "not what its name says"),
        ("plan.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        ("plan.pdf", b"MZ...", "not what its name says"),
        ("page.html", b"<script>", "Send a PDF"),
        ("plan.pdf", b"", "empty"),
        ("big.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024), "10 MB"),
    ],
)
def test_evidence_is_looked_into_kept_apart_and_opened_by_the_desk_alone(client, cast, made, own_home, name, content, said):
    page = made.page(cast.bryn, "1/")
    answer = client.post(page, WHOLE | {"deed": "save", "evidence": SimpleUploadedFile(name, content)})
    if said:
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not EvidenceFile.objects.exists()
        return
    file = EvidenceFile.objects.get()
    assert (own_home / "evidence" / file.sha256).read_bytes() == content
    assert "/" not in file.name
    address = f"/en/gwynedd-mon/desk/rounds/evidence/{file.pk}/"
    assert client.get(address).status_code == 302
    client.force_login(cast.ann)
    sent = client.get(address)
    assert sent["Content-Disposition"].startswith("attachment")
    assert sent.content == content
    client.force_login(cast.dai)
    assert client.get(address).status_code == 404


def test_a_page_asks_the_database_little(client, made, django_assert_max_num_queries):
    begins = made.page(made.cast.bryn)
    for rest in ("", "1/", "1/pass/"):
        with django_assert_max_num_queries(12):
            client.get(begins + rest)


def test_letters_hold_the_link_of_their_reader(client, cast, made, mailoutbox):
    send_queued(root="https://diogel.example.org", on=date(2022, 1, 17))
    to_bryn = next(each for each in mailoutbox if each.to == ["bryn@example.org"])
    assert f"https://diogel.example.org/cy/gwynedd-mon/answer/{made.token(cast.bryn)}/" in to_bryn.body
    assert made.token(cast.bryn) not in str(list(Letter.objects.values())) + str(list(SignedLink.objects.values()))
    assert Update.objects.filter(state="filed").count() == 1
