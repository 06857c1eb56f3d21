"""The doors of the house as a hostile link-holder tries them: headers, errors, sign-in, accounts, hosts, files."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from diogel.audit.models import Entry
from diogel.cli import main
from diogel.cli.ready import _keep_to_oneself
from diogel.home import made, remember
from diogel.people.models import User

PASSWORD = "a long enough password"
LOGIN = "/en/accounts/login/"


def text_of(answer) -> str:
    """A page without what differs from one asking to the next: its token, and the address that was typed."""
    return re.sub(r'value="[A-Za-z0-9]{64}"|[a-z]+@example\.org', "", answer.content.decode())


# --- headers and errors


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/en/", 200),
        ("/en/nowhere/", 404),
        ("/static/diogel/diogel.css", 200),
        ("/static/diogel/favicon.svg", 200),
        ("/static/nowhere.css", 404),
        ("/static/../diogel/web/settings.py", 404),
        ("/static/%2e%2e/%2e%2e/settings.py", 404),
        (LOGIN, 200),
        ("/en/gwynedd-mon/desk/", 302),
        ("/en/gwynedd-mon/report-a-tension/", 200),
    ],
)
def test_every_answer_carries_the_policy(cast, client, address, status):
    answer = client.get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert answer.status_code == status
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_that_fails_tells_nothing_of_how(cast, monkeypatch):
    def fail(*args, **options):
        raise RuntimeError("the secret in the middle")

    monkeypatch.setattr("diogel.web.desk_views.late_and_next", fail)
    client = Client(raise_request_exception=False)
    client.force_login(cast.ann)
    answer = client.get("/en/gwynedd-mon/desk/")
    assert answer.status_code == 500
    assert not any(word in answer.content.decode() for word in ("secret in", "Traceback", "RuntimeError", "desk_views", "Ann"))
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_host_that_is_not_ours_is_refused(client):
    answer = client.get("/en/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "elsewhere" not in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["//elsewhere.example/", "/en//elsewhere.example/", "/en/accounts/login/?next=//elsewhere.example&x='\"><b>"]
)
def test_the_other_language_lies_on_this_site_and_its_address_is_text(client, address):
    page = client.get(address).content.decode()
    assert '"><b>' not in page
    assert not re.search(r'(href|action)="(https?:)?//', page)


# --- signing in


@pytest.mark.parametrize(
    "beyond", ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)", "///x.example"]
)
@pytest.mark.parametrize("where", ["field", "address"])
def test_sign_in_leads_to_no_other_site(cast, client, beyond, where):
    typed = {"login": "ann@example.org", "password": PASSWORD}
    answer = client.post(LOGIN, typed | {"next": beyond}) if where == "field" else client.post(f"{LOGIN}?next={beyond}", typed)
    assert answer["Location"] == "/en/sign-in/done/"


@pytest.fixture
def served_cache(settings, db):
    """The cache that an installation has, where tests have a quicker one."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    call_command("createcachetable", verbosity=0)


