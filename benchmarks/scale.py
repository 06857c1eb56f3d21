"""Ten years of police.uk rows loaded, counted and searched for anomalies at 1 to 60 million rows; bars: 6 GiB, no row dearer at the end.

One million is about two forces, sixty are all of England and Wales: 5,276 files, 35,000 small areas, 301 partnerships. Invented
rows (see scale_rows) are loaded and counted into the store's cube as `diogel crime load` does it, all checks on;
Farrington's method judges the last year of every partnership and type, and the last month of every small area and type. Each
size runs in a process of its own, whose memory (all of its tree, mapped files included) is looked at twenty times a second.
Processor time counts: on a busy machine wall time says more of the neighbours. What comes out is held against what was made.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import scale_rows

from diogel.analysis.cube_store import StoredCube, open_cube
from diogel.analysis.farrington import MONTHLY, scan
from diogel.analysis.multiplicity import adjusted
from diogel.analysis.reading.police_uk import TYPES
from diogel.crime.every_place import cube_of_all
from diogel.crime.loading import load
from diogel.crime.store import open_rows, read_store

GIB = 1 << 30
MOST_MEMORY, MOST_DEARER, SLOWEST_MS = 6 * GIB, 1.25, 10.0
AT_ONCE = 2_000
"""Small areas scanned at once."""
TODAY = date(2025, 2, 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=float, nargs="+", default=[1, 5], metavar="MILLIONS", help="sizes, in millions of rows")
    parser.add_argument("--figures", type=Path, metavar="JSON", help="write what was measured into this file, for scale_drawn.py")
    parser.add_argument("--scratch", type=Path, help="where files and stores may lie: 15 GB at 60 million")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        measure(args.measure, args.rows[0] * 1e6)
        return 0
    found = [one_size(millions * 1e6, args.scratch) for millions in sorted(args.rows)]
    if args.figures:
        args.figures.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0 if all(list(bars(found))) else 1


def bars(found: list[dict[str, Any]]) -> Iterator[bool]:
    memory, slice_ms = max(one["memory"] for one in found), max(one["slice_ms"] for one in found)
    print(f"most memory {memory / GIB:.2f} GiB, bar {MOST_MEMORY / GIB:.0f}; slowest slice {slice_ms:.2f} ms, bar {SLOWEST_MS:.0f}")
    yield memory <= MOST_MEMORY
    yield slice_ms <= SLOWEST_MS
    first, last = ((one["load"] + one["cube"]) / one["rows"] * 1e6 for one in (found[0], found[-1]))
    print(f"load and cube: {first:.2f} s of CPU a million rows at the smallest size, {last:.2f} at the largest; bar {MOST_DEARER} times")
    yield last <= MOST_DEARER * first
    yield all(one["is_right"] for one in found)


def one_size(least: float, scratch: Path | None) -> dict[str, Any]:
    """Write the files, then load, count and scan them in a process that is watched."""
    with tempfile.TemporaryDirectory(prefix="diogel-scale-", dir=scratch) as place:
        folder = Path(place) / "given"
        folder.mkdir()
        began = time.perf_counter()
        written = scale_rows.write_files(folder, least)
        size = sum(path.stat().st_size for path in folder.rglob("*.csv"))
        print(f"\n{written:,} rows written, {size / 1e9:.2f} GB of text, {time.perf_counter() - began:.0f} s", flush=True)
        words = [sys.executable, __file__, "--measure", place, "--rows", str(least / 1e6)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child, watched(child.pid) as peak:
            told: dict[str, Any] = {"memory": 0}
            for line in child.stdout or ():
                came = json.loads(line)
                step = came.pop("step")
                told |= came | {f"{step} memory": peak[0]}
                if step != "check":  # which asks the rows anew, in one go
                    told["memory"] = max(told["memory"], peak[0])
                if step in came:
                    print(f"  {step:<12} {came[step]:8.2f} s of CPU, {peak[0] / GIB:5.2f} GiB  {came.pop('said')}", flush=True)
                peak[0] = 0
        if child.returncode:
            raise SystemExit(child.returncode)
        told["is_right"] = told["written_well"] == written and told["is_equal"]
        print(f"  rows, refused ones included, are those written, and the cube is what was made: {'yes' if told['is_right'] else 'NO'}")
        return told


@contextmanager
def watched(pid: int) -> Iterator[list[int]]:
    """The most bytes in memory of a process and all below it, since somebody last set the number to 0."""
    peak, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            peak[0] = max(peak[0], sum(map(in_memory, tree(pid))))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    yield peak
    done.set()
    thread.join()


def tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in below:
        yield from tree(int(child))


def in_memory(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


# What follows runs in the process that is watched.


def tell(step: str, **told: Any) -> None:
    print(json.dumps({"step": step, **told}), flush=True)


def spent() -> float:
    """Seconds of processor time of this process, all threads, and of those it ended."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def measure(place: Path, least: float) -> None:
    land, store = scale_rows.country(least), place / "crime"
    loaded(place, store)
    began = spent()
    cube = cube_of_all(folder=store)
    rows, counts = in_bytes(store / "rows"), in_bytes(store / "cells") + in_bytes(store / "cube")
    cells = f"{len(cube.areas):,} areas x {len(cube.types)} types x {len(cube.months)} months"
    tell("cube", cube=spent() - began, disk=rows + counts, said=f"{cells}; on disk rows {rows / 1e9:.2f} GB, counts {counts / 1e9:.2f} GB")
    tell("slices", slice_ms=slices(store, cube, land))
    partnerships(cube, land)
    small_areas(cube)
    next_month(place, store, least)
    tell("check", is_equal=is_what_was_made(store, cube_of_all(folder=store), land))


