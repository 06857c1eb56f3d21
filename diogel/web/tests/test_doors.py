"""What a request meets before any page."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client

from diogel.home import remember

PAGES = ["/", "/en/", "/en/accounts/login/", "/static/diogel/favicon.svg", "/en/nowhere/"]
ELSEWHERE = ["192.0.2.1", "10.0.0.4", "2001:db8::1", "", "::ffff:192.0.2.1", "127.0.0.1.example.org", "169.254.1.1"]
HERE = ["127.0.0.1", "127.0.0.53", "::1", "::ffff:127.0.0.1"]


@pytest.fixture
def demo(db, settings):
    settings.DEMO = True
    return Client()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_demo_refuses_who_is_not_on_this_machine(demo, page, address):
    answer = demo.get(page, REMOTE_ADDR=address)
    assert answer.status_code == 403
    assert "only this machine may open it" in answer.content.decode()
    assert "dim ond y cyfrifiadur hwn" in answer.content.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Via"])
def test_a_demo_refuses_what_a_proxy_passes_on(demo, header):
    """A proxy on the same machine calls from 127.0.0.1, whoever stands before it."""
    assert demo.get("/en/", headers={header: "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize("address", HERE)
def test_a_demo_opens_on_its_own_machine(demo, address):
    assert demo.get("/en/accounts/login/", REMOTE_ADDR=address).status_code == 200


def test_nobody_signs_in_to_a_demo_from_elsewhere(demo, cast):
    typed = {"login": "ann@example.org", "password": "a long enough password"}
    assert demo.post("/en/accounts/login/", typed, REMOTE_ADDR="192.0.2.1").status_code == 403
    assert "_auth_user_id" not in demo.session


def test_what_is_no_demo_is_open_to_its_readers(db):
    assert Client().get("/en/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": "192.0.2.9"}).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("address", "status"), [("192.0.2.1", 403), ("127.0.0.1", 200)])
def test_a_demo_is_closed_through_asgi_too(settings, monkeypatch, address, status):
    settings.DEMO = True
    client = AsyncClient()
    scope = client._base_scope
    monkeypatch.setattr(client, "_base_scope", lambda **asked: scope(**asked) | {"client": [address, 40000]})
    with ThreadPoolExecutor(1) as aside:  # where a browser has run in this process, its loop holds the main thread
        assert aside.submit(async_to_sync(client.get), "/").result().status_code == status


@pytest.mark.slow
def test_a_demo_home_started_without_diogel_serve_is_closed_all_the_same(own_home):
    """A fresh process calls what any WSGI server would call, in a home that says it is a demo."""
    remember(demo=True, today="2022-01-17")
    code = """
import io, json, sys
from diogel.web.wsgi import application
told = {}
for address in ("192.0.2.1", "127.0.0.1"):
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/robots.txt", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000",
             "HTTP_HOST": "127.0.0.1:8000", "REMOTE_ADDR": address, "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http"}
    list(application(asked, lambda status, headers: told.update({address: status[:3]})))
print(json.dumps(told))
"""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "DATABASE_"))}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment | {"DIOGEL_HOME": str(own_home)}, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == {"192.0.2.1": "403", "127.0.0.1": "200"}
