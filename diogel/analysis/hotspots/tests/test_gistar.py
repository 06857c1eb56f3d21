"""Gi* gives the published figures, agrees with adding up by hand and with every permutation there is, and refuses what it must."""

import collections
import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from diogel.analysis.hotspots.captions import Origin
from diogel.analysis.hotspots.gistar import closed_form, drawn, gi_star, permuted
from diogel.analysis.hotspots.neighbours import Neighbours, listed, touching, within
from diogel.analysis.hotspots.tests.maps import chessboard, real, street_rows

SIX = within("abcdef", [10, 20, 40, 15, 30, 30], [10, 10, 10, 20, 20, 30], metres=15)
counts = st.lists(st.integers(0, 40), min_size=4, max_size=14)


def rng(seed=1):
    return np.random.default_rng(seed)


def hot_corner() -> tuple[Neighbours, np.ndarray]:
    """Twelve by twelve squares around eight each, a block of nine in one corner around thirty."""
    beside = touching(chessboard(12, 12))
    mean = [30 if all(int(part) < 3 for part in code.split(",")) else 8 for code in beside.areas]
    return beside, rng(4).poisson(mean).astype(float)


def test_the_six_points_that_pysal_documents_have_its_z():
    z, _ = closed_form([2, 3, 3.2, 5, 8, 7], SIX)
    assert z == pytest.approx([-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331], abs=5e-9)


def test_the_worked_example_of_the_docs():
    beside = listed(list("abcd"), [("a", "b"), ("b", "c"), ("c", "d")])
    z, p = closed_form([10, 6, 2, 2], beside)
    assert z == pytest.approx([1.5667, 0.9045, -1.5076, -1.5667], abs=5e-5)
    assert p[0] == pytest.approx(0.1172, abs=5e-5)


def _by_hand(values, beside):
    """The formula as Ord and Getis write it, one area at a time."""
    n = len(values)
    mean = math.fsum(values) / n
    s = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / n)
    out = []
    for at, area in enumerate(beside.areas):
        near = [at, *(beside.areas.index(one) for one in beside.of(area))]
        w = len(near)
        below = s * math.sqrt((n * w - w * w) / (n - 1))
        out.append((math.fsum(values[k] for k in near) - w * mean) / below if below else 0.0)
    return out


@settings(deadline=None)
@given(counts, st.data())
def test_z_is_what_one_gets_by_hand(values, data):
    assume(len(set(values)) > 1)
    codes = [str(at) for at in range(len(values))]
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(codes), st.sampled_from(codes)), max_size=30))
    beside = listed(codes, pairs)
    z, p = closed_form(values, beside)
    assert z == pytest.approx(_by_hand(values, beside), abs=1e-9)
    assert ((p >= 0) & (p <= 1)).all()


@settings(deadline=None)
@given(counts, st.floats(0.1, 50), st.floats(-100, 100))
def test_z_does_not_depend_on_the_unit(values, factor, shift):
    assume(len(set(values)) > 1)
    beside = listed([str(at) for at in range(len(values))], [("0", "1"), ("1", "2"), ("0", "3")])
    plain, _ = closed_form(values, beside)
    scaled, _ = closed_form(np.array(values) * factor + shift, beside)
    assert scaled == pytest.approx(plain, abs=1e-6)


def _every_choice(values, beside, at):
    """Exact upper and lower p: all ways of choosing the neighbours' values from the others."""
    others = [v for k, v in enumerate(values) if k != at]
    seen = sum(values[beside.areas.index(one)] for one in beside.of(beside.areas[at]))
    sums = [sum(chosen) for chosen in itertools.combinations(others, len(beside.of(beside.areas[at])))]
    return np.mean([s >= seen for s in sums]), np.mean([s <= seen for s in sums])


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=5, max_size=8), st.integers(0, 10_000))
def test_permutations_come_near_the_exact_share_of_all_choices(values, seed):
    beside = listed([str(at) for at in range(len(values))], [("0", "1"), ("1", "2"), ("0", "3"), ("0", "2")])
    high, low = permuted(values, beside, permutations=3999, rng=rng(seed))
    exact = np.array([_every_choice(values, beside, at) for at in range(len(values))]).T
    assert np.abs(high - exact[0]).max() < 0.045  # five and a half standard errors
    assert np.abs(low - exact[1]).max() < 0.045


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), min_size=4, max_size=12), st.integers(0, 10_000), st.data())
def test_shared_draws_count_exactly_as_drawing_for_each_area(values, seed, data):
    codes = [str(at) for at in range(len(values))]
    beside = listed(codes, data.draw(st.lists(st.tuples(st.sampled_from(codes), st.sampled_from(codes)), max_size=20)))
    high, low = permuted(values, beside, permutations=19, rng=rng(seed))
    draws = drawn(len(values), int(beside.counts.max()) + 1, 19, rng(seed))
    for at, area in enumerate(codes):
        seen = sum(values[int(one)] for one in beside.of(area))
        sums = [sum(values[k] for k in [one for one in draw if one != at][: beside.counts[at]]) for draw in draws]
        assert high[at] == (sum(s >= seen for s in sums) + 1) / 20
        assert low[at] == (sum(s <= seen for s in sums) + 1) / 20


