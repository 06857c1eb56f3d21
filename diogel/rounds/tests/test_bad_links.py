"""What goes wrong with a link or a round: a clear sentence in both languages, a way out, and nothing lost."""

from __future__ import annotations

from datetime import date

import pytest

from diogel.analysis.periods import Quarter
from diogel.audit.models import Entry
from diogel.post.links import path_of, withdraw_link
from diogel.post.models import Letter, SignedLink
from diogel.processes.actions.progress import file_update
from diogel.rounds.models import Answer, Request
from diogel.rounds.running import accept_answers, close_round, open_round, prepare_round

from .made import D3, D18, make_plan
from .test_link_pages import WHOLE, send_whole, words

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("language", ["en", "cy"])
SAID = {
    "nothing": {"en": "This link opens nothing", "cy": "Nid yw’r ddolen hon yn agor dim"},
    "expired": {"en": "This link has expired", "cy": "Mae’r ddolen hon wedi dod i ben"},
    "ended": {"en": "Not saved: this link opens nothing any more", "cy": "Heb ei gadw: nid yw’r ddolen hon yn agor dim mwyach"},
    "a new one": {"en": "Ask for a new link", "cy": "Gofyn am ddolen newydd"},
    "typed": {"en": "What you had typed", "cy": "Yr hyn yr oeddech wedi’i deipio"},
    "closed": {"en": "This round is closed", "cy": "Mae’r rownd hon wedi cau"},
    "accepted": {"en": "This update is accepted", "cy": "Mae’r diweddariad hwn wedi’i dderbyn"},
    "kept": {"en": "the co-ordinator decides what becomes of it", "cy": "felly’r cydlynydd sy’n penderfynu beth a ddaw ohono"},
    "came late": {"en": "Came after the round was closed", "cy": "Daeth ar ôl cau’r rownd"},
    "still open": {"en": "is still open. Close it before this one is opened", "cy": "yn dal ar agor. Caewch hi cyn agor hon"},
    "to ring": {"en": "Bryn Dychmygol has no e-mail address", "cy": "Nid oes gan Bryn Dychmygol gyfeiriad e-bost"},
    "not sent": {"en": "Nothing was sent: there is no e-mail address", "cy": "Nid anfonwyd dim"},
}


def rounds(made, rest: str, language: str) -> str:
    return f"/{language}/gwynedd-mon/desk/rounds/{rest}"


@BOTH
@pytest.mark.parametrize(
    ("how", "said", "status"), [("altered", "nothing", 404), ("withdrawn", "nothing", 404), ("expired", "expired", 410)]
)
def test_what_was_typed_behind_a_link_that_opens_nothing_comes_back_to_be_copied(client, cast, made, language, how, said, status):
    page = made.page(cast.bryn, "1/", language)
    link = SignedLink.objects.get(person=cast.bryn.person)
    if how == "withdrawn":
        withdraw_link(link, by=cast.ann)
    elif how == "expired":
        SignedLink.objects.update(expires_on=date(2022, 1, 16))
    else:
        page = page.replace(made.token(cast.bryn), made.token(cast.bryn)[:-1] + "_")
    answer = client.post(page, WHOLE | {"deed": "check", "text": "Tri sesiwn & <b>llawn</b>"})
    told = answer.content.decode()
    assert answer.status_code == status
    assert all(SAID[each][language] in told for each in (said, "a new one", "typed"))
    assert "Tri sesiwn &amp; &lt;b&gt;llawn" in told
    assert not Answer.objects.exists()
    assert SAID["typed"][language] not in words(client, page, status)


