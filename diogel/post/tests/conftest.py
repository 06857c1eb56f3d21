"""The home of a process that is killed while it sends."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from .made import write_to


@pytest.fixture
def other_home(cast, as_migrated, tmp_path) -> Path:
    """A home of a process of its own, with three queued letters: the database of this test, laid down as a file."""
    if connection.vendor != "sqlite":
        pytest.skip("the home of the process that is killed keeps its letters in SQLite")
    write_to(cast, cast.ann, cast.bryn, cast.carys)
    home = tmp_path / "home"
    home.mkdir()
    (home / "diogel.sqlite3").write_bytes(connection.connection.serialize())
    return home
