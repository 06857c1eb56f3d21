"""What a store's own past lets one expect of a quarter, and of windows that reach back before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .regression import Fit, fit, pooled_dispersion, predicted, trend_and_season, usual_size
from .tails import tails, two_sided

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LEAST_MONTHS = 24
"""Usable months before the quarter that a regression needs: two of each calendar month, were none missing."""
LEAST_FOR_LEVELS = 18
"""The same where the last half year is itself in question, and where an earlier quarter is only used to learn from."""
LEAST_RECENT = 3
"""Usable months among the `RECENT` before the baseline's end: an expectation is not carried over a longer silence."""
RECENT = 18
SHARE_OF_LEVEL = 2 / 3
"""How much of the months before the quarter must be usable before they are asked about."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """S series over M consecutive months: `counts` (S, M); `known` (S, M), a count came; `usable` (S, M), known and not
    in an excluded window; `index` (M,), `Month.index`; `exposure` (M,), the month's length, 1 being the mean length."""

    counts: Floats
    known: Bools
    usable: Bools
    index: Ints
    exposure: Floats


@dataclass(frozen=True, kw_only=True)
class Window:
    """One look at some months of each series, arrays of (S,): what was observed and expected, the variance chance gives
    and that of the expectation itself, the degrees of freedom of both, and `asked`, False where it cannot be looked at."""

    observed: Floats
    expected: Floats
    by_chance: Floats
    uncertain: Floats
    freedom: Floats
    asked: Bools

    def variance(self, wander: float) -> Floats:
        """Of the difference, levels having wandered by this relative standard deviation."""
        return self.by_chance + self.uncertain + (wander * self.expected) ** 2

    def p(self, wander: float) -> Floats:
        """Two-sided p of each series, 1 where it was not asked about."""
        expected, variance, freedom = (np.where(self.asked, part, 1.0) for part in (self.expected, self.variance(wander), self.freedom))
        return np.where(self.asked, two_sided(*tails(self.observed, mean=expected, variance=variance), df=freedom), 1.0)


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """A fit to the usable months before column `until`, for the series at positions `rows`; `used` (S, M) are those months."""

    rows: Ints
    used: Bools
    fitted: Fit
    terms: Floats
    exposure: Floats

    def months(self, columns: Ints) -> tuple[Floats, Floats]:
        """Means (S, K) and covariance of means (S, K, K) of these columns; NaN for series that could not be fitted."""
        mean, covariance = predicted(self.fitted, terms=self.terms[columns], exposure=self.exposure[columns])
        return self._spread(mean), self._spread(covariance)

    @property
    def dispersion(self) -> Floats:
        return self._spread(self.fitted.dispersion)

    @property
    def freedom(self) -> Floats:
        return self._spread(self.fitted.freedom)

    @property
    def covers(self) -> Bools:
        covered = np.zeros(len(self.used), dtype=np.bool_)
        covered[self.rows] = True
        return covered

    def serves(self, *, months_of_year: Ints, asked: Ints, least: int) -> Bools:
        """Series with `least` months in it, each calendar month that is `asked` about among them."""
        seen = [self.used[:, months_of_year == month].any(axis=1) for month in asked]
        return np.logical_and.reduce([self.covers, self.used.sum(axis=1) >= least, *seen])

    def _spread(self, values: Floats) -> Floats:
        whole = np.full((len(self.used), *values.shape[1:]), np.nan)
        whole[self.rows] = values
        return whole


def fitted_before(rows: Rows, *, until: int) -> Baseline:
    """Fit every series to its usable months before column `until`, where there are enough of them.

    Enough is `LEAST_FOR_LEVELS`, and `LEAST_RECENT` of them among the last `RECENT`.
    """
    used = rows.usable.copy()
    used[:, until:] = False
    recent = used[:, max(until - RECENT, 0) : until].sum(axis=1) >= LEAST_RECENT
    enough = np.flatnonzero((used.sum(axis=1) >= LEAST_FOR_LEVELS) & recent)
    terms = trend_and_season(rows.index, now=int(rows.index[until]))
    fitted = fit(counts=rows.counts[enough], used=used[enough], terms=terms, exposure=rows.exposure, prior_sd=usual_size())
    dispersion, freedom = pooled_dispersion(fitted.dispersion, fitted.freedom)
    fitted = replace(fitted, dispersion=dispersion, freedom=freedom)
    return Baseline(rows=enough, used=used, fitted=fitted, terms=terms, exposure=rows.exposure)


def windows(rows: Rows, *, quarter_at: int, baselines: dict[int, Baseline], least: int) -> dict[str, Window]:
    """The looks taken at one quarter, by name: `quarter`; `month 1` to `month 3`; `level 3`, `level 6` and so on.

    `baselines` holds one for each number of months before the quarter that it leaves out, 0 among them; `least` is how many
    months that one needs. A level look takes the quarter together with the months left out, and expects of them what
    those before say: it sees a step that lies partly before the quarter.
    """
    whole = range(quarter_at, quarter_at + 3)
    looks = {"quarter": window(rows, baselines[0], quarter_at=quarter_at, columns=whole, least=least)}
    for step, column in enumerate(whole):
        looks[f"month {step + 1}"] = window(rows, baselines[0], quarter_at=quarter_at, columns=[column], least=least)
    for back, baseline in sorted(baselines.items()):
        if back:
            columns = range(quarter_at - back, quarter_at + 3)
            looks[f"level {back}"] = window(rows, baseline, quarter_at=quarter_at, columns=columns)
    return looks


def window(rows: Rows, baseline: Baseline, *, quarter_at: int, columns: Sequence[int], least: int = LEAST_FOR_LEVELS) -> Window:
    """What these months held and what `baseline` expects of them, taken together.

    Months before the quarter count where they are usable, and are not asked about where too few are. The quarter must be
    known whole: a month of it that lies in an excluded window is still asked about.
    """
    at, quarter = np.array(columns), np.arange(quarter_at, quarter_at + 3)
    before = at < quarter_at
    counted = np.where(before, rows.usable[:, at], rows.known[:, at]).astype(float)
    means, covariance = baseline.months(at)
    expected = (means * counted).sum(axis=1)
    months_of_year = rows.index % 12
    serves = baseline.serves(months_of_year=months_of_year, asked=months_of_year[quarter], least=least)
    enough = counted[:, before].sum(axis=1) >= SHARE_OF_LEVEL * before.sum()
    return Window(
        observed=(rows.counts[:, at] * counted).sum(axis=1),
        expected=expected,
        by_chance=baseline.dispersion * expected,
        uncertain=((covariance @ counted[:, :, None])[:, :, 0] * counted).sum(axis=1),
        freedom=baseline.freedom,
        asked=np.logical_and.reduce([rows.known[:, quarter].all(axis=1), serves, enough]),
    )
