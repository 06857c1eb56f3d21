"""`diogel backup restore`: a backup put back into an empty home."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import zipfile
from pathlib import Path
from typing import Any

from diogel.cli import Refusal
from diogel.cli.progress import Progress
from diogel.cli.ready import ready

from .archive import Manifest, NoBackup, room_for, unpack
from .check import examine, manifest_or_refusal, open_backup
from .database import POSTGRESQL, SQLITE, put_back, refuse_full

SCRATCH = ".restoring"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="the file that “diogel backup make” wrote")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def run(args: argparse.Namespace) -> int:
    """0: everything is back and the log is whole. 1: everything is back, and the log is not whole: each fault is named. 2: nothing was
    put back. DIOGEL_HOME names the home, which must be empty or not there."""
    with open_backup(args.path) as archive, Progress() as progress:
        manifest = manifest_or_refusal(archive, args.path)
        _refuse(archive, manifest, progress.tell)
        progress.tell("Putting the files in place…")
        _put_files(archive, manifest)
    if manifest.database == "postgresql":
        _put_database()
    verdict = _verified(manifest)
    told = {"made_at": manifest.made_at, "whole": verdict.is_whole, "length": verdict.length, "faults": list(verdict.faults)}
    print(json.dumps(told, ensure_ascii=False, indent=1) if args.json else as_text(told))
    return 0 if verdict.is_whole else 1


def _refuse(archive: zipfile.ZipFile, manifest: Manifest, tell: Any) -> None:
    """Refusal before anything is written: for a home that holds something, a database of the other kind, a damaged or later backup."""
    from diogel.home import home

    if home().exists() and any(each.name != SCRATCH for each in home().iterdir()):
        raise Refusal(f"{home()} is not empty. A backup is put back into an empty home only: name another with DIOGEL_HOME.")
    has_url = bool(os.environ.get("DATABASE_URL"))
    if manifest.database == "postgresql" and not has_url:
        raise Refusal("This backup holds a PostgreSQL database. Name an empty one with DATABASE_URL.")
    if manifest.database == "sqlite" and has_url:
        raise Refusal("This backup holds an SQLite database, which lies in the home. Unset DATABASE_URL.")
    if manifest.database == "postgresql":
        _set_up()
        refuse_full()
    if found := examine(archive, manifest, tell):
        raise Refusal("\n".join(["This backup is damaged, so nothing was put back.", *found]))
    if unknown := _unknown(manifest.migrations):
        raise Refusal(f"This backup was made by a later Diogel ({manifest.version}): this one does not know {unknown[0]}.")
    nearest = next(folder for folder in (home(), *home().parents) if folder.exists())
    if not room_for(sum(each.size for each in manifest.files), nearest):
        raise Refusal(f"{nearest} has no room for what is in the backup.")


def _unknown(migrations: list[str]) -> list[str]:
    """Which of our own tables were made by steps that this program does not have; read from its files, for no home may be made yet."""
    from diogel import __file__ as here

    known = {f"{path.parent.parent.name}.{path.stem}" for path in Path(here).parent.rglob("migrations/[0-9]*.py")}
    rooms = {name.split(".")[0] for name in known}
    return sorted(name for name in migrations if name.split(".")[0] in rooms and name not in known)


def _put_files(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Unpack beside the home's own place and move in at the end: a run that dies leaves a home that still counts as empty."""
    from diogel.home import made

    scratch = made() / SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700)
    places = {SQLITE: "diogel.sqlite3", POSTGRESQL: f"{SCRATCH}.pgdump", "secret": "secret"}
    try:
        for member in manifest.files:
            unpack(archive, member, scratch)
    except NoBackup as fault:
        shutil.rmtree(scratch)
        raise Refusal(str(fault)) from fault
    for name, place in places.items():
        if (scratch / name).exists():
            (scratch / name).rename(made() / place)
    inside = scratch / "home"
    for path in inside.iterdir() if inside.exists() else ():
        path.rename(made() / path.name)
    _write_head(manifest)
    shutil.rmtree(scratch)


def _write_head(manifest: Manifest) -> None:
    """The head of the log stands beside the database again, as the backup knows it, so that the verification holds against it."""
    from diogel.audit.head import write_head_file

    if manifest.audit["length"]:
        write_head_file(manifest.audit["length"], manifest.audit["head"])


def _put_database() -> None:
    from django.conf import settings

    from diogel.home import home

    dump = home() / f"{SCRATCH}.pgdump"
    put_back(settings.DATABASES["default"], dump)
    dump.unlink()


def _set_up() -> None:
    """Django, with a key for this process alone: no home may be made before the backup has been looked through."""
    os.environ.setdefault("DIOGEL_SECRET", secrets.token_urlsafe(50))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diogel.web.settings")
    import django

    django.setup()


def _verified(manifest: Manifest) -> Any:
    """Bring the tables up to date, hold the log against the backup's head, and tell it what happened."""
    ready()
    from django.core.management import call_command

    from diogel.audit import log
    from diogel.people.access import Installation

    call_command("createcachetable", verbosity=0)
    verdict = log.verify()
    detail = {"made_at": manifest.made_at, "length": manifest.audit["length"]}
    log.record(by=Installation.reference, deed="put_back", subject="installation", detail=detail)
    return verdict


def as_text(told: dict[str, Any]) -> str:
    if told["whole"]:
        end = "Everybody signs in again with the password they have."
        return f"The backup of {told['made_at']} is back, and its log of {told['length']} entries is whole. {end}"
    faults = [f"{fault[0].upper()}{fault[1:]}." for fault in told["faults"]]
    return "\n".join([f"The backup of {told['made_at']} is back, but its log is not whole.", *faults])
