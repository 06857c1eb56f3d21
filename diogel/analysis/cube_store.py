"""A labelled cube of counts on disk, from which any slice is read in milliseconds, however many areas there are.

    <folder>/current.json            which version counts, and what it was made from
    <folder>/cube-<version>/labels.json   areas, types, months
    <folder>/cube-<version>/by-area.npy   counts (areas, types, months), for what is asked of few areas
    <folder>/cube-<version>/by-map.npy    the same counts (types, months, areas), for what is asked of many
    <folder>/cube-<version>/known.npy     bool (areas, months)

A version is named after the hash of all that is in it, is written beside the one before, and counts once `current.json` has
been replaced in one rename: a run that dies half-way leaves the cube as it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .counts import Cube
from .periods import Month

LAYOUT = 1
CURRENT, LABELS = "current.json", "labels.json"
BY_AREA, BY_MAP, KNOWN = "by-area.npy", "by-map.npy", "known.npy"
CHUNK = 1024
"""Areas that are written at once."""
FAR_MORE = 8
"""With this many times more areas than types and months asked of each, the copy by map is the quicker one."""

Counts = NDArray[np.uint16] | NDArray[np.uint32]
Rows = slice | NDArray[np.int64]


class CubeFault(Exception):
    """Why a stored cube cannot be read; the message is a sentence for the person who asked."""


@dataclass(frozen=True, eq=False)
class StoredCube:
    """A cube on disk: `areas`, `types` and consecutive `months` label it, `source` says what it was made from.

    What is answered is a copy in memory, uint16 or uint32 as the largest count needed.
    """

    folder: Path
    version: str
    source: str
    areas: tuple[str, ...]
    types: tuple[str, ...]
    months: tuple[Month, ...]

    def values(
        self, *, areas: Sequence[str] | None = None, types: Sequence[str] | None = None, months: tuple[Month, Month] | None = None
    ) -> Counts:
        """Counts of shape (areas, types, months), in the order asked; None means all; `months` are the first and the last.

        KeyError names what is not here, ValueError months in the wrong order.
        """
        rows, columns, span = _rows(self._area_at, areas, "area"), _rows(self._type_at, types, "type"), self._span(months)
        each = _length(columns, len(self.types)) * _length(span, len(self.months))
        if _length(rows, len(self.areas)) >= FAR_MORE * each or (areas is None and types is not None):
            return np.array(self._by_map[:, span][columns][:, :, rows].transpose(2, 0, 1))
        block = self._by_area[:, :, span]
        return np.array(block[:, columns][rows] if isinstance(columns, slice) else block[rows][:, columns])

    def known(self, *, areas: Sequence[str] | None = None, months: tuple[Month, Month] | None = None) -> NDArray[np.bool_]:
        """Which months say anything, bool (areas, months)."""
        return np.array(self._known[_rows(self._area_at, areas, "area"), self._span(months)])

    def cube(
        self, *, areas: Sequence[str] | None = None, types: Sequence[str] | None = None, months: tuple[Month, Month] | None = None
    ) -> Cube:
        """The slice as a `Cube`, in int64."""
        return Cube(
            self.areas if areas is None else tuple(areas),
            self.types if types is None else tuple(types),
            self.months[self._span(months)],
            self.values(areas=areas, types=types, months=months).astype(np.int64),
            self.known(areas=areas, months=months),
        )

    def verify(self) -> None:
        """Read everything and reckon its hash again. CubeFault where it is not what was written."""
        labels = _labels(self.areas, self.types, self.months)
        if _version(labels, self._by_area, self._known) != self.version:
            raise CubeFault(f"the cube in {self.folder.name} is not what was written. Make it anew from its source.")
        if any((self._by_map[at] != self._by_area[:, at].T).any() for at in range(len(self.types))):
            raise CubeFault(f"the two copies in {self.folder.name} differ. Make the cube anew from its source.")

    @cached_property
    def _by_area(self) -> Any:
        return self._array(BY_AREA, (len(self.areas), len(self.types), len(self.months)))

    @cached_property
    def _by_map(self) -> Any:
        return self._array(BY_MAP, (len(self.types), len(self.months), len(self.areas)))

    @cached_property
    def _known(self) -> Any:
        return self._array(KNOWN, (len(self.areas), len(self.months)))

    @cached_property
    def _area_at(self) -> dict[str, int]:
        return {area: at for at, area in enumerate(self.areas)}

    @cached_property
    def _type_at(self) -> dict[str, int]:
        return {type_: at for at, type_ in enumerate(self.types)}

    def _array(self, name: str, shape: tuple[int, ...]) -> Any:
        try:
            found = np.load(self.folder / name, mmap_mode="r" if np.prod(shape) else None, allow_pickle=False)
        except (OSError, ValueError) as fault:
            raise CubeFault(f"{name} of the cube cannot be read: {fault}. Make it anew from its source.") from fault
        if found.shape != shape:
            raise CubeFault(f"{name} of the cube has shape {found.shape}, its labels say {shape}. Make it anew from its source.")
        return found

    def _span(self, months: tuple[Month, Month] | None) -> slice:
        if months is None:
            return slice(0, len(self.months))
        first, last = months
        if last < first:
            raise ValueError(f"{last} lies before {first}. Give the earlier month first.")
        for month in months:
            if not self.months or not self.months[0] <= month <= self.months[-1]:
                raise KeyError(f"no counts for month {month}")
        return slice(first.since(self.months[0]), last.since(self.months[0]) + 1)


def save_cube(
    folder: Path,
    *,
    areas: Sequence[str],
    types: Sequence[str],
    months: Sequence[Month],
    values: ArrayLike,
    known: ArrayLike,
    source: str,
) -> StoredCube:
    """Write a cube and make it the one that counts. `source` names what it was made from, such as the hash of a register.

    `values` (areas, types, months) are whole numbers from zero up, of any integer type; `known` is bool (areas, months).
    ValueError for labels that do not fit, stand twice or leave a month out, and for counts that are none.
    """
    counts, seen = np.asarray(values), np.asarray(known)
    _check(areas, types, months, counts, seen)
    kind = np.uint16 if not counts.size or int(counts.max()) <= np.iinfo(np.uint16).max else np.uint32
    labels = _labels(areas, types, months)
    folder.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".cube-", dir=folder))
    try:
        _write(scratch, labels, counts, seen, kind)
        version = _version(labels, np.load(scratch / BY_AREA, mmap_mode="r" if counts.size else None), seen)
        final = folder / f"cube-{version}"
        if not final.exists():
            scratch.rename(final)
        pointer = {"layout": LAYOUT, "version": version, "source": source}
        _replace(folder / CURRENT, json.dumps(pointer))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    for old in folder.glob("cube-*"):
        if old.name != f"cube-{version}":
            shutil.rmtree(old, ignore_errors=True)
    return open_cube(folder, source=source)


def open_cube(folder: Path, *, source: str | None = None) -> StoredCube:
    """The cube that counts. CubeFault where there is none, or where it was made from another source than is named."""
    for _ in range(3):
        pointer = _pointer(folder)
        if source is not None and pointer["source"] != source:
            raise CubeFault("the cube was made from other rows than are there now. Make it anew.")
        try:
            return _opened(folder, str(pointer["version"]), str(pointer["source"]))
        except FileNotFoundError:  # a newer version took its place between the two readings
            continue
    raise CubeFault(f"the cube that {folder / CURRENT} names is not there. Make it anew from its source.")


@lru_cache(maxsize=4)
def _opened(folder: Path, version: str, source: str) -> StoredCube:
    held = folder / f"cube-{version}"
    labels = json.loads((held / LABELS).read_text())
    first = Month.parse(labels["first"]) if labels["months"] else None
    months = tuple(first + at for at in range(labels["months"])) if first else ()
    return StoredCube(held, version, source, tuple(labels["areas"]), tuple(labels["types"]), months)


def _pointer(folder: Path) -> dict[str, Any]:
    try:
        pointer: dict[str, Any] = json.loads((folder / CURRENT).read_text())
    except FileNotFoundError:
        raise CubeFault(f"there is no cube in {folder}") from None
    except ValueError as fault:
        raise CubeFault(f"{CURRENT} of the cube cannot be read: {fault}. Make it anew from its source.") from fault
    if pointer.get("layout") != LAYOUT:
        raise CubeFault("the cube was written by another version of this program. Make it anew from its source.")
    return pointer


def _check(areas: Sequence[str], types: Sequence[str], months: Sequence[Month], counts: NDArray[Any], seen: NDArray[Any]) -> None:
    if len(set(areas)) != len(areas) or len(set(types)) != len(types):
        raise ValueError("an area or a type stands twice")
    if any(later.since(earlier) != 1 for earlier, later in pairwise(months)):
        raise ValueError("months must follow one another without a gap")
    if counts.shape != (len(areas), len(types), len(months)) or seen.shape != (len(areas), len(months)):
        raise ValueError(f"counts of shape {counts.shape}, known {seen.shape}; labels say {len(areas)} x {len(types)} x {len(months)}")
    if not np.issubdtype(counts.dtype, np.integer) or seen.dtype != np.bool_:
        raise ValueError(f"counts are integers and known is bool, not {counts.dtype} and {seen.dtype}")
    if counts.size and (int(counts.min()) < 0 or int(counts.max()) > np.iinfo(np.uint32).max):
        raise ValueError("a count is below zero, or too large to be one")


def _write(scratch: Path, labels: str, counts: NDArray[Any], seen: NDArray[Any], kind: type) -> None:
    (scratch / LABELS).write_text(labels)
    np.save(scratch / KNOWN, seen)
    if not counts.size:
        np.save(scratch / BY_AREA, counts.astype(kind))
        np.save(scratch / BY_MAP, counts.astype(kind).transpose(1, 2, 0))
        return
    areas, types, months = counts.shape
    by_area = np.lib.format.open_memmap(scratch / BY_AREA, mode="w+", dtype=kind, shape=(areas, types, months))
    by_map = np.lib.format.open_memmap(scratch / BY_MAP, mode="w+", dtype=kind, shape=(types, months, areas))
    for at in range(0, areas, CHUNK):
        part: NDArray[Any] = counts[at : at + CHUNK].astype(kind)
        by_area[at : at + CHUNK] = part
        by_map[:, :, at : at + CHUNK] = part.transpose(1, 2, 0)
    by_area.flush()
    by_map.flush()


def _labels(areas: Sequence[str], types: Sequence[str], months: Sequence[Month]) -> str:
    said = {"areas": list(areas), "types": list(types), "first": str(months[0]) if months else "", "months": len(months)}
    return json.dumps(said, ensure_ascii=False)


def _version(labels: str, by_area: Any, known: Any) -> str:
    digest = hashlib.sha256(labels.encode())
    for part in (*_pieces(by_area), *_pieces(known)):
        digest.update(np.ascontiguousarray(part).tobytes())
    return digest.hexdigest()[:32]


def _pieces(array: Any) -> Iterator[Any]:
    return (array[at : at + CHUNK] for at in range(0, len(array), CHUNK))


def _replace(path: Path, text: str) -> None:
    new = path.with_name(f".{path.name}-{os.getpid()}")
    new.write_text(text)
    os.replace(new, path)


def _rows(at: dict[str, int], asked: Sequence[str] | None, what: str) -> Rows:
    """Numbers of what is asked; a slice where they follow one another, which is read without gathering."""
    if asked is None:
        return slice(0, len(at))
    if missing := [one for one in asked if one not in at]:
        raise KeyError(f"no counts for {what} {missing[0]}")
    rows = np.array([at[one] for one in asked], dtype=np.int64)
    if len(rows) and (np.diff(rows) == 1).all():
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows


def _length(rows: Rows, whole: int) -> int:
    return len(range(*rows.indices(whole))) if isinstance(rows, slice) else len(rows)
