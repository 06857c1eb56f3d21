"""The counts that the first look at a quarter read, kept with it, so that a later look can tell what was revised or re-coded since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month, Quarter
from diogel.analysis.revisions import Revisions, compare
from diogel.crime import counting

MONTHS = 24
"""Months up to the quarter's last that are kept: a new level is told from its first month, which lies within them."""
Values = Mapping[str, Any]


def counted(areas: Sequence[str], quarter: Quarter) -> Cube:
    """The last two years of these areas as the store has them now; a month that has not come is not known."""
    return counting.cube(areas=areas, first=quarter.ending - (MONTHS - 1), last=quarter.ending)


def first_told(held: Values, now: Cube) -> dict[str, Any]:
    """What to keep: of each month and area the counts that were known first, which later ones do not replace."""
    values, known = now.values.copy(), now.known.copy()
    if held and tuple(held["types"]) == now.types:
        before = read(held)
        for a, area in enumerate(now.areas):
            for m, month in enumerate(now.months):
                if area in before.areas and month in before.months:
                    at = before.areas.index(area), before.months.index(month)
                    if before.known[at]:
                        values[a, :, m], known[a, m] = before.values[at[0], :, at[1]], True
    return {
        "areas": list(now.areas),
        "types": list(now.types),
        "months": [str(month) for month in now.months],
        "values": values.tolist(),
        "known": known.tolist(),
    }


def read(held: Values) -> Cube:
    """The cube that was kept."""
    months = tuple(Month.parse(month) for month in held["months"])
    values, known = np.array(held["values"], dtype=np.int64), np.array(held["known"], dtype=np.bool_)
    return Cube(tuple(held["areas"]), tuple(held["types"]), months, values, known)


def revised_since(held: Values, now: Cube) -> Revisions | None:
    """What the counts say otherwise than when they were first told; None where nothing was kept, or nothing of it changed."""
    if not held or not set(held["areas"]) & set(now.areas) or not set(held["types"]) & set(now.types):
        return None
    before = read(held)
    if not set(before.months) & set(now.months):
        return None
    found = compare(before, now)
    return found if (found.was != found.now)[np.broadcast_to(found.both[:, None], found.was.shape)].any() else None
