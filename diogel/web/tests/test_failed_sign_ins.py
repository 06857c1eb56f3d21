"""Sign-ins that fail are told to the log: whose account, from where in a print, and never what was typed."""

import json

import pytest
from django.core.management import call_command
from django.test import Client

from diogel.audit import log
from diogel.audit.models import Entry
from diogel.people.models import Holding, User

LOGIN = "/en/accounts/login/"
PAGE = "/en/gwynedd-mon/desk/log/sign-ins/"
PASSWORD = "a long enough password"
WRONG = "Cyfrinair Anghywir 17"


def attempt(login, password=WRONG, address="192.0.2.1", **more):
    client = Client()
    client.post(LOGIN, {"login": login, "password": password}, REMOTE_ADDR=address, **more)
    return client


@pytest.fixture
def counted(settings, db):
    """The cache that an installation has, where tests have a quicker one that is shared by them all."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    call_command("createcachetable", verbosity=0)


def failed():
    return list(Entry.objects.filter(deed="sign_in_failed").order_by("number"))


def test_a_wrong_password_is_told_of_the_account_that_was_tried(cast, counted):
    attempt("ANN@example.org")
    (entry,) = failed()
    assert (entry.by, entry.subject) == ("public", cast.ann.reference)
    assert len(entry.detail["from"]) == 12


def test_an_address_that_nobody_signs_in_with_is_a_print(cast, counted, settings):
    attempt("nobody@example.org")
    attempt("Nobody@Example.org ")
    attempt("other@example.org")
    first, again, other = (entry.subject for entry in failed())
    assert first.startswith("nobody:")
    assert first == again != other
    settings.SECRET_KEY = "of another installation"
    attempt("nobody@example.org")
    assert failed()[-1].subject != first, "the print is worth nothing without the key"


def test_nothing_that_was_typed_stands_in_the_log(cast, counted):
    attempt("ann@example.org")
    attempt("nobody.known@example.org")
    told = json.dumps(list(Entry.objects.values("by", "subject", "sealed_detail", "words__text"))).lower()
    assert not any(word in told for word in ("example", "nobody.known", WRONG.lower(), "anghywir", "192.0.2.1"))


def test_who_is_shut_out_is_told_once_however_long_they_go_on(cast, counted):
    for _ in range(9):
        attempt("ann@example.org")
    told = Entry.objects.filter(deed="shut_out")
    assert [entry.subject for entry in told] == [cast.ann.reference]
    assert len(failed()) == 5


def test_a_connection_that_asks_too_often_is_told_of_too(cast, counted):
    statuses = [Client().post(LOGIN, {"login": "x@example.org"}, REMOTE_ADDR="192.0.2.7").status_code for _ in range(33)]
    assert statuses.count(429) == 3
    assert [entry.subject for entry in Entry.objects.filter(deed="shut_out")] == ["connection"]


def test_one_place_reads_as_one_place(cast, counted):
    for address in ("2001:db8:1:2::a", "2001:db8:1:2::b", "2001:db8:1:3::a"):
        attempt("ann@example.org", address=address)
    one, same, other = (entry.detail["from"] for entry in failed())
    assert one == same != other


def test_a_closed_account_with_the_right_password_is_a_failure(cast, counted):
    User.objects.filter(pk=cast.bryn.pk).update(is_active=False)
    client = attempt("bryn@example.org", PASSWORD)
    assert "_auth_user_id" not in client.session
    assert [(entry.subject, entry.detail["account"]) for entry in failed()] == [(cast.bryn.reference, "closed")]


def test_the_log_is_whole_with_them_in_it(cast, counted, tmp_path):
    for login in ("ann@example.org", "nobody@example.org"):
        attempt(login)
    attempt("ann@example.org", PASSWORD)
    assert log.verify(head_file=tmp_path / "none").is_whole


def test_those_who_may_read_the_log_see_who_failed_and_nobody_else_does(cast, client, counted):
    attempt("bryn@example.org")
    attempt("dai@example.org")
    attempt("nobody@example.org")
    client.force_login(cast.ann)
    page = client.get(PAGE).content.decode()
    assert "1 sign-in failed here in the last 30 days" in page
    assert "Bryn Dychmygol" in page
    assert "Sampl" not in page, "who signs in to another partnership is not told here"
    assert cast.dai.reference not in page
    assert "1 attempt in the last 30 days named an address that nobody signs in with" in page
    client.force_login(cast.bryn)
    assert client.get(PAGE).status_code == 403
    client.force_login(cast.dai)
    assert client.get(PAGE).status_code == 404


def test_the_sign_ins_of_who_holds_no_role_any_more_are_not_shown(cast, client, counted):
    attempt("bryn@example.org")
    Holding.objects.filter(person=cast.bryn.person).update(to_on="2000-01-01")
    client.force_login(cast.ann)
    page = client.get(PAGE).content.decode()
    assert "Nobody here failed to sign in" in page
    assert "Dychmygol" not in page


def test_the_page_asks_few_questions(cast, client, counted, django_assert_max_num_queries):
    for who in ("ann", "bryn", "carys"):
        attempt(f"{who}@example.org")
    client.force_login(cast.ann)
    with django_assert_max_num_queries(12):
        assert client.get(f"/cy{PAGE[3:]}").status_code == 200
