"""Answers to a consultation: what is told of them, and what the scan keeps back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from diogel.audit.models import Entry
from diogel.home import today
from diogel.people.access import Anyone
from diogel.people.tests.cast import bilingual, make_person
from diogel.plan import consulting
from diogel.plan.models import Answer, Consultation, Plan
from diogel.publishing.answers import publish_answers
from diogel.publishing.snapshots import NotPublished

pytestmark = pytest.mark.django_db

REASON = {"because_cy": "Llinell i bawb yw hon.", "because_en": "This is a line for everyone."}


@pytest.fixture
def held(cast):
    day = today()
    plan = Plan.objects.create(
        partnership=cast.gwynedd_mon, code="2022-23", from_on=day, to_on=day + timedelta(days=364), **bilingual("Cynllun", "Plan", "title")
    )
    days = {"opens_on": day - timedelta(days=2), "closes_on": day + timedelta(days=5)}
    return Consultation.objects.create(plan=plan, **days, **bilingual("Eich barn", "Your view", "title", "about"))


def answered(held, **words):
    comment = consulting.send(held, by=Anyone(), text="Mae’r goleuadau’n rhy wan.", language="cy")
    said = {**bilingual("Dywedwyd", "It was said", "said"), **bilingual("Gwnaed", "It was done", "reply")} | words
    return Answer.objects.create(comment=comment, verdict="accepted", answered_on=today(), **said)


def door(held):
    return f"/en/gwynedd-mon/desk/papers/consultation/{held.pk}/publish/"


def told(client, held):
    return client.get(f"/en/gwynedd-mon/consultation/{held.pk}/answers/")


def test_answers_are_told_once_each_is_there(client, cast, held):
    consulting.send(held, by=Anyone(), text="x", language="cy")
    client.force_login(cast.ann)
    assert "no answer yet" in client.post(door(held), {"seen": held.version}).content.decode()
    assert told(client, held).status_code == 404
    Consultation.objects.get().comments.all().delete()
    answered(held)
    assert client.post(door(held), {"seen": held.version}).status_code == 302
    page = told(client, held).content.decode()
    assert "It was done" in page
    assert "goleuadau" not in page


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ({"reply_en": "Ring 07700 900123"}, "phone"),
        ({"said_cy": "Ysgrifennwch at mark@example.com"}, "e-mail"),
        ({"reply_en": "Mr B. Dychmygol did it"}, "name"),
        ({"said_en": "Dychmygol, Bryn said so"}, "name"),
    ],
)
def test_what_any_public_paper_may_not_say_no_answer_says(client, cast, held, words, kind):
    answered(held, **words)
    with pytest.raises(NotPublished) as refused:
        publish_answers(held, by=cast.ann, seen=held.version)
    assert kind in {leak.kind for leak in refused.value.leaks}
    held.refresh_from_db()
    assert held.told_on is None
    assert told(client, held).status_code == 404
    assert Entry.objects.get(deed="refused").sealed_detail == {"found": [kind]}


def test_what_is_asked_is_scanned_with_the_answers(cast, held):
    answered(held)
    Consultation.objects.update(about_en="Ring 07700 900123", is_public=False)
    held.refresh_from_db()
    with pytest.raises(NotPublished) as refused:
        publish_answers(held, by=cast.ann, seen=held.version)
    assert {leak.kind for leak in refused.value.leaks} == {"phone"}


def test_a_false_alarm_is_answered_for_on_the_page_and_kept_in_the_log(client, cast, held):
    make_person("Gwyn", "Llan")
    answered(held, reply_en="The Gwyn Llan fair.")
    client.force_login(cast.ann)
    page = client.post(door(held), {"seen": held.version})
    assert (page.status_code, "Gwyn Llan" in page.content.decode()) == (422, False)
    form = {"finds": [key for key, _label in page.context["release_form"].fields["finds"].choices], "seen": held.version}
    assert client.post(door(held), form | {"because_cy": "Ffair", "because_en": ""}).status_code == 422
    assert client.post(door(held), form | REASON).status_code == 302
    assert "Gwyn Llan" in told(client, held).content.decode()
    assert Entry.objects.get(deed="released").sealed_detail["en"] == REASON["because_en"]


def test_what_was_told_stays_as_it_was_told(client, cast, held):
    answer = answered(held)
    publish_answers(held, by=cast.ann, seen=held.version)
    Answer.objects.filter(pk=answer.pk).update(reply_en="Something else")
    assert "Something else" not in told(client, held).content.decode()


def test_who_may_not_publish_tells_nothing(client, cast, held):
    answered(held)
    for who, status in ((cast.bryn, 403), (cast.carys, 403), (cast.dai, 404)):
        client.force_login(who)
        assert client.post(door(held), {"seen": held.version}).status_code == status
        with pytest.raises(PermissionDenied):
            publish_answers(held, by=who, seen=held.version)
    client.force_login(cast.ann)
    assert client.post(door(held), {"seen": held.version + 1}).status_code == 422
    held.refresh_from_db()
    assert held.told_on is None
    client.post(door(held), {"seen": held.version})
    held.refresh_from_db()
    assert held.told_on == today()
