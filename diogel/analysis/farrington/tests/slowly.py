"""Farrington's method for one series and one period, each step spelt out with whole matrices: slow, and plain to read."""

from __future__ import annotations

import numpy as np
from scipy import stats

from diogel.analysis.farrington import Options


def baseline(period: int, options: Options) -> list[tuple[int, int]]:
    """(past period, bin) of every period that teaches; bins 0 to seasons - 1, the last being that of the period judged."""
    found = {}
    for year in range(1, options.years + 1):
        anniversary = period - year * options.per_year
        for past in range(anniversary - options.half_window, anniversary + options.half_window + 1):
            found[past] = options.seasons - 1
        if options.seasons > 1:
            between = list(range(anniversary + options.half_window + 1, anniversary + options.per_year - options.half_window))
            for number, part in enumerate(np.array_split(between, options.seasons - 1)):
                for past in part:
                    found[int(past)] = number
    for past in range(period - options.half_window, period):
        found[past] = options.seasons - 1
    return sorted((past, bin_) for past, bin_ in found.items() if past < period - options.left_out)


def poisson_fit(y: np.ndarray, terms: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Coefficients, means and inverse information, by scoring until nothing moves."""
    coefficients = np.zeros(terms.shape[1])
    coefficients[0] = np.log(y.mean() + 0.01)
    for _ in range(200):
        means = np.exp(np.clip(terms @ coefficients, -30, 30))
        inverse = np.linalg.inv(terms.T @ np.diag(weights * means) @ terms)
        step = inverse @ terms.T @ (weights * (y - means))
        coefficients = coefficients + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-12:
            break
    return coefficients, np.exp(terms @ coefficients), inverse


def robust_fit(y: np.ndarray, terms: np.ndarray, options: Options) -> tuple[np.ndarray, np.ndarray, float]:
    weights = np.ones(len(y))
    for turn in range(2 if options.reweights else 1):
        coefficients, means, inverse = poisson_fit(y, terms, weights)
        dispersion = max(1.0, float((weights * (y - means) ** 2 / means).sum()) / (len(y) - terms.shape[1]))
        if turn == 0 and options.reweights:
            hat = np.array([row @ inverse @ row for row in terms]) * means
            residuals = 1.5 * (y ** (2 / 3) * means ** (-1 / 6) - means**0.5) / np.sqrt(dispersion * (1 - hat))
            trust = np.array([residual**-2 if residual > options.outlier else 1.0 for residual in residuals])
            weights = trust * len(y) / trust.sum()
    return coefficients, inverse * dispersion, dispersion


def judged(counts: np.ndarray, period: int, options: Options) -> dict[str, float]:
    """Expected count, bound, dispersion, trend kept or not, for one series."""
    past = baseline(period, options)
    y = np.array([counts[at] for at, _ in past], dtype=float)
    bins = [[1.0] + [float(bin_ == other) for other in range(options.seasons - 1)] for _, bin_ in past]
    flat, now = np.array(bins), np.array([1.0] + [0.0] * (options.seasons - 1))
    terms, here, has_trend, p = flat, now, False, np.nan
    if options.has_trend:
        sloped = np.column_stack([flat, [(at - period) / options.per_year for at, _ in past]])
        coefficients, covariance, _ = robust_fit(y, sloped, options)
        p = 2 * stats.t.sf(abs(coefficients[-1]) / np.sqrt(covariance[-1, -1]), len(y) - sloped.shape[1])
        has_trend = bool(p < options.trend_p and options.years >= 3 and np.exp(coefficients[0]) <= y.max())
        if has_trend:
            terms, here = sloped, np.append(now, 0.0)
    coefficients, covariance, dispersion = robust_fit(y, terms, options)
    eta, error = here @ coefficients, np.sqrt(here @ covariance @ here)
    mean, z = np.exp(eta), stats.norm.ppf(1 - options.alpha)
    if options.limit == "delta":
        spread = np.sqrt(4 / 9 * mean ** (1 / 3) * (dispersion + mean * error**2))
        upper = (mean ** (2 / 3) + z * spread) ** 1.5
    else:
        highest = mean if options.limit == "nbPlugin" else np.exp(eta + z * error)
        upper = stats.poisson.ppf(1 - options.alpha, highest)
        if dispersion > 1.0001:
            upper = stats.nbinom.ppf(1 - options.alpha, highest / (dispersion - 1), 1 / dispersion)
    return {"expected": mean, "upper": upper, "dispersion": dispersion, "has_trend": has_trend, "trend_p": p}
