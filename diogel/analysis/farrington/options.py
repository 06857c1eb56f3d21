"""What an analyst may set in Farrington's method, and the settings that suit weeks and months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Limit = Literal["delta", "nbPlugin", "muan"]


@dataclass(frozen=True, kw_only=True)
class Options:
    """Settings, each with the name that R's `farringtonFlexible` gives it.

    `per_year` (freq) periods make a year; the baseline reaches `years` (b) back, `half_window` (w) periods on either side of
    each anniversary; `seasons` (noPeriods) is into how many bins the year is cut, 1 meaning the windows alone; the
    `left_out` (pastWeeksNotIncluded) periods before the one judged do not teach. `alpha` is what lies above the bound.
    A trend is kept where its p is below `trend_p` (pThresholdTrend), where `years` is at least 3 and where it does not
    expect more than the baseline ever held; `has_trend` False never tries one. `reweights`: past counts whose residual is
    above `outlier` (weightsThreshold) count for less. A bound is given only where the last `over_periods` held
    `least_cases` (limit54). `limit` (thresholdMethod): `delta`, `nbPlugin` or `muan`. `is_compatible` follows R surveillance
    1.20 to the letter, its slips included. ValueError for settings without sense.
    """

    per_year: int = 52
    years: int = 5
    half_window: int = 3
    seasons: int = 10
    left_out: int = 26
    alpha: float = 0.01
    has_trend: bool = True
    trend_p: float = 0.05
    reweights: bool = True
    outlier: float = 2.58
    least_cases: int = 5
    over_periods: int = 4
    limit: Limit = "nbPlugin"
    is_compatible: bool = False

    def __post_init__(self) -> None:
        for name, least in (
            ("per_year", 2),
            ("years", 1),
            ("half_window", 0),
            ("seasons", 1),
            ("left_out", 0),
            ("least_cases", 0),
            ("over_periods", 1),
        ):
            if getattr(self, name) < least:
                raise ValueError(f"{name} is at least {least}; not {getattr(self, name)}")
        if not 0 < self.alpha < 0.5:
            raise ValueError(f"alpha lies between 0 and 0.5, such as 0.01; not {self.alpha}")
        if not 0 <= self.trend_p <= 1:
            raise ValueError(f"trend_p lies between 0 and 1; not {self.trend_p}")
        if not self.outlier > 0:
            raise ValueError(f"outlier is a number of standard deviations above 0; not {self.outlier}")
        if self.limit not in get_args(Limit):
            raise ValueError(f"limit is one of {', '.join(get_args(Limit))}; not {self.limit!r}")
        between = self.per_year - 2 * self.half_window - 1
        if between < 0:
            raise ValueError(f"windows of {self.half_window} on either side overlap in a year of {self.per_year} periods")
        if between < self.seasons - 1:
            raise ValueError(f"a year of {self.per_year} periods has no room for {self.seasons} seasons of a window of {self.half_window}")

    @property
    def reach(self) -> int:
        """How many periods must lie before the one judged."""
        return max(self.per_year * self.years + self.half_window, self.over_periods - 1, self.left_out)


WEEKLY = Options()
"""Weeks, as Noufaily and others set them: half-window 3, ten bins, half a year left out; the trend by its p-value."""
MONTHLY = Options(per_year=12, years=5, half_window=1, seasons=4, left_out=6)
"""Months: the month with its neighbours, and three bins of three months for the rest of the year; half a year left out."""
