"""Poisson regression of many series gives what a general optimiser gives for one, and says where there is no estimate."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from diogel.analysis.poisson import regress

DOBSON = [18, 17, 15, 20, 10, 20, 25, 13, 12]
"""Counts of a trial, three outcomes by three treatments: Dobson 1990, the example of R's `glm` page."""
DOBSON_TERMS = np.array(
    [[1, outcome == 2, outcome == 3, treated == 2, treated == 3] for treated in (1, 2, 3) for outcome in (1, 2, 3)], dtype=float
)


def drawn(rng: np.random.Generator, *, series: int, months: int = 40) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    terms = np.column_stack([np.ones(months), np.linspace(-1, 1, months), rng.normal(size=(months, 2))])
    exposure = rng.uniform(0.5, 2, months)
    mean = exposure * np.exp(rng.uniform(0, 4, (series, 1)) + rng.normal(0, 0.4, (series, 3)) @ terms[:, 1:].T)
    return rng.poisson(mean), terms, exposure


def slowly(counts: np.ndarray, terms: np.ndarray, exposure: np.ndarray) -> np.ndarray:
    def minus_likelihood(coefficients: np.ndarray) -> float:
        mean = exposure * np.exp(terms @ coefficients)
        return float((mean - counts * np.log(mean)).sum())

    def minus_slope(coefficients: np.ndarray) -> np.ndarray:
        return terms.T @ (exposure * np.exp(terms @ coefficients) - counts)

    start = np.append(np.log(counts.mean() + 0.1), np.zeros(terms.shape[1] - 1))
    return optimize.minimize(minus_likelihood, start, jac=minus_slope, method="BFGS", options={"gtol": 1e-9}).x


def test_the_published_example():
    found = regress(DOBSON, terms=DOBSON_TERMS)
    assert found.coefficients[0] == pytest.approx([3.045, -0.4543, -0.2930, 0.0, 0.0], abs=1e-3)
    assert found.errors(quasi=False)[0] == pytest.approx([0.1709, 0.2022, 0.1927, 0.2, 0.2], abs=1e-4)
    assert found.p(quasi=False)[0, 1] == pytest.approx(0.0246, abs=1e-4)
    assert (found.deviance[0], found.freedom[0]) == (pytest.approx(5.1291, abs=1e-4), 4)
    assert found.dispersion[0] == pytest.approx(1.2933, abs=1e-4)


@given(st.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_a_batch_equals_one_series_after_the_other_done_slowly(seed: int):
    rng = np.random.default_rng(seed)
    counts, terms, exposure = drawn(rng, series=3)
    known = rng.random(counts.shape) > 0.1
    found = regress(np.where(known, counts, -7), terms=terms, exposure=exposure, known=known)
    for row in range(3):
        here = known[row]
        assert found.coefficients[row] == pytest.approx(slowly(counts[row, here], terms[here], exposure[here]), abs=1e-5)
        mean = exposure[here] * np.exp(terms[here] @ found.coefficients[row])
        assert found.covariance[row] == pytest.approx(np.linalg.inv(terms[here].T @ np.diag(mean) @ terms[here]), rel=1e-6, abs=1e-9)
        assert found.freedom[row] == here.sum() - 4


@given(st.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_at_the_estimate_every_term_is_balanced(seed: int):
    counts, terms, exposure = drawn(np.random.default_rng(seed), series=4)
    found = regress(counts, terms=terms, exposure=exposure)
    assert (counts - found.means) @ terms == pytest.approx(np.zeros((4, 4)), abs=1e-6)
    assert (found.deviance >= 0).all()


def test_many_series_are_fitted_as_few_are():
    counts, terms, exposure = drawn(np.random.default_rng(1), series=900)
    whole, some = regress(counts, terms=terms, exposure=exposure), regress(counts[700:702], terms=terms, exposure=exposure)
    assert whole.coefficients[700:702] == pytest.approx(some.coefficients, abs=1e-10)


def test_intervals_hold_the_truth_as_often_as_promised():
    rng = np.random.default_rng(2)
    terms = np.column_stack([np.ones(60), np.linspace(-1, 1, 60)])
    mean = np.exp(3 + 0.2 * terms[:, 1])
    for dispersion in (1.0, 2.0):
        counts = rng.poisson(np.broadcast_to(mean, (3000, 60)) if dispersion == 1 else rng.gamma(np.broadcast_to(mean, (3000, 60)), 1.0))
        found = regress(counts, terms=terms)
        wide = stats.t.ppf(0.95, 58) * found.errors()[:, 1]
        assert np.mean(np.abs(found.coefficients[:, 1] - 0.2) < wide) == pytest.approx(0.9, abs=0.03)


def test_where_there_is_no_estimate_it_says_so_and_spares_its_neighbours():
    terms = np.column_stack([np.ones(20), np.arange(20) >= 10]).astype(float)
    found = regress([[0] * 10 + [5] * 10, [4] * 10 + [5] * 10, [0] * 20], terms=terms)
    assert found.has_converged.tolist() == [False, True, False]
    assert np.isnan(found.coefficients[[0, 2]]).all()
    assert np.isnan(found.p()[0]).all()
    assert found.coefficients[1] == pytest.approx([np.log(4), np.log(5 / 4)])


def test_huge_and_constant_counts_are_fitted():
    found = regress([[10**9] * 12, [3] * 12], terms=np.ones((12, 1)))
    assert found.means[:, 0] == pytest.approx([10**9, 3])


@pytest.mark.parametrize(
    ("counts", "more"),
    [
        ([[-1] * 9], {}), ([[np.nan] * 9], {}), ([["many"] * 9], {}), ([[1] * 8], {}), ([], {}), ([[1] * 9], {"exposure": [0.0] * 9}),
        ([[1] * 9], {"exposure": [1.0] * 8}), ([[1] * 9], {"known": [True] * 8}), ([[1] * 9], {"terms": np.ones((9, 2))}),
        ([[1] * 9], {"terms": np.full((9, 1), np.inf)}), ([[1] * 9], {"terms": np.ones(9)}),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(counts: list, more: dict):
    with pytest.raises(ValueError):
        regress(counts, **({"terms": DOBSON_TERMS} | more))
