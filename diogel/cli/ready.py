"""Makes a home ready for a verb that needs the database: creates it, migrates it, and says so only when that takes work."""

from __future__ import annotations

import os
import sys


def ready() -> None:
    """Set Django up in this home and bring its tables up to date; safe to call twice."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diogel.web.settings")
    import django

    from diogel.home import home

    home().mkdir(parents=True, exist_ok=True)
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
