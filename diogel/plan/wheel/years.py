"""The years of a plan: twelve months each from its first day, the last one to its last."""

from __future__ import annotations

from datetime import date, timedelta

from .working_days import months_after

LONGEST = 10
"""Years of a plan that are reckoned: what claims to run for longer has a slip of the pen in its dates."""

LAST = 9998
"""The last year that has a next one."""


def years_of(from_on: date, to_on: date) -> list[tuple[date, date]]:
    """(first day, last day) of each year, both included, in order."""
    found = []
    for index in range(LONGEST):
        if from_on.year + index > LAST:
            break
        first = months_after(from_on, 12 * index)
        if first > to_on:
            break
        found.append((first, min(months_after(from_on, 12 * (index + 1)) - timedelta(days=1), to_on)))
    return found or [(from_on, to_on)]
