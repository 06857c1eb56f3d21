"""Makes a home ready for a verb that needs the database: creates it, migrates it, and says so only when that takes work."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def ready() -> None:
    """Set Django up in this home and bring its tables up to date; safe to call twice."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diogel.web.settings")
    import django

    from diogel.home import is_demo, made

    if is_demo() or not os.environ.get("DATABASE_URL"):
        _keep_to_oneself(made() / "diogel.sqlite3")
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if sys.stderr.isatty():
            print("Bringing the database up to date…", file=sys.stderr)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)


def _keep_to_oneself(database: Path) -> None:
    """An embedded database that is not there yet begins as a file that its owner alone can read; what SQLite lays beside it does
    as that file does. One that is there is left as its owner set it."""
    if not database.exists():
        os.close(os.open(database, os.O_CREAT | os.O_WRONLY, 0o600))
