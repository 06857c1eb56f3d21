"""A small synthetic crime store for tests: three types, six authorities, one spike and one quarter that stand out."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from diogel.analysis.periods import Month, months_from
from diogel.analysis.reading.police_uk import COLUMNS, SYNTHETIC_LABEL
from diogel.crime.loading import load
from diogel.places import codes

FIRST, LAST = Month(2018, 10), Month(2021, 12)
DAY = date(2022, 1, 17)
TYPES = ("Burglary", "Shoplifting", "Vehicle crime")
GWYNEDD, MON = "W06000002", "W06000001"
SPIKE = (GWYNEDD, "Shoplifting", Month(2021, 11))
FULL_QUARTER = (MON, "Vehicle crime", (Month(2021, 10), Month(2021, 11), Month(2021, 12)))
BUSY = "W01000062"
"""The unit of Gwynedd into which the spike's extra rows fall."""

Counts = dict[tuple[str, str, Month], int]


@cache
def planted() -> Counts:
    """Counts by area, type and month: chance around a steady level, and the two planted events."""
    rng = np.random.default_rng(11)
    counts: Counts = {
        (one.code, type_, month): int(rng.poisson(40)) for one in codes.AUTHORITIES for type_ in TYPES for month in months_from(FIRST, LAST)
    }
    counts[SPIKE] += 70
    for month in FULL_QUARTER[2]:
        counts[FULL_QUARTER[0], FULL_QUARTER[1], month] += 35
    return counts


def lay_store(folder: Path, counts: Counts, *, months: list[Month] | None = None, kind: str = "synthetic") -> None:
    """Load the counts into the store in `folder` (a home's `crime`): all months, or only those named."""
    files = [_file(folder.parent / "given", month, counts, kind) for month in months or months_from(FIRST, LAST)]
    folder.mkdir(parents=True, exist_ok=True)
    report = load(files, today=DAY, kind=kind, folder=folder)  # type: ignore[arg-type]
    assert len(report.taken) == len(files), report.given


def copied(base: Path) -> Callable[[Path], None]:
    """Puts a copy of a store that was made once into a test's own home."""

    def put(home: Path) -> None:
        shutil.copytree(base, home / "crime")

    return put


def _file(folder: Path, month: Month, counts: Counts, kind: str) -> Path:
    path = folder / str(month) / f"{month}-north-wales-street.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(COLUMNS)
        for (area, type_, at), count in counts.items():
            if at == month:
                rows.writerows(_row(area, type_, month, n, kind) for n in range(count))
    return path


def _row(area: str, type_: str, month: Month, n: int, kind: str) -> tuple[str, ...]:
    """Forty rows spread over an area's first units; what comes beyond them falls into one."""
    units = codes.units_of(area)
    unit = units[n % 20] if n < 55 or area != GWYNEDD else BUSY
    force = "North Wales Police"
    reference = hashlib.sha256(f"{area} {type_} {month} {n}".encode()).hexdigest()
    context = SYNTHETIC_LABEL if kind == "synthetic" else ""
    place = ("-4.128000", "53.225000", "On or near Example Street 1", unit, codes.name_of(unit)[1])
    return (reference, str(month), force, force, *place, type_, "Under investigation", context)
