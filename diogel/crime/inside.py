"""Counts the rows whose published point lies in a polygon of one's own, such as a town centre."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from diogel.analysis.periods import Month
from diogel.analysis.polygons import bounds_of, inside

from .counting import KEYS
from .store import open_rows, read_store

_POINTS = """
    SELECT month, type, longitude, latitude, count(*) FROM rows
    WHERE longitude BETWEEN $west AND $east AND latitude BETWEEN $south AND $north
      AND ($every_force OR regexp_extract(file, '^[0-9]{4}-[0-9]{2}-(.*)$', 1) = $force)
      AND ($first = '' OR month >= $first) AND ($last = '' OR month <= $last)
    GROUP BY ALL
"""


def counts_inside(
    geometry: dict[str, Any],
    *,
    code: str,
    force: str,
    first: Month | None = None,
    last: Month | None = None,
    by: Iterable[str] = KEYS,
    all_forces: bool = False,
    folder: Path | None = None,
) -> list[dict[str, str | int]]:
    """Rows inside `geometry` (GeoJSON, degrees) by month, type and the area `code`, or by those that `by` names, as `counts` gives them.

    Only files of `force` count, unless `all_forces`. Published points are moved to the nearest of a fixed set, so a row near
    the edge may stand on the wrong side of it, and rows without a point are nowhere. Empty cells are left out. ValueError for
    a key that `by` cannot have or months in the wrong order, StoreFault where the store cannot be read.
    """
    wanted = tuple(by)
    if unknown := sorted(set(wanted) - set(KEYS)):
        raise ValueError(_("“%(key)s” is nothing to count by. Count by month, area or type.") % {"key": unknown[0]})
    if first and last and last < first:
        raise ValueError(_("%(last)s lies before %(first)s. Give the earlier month first.") % {"last": last, "first": first})
    store = read_store(folder)
    if not store.files:
        return []
    west, south, east, north = bounds_of(geometry)
    asked = {
        "west": west, "south": south, "east": east, "north": north, "force": force, "every_force": all_forces,
        "first": str(first or ""), "last": str(last or ""),
    }  # fmt: skip
    with open_rows(store) as rows:
        found = rows.execute(_POINTS, asked).fetchall()
    if not found:
        return []
    within = inside(geometry, *np.array([row[2:4] for row in found], dtype=np.float64).T)
    sums: Counter[tuple[str, ...]] = Counter()
    for (month, type_, _longitude, _latitude, count), is_inside in zip(found, within.tolist(), strict=True):
        if is_inside:
            named = {"month": month, "area": code, "type": type_}
            sums[tuple(named[key] for key in KEYS if key in wanted)] += count
    keys = [key for key in KEYS if key in wanted]
    return [dict(zip(keys, cell, strict=True)) | {"count": count} for cell, count in sorted(sums.items())]
