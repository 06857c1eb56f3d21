"""The public form: it creates, it never reads, and it says what it is not for."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command

from diogel.audit.models import Entry
from diogel.people.models import Partnership
from diogel.processes.tensions.models import Reporter, Tension

from .test_reporting import send

WHERE = "/en/gwynedd-mon/report-a-tension/"


@pytest.fixture(autouse=True)
def _nobody_has_sent_anything():
    cache.clear()


@pytest.fixture
def time_machine_at():
    """Moves the clock to so many minutes past noon."""
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False) as traveller:
        yield lambda minute: traveller.move_to(datetime(2026, 3, 2, 12, tzinfo=UTC) + timedelta(minutes=minute), tick=False)


def typed(cast, **more):
    return {"area": cast.gwynedd.pk, "place": "Bangor", "type": "rumour", "text": "People are uneasy", "contact": "", "website": ""} | more


@pytest.mark.parametrize(("language", "words"), [("cy", "ddydd a nos"), ("en", "round the clock")])
def test_it_says_first_that_nobody_watches_and_whom_to_ring(cast, client, language, words):
    page = client.get(WHERE.replace("/en/", f"/{language}/")).content.decode()
    assert words in page
    assert page.index("tel:999") < page.index("tel:101") < page.index("tel:0800555111") < page.index("<form")


def test_anyone_sends_a_report_without_an_account(cast, client):
    answer = client.post(WHERE, typed(cast, contact="07700 900123"))
    made = Tension.objects.get()
    assert (made.source, made.area, made.place, made.language, made.status) == ("form", cast.gwynedd, "Bangor", "en", "received")
    assert Reporter.objects.get().contact == "07700 900123"
    assert Entry.objects.get(subject=f"tensions.tension:{made.pk}").by == "public"
    thanks = client.get(answer["Location"]).content.decode()
    assert made.reference in thanks
    assert "Bangor" not in thanks


def test_a_report_in_welsh_is_kept_as_welsh(cast, client):
    client.post(WHERE.replace("/en/", "/cy/"), typed(cast))
    assert Tension.objects.get().language == "cy"


def test_the_way_to_answer_is_optional(cast, client):
    client.post(WHERE, typed(cast))
    assert Tension.objects.count() == 1
    assert not Reporter.objects.exists()


def test_nothing_that_was_told_can_be_read_here(cast, client):
    other = send(cast, place="Caernarfon")
    pages = [WHERE, WHERE + "thanks/T-2022-001/", WHERE + "thanks/", WHERE + "1/", WHERE + f"{other.reference}/"]
    answers = [client.get(page) for page in pages]
    assert [answer.status_code for answer in answers] == [200, 404, 404, 404, 404]
    assert not any(other.reference in answer.content.decode() or "Caernarfon" in answer.content.decode() for answer in answers)


def test_the_page_of_thanks_asks_for_no_report(cast, client, django_assert_num_queries):
    where = client.post(WHERE, typed(cast))["Location"]
    with django_assert_num_queries(1):  # the partnership whose name stands in the header
        client.get(where)


@pytest.mark.parametrize("place", ["LL57 1AB", "12 High Street", "Bangor ll571ab"])
def test_a_place_finer_than_a_ward_is_refused_and_the_text_is_kept(cast, client, place):
    answer = client.post(WHERE, typed(cast, place=place))
    assert answer.status_code == 422
    assert "People are uneasy" in answer.content.decode()
    assert not Tension.objects.exists()


def test_a_box_that_people_do_not_see_stops_programs_and_is_emptied(cast, client):
    answer = client.post(WHERE, typed(cast, website="http://spam.example"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "spam.example" not in page
    assert "People are uneasy" in page
    assert not Tension.objects.exists()


def test_the_sixth_report_in_an_hour_from_one_address_waits(cast, client):
    for _ in range(5):
        assert client.post(WHERE, typed(cast)).status_code == 302
    refused = client.post(WHERE, typed(cast))
    assert refused.status_code == 429
    assert "People are uneasy" in refused.content.decode()
    assert Tension.objects.count() == 5
    assert client.post(WHERE, typed(cast), REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_forged_forwarding_line_does_not_help_where_no_proxy_is_trusted(cast, client):
    for number in range(5):
        client.post(WHERE, typed(cast), HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    assert client.post(WHERE, typed(cast), HTTP_X_FORWARDED_FOR="192.0.2.99").status_code == 429


def test_the_hour_is_counted_alike_in_the_cache_that_is_served_with(cast, client, settings, time_machine_at):
    """The embedded cache lies in the database; it forgets, when it counts up, how long it was to remember."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    call_command("createcachetable", verbosity=0)
    for minute in (0, 4, 8, 12, 16):
        time_machine_at(minute)
        assert client.post(WHERE, typed(cast)).status_code == 302
    time_machine_at(50)
    assert client.post(WHERE, typed(cast)).status_code == 429
    time_machine_at(61)
    assert client.post(WHERE, typed(cast)).status_code == 302


def test_one_line_does_not_count_as_many_because_it_has_many_addresses(cast, client):
    for number in range(5):
        client.post(WHERE, typed(cast), REMOTE_ADDR=f"2001:db8::{number}")
    assert client.post(WHERE, typed(cast), REMOTE_ADDR="2001:db8::99").status_code == 429
    assert client.post(WHERE, typed(cast), REMOTE_ADDR="2001:db8:1::1").status_code == 302


def test_a_partnership_that_is_not_there_has_no_form(cast, client):
    Partnership.objects.filter(pk=cast.wrexham.pk).update(withdrawn_on="2021-01-01")
    assert client.get("/en/nowhere/report-a-tension/").status_code == 404
    assert client.get("/en/wrexham/report-a-tension/").status_code == 404


def test_one_authority_is_not_asked_about(cast, client):
    where = "/en/wrexham/report-a-tension/"
    assert 'name="area"' not in client.get(where).content.decode()
    client.post(where, {"place": "Rhos", "type": "other", "text": "Something"})
    assert Tension.objects.get().area.code == "W06000006"


def test_a_form_without_its_token_is_refused(cast):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(WHERE, typed(cast)).status_code == 403
    assert not Tension.objects.exists()