@pytest.mark.parametrize(("size", "length"), [(400, 9), (10, 10), (6, 4)])
def test_draws_are_without_replacement_and_even(size, length):
    found = drawn(size, length, 4000, rng())
    assert (np.diff(np.sort(found, axis=1), axis=1) > 0).all()
    shares = np.bincount(found.ravel(), minlength=size) / found.size * size
    assert np.abs(shares - 1).max() < 6 / math.sqrt(4000 * length / size)


def test_a_hot_corner_is_found_and_the_rest_left_alone():
    beside, values = hot_corner()
    for permutations in (0, 9999):
        found = gi_star(values, beside, origin=Origin.SNAPPED, permutations=permutations, rng=rng())
        called = {code for code, hot in zip(found.areas, found.hot, strict=True) if hot}
        assert {"0,0", "0,1", "1,0", "1,1"} <= called
        assert all(max(map(int, code.split(","))) <= 3 for code in called)


def test_nothing_stands_out_of_noise_more_often_than_the_rate_allows():
    beside = touching(chessboard(10, 10))
    calls = [gi_star(rng(seed).poisson(12, 100), beside, origin=Origin.SNAPPED, rate=0.05) for seed in range(120)]
    assert sum(bool(one.hot.any() or one.cold.any()) for one in calls) <= 16  # 6 expected


def test_an_area_that_is_not_known_is_as_if_it_were_not_there():
    beside, values = hot_corner()
    known = np.ones(144, bool)
    known[[0, 77]] = False
    holed = values.copy()
    holed[~known] = np.nan
    found = gi_star(holed, beside, origin=Origin.SNAPPED, known=known)
    fewer = gi_star(values[known], beside.only(known), origin=Origin.SNAPPED)
    assert found.z[known] == pytest.approx(fewer.z)
    assert np.isnan(found.z[~known]).all()
    assert not found.hot[~known].any()
    assert found.looked_at == 142


def test_violence_in_north_wales_is_hot_in_rhyl_and_the_closed_form_promises_too_much(shared_data):
    shapes = real(shared_data, "lsoa11", "lsoa11_code")
    rows = street_rows(shared_data, "month < '2021' AND type = 'Violence and sexual offences'")
    per = collections.Counter(row[5] for row in rows)
    beside = touching(shapes)
    values = [per[code] for code in shapes.areas]
    normal = gi_star(values, beside, origin=Origin.SNAPPED)
    drawn_ones = gi_star(values, beside, origin=Origin.SNAPPED, permutations=9999, rng=rng())
    assert (normal.hot.sum(), drawn_ones.hot.sum()) == (17, 2)
    assert [code for code, hot in zip(shapes.areas, drawn_ones.hot, strict=True) if hot] == ["W01000237", "W01000239"]  # both in Rhyl


def test_an_island_is_judged_by_itself_and_told():
    beside = listed(list("abcde"), [("a", "b"), ("b", "c"), ("c", "d")])
    found = gi_star([1, 2, 1, 2, 40], beside, origin=Origin.EXTRACT)
    assert found.islands == ("e",)
    assert found.z[4] == pytest.approx((40 - 9.2) / math.sqrt(237.36))
    high, low = permuted([1, 2, 1, 2, 40], beside, permutations=99, rng=rng())
    assert (high[4], low[4]) == (1, 1)  # with no neighbour there is nothing to permute


def test_an_area_surrounded_by_the_whole_map_has_no_z():
    beside = listed(list("abc"), [("a", "b"), ("a", "c")])
    z, p = closed_form([5, 1, 1], beside)
    assert (z[0], p[0]) == (0, 1)


def test_a_result_says_when_its_counts_are_thin_and_how_many_areas_permutations_need():
    beside, values = hot_corner()
    thin = gi_star(np.minimum(values, 1) * (np.arange(144) % 5 == 0), beside, origin=Origin.SNAPPED)
    assert thin.is_thin
    found = gi_star(values, beside, origin=Origin.SNAPPED, permutations=999, rng=rng())
    assert not found.is_thin
    assert found.fewest_callable == 6  # 144 x 0.002 / 0.05
    assert thin.fewest_callable == 1


def test_every_result_says_where_its_points_come_from():
    beside, values = hot_corner()
    told = {origin: gi_star(values, beside, origin=origin).caption for origin in Origin}
    assert told[Origin.SNAPPED] != told[Origin.EXTRACT]
    with pytest.raises(TypeError, match="where the points come from"):
        gi_star(values, beside, origin="open")


@pytest.mark.parametrize(
    ("values", "more", "reason"),
    [
        ([1, 2, 3], {}, "there are 6 areas"),
        ([1, 2, 3, math.nan, 5, 6], {}, "no number"),
        ([1, 2, 3, math.inf, 5, 6], {}, "no number"),
        ([4, 4, 4, 4, 4, 4], {}, "same value"),
        ([0, 0, 0, 0, 0, 0], {}, "same value"),
        ([1, 2, 3, 4, 5, 6], {"rate": 0}, "rate of false discovery"),
        ([1, 2, 3, 4, 5, 6], {"permutations": 99}, "random generator"),
        ([1, 2, 3, 4, 5, 6], {"permutations": -1, "rng": rng()}, "at least one"),
        ([1, 2, 3, 4, 5, 6], {"known": [True]}, "known has shape"),
        ([1, 2, 3, 4, 5, 6], {"known": [True, True, False, False, False, False]}, "fewer than three"),
    ],
)
def test_values_that_say_nothing_are_refused(values, more, reason):
    with pytest.raises(ValueError, match=reason):
        gi_star(values, SIX, origin=Origin.SNAPPED, **more)
