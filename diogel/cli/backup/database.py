"""The database in a backup: copied while it is in use, without anything by which somebody could sign in; and put back."""

from __future__ import annotations

import glob
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from diogel.cli import Refusal

SQLITE, POSTGRESQL = "database.sqlite3", "database.pgdump"
NOT_KEPT = ("django_session", "cache")
"""Tables whose rows are left out: who is signed in just now, and how often somebody tried."""


def name_of(settings: Any) -> str:
    """How the database is called in the archive; that also says which kind it is."""
    return SQLITE if "sqlite" in settings["ENGINE"] else POSTGRESQL


def copy(settings: Any, into: Path) -> tuple[Path, dict[str, Any]]:
    """Copy the whole database into a file in the folder `into`, as it stood at one moment; the file, and length and last seal of the log
    in it. Nobody has to stop working meanwhile."""
    return _copy_sqlite(settings, into / SQLITE) if name_of(settings) == SQLITE else _dump(settings, into / POSTGRESQL)


def _copy_sqlite(settings: Any, path: Path) -> tuple[Path, dict[str, Any]]:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(settings["NAME"], timeout=60)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target, pages=4096)
        target.execute("PRAGMA journal_mode=DELETE")
        tables = {name for (name,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in tables & set(NOT_KEPT):
            target.execute(f"DELETE FROM {table}")
        target.commit()
        target.execute("VACUUM")  # else what was deleted could still be read from free pages
        return path, sqlite_head(target)


def sqlite_head(connection: sqlite3.Connection) -> dict[str, Any]:
    """Length and last seal of the log in a database file."""
    row = connection.execute("SELECT number, seal FROM audit_head").fetchone()
    return {"length": row[0], "head": row[1]} if row else {"length": 0, "head": ""}


def sqlite_faults(path: Path, audit: dict[str, Any]) -> list[str]:
    """What is wrong with a database file: whether it is whole, and whether its log ends where the manifest says."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            found = sqlite_head(connection)
    except sqlite3.DatabaseError as error:
        return [f"{SQLITE} cannot be read: {error}."]
    faults = [] if said == ["ok"] else [f"{SQLITE} is damaged: {said[0]}."]
    return faults if found == audit else [*faults, f"The log in {SQLITE} does not end where the manifest says."]


def _dump(settings: Any, path: Path) -> tuple[Path, dict[str, Any]]:
    """The head is read before the dump begins: what is written meanwhile is in the dump and lengthens the log, which a later check allows."""
    from diogel.audit import log

    length, seal = log.head()
    left_out = [f"--exclude-table-data={table}" for table in NOT_KEPT]
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    _call("pg_dump", settings, "--format=custom", "--no-owner", "--no-privileges", *left_out, f"--file={path}")
    return path, {"length": length, "head": seal}


def refuse_full() -> None:
    """Refusal where the database that Django is set up with holds a table already, or does not answer."""
    from django.db import Error, connection

    try:
        tables = connection.introspection.table_names()
    except Error as error:
        raise Refusal(f"The database that DATABASE_URL names does not answer: {str(error).strip().splitlines()[0]}") from error
    finally:
        connection.close()
    if tables:
        raise Refusal("The database that DATABASE_URL names is not empty. Make an empty one, and name that.")


def put_back(settings: Any, dump: Path) -> None:
    """Fill an empty PostgreSQL from a dump, whole or not at all."""
    _call(
        "pg_restore", settings, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
        f"--dbname={settings['NAME']}", str(dump),
    )  # fmt: skip


def _call(program: str, settings: Any, *words: str) -> None:
    """Run one of PostgreSQL's programs. The password goes by the environment: what stands in a command can be read by others."""
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = os.environ | {name: str(settings[key]) for name, key in names.items() if settings.get(key)}
    done = subprocess.run([_found(program), *words], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Refusal(f"{program} did not succeed: {said}")


def _found(program: str) -> str:
    """The newest one on this machine: an older one refuses to read a newer server."""
    known = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{program}"), key=lambda path: int(path.split("/")[4].split(".")[0]))
    found = known[-1] if known else shutil.which(program)
    if not found:
        raise Refusal(f"{program} is not on this machine. It comes with PostgreSQL’s client programs.")
    return found
