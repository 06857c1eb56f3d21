"""When in the week: an hour by weekday table in which an event of unknown hour counts in every hour that it may have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import ArrayLike, NDArray

LONDON = ZoneInfo("Europe/London")
WEEK = 7 * 24 * 60
"""Minutes; a longer span says nothing of the hour, and spread evenly it would only flatten the table."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SUMMER = 60  # minutes by which British Summer Time is ahead of UTC

Minutes = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class HourTable:
    """`weights` float64 (7, 24): events a weekday (Monday first) and hour of the wall clock; they add up to `counted`.

    Of the counted, `exact` were at a known minute and `spread` over a from-to time of at most a week. Left out and told:
    `too_long` (more than a week), `without_time` (a day alone), `not_on_the_clock` (in the hour that the spring change leaves
    out: a clock was wrong). Counted and told: `twice_on_the_clock` (begun or ended in the hour that comes twice in October; the
    span is taken as wide as it may have been), `across_change` (the clocks changed in between), `at_midnight` (exact, at 00:00:
    where that is many, the hour was not known).
    """

    weights: NDArray[np.float64]
    exact: int
    spread: int
    too_long: int
    without_time: int
    not_on_the_clock: int
    twice_on_the_clock: int
    across_change: int
    at_midnight: int

    @property
    def counted(self) -> int:
        return self.exact + self.spread

    @property
    def events(self) -> int:
        """All events given: the counted and the left out."""
        return self.counted + self.too_long + self.without_time + self.not_on_the_clock

    @property
    def by_hour(self) -> NDArray[np.float64]:
        return self.weights.sum(axis=0)

    @property
    def by_weekday(self) -> NDArray[np.float64]:
        return self.weights.sum(axis=1)

    @property
    def peak(self) -> tuple[int, int, float] | None:
        """Weekday (0 Monday), hour and share of all of the fullest cell, the earliest of equals; None in an empty table."""
        if not self.counted:
            return None
        weekday, hour = divmod(int(np.argmax(self.weights)), 24)
        return weekday, hour, float(self.weights[weekday, hour] / self.counted)


def hour_table(
    began: ArrayLike | Sequence[Any], ended: ArrayLike | Sequence[Any] | None = None, *, has_time: ArrayLike | None = None
) -> HourTable:
    """The table of events that began and ended at these moments, wall clock of the United Kingdom, to the minute.

    Moments are datetime64 of a minute or finer, or datetimes without a zone; seconds are dropped. `ended` None, or equal to
    `began`, is a known minute. `has_time` False marks rows of which only the day is known. Every event weighs 1, shared over the
    minutes from beginning to end that truly passed (Ratcliffe 2002): the hour left out in March has none, that of October two.
    ValueError for months or days without hours, moments with a zone, missing ones, and an end before its beginning.
    """
    start = _minutes(began, "began")
    end = start if ended is None else _minutes(ended, "ended")
    timed = np.ones(len(start), dtype=bool) if has_time is None else np.asarray(has_time)
    if timed.dtype != bool or not len(start) == len(end) == len(timed):
        raise ValueError(f"{len(start)} beginnings, {len(end)} endings and {len(timed)} marks do not belong to the same events")
    if (early := np.flatnonzero(end < start)).size:
        raise ValueError(f"event {early[0] + 1} ends before it begins")
    first, last = _to_utc(start, is_second=False), _to_utc(end, is_second=True)
    known = (start == end) & timed
    on_clock = (first.on_clock & last.on_clock) | ~timed
    length = last.utc - first.utc
    too_long = timed & on_clock & ~known & (length > WEEK)
    counted = timed & on_clock & ~too_long
    spread = counted & ~known
    weights = np.zeros(7 * 24)
    np.add.at(weights, _cell(start[counted & known]), 1.0)
    _spread(weights, first.utc[spread], last.utc[spread])
    return HourTable(
        weights=weights.reshape(7, 24),
        exact=int((counted & known).sum()),
        spread=int(spread.sum()),
        too_long=int(too_long.sum()),
        without_time=int((~timed).sum()),
        not_on_the_clock=int((~on_clock).sum()),
        twice_on_the_clock=int((counted & (first.is_twice | last.is_twice)).sum()),
        across_change=int((spread & (length != end - start)).sum()),
        at_midnight=int((counted & known & (start % 1440 == 0)).sum()),
    )


@dataclass(frozen=True)
class _Universal:
    """Minutes of UTC since 1970 for minutes of the wall clock, and which of them come never or twice."""

    utc: Minutes
    on_clock: NDArray[np.bool_]
    is_twice: NDArray[np.bool_]


def _to_utc(wall: Minutes, *, is_second: bool) -> _Universal:
    """A wall clock reads either UTC or an hour more; of a time that comes twice, the first or the second is taken."""
    is_summer = _ahead(wall - _SUMMER) == _SUMMER
    is_winter = _ahead(wall) == 0
    summer_first = is_summer & ~(is_winter & is_second)
    return _Universal(np.where(summer_first, wall - _SUMMER, wall), is_summer | is_winter, is_summer & is_winter)


def _ahead(utc: Minutes) -> Minutes:
    """By how many minutes the wall clock is ahead of UTC; it changes on whole hours only."""
    hours, at = np.unique(utc // 60, return_inverse=True)
    ahead = [(_EPOCH + timedelta(hours=int(hour))).astimezone(LONDON).utcoffset() for hour in hours]
    found = np.array([offset.total_seconds() // 60 if offset else 0 for offset in ahead], dtype=np.int64)
    return found[at.reshape(-1)] if len(hours) else np.zeros(0, dtype=np.int64)


def _cell(wall: Minutes) -> Minutes:
    """Number of the hour in the week, Monday 00:00 first; 1 January 1970 was a Thursday."""
    return (wall // 60 + 3 * 24) % (7 * 24)


def _spread(weights: NDArray[np.float64], first: Minutes, last: Minutes) -> None:
    """Add each span, cut at every hour of UTC, which is also an hour of the wall clock."""
    pieces = (last - 1) // 60 - first // 60 + 1
    event = np.repeat(np.arange(len(first)), pieces)
    hour = first[event] // 60 + np.arange(len(event)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    inside = np.minimum(last[event], (hour + 1) * 60) - np.maximum(first[event], hour * 60)
    utc = hour * 60
    np.add.at(weights, _cell(utc + _ahead(utc)), inside / (last - first)[event])


def _minutes(moments: ArrayLike | Sequence[Any], name: str) -> Minutes:
    found = np.asarray(moments)
    if found.dtype == object:
        if any(isinstance(moment, datetime) and moment.tzinfo for moment in found.flat):
            raise ValueError(f"{name} holds moments with a zone: bring them to the wall clock of the United Kingdom first")
        if all(isinstance(moment, datetime) for moment in found.flat):
            found = found.astype("datetime64[us]")
    if not found.size and found.dtype.kind != "M":
        found = found.astype("datetime64[m]")
    if found.dtype.kind != "M" or found.ndim != 1:
        raise ValueError(f"{name} is a row of moments, not of {found.dtype.name}: read them first")
    if np.datetime_data(found.dtype)[0] in ("Y", "M", "W", "D", "h"):
        raise ValueError(
            f"{name} holds months, days or hours without minutes. Open data have months only: "
            "a table of hours needs an extract from the police with times"
        )
    if np.isnat(found).any():
        raise ValueError(f"event {int(np.flatnonzero(np.isnat(found))[0]) + 1} has no moment in {name}: leave it out and say how many")
    return found.astype("datetime64[m]").astype(np.int64)
