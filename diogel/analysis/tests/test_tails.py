"""Tails and limits of counts agree with term-by-term sums."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from diogel.analysis.tails import limits, tails, two_sided

MEANS = st.floats(0.05, 400)
RATIOS = st.floats(1.01, 8)


@given(st.integers(0, 600), MEANS, RATIOS)
def test_tails_are_those_of_the_negative_binomial(count: int, mean: float, ratio: float):
    shape, chance = mean / (ratio - 1), 1 / ratio
    at_most, at_least = tails(count, mean=mean, variance=ratio * mean)
    assert at_most == pytest.approx(stats.nbinom.cdf(count, shape, chance), rel=1e-6, abs=1e-12)
    assert at_least == pytest.approx(stats.nbinom.sf(count - 1, shape, chance), rel=1e-6, abs=1e-12)


@given(st.integers(0, 60), st.floats(0.05, 40))
def test_without_extra_variance_they_are_poisson(count: int, mean: float):
    at_most, at_least = tails(count, mean=mean, variance=mean)
    assert at_most == pytest.approx(stats.poisson.cdf(count, mean), rel=1e-9)
    assert at_least == pytest.approx(stats.poisson.sf(count - 1, mean), rel=1e-9)
    assert tails(count, mean=mean, variance=mean / 2)[0] == at_most


@given(MEANS, RATIOS, st.sampled_from([0.001, 0.01, 0.1]), st.sampled_from([12.0, 40.0, np.inf]))
def test_limits_hold_exactly_the_counts_that_are_not_improbable(mean: float, ratio: float, alpha: float, df: float):
    low, high = (float(limit) for limit in limits(mean=mean, variance=ratio * mean, alpha=alpha, df=df))
    counts = np.arange(0, int(mean + 60 * np.sqrt(ratio * mean) + 100))
    usual = two_sided(*tails(counts, mean=mean, variance=ratio * mean), df=df) > alpha
    assert (low, high) == (counts[usual].min(), counts[usual].max())


def test_an_estimated_variance_makes_a_count_less_odd():
    parts = tails(60, mean=30, variance=45)
    assert two_sided(*parts) < two_sided(*parts, df=60) < two_sided(*parts, df=10)


def test_a_p_is_never_above_one():
    assert two_sided(*tails(0, mean=0.1, variance=0.1)) == 1.0


def test_the_worked_example_of_the_method_page():
    variance = 1.5 * 100 + 7**2 + 5**2
    assert [float(limit) for limit in limits(mean=100, variance=variance, alpha=0.01, df=60)] == [64, 143]
    assert two_sided(*tails(154, mean=100, variance=variance), df=60) == pytest.approx(0.0021, abs=5e-5)
    needed = limits(mean=100, variance=variance, alpha=0.1 / 84 / 6, df=60)[1] + 1
    assert needed == 169
    _, found = tails(needed, mean=150, variance=1.5 * 150 + 1.5**2 * (7**2 + 5**2))
    assert found == pytest.approx(0.17, abs=0.005)
