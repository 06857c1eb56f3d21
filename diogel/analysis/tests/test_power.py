"""Power reckoned is power drawn: closed forms agree with sums, with simulation and with the engine they speak of."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from diogel.analysis.farrington import MONTHLY, scan
from diogel.analysis.power import LARGEST, Rule, needed_mean, power, smallest_fall, smallest_rise, times_in
from diogel.analysis.tails import tails, two_sided

MEANS = st.floats(0.5, 300)
DISPERSIONS = st.floats(1.0, 4.0)


def summed(ratio: float, mean: float, dispersion: float, wander: float, rule: Rule) -> float:
    """The chance, count by count: of each whether it would be called unusual, and how likely it is."""
    counts = np.arange(0, int(20 * mean * max(ratio, 1) + 400))

    def chances(of: float) -> np.ndarray:
        variance = dispersion * of + (wander * of) ** 2
        return stats.nbinom.pmf(counts, of**2 / (variance - of), of / variance) if variance > 1.0001 * of else stats.poisson.pmf(counts, of)

    at_most, at_least = tails(counts, mean=mean, variance=dispersion * mean + (wander * mean) ** 2)
    odd = two_sided(at_most, at_least, df=rule.df) <= rule.alpha / rule.looks * (1 if rule.is_two_sided else 2)
    side = (counts > mean) & (counts >= rule.least_count) if ratio >= 1 else (counts < mean) & rule.is_two_sided
    return float(chances(ratio * mean)[odd & side].sum())


@given(st.floats(0.05, 4), MEANS, DISPERSIONS, st.sampled_from([0.0, 0.1]), st.booleans(), st.sampled_from([1, 50]))
@settings(max_examples=30, deadline=None)
def test_the_closed_form_is_the_sum_over_counts(ratio: float, mean: float, dispersion: float, wander: float, two: bool, looks: int):
    rule = Rule(is_two_sided=two, looks=looks, df=40, least_count=5)
    closed = float(power(ratio, mean=mean, dispersion=dispersion, wander=wander, rule=rule))
    assert closed == pytest.approx(summed(ratio, mean, dispersion, wander, rule), abs=1e-6)


@pytest.mark.parametrize(("ratio", "mean", "wander"), [(1.5, 40, 0.0), (1.8, 8, 0.0), (0.5, 60, 0.0), (1.4, 150, 0.08), (0.7, 200, 0.08)])
def test_it_is_what_drawn_counts_show(ratio: float, mean: float, wander: float):
    rng, rule, dispersion = np.random.default_rng(1), Rule(), 1.5
    variance = dispersion * mean + (wander * mean) ** 2
    level = ratio * mean * np.exp(wander * rng.normal(size=40_000) - wander**2 / 2)
    counts = rng.poisson(rng.gamma(level / (dispersion - 1), dispersion - 1))
    odd = two_sided(*tails(counts, mean=mean, variance=variance)) <= rule.alpha
    drawn = np.mean(odd & ((counts > mean) == (ratio > 1)))
    assert float(power(ratio, mean=mean, dispersion=dispersion, wander=wander, rule=rule)) == pytest.approx(drawn, abs=0.015)


@pytest.mark.parametrize(("level", "ratio"), [(15.0, 2.0), (40.0, 1.6), (100.0, 1.4)])
def test_it_is_about_what_farringtons_method_finds(level: float, ratio: float):
    rng = np.random.default_rng(2)
    counts = rng.poisson(rng.gamma(np.full((1500, 62), level * 2), 0.5))
    counts[:, 61] = rng.poisson(rng.gamma(level * ratio * 2, 0.5, 1500))
    found = scan(counts, at=[61], options=MONTHLY).is_alarm.mean()
    assert float(power(ratio, mean=level, dispersion=1.5, rule=Rule(is_two_sided=False))) == pytest.approx(found, abs=0.08)


@given(MEANS, DISPERSIONS, st.sampled_from([0.5, 0.8, 0.95]))
@settings(max_examples=20, deadline=None)
def test_the_smallest_rise_and_fall_are_seen_just_often_enough(mean: float, dispersion: float, often: float):
    rule = Rule()
    rise = float(smallest_rise(mean=mean, dispersion=dispersion, rule=rule, often=often))
    assert float(power(rise, mean=mean, dispersion=dispersion, rule=rule)) == pytest.approx(often, abs=1e-6)
    fall = float(smallest_fall(mean=mean, dispersion=dispersion, rule=rule, often=often))
    if np.isnan(fall):
        assert float(power(1e-9, mean=mean, dispersion=dispersion, rule=rule)) < often
    else:
        assert 0 < fall < 1 < rise
        assert float(power(fall, mean=mean, dispersion=dispersion, rule=rule)) >= often - 1e-6


@given(MEANS, DISPERSIONS)
@settings(max_examples=20, deadline=None)
def test_a_stricter_rule_sees_less(mean: float, dispersion: float):
    rises = [float(smallest_rise(mean=mean, dispersion=dispersion, rule=Rule(alpha=alpha))) for alpha in (0.1, 0.01, 0.001)]
    assert rises == sorted(rises)
    many = smallest_rise(mean=mean, dispersion=dispersion, rule=Rule(looks=100))
    assert float(many) >= rises[1]
    assert float(smallest_rise(mean=mean, dispersion=dispersion, rule=Rule(df=10))) >= rises[1]


def test_no_change_is_called_unusual_at_most_as_often_as_alpha_says():
    means = np.geomspace(0.5, 500, 60)
    above = power(1.0, mean=means, dispersion=1.5, rule=Rule(alpha=0.02))
    assert (above <= 0.01 + 1e-9).all()


def test_where_a_few_are_expected_no_fall_can_be_seen():
    assert np.isnan(smallest_fall(mean=3.0, rule=Rule()))
    assert np.isnan(smallest_fall(mean=300.0, rule=Rule(is_two_sided=False)))


def test_a_rule_that_asks_for_thousands_sees_nothing_of_a_few():
    assert np.isnan(smallest_rise(mean=2.0, rule=Rule(least_count=10_000)))
    assert float(smallest_rise(mean=2.0, rule=Rule(least_count=100))) < LARGEST


def test_from_the_needed_mean_on_a_change_is_seen_often_enough():
    for ratio in (1.5, 0.6):
        needed = needed_mean(ratio, dispersion=1.5, rule=Rule())
        beyond = power(ratio, mean=needed * np.geomspace(1.0, 50, 200), dispersion=1.5, rule=Rule())
        assert beyond.min() > 0.77
        assert float(power(ratio, mean=0.8 * needed, dispersion=1.5, rule=Rule())) < 0.8


def test_where_levels_wander_too_far_no_count_is_enough():
    assert needed_mean(1.2, dispersion=1.5, wander=0.2, rule=Rule()) is None
    assert needed_mean(1.2, dispersion=1.5, rule=Rule()) is not None


@pytest.mark.parametrize(
    ("chance", "told"),
    [(0.0, (0, 10)), (0.05, (0, 10)), (0.13, (1, 8)), (0.34, (1, 3)), (0.5, (1, 2)), (0.79, (3, 4)), (0.8, (4, 5)), (0.99, (9, 10)), (1.0, (9, 10))],
)  # fmt: skip
def test_a_chance_is_told_in_small_numbers_that_promise_no_more(chance: float, told: tuple[int, int]):
    assert times_in(chance) == told


@given(st.floats(0, 1))
def test_what_is_told_is_never_above_the_chance(chance: float):
    times, of = times_in(chance)
    assert times / of <= chance + 1e-9
    assert chance - times / of < 0.13


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Rule(alpha=0.0), lambda: Rule(alpha=0.6), lambda: Rule(looks=0), lambda: Rule(df=0), lambda: Rule(least_count=-1),
        lambda: power(1.5, mean=0, rule=Rule()), lambda: power(0, mean=5, rule=Rule()), lambda: power(1.5, mean=np.nan, rule=Rule()),
        lambda: power(1.5, mean=5, dispersion=0.5, rule=Rule()), lambda: power(1.5, mean=5, wander=-1, rule=Rule()),
        lambda: power(1.5, mean="many", rule=Rule()), lambda: power([1, 2], mean=[1, 2, 3], rule=Rule()),
        lambda: smallest_rise(mean=5, rule=Rule(), often=1.0), lambda: smallest_fall(mean=5, rule=Rule(), often=0),
        lambda: needed_mean(1.0, rule=Rule()), lambda: times_in(1.5),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError):
        wrong()


def test_the_worked_examples_of_the_method_page():
    plain = Rule()
    assert [round(float(smallest_rise(mean=mean, dispersion=1.5, rule=plain)), 2) for mean in (40, 120)] == [1.78, 1.42]
    assert [round(float(smallest_fall(mean=mean, dispersion=1.5, rule=plain)), 2) for mean in (40, 120)] == [0.43, 0.65]
    assert float(power(1.8, mean=4, dispersion=1.2, rule=Rule(is_two_sided=False))) == pytest.approx(0.125, abs=0.03)
    assert 80 < (needed_mean(1.5, dispersion=1.5, rule=plain) or 0) < 95
    among = Rule(alpha=0.1, looks=84 * 6, df=60)
    assert float(power(1.5, mean=100, dispersion=1.5, wander=np.sqrt(7**2 + 5**2) / 100, rule=among)) == pytest.approx(0.17, abs=0.005)


def test_degrees_of_freedom_may_differ_from_mean_to_mean():
    means, freedoms = np.array([40.0, 120.0]), np.array([12.0, 60.0])
    together = power(1.5, mean=means, dispersion=1.5, rule=Rule(df=freedoms))
    alone = [power(1.5, mean=mean, dispersion=1.5, rule=Rule(df=freedom)) for mean, freedom in zip(means, freedoms, strict=True)]
    assert together == pytest.approx([float(one) for one in alone])
    with pytest.raises(ValueError, match="degrees of freedom"):
        Rule(df=np.array([3.0, 0.0]))
