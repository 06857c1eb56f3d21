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
from diogel.analysis.reading.police_uk_tally import NO_TYPE

from .counting import KEYS
from .engine import opened
from .store import read_store

POINTS = f"""
SELECT month, coalesce(type, '{NO_TYPE}') AS type, longitude, latitude, count(*) AS n FROM rows
WHERE longitude BETWEEN $west AND $east AND latitude BETWEEN $south AND $north
  AND ($every_force OR substr(file, 9) = $force)
  AND ($first = '' OR month >= $first) AND ($last = '' OR month <= $last)
GROUP BY month, coalesce(type, '{NO_TYPE}'), longitude, latitude"""


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
    with opened() as engine:
        engine.lay_rows([store.path(batch) for batch in store.batches])
        found = engine.ask(POINTS, asked)
    if not len(found["n"]):
        return []
    within = inside(geometry, found["longitude"].astype(np.float64), found["latitude"].astype(np.float64))
    sums: Counter[tuple[str, ...]] = Counter()
    for month, type_, count in zip(*(found[name][within].tolist() for name in ("month", "type", "n")), strict=True):
        named = {"month": month, "area": code, "type": type_}
        sums[tuple(named[key] for key in KEYS if key in wanted)] += count
    keys = [key for key in KEYS if key in wanted]
    return [dict(zip(keys, cell, strict=True)) | {"count": count} for cell, count in sorted(sums.items())]
