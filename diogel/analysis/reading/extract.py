"""Reads a dated extract from the police, CSV or Excel, by a saved mapping of its columns; a row is read whole or refused by its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from diogel.analysis.repeats.events import DatedEvents, dated_events

from .coded import Reason
from .dates import Dates, Moment, read_clock, read_dates
from .extract_mapping import Mapping
from .extract_points import Rings, inside, read_points
from .police_uk import Unreadable
from .sheets import Faults, Sheet, preview, read_columns

__all__ = ["Extract", "Mapping", "Refused", "Report", "Unreadable", "preview", "read"]

MOST_KINDS = 300
"""Values of the kind of crime; the counting rules have fewer titles in use, and names of people have more."""
LONGEST_KIND = 120
OLDEST_DAYS = 366 * 60
"""Before today; an extract about an earlier day is a date misread."""

NO_AREA = "No area was given: nothing shows whether eastings and northings are swapped, or which points lie outside."


@dataclass(frozen=True)
class Refused:
    """A row that was not taken: its number in the file (names of columns are row 1) and one reason, without what its cells say."""

    number: int
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of the rows: `rows` = `good` + refused. The other counts are of good rows, and told, never acted upon."""

    rows: int
    good: int
    refused: tuple[Refused, ...]
    order: str | None
    order_is_proved: bool
    without_point: int
    outside: int
    without_time: int
    same_place_and_moment: int
    columns_not_read: int
    notes: tuple[str, ...]

    @property
    def reasons(self) -> dict[str, int]:
        """How many rows each reason refused, most frequent first."""
        return dict(Counter(refused.reason for refused in self.refused).most_common())


@dataclass(frozen=True, eq=False)
class Extract:
    """Good rows, every array of length rows, and no name, address or reference of anybody.

    `numbers` are rows of the file. `began` and `ended` are datetime64[m], wall clock of the United Kingdom; `ended` equals
    `began` where no end is told, and is 23:59 where the end is a day without a time. `has_time` is False where only a day was told. `points` float64 (rows, 2) is easting
    and northing in metres, NaN where a row has none; `is_outside` says that a point lies outside the area given. `kinds` is what
    the column of kinds holds, None without such a column.
    """

    numbers: NDArray[np.int64]
    began: NDArray[np.datetime64]
    ended: NDArray[np.datetime64]
    has_time: NDArray[np.bool_]
    points: NDArray[np.float64]
    is_outside: NDArray[np.bool_]
    kinds: tuple[str | None, ...]
    report: Report

    def events(self, *, kinds: Sequence[str] | None = None) -> DatedEvents:
        """Events with a point, of these kinds (all unless told), by the day on which they began: for `repeats`. ValueError if none."""
        chosen = ~np.isnan(self.points).any(axis=1)
        if kinds is not None:
            chosen &= np.isin(np.array([kind or "" for kind in self.kinds], dtype=str), list(kinds))
        east, north = self.points[chosen].T
        return dated_events(eastings=east, northings=north, on=self.began[chosen].astype("datetime64[D]"))


def read(path: Path, mapping: Mapping, *, today: date, area: Rings | None = None) -> Extract:
    """Read the mapped columns of `path`; columns that are not mapped are not read. `area` is rings of corners in metres.

    Unreadable, in one sentence, where no row can be trusted: columns missing, dates that may be of another order, points that
    are swapped, or nothing below the names of the columns. Single rows that cannot be read are refused and the others stand.
    """
    sheet = read_columns(path, mapping.columns, sheet=mapping.sheet)
    if not sheet.numbers:
        raise Unreadable.because("no_row_below")
    faults: Faults = {at: sheet.faults[number] for at, number in enumerate(sheet.numbers) if number in sheet.faults}
    began, ended, has_time, dates = _moments(sheet, mapping, today, faults)
    points = read_points(sheet, mapping, area, faults)
    kinds = _kinds(sheet, mapping, faults)
    _refuse_repeated(sheet, mapping, faults)
    good = np.array([at for at in range(len(sheet.numbers)) if at not in faults], dtype=np.int64)
    outside = inside(points[good], area) == 0 if area is not None else np.zeros(len(good), dtype=bool)
    minutes = np.array(began, dtype="datetime64[m]")[good]
    report = Report(
        rows=len(sheet.numbers),
        good=len(good),
        refused=tuple(Refused(sheet.numbers[at], reason) for at, reason in sorted(faults.items())),
        order=dates.order,
        order_is_proved=dates.is_proved,
        without_point=int(np.isnan(points[good]).any(axis=1).sum()) if mapping.has_points else 0,
        outside=int(outside.sum()),
        without_time=int((~has_time[good]).sum()),
        same_place_and_moment=_repeated(points[good], minutes),
        columns_not_read=sheet.unread,
        notes=(*sheet.notes, *dates.notes, *([NO_AREA] if mapping.easting and area is None else [])),
    )
    return Extract(
        np.array(sheet.numbers, dtype=np.int64)[good], minutes, np.array(ended, dtype="datetime64[m]")[good], has_time[good],
        points[good], outside, tuple(kinds[at] for at in good), report,
    )  # fmt: skip


