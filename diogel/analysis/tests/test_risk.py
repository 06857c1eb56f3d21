"""Scores keep their spread, confidence stays beside them, and a rank says what a step would do to it."""

from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis import risk
from diogel.analysis.risk import agreed, scored, survival
from diogel.analysis.risk_methods import OURS, method_on, read_methods

DAY = date(2026, 6, 1)
METHODS = read_methods()
HARM = method_on(METHODS, "harm-and-likelihood", DAY)
SQUARE = method_on(METHODS, "four-by-four", DAY)


def of_harm(**values: int) -> dict[str, int]:
    return {name: factor.low if name != "trend" else 0 for name, factor in HARM.factors.items()} | values


def of_square(impact: int, likelihood: int) -> dict[str, int]:
    return {"impact": impact, "likelihood": likelihood}


def rng() -> np.random.Generator:
    return np.random.default_rng(11)


def values_of(method) -> st.SearchStrategy:
    return st.fixed_dictionaries({name: st.integers(factor.low, factor.high) for name, factor in method.factors.items()})


def test_the_methods_span_what_they_say():
    assert (HARM.lowest, HARM.highest, len(HARM.risk_factors)) == (0, 120, 8)
    assert (SQUARE.lowest, SQUARE.highest) == (1, 16)
    assert [HARM.band(score) for score in (0, 17, 18, 36, 59, 60, 120)] == [
        "low",
        "low",
        "medium",
        "medium_high",
        "medium_high",
        "high",
        "high",
    ]


def test_the_worked_example_of_the_method_page():
    values = of_harm(physical=3, psychological=3, financial=1, community=2, expectation=2, environmental=0, volume=4, trend=1, capacity=4)
    found = scored(HARM, values, confidence="C")
    assert (found.parts["harm"], found.parts["likelihood"], found.score, found.band, found.position) == (11, 5, 55, "medium_high", 6)
    assert (found.confidence, found.version) == ("C", "2026-1")


@given(values_of(HARM), st.sampled_from("ABCD"))
def test_a_score_is_harm_times_likelihood_and_confidence_is_no_part_of_it(values: dict, confidence: str):
    harm = sum(values[name] for name in ("physical", "psychological", "financial", "community", "expectation", "environmental"))
    found = scored(HARM, values, confidence=confidence)
    assert found.score == harm * min(max(values["volume"] + values["trend"], 1), 5)
    assert found.score == scored(HARM, values, confidence="A").score
    assert 0 <= found.score <= 120


def test_a_rise_cannot_pass_the_top_of_its_part():
    assert scored(HARM, of_harm(physical=1, volume=4, trend=1), confidence="A").score == 5
    assert scored(HARM, of_harm(physical=1, volume=1, trend=-1), confidence="A").score == 1


def test_what_scorers_agree_on_counts_and_what_each_gave_is_kept():
    given = [of_square(2, 4), of_square(4, 4), of_square(3, 4)]
    found = agreed(SQUARE, given, consensus={"impact": 4})
    assert (found.values, found.given["impact"], found.spread("impact")) == (of_square(4, 4), (2, 3, 4), 2)
    assert (found.unsettled, found.overruled, found.is_independent) == ((), (), True)


def test_without_agreement_the_middle_counts_for_the_time_being_and_is_unsettled():
    found = agreed(SQUARE, [of_square(1, 2), of_square(4, 2)])
    assert (found.values, found.unsettled) == (of_square(4, 2), ("impact",))
    alone = agreed(SQUARE, [of_square(1, 2)])
    assert (alone.unsettled, alone.is_independent) == ((), False)
    assert agreed(SQUARE, [of_square(1, 2)] * 2, consensus={"likelihood": 3}).overruled == ("likelihood",)


def moved_every_way(method, themes: dict) -> list[dict]:
    """The slow twin: all ways to move every value of every theme down, not at all, or up, within its scale."""
    places = [(theme, name) for theme in themes for name in method.risk_factors]
    ways = [
        [v for v in (themes[t][n] - 1, themes[t][n], themes[t][n] + 1) if method.factors[n].low <= v <= method.factors[n].high]
        for t, n in places
    ]
    found = []
    for moves in product(*ways):
        changed = {theme: dict(values) for theme, values in themes.items()}
        for (theme, name), value in zip(places, moves, strict=True):
            changed[theme][name] = value
        found.append(changed)
    return found


def rank_of(method, themes: dict, theme: str) -> int:
    scores = {name: method.score(values) for name, values in themes.items()}
    return 1 + sum(score > scores[theme] for score in scores.values())


@settings(max_examples=25, deadline=None)
@given(st.lists(values_of(SQUARE), min_size=1, max_size=3))
def test_trying_every_change_gives_the_same_ranges_and_the_same_share(many: list):
    themes = {f"theme {at}": values for at, values in enumerate(many)}
    every = moved_every_way(SQUARE, themes)
    single = [changed for changed in every if sum(changed[t][n] != themes[t][n] for t in themes for n in SQUARE.risk_factors) <= 1]
    for one in survival(SQUARE, themes, rng=rng()):
        ranks, singly = ([rank_of(SQUARE, changed, one.theme) for changed in some] for some in (every, single))
        scores = [SQUARE.score(changed[one.theme]) for changed in every]
        assert one.rank == rank_of(SQUARE, themes, one.theme)
        assert one.any_change == (min(ranks), max(ranks))
        assert one.one_change == (min(singly), max(singly))
        assert one.kept == pytest.approx(np.mean([rank == one.rank for rank in ranks]))
        assert one.bands == (SQUARE.band(min(scores)), SQUARE.band(max(scores)))


