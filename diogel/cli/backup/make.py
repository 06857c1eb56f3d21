"""`diogel backup make`: everything that this home keeps, in one file."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from diogel.cli import Refusal
from diogel.cli.progress import Progress
from diogel.cli.ready import ready

LEFT_OUT = ("secret", "outbox", "downloads", "static", "drawings", "audit-head.json")
"""What of a home is in no backup: the key, letters with links that set passwords, and what is made or fetched again. The head of the
log stands in the manifest."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="the file to write; it must not be there yet")
    parser.add_argument(
        "--with-secret", action="store_true", help="put the installation's secret key in as well: who has the file then has it"
    )
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def run(args: argparse.Namespace) -> int:
    """0: everything is in the file. 1: it is made, and something of the home is not in it, named."""
    from diogel.home import home

    path = args.path.expanduser().absolute()
    if path.exists():
        raise Refusal(f"{path} is there already. Name a file that is not.")
    if not path.parent.is_dir():
        raise Refusal(f"There is no folder {path.parent}.")
    if not home().exists():
        raise Refusal(f"There is nothing to back up: {home()} is not there.")
    ready()
    with Progress() as progress:
        manifest, links = _make(path, with_secret=args.with_secret, tell=progress.tell)
    told = {"path": str(path), "bytes": path.stat().st_size, "links": links, **manifest.to_json()}
    print(json.dumps(told, ensure_ascii=False, indent=1) if args.json else as_text(told))
    return 1 if links else 0


def _make(path: Path, *, with_secret: bool, tell: Any) -> tuple[Any, list[str]]:
    """Write the archive and tell the log; the manifest, and links in the home, which are not followed."""
    from django.conf import settings

    from diogel import __version__
    from diogel.crime.store import StoreFault, held
    from diogel.home import home, moment

    from .archive import Manifest, Writer
    from .database import copy, name_of

    where, keyed = settings.DATABASES["default"], with_secret
    crime, links = home() / "crime", []
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=home()) as scratch:
        tell("Copying the database…")
        database, audit = copy(where, Path(scratch))
        writer = Writer(path, tell)
        try:
            writer.add(database.name, database)
            with held(crime) if crime.exists() else nullcontext():  # no load may change the store while it is copied
                for file in _files(home(), path):
                    if file.is_symlink():
                        links.append(str(file.relative_to(home())))
                    else:
                        writer.add(f"home/{file.relative_to(home()).as_posix()}", file)
            if keyed:
                writer.add("secret", _key(Path(scratch)))
            manifest = Manifest(
                made_at=moment().isoformat(timespec="seconds"),
                version=__version__,
                database=name_of(where).split(".")[1].replace("sqlite3", "sqlite").replace("pgdump", "postgresql"),
                audit=audit,
                migrations=_migrations(),
                left_out=sorted(set(LEFT_OUT) - ({"secret"} if keyed else set())),
                has_secret=keyed,
            )
            writer.close(manifest)
        except StoreFault as fault:
            writer.discard()
            raise Refusal(str(fault)) from fault
        except BaseException:
            writer.discard()
            raise
    _tell_log(manifest)
    return manifest, links


def _files(home: Path, archive: Path) -> Iterator[Path]:
    """Everything in the home that is kept, in order of name: not what is in use for a moment, nor the database, nor the archive itself."""
    passing = (".lock", ".new")
    for folder, names, files in os.walk(home):
        at = Path(folder)
        top = at == home
        names[:] = sorted(name for name in names if not (top and (name in LEFT_OUT or name.startswith(".backup-"))))
        for name in sorted([*files, *[name for name in names if (at / name).is_symlink()]]):
            known = top and (name in LEFT_OUT or name.startswith("diogel.sqlite3"))
            if not known and not name.endswith(passing) and at / name not in (archive, archive.with_name(archive.name + ".new")):
                yield at / name


def _key(scratch: Path) -> Path:
    from django.conf import settings

    path = scratch / "secret"
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(settings.SECRET_KEY)
    return path


def _migrations() -> list[str]:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)  # the database also names steps that are no more, each replaced by one that is
    return sorted(f"{app}.{name}" for app, name in loader.applied_migrations if (app, name) in loader.disk_migrations)


def _tell_log(manifest: Any) -> None:
    """After the copy: the log knows that somebody took everything along, and whether with the key."""
    from diogel.audit import log
    from diogel.people.access import Installation

    detail = {"files": len(manifest.files), "length": manifest.audit["length"], "with_secret": manifest.has_secret}
    log.record(by=Installation.reference, deed="backed_up", subject="installation", detail=detail)


def as_text(told: dict[str, Any]) -> str:
    lines = [
        f"{told['path']}: {len(told['files'])} files, {told['bytes'] / 1e6:.1f} MB.",
        f"The log in it has {told['audit']['length']} entries, ending {told['audit']['head'][:12] or 'nowhere yet'}.",
        f"Not in it: {', '.join(told['left_out'])}. The file holds people’s names: keep it where only you can read it.",
    ]
    if told["has_secret"]:
        lines.append("The secret key is in it: whoever reads the file can sign what only this installation may.")
    lines += [f"{link} is a link and was not followed." for link in told["links"]]
    return "\n".join(lines)
