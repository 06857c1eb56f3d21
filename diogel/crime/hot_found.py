"""Works out a partnership's hot spots for one group of crime types: areas that stand out, how lasting, few points, odd points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from diogel.analysis.counts import Cube
from diogel.analysis.groupings import OURS, Grouping, grouped, read_groupings
from diogel.analysis.hotspots.captions import Origin
from diogel.analysis.hotspots.concentration import Concentration, concentration
from diogel.analysis.hotspots.gistar import GiStar, gi_star
from diogel.analysis.hotspots.oddities import PiledUp, piled_up
from diogel.analysis.hotspots.persistence import Lasting, Persistence, in_top, persistence
from diogel.analysis.periods import Month
from diogel.analysis.rates import Denominator, rate
from diogel.places import codes

from .hot_ground import Ground
from .hot_rows import Spot, one_by_one

YEAR = 12
PERMUTATIONS = 9_999
SEED = 20_07
"""Of the permutations: the same rows give the same calls, night after night."""
RATE = 0.05
SHARE, LEAST_ROWS = 0.05, 3
"""Hot in a month: among the highest twentieth of that month's areas, with at least three rows."""
RECENT, BEFORE, MOST_MONTHS = 3, 12, 27
MOST_PLACES = 15
"""So many of the points that hold half are listed."""


@dataclass(frozen=True, kw_only=True)
class AreaLine:
    """One area: rows of the year, its rate with the dated denominator, what Gi* says of it, and how lasting its heat is.

    `call` is hot, cold, plain, or unknown where nothing could be compared. `lasting` is a value of `Lasting`.
    """

    code: str
    name: str
    count: int
    residents: int
    residents_year: int
    residents_source: str
    rate: float
    rate_low: float
    rate_high: float
    call: str
    z: float | None
    p: float | None
    q: float | None
    hot_months: int
    known_months: int
    lasting: str


@dataclass(frozen=True, kw_only=True)
class PlaceLine:
    """A published point with its rows, and the share of all rows that it and those before it hold."""

    near: str
    area: str
    count: int
    share: float


@dataclass(frozen=True, kw_only=True)
class PiledLine:
    """A point at which rows of a type are piled up: its rows, those of the type's next point, and the type's share it holds."""

    type: str
    near: str
    area: str
    count: int
    next_count: int
    share: float


@dataclass(frozen=True, kw_only=True)
class HotSpots:
    """All that is kept of one group. `few` of `among` points with a row hold half of the `placed` rows; `places` begin the list.

    `looked_at` areas were compared, `fewest_callable` is how many must reach the least p of so many permutations before any can be
    called; `types_looked_at` and `types_too_small` belong to `piled`. `lasting_first` to the last of `months` are the months of lasting.
    """

    group: str
    name_cy: str
    name_en: str
    types: tuple[str, ...]
    months: tuple[str, ...]
    rows: int
    areas: tuple[AreaLine, ...]
    looked_at: int
    permutations: int
    rate: float
    fewest_callable: int
    islands: tuple[str, ...]
    is_thin: bool
    lasting_first: str
    few: int
    among: int
    placed: int
    without_place: int
    places: tuple[PlaceLine, ...]
    piled: tuple[PiledLine, ...]
    types_looked_at: int
    types_too_small: int

    def called(self, call: str) -> tuple[AreaLine, ...]:
        return tuple(line for line in self.areas if line.call == call)

    @property
    def by_chance_alone(self) -> float:
        """How many of the areas looked at would have a p of at most `rate` by chance alone, were nothing done against it."""
        return self.looked_at * self.rate

    @property
    def called_by_chance(self) -> float:
        """Of those called, how many are expected to be chance, at most."""
        return (len(self.called("hot")) + len(self.called("cold"))) * self.rate


@cache
def groups() -> tuple[Grouping, ...]:
    """The groups of crime types that are looked at, as they are defined now, in the order of their table."""
    return tuple(one for one in read_groupings(OURS) if one.valid_to is None)


def last_known(cube: Cube, count: int = YEAR) -> tuple[Month, ...]:
    """The last so many months in which every area is known; fewer where there are not so many."""
    known = np.asarray(cube.known.all(axis=0)).tolist()
    whole = [month for month, here in zip(cube.months, known, strict=True) if here]
    return tuple(whole[-count:])


