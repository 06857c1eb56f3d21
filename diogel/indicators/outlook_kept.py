"""Reads what the night worked out of the next quarter; a page works nothing out itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from diogel.analysis.periods import Month, Quarter
from diogel.crime.hot_kept import about, current, read
from diogel.crime.store import read_store

from .outlook_found import Outlook, quarter_after


@dataclass(frozen=True)
class Kept:
    """A kept set: the quarter it tells of, the last month it knew, whether rows were loaded since, and its series by area and type."""

    quarter: Quarter
    last: Month
    is_old: bool
    series: dict[tuple[str, str], Outlook]


def name_of_set(partnership: Any) -> str:
    return f"outlook/{partnership.slug}"


def kept(partnership: Any) -> Kept | None:
    """What the night worked out; None where it has not yet."""
    where = current(name_of_set(partnership))
    if where is None:
        return None
    told = about(where)
    last = Month.parse(told.last)
    return Kept(quarter_after(last), last, read_store().number > told.store, _series(where))


@lru_cache(maxsize=32)
def _series(where: Path) -> dict[tuple[str, str], Outlook]:
    rows = read(where, "series.json")
    return {(row["area"], row["type"]): Outlook(**row | {"tried": tuple(row["tried"]), "months": tuple(row["months"])}) for row in rows}
