"""Loads street files into the crime store: looked at, read together, checked, and made true in one step or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
from django.utils.translation import gettext as _

from diogel.analysis.reading.police_uk import REPORTERS
from diogel.analysis.reading.police_uk_rows import PARQUET, connect
from diogel.analysis.reading.police_uk_sources import Archives, Found, find

from . import dense
from .intake import Work, read_all
from .outcome import Given, LoadReport, Taken, Told
from .partial import judge
from .store import Kind, Store, StoredFile, StoreFault, folder_of, held, read_store, rows_of, write_register


class UnknownForce(ValueError):
    """A force that police.uk has no files of; the message is a sentence that names those it has."""


def load(
    paths: Iterable[Path | str],
    *,
    today: date,
    kind: Kind = "real",
    folder: Path | None = None,
    is_dry_run: bool = False,
    forces: Collection[str] = (),
    threads: int | None = None,
    told: Callable[[int, int], None] | None = None,
) -> LoadReport:
    """Load police.uk street files, folders of them and zip archives into the store (the home's own if `folder` is None).

    A month of a force replaces itself. Broken files are refused one by one; all others become true together at the end,
    or, if that fails, none. Where `forces` are named (as file names have them), only their files are read. `told` hears how
    many files of how many are done. Raises StoreFault where nothing can be done: rows of `kind` "synthetic" for a store of
    real ones, another load under way, a full disk; UnknownForce for one that police.uk has no files of.
    """
    if strangers := sorted(set(forces) - set(REPORTERS.values())):
        told_names = {"name": strangers[0], "names": ", ".join(sorted(REPORTERS.values()))}
        raise UnknownForce(_("police.uk has no files of a force %(name)s. The forces are: %(names)s.") % told_names)
    where, count = folder_of(folder), threads or os.cpu_count() or 1
    found = find(paths, forces=forces)
    store = _fitting(where, kind)
    if not found.sources:
        return _report(store, store, found, forces, is_dry_run=is_dry_run)
    try:
        with _place_to_work(where, is_dry_run) as scratch, Archives() as archives, connect(threads=count, scratch=scratch) as connection:
            store = _fitting(where, kind)  # again: another load may have ended in between
            base = store if store.kind in (None, kind) else Store(where, number=store.number)
            hear = told or (lambda done, of: None)
            work = Work(base, kind, scratch, count, connection, archives, hear, len(found.sources))
            read_all(work, found.sources)
            after = _settled(work, today) if work.taken else store
            if not is_dry_run and work.taken:
                _commit(work, after)
            return _report(store, after, found, forces, is_dry_run=is_dry_run, work=work)
    except (OSError, duckdb.Error) as fault:
        why = str(fault).splitlines()[0].rstrip(".")
        raise StoreFault(_("The crime store could not be written: %(why)s. It is as it was before.") % {"why": why}) from fault


def _fitting(where: Path, kind: Kind) -> Store:
    """The store as it is, if rows of this kind may enter it."""
    store = read_store(where)
    if kind == "synthetic" and store.kind == "real":
        raise StoreFault(_("This store holds real rows; invented ones are never loaded beside or over them. Use another home."))
    return store


@contextmanager
def _place_to_work(where: Path, is_dry_run: bool) -> Iterator[Path]:
    """A folder for half-made files: beside the store, so that a rename finishes them; a dry run stays out of the home."""
    if is_dry_run:
        with tempfile.TemporaryDirectory(prefix="diogel-") as scratch:
            yield Path(scratch)
        return
    with held(where):
        for left_over in where.glob(".new-*"):
            shutil.rmtree(left_over, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=where) as scratch:
            yield Path(scratch)


def _settled(work: Work, today: date) -> Store:
    """The store as it will be: replaced months out of their old batches, new files in, every month judged again."""
    kept = work.base.without(work.taken)
    kept = _rewritten(work, kept)
    files = [*kept.files, *(_stored(taken, work.batch_of[key], today) for key, taken in work.taken.items())]
    judged = judge({file.key: file.rows for file in files})
    files = [replace(file, usual=judged[file.key].usual, is_partial=judged[file.key].is_partial) for file in files]
    number = work.base.number + 1
    return Store(work.base.folder, work.kind, tuple(sorted(files, key=lambda file: file.key)), f"counts-{number:06d}.npz", number)


def _rewritten(work: Work, kept: Store) -> Store:
    """Write anew each old batch that holds a month that is replaced, without that month."""
    still = {file.batch for file in kept.files}
    for batch in {work.base.by_key[key].batch for key in work.taken if key in work.base.by_key} & still:
        name = work.next_batch()
        stays = [str(file.key) for file in kept.files if file.batch == batch]
        work.connection.execute(
            f"COPY (SELECT * FROM ({rows_of([work.base.path(batch)])}) WHERE file IN $files) TO $to {PARQUET}",
            {"files": stays, "to": str(work.scratch / name)},
        )
        work.batches[name] = work.scratch / name
        kept = replace(kept, files=tuple(replace(file, batch=name) if file.batch == batch else file for file in kept.files))
    return kept


def _stored(taken: Taken, batch: str, today: date) -> StoredFile:
    tally = taken.tally
    return StoredFile(
        key=tally.key,
        name=taken.name,
        sha256=taken.sha256,
        rows=tally.rows,
        inside=tally.inside,
        outside=tally.rows - tally.inside - tally.without_place,
        without_place=tally.without_place,
        vintage=tally.vintage,
        loaded_on=today,
        batch=batch,
    )


def _commit(work: Work, after: Store) -> None:
    """Lay rows and counts beside the old ones, then let the register name them."""
    before = dense.read(work.base.folder / work.base.counts) if work.base.counts else dense.empty()
    block = dense.updated(before, gone=[key for key in work.taken if key in work.base.by_key], came=work.cells)
    (after.folder / "rows").mkdir(exist_ok=True)
    for name, path in work.batches.items():
        path.replace(after.path(name))
    dense.save(block, after.folder / str(after.counts))
    write_register(after)


def _report(store: Store, after: Store, found: Found, forces: Collection[str], *, is_dry_run: bool, work: Work | None = None) -> LoadReport:
    given = list(work.given) if work else []
    given += [Given(said.label, "left_aside", None, said.reason) for said in found.left_aside]
    given += [Given(said.label, "refused", None, said.reason, said.code, said.values) for said in found.refused]
    was = {file.key: file.is_partial for file in store.files} if store.kind == after.kind else {}
    return LoadReport(
        kind=after.kind,
        is_dry_run=is_dry_run,
        has_emptied_synthetic=bool(store.kind == "synthetic" and after.kind == "real"),
        taken=tuple(taken for _key, taken in sorted((work.taken if work else {}).items())),
        given=tuple(given),
        partial=tuple(Told(file.key, file.rows, file.usual or 0) for file in after.files if file.is_partial),
        no_longer_partial=tuple(file.key for file in after.files if was.get(file.key) and not file.is_partial),
        files=after.files,
        forces=tuple(dict.fromkeys(forces)),
        passed_over=found.passed_over,
    )
