"""Many series looked at together: what is called unusual keeps its promised share of false calls."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from diogel.analysis.multiplicity import adjusted, by_chance, lone_bar, together

PAPER = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
"""The fifteen p-values of the worked example in Benjamini and Hochberg (1995)."""


def test_the_example_of_the_paper_calls_four_at_five_per_cent():
    q = adjusted(PAPER)
    assert int((q <= 0.05).sum()) == 4
    assert q[3] == pytest.approx(0.0095 * 15 / 4)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.floats(0.001, 0.999))
def test_q_calls_what_stepping_up_by_hand_calls(p: list[float], rate: float):
    ordered = sorted(p)
    steps = [k for k in range(1, len(p) + 1) if ordered[k - 1] * len(p) / k <= rate]
    bar = ordered[max(steps) - 1] if steps else -1.0
    assert ((adjusted(p) <= rate) == (np.array(p) <= bar)).all()


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20), st.randoms())
def test_q_does_not_depend_on_the_order_of_the_series(p: list[float], random):
    order = list(range(len(p)))
    random.shuffle(order)
    assert adjusted([p[at] for at in order]) == pytest.approx(adjusted(p)[order])


def test_nothing_looked_at_gives_nothing():
    assert adjusted([]).tolist() == []


@pytest.mark.parametrize("p", [[0.5, float("nan")], [-0.1], [1.1]])
def test_a_missing_p_is_refused(p: list[float]):
    with pytest.raises(ValueError, match="between 0 and 1"):
        adjusted(p)


@given(st.lists(st.floats(1e-12, 0.98), min_size=1, max_size=8))
def test_several_looks_make_one_cauchy_deviate(p: list[float]):
    mean = np.mean(stats.cauchy.isf(p))
    assert together([p], asked=[[True] * len(p)])[0] == pytest.approx(stats.cauchy.sf(mean), rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("p", [1e-12, 1e-5, 1e-3])
def test_one_odd_look_among_six_counts_as_if_six_times_as_large(p: float):
    assert together([[p, 0.5, 0.6, 0.4, 0.5, 0.5]], asked=[[True] * 6])[0] == pytest.approx(6 * p, rel=0.02)


def test_looks_that_agree_count_for_more_than_one_alone():
    alone, agreeing = together([[0.001, 0.5, 0.5], [0.001, 0.002, 0.001]], asked=[[True] * 3] * 2)
    assert agreeing < alone / 2


def test_a_look_that_was_not_taken_costs_nothing():
    p = [[0.01, 0.0, 1.0]]
    assert together(p, asked=[[True, False, False]])[0] == pytest.approx(0.01)
    assert together(p, asked=[[False, False, False]])[0] == 1.0


def test_a_dull_look_cannot_undo_a_very_odd_one():
    assert together([[1e-6, 1.0, 1.0]], asked=[[True] * 3])[0] < 1e-5


def test_correlated_quiet_looks_are_not_called_more_often_than_promised():
    rng = np.random.default_rng(11)
    shared = rng.normal(size=(40_000, 1))
    deviates = np.sqrt(0.6) * shared + np.sqrt(0.4) * rng.normal(size=(40_000, 6))
    p = 2 * stats.norm.sf(np.abs(deviates))
    called = (together(p, asked=np.ones(p.shape, dtype=bool)) <= 0.01).mean()
    assert called < 0.0125


def test_what_chance_alone_shows_is_told():
    assert by_chance(looked_at=84, alpha=0.01) == pytest.approx(0.84)
    assert lone_bar(looked_at=84, rate=0.1) == pytest.approx(0.1 / 84)
    assert lone_bar(looked_at=0, rate=0.1) == pytest.approx(0.1)


def test_the_worked_example_of_the_method_page():
    assert together([[0.0012, 0.04, 0.3, 0.02, 0.5, 0.8]], asked=[[True] * 6])[0] == pytest.approx(0.0066, abs=5e-5)
