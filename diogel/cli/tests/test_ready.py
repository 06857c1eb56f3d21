"""A database from before the first release: taken over where it is up to date, refused in one sentence where it is not."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from diogel.cli import main

pytestmark = pytest.mark.django_db


def test_a_database_that_took_every_earlier_step_needs_none(capsys):
    recorder = MigrationRecorder(connection)
    for app, name in list(recorder.applied_migrations()):
        if name == "0001_house":
            recorder.record_unapplied(app, name)
    assert main(["audit", "verify"]) == 0
    call_command("migrate", "--check")


def test_a_database_that_was_left_half_way_is_refused_with_a_way_out(capsys):
    MigrationRecorder(connection).record_unapplied("plan", "0003_year_wheel")
    assert main(["audit", "verify"]) == 2
    said = capsys.readouterr().err
    assert "never brought up to date" in said
    assert "DIOGEL_HOME" in said
    assert "Traceback" not in said
