"""Working days in England and Wales: every day but Saturdays, Sundays and bank holidays, which are reckoned by rule."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache

MONDAY, TUESDAY, FRIDAY = 0, 1, 4

# Holidays that were proclaimed for one year, and those of the usual ones that were moved there: what no rule tells.
ADDED = frozenset(
    {
        date(2002, 6, 3), date(2002, 6, 4), date(2011, 4, 29), date(2012, 6, 4), date(2012, 6, 5), date(2020, 5, 8),
        date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8),
    }
)  # fmt: skip
DROPPED = frozenset({date(2002, 5, 27), date(2012, 5, 28), date(2020, 5, 4), date(2022, 5, 30)})


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, after the anonymous rule that J.-M. Oudin and J. Meeus give."""
    century, of_century = divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leap_centuries - moon_shift + 15) % 30
    weekday = (32 + 2 * rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def first_weekday(from_day: date, weekday: int) -> date:
    """The first such weekday on `from_day` or after it; Monday is 0."""
    return from_day + timedelta(days=(weekday - from_day.weekday()) % 7)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Those of one year in England and Wales, substitute days among them, as they have been kept since 1978."""
    sunday = easter(year)
    usual = {
        _first_free(date(year, 1, 1)),
        sunday - timedelta(days=2),
        sunday + timedelta(days=1),
        first_weekday(date(year, 5, 1), MONDAY),
        first_weekday(date(year, 5, 25), MONDAY),
        first_weekday(date(year, 8, 25), MONDAY),
        *_christmas(year),
    }
    return frozenset(usual - DROPPED | {day for day in ADDED if day.year == year})


def _first_free(day: date) -> date:
    """The day itself or, where it falls on a weekend, the Monday after it."""
    return day if day.weekday() <= FRIDAY else first_weekday(day, MONDAY)


def _christmas(year: int) -> tuple[date, date]:
    """Two working days off: one that falls on a weekend is kept on the next day that is neither weekend nor the other's."""
    first, second = date(year, 12, 25), date(year, 12, 26)
    if second.weekday() > FRIDAY:  # Christmas on a Friday or a Saturday
        return (first if first.weekday() <= FRIDAY else date(year, 12, 27), date(year, 12, 28))
    return (first if first.weekday() <= FRIDAY else date(year, 12, 27), second)


def is_working_day(day: date) -> bool:
    return day.weekday() <= FRIDAY and day not in bank_holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`, which itself does not count."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def moved_to_working_day(day: date, way: str) -> date:
    """`day`, or the nearest working day after it (`next`) or before it (`previous`); any other `way` leaves it alone."""
    step = {"next": 1, "previous": -1}.get(way, 0)
    while step and not is_working_day(day):
        day += timedelta(days=step)
    return day


def months_after(day: date, months: int) -> date:
    """The same day of the month, so many months on; the month's last day where it has none such: a year after 29 February is 28."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
