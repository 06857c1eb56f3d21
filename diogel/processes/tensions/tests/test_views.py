"""The pages of tension reports inside the desk."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from diogel.audit.models import Entry
from diogel.home import today
from diogel.people.access import Role
from diogel.people.tests.cast import hold, make_person, make_user
from diogel.processes.tensions.models import Tension

from .test_reporting import grade, send

WHERE = "/en/gwynedd-mon/desk/tensions/"
LEVELS = {"experienced": "3", "evidenced": "2", "potential": "5", "reliability": "hearsay"}


def days_ago(days):
    return timezone.make_aware(datetime.combine(today() - timedelta(days=days), datetime.min.time().replace(hour=12)))


@pytest.fixture
def tension(cast):
    return send(cast, received_at=days_ago(0), contact="07700 900123")


@pytest.fixture
def nia(cast):
    """Works with named people."""
    user = make_user(make_person("Nia", "Dychmygus"))
    hold(user, cast.gwynedd_mon, Role.CASE_ROLE)
    return user


def pages(tension):
    return [
        "",
        f"{tension.pk}/",
        f"{tension.pk}/step/triaged/",
        f"{tension.pk}/correct/",
        f"{tension.pk}/withdraw/",
        f"{tension.pk}/reporter/",
    ]


def test_a_stranger_is_asked_to_sign_in_everywhere(tension, client):
    assert {client.get(WHERE + page).status_code for page in pages(tension)} == {302}


def test_dai_finds_nothing_anywhere(cast, tension, client):
    client.force_login(cast.dai)
    assert {client.get(WHERE + page).status_code for page in pages(tension)} == {404}


def test_carys_may_open_nothing_here(cast, tension, client):
    client.force_login(cast.carys)
    assert {client.get(WHERE + page).status_code for page in [*pages(tension), "add/"]} == {403}


def test_bryn_may_report_and_reads_no_report(cast, tension, client):
    client.force_login(cast.bryn)
    first = client.get(WHERE)
    assert first.status_code == 200
    assert tension.reference not in first.content.decode()
    assert {client.get(WHERE + page).status_code for page in pages(tension)[1:]} == {403}
    typed = {"area": cast.gwynedd.pk, "place": "Bangor", "type": "event", "text": "A march is planned", "source": "partner"}
    answer = client.post(WHERE + "add/", typed | {"received_on": today().isoformat()})
    assert answer["Location"] == WHERE + "sent/"
    made = Tension.objects.get(type="event")
    assert (made.area, made.source, made.due_on) == (cast.gwynedd, "partner", today() + timedelta(days=1))


@pytest.mark.parametrize("language", ["cy", "en"])
def test_ann_opens_every_page_but_the_reporters(cast, tension, client, language):
    client.force_login(cast.ann)
    where = WHERE.replace("/en/", f"/{language}/")
    assert [client.get(where + page).status_code for page in pages(tension)] == [200, 200, 200, 200, 200, 403]
    assert "reporter/" not in client.get(f"{where}{tension.pk}/").content.decode()


def test_the_late_ones_stand_first_and_make_the_title(cast, client):
    on_time = send(cast, received_at=days_ago(0))
    late = send(cast, received_at=days_ago(5))
    client.force_login(cast.ann)
    page = client.get(WHERE).content.decode()
    assert "1 tension report is late" in page
    assert "4 days late" in page
    assert page.index(f">{late.reference}<") < page.index(f">{on_time.reference}<")
    assert f"Triage {late.reference}" in page


def test_silence_is_told_with_the_usual_gap(cast, client):
    for days in range(60, 33, -4):
        send(cast, received_at=days_ago(days))
    client.force_login(cast.ann)
    page = " ".join(client.get(WHERE).content.decode().split())
    assert "No report for 36 days." in page
    assert "The usual gap is 4 days." in page
    assert "Ask whether reporting has stopped." in page


def test_a_list_of_many_reports_asks_few_questions(cast, client, django_assert_max_num_queries):
    for days in range(30):
        send(cast, received_at=days_ago(days))
    client.force_login(cast.ann)
    with django_assert_max_num_queries(12):
        client.get(WHERE)


def test_one_report_asks_few_questions(cast, tension, client, django_assert_max_num_queries):
    client.force_login(cast.ann)
    with django_assert_max_num_queries(12):
        client.get(f"{WHERE}{tension.pk}/")


def test_ann_triages_answers_and_closes_by_form(cast, tension, client):
    client.force_login(cast.ann)
    at = f"{WHERE}{tension.pk}/step/"
    assert client.post(at + "triaged/", LEVELS | {"seen": "1"}).status_code == 302
    tension.refresh_from_db()
    assert (tension.status, tension.worst, tension.reliability) == ("triaged", 5, "hearsay")
    answered = {"response": "Spoke to the ward", "is_shared_with_police": "on", "feedback": "Thanked", "seen": tension.version}
    assert client.post(at + "answered/", answered).status_code == 302
    tension.refresh_from_db()
    assert client.post(at + "closed/", {"seen": tension.version}).status_code == 302
    tension.refresh_from_db()
    assert (tension.status, tension.is_shared_with_police) == ("closed", True)
    page = client.get(f"{WHERE}{tension.pk}/").content.decode()
    assert page.index("Received") < page.rindex("Triaged") < page.rindex("Answered") < page.rindex("Closed")


def test_triage_needs_all_three_levels(cast, tension, client):
    client.force_login(cast.ann)
    answer = client.post(f"{WHERE}{tension.pk}/step/triaged/", {"experienced": "3", "evidenced": "7", "seen": "1"})
    assert answer.status_code == 422
    assert Tension.objects.get().status == "received"


def test_two_who_triage_at_once_see_both_gradings(cast, tension, client):
    client.force_login(cast.ann)
    grade(Tension.objects.get(), cast.ann, at=None)
    stale = client.post(f"{WHERE}{tension.pk}/step/triaged/", LEVELS | {"experienced": "6", "seen": "1"})
    assert stale.status_code == 409
    assert "6: imminent" in stale.content.decode()
    assert "3: moderate" in stale.content.decode()
    assert Tension.objects.get().experienced == 3


def test_a_step_that_asks_why_is_refused_without(cast, tension, client):
    client.force_login(cast.ann)
    at = f"{WHERE}{tension.pk}/step/not_a_tension/"
    assert client.post(at, {"seen": "1", "reason": ""}).status_code == 422
    assert client.post(at, {"seen": "1", "reason": "A lost dog"}).status_code == 302
    assert "A lost dog" in client.get(f"{WHERE}{tension.pk}/").content.decode()


def test_a_step_that_is_not_open_is_led_back_or_refused(cast, tension, client):
    client.force_login(cast.ann)
    assert client.get(f"{WHERE}{tension.pk}/step/closed/").status_code == 302
    assert client.post(f"{WHERE}{tension.pk}/step/closed/", {"seen": "1"}).status_code == 422
    assert client.get(f"{WHERE}{tension.pk}/step/nonsense/").status_code == 404


def test_a_stale_correction_shows_both_texts(cast, tension, client):
    client.force_login(cast.ann)
    at = f"{WHERE}{tension.pk}/correct/"
    typed = {"area": "", "place": "Bangor", "type": "rumour", "source": "phone", "communities": "", "language": "en", "seen": "1"}
    assert client.post(at, typed | {"text": "Theirs"}).status_code == 302
    stale = client.post(at, typed | {"text": "Mine"})
    assert stale.status_code == 409
    assert "Theirs" in stale.content.decode()
    assert Tension.objects.get().text == "Theirs"


def test_a_withdrawn_report_leaves_the_list(cast, tension, client):
    client.force_login(cast.ann)
    client.post(f"{WHERE}{tension.pk}/withdraw/", {"seen": "1", "reason": "written down twice"})
    assert tension.reference not in client.get(WHERE).content.decode()


def test_nia_sees_how_to_answer_and_each_look_is_recorded(nia, tension, client):
    client.force_login(nia)
    page = client.get(f"{WHERE}{tension.pk}/reporter/").content.decode()
    assert "07700 900123" in page
    assert "07700 900123" not in client.get(f"{WHERE}{tension.pk}/").content.decode()
    assert Entry.objects.filter(deed="read", by=nia.reference).count() == 1


def test_looking_at_the_reporter_asks_few_questions(nia, tension, client, django_assert_max_num_queries):
    client.force_login(nia)
    client.get(f"{WHERE}{tension.pk}/reporter/")
    with django_assert_max_num_queries(12):
        client.get(f"{WHERE}{tension.pk}/reporter/")


def test_a_report_cannot_come_from_the_future(cast, client):
    client.force_login(cast.ann)
    typed = {"area": cast.gwynedd.pk, "place": "Bangor", "type": "event", "text": "A march", "source": "phone"}
    answer = client.post(WHERE + "add/", typed | {"received_on": (today() + timedelta(days=1)).isoformat()})
    assert answer.status_code == 422
    assert not Tension.objects.exists()
