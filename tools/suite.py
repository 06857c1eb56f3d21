"""Runs the suite: on SQLite with a real browser, then every database test again on a real PostgreSQL."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")


def pytest(title: str, *arguments: str, **environment: str) -> int:
    print(f"\n== {title}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", *arguments]
    # Hundreds of tests start the program anew: it is compiled once, though the shell may have asked Python to keep nothing.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(command, cwd=ROOT, env={**kept, **environment}, check=False).returncode


def install(package: str) -> None:
    """Debian's package, where root may; elsewhere the tests that need it say why they were skipped."""
    if os.getuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {package}…", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package], **quiet)


def on_postgres() -> int:
    try:
        postgres.binary("initdb")
    except postgres.NoPostgres:
        install("postgresql")
    try:
        with postgres.server() as url:
            return pytest(
                "every database test again, on PostgreSQL", "-m", "not browser", "--only-database", "--migrations", DATABASE_URL=url
            )
    except postgres.NoPostgres as reason:
        print(f"The database tests were not run on PostgreSQL: {reason}.")
        return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fast", action="store_true", help="SQLite only; no browser, nothing slow, nothing tried at random")
    args = parser.parse_args()
    began = time.monotonic()
    if args.fast:
        failed = pytest("the suite on SQLite, without a browser", "-m", "not browser and not slow and not hypothesis")
    else:
        for package in ("chromium-headless-shell", "chromium"):
            if not any(map(shutil.which, BROWSERS)):
                install(package)
        failed = pytest("the whole suite on SQLite, browser included")
        failed = on_postgres() or failed
    print(f"\nThe suite took {time.monotonic() - began:.0f} seconds.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
