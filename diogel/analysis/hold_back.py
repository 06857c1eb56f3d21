"""How often a look calls a quiet quarter unusual, and finds a change of known size: measured on one's own series, quarter by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy import stats

from .anomalies import Finding, LeftOut, Look, look
from .counts import Cube
from .periods import Quarter

Ints = NDArray[np.int64]

BASES = (5, 30, 100, 300, 1000)
"""First expected counts a quarter of the classes that power is told for; a series that expects fewer is not planted."""
PLANTED = 1 / 16
"""The part of all series that is changed at once: enough to measure, few enough that the others stay what they are compared with."""
LEVEL = 0.95


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many, with the exact binomial limits (Clopper and Pearson) that hold 95 in 100; None of none."""

    found: int
    of: int

    @property
    def share(self) -> float | None:
        return self.found / self.of if self.of else None

    @property
    def low(self) -> float | None:
        return self._limits()[0] if self.of else None

    @property
    def high(self) -> float | None:
        return self._limits()[1] if self.of else None

    def _limits(self) -> tuple[float, float]:
        ends = stats.binomtest(self.found, self.of).proportion_ci(LEVEL, method="exact")
        return float(ends.low), float(ends.high)


@dataclass(frozen=True, kw_only=True)
class Quiet:
    """What was called unusual, and what lay outside its own range, in quarters that nothing was planted in; `worst` is the quarter
    with the largest share of unusual ones. Real events lie in them too: the true rate of false alarms is at most this."""

    unusual: Share
    outside: Share
    by_quarter: tuple[tuple[Quarter, Share], ...]

    @property
    def worst(self) -> tuple[Quarter, Share]:
        return max(self.by_quarter, key=lambda one: one[1].share or 0.0)


@dataclass(frozen=True, kw_only=True)
class Power:
    """Of series whose quarter expected `least` to under `most` (None: and more), how many were found, the right way, once their
    counts were multiplied by `factor`."""

    factor: float
    least: int
    most: int | None
    found: Share


def quiet(cube: Cube, quarters: Sequence[Quarter], *, alpha: float = 0.01, rate: float = 0.10, excluded: LeftOut = ()) -> Quiet:
    """Look at each of `quarters` as one would have at its end. ValueError where none could be looked at."""
    looks = [look(cube=cube, quarter=quarter, alpha=alpha, rate=rate, excluded=excluded) for quarter in quarters]
    if not sum(one.looked_at for one in looks):
        raise ValueError("none of these quarters has the history that a look needs")
    shares = tuple((one.quarter, Share(found=len(one.unusual), of=one.looked_at)) for one in looks)
    return Quiet(
        unusual=Share(found=sum(one.found for _, one in shares), of=sum(one.of for _, one in shares)),
        outside=Share(found=sum(one.outside for one in looks), of=sum(one.looked_at for one in looks)),
        by_quarter=shares,
    )


def power(
    cube: Cube,
    quarters: Sequence[Quarter],
    *,
    factors: Sequence[float],
    rng: Generator,
    months: int = 3,
    planted: float = PLANTED,
    bases: Sequence[int] = BASES,
    alpha: float = 0.01,
    rate: float = 0.10,
) -> tuple[Power, ...]:
    """Plant a change of each factor into some series of each quarter, look, and count what is found, by expected count.

    In each look the part `planted` of the series is changed, drawn anew each time from those that the look without a change calls
    usual. Each event of the quarter's last `months` months is copied or left out at random, so that counts stay whole and keep
    their chance. ValueError for a factor that is 1 or below 0, for months other than 1 to 3 and for bases that do not rise.
    """
    _check(factors, months, planted, bases)
    found = {(factor, at): [0, 0] for factor in factors for at in range(len(bases))}
    for quarter in quarters:
        untouched = look(cube=cube, quarter=quarter, alpha=alpha, rate=rate)
        for factor in factors:
            chosen = _chosen(untouched, bases[0], planted, rng)
            again = look(cube=_planted(cube, quarter, chosen, factor, months, rng), quarter=quarter, alpha=alpha, rate=rate)
            for row in chosen.tolist():
                tally = found[factor, int(np.searchsorted(bases, untouched.findings[row].expected or 0.0, side="right")) - 1]
                tally[0] += again.findings[row].direction == ("higher" if factor > 1 else "lower")
                tally[1] += 1
    ends = (*bases[1:], None)
    return tuple(
        Power(factor=factor, least=bases[at], most=ends[at], found=Share(found=hits, of=tries))
        for (factor, at), (hits, tries) in found.items()
    )


def _check(factors: Sequence[float], months: int, planted: float, bases: Sequence[int]) -> None:
    if not factors or any(factor < 0 or factor == 1 or not np.isfinite(factor) for factor in factors):
        raise ValueError("a factor is a number from 0 up, and not 1, which would change nothing")
    if months not in (1, 2, 3):
        raise ValueError(f"a change fills 1 to 3 months of a quarter; not {months}")
    if not 0 < planted <= 1:
        raise ValueError(f"the part of the series that is changed lies above 0 and is at most 1; not {planted}")
    if not bases or list(bases) != sorted(set(bases)):
        raise ValueError("bases rise, such as 5, 30, 100")


def _chosen(untouched: Look, least: int, part: float, rng: Generator) -> Ints:
    """Positions of the series to change: usual as they are, and large enough."""
    could = [row for row, one in enumerate(untouched.findings) if _is_usual(one) and (one.expected or 0.0) >= least]
    many = min(len(could), max(1, round(part * len(untouched.findings))))
    return np.sort(rng.choice(np.array(could, dtype=np.int64), size=many, replace=False))


def _is_usual(finding: Finding) -> bool:
    return finding.method in ("regression", "same_months") and not finding.is_unusual


def _planted(cube: Cube, quarter: Quarter, chosen: Ints, factor: float, months: int, rng: Generator) -> Cube:
    """The same cube with the counts of these series changed in the quarter's last months."""
    values = cube.values.copy()
    columns = [month.since(cube.months[0]) for month in quarter.months[-months:]]
    area, type_ = np.divmod(chosen, len(cube.types))
    at = np.ix_(range(len(chosen)), columns)
    rows = values[area, type_]
    whole, part = divmod(factor, 1.0)
    rows[at] = rows[at] * int(whole) + rng.binomial(rows[at], part)
    values[area, type_] = rows
    return Cube(cube.areas, cube.types, cube.months, values, cube.known)