def test_wrong_passwords_are_counted_and_tell_nobody_whose_address_exists(cast, served_cache):
    said = {}
    for address in ("ann@example.org", "nobody@example.org"):
        answers = [
            Client().post(LOGIN, {"login": address, "password": "not the one at all"}, REMOTE_ADDR=f"192.0.2.{number}")
            for number in range(7)
        ]
        said[address] = [text_of(answer) for answer in answers]
    known, unknown = said.values()
    assert known == unknown
    assert known[0] == known[4] != known[5] == known[6]
    late = Client()
    late.post(LOGIN, {"login": "ann@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in late.session, "while the address is shut, not even the right password opens it"


def test_one_address_may_not_try_many_accounts(cast, served_cache):
    for number in range(10):
        Client().post(LOGIN, {"login": f"{number}@example.org", "password": "not the one at all"})
    late = Client()
    late.post(LOGIN, {"login": "ann@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in late.session


def test_signing_in_is_told_to_the_log_without_the_address(cast, client):
    client.post(LOGIN, {"login": "ann@example.org", "password": PASSWORD})
    assert Entry.objects.get(deed="signed_in").by == f"user:{cast.ann.pk}"
    assert "example.org" not in json.dumps(list(Entry.objects.values("by", "subject", "sealed_detail", "words__text")))


# --- accounts


@pytest.mark.parametrize("page", ["email/", "confirm-email/", "confirm-email/x/", "password/set/", "login/code/confirm/"])
def test_pages_of_an_account_that_are_not_offered_are_not_there(cast, client, page):
    client.force_login(cast.ann)
    assert client.get(f"/en/accounts/{page}").status_code == 404
    assert client.post(f"/en/accounts/{page}", {"action_add": "", "email": "mine@elsewhere.example"}).status_code == 404
    assert not cast.ann.emailaddress_set.exists()


def test_nobody_opens_an_account_for_themselves(cast, client):
    before = User.objects.count()
    page = client.post("/en/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD})
    assert "opened by an administrator" in page.content.decode()
    assert User.objects.count() == before


def test_a_forgotten_password_tells_nobody_whose_address_exists(cast, client):
    answers = [client.post("/en/accounts/password/reset/", {"email": f"{name}@example.org"}, follow=True) for name in ("ann", "nobody")]
    assert text_of(answers[0]) == text_of(answers[1])
    assert [answer.redirect_chain[-1][0] for answer in answers] == ["/en/accounts/password/reset/done/"] * 2
    assert "/password/reset/key/" in mail.outbox[0].body
    assert "/password/reset/key/" not in "".join(letter.body for letter in mail.outbox[1:])


@pytest.mark.parametrize("language", ["cy", "en"])
def test_without_a_mail_server_the_letter_lies_where_its_owner_alone_finds_it(cast, client, settings, tmp_path, language):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "diogel.web.outbox.EmailBackend", tmp_path / "outbox"
    settings.SENDS_MAIL = False
    page = client.post(f"/{language}/accounts/password/reset/", {"email": "ann@example.org"}, follow=True)
    assert {"en": "sends no e-mail", "cy": "yn anfon e-bost"}[language] in page.content.decode()
    assert stat.S_IMODE((tmp_path / "outbox").stat().st_mode) == 0o700
    assert "/password/reset/key/" in next((tmp_path / "outbox").iterdir()).read_text()


# --- where it runs


def told_by_settings(home: Path, *names: str, **environment: str) -> list[object]:
    """What a fresh process finds in its settings."""
    code = f"import json; from diogel.web import settings as s; print(json.dumps([getattr(s, n) for n in {names!r}], default=str))"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "DIOGEL_HOME": str(home)} | environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_behind_https_the_cookies_never_go_in_the_open(own_home):
    names = (
        "DEBUG",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE",
        "SECURE_SSL_REDIRECT",
    )
    told = told_by_settings(own_home, *names, "ALLAUTH_TRUSTED_PROXY_COUNT", DIOGEL_HTTPS="yes", DIOGEL_PROXY="yes")
    assert told == [False, True, True, True, "Lax", True, 1]


@pytest.mark.slow
def test_django_finds_nothing_wrong_with_how_it_is_served(own_home):
    """W005 and W021 ask to speak for subdomains and for browsers' own lists, which a council's other sites must decide."""
    environment = {"DIOGEL_HOME": str(own_home), "DIOGEL_HTTPS": "yes", "DJANGO_SETTINGS_MODULE": "diogel.web.settings"}
    words = [sys.executable, "-m", "django", "check", "--deploy"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}  # tests loosen one of them
    done = subprocess.run(words, env=plain | environment, capture_output=True, text=True, check=False)
    assert set(re.findall(r"\w+\.[WE]\d+", done.stderr)) <= {"security.W005", "security.W021"}, done.stderr


def test_a_demo_keeps_to_its_own_file_its_own_machine_and_sends_no_letters(own_home):
    remember(demo=True)
    elsewhere = {"DATABASE_URL": "postgresql://u:p@db.example/real", "DIOGEL_HOSTS": "*", "DIOGEL_MAIL": "smtp://mail.example"}
    databases, hosts, sends = told_by_settings(own_home, "DATABASES", "ALLOWED_HOSTS", "SENDS_MAIL", **elsewhere)
    assert databases["default"]["NAME"] == str(own_home / "diogel.sqlite3")
    assert hosts == ["127.0.0.1", "localhost", "[::1]"]
    assert sends is False


def test_postgresql_answers_without_compiling_the_question_first(own_home):
    """The list of words is one long question: compiled, it takes ten seconds."""
    (databases,) = told_by_settings(own_home, "DATABASES", DATABASE_URL="postgresql://u:p@db.example/real")
    assert databases["default"]["OPTIONS"]["options"] == "-c jit=off"


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "", "192.168.1.5", "example.org", "127.0.0.1.example.org", "[::1]", "localhost."])
def test_a_demo_is_served_to_no_other_machine(own_home, capsys, address):
    remember(demo=True)
    assert main(["serve", "--port", "8123", f"--address={address}"]) == 2
    assert "this machine only" in capsys.readouterr().err


def test_the_home_its_key_and_its_database_are_read_by_their_owner_alone(own_home):
    told_by_settings(own_home, "DEBUG")
    _keep_to_oneself(made() / "diogel.sqlite3")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (own_home, own_home / "secret", own_home / "diogel.sqlite3")}
    assert modes == {"home": 0o700, "secret": 0o600, "diogel.sqlite3": 0o600}
