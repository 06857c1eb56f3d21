"""Finds street files in what a person names: files, folders, and zip archives as downloaded; nothing is unpacked by its own name."""

from __future__ import annotations

import os
import threading
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Self

from .damaged import DAMAGED
from .police_uk import FileKey, Unreadable, force_in, key_of, kind_left_aside
from .police_uk_text import LARGEST, is_packed, most_bytes, unpacked
from .reasons import sentence

_CSV = (".csv", ".csv.gz")
_DAMAGED = (*DAMAGED, ValueError, OSError)


class Archives:
    """Zip archives kept open while their members are read, for their directories are long; safe between threads."""

    def __init__(self) -> None:
        self._open: dict[Path, zipfile.ZipFile] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for archive in self._open.values():
            archive.close()

    def opened(self, path: Path) -> zipfile.ZipFile:
        with self._lock:
            if path not in self._open:
                self._open[path] = zipfile.ZipFile(path)
            return self._open[path]


@dataclass(frozen=True)
class Source:
    """One street file to read: `label` is what a person is told, `member` its number within a zip archive, and its packed size there."""

    label: str
    key: FileKey
    path: Path
    member: int | None = None
    packed_size: int | None = None

    @property
    def name(self) -> str:
        """The file's name without any folder."""
        return _file_name(self.label)

    def read(self, archives: Archives) -> tuple[bytes, bool]:
        """The unpacked bytes, and whether they had to be unpacked. Unreadable where that fails."""
        data = self._raw(archives)
        return unpacked(data), self.member is not None or is_packed(data)

    def _raw(self, archives: Archives) -> bytes:
        if self.member is None:
            try:
                if self.path.stat().st_size > LARGEST:
                    raise Unreadable.because("too_large", most=LARGEST >> 20)
                return self.path.read_bytes()
            except OSError as fault:
                raise Unreadable.because("not_opened", why=fault.strerror or fault) from fault
        try:
            archive = archives.opened(self.path)
            info = archive.infolist()[self.member]
            room = most_bytes(info.compress_size)
            with archive.open(info) as file:
                data = file.read(room + 1)  # what the archive claims of its length is not believed
        except _DAMAGED as fault:
            raise Unreadable.because("damaged_inside") from fault
        if len(data) > room:
            raise Unreadable.because("bomb")
        return data


@dataclass(frozen=True)
class Said:
    """Something about a file that is not read: its label and why."""

    label: str
    reason: str
    code: str = ""
    values: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return _file_name(self.label)


@dataclass(frozen=True)
class Found:
    """Street files to read, files of a kind that is left aside, names that are refused, and how many were of other forces."""

    sources: tuple[Source, ...]
    left_aside: tuple[Said, ...]
    refused: tuple[Said, ...]
    passed_over: int = 0


def find(paths: Iterable[Path | str], *, forces: Collection[str] = ()) -> Found:
    """Street files in files, folders (walked whole) and zip archives, in the order given; within a folder by name.

    A file named twice, by itself and by its folder, is found once. Where `forces` are named, files whose name says another
    force are passed over and counted, whatever their kind; what has no such name is told as ever.
    """
    found: list[Source | tuple[str, Said]] = []
    seen: set[tuple[Path, int | None]] = set()
    for path in paths:
        for one in _in_path(Path(path)):
            if isinstance(one, Source):
                place = (one.path.resolve(), one.member)
                if place in seen:
                    continue
                seen.add(place)
            found.append(one)
    wanted = [one for one in found if not forces or _is_of(one, forces)]
    told = [one for one in wanted if not isinstance(one, Source)]
    return Found(
        sources=tuple(one for one in wanted if isinstance(one, Source)),
        left_aside=tuple(dict.fromkeys(said for kind, said in told if kind == "aside")),
        refused=tuple(dict.fromkeys(said for kind, said in told if kind == "refused")),
        passed_over=len(found) - len(wanted),
    )


def _is_of(one: Source | tuple[str, Said], forces: Collection[str]) -> bool:
    """Whether a file is of these forces, or its name does not say of which it is."""
    force = force_in(one.name if isinstance(one, Source) else one[1].name)
    return force is None or force in forces


def _file_name(label: str) -> str:
    """The file's name without any folder or archive."""
    return PurePosixPath(label.rsplit(": ", 1)[-1].replace("\\", "/")).name


def _refused(label: str, code: str) -> Said:
    return Said(label, sentence(code), code)


def _in_path(path: Path) -> Iterator[Source | tuple[str, Said]]:
    label = str(path)
    if path.is_dir():
        yield from _in_folder(path)
    elif not path.exists():
        yield "refused", _refused(label, "no_such_file")
    elif path.name.lower().endswith(".zip"):
        yield from _in_archive(path, label)
    elif path.name.lower().endswith(_CSV):
        yield _named(label, path.name, path)
    else:
        yield "refused", _refused(label, "wrong_kind")


def _in_folder(folder: Path) -> Iterator[Source | tuple[str, Said]]:
    """What the folder holds; files that are neither CSV nor zip, and hidden ones, are passed over."""
    holds_any = False
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        for name in sorted(names):
            if not _is_hidden(name) and name.lower().endswith((*_CSV, ".zip")):
                holds_any = True
                yield from _in_path(Path(where, name))
    if not holds_any:
        yield "refused", _refused(str(folder), "empty_folder")


def _in_archive(path: Path, label: str) -> Iterator[Source | tuple[str, Said]]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except _DAMAGED:
        yield "refused", _refused(label, "broken_archive")
        return
    holds_any = False
    for number, member in enumerate(members):
        inner = PurePosixPath(member.filename.replace("\\", "/"))
        if member.is_dir() or any(_is_hidden(part) for part in inner.parts if part != ".."):
            continue
        inside = f"{label}: {member.filename}"
        if inner.is_absolute() or ".." in inner.parts or ":" in inner.parts[0]:
            holds_any = True
            yield "refused", _refused(inside, "outside_archive")
        elif inner.name.lower().endswith(_CSV):
            holds_any = True
            yield _member(inside, inner.name, path, number, member)
    if not holds_any:
        yield "refused", _refused(label, "empty_archive")


def _member(label: str, name: str, path: Path, number: int, member: zipfile.ZipInfo) -> Source | tuple[str, Said]:
    one = _named(label, name, path, number)
    if isinstance(one, Source):
        if member.flag_bits & 1:
            return "refused", _refused(label, "locked")
        if member.file_size > most_bytes(member.compress_size):
            return "refused", _refused(label, "bomb")
        return replace(one, packed_size=member.compress_size)
    return one


def _named(label: str, name: str, path: Path, member: int | None = None) -> Source | tuple[str, Said]:
    if kind := kind_left_aside(name):
        return "aside", Said(label, kind)
    try:
        return Source(label, key_of(name), path, member)
    except Unreadable as fault:
        return "refused", Said(label, str(fault), fault.code, fault.values)


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX"
