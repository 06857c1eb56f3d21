"""A private PostgreSQL for the length of a `with`: own folder, unix socket, no port, gone afterwards."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoPostgres(Exception):
    """Why there is no PostgreSQL here, in one sentence."""


def binary(name: str) -> str:
    """Where the machine keeps a PostgreSQL program; Debian hides them from PATH."""
    found = next(iter(sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)), None) or shutil.which(name)
    if not found:
        raise NoPostgres(f"this machine has no PostgreSQL ({name} was not found)")
    return os.path.realpath(found)


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root; any other account will do."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise NoPostgres("PostgreSQL does not run as root, and there is no other account to run it as")


@contextmanager
def server() -> Iterator[str]:
    """Start it, give its DATABASE_URL, stop it."""
    initdb, postgres = binary("initdb"), binary("postgres")
    user = _server_user()
    folder = Path(tempfile.mkdtemp(prefix="diogel-pg-"))
    if user:
        shutil.chown(folder, user)
    try:
        quiet = {
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.PIPE,
            "user": user,
            "cwd": "/",
            "env": {"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]},
        }
        made = subprocess.run(
            [initdb, "-D", str(folder / "data"), "-U", "diogel", "-A", "trust", "-E", "UTF8", "--no-sync"], check=False, **quiet
        )
        if made.returncode:
            raise NoPostgres(f"initdb failed: {made.stderr.decode(errors='replace').strip().splitlines()[-1]}")
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": folder,
            "fsync": "off",
            "full_page_writes": "off",
            "max_connections": 60,
            # It would count the tables between two tests, find them empty, and plan for empty ones: minutes for the list of words.
            "autovacuum": "off",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        running = subprocess.Popen([postgres, "-D", str(folder / "data"), *options], **quiet)
        try:
            _wait(folder, running)
            yield f"postgresql://diogel@localhost/postgres?host={folder}"
        finally:
            running.terminate()
            running.wait(timeout=20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(folder: Path, running: subprocess.Popen) -> None:
    ready = binary("pg_isready")
    for _ in range(100):
        if running.poll() is not None:
            raise NoPostgres(f"PostgreSQL stopped: {running.stderr.read().decode(errors='replace').strip().splitlines()[-1]}")
        if subprocess.run([ready, "-q", "-h", str(folder)], check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise NoPostgres("PostgreSQL did not become ready within ten seconds")
