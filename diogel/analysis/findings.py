"""What is to be said of one area, one type and one quarter, and of a whole look at a store: values, no reckoning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from .multiplicity import by_chance
from .periods import Month, Quarter

Method = Literal["regression", "same_months", "too_short", "missing"]
Kind = Literal["", "quarter", "months", "level"]
Direction = Literal["higher", "lower", ""]


class MonthPoint(NamedTuple):
    """One month of a chart; None where no count came, or nothing was expected of it."""

    month: Month
    observed: int | None
    expected: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is to be said of one area and type in one quarter.

    `observed` and `expected` are counts of the quarter, `low` to `high` the whole numbers that hold 1 - alpha of what one
    would expect. `p` is the least of all looks at this series times their number, `q` the same after all series were
    looked at. `kind` tells what is unusual: the `quarter`, single `months` of it (`odd_months`), or the `level` since the
    month `since`, which lies before the quarter; the baseline then ends there. `power` is the chance that a rise by one
    half over the quarter would have been found, had it been the only one, `power_of_doubling` the same of a doubling, and
    `smallest_rise` the ratio that would have been found four times in five (None also where none would). `missing` names the
    quarter's months that are not known, `excluded` those that recorded context kept out of this series' baseline. By `same_months`,
    `earlier_years` tells how many whole earlier years it was compared with. Where the method is `missing` or `too_short`, everything
    that would have been reckoned is None.
    """

    area: str
    type: str
    quarter: Quarter
    method: Method
    observed: int | None
    expected: float | None
    low: float | None
    high: float | None
    p: float | None
    q: float | None
    is_unusual: bool
    direction: Direction
    kind: Kind
    odd_months: tuple[Month, ...]
    since: Month | None
    monthly: tuple[MonthPoint, ...]
    history_months: int
    missing: tuple[Month, ...]
    power: float | None
    power_of_doubling: float | None = None
    smallest_rise: float | None = None
    earlier_years: int = 0
    excluded: tuple[Month, ...] = ()

    @property
    def is_outside(self) -> bool:
        """Whether the quarter's count lies outside its own interval, which alone makes it odd but not yet unusual."""
        if self.observed is None or self.low is None or self.high is None:
            return False
        return not self.low <= self.observed <= self.high


@dataclass(frozen=True, kw_only=True)
class Look:
    """One look at a quarter: every finding, areas first, then types, in the cube's order, and what chance had to do with it.

    `excluded` are the months left out of every series. `outside_by_chance` is how many quiet series of those looked at would
    lie outside their interval; `unusual_by_chance` how many of the unusual ones are expected to be false, at most.
    """

    quarter: Quarter
    alpha: float
    rate: float
    excluded: tuple[Month, ...]
    findings: tuple[Finding, ...]

    @property
    def unusual(self) -> tuple[Finding, ...]:
        """The unusual ones, oddest first."""
        return tuple(sorted((one for one in self.findings if one.is_unusual), key=lambda one: (one.q or 0.0, one.p or 0.0)))

    @property
    def looked_at(self) -> int:
        return sum(one.method in ("regression", "same_months") for one in self.findings)

    @property
    def outside(self) -> int:
        """How many quarter totals lie outside their interval, unusual after all series or not."""
        return sum(one.is_outside for one in self.findings)

    @property
    def outside_by_chance(self) -> float:
        return by_chance(looked_at=self.looked_at, alpha=self.alpha)

    @property
    def unusual_by_chance(self) -> float:
        return self.rate * len(self.unusual)
