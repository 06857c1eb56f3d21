"""One baseline after the other made into an expectation: fit, weigh old outliers down, fit again, keep the trend or not."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from . import stepwise
from .fitting import Estimate, Fit, Rows, fit
from .options import Options

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

HALF_AN_EVENT = 0.5
LEAST_YEARS_FOR_TREND = 3
_EDGE = 1e-9


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """Arrays of (R,). `log_mean` and its `log_error`, for the period judged; `dispersion`, at least 1; `has_trend`; `slope`
    per unit of `Rows.times`; `trend_p`, NaN where no trend was tried; `is_told`, False where no baseline could be fitted."""

    log_mean: Floats
    log_error: Floats
    dispersion: Floats
    has_trend: Bools
    slope: Floats
    trend_p: Floats
    is_told: Bools


@dataclass(frozen=True, kw_only=True)
class _Robust:
    """An estimate after old outliers were weighed down; `dispersion` at least 1, `scale` that by which errors are multiplied."""

    estimate: Estimate
    dispersion: Floats
    scale: Floats

    def with_rows(self, rows: Ints, other: _Robust) -> _Robust:
        def mixed(mine: Any, theirs: Any) -> Any:
            whole = mine.copy()
            whole[rows] = theirs
            return whole

        both = self.estimate, other.estimate
        estimate = Estimate(**{field.name: mixed(*(getattr(one, field.name) for one in both)) for field in fields(Estimate)})
        return _Robust(estimate=estimate, dispersion=mixed(self.dispersion, other.dispersion), scale=mixed(self.scale, other.scale))


def expect(rows: Rows, *, now: Floats, exposure_now: Floats, options: Options) -> Expectation:
    """What each baseline expects of the period judged, at time `now` (R,) with `exposure_now` (R,); it is in the last bin."""
    count = len(rows.counts)
    trend_p, has_trend = np.full(count, np.nan), np.zeros(count, dtype=bool)
    if options.has_trend:
        sloped = _robust(rows, trend=True, options=options)
        trend_p, has_trend = _trend(rows, sloped, now=now, exposure_now=exposure_now, options=options)
    flat_rows = np.flatnonzero(~has_trend)
    if len(flat_rows) == count:
        chosen = _robust(rows, trend=False, options=options)
    elif len(flat_rows):
        chosen = sloped.with_rows(flat_rows, _robust(rows.some(flat_rows), trend=False, options=options))
    else:
        chosen = sloped
    found = chosen.estimate
    log_mean = found.level + found.slope * now + np.log(exposure_now)
    log_error = np.sqrt(chosen.scale * _uncertainty(found, now))
    if not options.is_compatible:
        log_mean, log_error = _never_nothing(rows, chosen, exposure_now, log_mean, log_error)
    seen = (rows.used & (rows.membership[:, -1] > 0)).any(axis=1)
    return Expectation(
        log_mean=log_mean, log_error=log_error, dispersion=chosen.dispersion, has_trend=has_trend,
        slope=np.where(has_trend, found.slope, np.nan), trend_p=trend_p,
        is_told=seen & (found.freedom > 0) & found.has_converged & np.isfinite(log_mean),
    )  # fmt: skip


def _robust(rows: Rows, *, trend: bool, options: Options) -> _Robust:
    """Fit, weigh what lies far above down, fit again; to be compatible by R's own steps."""
    walk = stepwise.fit if options.is_compatible else fit
    weights = rows.plain
    fitted = walk(rows, weights=weights, trend=trend, leverage=options.reweights)
    dispersion, scale = _errors(rows, fitted, weights, options)
    if options.reweights:
        settled = fitted.estimate.has_converged
        weights = _weights(rows, fitted, dispersion, outlier=options.outlier)
        fitted = walk(rows, weights=weights, trend=trend, leverage=False, start=fitted.estimate.slope)
        # R asks only its first fit whether it came to rest.
        settled = settled if options.is_compatible else settled & fitted.estimate.has_converged
        fitted = replace(fitted, estimate=replace(fitted.estimate, has_converged=settled))
        dispersion, scale = _errors(rows, fitted, weights, options)
    return _Robust(estimate=fitted.estimate, dispersion=np.maximum(dispersion, 1.0), scale=scale)


def _errors(rows: Rows, fitted: Fit, weights: Floats, options: Options) -> tuple[Floats, Floats]:
    """Pearson's dispersion, and what standard errors are multiplied by: the same, at least 1.

    In R the weights of the refit take the place of the working weights before the second is asked for, so that it becomes the
    sum of squares of *relative* residuals: its slip, which makes trends look surer than they are.
    """
    away = rows.counts / fitted.means - 1
    away *= away
    freedom = np.maximum(fitted.estimate.freedom, 1)
    dispersion = np.einsum("rn,rn->r", fitted.working, away) / freedom
    if not options.is_compatible:
        return dispersion, np.maximum(dispersion, 1.0)
    return dispersion, np.einsum("rn,rn->r", weights, away) / freedom if options.reweights else dispersion


def _weights(rows: Rows, fitted: Fit, dispersion: Floats, *, outlier: float) -> Floats:
    """1 for an ordinary count, residual to the power -2 for one that lies far above, scaled to sum to the periods used."""
    assert fitted.leverage is not None
    sixth = np.exp(np.log(fitted.means) / 6)
    free = np.maximum(dispersion, 1.0)[:, None] * (1 - fitted.leverage)
    anscombe = 1.5 * (np.cbrt(rows.counts) ** 2 / sixth - sixth**3)
    trust = rows.plain.copy()
    row, period = np.nonzero((anscombe > 0) & (free > _EDGE) & (anscombe**2 > outlier**2 * free) & rows.used)
    trust[row, period] = free[row, period] / anscombe[row, period] ** 2
    trust *= (rows.used.sum(axis=1) / np.maximum(trust.sum(axis=1), _EDGE))[:, None]
    return trust


def _trend(rows: Rows, sloped: _Robust, *, now: Floats, exposure_now: Floats, options: Options) -> tuple[Floats, Bools]:
    """The p of each trend, and whether it is kept."""
    found = sloped.estimate
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        deviate = np.abs(found.slope) / np.sqrt(sloped.scale / found.slope_information)
        mean_now = exposure_now * np.exp(found.level + found.slope * now)
    p = 2 * special.stdtr(np.maximum(found.freedom, 1), -deviate)
    p = np.where(found.has_converged & (found.freedom > 0), p, np.nan)
    most = rows.counts.max(axis=1)
    return p, (p < options.trend_p) & (options.years >= LEAST_YEARS_FOR_TREND) & (mean_now <= most)


def _uncertainty(found: Estimate, now: Floats) -> Floats:
    """Variance of the log mean in units of the scale."""
    with np.errstate(divide="ignore"):
        return 1 / found.information + (now - found.centre) ** 2 / found.slope_information


def _never_nothing(rows: Rows, chosen: _Robust, exposure_now: Floats, log_mean: Floats, log_error: Floats) -> tuple[Floats, Floats]:
    """Where this time of year never saw a case, half of one is spread over it (Jeffreys): nothing has no likelihood."""
    here = rows.membership[:, -1]
    nothing = (rows.counts @ here) == 0
    exposure = np.maximum((rows.exposure * rows.used) @ here, _EDGE)
    return (
        np.where(nothing, np.log(HALF_AN_EVENT * exposure_now / exposure), log_mean),
        np.where(nothing, np.sqrt(chosen.dispersion / HALF_AN_EVENT), log_error),
    )
