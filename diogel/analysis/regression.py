"""Quasi-Poisson regression of many monthly series at once: trend, season, and old outliers that count for less."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

HARMONICS = 2
TREND_SD = 0.05
"""How far a yearly change usually lies from none, on the log scale: nine in ten within 8 per cent a year, before looking."""
SEASON_SD = 0.15
"""How large each wave of the season usually is, on the log scale, before looking."""
OUTLIER = 2.58
"""Past months whose residual lies further out than this count for less (Noufaily and others 2013)."""
HALF_AN_EVENT = 0.5
"""Spread over the baseline, so that a series of nothing but zeros still has a mean above zero (Jeffreys)."""

_STEPS = 60
_CLOSE_ENOUGH = 1e-9
_LARGEST_STEP = 2.0


@dataclass(frozen=True, kw_only=True)
class Fit:
    """S series fitted over M months with P terms.

    `coefficients` (S, P), on the log scale; `covariance` (S, P, P), to be multiplied by `dispersion` (S,);
    `means` (S, M), fitted counts of every month, those left out of the baseline included; `weights` (S, M), 1 for an
    ordinary month, scaled to sum to the months used; `used` (S, M); `freedom` (S,), degrees of freedom of the dispersion.
    """

    coefficients: Floats
    covariance: Floats
    dispersion: Floats
    freedom: Floats
    means: Floats
    weights: Floats
    used: Bools


def trend_and_season(index: NDArray[np.int64], *, now: int, harmonics: int = HARMONICS) -> Floats:
    """Terms for months counted by `Month.index`: 1, years since `now`, and sine and cosine waves; float64 (M, 2 + 2h)."""
    index = np.asarray(index)
    terms = [np.ones(len(index)), (index - now) / 12.0]
    for wave in range(1, harmonics + 1):
        turn = 2 * np.pi * wave * index / 12
        terms += [np.sin(turn), np.cos(turn)]
    return np.stack(terms, axis=1)


def usual_size(*, harmonics: int = HARMONICS) -> Floats:
    """How far each term of `trend_and_season` usually lies from zero: the level may lie anywhere."""
    return np.array([np.inf, TREND_SD] + [SEASON_SD] * (2 * harmonics))


def fit(*, counts: Floats, used: Bools, terms: Floats, exposure: Floats, prior_sd: Floats, outlier: float = OUTLIER) -> Fit:
    """Fit log(mean / exposure) = terms x coefficients to each row of `counts`, over its `used` months only.

    `counts` (S, M); `used` bool (S, M), False for missing, excluded and later months, whose counts are never read;
    `terms` (M, P), the first column being 1; `exposure` (M,), such as days over 30.4; `prior_sd` (P,), inf for none.

    Variance is dispersion x mean. Each coefficient is drawn towards zero by a normal prior of its `prior_sd`, so that
    a short history gives a weak trend and season rather than a wild one. The first fit finds past outliers by their
    Anscombe residuals, the second counts them less (Farrington and others 1996; Noufaily and others 2013), here on both
    sides. ValueError where a series has no used month.
    """
    if not used.any(axis=1).all():
        raise ValueError("every series needs at least one month to fit")
    counts = np.where(used, counts, 0.0) + HALF_AN_EVENT * np.where(used, exposure, 0.0) / (used * exposure).sum(axis=1)[:, None]
    months = used.sum(axis=1)
    plain = _solve(counts, used.astype(float), terms, exposure, _penalty(prior_sd, np.ones(len(counts))))
    scale, _, leverage = _spread(plain, counts, used.astype(float), terms, months)
    far = np.abs(_anscombe(counts, plain.means)) / np.sqrt(scale[:, None] * (1 - leverage))
    trust = np.where(far > outlier, np.maximum(far, 1.0) ** -2, 1.0) * used
    weights = trust * (months / trust.sum(axis=1))[:, None]
    final = _solve(counts, weights, terms, exposure, _penalty(prior_sd, scale))
    scale, freedom, _ = _spread(final, counts, weights, terms, months)
    return Fit(
        coefficients=final.coefficients, covariance=final.covariance, dispersion=scale, freedom=freedom,
        means=final.means, weights=weights, used=used,
    )  # fmt: skip


def predicted(fitted: Fit, *, terms: Floats, exposure: Floats) -> tuple[Floats, Floats]:
    """Means (S, K) of K months given by `terms` (K, P) and `exposure` (K,), and the covariance (S, K, K) of those means."""
    means = exposure * np.exp(fitted.coefficients @ terms.T)
    on_log_scale = terms @ fitted.covariance @ terms.T
    return means, on_log_scale * (fitted.dispersion[:, None] * means)[:, :, None] * means[:, None, :]


def pooled_dispersion(dispersion: Floats, freedom: Floats) -> tuple[Floats, Floats]:
    """Each series' dispersion drawn towards that of all, with the degrees of freedom this is worth; both (S,).

    A dispersion from thirty months is itself uncertain; series of one store resemble each other, and how much they do is
    read from how their estimates scatter (Smyth 2004). Never below 1. Fewer than five series are left as they are.
    """
    if len(dispersion) < 5:
        return np.maximum(dispersion, 1.0), freedom
    logs = np.log(np.maximum(dispersion, 0.05))
    centred = logs - special.digamma(freedom / 2) + np.log(freedom / 2)
    excess = centred.var(ddof=1) - special.polygamma(1, freedom / 2).mean()
    prior = min(_MOST_PRIOR, 2 * _trigamma_inverse(excess)) if excess > 0 else _MOST_PRIOR
    centre = np.exp(centred.mean() + special.digamma(prior / 2) - np.log(prior / 2))
    together = (prior * centre + freedom * dispersion) / (prior + freedom)
    return np.maximum(together, 1.0), prior + freedom


_MOST_PRIOR = 40.0


def _trigamma_inverse(value: float) -> float:
    """The x above 0 whose trigamma is `value`, by bisection: it falls all the way."""
    low, high = 1e-6, 1e6
    for _ in range(100):
        middle = np.sqrt(low * high)
        low, high = (middle, high) if special.polygamma(1, middle) > value else (low, middle)
    return float(low)


@dataclass(frozen=True)
class _Solved:
    coefficients: Floats
    covariance: Floats
    means: Floats


def _penalty(prior_sd: Floats, scale: Floats) -> Floats:
    """(S, P): what the prior adds to each term's information, in the unit of counts, so times the dispersion."""
    return np.maximum(scale, 1.0)[:, None] / prior_sd[None, :] ** 2


