"""Many series fitted together give what one series fitted slowly by itself gives."""

import numpy as np
import pytest
from scipy import optimize, stats

from diogel.analysis.regression import HALF_AN_EVENT, fit, pooled_dispersion, predicted, trend_and_season, usual_size

MONTHS = 42
INDEX = np.arange(24_000, 24_000 + MONTHS)
EXPOSURE = np.tile([31, 30, 31, 31, 28, 31], MONTHS // 6) / 30.4
TERMS = trend_and_season(INDEX, now=int(INDEX[-1]))


def drawn(rng: np.random.Generator, *, series: int, level: float = 40.0, dispersion: float = 1.5, yearly: float = 1.0) -> np.ndarray:
    season = 1 + 0.2 * np.cos(2 * np.pi * INDEX / 12)
    mean = level * season * EXPOSURE * yearly ** ((INDEX - INDEX[-1]) / 12)
    return rng.poisson(rng.gamma(mean / (dispersion - 1), dispersion - 1, size=(series, MONTHS))).astype(float)


def fitted(counts: np.ndarray, used: np.ndarray, **more):
    return fit(counts=counts, used=used, terms=TERMS, exposure=EXPOSURE, prior_sd=usual_size(), **more)


def optimised(counts: np.ndarray, terms: np.ndarray, exposure: np.ndarray, weights: np.ndarray, scale: float) -> np.ndarray:
    """Coefficients of one series by a general optimiser: the weighted Poisson likelihood with its prior, as in the book."""
    prior = scale / usual_size() ** 2

    def minus_likelihood(coefficients: np.ndarray) -> float:
        log_mean = terms @ coefficients + np.log(exposure)
        return float(-(weights * (counts * log_mean - np.exp(log_mean))).sum() + (prior * coefficients**2).sum() / 2)

    start = np.append(np.log(counts.mean()), np.zeros(terms.shape[1] - 1))
    return optimize.minimize(minus_likelihood, start, method="BFGS", options={"gtol": 1e-8, "maxiter": 2000}).x


def one_series_slowly(counts: np.ndarray, used: np.ndarray, *, outlier: float) -> tuple[np.ndarray, np.ndarray, float]:
    """Coefficients, weights and dispersion of one series, each step spelt out for its used months alone."""
    terms, exposure, y = TERMS[used], EXPOSURE[used], counts[used]
    y = y + HALF_AN_EVENT * exposure / exposure.sum()

    def spread(coefficients: np.ndarray, weights: np.ndarray, scale: float):
        mean = exposure * np.exp(terms @ coefficients)
        information = terms.T @ np.diag(weights * mean) @ terms + np.diag(scale / usual_size() ** 2)
        leverage = np.array([row @ np.linalg.inv(information) @ row for row in terms]) * mean * weights
        return mean, leverage, (weights * (y - mean) ** 2 / mean).sum() / (len(y) - leverage.sum())

    plain = optimised(y, terms, exposure, np.ones(len(y)), 1.0)
    mean, leverage, dispersion = spread(plain, np.ones(len(y)), 1.0)
    residuals = 1.5 * (y ** (2 / 3) * mean ** (-1 / 6) - mean**0.5) / np.sqrt(dispersion * (1 - leverage))
    trust = np.array([1.0 if abs(residual) <= outlier else residual**-2 for residual in residuals])
    weights = trust * len(y) / trust.sum()
    scale = max(dispersion, 1.0)
    final = optimised(y, terms, exposure, weights, scale)
    return final, weights, spread(final, weights, scale)[2]


@pytest.mark.parametrize("outlier", [np.inf, 2.58])
def test_a_batch_equals_one_series_after_the_other_done_slowly(outlier: float):
    rng = np.random.default_rng(5)
    counts = drawn(rng, series=5)
    counts[:, 7] *= 4
    used = rng.random((5, MONTHS)) > 0.15
    used[:, 7] = True
    whole = fitted(counts, used, outlier=outlier)
    for row in range(5):
        coefficients, weights, dispersion = one_series_slowly(counts[row], used[row], outlier=outlier)
        assert whole.coefficients[row] == pytest.approx(coefficients, abs=1e-5)
        assert whole.weights[row, used[row]] == pytest.approx(weights, abs=1e-5)
        assert whole.dispersion[row] == pytest.approx(dispersion, rel=1e-5)


def test_months_left_out_are_never_read():
    counts = drawn(np.random.default_rng(7), series=2)
    used = np.ones((2, MONTHS), dtype=bool)
    used[:, 24:30] = False
    spoilt = counts.copy()
    spoilt[:, 24:30] = 9_999
    assert (fitted(counts, used).coefficients == fitted(spoilt, used).coefficients).all()
    as_zeros = fitted(np.where(used, counts, 0.0), np.ones_like(used), outlier=np.inf)
    assert as_zeros.means.sum() < 0.9 * fitted(counts, used).means.sum()


def test_an_old_spike_moves_the_expectation_little_and_counts_less():
    counts = drawn(np.random.default_rng(8), series=1)
    used = np.ones((1, MONTHS), dtype=bool)
    spiked = counts.copy()
    spiked[0, -3] *= 3
    calm, robust, naive = fitted(counts, used), fitted(spiked, used), fitted(spiked, used, outlier=np.inf)
    ahead = TERMS[-1:], np.ones(1)
    expectations = [predicted(one, terms=ahead[0], exposure=ahead[1])[0][0, 0] for one in (calm, robust, naive)]
    assert robust.weights[0, -3] < 0.2
    assert abs(expectations[1] - expectations[0]) < abs(expectations[2] - expectations[0]) / 2
    assert robust.dispersion[0] < naive.dispersion[0] / 2


def test_weights_add_up_to_the_months_used():
    counts = drawn(np.random.default_rng(9), series=5)
    used = np.random.default_rng(9).random((5, MONTHS)) > 0.2
    weights = fitted(counts, used).weights
    assert weights.sum(axis=1) == pytest.approx(used.sum(axis=1))
    assert (weights[~used] == 0).all()


def test_trend_season_and_dispersion_are_found_where_there_is_much_to_find_them_in():
    whole = fitted(drawn(np.random.default_rng(10), series=300, level=400, yearly=1.08, dispersion=1.8), np.ones((300, MONTHS), dtype=bool))
    assert whole.coefficients[:, 1].mean() == pytest.approx(np.log(1.08), abs=0.01)
    assert np.hypot(whole.coefficients[:, 2], whole.coefficients[:, 3]).mean() == pytest.approx(0.2, abs=0.02)
    assert whole.dispersion.mean() == pytest.approx(1.8, abs=0.2)


def test_a_short_history_gives_no_wild_trend():
    counts = drawn(np.random.default_rng(11), series=200, level=8)
    used = np.zeros((200, MONTHS), dtype=bool)
    used[:, -14:] = True
    assert np.abs(fitted(counts, used).coefficients[:, 1]).max() < 0.1


def test_a_series_of_zeros_has_a_small_mean_and_no_failure():
    whole = fitted(np.zeros((1, MONTHS)), np.ones((1, MONTHS), dtype=bool))
    assert 0 < whole.means[0].sum() < 1
    assert np.isfinite(whole.covariance).all()


def test_a_series_without_a_month_is_refused():
    with pytest.raises(ValueError, match="at least one month"):
        fitted(np.ones((1, MONTHS)), np.zeros((1, MONTHS), dtype=bool))


def test_predictions_are_covered_as_often_as_promised():
    rng = np.random.default_rng(12)
    counts = drawn(rng, series=3000, dispersion=1.5)
    used = np.ones((3000, MONTHS), dtype=bool)
    used[:, -1] = False
    whole = fitted(counts, used)
    mean, covariance = predicted(whole, terms=TERMS[-1:], exposure=EXPOSURE[-1:])
    deviates = (counts[:, -1] - mean[:, 0]) / np.sqrt(whole.dispersion * mean[:, 0] + covariance[:, 0, 0])
    inside = (np.abs(deviates) < stats.t.ppf(0.95, whole.freedom)).mean()
    assert inside == pytest.approx(0.90, abs=0.02)


def test_like_series_lend_one_another_their_dispersion():
    rng = np.random.default_rng(13)
    freedom = np.full(200, 30.0)
    alike = 1.6 * rng.chisquare(30, size=200) / 30
    drawn_in, more = pooled_dispersion(alike, freedom)
    assert drawn_in.std() < alike.std() / 1.4
    assert (more > 45).all()
    unlike = np.exp(rng.normal(1.0, 0.8, size=200)) * rng.chisquare(30, size=200) / 30
    kept, few = pooled_dispersion(unlike, freedom)
    assert (few < 36).all()
    assert np.corrcoef(kept, unlike)[0, 1] > 0.99


def test_a_count_is_never_taken_to_be_steadier_than_chance():
    assert (pooled_dispersion(np.full(9, 0.4), np.full(9, 30.0))[0] == 1).all()
    assert pooled_dispersion(np.array([0.4]), np.array([30.0]))[0].tolist() == [1.0]