def _moments(
    sheet: Sheet, mapping: Mapping, today: date, faults: Faults
) -> tuple[list[datetime | None], list[datetime | None], NDArray[np.bool_], Dates]:
    """When each row began and ended, whether it told the time, and how the column of beginnings was read."""
    dates = read_dates(sheet.columns[mapping.began], order=mapping.order, numbers=sheet.numbers)
    began, timed = _joined(dates, sheet.columns.get(mapping.began_time or ""), today, faults)
    if not mapping.ended:
        return began, list(began), timed, dates
    until = read_dates(sheet.columns[mapping.ended], order=mapping.order, numbers=sheet.numbers)
    _refuse_two_orders(dates, until)
    ended, ended_timed = _joined(until, sheet.columns.get(mapping.ended_time or ""), today, faults, of_end=True)
    for at, (start, end) in enumerate(zip(began, ended, strict=True)):
        last = end + timedelta(days=1, minutes=-1) if end and not ended_timed[at] else end
        ended[at] = last or start
        if start and last and last < start:
            faults.setdefault(at, Reason.of("row_ends_first"))
    return (
        began,
        ended,
        timed,
        Dates(dates.cells, dates.order or until.order, dates.is_proved or until.is_proved, (*dates.notes, *until.notes)),
    )


def _joined(
    dates: Dates, clocks: Sequence[Any] | None, today: date, faults: Faults, *, of_end: bool = False
) -> tuple[list[datetime | None], NDArray[np.bool_]]:
    """Dates with the times of their own column, where there is one; what cannot be a moment of an extract becomes a fault."""
    moments: list[datetime | None] = []
    timed = np.zeros(len(dates.cells), dtype=bool)
    for at, cell in enumerate(dates.cells):
        moments.append(None)
        if not isinstance(cell, Moment):
            if cell or not of_end:
                faults.setdefault(at, _told(cell or Reason.of("row_no_date"), of_end))
            continue
        clock = read_clock(clocks[at]) if clocks is not None else None
        day = cell.at.date()
        if isinstance(clock, str):
            faults.setdefault(at, _told(clock, of_end))
        elif day > today:
            faults.setdefault(at, _told(Reason.of("row_later"), of_end))
        elif (today - day).days > OLDEST_DAYS:
            faults.setdefault(at, _told(Reason.of("row_too_old"), of_end))
        else:
            moments[at] = datetime.combine(day, clock if isinstance(clock, time) else cell.at.time())
            timed[at] = isinstance(clock, time) or cell.has_time
    return moments, timed


def _told(reason: Reason, of_end: bool) -> Reason:
    return Reason.of("row_end", why=reason) if of_end else reason


def _refuse_two_orders(began: Dates, ended: Dates) -> None:
    if began.order and ended.order and began.order != ended.order:
        raise Unreadable.because("two_orders", began=began.order.told, ended=ended.order.told)


def _kinds(sheet: Sheet, mapping: Mapping, faults: Faults) -> list[str | None]:
    """The kind of each row. Unreadable where the column holds too many values to be kinds: it may hold people."""
    if not mapping.kind:
        return [None] * len(sheet.numbers)
    kinds = [" ".join(str(cell).split()) if cell is not None and str(cell).strip() else None for cell in sheet.columns[mapping.kind]]
    different = len({kind for kind in kinds if kind})
    if different > MOST_KINDS or any(kind and len(kind) > LONGEST_KIND for kind in kinds):
        raise Unreadable.because("too_many_kinds")
    for at, kind in enumerate(kinds):
        if kind is None:
            faults.setdefault(at, Reason.of("row_no_kind"))
    return kinds


def _refuse_repeated(sheet: Sheet, mapping: Mapping, faults: Faults) -> None:
    """A second row of one reference would count its event twice. References are compared here and not kept."""
    if not mapping.reference:
        return
    first: dict[str, int] = {}
    for at, cell in enumerate(sheet.columns[mapping.reference]):
        name = "" if cell is None else " ".join(str(cell).split()).casefold()
        if not name:
            faults.setdefault(at, Reason.of("row_no_reference"))
        elif at not in faults and first.setdefault(name, at) != at:
            faults[at] = Reason.of("row_reference_twice", row=sheet.numbers[first[name]])


def _repeated(points: NDArray[np.float64], minutes: NDArray[np.datetime64]) -> int:
    """Rows with a point that share it, and the minute, with an earlier row."""
    placed = ~np.isnan(points).any(axis=1)
    if not placed.any():
        return 0
    rows = np.column_stack([points[placed], minutes[placed].astype(np.int64)])
    return len(rows) - len(np.unique(rows, axis=0))
