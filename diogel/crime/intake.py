"""Reads given files into one load under way: looked at, written as rows, tallied, compared; nothing here touches the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from diogel.analysis.reading.police_uk import FileKey, Unreadable
from diogel.analysis.reading.police_uk_rows import STORED, write_rows
from diogel.analysis.reading.police_uk_sources import Archives, Source
from diogel.analysis.reading.police_uk_tally import Cells, Tally, tallies
from diogel.analysis.reading.police_uk_text import looked_at, rows_in

from . import dense
from .outcome import Given, Revision, Taken
from .store import Kind, Store, rows_of

CHUNK = 160_000_000
"""Bytes of text that are read in one statement: enough to keep every thread busy, little enough to lie beside the rows."""

SWELLS = 6
"""Times a packed street file grows, roughly: only to make chunks of even size."""


@dataclass(frozen=True, kw_only=True)
class _Prepared:
    """A file that passed the look at its bytes, lying unpacked at `path`."""

    source: Source
    path: Path
    sha256: str
    lines: int
    line_ending: str
    has_bom: bool
    has_welsh_letters: bool


@dataclass
class Work:
    """One load under way."""

    base: Store
    kind: Kind
    scratch: Path
    threads: int
    connection: duckdb.DuckDBPyConnection
    archives: Archives
    told: Callable[[int, int], None]
    all_files: int
    read_files: int = 0
    taken: dict[FileKey, Taken] = field(default_factory=dict)
    cells: dict[FileKey, Cells] = field(default_factory=dict)
    batches: dict[str, Path] = field(default_factory=dict)
    batch_of: dict[FileKey, str] = field(default_factory=dict)
    given: list[Given] = field(default_factory=list)

    def next_batch(self) -> str:
        return f"{self.base.number + 1:06d}-{len(self.batches) + 1}.parquet"


def read_all(work: Work, sources: Sequence[Source]) -> None:
    """Read each month of each force once: the last given of several, or where that is refused the one before it."""
    queue: dict[FileKey, list[Source]] = {}
    for source in sources:
        queue.setdefault(source.key, []).append(source)
    while queue:
        now = {key: given[-1] for key, given in queue.items()}
        refused = {key for chunk in _chunks(now.values()) for key in _read_chunk(work, chunk)}
        for key, given in queue.items():
            if key not in refused:
                work.given += [_given_twice(work, one, given[-1]) for one in given[:-1]]
        queue = {key: given[:-1] for key, given in queue.items() if key in refused and len(given) > 1}


def _given_twice(work: Work, one: Source, taken: Source) -> Given:
    """A file that another of its month and force was taken before; `code` tells whether it holds something else."""
    held = work.taken.get(one.key) or work.base.by_key.get(one.key)
    try:
        is_same = held is not None and looked_at(one.read(work.archives)[0]).sha256 == held.sha256
    except Unreadable:
        is_same = False
    return Given(one.label, "given_twice", one.key, taken.label, "" if is_same else "given_twice_differs")


def _chunks(sources: Iterable[Source]) -> Iterator[list[Source]]:
    chunk: list[Source] = []
    size = 0
    for source in sources:
        chunk.append(source)
        size += _size(source)
        if size > CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _size(source: Source) -> int:
    if source.packed_size is not None:
        return source.packed_size * SWELLS
    try:
        return source.path.stat().st_size * (SWELLS if source.path.name.lower().endswith(".gz") else 1)
    except OSError:
        return 0


def _read_chunk(work: Work, chunk: Sequence[Source]) -> set[FileKey]:
    """Read some files in one statement and note what came of each; answer the keys of those refused."""
    with ThreadPoolExecutor(work.threads) as pool:
        looks = list(pool.map(lambda source: _prepare(work, source), chunk))
    bad = {source.key: look for source, look in zip(chunk, looks, strict=True) if isinstance(look, Unreadable)}
    good = {look.source.key: look for look in looks if isinstance(look, _Prepared)}
    for source, look in zip(chunk, looks, strict=True):
        if look is None:
            work.given.append(Given(source.label, "unchanged", source.key, ""))
    batch = work.next_batch()
    parquet = work.scratch / batch
    told = _told(work, good, parquet, bad)
    revised = _revisions(work, parquet, [key for key in told if key in work.base.by_key])
    for key, tally in told.items():
        work.taken[key] = _taken(good[key], tally, revised.get(key))
        work.cells[key], work.batch_of[key] = tally.cells, batch
    if told:
        work.batches[batch] = parquet
    for look in good.values():
        if look.path.parent == work.scratch:
            look.path.unlink()
    for source in chunk:
        if source.key in bad:
            work.given.append(Given.of(source.label, source.key, bad[source.key]))
    work.read_files += len(chunk)
    work.told(work.read_files, work.all_files)
    return set(bad)


def _prepare(work: Work, source: Source) -> _Prepared | Unreadable | None:
    """Look at a file's bytes and lay them down unpacked; None where the store holds these very bytes already."""
    try:
        data, was_packed = source.read(work.archives)
        text = looked_at(data)
    except Unreadable as fault:
        return fault
    before = work.base.by_key.get(source.key)
    if before and before.sha256 == text.sha256:
        return None
    path = source.path.resolve()
    if was_packed or path.name.lower().endswith(".gz"):  # by that name DuckDB would unpack what is not packed
        path = work.scratch / f"{source.key}-street.csv"
        path.write_bytes(data)
    return _Prepared(
        source=source,
        path=path,
        sha256=text.sha256,
        lines=text.lines,
        line_ending=text.line_ending,
        has_bom=text.has_bom,
        has_welsh_letters=text.has_welsh_letters,
    )


