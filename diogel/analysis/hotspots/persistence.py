"""How lasting hot areas are: which are new, which persist, which fade, and of which too few months are known to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from ..periods import Month
from .captions import Method, Origin, Pair, caption

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


class Lasting(Enum):
    """What months of an area say together. The rules are in `lasting`."""

    PERSISTENT = "persistent"
    NEW = "new"
    FADING = "fading"
    SPORADIC = "sporadic"
    NEVER = "never"
    TOO_SHORT = "too short"


@dataclass(frozen=True, kw_only=True)
class Persistence:
    """Of each area: in how many months it was known and hot, before and recently, and its class.

    The four counts are int64 of the length of `areas`. `recent` months end with the last of `months`; those before are `before`.
    """

    origin: Origin
    areas: tuple[str, ...]
    months: tuple[Month, ...]
    recent: int
    known_before: NDArray[np.int64]
    hot_before: NDArray[np.int64]
    known_recent: NDArray[np.int64]
    hot_recent: NDArray[np.int64]
    classes: tuple[Lasting, ...]

    @property
    def share(self) -> Floats:
        """Months hot of the months known, 0 to 1; NaN where no month is known."""
        known = self.known_before + self.known_recent
        return np.where(known > 0, (self.hot_before + self.hot_recent) / np.maximum(known, 1), np.nan)

    @property
    def caption(self) -> Pair:
        """What must stand under it, Welsh and English."""
        return caption(Method.LASTING, self.origin)

    def of(self, what: Lasting) -> tuple[str, ...]:
        """The areas of one class, in the order of `areas`."""
        return tuple(area for area, own in zip(self.areas, self.classes, strict=True) if own is what)


def persistence(
    hot: ArrayLike, *, known: ArrayLike, areas: Sequence[str], months: Sequence[Month], origin: Origin, recent: int = 3, least: int = 12
) -> Persistence:
    """How lasting each area's heat is. `hot` and `known` are bool of shape (areas, months); a month not known is never hot.

    `recent` is how many of the last months count as recent, `least` how many known months before them an area needs to be
    classed at all. ValueError for shapes that do not fit, months with a gap, and fewer months than `recent` and `least` take.
    """
    caption(Method.LASTING, origin)
    is_hot, is_known = np.asarray(hot, dtype=bool), np.asarray(known, dtype=bool)
    if is_hot.shape != (len(areas), len(months)) or is_known.shape != is_hot.shape:
        raise ValueError(f"{len(areas)} areas in {len(months)} months do not fit shapes {is_hot.shape} and {is_known.shape}")
    if any(later.since(earlier) != 1 for earlier, later in pairwise(months)):
        raise ValueError("months must follow one another without a gap; a month that did not come is one that is not known")
    if recent < 1 or least < 1:
        raise ValueError("at least one month is recent, and one before it")
    if len(months) < recent + least:
        raise ValueError(f"{len(months)} months are too few: {recent} recent ones and {least} before them are needed")
    is_hot = is_hot & is_known
    sums = [side[:, cut].sum(axis=1).astype(np.int64) for cut in (slice(-recent), slice(-recent, None)) for side in (is_known, is_hot)]
    classes = tuple(
        lasting(known_before=int(a), hot_before=int(b), known_recent=int(c), hot_recent=int(d), recent=recent, least=least)
        for a, b, c, d in zip(*sums, strict=True)
    )
    return Persistence(
        origin=origin, areas=tuple(areas), months=tuple(months), recent=recent, known_before=sums[0], hot_before=sums[1],
        known_recent=sums[2], hot_recent=sums[3], classes=classes,
    )  # fmt: skip


def lasting(*, known_before: int, hot_before: int, known_recent: int, hot_recent: int, recent: int, least: int) -> Lasting:
    """The class of one area, the first rule that holds:

    - too short: fewer than `least` months known before, or fewer than half of the recent ones
    - never: hot in no month
    - persistent: hot in at least half of the months before, and in at least half of the recent ones
    - fading: hot in at least half of the months before, and in fewer than half of the recent ones
    - new: hot in at most a tenth of the months before, and in at least two thirds of the recent ones
    - sporadic: hot in some month, and none of these
    """
    if known_before < least or 2 * known_recent < recent:
        return Lasting.TOO_SHORT
    if not hot_before and not hot_recent:
        return Lasting.NEVER
    if 2 * hot_before >= known_before:
        return Lasting.PERSISTENT if 2 * hot_recent >= known_recent else Lasting.FADING
    if 10 * hot_before <= known_before and 3 * hot_recent >= 2 * known_recent:
        return Lasting.NEW
    return Lasting.SPORADIC


def in_top(values: ArrayLike, *, known: ArrayLike, share: float = 0.05, least: float = 3) -> Bools:
    """Hot by rank, month by month: bool of shape (areas, months), where an area is among the highest `share` of that month.

    Areas that tie at the bar are out together, so that no more than the share is ever hot. A value below `least` is never hot.
    Areas not known in a month neither count nor are counted. ValueError for a share outside 0..1 and missing values.
    """
    x, there = np.asarray(values, dtype=np.float64), np.asarray(known, dtype=bool)
    if x.ndim != 2 or x.shape != there.shape:
        raise ValueError(f"values and known are areas by months, not of shapes {x.shape} and {there.shape}")
    if not 0 < share < 1:
        raise ValueError(f"a share lies between 0 and 1, such as 0.05; not {share}")
    if not np.isfinite(x[there]).all():
        raise ValueError("a missing value is no number; say which areas are known")
    room = np.floor(share * there.sum(axis=0) + 1e-9).astype(np.int64)
    ordered = -np.sort(-np.where(there, x, -np.inf), axis=0)
    ordered = np.concatenate([ordered, np.full((1, x.shape[1]), -np.inf)])
    bar = ordered[room, np.arange(x.shape[1])]  # the highest value that is no longer among them
    return there & (np.where(there, x, -np.inf) > bar) & (x >= least)


def by_chance(*, share: float, months: int, at_least: int) -> float:
    """The chance that an area is hot in `at_least` of so many months, were each month's hot areas drawn anew at random.

    With 5 in 100 areas hot a month: 12 months or more of 24, one area in some 2,700 million. ValueError for a share outside 0..1.
    """
    if not 0 < share < 1:
        raise ValueError(f"a share lies between 0 and 1, such as 0.05; not {share}")
    if at_least <= 0:
        return 1.0
    return 0.0 if at_least > months else float(special.betainc(at_least, months - at_least + 1, share))
