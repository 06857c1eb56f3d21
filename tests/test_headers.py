"""What the browser is told with each answer, which cookies it gets, and that no address leads it off this site."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from diogel.cli.serve import IN_THE_OPEN
from tests.test_security import LOGIN, PASSWORD, told_by_settings

DESK = "/en/gwynedd-mon/desk/"
BEYOND = [
    "//elsewhere.example/",
    "https://elsewhere.example/",
    "/\\elsewhere.example",
    "javascript:alert(1)",
    "///x.example",
    "http:x.example",
]


@pytest.mark.parametrize("page", ["/", "/en/", "/en/nowhere/", LOGIN, DESK, "/en/gwynedd-mon/report-a-tension/"])
def test_each_answer_shuts_what_no_page_uses_and_tells_no_other_site_where_the_reader_was(cast, client, page):
    client.force_login(cast.ann)
    for reader in (client, Client()):
        told = reader.get(page).headers
        assert "geolocation=()" in told["Permissions-Policy"]
        assert told["Referrer-Policy"] == "same-origin"
        assert told["X-Frame-Options"] == "DENY"
        assert told["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "page", [DESK, f"{DESK}people/", f"{DESK}log/", "/en/sign-in/done/", "/en/accounts/password/change/", "/en/", "/en/nowhere/"]
)
def test_what_is_shown_to_who_is_signed_in_is_kept_nowhere(cast, client, page):
    client.force_login(cast.ann)
    assert client.get(page).headers["Cache-Control"] == "private, no-store"


def test_a_stranger_may_keep_what_everybody_sees(cast, client):
    assert "no-store" not in client.get("/en/").headers.get("Cache-Control", "")
    assert "max-age" in client.get("/static/diogel/favicon.svg").headers["Cache-Control"]


def test_cookies_are_read_by_no_script_and_sent_by_no_other_site(cast, client):
    client.get(LOGIN)
    client.post(LOGIN, {"login": "ann@example.org", "password": PASSWORD})
    assert {"sessionid", "csrftoken"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name


def test_over_https_cookies_belong_to_this_host_alone_and_the_browser_stays_with_https(own_home):
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER")
    told = told_by_settings(own_home, *names, DIOGEL_HTTPS="yes", DIOGEL_PROXY="yes")
    assert told == ["__Host-sessionid", "__Host-csrftoken", True, 31_536_000, ["HTTP_X_FORWARDED_PROTO", "https"]]
    assert told_by_settings(own_home, *names) == ["sessionid", "csrftoken", False, 0, None]


def test_hsts_goes_with_each_secure_answer(db, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert Client().get("/en/", secure=True).headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in Client().get("/en/").headers


def test_who_says_https_without_a_proxy_that_is_trusted_is_not_believed(db, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/en/", headers={"X-Forwarded-Proto": "https"}).status_code == 301


def test_signing_in_begins_a_session_of_its_own(cast, client):
    """A session that somebody else put into the browser beforehand is worth nothing afterwards."""
    client.get(LOGIN)
    session = client.session
    session["planted"] = "x"
    session.save()
    before = client.session.session_key
    client.post(LOGIN, {"login": "ann@example.org", "password": PASSWORD})
    assert client.session.session_key != before
    assert "_auth_user_id" in client.session


def test_nobody_is_signed_in_or_out_by_another_site(cast):
    strict = Client(enforce_csrf_checks=True)
    typed = {"login": "ann@example.org", "password": PASSWORD}
    assert strict.post(LOGIN, typed, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    strict.force_login(cast.ann)
    assert strict.post("/en/accounts/logout/").status_code == 403
    assert strict.get("/en/accounts/logout/").status_code == 200
    assert "_auth_user_id" in strict.session


def test_a_new_password_ends_the_sessions_that_the_old_one_began(cast, client):
    other = Client()
    for each in (client, other):
        each.post(LOGIN, {"login": "ann@example.org", "password": PASSWORD})
        assert each.get(DESK).status_code == 200
    new = "another quite long password"
    client.post("/en/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert other.get(DESK).status_code == 302


@pytest.mark.parametrize("beyond", BEYOND)
@pytest.mark.parametrize("page", ["login/", "logout/", "password/change/", "reauthenticate/"])
def test_no_page_of_an_account_leads_to_another_site(cast, client, page, beyond):
    if page != "login/":
        client.force_login(cast.ann)
    new = "another quite long password"
    typed = {"login": "ann@example.org", "password": PASSWORD, "oldpassword": PASSWORD, "password1": new, "password2": new, "next": beyond}
    for where in (f"/en/accounts/{page}?next={beyond}", f"/en/accounts/{page}"):
        answer = client.post(where, typed)
        assert not re.match(r"(https?:)?[/\\]{2}|javascript|http:", answer.headers.get("Location", "")), where


@pytest.mark.parametrize(
    "path", ["//elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example/", "/%5Celsewhere.example/en", "/en//elsewhere.example"]
)
def test_an_address_that_lacks_its_slash_or_language_is_not_led_off_the_site(db, client, path):
    answer = client.get(path)
    assert not re.match(r"(https?:)?[/\\]{2}", answer.headers.get("Location", ""))


def test_a_letter_leads_only_to_a_host_that_is_ours(cast, client):
    for host in ("elsewhere.example", "127.0.0.1.elsewhere.example", "localhost@elsewhere.example"):
        assert client.post("/en/accounts/password/reset/", {"email": "ann@example.org"}, headers={"Host": host}).status_code == 400
    told = {"X-Forwarded-Host": "elsewhere.example"}
    client.post("/en/accounts/password/reset/", {"email": "ann@example.org"}, headers=told)
    assert len(mail.outbox) == 1
    assert "elsewhere.example" not in mail.outbox[0].body


def test_a_site_that_answers_to_any_name_does_not_start(own_home):
    import subprocess

    with pytest.raises(subprocess.CalledProcessError) as failed:
        told_by_settings(own_home, "ALLOWED_HOSTS", DIOGEL_HOSTS="*")
    assert "DIOGEL_HOSTS is “*”" in failed.value.stderr
    hosts, origins = told_by_settings(own_home, "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", DIOGEL_HOSTS=" diogel.example.org , .example.org")
    assert hosts == ["diogel.example.org", ".example.org"]
    assert origins == ["https://diogel.example.org", "https://*.example.org"]


def test_whoever_serves_it_to_others_without_https_is_told(own_home, monkeypatch, capsys):
    from diogel.cli import main, serve

    class Stopped(Exception):
        pass

    def stop():
        raise Stopped

    monkeypatch.setattr(serve, "ready", stop)
    monkeypatch.setattr(serve, "ensure_free", lambda *_: None)
    for address, https, told in (("0.0.0.0", "no", True), ("0.0.0.0", "yes", False), ("127.0.0.1", "no", False)):
        monkeypatch.setenv("DIOGEL_HTTPS", https)
        assert main(["serve", "--address", address]) == 2
        assert (IN_THE_OPEN in capsys.readouterr().err) is told