def moved_once(method, themes: dict) -> list[dict]:
    """The slow twin of one change: nothing moved, and each single value of each theme moved down or up."""
    found = [themes]
    for theme, values in themes.items():
        for name in method.risk_factors:
            for value in (values[name] - 1, values[name] + 1):
                if method.factors[name].low <= value <= method.factors[name].high:
                    found.append(themes | {theme: values | {name: value}})
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(values_of(HARM), min_size=1, max_size=6))
def test_trying_every_single_change_of_many_factors_gives_the_same_ranges(many: list):
    themes = {f"theme {at}": values for at, values in enumerate(many)}
    every = moved_once(HARM, themes)
    for at, (theme, values) in enumerate(themes.items()):
        ranks = [rank_of(HARM, changed, theme) for changed in every]
        assert risk._one_change(*one_change_of(themes), at) == (min(ranks), max(ranks))
        assert values == themes[theme]


def one_change_of(themes: dict) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    moved = [risk._one_step(HARM, values) for values in themes.values()]
    now = np.array([HARM.score(values) for values in themes.values()])
    return now, np.array([min(one) for one in moved]), np.array([max(one) for one in moved])


def test_a_rank_may_rise_because_another_falls():
    """55 at most against 56; but one step down in likelihood takes the other from 56 to 42."""
    themes = {
        "own": of_harm(physical=4, psychological=4, financial=2, volume=4, trend=1),
        "other": of_harm(physical=4, psychological=4, financial=4, community=2, volume=4),
    }
    found = {one.theme: one for one in survival(HARM, themes, rng=rng())}
    assert (found["own"].score, found["other"].score) == (50, 56)
    assert found["own"].one_change == (1, 2)


def test_ranks_that_are_drawn_agree_with_those_that_are_reckoned(monkeypatch):
    themes = {"a": of_harm(physical=4, volume=3), "b": of_harm(physical=3, community=2, volume=2), "c": of_harm(financial=1, volume=2)}
    exact = survival(HARM, themes, rng=rng())
    monkeypatch.setattr(risk, "MOST_STATES", 10)
    drawn = survival(HARM, themes, rng=rng(), draws=4000)
    assert (exact[0].is_exact, drawn[0].is_exact) == (True, False)
    assert [one.kept for one in drawn] == pytest.approx([one.kept for one in exact], abs=0.03)
    assert drawn == survival(HARM, themes, rng=rng(), draws=4000)


def test_equal_scores_share_a_rank_and_one_that_stands_far_above_keeps_it():
    themes = {"far": of_square(4, 4), "one": of_square(2, 2), "other": of_square(1, 4)}
    found = {one.theme: one for one in survival(SQUARE, themes, rng=rng())}
    assert (found["one"].rank, found["other"].rank) == (2, 2)
    assert found["far"].one_change == (1, 1)
    assert found["far"].any_change == (1, 1)
    assert found["one"].one_change == (2, 3)


def test_nothing_to_rank_is_no_error():
    assert survival(SQUARE, {}, rng=rng()) == ()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"impact": 2}, "likelihood has no value"),
        (of_square(5, 1), "impact is a whole number from 1 to 4, not 5"),
        (of_square(0, 1), "not 0"),
        ({"impact": 2.5, "likelihood": 1}, "not 2.5"),
        ({"impact": True, "likelihood": 1}, "not True"),
        (of_square(1, 1) | {"harm": 2}, "harm is no factor"),
    ],
)
def test_values_that_are_not_on_the_scale_are_refused(values: dict, says: str):
    for work in (
        lambda: scored(SQUARE, values, confidence="A"),
        lambda: agreed(SQUARE, [values]),
        lambda: survival(SQUARE, {"a": values}, rng=rng()),
    ):
        with pytest.raises(ValueError, match=says):
            work()


def test_a_score_without_confidence_or_scorers_is_refused():
    with pytest.raises(ValueError, match="A, B, C or D"):
        scored(SQUARE, of_square(1, 1), confidence="E")
    with pytest.raises(ValueError, match="nobody"):
        agreed(SQUARE, [])
    with pytest.raises(ValueError, match="no factor"):
        agreed(SQUARE, [of_square(1, 1)], consensus={"harm": 1})


def test_a_method_is_that_of_its_day():
    assert method_on(METHODS, "four-by-four", date(2026, 1, 1)).version == "2026-1"
    with pytest.raises(KeyError, match="2025-12-31"):
        method_on(METHODS, "four-by-four", date(2025, 12, 31))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('role = "position"', 'role = "other"', "role"),
        ("at_least = 1\n", "at_least = 2\n", "bands"),
        ('code = "physical"', 'code = "volume"', "twice"),
        ('["Isel", "Low"]', '["", "Low"]', "both languages"),
        ('name_cy = "Effaith"', 'name = "Effaith"', "which no factor has"),
        ('name_cy = "Effaith a th', 'name = "Effaith a th', "no name_cy"),
        ('code = "four-by-four"', 'code = "harm-and-likelihood"', "one version of a method twice"),
        ("[[method]]", "[[method", "no methods that can be read"),
    ],
)
def test_a_file_of_methods_that_cannot_be_scored_by_is_refused(tmp_path: Path, old: str, new: str, says: str):
    text = OURS.read_text()
    assert old in text
    path = tmp_path / "methods.toml"
    path.write_text(text.replace(old, new))
    with pytest.raises(ValueError, match=says):
        read_methods(path)
