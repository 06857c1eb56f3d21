"""Events with a day and a point in metres, as a police extract has them; open data, which know only the month, are refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from diogel.analysis.periods import Month

MONTH_ONLY = (
    "These events are dated by month only, as police.uk's open data are: repeats are counted in days, "
    "so they need an extract from the police with the day of each event."
)
LONGEST_SPAN = 65_535
"""Days between the first and the last event, some 179 years: more is a date misread."""

_FEWEST_TO_JUDGE = 4
"""So many events all on the first of a month: one chance in thirty to the power of that, so months written as dates."""


@dataclass(frozen=True, eq=False)
class DatedEvents:
    """`points` is float64 (events, 2), easting and northing in metres; `days` is int64 (events,), days since 1970-01-01.

    ValueError where four or more fall on the first of a month, all of them: months in the guise of days.
    """

    points: NDArray[np.float64]
    days: NDArray[np.int64]

    def __post_init__(self) -> None:
        on = self.days.astype("datetime64[D]")
        if len(on) >= _FEWEST_TO_JUDGE and (on == on.astype("datetime64[M]").astype("datetime64[D]")).all():
            raise ValueError(MONTH_ONLY)

    def __len__(self) -> int:
        return len(self.days)

    @property
    def same_place_and_day(self) -> int:
        """Events that share both point and day with an earlier row: several crimes, or one row twice. To be told, never dropped."""
        return len(self) - len(np.unique(np.column_stack([self.points, self.days]), axis=0))


def dated_events(*, eastings: ArrayLike, northings: ArrayLike, on: Sequence[Any] | NDArray[Any]) -> DatedEvents:
    """Events by easting and northing (metres) and `on`, their days: dates, datetimes or datetime64 of a day or finer.

    ValueError where there is none, lengths differ, a value is missing or text, the points are degrees, or the dates are
    months: given as `Month` or datetime64[M], or four or more that all fall on the first of a month.
    """
    east, north = _metres(eastings, "eastings"), _metres(northings, "northings")
    days = _days(on)
    if not len(east) == len(north) == len(days):
        raise ValueError(f"{len(east)} eastings, {len(north)} northings and {len(days)} dates do not belong to the same events")
    if not len(days):
        raise ValueError("there are no events")
    if (np.abs(east) <= 180).all() and (np.abs(north) <= 180).all():
        raise ValueError("these points look like degrees of longitude and latitude; distances need eastings and northings in metres")
    if (days.max() - days.min()).astype(int) > LONGEST_SPAN:
        raise ValueError(f"the events run from {days.min()} to {days.max()}, which is longer than any extract: a date was misread")
    return DatedEvents(np.column_stack([east, north]), days.astype(np.int64))


def _metres(values: ArrayLike, name: str) -> NDArray[np.float64]:
    try:
        found = np.asarray(values)
        if found.dtype.kind not in "iuf" and found.size:
            raise ValueError(f"{name} are numbers of metres, not {found.dtype.name}")
        found = found.astype(np.float64)
    except TypeError as fault:
        raise ValueError(f"{name} are numbers of metres") from fault
    if found.ndim != 1:
        raise ValueError(f"{name} come in one row, not in shape {found.shape}")
    if not np.isfinite(found).all():
        raise ValueError(f"event {int(np.flatnonzero(~np.isfinite(found))[0]) + 1} has no point: leave such rows out and say how many")
    return found


def _days(on: Sequence[Any] | NDArray[Any]) -> NDArray[np.datetime64]:
    found = on if isinstance(on, np.ndarray) else None
    if found is None:
        whole = list(on)
        if any(isinstance(day, Month) for day in whole):
            raise ValueError(MONTH_ONLY)
        if any(not isinstance(day, (date, np.datetime64)) for day in whole):
            raise ValueError("days are dates, not text or numbers: read them first, with the order of day and month stated")
        found = np.array([np.datetime64(day.replace(tzinfo=None) if hasattr(day, "tzinfo") else day) for day in whole], dtype=None)
        found = found if len(whole) else np.empty(0, "datetime64[D]")
    if found.dtype.kind != "M" or found.ndim != 1:
        raise ValueError("days are dates, not text or numbers: read them first, with the order of day and month stated")
    if np.datetime_data(found.dtype)[0] in ("Y", "M"):
        raise ValueError(MONTH_ONLY)
    if np.isnat(found).any():
        raise ValueError(f"event {int(np.flatnonzero(np.isnat(found))[0]) + 1} has no date: leave such rows out and say how many")
    return found.astype("datetime64[D]")
