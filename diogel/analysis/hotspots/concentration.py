"""The few places that hold half of it, and how concentrated the whole is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .captions import Method, Origin, Pair, caption

Floats = NDArray[np.float64]

NO_LOCATION = "No Location"
_NEAR = "On or near"


@dataclass(frozen=True)
class Place:
    """A place rows are counted at: the point, the area it is counted in, and what the file says is near ("" for nothing)."""

    longitude: float
    latitude: float
    area: str
    near: str


@dataclass(frozen=True, kw_only=True)
class Concentration:
    """Places in order of their counts, the most first, and what half of the rows needs of them.

    `places` and `counts` (int64) hold only places with a row. `few` is the least number of places that hold at least `share` of
    the `rows`. `among` is how many places there are in all, those without any row included; `is_among_told` is False where
    nobody said and only places with a row are known. `gini` and `generalised` are over `among`, from 0 (as even as can be) to 1.
    """

    origin: Origin
    places: tuple[Place, ...]
    counts: NDArray[np.int64]
    rows: int
    without_place: int
    share: float
    few: int
    among: int
    is_among_told: bool
    gini: float
    generalised: float

    @property
    def caption(self) -> Pair:
        """What must stand under it, Welsh and English."""
        return caption(Method.FEW_PLACES, self.origin)

    def curve(self) -> tuple[Floats, Floats]:
        """The share of places, the most first, and the share of rows they hold, each from 0 to 1 (Lorenz, from the top)."""
        held = np.concatenate([[0], np.cumsum(self.counts), [self.rows] if self.among > len(self.counts) else []])
        numbers = np.concatenate([np.arange(len(self.counts) + 1), [self.among] if self.among > len(self.counts) else []])
        return numbers / self.among, held / self.rows


def concentration(
    rows: Iterable[tuple[float | None, float | None, str, str]], *, origin: Origin, share: float = 0.5, among: int | None = None
) -> Concentration:
    """How few places hold `share` of the rows. Each row is longitude, latitude, location and area code.

    Rows are of one place where point and area are the same: names repeat ("On or near Supermarket" stands at hundreds of
    points), and one point may have two names. Rows without a point are counted in `without_place` and are not part of it.
    `among` is the number of all places, with or without rows, where it is known. ValueError for no rows with a place, a share
    outside 0..1, and an `among` smaller than the places seen. Sources: Weisburd 2015; Bernasco and Steenbeek 2017.
    """
    caption(Method.FEW_PLACES, origin)
    if not 0 < share < 1:
        raise ValueError(f"a share lies between 0 and 1, such as 0.5; not {share}")
    places, counts, without = counted(rows)
    if not places:
        raise ValueError(f"none of {without} rows has a place")
    if among is not None and among < len(places):
        raise ValueError(f"there are said to be {among} places, and rows lie at {len(places)}")
    total = int(counts.sum())
    few = int(np.searchsorted(np.cumsum(counts), share * total - 1e-9 * total) + 1)
    told = among if among is not None else len(places)
    plain, generalised = gini(counts, among=told)
    return Concentration(
        origin=origin, places=places, counts=counts, rows=total, without_place=without, share=share, few=few,
        among=told, is_among_told=among is not None, gini=plain, generalised=generalised,
    )  # fmt: skip


def counted(rows: Iterable[tuple[float | None, float | None, str, str]]) -> tuple[tuple[Place, ...], NDArray[np.int64], int]:
    """Places with their counts, the most first (then by area and point), and how many rows have none.

    A place that goes by several names takes the one most of its rows have.
    """
    names: dict[tuple[float, float, str], dict[str, int]] = {}
    without = 0
    for longitude, latitude, location, area in rows:
        if longitude is None or latitude is None or longitude != longitude or latitude != latitude:
            without += 1
            continue
        here = names.setdefault((round(longitude, 6), round(latitude, 6), area), {})
        here[location] = here.get(location, 0) + 1
    found = sorted(((sum(here.values()), key, here) for key, here in names.items()), key=lambda one: (-one[0], one[1][2], one[1][:2]))
    places = tuple(Place(*key, near(min(here, key=lambda name: (-here[name], name)))) for _, key, here in found)
    return places, np.array([count for count, _, _ in found], dtype=np.int64), without


def near(location: str) -> str:
    """What a location says is near: "On or near High Street" gives "High Street"; nothing, or No Location, gives ""."""
    bare = " ".join(location.split())
    if bare.startswith(_NEAR):
        bare = bare[len(_NEAR) :].strip()
    return "" if bare.casefold() == NO_LOCATION.casefold() else bare


def gini(counts: ArrayLike | Sequence[int], *, among: int | None = None) -> tuple[float, float]:
    """Gini's coefficient of whole counts over `among` places (by default as many as counts), and the generalised one.

    Where there are fewer events than places, no arrangement is even, and the plain one is near 1 whatever happens. The
    generalised compares with the most even arrangement there can be, one event a place: max(places / events, 1) (G - 1) + 1.
    ValueError for counts that are not whole, negative or all zero.
    """
    values = np.sort(np.asarray(counts, dtype=np.float64))
    if values.ndim != 1 or not (np.isfinite(values) & (values >= 0) & (values == np.round(values))).all():
        raise ValueError("counts are whole numbers from 0 on")
    total = values.sum()
    if not total:
        raise ValueError("nothing is concentrated where nothing happened")
    places = len(values) if among is None else among
    if places < len(values):
        raise ValueError(f"{len(values)} counts do not fit into {places} places")
    ranks = np.arange(places - len(values) + 1, places + 1)
    plain = float(2 * (ranks * values).sum() / (places * total) - (places + 1) / places)
    return plain, float(max(places / total, 1.0) * (plain - 1.0) + 1.0)
