"""How much of the crime comes back to the same place or close by, and how soon: shares and days since the last one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .events import DatedEvents
from .pairs import pairs_within


@dataclass(frozen=True, kw_only=True, eq=False)
class Repeats:
    """Of `looked_at` events, `again` had an earlier event within `metres` and `days`; `metres` 0 is the same place.

    `left_out` events at the beginning are not looked at: what came before them lies before the extract begins.
    `days_since` is int64 (again,), days since the last such event, rising. `share` is None where nothing was looked at.
    """

    metres: float
    days: int
    looked_at: int
    again: int
    left_out: int
    days_since: NDArray[np.int64]

    @property
    def share(self) -> float | None:
        return self.again / self.looked_at if self.looked_at else None

    def within(self, days: int) -> int:
        """How many came back at most so many days after the last one; ValueError beyond the days looked back."""
        if not 0 <= days <= self.days:
            raise ValueError(f"only {self.days} days were looked back, so nothing is known of {days}")
        return int(np.searchsorted(self.days_since, days, side="right"))

    @property
    def median_days(self) -> float | None:
        """Half of those that came back did so within so many days; None where none did."""
        return float(np.median(self.days_since)) if self.again else None


def repeats(events: DatedEvents, *, days: int = 365, metres: float = 0.0) -> Repeats:
    """Events with an earlier one within `metres` (straight line) and `days`; with 0 metres, repeats at the same place.

    Events of the first `days` of the extract are not looked at themselves, for nobody knows what came before. Of events of
    one day the order is unknown: they are taken from south-west to north-east, so that two at one place are one and its
    repeat, whichever row came first. The share describes; it tests nothing (`knox` does). ValueError for a negative reach.
    """
    if int(days) != days or days < 0:
        raise ValueError(f"{days} is not a number of days to look back")
    if not (np.isfinite(metres) and metres >= 0):
        raise ValueError(f"{metres} is not a distance in metres")
    order = np.lexsort((events.points[:, 1], events.points[:, 0], events.days))
    points, when = events.points[order], events.days[order]
    looked_at = when >= when[0] + days
    since = _days_since(points, when, float(metres), int(days))
    found = since[looked_at & (since >= 0)]
    count = int(looked_at.sum())
    return Repeats(
        metres=float(metres), days=int(days), looked_at=count, again=len(found), left_out=len(events) - count, days_since=np.sort(found)
    )


def _days_since(points: NDArray[np.float64], when: NDArray[np.int64], metres: float, days: int) -> NDArray[np.int64]:
    """For each event, in order of time, days since the latest earlier one within reach; -1 where there is none."""
    since = np.full(len(when), -1, dtype=np.int64)
    if metres == 0:
        earlier, later = _same_place(points)
    else:
        pairs, _ = pairs_within(points, metres, "euclidean")
        earlier, later = pairs[:, 0], pairs[:, 1]  # the lower number always comes first
    gap = when[later] - when[earlier]
    kept = gap <= days
    far_off = np.iinfo(np.int64).max
    least = np.full(len(when), far_off)
    np.minimum.at(least, later[kept], gap[kept])
    found = least < far_off
    since[found] = least[found]
    return since


def _same_place(points: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each event with the one before it at the very same point; events are in order of time."""
    _, place = np.unique(points, axis=0, return_inverse=True)
    order = np.argsort(place.ravel(), kind="stable")
    same = place.ravel()[order][1:] == place.ravel()[order][:-1]
    return order[:-1][same], order[1:][same]
