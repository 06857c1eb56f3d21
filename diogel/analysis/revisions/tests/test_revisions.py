"""Two vintages beside each other: every change counted once, a lean told, a re-coding found, and what cannot be compared refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month, months_from
from diogel.analysis.revisions import compare, doubts_of, recodings, sentence, told_ages, told_recodings

from . import slowly

FIRST = Month(2020, 1)
LABEL = ("Troseddau, Arfon", "Crime, Arfon")


def cube(values, *, types=("A", "B", "C"), first=FIRST, known=None):
    values = np.asarray(values, dtype=np.int64)
    areas = tuple(f"area {number}" for number in range(values.shape[0]))
    months = tuple(months_from(first, first + (values.shape[2] - 1)))
    return Cube(areas, tuple(types), months, values, np.ones(values.shape[::2], dtype=bool) if known is None else known)


def drawn(seed=1, *, areas=4, types=3, months=24, level=60):
    return np.random.default_rng(seed).poisson(level, (areas, types, months))


@st.composite
def pairs(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = tuple(draw(st.integers(1, most)) for most in (3, 3, 8))
    older, newer = (rng.poisson(draw(st.sampled_from([0.5, 4])), shape) for _ in range(2))
    first, second = (cube(one, types="ABC"[: shape[1]], known=rng.random(shape[::2]) < 0.8) for one in (older, newer))
    later = draw(st.integers(0, shape[2] - 1))
    return first, replace(second, months=tuple(month + later for month in second.months))


@settings(deadline=None, max_examples=60)
@given(pairs())
def test_every_sum_equals_that_of_going_through_all_cells(pair):
    found = compare(*pair)
    assert found.recodings == ()
    slow = slowly.sums(*pair)
    told = {("whole", ""): found.whole}
    for kind, sums in (("type", found.by_type), ("area", found.by_area), ("month", found.by_month)):
        told |= {(kind, one.label): one for one in sums}
    assert set(told) == set(slow)
    for key, tally in slow.items():
        one = told[key]
        assert (one.cells, one.up, one.down, one.was, one.now) == tuple(tally[name] for name in ("cells", "up", "down", "was", "now"))
    assert sum(one.sum.cells for one in found.by_age) == found.whole.cells
    assert sum(change.difference for change in found.changes()) == found.whole.difference


def test_a_vintage_beside_itself_has_no_revision():
    found = compare(cube(drawn()), cube(drawn()))
    assert (found.whole.changed, found.leaning.lean, found.changes()) == (0, "neither", ())
    assert sentence(found, LABEL, "en") == "Crime, Arfon: no figure changed between the two versions (figures compared: 288)."


def test_turned_round_ups_are_downs():
    older, newer = cube(drawn()), cube(drawn(2))
    there, back = compare(older, newer), compare(newer, older)
    assert (there.whole.up, there.whole.down, there.whole.difference) == (back.whole.down, back.whole.up, -back.whole.difference)


def test_a_steady_fall_leans_down_and_chance_does_not():
    values = drawn(areas=6)
    assert compare(cube(values), cube(values - 2)).leaning.lean == "down"
    assert compare(cube(values), cube(values + 2)).leaning.lean == "up"
    assert compare(cube(values), cube(drawn(9, areas=6))).leaning.lean == "neither"


def test_a_month_that_either_vintage_does_not_know_tells_of_no_revision():
    known = np.ones((4, 24), dtype=bool)
    known[0, 3] = False
    found = compare(cube(drawn()), cube(drawn() + 1, known=known))
    assert (found.gone, found.came, found.whole.cells) == (1, 0, 3 * 4 * 24 - 3)


def test_the_age_of_a_figure_goes_by_the_older_vintage():
    values, later = drawn(), drawn()
    later[:, :, -1] += 30
    found = compare(cube(values), cube(np.concatenate([later, drawn(3)], axis=2)))
    assert [(one.youngest, one.oldest) for one in found.by_age] == [(0, 0), (1, 1), (2, 2), (3, 5), (6, 11), (12, 23)]
    assert [one.sum.changed for one in found.by_age] == [12, 0, 0, 0, 0, 0]
    assert found.by_age[0].middle == pytest.approx(0.5, abs=0.1)
    assert "latest month of the older version: its total was revised by +" in told_ages(found, "en")[0]
    assert "Ffigurau deufis oed: diwygiad o 0.0%" in told_ages(found, "cy")[2]


def test_no_share_is_told_of_small_figures():
    found = compare(cube([[[3, 4]]], types="A"), cube([[[4, 4]]], types="A"))
    assert (found.whole.share, found.by_age[0].low) == (None, None)
    assert "(–)" in sentence(found, LABEL, "en")
    assert told_ages(found, "en") == []


def test_a_type_that_hands_counts_to_another_is_a_recoding_and_no_revision():
    values = drawn(areas=6)
    moved = values.copy()
    moved[:, 0, 12:] -= values[:, 0, 12:] // 2
    moved[:, 1, 12:] += values[:, 0, 12:] // 2
    found = compare(cube(values), cube(moved))
    (move,) = found.recodings
    assert (move.out_of, move.into, move.kept) == (("A",), ("B",), 1.0)
    assert (move.first, move.last, move.moved) == (Month(2021, 1), Month(2021, 12), int((values[:, 0, 12:] // 2).sum()))
    assert found.whole.changed == 0
    assert found.whole.cells == values.size - 2 * 6 * 12
    assert doubts_of(found, area="area 2", type_="B", months=(Month(2020, 12), Month(2021, 1))).recoded == (Month(2021, 1),)
    assert told_recodings(found.recodings, {"A": ("Un", "One")}, "en")[0].startswith("Re-coded from January 2021 to December 2021: ")


@pytest.mark.parametrize("turned", [False, True])
def test_one_type_cut_into_several_is_found_both_ways_round(turned):
    values = drawn(areas=6, types=4)
    parts = np.random.default_rng(4).multinomial(values[:, 0], [0.5, 0.3, 0.2])
    other = np.concatenate([np.moveaxis(parts, -1, 1), values[:, 1:] - 1], axis=1)
    whole, cut = cube(values, types="ABCD"), cube(other, types=("A1", "A2", "A3", "B", "C", "D"))
    (move,) = recodings(cut, whole) if turned else recodings(whole, cut)
    one, several = (move.into, move.out_of) if turned else (move.out_of, move.into)
    assert (one, set(several), move.moved) == (("A",), {"A1", "A2", "A3"}, int(values[:, 0].sum()))
    assert move.kept == slowly.kept(whole, cut, [*one, *several], list(whole.months)) == 1.0


@pytest.mark.parametrize("seed", range(8))
def test_revisions_by_chance_or_all_one_way_are_no_recoding(seed):
    values = drawn(seed, areas=8, types=6, level=80)
    thinned = np.random.default_rng(seed).binomial(values, 0.9)
    for newer in (drawn(seed + 100, areas=8, types=6, level=80), thinned):
        assert recodings(cube(values, types="ABCDEF"), cube(newer, types="ABCDEF")) == ()


def test_what_the_figure_was_before_is_told_for_whole_months_alone():
    values, later = drawn(), drawn()
    later[1, 2, 5] += 4
    found = compare(cube(values), cube(later))
    months = (Month(2020, 5), Month(2020, 6))
    assert doubts_of(found, area="area 1", type_="C", months=months).was == int(values[1, 2, 4:6].sum())
    assert doubts_of(found, area="area 1", type_="C", months=(*months, Month(2031, 1))).was is None
    assert doubts_of(found, area="area 0", type_="C", months=months).are_none
    with pytest.raises(KeyError, match="do not share area 9"):
        doubts_of(found, area="area 9", type_="C", months=months)


@pytest.mark.parametrize(
    ("older", "newer", "reason"),
    [
        (cube(drawn()), cube(drawn(), first=Month(2030, 1)), "no month in common"),
        (cube(drawn()), cube(drawn(), types="XYZ"), "no type in common"),
        (cube(drawn()), replace(cube(drawn()), areas=tuple("wxyz")), "no area in common"),
        (cube(drawn(), types="AAB"), cube(drawn()), "one type stands twice in a vintage: A"),
        (cube(drawn() - 500), cube(drawn()), "below nought"),
    ],
)
def test_what_cannot_be_compared_is_refused(older, newer, reason):
    with pytest.raises(ValueError, match=reason):
        compare(older, newer)


@pytest.mark.parametrize("ages", [(), (1, 2), (0, 3, 3), (0, 5, 2)])
def test_ages_rise_from_nought(ages):
    with pytest.raises(ValueError, match="ages rise from 0"):
        compare(cube(drawn()), cube(drawn()), ages=ages)


def test_both_languages_carry_the_same_values():
    import re

    from diogel.analysis.revisions import telling

    for kind in telling._sentences().values():
        for pair in kind.values():
            halves = [" ".join(half.values()) if isinstance(half, dict) else half for half in (pair["cy"], pair["en"])]
            assert set(re.findall(r"{\w+}", halves[0])) == set(re.findall(r"{\w+}", halves[1]))
    with pytest.raises(ValueError, match="cy or en"):
        sentence(compare(cube(drawn()), cube(drawn())), LABEL, "fr")  # type: ignore[arg-type]