def _told(work: Work, good: Mapping[FileKey, _Prepared], parquet: Path, bad: dict[FileKey, Unreadable]) -> dict[FileKey, Tally]:
    """Write the rows of the good files and tally them; those that turn out bad go to `bad`, and the rest is written again."""
    while left := {key: look.path for key, look in good.items() if key not in bad}:
        bad |= write_rows(work.connection, left, parquet)
        if left.keys() <= bad.keys():
            break
        found = tallies(work.connection, parquet, dense.places())
        objections = {key: fault for key, tally in found.items() if (fault := _objection(tally, good[key], work.kind))}
        bad |= objections
        if not objections:
            return {key: tally for key, tally in found.items() if isinstance(tally, Tally)}
    parquet.unlink(missing_ok=True)
    return {}


def _objection(tally: Tally | Unreadable, look: _Prepared, kind: Kind) -> Unreadable | None:
    if isinstance(tally, Unreadable):
        return tally
    if tally.rows != look.lines - 1 and tally.rows != rows_in(look.path.read_bytes()):
        return Unreadable.because("joined_lines", lines=f"{look.lines - 1:,}", rows=f"{tally.rows:,}")
    if kind == "real" and tally.synthetic:
        return Unreadable.because("invented", n=f"{tally.synthetic:,}")
    if kind == "synthetic" and tally.synthetic < tally.rows:
        return Unreadable.because("not_invented", n=f"{tally.rows - tally.synthetic:,}")
    return None


def _revisions(work: Work, parquet: Path, keys: Sequence[FileKey]) -> dict[FileKey, Revision]:
    """For months that are in the store already: rows before, and how many rows are new or gone, compared whole."""
    if not keys:
        return {}
    before = work.base.by_key
    batches = sorted({before[key].batch for key in keys})
    old = rows_of(work.base.path(batch) for batch in batches)
    found = work.connection.execute(
        f"""
        SELECT file, sum(greatest(now - earlier, 0)), sum(greatest(earlier - now, 0)) FROM (
            SELECT file, row, count(*) FILTER (is_now) AS now, count(*) FILTER (NOT is_now) AS earlier FROM (
                SELECT file, hash({", ".join(STORED.values())}) AS row, is_now FROM (
                    SELECT *, true AS is_now FROM ({rows_of([parquet])}) WHERE file IN $files
                    UNION ALL SELECT *, false AS is_now FROM ({old}) WHERE file IN $files))
            GROUP BY ALL)
        GROUP BY file""",
        {"files": [str(key) for key in keys]},
    ).fetchall()
    return {FileKey.parse(file): Revision(before[FileKey.parse(file)].rows, int(came), int(gone)) for file, came, gone in found}


def _taken(look: _Prepared, tally: Tally, revision: Revision | None) -> Taken:
    return Taken(
        label=look.source.label,
        name=look.source.name,
        tally=tally,
        sha256=look.sha256,
        line_ending=look.line_ending,
        has_bom=look.has_bom,
        has_welsh_letters=look.has_welsh_letters,
        revision=revision,
    )
