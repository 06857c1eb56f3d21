"""Farrington's method, all series together, equals the same done slowly for one, and refuses what makes no sense."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.farrington import MONTHLY, WEEKLY, Options, scan
from diogel.analysis.farrington.layout import layouts
from diogel.analysis.farrington.tests.slowly import baseline, judged

LIMITS = ("delta", "nbPlugin", "muan")


def drawn(
    rng: np.random.Generator, *, series: int, periods: int, level: float = 20.0, per_year: int = 12, yearly: float = 0.0
) -> np.ndarray:
    time = np.arange(periods)
    mean = level * np.exp(yearly * (time - periods + 1) / per_year + 0.2 * np.cos(2 * np.pi * time / per_year))
    return rng.poisson(rng.gamma(np.broadcast_to(mean * 2, (series, periods)), 0.5))


@pytest.mark.parametrize(
    "base", [MONTHLY, replace(WEEKLY, years=3), replace(MONTHLY, seasons=1, left_out=2, reweights=False), replace(MONTHLY, trend_p=1.0)]
)
@pytest.mark.parametrize("limit", LIMITS)
def test_a_batch_equals_one_series_after_the_other_done_slowly(base: Options, limit: str):
    options = replace(base, limit=limit)
    periods = options.reach + 3
    rng = np.random.default_rng(3)
    counts = drawn(rng, series=5, periods=periods, per_year=options.per_year, yearly=0.1)
    counts[:, -options.per_year - 1] *= 4
    whole = scan(counts, options=options)
    for row in range(5):
        for column, period in enumerate(whole.at):
            slow = judged(counts[row], int(period), options)
            assert whole.expected[row, column] == pytest.approx(slow["expected"], rel=1e-7)
            assert whole.upper[row, column] == pytest.approx(slow["upper"], rel=1e-7)
            assert whole.dispersion[row, column] == pytest.approx(slow["dispersion"], rel=1e-6)
            assert whole.has_trend[row, column] == slow["has_trend"]
            assert whole.trend_p[row, column] == pytest.approx(slow["trend_p"], rel=1e-5, abs=1e-12)


@given(st.integers(0, 10**6), st.sampled_from(LIMITS), st.booleans())
@settings(max_examples=25, deadline=None)
def test_what_comes_later_and_who_stands_beside_change_nothing(seed: int, limit: str, compatible: bool):
    options = replace(MONTHLY, limit=limit, is_compatible=compatible)
    rng = np.random.default_rng(seed)
    counts = drawn(rng, series=4, periods=70, level=float(rng.uniform(0.1, 60)))
    alone = scan(counts[1], at=[64], options=options)
    spoilt = counts.copy()
    spoilt[:, 65:], spoilt[0] = 10**6, 7
    among = scan(spoilt, at=[64, 66], options=options)
    assert among.upper[1, 0] == pytest.approx(alone.upper[0, 0], rel=1e-9, nan_ok=True)
    assert among.is_alarm[1, 0] == alone.is_alarm[0, 0]


@given(st.integers(0, 10**6), st.sampled_from(LIMITS))
@settings(max_examples=25, deadline=None)
def test_a_rarer_alarm_has_a_higher_bound(seed: int, limit: str):
    counts = drawn(np.random.default_rng(seed), series=3, periods=64, level=8)
    bounds = [scan(counts, at=[63], options=replace(MONTHLY, limit=limit, alpha=alpha)).upper for alpha in (0.1, 0.01, 0.001)]
    assert (bounds[0] <= bounds[1]).all()
    assert (bounds[1] <= bounds[2]).all()


@given(st.lists(st.lists(st.integers(0, 3), min_size=62, max_size=62), min_size=1, max_size=3), st.sampled_from(LIMITS), st.booleans())
@settings(max_examples=40, deadline=None)
def test_few_cases_or_none_give_bounds_that_are_numbers(counts: list[list[int]], limit: str, compatible: bool):
    found = scan(counts, at=[61], options=replace(MONTHLY, limit=limit, is_compatible=compatible))
    assert compatible or np.isfinite(found.upper).all()
    assert (np.nan_to_num(found.upper) >= 0).all()
    assert ((found.p >= 0) & (found.p <= 1))[~np.isnan(found.p)].all()


def test_missing_periods_are_never_read_and_are_no_zeros():
    counts = drawn(np.random.default_rng(5), series=2, periods=62)
    known = np.ones(counts.shape, dtype=bool)
    known[0, [3, 20, 21, 40]] = False
    spoilt = np.where(known, counts, 99_999)
    honest, zeros = scan(spoilt, at=[61], known=known), scan(np.where(known, counts, 0), at=[61])
    assert honest.expected[1] == zeros.expected[1]
    assert honest.expected[0] == scan(np.where(known, counts, 5), at=[61], known=known).expected[0]
    assert np.isnan(scan(counts, at=[61], known=np.arange(62) < 61).p).all()
    assert not scan(counts, at=[61], known=np.arange(62) < 61).is_alarm.any()


def test_a_rise_is_found_and_an_old_spike_hides_it_little():
    counts = drawn(np.random.default_rng(6), series=300, periods=66, level=30)
    counts[:, 65] = counts[:, 65] * 2 + 5
    spiked = counts.copy()
    spiked[:, 65 - 24] *= 5
    robust, naive = (scan(spiked, at=[65], options=replace(MONTHLY, reweights=on)).is_alarm.mean() for on in (True, False))
    assert scan(counts, at=[65]).is_alarm.mean() > 0.75
    assert robust > 0.65
    assert naive < 0.4


def test_ordinary_series_alarm_about_as_seldom_as_promised():
    counts = drawn(np.random.default_rng(7), series=4000, periods=66, level=40)
    share = scan(counts, at=[65], options=replace(MONTHLY, alpha=0.01)).is_alarm.mean()
    assert 0.004 < share < 0.022


def test_where_this_time_of_year_was_always_quiet_a_first_cluster_still_alarms():
    counts = np.zeros((1, 62), dtype=int)
    counts[0, 61] = 8
    found = scan(counts, at=[61])
    assert found.is_alarm.all()
    assert 0 < found.expected[0, 0] < 0.1


def test_a_handful_in_a_month_is_not_asked_about():
    counts = np.zeros((1, 62), dtype=int)
    counts[0, 61] = 4
    assert not scan(counts, at=[61]).is_alarm.any()
    assert scan(counts, at=[61], options=replace(MONTHLY, least_cases=4)).is_alarm.all()


def test_a_trend_is_kept_where_it_is_sure_and_never_from_two_years():
    counts = drawn(np.random.default_rng(8), series=100, periods=66, level=100, yearly=-0.2)
    assert scan(counts, at=[65]).has_trend.mean() > 0.95
    assert scan(counts, at=[65]).slope.mean() == pytest.approx(-0.2 / 12, rel=0.1)
    assert not scan(counts, at=[65], options=replace(MONTHLY, years=2)).has_trend.any()
    assert not scan(counts, at=[65], options=replace(MONTHLY, has_trend=False)).has_trend.any()


def test_without_a_trend_the_right_dispersion_keeps_few_and_the_peers_keeps_many():
    counts = drawn(np.random.default_rng(9), series=1500, periods=67, level=40)
    ours, peers = (scan(counts, at=[66], options=replace(MONTHLY, is_compatible=on)).has_trend.mean() for on in (False, True))
    assert ours < 0.09
    assert peers > 0.6


def test_exposure_only_counts_as_a_proportion():
    counts = drawn(np.random.default_rng(10), series=3, periods=62)
    days = np.resize([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], 62)
    by_days, by_shares = (scan(counts, at=[61], exposure=one).expected for one in (days, days / 30.4))
    assert by_days == pytest.approx(by_shares, rel=1e-9)
    doubled = np.where(np.arange(62) == 61, 2.0, 1.0)
    level = replace(MONTHLY, has_trend=False)
    twice = scan(counts, at=[61], exposure=doubled, options=level).expected
    assert twice == pytest.approx(2 * scan(counts, at=[61], options=level).expected)


@given(st.integers(4, 60), st.integers(1, 6), st.integers(0, 8), st.integers(1, 12), st.integers(0, 40))
def test_the_baseline_is_that_of_the_slow_one(per_year: int, years: int, window: int, seasons: int, left_out: int):
    if per_year - 2 * window - 1 < max(seasons - 1, 0):
        with pytest.raises(ValueError):
            Options(per_year=per_year, years=years, half_window=window, seasons=seasons)
        return
    options = Options(per_year=per_year, years=years, half_window=window, seasons=seasons, left_out=left_out)
    period = options.reach + 5
    slow = baseline(period, options)
    if not any(bin_ == seasons - 1 for _, bin_ in slow):
        with pytest.raises(ValueError, match="nothing of this time of year"):
            layouts(np.array([period]), options=options, days=None)
        return
    (layout,) = layouts(np.array([period]), options=options, days=None)
    assert list(zip((period + layout.offsets).tolist(), layout.bins.tolist(), strict=True)) == slow


def test_years_of_fifty_three_weeks_move_the_anniversary():
    first = date(2014, 1, 6).toordinal()
    days = np.arange(first, first + 7 * 330, 7)
    counts = drawn(np.random.default_rng(11), series=2, periods=330, per_year=52)
    level = replace(WEEKLY, has_trend=False)
    dated, counted = scan(counts, days=days, options=level), scan(counts, options=level)
    assert dated.upper.shape == counted.upper.shape
    assert (dated.expected != counted.expected).any()
    assert dated.expected == pytest.approx(counted.expected, rel=0.35)


@pytest.mark.parametrize(
    "wrong",
    [
        {"years": 0}, {"half_window": -1}, {"seasons": 0}, {"seasons": 60}, {"half_window": 30}, {"alpha": 0.0}, {"alpha": 0.7},
        {"trend_p": 2.0}, {"outlier": 0.0}, {"limit": "gamma"}, {"over_periods": 0}, {"per_year": 1}, {"left_out": -1},
    ],
)  # fmt: skip
def test_settings_without_sense_are_refused(wrong: dict):
    with pytest.raises(ValueError):
        Options(**wrong)


ORDINARY = np.ones((2, 62))


@pytest.mark.parametrize(
    ("counts", "more", "said"),
    [
        (np.ones((2, 50)), {}, "no period has"),
        (np.zeros((0, 62)), {}, "at least one"),
        (np.zeros((2, 0)), {}, "at least one"),
        (np.ones((2, 2, 62)), {}, "series by periods"),
        (-ORDINARY, {}, "whole numbers"),
        (ORDINARY / 2, {}, "whole numbers"),
        (ORDINARY * np.nan, {}, "missing is not zero"),
        ([["many"] * 62], {}, "numbers"),
        (ORDINARY, {"at": [5]}, "lies between"),
        (ORDINARY, {"at": [62]}, "lies between"),
        (ORDINARY, {"known": np.ones((3, 62))}, "known has shape"),
        (ORDINARY, {"exposure": np.ones(61)}, "exposure has shape"),
        (ORDINARY, {"exposure": np.zeros(62)}, "above zero"),
        (ORDINARY, {"days": range(61)}, "ordinals"),
        (ORDINARY, {"days": [0] * 62}, "ordinals"),
    ],
)  # fmt: skip
def test_counts_without_sense_are_refused(counts, more: dict, said: str):
    with pytest.raises(ValueError, match=said):
        scan(counts, **more)


def test_constant_and_huge_series_get_a_bound():
    assert scan(np.full((1, 62), 7), at=[61]).upper[0, 0] == 14
    huge = scan(np.full((1, 62), 10**9), at=[61])
    assert np.isfinite(huge.upper).all()
    assert not huge.is_alarm.any()


def test_a_series_of_which_nothing_came_says_nothing():
    found = scan(np.zeros((1, 62)), at=[61], known=np.zeros((1, 62), dtype=bool))
    assert np.isnan(found.upper).all()
    assert not found.is_alarm.any()
