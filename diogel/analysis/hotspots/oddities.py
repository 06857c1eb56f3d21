"""Points that hold far more than any other of their group: a fault in placing rows as often as a hot spot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..multiplicity import adjusted
from ..rates import compare
from .captions import Method, Origin, Pair, caption
from .concentration import Place, counted

LEAST = 10
"""Rows at a point below which it is not called odd."""

TIMES = 2.5
"""How many times the next point's rows a point must hold."""


@dataclass(frozen=True, kw_only=True)
class Piled:
    """One odd point: its group, what it holds, what the next holds, the group's rows in all, and how sure one may be.

    `share` is of the group's rows that have a place; `q` is the adjusted p over all groups looked at.
    """

    origin: Origin
    group: str
    place: Place
    count: int
    next_count: int
    rows: int
    q: float

    @property
    def share(self) -> float:
        return self.count / self.rows

    @property
    def caption(self) -> Pair:
        """What must stand under it, Welsh and English."""
        return caption(Method.PILED, self.origin)


@dataclass(frozen=True)
class PiledUp:
    """The odd points, the largest share first, and how many groups were looked at and how many were too small to be."""

    found: tuple[Piled, ...]
    looked_at: int
    too_small: int


def piled_up(
    rows: Iterable[tuple[str, float | None, float | None, str, str]], *, origin: Origin, rate: float = 0.01, least: int = LEAST,
    times: float = TIMES,
) -> PiledUp:  # fmt: skip
    """In each group (a force, a type, a type in a month) the point that stands far over all others of the group.

    Each row is group, longitude, latitude, location, area code. A point is odd where it holds at least `least` rows, at least
    `times` as many as the group's next point, and where chance would seldom lay them so: null hypothesis, a row of the two
    points is as likely to lie at either (exact binomial, adjusted over the groups, at most `rate`). Groups of fewer than `least`
    rows with a place are too small to look at. ValueError for settings that would call everything odd.
    """
    caption(Method.PILED, origin)
    if least < 2 or times < 1 or not 0 < rate < 1:
        raise ValueError("a point is odd from 2 rows, once the next point's, and a rate between 0 and 1 on")
    groups: defaultdict[str, list[tuple[float | None, float | None, str, str]]] = defaultdict(list)
    for group, *row in rows:
        groups[group].append(tuple(row))  # type: ignore[arg-type]
    tops = []
    for group in sorted(groups):
        places, counts, _ = counted(groups[group])
        if counts.sum() >= least:
            tops.append((group, places[0], int(counts[0]), int(counts[1]) if len(counts) > 1 else 0, int(counts.sum())))
    q = adjusted([compare(count=count, base=after).p for _, _, count, after, _ in tops])
    found = [
        Piled(origin=origin, group=group, place=place, count=count, next_count=after, rows=total, q=float(own))
        for (group, place, count, after, total), own in zip(tops, q, strict=True)
        if count >= least and count >= times * after and own <= rate
    ]
    return PiledUp(tuple(sorted(found, key=lambda one: (-one.share, one.group))), len(tops), len(groups) - len(tops))
