"""The comparison with earlier years is the exact one of two Poisson counts, widened by how far levels wander."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diogel.analysis.baseline import Rows
from diogel.analysis.rates import compare
from diogel.analysis.same_months import MOST_YEARS, YEARLY_WANDER, SameMonths, same_months

COUNTS = st.integers(0, 120)


def comparison(observed: int, earlier: int, *, share: float = 1.0, wander: float = 0.0) -> SameMonths:
    one = (np.array([float(value)]) for value in (observed, earlier, share, wander))
    return SameMonths(**dict(zip(("observed", "earlier", "share", "wander"), one, strict=True)), years=np.array([1]))


@given(COUNTS, COUNTS, st.sampled_from([1.0, 0.5, 92 / 91]))
def test_without_wander_it_is_the_exact_conditional_comparison(observed: int, earlier: int, share: float):
    exact = compare(count=observed, base=earlier, exposure=share, base_exposure=1.0)
    assert comparison(observed, earlier, share=share).p()[0] == pytest.approx(exact.p, rel=1e-6, abs=1e-9)


@given(COUNTS, st.integers(0, 120), st.sampled_from([0.0, 0.15]))
def test_the_limits_hold_exactly_the_counts_that_are_not_improbable(observed: int, earlier: int, wander: float):
    made = comparison(observed, earlier, wander=wander)
    (low,), (high,) = made.limits(alpha=0.01)
    assert (low <= observed <= high) == (made.p()[0] > 0.01)


def test_wander_makes_the_same_difference_less_odd():
    assert comparison(150, 100, wander=0.15).p()[0] > 10 * comparison(150, 100).p()[0]


def rows(counts: list[int], *, usable: list[int] | None = None) -> Rows:
    months = len(counts)
    mask = np.ones((1, months), dtype=bool)
    mask[0, usable or []] = False
    return Rows(
        counts=np.array([counts], dtype=float), known=np.ones((1, months), dtype=bool), usable=mask,
        index=np.arange(24_240, 24_240 + months), exposure=np.ones(months),
    )  # fmt: skip


def test_the_latest_whole_quarters_are_added_up_and_no_more_than_three():
    held = rows([*range(100, 160), 7, 8, 9])
    made = same_months(held, quarter_at=60)
    assert made.years[0] == MOST_YEARS
    assert made.earlier[0] == sum(100 + at for year in (1, 2, 3) for at in range(60 - 12 * year, 63 - 12 * year))
    assert made.expected[0] == pytest.approx(made.earlier[0] / 3)
    assert made.observed[0] == 24
    assert made.wander[0] == pytest.approx(YEARLY_WANDER * np.sqrt(2))


def test_a_quarter_with_a_gap_is_passed_over_for_an_older_one_which_says_less():
    held = rows([*range(100, 136), 7, 8, 9], usable=[25])
    made = same_months(held, quarter_at=36)
    assert made.years[0] == 2
    assert made.earlier[0] == 112 + 113 + 114 + 100 + 101 + 102
    assert made.wander[0] == pytest.approx(YEARLY_WANDER * np.sqrt(2.5))


def test_nothing_earlier_is_no_comparison():
    assert same_months(replace(rows([1] * 14)), quarter_at=11).years[0] == 0


def test_the_worked_example_of_the_method_page():
    by_chance, widened = (comparison(21, 6, share=90 / 91, wander=wander) for wander in (0.0, YEARLY_WANDER))
    assert by_chance.p()[0] == pytest.approx(0.0054, abs=5e-5)
    assert widened.p()[0] == pytest.approx(0.0075, abs=5e-5)
    assert [limit[0] for limit in widened.limits(alpha=0.01)] == [0, 20]
    assert round(widened.expected[0], 1) == 5.9
