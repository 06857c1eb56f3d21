"""The paper's worked example to the last figure, the standard error against simulation, and no senseless comparison."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diogel.analysis.evaluation import Counts, Span, Verdict, evaluate
from diogel.analysis.rates import compare

BEFORE = Span(first=date(2020, 1, 1), last=date(2020, 12, 30))
AFTER = Span(first=date(2021, 1, 1), last=date(2021, 12, 31))
COUNTS = st.builds(lambda before, after: Counts(before=before, after=after), st.integers(0, 400), st.integers(0, 400))


def both(**areas):
    return evaluate(before=BEFORE, after=AFTER, **areas)


def test_the_worked_example_of_the_paper():
    """Wheeler and Ratcliffe (2018): 118 fewer, standard error 39.6, z -2.98, limits -196 to -40."""
    found = both(
        target=Counts(before=207, after=110), control=Counts(before=308, after=318),
        buffer=Counts(before=178, after=157), buffer_control=Counts(before=150, after=140),
    )  # fmt: skip
    assert (found.local.events, found.displaced.events, found.total.events) == (-107, -11, -118)
    assert found.total.error == pytest.approx(math.sqrt(1568))
    assert (round(found.z, 2), round(found.total.low), round(found.total.high)) == (-2.98, -196, -40)
    assert found.verdict is Verdict.FEWER
    assert found.p == pytest.approx(0.0029, abs=1e-4)


def test_the_published_example_of_periods_of_different_length():
    """Two years before, one after: 80 to 20 beside 100 to 50 are 20 fewer, variance 115 (Wheeler 2021)."""
    before = Span(first=date(2018, 1, 1), last=date(2018, 1, 1) + timedelta(days=729))
    after = Span(first=date(2021, 1, 1), last=date(2021, 12, 31))
    found = evaluate(before=before, after=after, target=Counts(before=80, after=20), control=Counts(before=100, after=50))
    assert (found.total.events, found.total.error**2) == (-20, pytest.approx(115))
    assert found.target.ratio == pytest.approx(0.5)
    assert not found.seasons_differ


def test_the_published_example_of_areas_of_different_size():
    """Per unit of size it is 91.9 fewer, standard error 31.5 (Wheeler 2021); the target is 1.2 units large."""
    found = both(target=Counts(before=207, after=110, size=1.2), control=Counts(before=308, after=318, size=0.9))
    assert found.total.events / 1.2 == pytest.approx(-91.9444, abs=1e-4)
    assert found.total.error / 1.2 == pytest.approx(31.5, abs=0.02)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_the_whole_is_local_and_displaced_together(target, control, buffer, buffer_control):
    found = both(target=target, control=control, buffer=buffer, buffer_control=buffer_control)
    by_hand = (target.after - target.before) - (control.after - control.before)
    moved = (buffer.after - buffer.before) - (buffer_control.after - buffer_control.before)
    assert (found.local.events, found.displaced.events, found.total.events) == (by_hand, moved, by_hand + moved)
    assert found.total.error**2 == pytest.approx(sum(c.before + c.after for c in (target, control, buffer, buffer_control)))
    assert found.total.low <= found.total.events <= found.total.high
    assert (found.verdict is Verdict.UNDECIDED) == (found.total.low <= 0 <= found.total.high)


@given(COUNTS, COUNTS)
def test_swapping_target_and_control_turns_the_sign_alone(one, other):
    there, back = both(target=one, control=other), both(target=other, control=one)
    assert there.total.events == -back.total.events
    assert there.p == back.p


@pytest.mark.parametrize(("days", "size"), [(365, 1.0), (730, 2.5), (90, 0.4)])
def test_the_standard_error_is_the_scatter_of_simulated_counts(days: int, size: float):
    rng = np.random.default_rng(8)
    before, after = Span(first=date(2018, 1, 1), last=date(2018, 1, 1) + timedelta(days=days - 1)), AFTER
    means = (60 * days / 365, 45.0, 80 * days / 365, 82.0)
    draws = rng.poisson(means, (4000, 4))
    found = [
        evaluate(
            before=before, after=after, target=Counts(before=int(a), after=int(b)), control=Counts(before=int(c), after=int(d), size=size)
        ).total
        for a, b, c, d in draws
    ]
    assert np.mean([effect.error for effect in found]) == pytest.approx(np.std([effect.events for effect in found]), rel=0.05)
    true = 45 - 60 - (82 - 80) / size
    assert np.mean([effect.low <= true <= effect.high for effect in found]) == pytest.approx(0.95, abs=0.02)


def test_before_and_after_alone_are_the_exact_comparison_per_day():
    found = both(target=Counts(before=50, after=20), control=Counts(before=50, after=60))
    assert found.target == compare(count=20, base=50, exposure=365, base_exposure=365)
    assert found.control.ratio == pytest.approx(1.2)


def test_counts_that_vary_more_than_chance_widen_the_limits():
    plain = both(target=Counts(before=50, after=20), control=Counts(before=50, after=50))
    wide = evaluate(before=BEFORE, after=AFTER, target=Counts(before=50, after=20), control=Counts(before=50, after=50), dispersion=4.0)
    assert plain.total.error * 2 == pytest.approx(wide.total.error)
    assert (plain.verdict, wide.verdict) == (Verdict.FEWER, Verdict.UNDECIDED)


def test_nothing_at_all_says_nothing():
    found = both(target=Counts(before=0, after=0), control=Counts(before=0, after=0))
    assert (found.z, found.p, found.verdict, found.is_rough, found.target.ratio) == (0.0, 1.0, Verdict.UNDECIDED, True, None)


@pytest.mark.parametrize(
    ("before", "after", "differ"),
    [
        ((date(2020, 6, 1), date(2020, 8, 31)), (date(2021, 6, 1), date(2021, 8, 31)), False),
        ((date(2020, 3, 1), date(2020, 5, 31)), (date(2020, 6, 1), date(2020, 8, 31)), True),
        ((date(2019, 4, 1), date(2020, 3, 31)), (date(2020, 7, 1), date(2021, 6, 30)), False),
        ((date(2020, 12, 31), date(2021, 1, 30)), (date(2022, 1, 1), date(2022, 1, 31)), False),
        ((date(2018, 1, 1), date(2019, 12, 31)), (date(2020, 1, 1), date(2020, 6, 30)), True),
    ],
)
def test_periods_of_other_seasons_are_flagged(before, after, differ):
    spans = {"before": Span(first=before[0], last=before[1]), "after": Span(first=after[0], last=after[1])}
    assert evaluate(**spans, target=Counts(before=9, after=9), control=Counts(before=9, after=9)).seasons_differ is differ


@pytest.mark.parametrize("count", [-1, 2.5, 3.0, "7", float("nan"), None, True])
def test_what_is_no_count_is_refused(count):
    with pytest.raises(ValueError, match="not a count"):
        Counts(before=count, after=1)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before that"):
        Span(first=date(2021, 2, 1), last=date(2021, 1, 1))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"before": AFTER, "after": BEFORE}, "overlap or are swapped"),
        ({"after": Span(first=BEFORE.last, last=AFTER.last)}, "overlap"),
        ({"buffer": Counts(before=1, after=1)}, "control area of its own"),
        ({"buffer_control": Counts(before=1, after=1)}, "needs the buffer"),
        ({"level": 95}, "between 0 and 1"),
        ({"dispersion": 0.5}, "1 or more"),
        ({"dispersion": float("nan")}, "1 or more"),
    ],
)
def test_senseless_comparisons_are_refused(change, said):
    plain = {"before": BEFORE, "after": AFTER, "target": Counts(before=9, after=9), "control": Counts(before=9, after=9)}
    with pytest.raises(ValueError, match=said):
        evaluate(**(plain | change))


@pytest.mark.parametrize("size", [0, -1, float("nan"), float("inf")])
def test_an_area_without_a_size_is_refused(size):
    with pytest.raises(ValueError, match="above zero"):
        Counts(before=1, after=1, size=size)