def loaded(place: Path, store: Path) -> None:
    began, wall = spent(), time.perf_counter()
    report = load([place / "given"], today=TODAY, kind="synthetic", folder=store)
    seconds, took = spent() - began, time.perf_counter() - wall
    rows = sum(file.rows for file in report.files)
    refused = [given for given in report.given if given.state == "refused"]
    in_refused = sum(Path(given.label).read_bytes().count(b"\n") - 2 for given in refused)
    tell(
        "load", load=seconds, rows=rows, files=len(report.files), written_well=rows + in_refused,
        said=f"{len(report.files):,} files, {rows:,} rows, {took:.0f} s of wall; {len(refused)} refused, {len(report.partial)} partial",
    )  # fmt: skip
    shutil.rmtree(place / "given")


def in_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def slices(store: Path, cube: StoredCube, land: scale_rows.Country) -> float:
    """Milliseconds of the slowest of three slices, each the best of five, from a cube just opened."""
    one = [area for area in np.array(land.codes)[land.partnership == 1].tolist() if area in set(cube.areas)]
    asked: tuple[dict[str, Any], ...] = (
        {"areas": cube.areas[7:8]},
        {"areas": one},
        {"types": ("Burglary",), "months": (cube.months[-1],) * 2},
    )
    opened = open_cube(store / "cube")
    return max(min(milliseconds(lambda what=what: opened.values(**what)) for _ in range(5)) for what in asked)


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def is_what_was_made(store: Path, cube: StoredCube, land: scale_rows.Country) -> bool:
    """Whether rows by month and type, of areas in their own force's files, are the cube's, asked of the rows in another way."""
    with open_rows(read_store(store)) as connection:
        connection.execute("CREATE TEMP TABLE made (lsoa VARCHAR, force VARCHAR)")
        forces = [land.forces[at] for at in land.force]
        connection.execute(
            "INSERT INTO made SELECT unnest($lsoa::VARCHAR[]), unnest($force::VARCHAR[])", {"lsoa": list(land.codes), "force": forces}
        )
        found = connection.execute(
            "SELECT type, month, count(*) FROM rows JOIN made USING (lsoa) WHERE ends_with(file, '-' || force) GROUP BY ALL"
        ).fetchall()
    sums = cube.values().sum(axis=0, dtype=np.int64)
    told = {(type_, str(month)): int(sums[t, m]) for t, type_ in enumerate(cube.types) for m, month in enumerate(cube.months) if sums[t, m]}
    return told == {(type_, month): n for type_, month, n in found}


def partnerships(cube: StoredCube, land: scale_rows.Country) -> None:
    """Counts of each partnership out of the cube, and the last year of each type judged by its own past."""
    began, here = spent(), set(cube.areas)
    counts = np.zeros((land.partnerships, len(TYPES), len(cube.months)), np.int64)
    known = np.zeros((land.partnerships, len(cube.months)), bool)
    codes = np.array(land.codes)
    for at in range(land.partnerships):
        own = [code for code in codes[land.partnership == at].tolist() if code in here]
        counts[at], known[at] = cube.values(areas=own, types=TYPES).sum(axis=0), cube.known(areas=own).all(axis=0)
    series = counts.reshape(-1, len(cube.months))
    found = scan(
        series,
        at=range(len(cube.months) - 12, len(cube.months)),
        known=np.repeat(known, len(TYPES), axis=0),
        exposure=[month.days for month in cube.months],
        options=MONTHLY,
    )
    p = found.p[~np.isnan(found.p)]
    sure = int((adjusted(p) <= 0.05).sum())
    raised = [at * len(TYPES) + kind for at, kind in land.raised]
    caught = int((found.is_alarm[raised].sum(axis=1) >= 3).sum())
    tell(
        "scan", scan=spent() - began, partnerships=land.partnerships,
        said=f"{len(series):,} series of {land.partnerships} partnerships, 12 months each: {int(found.is_alarm.sum()):,} alarms, {sure:,} at a false "
        f"discovery rate of 5 %; {caught} of {len(raised)} planted rises found in three months or more",
    )  # fmt: skip


def small_areas(cube: StoredCube) -> None:
    began, alarms, judged = spent(), 0, 0
    for at in range(0, len(cube.areas), AT_ONCE):
        part = cube.cube(areas=cube.areas[at : at + AT_ONCE], types=TYPES)
        found = scan(
            part.values.reshape(-1, len(part.months)),
            at=[len(part.months) - 1],
            known=np.repeat(part.known, len(TYPES), axis=0),
            exposure=[month.days for month in part.months],
            options=MONTHLY,
        )
        alarms, judged = alarms + int(found.is_alarm.sum()), judged + len(found.p)
    tell("areas", areas=spent() - began, said=f"last month of {judged:,} series of small areas and types: {alarms:,} alarms")


def next_month(place: Path, store: Path, least: float) -> None:
    """One more month, loaded into the store as it stands: what a partnership does each month."""
    later = place / "later"
    later.mkdir()
    rows = scale_rows.write_month(later, least, scale_rows.MONTHS)
    began = spent()
    report = load([later], today=TODAY, kind="synthetic", folder=store)
    assert sum(one.tally.rows for one in report.taken) == rows
    middle = spent()
    cube_of_all(folder=store)
    tell(
        "month",
        month=spent() - began,
        said=f"one more month of {rows:,} rows: loaded {middle - began:.2f} s, cube {spent() - middle:.2f} s",
    )


if __name__ == "__main__":
    sys.exit(main())
