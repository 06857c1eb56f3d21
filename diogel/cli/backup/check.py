"""`diogel backup check`: is the file whole, and does its log end where it says?"""

from __future__ import annotations

import argparse
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from diogel.cli import Refusal
from diogel.cli.progress import Progress

from .archive import Manifest, NoBackup, Tell, faults, manifest_of, opened, unpack
from .database import SQLITE, sqlite_faults


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="the file that “diogel backup make” wrote")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")


def run(args: argparse.Namespace) -> int:
    """0: whole. 1: something in it is not as it was, each named. 2: it is no backup. No home is needed and none is touched."""
    with open_backup(args.path) as archive, Progress() as progress:
        manifest = manifest_or_refusal(archive, args.path)
        found = examine(archive, manifest, progress.tell)
    told = {"whole": not found, "made_at": manifest.made_at, "audit": manifest.audit, "files": len(manifest.files), "faults": found}
    print(json.dumps(told, ensure_ascii=False, indent=1) if args.json else as_text(told))
    return 1 if found else 0


def open_backup(path: Path) -> zipfile.ZipFile:
    if not path.is_file():
        raise Refusal(f"There is no file {path}.")
    try:
        return opened(path)
    except NoBackup as fault:
        raise Refusal(f"{path}: {fault}") from fault


def manifest_or_refusal(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        return manifest_of(archive)
    except NoBackup as fault:
        raise Refusal(f"{path}: {fault}") from fault


def examine(archive: zipfile.ZipFile, manifest: Manifest, tell: Tell) -> list[str]:
    """Every fault: first the bytes, then, where these are whole, the database that they make."""
    found = list(faults(archive, manifest, tell))
    member = next((each for each in manifest.files if each.name == SQLITE), None)
    if found or member is None:
        return found
    tell("Reading the database…")
    with tempfile.TemporaryDirectory(prefix="diogel-check-") as scratch:
        return sqlite_faults(unpack(archive, member, Path(scratch)), manifest.audit)


def as_text(told: dict[str, Any]) -> str:
    if told["whole"]:
        return f"The backup of {told['made_at']} is whole: {told['files']} files, a log of {told['audit']['length']} entries."
    return "\n".join(told["faults"])
