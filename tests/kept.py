"""What takes long to make is made once a run, by whichever worker comes to it first; after that rows are laid as rows."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from diogel.examples.loading import load
from diogel.examples.reading import EXAMPLES
from diogel.home import today

AT_ONCE = 200
"""Rows that one statement lays."""
FOREIGN = ("account_emailaddress",)
"""Tables of others in which what is made here leaves rows too."""


def lay_examples(*, with_people: bool) -> None:
    """Both example partnerships, in a database that holds no partnership."""
    name = "examples-with-people" if with_people else "examples"
    lay_rows(
        f"{name}-{today()}", lambda: [load(slug, with_people=with_people) for slug in EXAMPLES]
    )  # who holds a role holds it from today


def lay_rows(name: str, make: Callable[[], object]) -> None:
    """The rows that `make` makes in a database that holds no partnership. `name` is that of nothing else."""
    with _only_one(f"{connection.vendor}-{name}.json") as path, transaction.atomic():
        if not path.exists():
            make()
            path.write_text(json.dumps(list(_statements()), ensure_ascii=False), encoding="utf-8")
            return
        with connection.cursor() as cursor:
            for statement in json.loads(path.read_text(encoding="utf-8")):
                cursor.execute(statement)


def folder(name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` fills; whoever gets it leaves it as it is."""
    with _only_one(name) as path:
        if not path.exists():
            half_made = path.with_name(f"{name}.half")
            make(half_made)
            half_made.rename(path)
    return path


@contextmanager
def _only_one(name: str) -> Iterator[Path]:
    """Where it is kept; another worker waits."""
    path = Path(os.environ["DIOGEL_TESTS_KEPT"]) / name
    with path.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield path


def _statements() -> Iterator[str]:
    """SQL that fills each table of the house anew, then what gives its next row the next number."""
    models = [each for each in apps.get_models(include_auto_created=True) if each._meta.managed and not each._meta.proxy]
    kept = [each for each in models if each.__module__.startswith("diogel") or each._meta.db_table in FOREIGN]
    as_sql = {"sqlite": 'quote("{}")', "postgresql": 'quote_nullable("{}"::text)'}[connection.vendor]
    with connection.cursor() as cursor:
        for model in kept:
            table, columns = model._meta.db_table, [field.column for field in model._meta.local_concrete_fields]
            yield f'DELETE FROM "{table}"'
            cursor.execute(f'SELECT {", ".join(as_sql.format(each) for each in columns)} FROM "{table}"')
            names = ", ".join(f'"{each}"' for each in columns)
            while rows := cursor.fetchmany(AT_ONCE):
                filled = ", ".join("(" + ", ".join(value or "NULL" for value in row) + ")" for row in rows)
                yield f'INSERT INTO "{table}" ({names}) VALUES {filled}'
    yield from connection.ops.sequence_reset_sql(no_style(), kept)