def _solve(counts: Floats, weights: Floats, terms: Floats, exposure: Floats, penalty: Floats) -> _Solved:
    """Newton's steps for all series together, each no longer than one can trust."""
    series, columns = len(counts), terms.shape[1]
    squares = (terms[:, :, None] * terms[:, None, :]).reshape(len(terms), columns * columns)
    coefficients = np.zeros((series, columns))
    coefficients[:, 0] = np.log((weights * counts).sum(axis=1) / (weights * exposure).sum(axis=1))
    ridge = penalty[:, :, None] * np.eye(columns)
    for _ in range(_STEPS):
        means = exposure * np.exp(np.clip(coefficients @ terms.T, -30, 30))
        information = ((weights * means) @ squares).reshape(series, columns, columns) + ridge
        score = (weights * (counts - means)) @ terms - penalty * coefficients
        step = np.clip(np.linalg.solve(information, score[:, :, None])[:, :, 0], -_LARGEST_STEP, _LARGEST_STEP)
        coefficients = coefficients + step
        if np.abs(step).max(initial=0.0) < _CLOSE_ENOUGH:
            break
    means = exposure * np.exp(np.clip(coefficients @ terms.T, -30, 30))
    information = ((weights * means) @ squares).reshape(series, columns, columns) + ridge
    return _Solved(coefficients, np.linalg.inv(information).astype(float), means)


def _spread(solved: _Solved, counts: Floats, weights: Floats, terms: Floats, months: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
    """Dispersion (Pearson), its degrees of freedom, and each month's leverage."""
    leverage = ((terms @ solved.covariance) * terms).sum(axis=2) * solved.means * weights
    freedom = np.maximum(months - leverage.sum(axis=1), 1.0)
    dispersion = (weights * (counts - solved.means) ** 2 / solved.means).sum(axis=1) / freedom
    return np.maximum(dispersion, 0.05), freedom, np.clip(leverage, 0.0, 0.95)


def _anscombe(counts: Floats, means: Floats) -> Floats:
    """Residuals of Poisson counts, transformed so that they are nearly normal (Anscombe 1953)."""
    return 1.5 * (counts ** (2 / 3) * means ** (-1 / 6) - means**0.5)
