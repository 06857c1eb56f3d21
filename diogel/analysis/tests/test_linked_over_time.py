"""What one paper withholds does not follow from the papers before and after it, nor from a figure that was corrected in between."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from diogel.analysis.linked import Dimension, Sum, Table, World, intervals, narrow, withhold_over_time

pytestmark = pytest.mark.slow

QUARTERS = [(date(2021, first, 1), date(2021, first + 2, 30)) for first in (4, 7, 10)]
YEAR = date(2021, 4, 1), date(2021, 12, 30)


def of(*members: str, first: int = 0, last: int | None = None) -> Sum:
    return Sum(members, QUARTERS[first][0], QUARTERS[first if last is None else last][1])


def told(values: dict[Sum, int], *hidden: Sum) -> World:
    return World(values=values, shown=frozenset(values) - set(hidden), hidden=frozenset(hidden))


def hidden(now: dict[Sum, int], *worlds: World, publish: list[Sum] | None = None) -> frozenset[Sum]:
    found = withhold_over_time([*worlds[:-1], _as_now(worlds[-1], now)] if worlds else [World(values=now)], to_publish=publish or list(now))
    return found.hidden


def _as_now(world: World, now: dict[Sum, int]) -> World:
    return World(values={**world.values, **now}, shown=world.shown, hidden=world.hidden)


def test_a_quarter_that_a_told_half_year_would_turn_into_a_small_one_is_withheld():
    half, one, two = of("a", last=1), of("a"), of("a", first=1)
    before = told({half: 30})
    assert hidden({one: 27}, before) == {one}, "30 less 27 is a count of 3, whoever publishes it"
    assert hidden({one: 27, two: 3}, before) == {one, two}
    assert hidden({one: 20}, before) == set()


def test_a_year_to_date_goes_where_it_would_tell_the_quarter_that_was_withheld():
    first, second, to_date = of("a"), of("a", first=1), of("a", last=1)
    assert hidden({to_date: 23, first: 20, second: 3}, told({first: 20})) == {second, to_date}


def test_the_rest_of_a_year_whose_other_quarters_were_told_is_small_though_nobody_counted_it():
    whole, one, two = of("a", last=2), of("a"), of("a", first=1)
    assert hidden({whole: 42}, told({one: 20, two: 20})) == {whole}
    assert hidden({whole: 60}, told({one: 20, two: 20})) == set()


def test_a_corrected_figure_does_not_tell_what_stood_there_before():
    """3 was withheld beside a half-year of 30. It is 12 now, and the half-year 39: 39 - 12 = 27, and 30 - 27 = 3."""
    half, two = of("a", last=1), of("a", first=1)
    before = told({half: 30, two: 3}, two)
    kept = hidden({half: 39, two: 12}, before, World(values={}))
    assert kept, "one of the two has to go"
    alone = hidden({two: 12}, before, World(values={}))
    assert alone == set()


def test_a_figure_corrected_to_a_small_one_is_not_told_by_the_totals_on_either_side():
    half, two = of("a", last=1), of("a", first=1)
    before = told({half: 39, two: 12})
    assert hidden({half: 30, two: 3}, before, World(values={})) == {half, two}


def test_what_earlier_papers_gave_away_is_named():
    half, one, two = of("a", last=1), of("a"), of("a", first=1)
    world = World(values={half: 30, one: 27, two: 3}, shown=frozenset({half, one}))
    found = withhold_over_time([world], to_publish=[two])
    assert found.hidden == {two}
    assert found.exposed == (two,)


def test_figures_that_do_not_add_up_are_still_taken_together():
    half, one, two = of("a", last=1), of("a"), of("a", first=1)
    assert two in hidden({one: 27, two: 3}, told({half: 31}))


def test_a_figure_without_a_value_is_refused():
    with pytest.raises(ValueError, match="every figure to publish"):
        withhold_over_time([World(values={})], to_publish=[of("a")])
    with pytest.raises(ValueError, match="does not end before"):
        Sum(("a",), date(2021, 2, 1), date(2021, 1, 1))


COUNTS = st.one_of(st.integers(0, 6), st.integers(5, 40))


@settings(max_examples=30, deadline=None)
@given(arrays(np.int64, (2, 3), elements=COUNTS))
def test_a_linear_program_over_three_papers_narrows_no_small_count(counts: np.ndarray):
    """Year so far first, then two quarters, then the third with the year: each paper decided when it came out."""
    papers = [
        [Sum(members, QUARTERS[0][0], QUARTERS[1][1]) for members in (("a",), ("a", "b"))],
        [of(*members, first=at) for members in (("a",), ("b",)) for at in (0, 1)],
        [of(*members, first=2) for members in (("a",), ("b",), ("a", "b"))] + [Sum(("a", "b"), *YEAR)],
    ]
    values = {one: _count(counts, one) for paper in papers for one in paper}
    known: dict[Sum, int] = {}
    shown, kept, exposed = set[Sum](), set[Sum](), set[Sum]()
    for paper in papers:
        known |= {one: values[one] for one in paper}
        world = World(values=dict(known), shown=frozenset(shown), hidden=frozenset(kept))
        found = withhold_over_time([world], to_publish=paper)
        kept |= found.hidden - shown
        shown |= set(paper) - found.hidden
        exposed |= set(found.exposed)
    assert all(one in kept for one, count in values.items() if 0 < count < 5)
    _attack(counts, values, shown, exposed)


def _attack(counts: np.ndarray, values: dict[Sum, int], shown: set[Sum], exposed: set[Sum]) -> None:
    groups = {str(number): tuple(_cells(one)) for number, one in enumerate(values)}
    cells = tuple(f"{member}{at}" for member in "ab" for at in range(3))
    tables = [
        Table("told", {"cell": tuple(groups)}, np.array(list(values.values()))),
        Table("ground", {"cell": cells}, counts.ravel(), "kept_back"),
    ]
    masks = {"told": np.array([one not in shown for one in values])}
    left = narrow(intervals(tables, masks, dimensions=[Dimension("cell", cells, groups)], threshold=5), width=4, threshold=5)
    given_away = {tuple(_cells(one)) for one in exposed}
    assert not [each for each in left if each.cell.table == "told" and groups[each.cell.labels[0]] not in given_away]


def _cells(one: Sum) -> list[str]:
    inside = [at for at, (first, last) in enumerate(QUARTERS) if one.from_on <= first and last <= one.to_on]
    return [f"{member}{at}" for member in one.members for at in inside]


def _count(counts: np.ndarray, one: Sum) -> int:
    return int(sum(counts["ab".index(cell[0]), int(cell[1:])] for cell in _cells(one)))


FIGURES = [
    of("a", first=0),
    of("a", first=1),
    of("a", first=2),
    of("a", first=0, last=1),
    of("a", first=1, last=2),
    of("a", first=0, last=2),
]


@settings(max_examples=150, deadline=None)
@given(
    counts=st.lists(st.integers(0, 12), min_size=3, max_size=3),
    at=st.integers(0, 2),
    corrected=st.integers(0, 14),
    first=st.sets(st.sampled_from(FIGURES), min_size=1),
    second=st.sets(st.sampled_from(FIGURES), min_size=1),
)
def test_no_signed_sum_over_a_correction_gives_a_withheld_count(counts, at, corrected, first, second):
    """Every figure may be told before one quarter is corrected, and again after it; who takes either number of each finds nothing."""
    old = {one: sum(counts[_at(one)]) for one in FIGURES}
    counts = [*counts[:at], corrected, *counts[at + 1 :]]
    new = {one: sum(counts[_at(one)]) for one in FIGURES}
    before = withhold_over_time([World(values=old)], to_publish=first)
    told = World(values={one: old[one] for one in first}, shown=frozenset(first) - before.hidden, hidden=before.hidden)
    same = all(old[one] == new[one] for one in first)
    worlds = [World(values=new, shown=told.shown, hidden=told.hidden)] if same else [told, World(values=new)]
    after = withhold_over_time(worlds, to_publish=second)
    if before.exposed or after.exposed:
        return
    numbers = {(one, old[one]) for one in told.shown} | {(one, new[one]) for one in second - after.hidden}
    secrets = {(one, old[one]) for one in told.hidden} | {(one, new[one]) for one in after.hidden}
    small = {(one, count) for one, count in secrets if count < 5}
    assert not {each for each in small if each in numbers}
    for size in (1, 2, 3, 4):
        for chosen in combinations(sorted(numbers), size):
            for signs in product((1, -1), repeat=size):
                cells = sum(sign * _vector(one) for sign, (one, _count) in zip(signs, chosen, strict=True))
                count = sum(sign * each for sign, (_one, each) in zip(signs, chosen, strict=True))
                assert not any((cells == _vector(one)).all() and count == value for one, value in small), (chosen, signs)


def _at(one: Sum) -> slice:
    inside = [at for at, (first, last) in enumerate(QUARTERS) if one.from_on <= first and last <= one.to_on]
    return slice(inside[0], inside[-1] + 1)


def _vector(one: Sum) -> np.ndarray:
    vector = np.zeros(3, dtype=int)
    vector[_at(one)] = 1
    return vector
