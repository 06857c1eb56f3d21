"""Quasi-Poisson fits of a level for each bin of the year and one trend, all rows together and nearly in closed form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

_ALL = slice(None)
_NEXT_TO_NOTHING = 1e-12
_CLOSE_ENOUGH = 1e-7
_MOST_STEPS = 30
_STEEPEST = 12.0
"""Of a slope over half the baseline, on the log scale: beyond it, all counts lie at one end and there is no estimate."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """R baselines of N periods. `counts`, `exposure` and `used` are (R, N), counts 0 where not used; `times` is (R, N) or
    (1, N), near -1..1; `membership` (N, G) puts each period into one of G bins, the last being that of the period judged."""

    counts: Floats
    exposure: Floats
    used: Bools
    times: Floats
    membership: Floats

    def some(self, rows: Ints) -> Rows:
        times = self.times if len(self.times) == 1 else self.times[rows]
        return Rows(counts=self.counts[rows], exposure=self.exposure[rows], used=self.used[rows], times=times, membership=self.membership)

    @cached_property
    def plain(self) -> Floats:
        """Weights (R, N) of 1 where used."""
        return self.used.astype(float)

    @cached_property
    def freedom_without_trend(self) -> Ints:
        """Periods used less bins with any of them, (R,)."""
        seen = (self.plain @ self.membership) > 0
        return np.asarray(self.used.sum(axis=1) - seen.sum(axis=1))

    @cached_property
    def powers(self) -> Floats:
        """(N, 3G): membership times 1, time and time squared, for rows that share their times."""
        return np.concatenate([self.membership * self.times[0][:, None] ** power for power in range(3)], axis=1)

    @cached_property
    def log_counts(self) -> Floats:
        """Log of count over exposure, 0 where there was none."""
        return np.log(np.maximum(self.counts, 1.0) / self.exposure) * (self.counts > 0)

    @cached_property
    def log_start(self) -> Floats:
        """Log of what R begins from, count + 0.1, over exposure."""
        return np.log((self.counts + 0.1) / self.exposure)

    def moments(self, values: Floats, of: Ints | slice = _ALL) -> tuple[Floats, Floats, Floats]:
        """For each bin the sum of `values` (K, N), of values x time and of values x time squared; of all rows or of K."""
        bins = self.membership.shape[1]
        if len(self.times) == 1:
            sums = values @ self.powers
            return sums[:, :bins], sums[:, bins : 2 * bins], sums[:, 2 * bins :]
        timed = values * self.times[of]
        return values @ self.membership, timed @ self.membership, (timed * self.times[of]) @ self.membership


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """Arrays of (R,): `level` on the log scale, of the last bin at time 0; `slope`; `information`, the sum of working weights in
    the last bin, and `centre`, their mean time; `slope_information`, infinite without a trend; `freedom`; `has_converged`."""

    level: Floats
    slope: Floats
    information: Floats
    centre: Floats
    slope_information: Floats
    freedom: Ints
    has_converged: Bools


@dataclass(frozen=True, kw_only=True)
class Fit:
    """An estimate with fitted counts `means` (R, N), the weights of least squares `working` (R, N), weight x mean, and
    `leverage` (R, N) if that was asked for."""

    estimate: Estimate
    means: Floats
    working: Floats
    leverage: Floats | None


def fit(rows: Rows, *, weights: Floats, trend: bool, leverage: bool, start: Floats | None = None) -> Fit:
    """The fit of greatest likelihood. `weights` (R, N), 0 where not used; `start` (R,), a slope to begin from.

    Given the slope, each level is its bin's count over its expectation, so Newton's steps have one unknown. A bin
    that never held a case has mean next to nothing and does not speak. `has_converged` is False where the trend has no
    estimate, because all cases lie at one end.
    """
    base = weights * rows.exposure
    totals = np.maximum((weights * rows.counts) @ rows.membership, _NEXT_TO_NOTHING)
    count = len(base)
    if not trend:
        sums = np.maximum(base @ rows.membership, _NEXT_TO_NOTHING**2)
        estimate = Estimate(
            level=np.log(totals[:, -1] / sums[:, -1]), slope=np.zeros(count), information=totals[:, -1], centre=np.zeros(count),
            slope_information=np.full(count, np.inf), freedom=rows.freedom_without_trend, has_converged=np.ones(count, dtype=bool),
        )  # fmt: skip
        shares = base * ((1 / sums) @ rows.membership.T) if leverage else None
        factors = (totals / sums) @ rows.membership.T
        return Fit(estimate=estimate, means=rows.exposure * factors, working=base * factors, leverage=shares)
    slope, converged = _slope(rows, weights, base, totals, start)
    tilt = np.exp(slope[:, None] * rows.times)
    tilted = base * tilt
    zeroth, first, second = rows.moments(tilted)
    sums = np.maximum(zeroth, _NEXT_TO_NOTHING**2)
    levels, centres = totals / sums, first / sums
    slope_information = np.maximum((levels * (second - first * centres)).sum(axis=1), 1e-300)
    estimate = Estimate(
        level=np.log(levels[:, -1]), slope=slope, information=totals[:, -1], centre=centres[:, -1], slope_information=slope_information,
        freedom=rows.freedom_without_trend - 1, has_converged=converged,
    )  # fmt: skip
    factors = levels @ rows.membership.T
    working = tilted * factors
    shares = leverages(rows, working, totals, centres, slope_information) if leverage else None
    return Fit(estimate=estimate, means=rows.exposure * tilt * factors, working=working, leverage=shares)


def leverages(rows: Rows, working: Floats, information: Floats, centres: Floats, slope_information: Floats) -> Floats:
    """The leverage of each period, from working weights (R, N), their sums and mean times in bins (R, G), and the slope's."""
    away = rows.times - centres @ rows.membership.T
    share = (1 / np.where(information > 0, information, 1.0)) @ rows.membership.T
    share += away**2 / slope_information[:, None]
    return np.asarray(working * share)


def _slope(rows: Rows, weights: Floats, base: Floats, totals: Floats, start: Floats | None) -> tuple[Floats, Bools]:
    """Newton's steps for the slope of each row, and whether they came to rest."""
    count = len(base)
    target = np.einsum("rn,rn->r", weights * rows.counts, np.broadcast_to(rows.times, base.shape))
    slope = np.zeros(count) if start is None else start.copy()
    settled = np.zeros(count, dtype=bool)
    active = np.arange(count)
    for _ in range(_MOST_STEPS):
        of: Ints | slice = _ALL if len(active) == count else active
        times = rows.times if len(rows.times) == 1 else rows.times[of]
        zeroth, first, second = rows.moments(base[of] * np.exp(slope[of, None] * times), of)
        sums = np.maximum(zeroth, _NEXT_TO_NOTHING**2)
        centres = first / sums
        score = target[of] - (totals[of] * centres).sum(axis=1)
        information = (totals[of] * (second / sums - centres**2)).sum(axis=1)
        step = np.clip(score / np.maximum(information, 1e-300), -1.0, 1.0)
        slope[of] += step
        rest = np.abs(step) < _CLOSE_ENOUGH
        settled[active[rest]] = True
        active = active[~rest & (np.abs(slope[active]) < _STEEPEST)]
        if not len(active):
            break
    return np.clip(slope, -_STEEPEST, _STEEPEST), settled
