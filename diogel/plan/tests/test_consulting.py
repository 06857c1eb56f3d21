"""Consulting on a plan: what anyone may send, who reads it, what is told of it, and how its words are erased."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from diogel.audit.models import Entry, Words
from diogel.home import today
from diogel.people.access import Anyone, Installation, Role
from diogel.people.tests.cast import bilingual, hold
from diogel.plan import consulting
from diogel.plan.models import Answer, Comment, Consultation, Number, Plan, Priority
from diogel.processes.actions.models import Action
from diogel.published.models import Publication

pytestmark = pytest.mark.django_db

TEXT = "Mae’r goleuadau’n rhy wan ar Ffordd Ddu."


@pytest.fixture(autouse=True)
def _nobody_sent_any():
    cache.clear()


@pytest.fixture
def held(cast):
    day = today()
    plan = Plan.objects.create(
        partnership=cast.gwynedd_mon, code="2022-23", from_on=day, to_on=day + timedelta(days=364), **bilingual("Cynllun", "Plan", "title")
    )
    Priority.objects.create(plan=plan, code="p", number=1, **bilingual("Tai", "Housing", "title"))
    for number, seen in ((1, "partnership"), (2, "case")):
        action = Action.objects.create(
            kind="action", reference=f"r/{number}", partnership=cast.gwynedd_mon, status="agreed", opened_on=day, visibility=seen,
            **bilingual("Cam cudd" if seen == "case" else "Cam agored", "Secret step" if seen == "case" else "Open step", "title"),
        )  # fmt: skip
        Number.objects.create(plan=plan, action=action, number=number)
    return Consultation.objects.create(
        plan=plan,
        opens_on=day - timedelta(days=2),
        closes_on=day + timedelta(days=5),
        **bilingual("Eich barn", "Your view", "title", "about"),
    )


def outside(name, held, language="en"):
    return f"/{language}/gwynedd-mon/consultation/{held.pk}/" + {"form": "", "told": "answers/"}[name]


def inside(name, *args):
    return reverse(f"plan:{name}", args=["gwynedd-mon", "2022-23", *args])


def answered(comment, **values):
    values = {
        "verdict": "accepted",
        "answered_on": today(),
        **bilingual("Dywedwyd", "It was said", "said"),
        **bilingual("Gwnaed", "It was done", "reply"),
    } | values
    return Answer.objects.create(comment=comment, **values)


def test_the_form_leads_to_the_plan_it_asks_about_once_that_is_published_and_never_to_another(client, held):
    def leads_on():
        return "Read the plan" in client.get(outside("form", held)).content.decode()

    def told(code):
        return Publication.objects.create(
            partnership="gwynedd-mon", kind="plan", key=code, version=1, content={}, published_at=timezone.now()
        )

    told("2021-22")
    assert not leads_on()
    row = told("2022-23")
    assert "/en/gwynedd-mon/plan/2022-23/v1/" in client.get(outside("form", held)).content.decode()
    Publication.objects.filter(pk=row.pk).update(withdrawn_at=timezone.now(), withdrawn_because_en="Wrong")
    assert not leads_on()


@pytest.mark.parametrize("language", ["cy", "en"])
def test_anyone_comments_on_an_action_without_saying_who_they_are(client, held, language):
    page = client.get(outside("form", held, language)).content.decode()
    assert ("Cam agored" if language == "cy" else "Open step") in page
    assert "Secret step" not in page
    assert "Cam cudd" not in page
    number = Number.objects.get(number=1)
    answer = client.post(
        outside("form", held, language), {"about": f"action-{number.pk}", "text": TEXT, "sent_as": "resident"}, follow=True
    )
    assert answer.status_code == 200
    assert "/thanks/" in answer.redirect_chain[0][0]
    comment = Comment.objects.get()
    assert (comment.numbered, comment.text, comment.language, comment.sent_as, comment.body) == (number, TEXT, language, "resident", None)


def test_what_anyone_wrote_is_in_no_log_and_on_no_public_page(client, held):
    client.post(outside("form", held), {"about": "plan", "text": TEXT})
    assert Comment.objects.get().text == TEXT
    assert not Words.objects.filter(text__contains="goleuadau").exists()
    assert "goleuadau" not in json.dumps([entry.sealed_detail for entry in Entry.objects.all()], ensure_ascii=False)
    for path in (outside("form", held), "/en/gwynedd-mon/consultation/"):
        assert "goleuadau" not in client.get(path).content.decode()


def test_a_hidden_action_cannot_be_named_by_guessing_its_number(client, held):
    hidden = Number.objects.get(number=2)
    assert client.post(outside("form", held), {"about": f"action-{hidden.pk}", "text": TEXT}).status_code == 422
    assert not Comment.objects.exists()


def test_programs_that_fill_every_box_and_advertisers_are_turned_away(client, held):
    assert client.post(outside("form", held), {"about": "plan", "text": TEXT, "website": "x"}).status_code == 422
    assert client.post(outside("form", held), {"about": "plan", "text": "http://a.b http://c.d https://e.f"}).status_code == 422
    assert client.post(outside("form", held), {"about": "plan", "text": "x" * 4001}).status_code == 422
    assert not Comment.objects.exists()


def test_the_sixth_comment_in_an_hour_from_one_connection_waits_and_keeps_what_was_typed(client, held):
    for _each in range(5):
        assert client.post(outside("form", held), {"about": "plan", "text": TEXT}).status_code == 302
    answer = client.post(outside("form", held), {"about": "plan", "text": TEXT})
    assert answer.status_code == 429
    assert "goleuadau" in answer.content.decode()
    assert Comment.objects.count() == 5


@pytest.mark.parametrize(("opens", "closes"), [(1, 9), (-9, -1)])
def test_a_consultation_takes_nothing_before_it_opens_or_after_it_closes(client, cast, held, opens, closes):
    day = today()
    Consultation.objects.update(opens_on=day + timedelta(days=opens), closes_on=day + timedelta(days=closes))
    held.refresh_from_db()
    assert client.post(outside("form", held), {"about": "plan", "text": TEXT}).status_code == 200
    with pytest.raises(ValidationError):
        consulting.send(held, by=cast.bryn, text=TEXT, language="cy")
    assert not Comment.objects.exists()


@pytest.mark.parametrize("how", [{"is_public": False}, {"about_state": "draft"}, {"withdrawn_on": "2022-01-01"}])
def test_what_is_not_open_to_everyone_is_not_there_for_them(client, held, how):
    Consultation.objects.update(**how)
    assert client.get(outside("form", held)).status_code == 404
    assert "Your view" not in client.get("/en/gwynedd-mon/consultation/").content.decode()
    assert client.get(f"/en/wrexham/consultation/{held.pk}/").status_code == 404
    assert client.get(f"/en/gwynedd-mon/consultation/{10**30}/").status_code == 404


def test_a_partner_comments_under_the_name_of_their_body(client, cast, held):
    client.force_login(cast.bryn)
    client.post(inside("comment", held.pk), {"about": "plan", "text": "More patrols"})
    comment = Comment.objects.get()
    assert (comment.body, comment.sent_as) == (cast.police, "partner")
    page = client.get(inside("consultation", held.pk)).content.decode()
    assert "More patrols" not in page, "what others wrote is read by who answers it"
    client.force_login(cast.ann)
    page = client.get(inside("consultation", held.pk)).content.decode()
    assert "More patrols" in page
    assert "North Wales Police" in page


def test_scrutiny_and_strangers_send_nothing_through_the_desk(client, cast, held):
    assert client.post(inside("comment", held.pk), {"about": "plan", "text": TEXT}).status_code == 302
    client.force_login(cast.carys)
    assert client.post(inside("comment", held.pk), {"about": "plan", "text": TEXT}).status_code == 403
    with pytest.raises(PermissionDenied):
        consulting.send(held, by=cast.carys, text=TEXT, language="cy")
    assert not Comment.objects.exists()


def test_a_comment_is_answered_in_both_languages_with_what_became_of_it(client, cast, held):
    comment = consulting.send(held, by=Anyone(), text=TEXT, language="cy")
    client.force_login(cast.ann)
    door = inside("answer", comment.pk)
    assert "goleuadau" in client.get(door).content.decode()
    said = {"verdict": "not_taken_up", "said_cy": "Goleuadau", "said_en": "Lights", "reply_cy": "Dim arian", "seen": ""}
    assert client.post(door, {**said, "verdict": ""}).status_code == 422
    assert client.post(door, said).status_code == 302
    assert comment.answer.reply_state == "missing"
    for who in (cast.bryn, cast.carys):
        client.force_login(who)
        assert client.get(door).status_code == 403
    client.force_login(cast.dai)
    assert client.get(door).status_code == 404


def test_nothing_is_told_before_each_comment_has_its_checked_answer(held):
    comment = consulting.send(held, by=Anyone(), text=TEXT, language="cy", priority=Priority.objects.get())
    with pytest.raises(ValidationError, match="no answer yet"):
        consulting.to_tell(held)
    answer = answered(comment, reply_state="draft")
    with pytest.raises(ValidationError, match="not checked"):
        consulting.to_tell(held)
    Answer.objects.filter(pk=answer.pk).update(reply_state="checked")
    (told,) = consulting.to_tell(held)
    assert (told["about"]["en"], told["reply"]["en"]) == ("Housing", "It was done")
    assert "goleuadau" not in json.dumps(told, ensure_ascii=False), "a comment is told in our words"


def test_words_are_erased_for_good_and_the_answer_stays(client, cast, held):
    comment = consulting.send(held, by=Anyone(), text=TEXT, language="cy")
    answered(comment)
    client.force_login(cast.bryn)
    assert client.post(inside("erase_comment", comment.pk)).status_code == 403
    client.force_login(cast.ann)
    client.post(inside("erase_comment", comment.pk))
    comment.refresh_from_db()
    assert (comment.text, comment.erased_on, comment.answer.said_en) == ("", today(), "It was said")
    assert "the words are erased" in client.get(inside("consultation", held.pk)).content.decode()


def test_the_words_of_all_are_erased_only_once_it_is_over(client, cast, held):
    consulting.send(held, by=Anyone(), text=TEXT, language="cy")
    client.force_login(cast.ann)
    client.post(inside("erase_all", held.pk))
    assert Comment.objects.get().text == TEXT
    Consultation.objects.update(closes_on=today() - timedelta(days=1))
    client.post(inside("erase_all", held.pk))
    assert Comment.objects.get().text == ""


def test_a_translator_checks_what_is_told_and_reads_no_comment(client, cast, held):
    answer = answered(consulting.send(held, by=Anyone(), text=TEXT, language="cy"))
    hold(cast.carys, cast.gwynedd_mon, Role.TRANSLATOR)
    assert Answer.objects.visible_to(cast.carys).get() == answer
    assert not Comment.objects.visible_to(cast.carys).exists()


def test_the_page_of_a_consultation_asks_little_however_many_wrote(client, cast, held, django_assert_max_num_queries):
    for _each in range(9):
        answered(consulting.send(held, by=Anyone(), text=TEXT, language="cy", numbered=Number.objects.get(number=1)))
    client.force_login(cast.ann)
    with django_assert_max_num_queries(12):
        client.get(inside("consultation", held.pk))


@pytest.mark.parametrize(("days", "goes"), [(consulting.KEEP_DAYS, False), (consulting.KEEP_DAYS + 1, True)])
def test_a_year_after_it_closed_the_words_go_by_themselves_and_the_numbers_stay(cast, held, days, goes):
    for number in (1, 2):
        comment = consulting.send(held, by=Anyone(), text=f"{TEXT} {number}", language="cy", sent_as="resident")
    Comment.objects.filter(pk=comment.pk).update(withdrawn_on=today())
    answered(Comment.objects.get(number=1))
    Consultation.objects.update(opens_on=today() - timedelta(days=days + 9), closes_on=today() - timedelta(days=days))
    would = list(consulting.erase_past_keeping(by=Installation(), on=today(), is_dry=True))
    assert not Comment.objects.filter(text="").exists(), "a dry run changes nothing"
    gone = list(consulting.erase_past_keeping(by=Installation(), on=today(), partnership=cast.gwynedd_mon))
    assert [each.number for each in gone] == [each.number for each in would] == ([1, 2] if goes else [])
    rows = list(Comment.objects.values_list("number", "text", "sent_as", "erased_on"))
    assert rows == [(n, "" if goes else f"{TEXT} {n}", "resident", today() if goes else None) for n in (1, 2)]
    assert Answer.objects.get().said_cy == "Dywedwyd"
    assert Entry.objects.filter(deed="erased", by="installation", subject__startswith="plan.comment:").count() == 2 * goes
    assert list(consulting.erase_past_keeping(by=Installation(), on=today())) == [], "once is enough"


def test_another_partnerships_comments_stay_where_one_alone_is_asked_for(cast, held):
    consulting.send(held, by=Anyone(), text=TEXT, language="cy")
    Consultation.objects.update(opens_on="2000-01-01", closes_on="2000-01-02")
    assert list(consulting.erase_past_keeping(by=Installation(), on=today(), partnership=cast.wrexham)) == []
    assert Comment.objects.get().text == TEXT
