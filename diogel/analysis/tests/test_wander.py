"""Wander is learnt where levels wander, and not where only chance moves them."""

import numpy as np
import pytest

from diogel.analysis.baseline import Window
from diogel.analysis.wander import UNLEARNT, learnt


def window(rng: np.random.Generator, *, wander: float, series: int = 150, mean: float = 400.0, asked: bool = True) -> Window:
    level = mean * np.exp(wander * rng.normal(size=series))
    return Window(
        observed=rng.poisson(rng.gamma(level / 0.5, 0.5)).astype(float),
        expected=np.full(series, mean),
        by_chance=np.full(series, 1.5 * mean),
        uncertain=np.zeros(series),
        freedom=np.full(series, 60.0),
        asked=np.full(series, asked),
    )


@pytest.mark.parametrize("wander", [0.05, 0.1, 0.2])
def test_the_wander_put_in_is_the_wander_learnt(wander: float):
    rng = np.random.default_rng(2)
    found = learnt([{"quarter": window(rng, wander=wander)} for _ in range(6)])
    assert found["quarter"] == pytest.approx(wander, rel=0.2)


def test_chance_alone_is_not_taken_for_wander():
    rng = np.random.default_rng(3)
    assert learnt([{"quarter": window(rng, wander=0.0)} for _ in range(6)])["quarter"] < 0.02


def test_a_few_real_events_do_not_teach_wander():
    rng = np.random.default_rng(4)
    quiet = window(rng, wander=0.0)
    quiet.observed[:8] *= 3
    assert learnt([{"quarter": quiet}])["quarter"] < 0.05


def test_a_look_never_taken_before_has_the_wander_of_the_nearest_shorter_one():
    rng = np.random.default_rng(5)
    found = learnt([{"quarter": window(rng, wander=0.1), "level 6": window(rng, wander=0.3, asked=False)} for _ in range(4)])
    assert found["level 6"] == found["quarter"] > 0.05


def test_a_store_too_young_to_teach_takes_what_other_places_showed():
    rng = np.random.default_rng(6)
    assert learnt([{"quarter": window(rng, wander=0.0, series=10)}])["quarter"] == UNLEARNT
    assert learnt([{"quarter": window(rng, wander=0.0, mean=4.0)}])["quarter"] == UNLEARNT


def test_the_three_months_of_a_quarter_share_one_wander():
    rng = np.random.default_rng(7)
    found = learnt([{f"month {step}": window(rng, wander=0.1 * step) for step in (1, 2, 3)} for _ in range(3)])
    assert found["month 1"] == found["month 2"] == found["month 3"]
