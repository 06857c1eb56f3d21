"""Rates carry their denominator, limits are exact, and small bases get no percentage."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from diogel.analysis.rates import Denominator, compare, percent_change, poisson_interval, rate, xmr_limits

NORTH_WALES = Denominator(number=687_000, year=2021, source="Census 2021")


def test_a_rate_says_what_it_is_a_rate_of():
    told = rate(30_000, denominator=NORTH_WALES)
    assert round(told.per_thousand, 1) == 43.7
    assert (told.denominator.year, told.count) == (2021, 30_000)
    assert told.low < told.per_thousand < told.high


def test_a_rate_without_a_denominator_is_refused():
    with pytest.raises(ValueError, match="denominator"):
        rate(5, denominator=None)


@pytest.mark.parametrize(
    "parts",
    [
        {"number": 0, "year": 2021, "source": "Census"},
        {"number": 9, "year": 21, "source": "Census"},
        {"number": 9, "year": 2021, "source": " "},
    ],
)
def test_a_denominator_without_people_year_or_source_is_refused(parts: dict):
    with pytest.raises(ValueError):
        Denominator(**parts)


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0.0, 3.7), (5, 1.6, 11.7), (10, 4.8, 18.4), (20, 12.2, 30.9)])
def test_exact_poisson_limits_are_those_of_the_tables(count: int, low: float, high: float):
    assert [round(limit, 1) for limit in poisson_interval(count)] == [low, high]


@given(st.integers(0, 3000), st.sampled_from([0.8, 0.95, 0.99]))
def test_poisson_limits_are_where_the_count_becomes_improbable(count: int, level: float):
    low, high = poisson_interval(count, level=level)
    tail = (1 - level) / 2
    assert stats.poisson.cdf(count, high) == pytest.approx(tail, rel=1e-6)
    if count:
        assert stats.poisson.sf(count - 1, low) == pytest.approx(tail, rel=1e-6)


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.2, 5))
def test_two_counts_compare_as_a_binomial_summed_term_by_term(count: int, base: int, exposure: float):
    share, total = exposure / (exposure + 1), count + base
    chances = [math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(total + 1)]
    expected = min(1.0, 2 * min(sum(chances[: count + 1]), sum(chances[count:])))
    assert compare(count=count, base=base, exposure=exposure).p == pytest.approx(expected, abs=1e-9)


@given(st.integers(0, 200), st.integers(1, 200), st.floats(0.2, 5))
def test_the_interval_of_a_ratio_leaves_out_one_exactly_when_p_is_small(count: int, base: int, exposure: float):
    told = compare(count=count, base=base, exposure=exposure)
    if abs(told.p - 0.05) > 1e-6:
        assert (told.low > 1 or told.high < 1) == (told.p < 0.05)


def test_ten_days_with_thirty_are_thrice_twenty_days_with_twenty():
    told = compare(count=30, base=20, exposure=10, base_exposure=20)
    interval = stats.binomtest(30, 50, 1 / 3).proportion_ci()
    assert told.ratio == pytest.approx(3)
    assert told.low == pytest.approx(interval.low / (1 - interval.low) * 2)
    assert told.high == pytest.approx(interval.high / (1 - interval.high) * 2)


def test_a_base_of_zero_leaves_the_ratio_without_a_value():
    told = compare(count=4, base=0)
    assert (told.ratio, told.high) == (None, None)
    assert told.low > 0
    assert told.p == pytest.approx(0.125)


def test_nothing_against_nothing_is_not_odd():
    assert compare(count=0, base=0).p == 1.0


def test_an_exposure_of_zero_is_refused():
    with pytest.raises(ValueError, match="exposure"):
        compare(count=1, base=1, exposure=0)


@pytest.mark.parametrize(("now", "base", "change"), [(7, 4, None), (30, 19, None), (30, 20, 50.0), (0, 20, -100.0), (5, 0, None)])
def test_a_percentage_is_told_from_a_base_of_twenty(now: int, base: int, change: float | None):
    assert percent_change(now=now, base=base) == change


def test_no_setting_makes_a_percentage_from_zero():
    assert percent_change(now=5, base=0, least_base=0) is None


def test_xmr_limits_of_the_worked_example():
    limits = xmr_limits([10, 12, 11, 13, 9, 14])
    assert limits.centre == 11.5
    assert limits.range_centre == 2.8
    assert (round(limits.low, 2), round(limits.high, 2), round(limits.range_high, 2)) == (4.05, 18.95, 9.15)


def test_limits_are_not_drawn_over_missing_or_single_values():
    with pytest.raises(ValueError, match="missing"):
        xmr_limits([1.0, math.nan, 2.0])
    with pytest.raises(ValueError, match="two"):
        xmr_limits([1.0])
