"""Power and false alarms are measured by planting what is known: what is planted is exact, and what is told is counted."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis import hold_back
from diogel.analysis.anomalies import look
from diogel.analysis.counts import Cube
from diogel.analysis.hold_back import BASES, Share, power, quiet
from diogel.analysis.periods import Month, Quarter, months_from

QUARTER = Quarter(Month(2019, 12))


def flat(level=(4, 40, 400), *, areas=8, seed=3) -> Cube:
    months = tuple(months_from(Month(2015, 1), Month(2019, 12)))
    values = np.random.default_rng(seed).poisson(np.array(level)[None, :, None], (areas, len(level), len(months)))
    return Cube(tuple(f"a{at}" for at in range(areas)), ("few", "some", "many"), months, values, np.ones((areas, len(months)), dtype=bool))


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(1, 40))
def test_the_limits_of_a_share_hold_it_and_grow_no_wider_with_more(found, more):
    share = Share(found=min(found, more), of=more)
    assert 0 <= share.low <= share.share <= share.high <= 1
    tenfold = Share(found=10 * share.found, of=10 * share.of)
    assert tenfold.high - tenfold.low <= share.high - share.low


def test_limits_are_those_of_clopper_and_pearson():
    assert (Share(found=0, of=20).low, round(Share(found=0, of=20).high, 4)) == (0, 0.1684)
    assert [round(end, 4) for end in (Share(found=5, of=50).low, Share(found=5, of=50).high)] == [0.0333, 0.2181]
    assert Share(found=0, of=0).share is None


@pytest.mark.parametrize(("factor", "months"), [(2.0, 3), (0.0, 3), (3.0, 1)])
def test_whole_factors_change_exactly_the_chosen_series_in_exactly_their_months(factor, months):
    cube, chosen = flat(), np.array([1, 5, 23])
    changed = hold_back._planted(cube, QUARTER, chosen, factor, months, np.random.default_rng(1))
    slow = cube.values.copy()
    for row in chosen.tolist():
        for month in QUARTER.months[3 - months :]:
            slow[row // 3, row % 3, month.since(cube.months[0])] *= int(factor)
    assert (changed.values == slow).all()
    assert cube.values[0, 1, -1] != changed.values[0, 1, -1]


def test_a_part_of_a_factor_is_drawn_event_by_event():
    cube = flat((1000, 1000, 1000))
    every = np.arange(24)
    for factor in (0.5, 1.5, 0.9):
        changed = hold_back._planted(cube, QUARTER, every, factor, 3, np.random.default_rng(1)).values[:, :, -3:]
        assert changed.sum() / cube.values[:, :, -3:].sum() == pytest.approx(factor, abs=0.01)
        assert changed.std() > 0


def test_a_large_change_is_found_and_a_small_one_in_few_counts_is_not():
    quarters = [QUARTER, Quarter(Month(2019, 9))]
    found = power(flat(), quarters, factors=(0.2, 1.05, 3.0), rng=np.random.default_rng(5), planted=0.5)
    by_factor = {factor: [one.found for one in found if one.factor == factor] for factor in (0.2, 1.05, 3.0)}
    for large in (0.2, 3.0):
        assert sum(one.found for one in by_factor[large][2:]) == sum(one.of for one in by_factor[large][2:]) > 0
    assert sum(one.found for one in by_factor[1.05][:3]) == 0
    assert sum(one.found.of for one in found) == 3 * 2 * 12
    assert [(one.least, one.most) for one in found[:5]] == [*pairwise(BASES), (1000, None)]


def test_quiet_counts_what_the_looks_count():
    quarters = [QUARTER, Quarter(Month(2019, 9)), Quarter(Month(2019, 6))]
    told = quiet(flat(), quarters)
    looks = [look(cube=flat(), quarter=quarter) for quarter in quarters]
    assert told.unusual == Share(found=sum(len(one.unusual) for one in looks), of=72)
    assert told.outside.found == sum(one.outside for one in looks)
    assert [one for one, _ in told.by_quarter] == quarters
    assert told.worst in told.by_quarter


def test_the_same_seed_measures_the_same():
    runs = [power(flat(), [QUARTER], factors=(1.5,), rng=np.random.default_rng(seed)) for seed in (7, 7)]
    assert runs[0] == runs[1]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"factors": ()}, "a factor is a number from 0 up"),
        ({"factors": (1.0,)}, "and not 1"),
        ({"factors": (-0.5,)}, "a factor is a number from 0 up"),
        ({"factors": (float("nan"),)}, "a factor is a number from 0 up"),
        ({"months": 4}, "1 to 3 months"),
        ({"planted": 0.0}, "above 0 and is at most 1"),
        ({"bases": (30, 5)}, "bases rise"),
    ],
)
def test_what_cannot_be_planted_is_refused(more, reason):
    with pytest.raises(ValueError, match=reason):
        power(flat(), [QUARTER], **({"factors": (2.0,), "rng": np.random.default_rng(1)} | more))


def test_quarters_without_history_are_refused():
    with pytest.raises(ValueError, match="none of these quarters has the history"):
        quiet(flat(), [Quarter(Month(2015, 3))])


@pytest.mark.slow
def test_on_london_quiet_quarters_stay_quiet_and_planted_changes_are_found(london):
    """Bounds are those of the method page, within the binomial limits; the longer run is benchmarks/hold_back.py."""
    calm = quiet(london, [Quarter(Month(year, 6)) for year in (2013, 2015, 2018, 2019)])
    assert calm.unusual.low < 0.017
    assert calm.outside.low < 0.03
    found = power(london, [Quarter(Month(2016, 3)), Quarter(Month(2018, 12))], factors=(0.5, 2.0), rng=np.random.default_rng(11))
    large, small = (
        Share(found=sum(one.found for one in part), of=sum(one.of for one in part))
        for part in ([one.found for one in found if one.least >= 300], [one.found for one in found if one.most and one.most <= 100])
    )
    assert large.high > 0.86
    assert large.share > small.share
