"""A quarter against the same months of earlier years, where there is too little history for a regression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from .baseline import Rows
from .tails import limits_of, two_sided

Floats = NDArray[np.float64]

YEARLY_WANDER = 0.15
"""How far apart the levels of two years lie though nothing happened, relative standard deviation (London's boroughs, see docs)."""
MOST_YEARS = 3


@dataclass(frozen=True, kw_only=True)
class SameMonths:
    """Arrays of (S,): `earlier` is the sum over `years` whole earlier quarters, `share` this quarter's days over theirs,
    `wander` what the level is allowed to have moved. `years` 0 where there is none to compare with."""

    observed: Floats
    earlier: Floats
    share: Floats
    years: NDArray[np.int64]
    wander: Floats

    @property
    def expected(self) -> Floats:
        return self.earlier * self.share

    def shapes(self) -> tuple[Floats, Floats]:
        """Shape of the negative binomial for the lower and for the upper tail.

        Without wander these are the earlier count and one more, and the tails below are exactly those of the binomial
        that compares two Poisson counts given their sum.
        """
        lower, upper = (1 / (1 / np.maximum(count, 1e-9) + self.wander**2) for count in (self.earlier, self.earlier + 1))
        return lower, upper

    def at_most(self, count: Floats) -> Floats:
        """P(X <= count), were the rate behind both the same (but for the wander)."""
        lower = self.shapes()[0]
        chance = lower / (lower + np.maximum(self.earlier, 1e-9) * self.share)
        below = special.betainc(lower, np.maximum(count, 0.0) + 1, chance)
        return np.where(count < 0, 0.0, np.where(self.earlier > 0, below, 1.0))

    def at_least(self, count: Floats) -> Floats:
        """P(X >= count), likewise."""
        upper = self.shapes()[1]
        chance = upper / (upper + (self.earlier + 1) * self.share)
        return np.where(count > 0, special.betainc(np.maximum(count, 1e-9), upper, 1 - chance), 1.0)

    def p(self) -> Floats:
        """Two-sided p of each series."""
        return two_sided(self.at_most(self.observed), self.at_least(self.observed))

    def limits(self, *, alpha: float) -> tuple[Floats, Floats]:
        """The lowest and highest count whose p stays above `alpha`."""
        upper = self.shapes()[1]
        mean = (self.earlier + 1) * self.share
        return limits_of(self.at_most, self.at_least, middle=self.expected, spread=np.sqrt(mean + mean**2 / upper), alpha=alpha)

    def chance_of(self, count: Floats, *, rise: float | Floats) -> Floats:
        """P(X >= count) had the expected count been `rise` times as large."""
        upper = self.shapes()[1]
        mean = np.maximum(self.expected, 1e-9) * rise
        return special.betainc(np.maximum(count, 1e-9), upper, mean / (upper + mean))


def same_months(rows: Rows, *, quarter_at: int, months: slice = slice(0, 3)) -> SameMonths:
    """Compare these months of the quarter (all three, unless told) with the same of the latest whole earlier quarters.

    Only earlier quarters with all three months usable count, at most `MOST_YEARS` of them. The further back they lie,
    the further the level may have wandered: its variance grows with the years between.
    """
    here = np.arange(quarter_at, quarter_at + 3)
    columns = here[months]
    earlier, days, years, age = (np.zeros(len(rows.counts)) for _ in range(4))
    for year in range(1, quarter_at // 12 + 1):
        whole = rows.usable[:, here - 12 * year].all(axis=1) & (years < MOST_YEARS)
        earlier += np.where(whole, rows.counts[:, columns - 12 * year].sum(axis=1), 0.0)
        days += np.where(whole, rows.exposure[columns - 12 * year].sum(), 0.0)
        years, age = years + whole, age + np.where(whole, year, 0.0)
    some = np.maximum(years, 1)
    return SameMonths(
        observed=np.where(rows.known[:, columns], rows.counts[:, columns], 0.0).sum(axis=1),
        earlier=earlier,
        share=np.where(years > 0, rows.exposure[columns].sum() / np.maximum(days, 1e-9), 1.0),
        years=years.astype(np.int64),
        wander=YEARLY_WANDER * np.sqrt(age / some),
    )
