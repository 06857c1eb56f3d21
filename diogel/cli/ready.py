"""Makes a home ready for a verb that needs the database: creates it, migrates it, and says so only when that takes work."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from . import Refusal

if TYPE_CHECKING:
    from django.db.migrations.loader import MigrationLoader


def set_up() -> None:
    """Set Django up; refused, in the words of the settings, where one of them cannot be meant as it stands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diogel.web.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Refusal(str(error)) from None


def ready() -> None:
    """Set Django up in this home and bring its tables up to date; safe to call twice."""
    from diogel.home import is_demo, made

    if is_demo() or not os.environ.get("DATABASE_URL"):
        _keep_to_oneself(made() / "diogel.sqlite3")
    set_up()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    _refuse_what_was_left_half_way(executor.loader)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if sys.stderr.isatty():
            print("Bringing the database up to date…", file=sys.stderr)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)


def _refuse_what_was_left_half_way(loader: MigrationLoader) -> None:
    """Before the first release the steps that led to the tables were written anew as one (decision 8): a database that took them
    all goes on, one that took a few of them cannot."""
    for migration in loader.disk_migrations.values():
        taken = [step in loader.applied_migrations for step in migration.replaces]
        if any(taken) and not all(taken):
            raise Refusal(
                "This database was begun with an earlier, unreleased Diogel and never brought up to date, so this one cannot take it "
                "over. Name another folder with DIOGEL_HOME, or, where it holds a demo and nothing else, remove the folder."
            )


def _keep_to_oneself(database: Path) -> None:
    """An embedded database that is not there yet begins as a file that its owner alone can read; what SQLite lays beside it does
    as that file does. One that is there is left as its owner set it."""
    if not database.exists():
        os.close(os.open(database, os.O_CREAT | os.O_WRONLY, 0o600))
