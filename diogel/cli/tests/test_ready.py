"""The tables of a home: made by migrations as the models are; those from before the first release taken over, or refused."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from diogel.cli import main
from diogel.home import home

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_a_database_that_took_every_earlier_step_needs_none(as_migrated, own_home):
    for app, name in list(as_migrated.applied_migrations()):
        if name == "0001_house":
            as_migrated.record_unapplied(app, name)
    assert main(["audit", "verify"]) == 0


def test_a_database_that_was_left_half_way_is_refused_with_a_way_out(as_migrated, own_home, capsys):
    as_migrated.record_unapplied("plan", "0003_year_wheel")
    assert main(["audit", "verify"]) == 2
    said = capsys.readouterr().err
    assert "never brought up to date" in said
    assert "DIOGEL_HOME" in said
    assert "Traceback" not in said


def test_migrations_make_the_tables_that_the_models_ask_for(own_home):
    """Most tests run on tables made from the models; here are those of an empty home, made as anybody makes them."""
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL every test runs on migrated tables")
    program = [str(Path(sys.executable).parent / "diogel"), "audit", "verify"]
    subprocess.run(program, env=os.environ | {"DIOGEL_HOME": str(own_home)}, check=True, capture_output=True, timeout=300)
    with sqlite3.connect(home() / "diogel.sqlite3") as made, connection.cursor() as cursor:
        migrated, asked = _tables(made.cursor()), _tables(cursor)
    assert len(asked) > 90
    assert {name: migrated.get(name) for name in asked} == asked


def _tables(cursor) -> dict[str, tuple]:
    """By table: its columns, what they refer to, its indexes with their columns, and its constraints."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'django_migrations'")
    return {name: _table(cursor, name, sql) for name, sql in cursor.fetchall()}


def _table(cursor, name: str, sql: str) -> tuple:
    def told(pragma: str) -> list[tuple]:
        cursor.execute(pragma)
        return cursor.fetchall()

    columns = sorted(row[1:] for row in told(f'PRAGMA table_info("{name}")'))
    references = sorted(row[2:5] for row in told(f'PRAGMA foreign_key_list("{name}")'))
    indexes = sorted(
        (row[2], row[4], tuple(column[2] for column in told(f'PRAGMA index_info("{row[1]}")')))
        for row in told(f'PRAGMA index_list("{name}")')
    )
    constraints = sorted(part.split('"')[0] for part in sql.split('CONSTRAINT "')[1:])
    return columns, references, indexes, constraints
