"""What every test shares: a home of its own, the cast, and an account of what was skipped."""

from __future__ import annotations

import collections
import os
import tempfile
from pathlib import Path

# Before settings are read: tests never touch the home of the person who runs them.
os.environ["DIOGEL_HOME"] = os.environ.get("DIOGEL_TEST_HOME") or tempfile.mkdtemp(prefix="diogel-test-")
os.environ["DIOGEL_POOL"] = "no"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

import pytest

SHARED_DATA = Path(os.environ.get("DIOGEL_SHARED_DATA") or Path(__file__).resolve().parent.parent / "shared" / "data")


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Argon2 is slow on purpose; tests of sign-in ask for it back."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    """A home for one test."""
    monkeypatch.setenv("DIOGEL_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real open data; tests that need it skip where it is absent."""
    if not SHARED_DATA.exists():
        pytest.skip("the folder of real open data is not on this machine")
    return SHARED_DATA


def pytest_addoption(parser):
    parser.addoption("--only-database", action="store_true", help="leave out the tests that touch no database")


def pytest_collection_modifyitems(config, items):
    """On the second database only what a database can change is worth running again."""
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
