"""The archive of a backup: one zip file with a manifest that names every file in it, its size and its SHA-256."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from diogel.analysis.reading.damaged import DAMAGED

MANIFEST = "manifest.json"
LAYOUT = 1
BLOCK = 1 << 20
Tell = Callable[[str], None]


class NoBackup(Exception):
    """Why a file is no backup that this Diogel can read, in one sentence."""


@dataclass(frozen=True)
class Member:
    """One file: its name in the archive, its bytes and the SHA-256 of them."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What the archive says of itself. `audit` is length and last seal of the log; `database` says sqlite or postgresql;
    `migrations` names what its tables were made by, `left_out` what of the home is not in it."""

    made_at: str
    version: str
    database: str
    audit: dict[str, Any]
    migrations: list[str]
    left_out: list[str]
    has_secret: bool
    files: list[Member] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return {"layout": LAYOUT} | vars(self) | {"files": [vars(each) for each in self.files]}

    @classmethod
    def parse(cls, text: bytes) -> Manifest:
        """NoBackup where it is none of ours, or of a later layout."""
        try:
            told = json.loads(text)
            layout = told.pop("layout")
            files = [Member(**each) for each in told.pop("files")]
            made = cls(**told, files=files)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NoBackup("Its manifest cannot be read, so this is no backup of Diogel.") from error
        if layout != LAYOUT:
            raise NoBackup("It was made by another version of Diogel, whose archives this one does not read.")
        return made


class Writer:
    """Writes an archive beside its place and puts it there whole at the end; a run that dies leaves no half of one under its name."""

    def __init__(self, path: Path, tell: Tell) -> None:
        self.path, self.tell = path, tell
        self.scratch = path.with_name(path.name + ".new")
        self.members: list[Member] = []
        descriptor = os.open(self.scratch, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
        self.file = os.fdopen(descriptor, "w+b")
        self.zip = zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def add(self, name: str, source: Path) -> None:
        """Copy a file in, piece by piece. What is packed small already is stored as it is."""
        how = zipfile.ZIP_STORED if source.suffix in (".parquet", ".npz", ".docx", ".pdf", ".zip", ".gz") else zipfile.ZIP_DEFLATED
        entry = zipfile.ZipInfo(name)
        entry.compress_type, entry.external_attr = how, 0o600 << 16
        with source.open("rb") as read, self.zip.open(entry, "w", force_zip64=True) as written:
            size, sha256 = copied(read, written, lambda done: self.tell(f"{name}: {done >> 20} MB"))
        self.members.append(Member(name, size, sha256))

    def close(self, manifest: Manifest) -> None:
        """The manifest last, for only now is everything known; then the archive takes its place."""
        manifest.files.extend(self.members)
        self.zip.writestr(MANIFEST, json.dumps(manifest.to_json(), ensure_ascii=False, indent=1))
        self.zip.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        self.scratch.replace(self.path)

    def discard(self) -> None:
        self.file.close()
        self.scratch.unlink(missing_ok=True)


def copied(read: Any, written: Any, tell: Callable[[int], None]) -> tuple[int, str]:
    """Copy piece by piece; bytes and SHA-256 of what went through."""
    digest, size = hashlib.sha256(), 0
    while block := read.read(BLOCK):
        digest.update(block)
        written.write(block)
        size += len(block)
        tell(size)
    return size, digest.hexdigest()


def opened(path: Path) -> zipfile.ZipFile:
    """NoBackup for what is no zip file."""
    try:
        return zipfile.ZipFile(path)
    except (*DAMAGED, OSError) as error:
        raise NoBackup("It is no archive, or it was cut short.") from error


def manifest_of(archive: zipfile.ZipFile) -> Manifest:
    try:
        return Manifest.parse(archive.read(MANIFEST))
    except (KeyError, *DAMAGED) as error:
        raise NoBackup("It holds no manifest, so it is no backup of Diogel, or it was cut short.") from error


def faults(archive: zipfile.ZipFile, manifest: Manifest, tell: Tell) -> Iterator[str]:
    """Every difference between the manifest and what lies in the archive, each a sentence."""
    listed = {each.name: each for each in manifest.files}
    names = archive.namelist()
    yield from (f"{name} is there twice." for name in sorted({name for name in names if names.count(name) > 1}))
    yield from (f"{name} is missing." for name in sorted(listed.keys() - set(names)))
    yield from (f"{name} is there, and the manifest does not name it." for name in sorted(set(names) - listed.keys() - {MANIFEST}))
    for name, member in sorted(listed.items()):
        if not is_plain(name):
            yield f"{name} would lie outside the home."
        elif name in names and not _is_whole(archive, member, tell):
            yield f"{name} is not what it was when the backup was made."


def is_plain(name: str) -> bool:
    """Whether a name stays below the folder that it is put into, on any system."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and not any(sign in name for sign in ("\\", ":", "\0"))


def _is_whole(archive: zipfile.ZipFile, member: Member, tell: Tell) -> bool:
    if archive.getinfo(member.name).file_size != member.size:
        return False
    try:
        with archive.open(member.name) as read:
            return copied(read, _Nowhere(), lambda done: tell(f"{member.name}: {done >> 20} MB")) == (member.size, member.sha256)
    except (*DAMAGED, OSError, ValueError):
        return False


class _Nowhere:
    def write(self, block: bytes) -> None:
        """Thrown away."""


def unpack(archive: zipfile.ZipFile, member: Member, into: Path) -> Path:
    """Write one file below `into`, for its owner alone. NoBackup where it is not what the manifest says."""
    if not is_plain(member.name):
        raise NoBackup(f"{member.name} would lie outside the home.")
    path = into / member.name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with archive.open(member.name) as read, _private(path) as written:
        if copied(read, written, lambda _done: None) != (member.size, member.sha256):
            raise NoBackup(f"{member.name} is not what it was when the backup was made.")
    return path


def _private(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def room_for(size: int, folder: Path) -> bool:
    """Whether so many bytes fit, with a little to spare."""
    return shutil.disk_usage(folder).free > size * 1.05 + BLOCK
