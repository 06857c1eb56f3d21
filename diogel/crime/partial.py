"""Says which months of a force hold far too few rows to be whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from diogel.analysis.reading.police_uk import FileKey

LEAST_SHARE = 0.5
"""A month with less than this share of the usual number of rows is partial."""
NEIGHBOURS = 24
"""The usual number is the median of so many of the force's other months, those nearest in time: levels drift over the years."""
LEAST_NEIGHBOURS = 2
"""With fewer other months nothing is said."""


@dataclass(frozen=True)
class Judgement:
    """The usual number of rows (None: too few other months to say) and whether the month is partial."""

    usual: int | None
    is_partial: bool


def judge(rows: Mapping[FileKey, int]) -> dict[FileKey, Judgement]:
    """Judge each month against the others of its force; the order in which they were loaded plays no part.

    Where most months of a force are broken, their median is broken too, and whole months pass for usual.
    """
    forces: dict[str, list[FileKey]] = {}
    for key in sorted(rows):
        forces.setdefault(key.force, []).append(key)
    return {key: _judge(key, keys, rows) for keys in forces.values() for key in keys}


def _judge(key: FileKey, keys: list[FileKey], rows: Mapping[FileKey, int]) -> Judgement:
    at = keys.index(key)
    # The nearest 24 lie within 24 places on either side, so that long series are not sorted whole for each month.
    near = [other for other in keys[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1] if other != key]
    near.sort(key=lambda other: (abs(other.month.since(key.month)), other.month))
    if len(near) < LEAST_NEIGHBOURS:
        return Judgement(None, False)
    usual = median(rows[other] for other in near[:NEIGHBOURS])
    return Judgement(round(usual), rows[key] < LEAST_SHARE * usual)