def hot_spots(group: Grouping, cube: Cube, ground: Ground, spots: Sequence[Spot], months: Sequence[Month]) -> HotSpots:
    """Everything about one group. `cube` holds all units of the partnership, `spots` the rows of `months`; both from one store."""
    own = grouped(cube, [group], group.code).cube
    at = [month.since(own.months[0]) for month in months]
    counts = own.values[:, 0, at].sum(axis=1)
    gi = _gi(counts, own.areas, ground)
    lasting = _lasting(own)
    here = [spot for spot in spots if spot.type in group.types]
    placed = any(spot.has_place for spot in here)
    few: Concentration | None = concentration(one_by_one(here), origin=Origin.SNAPPED) if placed else None
    piled = _piled(spots, group.types)
    return HotSpots(
        group=group.code, name_cy=group.name_cy, name_en=group.name_en, types=group.types,
        months=tuple(str(month) for month in months), rows=int(counts.sum()),
        areas=tuple(_line(own, k, int(counts[k]), ground, gi, lasting) for k in range(len(own.areas))),
        looked_at=gi.looked_at if gi else 0, permutations=PERMUTATIONS, rate=RATE, fewest_callable=gi.fewest_callable if gi else 0,
        islands=gi.islands if gi else (), is_thin=bool(gi and gi.is_thin),
        lasting_first=str(_months_of_lasting(own)[0]) if own.months else "",
        few=few.few if few else 0, among=few.among if few else 0, placed=few.rows if few else 0,
        without_place=few.without_place if few else sum(spot.rows for spot in here),
        places=tuple(
            PlaceLine(near=place.near, area=codes.name_of(place.area)[1], count=int(count), share=float(held))
            for place, count, held in zip(few.places, few.counts, np.cumsum(few.counts) / few.rows, strict=True)
        )[: min(few.few, MOST_PLACES)] if few else (),
        piled=tuple(
            PiledLine(type=one.group, near=one.place.near, area=codes.name_of(one.place.area)[1], count=one.count,
                      next_count=one.next_count, share=one.share)
            for one in piled.found
        ),
        types_looked_at=piled.looked_at, types_too_small=piled.too_small,
    )  # fmt: skip


def _gi(counts: NDArray[np.int64], units: Sequence[str], ground: Ground) -> GiStar | None:
    """Hot and cold areas by conditional permutation; None where all counts are the same and none can stand out."""
    number = {unit: at for at, unit in enumerate(units)}
    values = counts[[number[unit] for unit in ground.units]]
    if len(np.unique(values)) < 2:
        return None
    rng = np.random.default_rng(SEED)
    return gi_star(values, ground.neighbours, origin=Origin.SNAPPED, permutations=PERMUTATIONS, rng=rng, rate=RATE)


def _months_of_lasting(cube: Cube) -> tuple[Month, ...]:
    return cube.months[-MOST_MONTHS:]


def _lasting(cube: Cube) -> Persistence | None:
    """How lasting, over the last MOST_MONTHS; None where there are too few months to say it of any area."""
    months = _months_of_lasting(cube)
    if len(months) < RECENT + BEFORE:
        return None
    known = cube.known[:, -len(months) :]
    hot = in_top(cube.values[:, 0, -len(months) :], known=known, share=SHARE, least=LEAST_ROWS)
    return persistence(hot, known=known, areas=cube.areas, months=months, origin=Origin.SNAPPED, recent=RECENT, least=BEFORE)


def _piled(spots: Sequence[Spot], types: Sequence[str]) -> PiledUp:
    """Looked for in each type by itself: what piles up is a way of recording one kind of thing."""
    wanted = [spot for spot in spots if spot.type in types]
    return piled_up(((spot.type, *row) for spot in wanted for row in one_by_one([spot])), origin=Origin.SNAPPED)


def _line(cube: Cube, at: int, count: int, ground: Ground, gi: GiStar | None, lasting: Persistence | None) -> AreaLine:
    code = cube.areas[at]
    people = codes.population(code)
    told = rate(count, denominator=Denominator(number=people.residents, year=people.year, source=people.source))
    here = ground.units.index(code) if gi and code in ground.units else None
    call, numbers = "unknown", (None, None, None)
    if gi is not None and here is not None:
        call = "hot" if gi.hot[here] else "cold" if gi.cold[here] else "plain"
        numbers = tuple(float(side[here]) for side in (gi.z, gi.p, gi.q))  # type: ignore[assignment]
    known = int(lasting.known_before[at] + lasting.known_recent[at]) if lasting else 0
    return AreaLine(
        code=code, name=codes.name_of(code)[1], count=count, residents=people.residents, residents_year=people.year,
        residents_source=people.source, rate=told.per_thousand, rate_low=told.low, rate_high=told.high,
        call=call, z=numbers[0], p=numbers[1], q=numbers[2],
        hot_months=int(lasting.hot_before[at] + lasting.hot_recent[at]) if lasting else 0, known_months=known,
        lasting=lasting.classes[at].value if lasting else Lasting.TOO_SHORT.value,
    )  # fmt: skip
