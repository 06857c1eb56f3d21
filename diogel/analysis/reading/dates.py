"""Reads a column of dates whose order of day and month is stated or can be proved, and refuses a column that could be read either way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from .coded import Reason
from .police_uk import Unreadable

LONDON = ZoneInfo("Europe/London")
EARLIEST = 1900
FEW_CONTRARY = 20
"""A contrary row is one row's slip where twenty others prove the stated order; else the whole column may be of the other order."""
ENOUGH_TO_WONDER = 10
"""Dates without any day above 12: by chance once in ten thousand columns of ten."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ionawr ion", "february feb chwefror chwef chw", "march mar mawrth maw", "april apr ebrill ebr", "may mai",
            "june jun mehefin meh", "july jul gorffennaf gorff gor", "august aug awst", "september sep sept medi med",
            "october oct hydref hyd", "november nov tachwedd tach", "december dec rhagfyr rhag",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_TIME = r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?"
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})" + _TIME + r"\s*(Z|[+-]\d{2}:?\d{2})?")
_SLASHED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})" + _TIME)
_NAMED = re.compile(r"(\d{1,2})(?:[ -]+)([A-Za-z]{3,10})\.?(?:[ -]+)(\d{4})" + _TIME)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?")
_MONTH_ONLY = re.compile(r"\d{4}-\d{2}|\d{1,2}/\d{4}|[A-Za-z]{3,10}[ -]\d{2,4}")
_TWO_DIGITS = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}(?:[T ].*)?|\d{1,2}[ -][A-Za-z]{3,10}[ -]\d{2}(?:[T ].*)?")


class Order(StrEnum):
    """In which order a column writes its dates: 2021-03-04, 04/03/2021, or 03/04/2021."""

    ISO = "iso"
    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"

    @property
    def told(self) -> Reason:
        """As it stands within a reason."""
        return Reason.of(f"order_{self.name.lower()}")


@dataclass(frozen=True)
class Moment:
    """A cell that was read: its wall clock in the United Kingdom, and whether it told a time or a day alone."""

    at: datetime
    has_time: bool


@dataclass(frozen=True)
class Dates:
    """A cell each, in the order given: a Moment, a reason (a sentence without the cell's text), or None where it was blank.

    `order` is that of dates such as 04/03/2021, None where there is none; `is_proved` says that a day above 12 stands in one.
    """

    cells: tuple[Moment | Reason | None, ...]
    order: Order | None
    is_proved: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Slashed:
    """A date of which only the column can say which number is the day: what it is read either way, None where no day."""

    day_first: datetime | None
    month_first: datetime | None
    has_time: bool


def read_dates(cells: Sequence[Any], *, order: Order | None = None, numbers: Sequence[int] | None = None) -> Dates:
    """Read a column of text, dates and datetimes; `numbers` are the rows a reason may name (1, 2, 3 … unless told).

    Years first, and months by their names in English or Welsh, are read whatever the order. Unreadable where the order of the
    others is neither stated nor proved by a day above 12, where it is proved month first, where rows contradict one another or
    the stated order, or where the column holds months without days.
    """
    rows = list(numbers) if numbers is not None else list(range(1, len(cells) + 1))
    # A spreadsheet writes every day with a time; only where one is not midnight do the others mean midnight.
    tells_times = any(isinstance(cell, datetime) and cell.time() != time(0) for cell in cells)
    read = [_cell(cell, tells_times=tells_times) for cell in cells]
    told = [cell for cell in read if cell is not None]
    if told and sum(cell == _ONLY_MONTH for cell in told) * 2 > len(told):
        raise Unreadable.because("only_months")
    slashed = [(row, cell) for row, cell in zip(rows, read, strict=True) if isinstance(cell, _Slashed)]
    _refuse_mixed_sheet(cells, slashed)
    found, is_proved = _order_of(slashed, order)
    notes = []
    if found not in (None, Order.ISO) and not is_proved and len(slashed) >= ENOUGH_TO_WONDER:
        notes.append(f"No day above 12 stands in {len(slashed):,} dates: nothing but the stated order ({found}) says which is the day.")
    settled = tuple(_settled(cell, found) if isinstance(cell, _Slashed) else cell for cell in read)
    return Dates(settled, found, is_proved, tuple(notes))


def read_clock(cell: Any) -> time | Reason | None:
    """The time of day in a cell of its own: a time, a reason, or None where it is blank."""
    if cell is None or isinstance(cell, time):
        return cell.replace(tzinfo=None) if cell else cell
    if isinstance(cell, datetime):
        return cell.time()
    found = _CLOCK.fullmatch(str(cell).strip())
    if not str(cell).strip():
        return None
    try:
        return time(int(found[1]), int(found[2]), int(found[3] or 0)) if found else Reason.of("row_no_clock")
    except ValueError:
        return Reason.of("row_no_such_time")


_ONLY_MONTH = Reason.of("row_month_alone")


def _cell(cell: Any, *, tells_times: bool) -> Moment | _Slashed | Reason | None:
    if isinstance(cell, datetime):
        return _moment(_local(cell), has_time=tells_times)
    if isinstance(cell, date):
        return _moment(datetime(cell.year, cell.month, cell.day), has_time=False)  # noqa: DTZ001 - a wall clock
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if not isinstance(cell, str):
        return Reason.of("row_date_a_number")
    text = cell.strip()
    try:
        return _text(text)
    except (ValueError, OverflowError):
        return Reason.of("row_no_such_date")


def _text(text: str) -> Moment | _Slashed | Reason:
    if iso := _ISO.fullmatch(text):
        zone = iso[7]
        when = _built(iso[1], iso[2], iso[3], iso.groups()[3:6])
        if zone:
            when = _local(datetime.fromisoformat(f"{when.isoformat()}{'+00:00' if zone == 'Z' else zone}"))
        return _moment(when, has_time=iso[4] is not None)
    if named := _NAMED.fullmatch(text):
        month = _MONTHS.get(named[2].lower())
        if month:
            return _moment(_built(named[3], month, named[1], named.groups()[3:6]), has_time=named[4] is not None)
    if slashed := _SLASHED.fullmatch(text):
        first, second, year, clock = slashed[1], slashed[3], slashed[4], slashed.groups()[4:7]
        both = (_built_or_none(year, second, first, clock), _built_or_none(year, first, second, clock))
        return _Slashed(*both, has_time=clock[0] is not None) if any(both) else Reason.of("row_no_such_date")
    if _MONTH_ONLY.fullmatch(text):
        return _ONLY_MONTH
    if _TWO_DIGITS.fullmatch(text):
        return Reason.of("row_two_digits")
    return Reason.of("row_date_a_number") if text.replace(".", "", 1).isdecimal() else Reason.of("row_no_date_written")


def _built(year: Any, month: Any, day: Any, clock: Sequence[Any]) -> datetime:
    hour, minute, second = (int(part or 0) for part in clock)
    when = datetime(int(year), int(month), int(day), hour, minute, second)  # noqa: DTZ001 - a wall clock
    if when.year < EARLIEST:
        raise ValueError("before there were extracts")
    return when


def _built_or_none(year: Any, month: Any, day: Any, clock: Sequence[Any]) -> datetime | None:
    try:
        return _built(year, month, day, clock)
    except ValueError:
        return None


def _local(when: datetime) -> datetime:
    """The wall clock in the United Kingdom; a moment without a zone already is one."""
    return when.astimezone(LONDON).replace(tzinfo=None) if when.tzinfo else when


def _moment(when: datetime, *, has_time: bool) -> Moment | Reason:
    return Moment(when, has_time) if when.year >= EARLIEST else Reason.of("row_no_such_date")


def _settled(cell: _Slashed, order: Order | None) -> Moment | Reason:
    if order is Order.ISO:
        return Reason.of("row_not_year_first")
    when = cell.day_first if order is Order.DAY_FIRST else cell.month_first
    return _moment(when, has_time=cell.has_time) if when else Reason.of("row_not_in_order", order=order.told if order else "")


def _refuse_mixed_sheet(cells: Sequence[Any], slashed: Sequence[tuple[int, _Slashed]]) -> None:
    """A spreadsheet that expects months first makes dates of what it can, days and months swapped, and leaves the rest as text."""
    if slashed and any(isinstance(cell, date) for cell in cells):
        raise Unreadable.because("mixed_sheet", row=slashed[0][0])


def _order_of(slashed: Sequence[tuple[int, _Slashed]], stated: Order | None) -> tuple[Order | None, bool]:
    """The order to read by, and whether a date proves it. Unreadable where there is no saying."""
    if not slashed or stated is Order.ISO:
        return stated, False
    day = [row for row, cell in slashed if not cell.month_first]
    month = [row for row, cell in slashed if not cell.day_first]
    if stated:
        proof, contrary = (day, month) if stated is Order.DAY_FIRST else (month, day)
        if len(contrary) * FEW_CONTRARY > len(proof):
            raise Unreadable.because("not_in_order", order=stated.told, row=contrary[0], n=len(contrary))
        return stated, bool(proof)
    if day and month:
        raise Unreadable.because("mixed_orders", day=day[0], month=month[0])
    if month:
        raise Unreadable.because("month_first", row=month[0])
    if not day:
        raise Unreadable.because("either_order")
    return Order.DAY_FIRST, True
