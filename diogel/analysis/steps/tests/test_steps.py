"""Steps are placed as by trying every cut, found where they are, and seldom where they are not."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.steps import find, place
from diogel.analysis.steps.placing import LEAST, placed, read

MONTHS = np.arange(48)


def drawn(
    rng: np.random.Generator, *, series: int, ratio: float = 1.0, at: int = 30, level: float = 40.0, season: float = 0.0
) -> np.ndarray:
    mean = level * np.exp(season * np.cos(2 * np.pi * MONTHS / 12)) * np.where(at <= MONTHS, ratio, 1.0)
    return rng.poisson(rng.gamma(np.broadcast_to(mean * 2, (series, len(MONTHS))), 0.5))


def slowly(counts: np.ndarray, known: np.ndarray, exposure: np.ndarray, steps: int) -> float:
    """The greatest likelihood over every cut there is, one after the other."""
    best = -np.inf
    for cuts in combinations(range(1, len(counts)), steps):
        total = 0.0
        for start, end in zip((0, *cuts), (*cuts, len(counts)), strict=True):
            here = [at for at in range(start, end) if known[at]]
            if len(here) < LEAST:
                total = -np.inf
                break
            cases, base = sum(counts[at] for at in here), sum(exposure[at] for at in here)
            total += (cases * np.log(cases / base) if cases else 0.0) - cases
        best = max(best, total)
    return best


@given(st.integers(0, 10**6), st.integers(1, 3), st.booleans())
@settings(max_examples=20, deadline=None)
def test_cuts_are_the_best_of_all_cuts(seed: int, steps: int, gappy: bool):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.uniform(0, 6), size=(3, 17))
    known = rng.random(counts.shape) > (0.1 if gappy else 0)
    known[:, :14] |= known.sum(axis=1)[:, None] < LEAST * (steps + 1)
    exposure = rng.uniform(0.5, 2, 17)
    found = placed(read(counts, known=known if gappy else None, exposure=exposure), steps)
    for row in range(3):
        slow = slowly(counts[row], known[row] if gappy else np.ones(17, bool), exposure, steps)
        logs = np.log(np.maximum(found.shape[row], 1e-12)) * counts[row] * (found.shape[row] > 0)
        assert found.likelihood[row] - logs.sum() == pytest.approx(slow, rel=1e-9, abs=1e-6)


@given(st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_a_series_read_backwards_is_cut_at_the_same_place(seed: int):
    counts = drawn(np.random.default_rng(seed), series=1, ratio=3.0)
    assert place(counts)[0, 0] == len(MONTHS) - place(counts[:, ::-1])[0, 0]


@given(st.integers(0, 10**6), st.floats(0.1, 50))
@settings(max_examples=20, deadline=None)
def test_the_unit_of_the_exposure_says_nothing(seed: int, unit: float):
    counts, exposure = drawn(np.random.default_rng(seed), series=2), np.resize([31.0, 28.0, 31.0, 30.0], 48)
    assert (place(counts, exposure=exposure) == place(counts, exposure=exposure * unit)).all()


def test_missing_periods_are_never_read_and_are_no_zeros():
    counts = drawn(np.random.default_rng(1), series=1, ratio=1.6)
    known = np.ones(48, dtype=bool)
    known[10:16] = False
    spoilt = np.where(known, counts, 9_999)
    answers = [find(one, rng=np.random.default_rng(2), known=known[None], most=1, trials=99) for one in (counts, spoilt)]
    assert answers[0] == answers[1]
    assert [step.earliest <= 30 <= step.latest for step in answers[0][0].steps] == [True]
    assert answers[0][0].steps[0].ratio == pytest.approx(1.6, abs=0.2)


def test_a_step_is_dated_sized_and_told_with_its_limits():
    counts = drawn(np.random.default_rng(3), series=25, ratio=1.5, season=0.15)
    found = find(counts, rng=np.random.default_rng(4), per_year=12, most=1, alpha=0.05, trials=99)
    steps = [one.steps[0] for one in found if one.steps]
    assert len(steps) >= 23
    assert np.mean([step.earliest <= 30 <= step.latest for step in steps]) >= 0.85
    assert np.mean([step.low <= 1.5 <= (step.high or 0) for step in steps]) >= 0.8
    assert np.mean([step.ratio for step in steps]) == pytest.approx(1.5, abs=0.08)
    assert all(step.earliest <= step.at <= step.latest for step in steps)


def test_restless_series_without_a_step_seldom_have_one():
    counts = drawn(np.random.default_rng(5), series=120)
    found = find(counts, rng=np.random.default_rng(6), most=1, alpha=0.05, trials=99)
    assert np.mean([bool(one.steps) for one in found]) < 0.11
    assert np.mean([one.p <= 0.5 for one in found]) == pytest.approx(0.5, abs=0.16)


def test_a_plain_season_is_no_step():
    counts = drawn(np.random.default_rng(7), series=30, season=0.5)
    assert sum(bool(one.steps) for one in find(counts, rng=np.random.default_rng(8), per_year=12, most=1, trials=99)) <= 3


def test_there_and_back_are_two_steps():
    counts = drawn(np.random.default_rng(9), series=2)
    counts[:, 20:30] *= 2
    for one in find(counts, rng=np.random.default_rng(10), trials=199):
        assert [step.earliest <= at <= step.latest for step, at in zip(one.steps, (20, 30), strict=True)] == [True, True]
        assert len(one.levels) == 3


def test_one_month_alone_is_no_step_of_its_own():
    counts = np.full((1, 48), 30)
    counts[0, 20] = 60
    for one in find(counts, rng=np.random.default_rng(11), most=1, trials=99):
        assert one.steps == ()


def test_the_same_seed_gives_the_same_answer():
    counts = drawn(np.random.default_rng(12), series=2, ratio=1.3)
    one, two = (find(counts, rng=np.random.default_rng(13), most=1, trials=99) for _ in range(2))
    assert one == two


def test_from_nothing_there_is_no_ratio_but_a_least_one():
    (one,) = find(np.repeat([0, 12], 24), rng=np.random.default_rng(14), most=1, trials=199)
    assert (one.steps[0].at, one.steps[0].ratio, one.steps[0].high) == (24, None, None)
    assert one.steps[0].low > 10


@pytest.mark.parametrize("counts", [np.zeros((1, 48)), np.full((1, 48), 5), np.ones((1, 1)), np.full((1, 48), 10**8)])
def test_dull_short_and_huge_series_have_no_step_and_no_failure(counts: np.ndarray):
    (one,) = find(counts, rng=np.random.default_rng(15), most=1, trials=39)
    assert one.steps == ()
    assert one.is_short == (counts.shape[1] < 2 * LEAST)


@pytest.mark.parametrize(
    ("counts", "more"),
    [
        ([-1] * 12, {}), ([0.5] * 12, {}), (["many"] * 12, {}), ([np.nan] * 12, {}), ([], {}), ([1] * 12, {"known": [True] * 5}),
        ([1] * 12, {"exposure": [0.0] * 12}), ([1] * 12, {"exposure": [1.0] * 5}), ([1] * 12, {"per_year": 1}), ([1] * 12, {"most": 0}),
        ([1] * 12, {"alpha": 0.0}), ([1] * 12, {"level": 1.0}), ([1] * 12, {"trials": 3}),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(counts: list, more: dict):
    with pytest.raises(ValueError):
        find(counts, rng=np.random.default_rng(0), **more)


def test_too_short_a_series_is_not_cut():
    with pytest.raises(ValueError, match="at least 6"):
        place(np.ones((1, 5)))


def test_the_worked_example_of_the_method_page():
    counts = np.repeat([20, 30], [24, 12])
    (one,) = find(counts, rng=np.random.default_rng(16), most=1, trials=399)
    step = one.steps[0]
    assert (step.at, step.earliest, step.latest, step.ratio) == (24, 22, 25, 1.5)
    assert (round(step.low, 2), round(step.high or 0, 2)) == (1.3, 1.73)