@BOTH
@pytest.mark.parametrize(("how", "status"), [("withdrawn", 404), ("expired", 410)])
def test_a_page_whose_link_has_ended_is_told_so_where_it_saves_by_itself(client, cast, made, language, how, status):
    page = made.page(cast.bryn, "1/", language)
    if how == "withdrawn":
        withdraw_link(SignedLink.objects.get(person=cast.bryn.person), by=cast.ann)
    else:
        SignedLink.objects.update(expires_on=date(2022, 1, 16))
    answer = client.post(page, WHOLE | {"deed": "save"}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == status
    assert SAID["ended"][language] in answer.json()["said"]


@BOTH
def test_a_look_at_a_link_that_opens_nothing_sends_no_letter(client, made, mailoutbox, language):
    before = Letter.objects.count()
    page = made.page(made.cast.bryn, language=language)
    SignedLink.objects.update(expires_on=date(2022, 1, 16))
    assert SAID["a new one"][language] in words(client, f"{page}?deed=new_link", 410)
    assert (Letter.objects.count(), mailoutbox) == (before, [])


def test_an_answer_sent_twice_is_one_even_after_the_round_was_closed(client, cast, made):
    send_whole(client, made)
    update, entries = made.request(1).update, Entry.objects.count()
    check = made.page(cast.bryn, "1/check/")
    again = {"seen": str(Answer.objects.get().version)}
    assert client.post(check, again).status_code == 302
    assert (Entry.objects.count(), made.request(1).update.version) == (entries, update.version)
    close_round(made.round, by=cast.ann, on=D18)
    assert client.post(check, again).status_code == 302
    assert Answer.objects.get().sent_on is None, "it says what the update says, so nothing of it waits for anybody"


def test_what_the_desk_corrected_is_what_the_link_shows_and_old_words_do_not_come_back(client, cast, made):
    send_whole(client, made)
    update = made.request(1).update
    file_update(update, by=cast.ann, seen=update.version, pairs={"text": ("", "Four sessions.")}, status="in_progress", rag="amber")
    page, version = made.page(cast.bryn, "1/"), str(Answer.objects.get().version)
    assert client.post(f"{page}check/", {"seen": version}).url == page, "what was sent before does not go a second time"
    told = words(client, page)
    assert ("Four sessions.</textarea>" in told, "Three sessions.</textarea>" in told) == (True, False)
    assert made.request(1).update.text_en == "Four sessions."
    send_whole(client, made, text="Five sessions.", seen=version)
    assert made.request(1).update.text_en == "Five sessions."


@BOTH
def test_an_answer_after_closing_says_so_is_kept_and_waits_for_the_co_ordinator(client, cast, made, language):
    close_round(made.round, by=cast.ann, on=D18)
    page = made.page(cast.bryn, "1/", language)
    assert SAID["closed"][language] in words(client, page)
    client.post(page, WHOLE | {"deed": "check"})
    thanks = client.post(f"{page}check/", {"seen": "1"}, follow=True).content.decode()
    assert SAID["kept"][language] in thanks
    assert Answer.objects.get().text == "Three sessions."
    client.force_login(cast.ann)
    assert SAID["came late"][language] in words(client, rounds(made, f"{made.round.pk}/", language))


@BOTH
def test_an_answer_after_it_was_accepted_is_not_told_that_the_round_is_closed(client, cast, made, language):
    send_whole(client, made)
    accept_answers(made.round, by=cast.ann)
    page = words(client, made.page(cast.bryn, "1/", language))
    assert (SAID["accepted"][language] in page, SAID["closed"][language] in page) == (True, False)


@BOTH
def test_a_second_open_round_of_a_plan_is_refused_where_the_button_was(client, cast, made, language):
    other = prepare_round(made.plan, Quarter.parse("2021-09"), by=cast.ann, on=D3)
    client.force_login(cast.ann)
    page = client.post(rounds(made, f"{other.pk}/open/", language), {"seen": "1"}, follow=True).content.decode()
    assert SAID["still open"][language] in page
    other.refresh_from_db()
    assert (other.status, Letter.objects.filter(about=f"round:{other.pk}").count()) == ("prepared", 0)


def test_of_two_rounds_that_are_open_at_once_each_link_opens_its_own(client, cast, made):
    other = prepare_round(make_plan(cast, "2021-24"), Quarter.parse("2021-09"), by=cast.ann, on=D3)
    open_round(other, by=cast.ann, on=D3)
    first, second = SignedLink.objects.filter(person=cast.bryn.person).order_by("pk")
    assert (first.about, second.about) == (f"round:{made.round.pk}", f"round:{other.pk}")
    assert len({each.link_id for each in Letter.objects.filter(person=cast.bryn.person)}) == 2
    Request.objects.filter(round=other, number=2).update(person=None)
    assert client.get(f"{path_of(first, 'en')}2/").status_code == 200
    assert client.get(f"{path_of(second, 'en')}2/").status_code == 404
    withdraw_link(first, by=cast.ann)
    assert (client.get(path_of(first, "en")).status_code, client.get(path_of(second, "en")).status_code) == (404, 200)


@BOTH
def test_a_lead_without_an_address_is_named_to_who_runs_the_round_with_a_telephone(client, cast, made, language, mailoutbox):
    cast.bryn.person.email, cast.bryn.person.phone = "", "01286 000000"
    cast.bryn.person.save()
    client.force_login(cast.ann)
    page = words(client, rounds(made, f"{made.round.pk}/", language))
    assert all(each in page for each in (SAID["to ring"][language], "01286 000000"))
    sent = client.post(rounds(made, f"request/{made.request(1).pk}/link/", language), {"deed": "send"}, follow=True)
    assert SAID["not sent"][language] in sent.content.decode()
    assert mailoutbox == []
