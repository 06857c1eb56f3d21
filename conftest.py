"""What every test shares: a home of its own, the cast, and an account of what was skipped."""

from __future__ import annotations

import collections
import gc
import os
import shutil
from importlib import import_module
from pathlib import Path
from unittest import mock

import pytest
from django.core.cache import cache
from django.utils import translation

DIOGEL = Path(__file__).resolve().parent / "diogel"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""What to look for; the first is the same browser without windows, and takes a fifth less."""
SHARED_DATA = Path(os.environ.get("DIOGEL_SHARED_DATA") or Path(__file__).resolve().parent.parent / "shared" / "data")


@pytest.fixture(autouse=True)
def _english_first():
    """A test begins in English, whatever language the pages of the one before it spoke."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _environment_as_found():
    """What a command sets for its own process does not outlive the test that gave it."""
    with mock.patch.dict(os.environ):
        yield


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Argon2 is slow on purpose; tests of sign-in ask for it back."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()  # the next test has other rows under the same keys


@pytest.fixture(autouse=True)
def _plans_without_papers(settings):
    """Six papers a plan take seconds; tests of them ask for them back."""
    settings.PLANS_HAVE_PAPERS = False


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    """A home for one test."""
    monkeypatch.setenv("DIOGEL_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def as_migrated(db, settings):
    """As if these tables had been made by migrations, though they may be made from the models: for whoever asks which steps were
    taken, another program included. The recorder, in which a test may change it."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    settings.MIGRATION_MODULES = {}
    recorder = MigrationRecorder(connection)
    if not recorder.has_table():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE django_migrations (id integer PRIMARY KEY, app varchar, name varchar, applied datetime)")
    for app in apps.get_app_configs():
        for path in (Path(app.path) / "migrations").glob("0*.py"):
            step = import_module(f"{app.name}.migrations.{path.stem}").Migration
            for label, name in [(app.label, path.stem), *step.replaces]:
                recorder.record_applied(label, name)
    return recorder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real open data; tests that need it skip where it is absent."""
    if not SHARED_DATA.exists():
        pytest.skip("the folder of real open data is not on this machine")
    return SHARED_DATA


def pytest_collection_finish(session):
    """What was imported and collected is no garbage: to look through it again and again is a tenth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_sessionfinish():
    gc.unfreeze()


def pytest_addoption(parser):
    parser.addoption("--only-database", action="store_true", help="leave out the tests that touch no database")


LONG = {"quarter", "drawn_once", "_drawn_once", "shared_data"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """The long journeys begin first, then what walks the whole house; on the second database only what it can change runs again. What
    looks through a quarter of figures, draws papers or reads the real files is slow, wherever it stands."""
    for item in items:
        if LONG & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")
    items.sort(key=lambda item: ("journeys" not in item.path.parts, item.path.is_relative_to(DIOGEL)))
    if not config.getoption("--only-database"):
        return
    wanted = {"db", "transactional_db", "cast", "live_server", "django_db_setup"}
    chosen = [item for item in items if item.get_closest_marker("django_db") or wanted & set(getattr(item, "fixturenames", ()))]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def _reason(report) -> str:
    words = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    return str(words).removeprefix("Skipped: ")


def pytest_terminal_summary(terminalreporter):
    """How many tests were skipped, and why, each reason once."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = collections.Counter(_reason(report) for report in skipped)
    terminalreporter.write_line(f"{len(skipped)} tests were skipped.")
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"  {count}: {reason}")


@pytest.fixture
def cast(db):
    """The invented cast, fresh for one test."""
    from diogel.people.tests.cast import make_cast

    return make_cast()


@pytest.fixture(scope="session")
def chromium():
    """One real browser for the session; tests skip, and say why, where the machine has none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.skip("this machine has no chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
        if os.getuid() == 0:
            flags.append("--no-sandbox")
        browser = playwright.chromium.launch(executable_path=found, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, live_server):
    """A page of the real site in the real browser; it fails the test if anything is asked of another host."""
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    elsewhere: list[str] = []
    opened.on("request", lambda request: None if request.url.startswith((live_server.url, "data:")) else elsewhere.append(request.url))
    yield opened
    context.close()
    assert elsewhere == [], "a page asked another host"


@pytest.fixture(scope="session")
def axe():
    """Runs axe on a page and gives its findings as lines; none where all is well."""
    from tests.axe import Looking

    return Looking()
