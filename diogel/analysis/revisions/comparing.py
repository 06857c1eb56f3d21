"""Lays two vintages of counts beside each other and tells what was revised, by type, area, month and age of the figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from ..counts import Cube
from ..explain.explanation import Doubts
from ..periods import Month
from .recoding import recodings
from .revised import AGES, LEAST_BASE, ByAge, Leaning, Revisions, Sum

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Label = TypeVar("Label", str, Month)


def compare(older: Cube, newer: Cube, *, ages: Sequence[int] = AGES) -> Revisions:
    """What `newer` says otherwise than `older` of the areas, types and months that both have.

    A month that either does not know tells of no revision, and a type no revision while it was re-coded: see `recodings`.
    `ages` are the first ages of bands, from 0 up. Null hypothesis of the leaning: each series is as likely to be revised up as
    down. ValueError where the vintages share no area, type or month, where a label stands twice, where a count is below nought,
    or for ages that do not rise from 0. Method and limits: docs/methods/revisions.md.
    """
    if not ages or ages[0] != 0 or list(ages) != sorted(set(ages)):
        raise ValueError(f"ages rise from 0, such as {', '.join(map(str, AGES))}; not {', '.join(map(str, ages)) or 'none'}")
    for cube in (older, newer):
        _check(cube)
    areas, types = _shared(older.areas, newer.areas, "area"), _shared(older.types, newer.types, "type")
    months = _shared(older.months, newer.months, "month")
    (was, in_older), (now, in_newer) = (_block(cube, areas, types, months) for cube in (older, newer))
    both, moves = in_older & in_newer, recodings(older, newer)
    counted = np.array(np.broadcast_to(both[:, None], was.shape))
    for move in moves:
        for type_ in {*move.out_of, *move.into} & set(types):
            counted[:, types.index(type_), [move.first <= month <= move.last for month in months]] = False
    return Revisions(
        areas=areas, types=types, months=months, was=was, now=now, both=both, counted=counted,
        came=int((in_newer & ~in_older).sum()), gone=int((in_older & ~in_newer).sum()),
        only_older=tuple(sorted(set(older.types) - set(types))), only_newer=tuple(sorted(set(newer.types) - set(types))),
        whole=_sum("", was, now, counted),
        by_type=tuple(_sum(name, was[:, at], now[:, at], counted[:, at]) for at, name in enumerate(types)),
        by_area=tuple(_sum(name, was[at], now[at], counted[at]) for at, name in enumerate(areas)),
        by_month=tuple(_sum(str(name), was[:, :, at], now[:, :, at], counted[:, :, at]) for at, name in enumerate(months)),
        by_age=_by_age(was, now, counted, age=[older.months[-1].since(month) for month in months], ages=ages),
        leaning=_leaning(np.where(counted, now - was, 0).sum(axis=2)), recodings=moves,
    )  # fmt: skip


def doubts_of(revisions: Revisions, *, area: str, type_: str, months: Sequence[Month]) -> Doubts:
    """What these vintages leave to doubt of one figure: what it was before, where it changed, and which of its months were re-coded."""
    if area not in revisions.areas or type_ not in revisions.types:
        raise KeyError(f"the vintages do not share {area}, {type_}")
    at = [month.since(revisions.months[0]) for month in months if revisions.months[0] <= month <= revisions.months[-1]]
    a, t = revisions.areas.index(area), revisions.types.index(type_)
    was, now = int(revisions.was[a, t, at].sum()), int(revisions.now[a, t, at].sum())
    is_whole = len(at) == len(months) and bool(revisions.both[a, at].all())
    moves = [one for one in revisions.recodings if type_ in (*one.out_of, *one.into)]
    return Doubts(
        was=was if is_whole and was != now else None,
        recoded=tuple(month for month in months if any(one.first <= month <= one.last for one in moves)),
    )


def _check(cube: Cube) -> None:
    for name, labels in (("area", cube.areas), ("type", cube.types)):
        if len(set(labels)) < len(labels):
            raise ValueError(f"one {name} stands twice in a vintage: {next(one for one in labels if labels.count(one) > 1)}")
    if (cube.values < 0).any():
        raise ValueError("a count is below nought")


def _shared(older: Sequence[Label], newer: Sequence[Label], name: str) -> tuple[Label, ...]:
    found = tuple(one for one in older if one in set(newer))
    if not found:
        raise ValueError(f"the two vintages have no {name} in common")
    return found


def _block(cube: Cube, areas: Sequence[str], types: Sequence[str], months: Sequence[Month]) -> tuple[Ints, Bools]:
    """Counts (areas, types, months) and known (areas, months) in this order."""
    a, t = [cube.areas.index(one) for one in areas], [cube.types.index(one) for one in types]
    m = [one.since(cube.months[0]) for one in months]
    return cube.values[np.ix_(a, t, m)], cube.known[np.ix_(a, m)]


def _sum(label: str, was: Ints, now: Ints, known: Bools) -> Sum:
    change = (now - was)[known]
    return Sum(
        label=label, cells=int(known.sum()), up=int((change > 0).sum()), down=int((change < 0).sum()),
        was=int(was[known].sum()), now=int(now[known].sum()),
    )  # fmt: skip


def _by_age(was: Ints, now: Ints, counted: Bools, *, age: Sequence[int], ages: Sequence[int]) -> tuple[ByAge, ...]:
    found = []
    for first, following in zip(ages, [*ages[1:], None], strict=True):
        at = [place for place, one in enumerate(age) if one >= first and (following is None or one < following)]
        if not at:
            continue
        part = was[:, :, at], now[:, :, at], counted[:, :, at]
        low, middle, high = _shares(*part)
        oldest = None if following is None else following - 1
        found.append(ByAge(youngest=first, oldest=oldest, sum=_sum("", *part), low=low, middle=middle, high=high))
    return tuple(found)


def _shares(was: Ints, now: Ints, counted: Bools) -> tuple[float | None, float | None, float | None]:
    enough = (was >= LEAST_BASE) & counted
    if not enough.any():
        return None, None, None
    low, middle, high = np.quantile((now[enough] - was[enough]) / was[enough], [0.1, 0.5, 0.9]).tolist()
    return low, middle, high


def _leaning(net: Ints) -> Leaning:
    up, down = int((net > 0).sum()), int((net < 0).sum())
    p = float(stats.binomtest(up, up + down, 0.5).pvalue) if up + down else 1.0
    return Leaning(up=up, down=down, p=p)
