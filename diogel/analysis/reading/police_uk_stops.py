"""Reads a monthly police.uk file of stops and searches, with its moments brought from UTC to the wall clock of the United Kingdom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from diogel.analysis.periods import Month

from .coded import Reason, Refusal
from .dates import LONDON
from .police_uk import FileKey, Unreadable
from .police_uk_monthly import key_of, point_of, rows_of

COLUMNS = (
    "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude", "Longitude", "Gender", "Age range",
    "Self-defined ethnicity", "Officer-defined ethnicity", "Legislation", "Object of search", "Outcome",
    "Outcome linked to object of search", "Removal of more than just outer clothing",
)  # fmt: skip

TYPES = ("Person search", "Vehicle search", "Person and Vehicle search")

EARLIEST, LATEST = 2000, 2998
"""Years; stops have been published since 2014."""

NO_HOURS = 0.5
"""Share of stops at exactly midnight from which a file has days and no hours: some forces publish only the day."""

_YES_NO = {"true": True, "false": False, "": None}


@dataclass(frozen=True)
class Stop:
    """One stop. `at` is wall clock; blank cells are None. `point` is longitude and latitude, snapped as those of crimes are."""

    type: str
    at: datetime
    point: tuple[float, float] | None
    gender: str | None
    age_range: str | None
    self_defined_ethnicity: str | None
    officer_defined_ethnicity: str | None
    legislation: str | None
    object: str | None
    outcome: str | None
    is_linked: bool | None
    removed_more: bool | None


@dataclass(frozen=True, kw_only=True)
class Stops:
    """`stops` in the order of the file; `rows` = stops + `refused` (line, reason). `at_midnight` counts moments of exactly 00:00, by either clock."""

    key: FileKey
    rows: int
    refused: tuple[tuple[int, Reason], ...]
    stops: tuple[Stop, ...]
    at_midnight: int

    @property
    def has_hours(self) -> bool:
        """Whether the hours mean anything: not where half of all stops or more are at exactly midnight."""
        return self.at_midnight < NO_HOURS * len(self.stops)

    @property
    def without_point(self) -> int:
        return sum(stop.point is None for stop in self.stops)

    def moments(self) -> NDArray[np.datetime64]:
        """When, datetime64[m] wall clock, one a stop. ValueError where the file has days and no hours."""
        if not self.has_hours:
            raise Refusal.because("no_hours", n=f"{self.at_midnight:,}", stops=f"{len(self.stops):,}")
        return np.array([stop.at for stop in self.stops], dtype="datetime64[m]")


def read(path: Path) -> Stops:
    """Read `YYYY-MM-force-stop-and-search.csv`, plain or packed by gzip. Unreadable, in one sentence, where no row can be trusted."""
    key = key_of(path.name, "stop-and-search")
    refused: list[tuple[int, Reason]] = []
    stops: list[Stop] = []
    other_month = midnight = 0
    for number, cells in rows_of(path, COLUMNS, "stop-and-search"):
        found = cells if isinstance(cells, str) else _stop(cells)
        if isinstance(found, Stop) and Month.of(found.at.date()) != key.month:
            other_month += 1
            found = Reason.of("row_other_month")
        if isinstance(found, str):
            refused.append((number, found))
            continue
        stops.append(found)
        midnight += found.at.time() == time(0) or "T00:00:00" in cells[1]
    rows = len(stops) + len(refused)
    if not rows:
        raise Unreadable.because("no_rows")
    if other_month * 2 > rows:
        raise Unreadable.because("other_months", month=key.month, n=f"{other_month:,}", rows=f"{rows:,}")
    return Stops(key=key, rows=rows, refused=tuple(refused), stops=tuple(stops), at_midnight=midnight)


def _stop(cells: list[str]) -> Stop | Reason:
    type_, when, _, _, latitude, longitude, gender, age, own, officers, law, thing, outcome, linked, removed = cells
    at, point = _moment(when), point_of(longitude, latitude)
    if isinstance(at, str):
        return at
    if isinstance(point, str):
        return point
    if type_ not in TYPES:
        return Reason.of("row_no_search")
    if linked.lower() not in _YES_NO or removed.lower() not in _YES_NO:
        return Reason.of("row_not_true_or_false")
    return Stop(
        type=type_, at=at, point=point, gender=gender or None, age_range=age or None, self_defined_ethnicity=own or None,
        officer_defined_ethnicity=officers or None, legislation=law or None, object=thing or None, outcome=outcome or None,
        is_linked=_YES_NO[linked.lower()], removed_more=_YES_NO[removed.lower()],
    )  # fmt: skip


def _moment(when: str) -> datetime | Reason:
    """The files write UTC: those of June begin at 23:00 of the last of May."""
    if not when:
        return Reason.of("row_no_date")
    try:
        moment = datetime.fromisoformat(when)
        if len(when) < 16 or moment.tzinfo is None:
            return Reason.of("row_no_zone")
        if not EARLIEST <= moment.year <= LATEST:
            return Reason.of("row_no_such_date")
        return moment.astimezone(LONDON).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return Reason.of("row_no_such_date")
