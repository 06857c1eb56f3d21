"""The Knox table is what counting every pair by hand gives, its chance is what dealing the dates gives, and no nonsense gets in."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.repeats.events import DatedEvents
from diogel.analysis.repeats.knox import knox

POINTS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda at: (at[0] * 50.0, at[1] * 50.0))
# From 2 January 1970 to 11 February: one of those days is the first of a month, so that never all events are.
EVENTS = st.lists(st.tuples(POINTS, st.integers(1, 41)), min_size=2, max_size=25).filter(lambda rows: len({day for _, day in rows}) > 1)


def made(rows) -> DatedEvents:
    return DatedEvents(np.array([point for point, _ in rows], dtype=float), np.array([day for _, day in rows], dtype=np.int64))


def by_hand(events: DatedEvents, metres, days, metric) -> list[list[int]]:
    """The slow obvious twin: every pair of events, one after the other, into its cell."""
    table = [[0] * len(days) for _ in metres]
    for (one, on), (other, later) in itertools.combinations(zip(events.points.tolist(), events.days.tolist(), strict=True), 2):
        x, y = one[0] - other[0], one[1] - other[1]
        apart = math.sqrt(x * x + y * y) if metric == "euclidean" else abs(x) + abs(y)
        near = [at for at, edge in enumerate(metres) if apart <= edge]
        soon = [at for at, edge in enumerate(days) if abs(on - later) <= edge]
        if near and soon:
            table[near[0]][soon[0]] += 1
    return table


@given(
    EVENTS,
    st.lists(st.sampled_from([0, 50, 70, 100, 111.80339887498948, 150, 400, 2000]), min_size=1, max_size=5, unique=True).map(sorted),
    st.lists(st.sampled_from([0, 1, 3, 7, 7.5, 14, 30, math.inf]), min_size=1, max_size=4, unique=True).map(sorted),
    st.sampled_from(["euclidean", "manhattan"]),
)
@settings(max_examples=150, deadline=None)
def test_the_observed_table_is_that_of_every_pair_counted_by_hand(rows, metres, days, metric):
    events = made(rows)
    found = knox(events, generator=np.random.default_rng(1), metres=metres, days=days, permutations=19, metric=metric)
    assert found.observed.tolist() == by_hand(events, metres, days, metric)


def test_the_table_of_a_large_extract_equals_every_pair_counted():
    rng = np.random.default_rng(7)
    events = DatedEvents(rng.uniform(0, 3000, (700, 2)).round(1), rng.integers(0, 200, 700))
    found = knox(events, generator=rng, permutations=19)
    assert found.observed.tolist() == by_hand(events, [0, 100, 200, 300, 400], [7, 14, 21, 28], "euclidean")


@given(EVENTS, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_table_does_not_depend_on_the_order_of_the_rows(rows, random):
    turned = list(rows)
    random.shuffle(turned)
    one, other = (knox(made(some), generator=np.random.default_rng(3), permutations=19) for some in (rows, turned))
    assert one.observed.tolist() == other.observed.tolist()
    assert one.expected == pytest.approx(other.expected)


@given(EVENTS.filter(lambda rows: len(rows) <= 5))
@settings(max_examples=30, deadline=None)
def test_expected_pairs_are_the_mean_over_every_order_of_the_dates(rows):
    metres, days = [0, 100, 300], [2, 10, 40]
    tables = [
        by_hand(made([(point, day) for (point, _), day in zip(rows, order, strict=True)]), metres, days, "euclidean")
        for order in itertools.permutations([day for _, day in rows])
    ]
    found = knox(made(rows), generator=np.random.default_rng(1), metres=metres, days=days, permutations=19)
    assert found.expected == pytest.approx(np.mean(tables, axis=0))


def test_p_is_the_share_of_all_orders_with_at_least_as_many_pairs():
    rows = [((0.0, 0.0), 0), ((10.0, 0.0), 1), ((500.0, 0.0), 20), ((510.0, 0.0), 22), ((900.0, 0.0), 40)]
    orders = list(itertools.permutations([day for _, day in rows]))
    tables = np.array(
        [by_hand(made([(p, d) for (p, _), d in zip(rows, order, strict=True)]), [50], [3], "euclidean")[0][0] for order in orders]
    )
    exact = (tables >= 2).mean()
    found = knox(made(rows), generator=np.random.default_rng(5), metres=[50], days=[3], permutations=9999)
    assert found.observed.tolist() == [[2]]
    assert found.p[0, 0] == pytest.approx(exact, abs=0.012)


def test_the_same_generator_gives_the_same_p():
    rng = np.random.default_rng(11)
    events = DatedEvents(rng.uniform(0, 2000, (200, 2)), rng.integers(0, 90, 200))
    assert (knox(events, generator=np.random.default_rng(4)).p == knox(events, generator=np.random.default_rng(4)).p).all()


def test_p_is_even_where_dates_are_chance():
    found = []
    for turn in range(120):
        rng = np.random.default_rng(turn)
        events = DatedEvents(rng.uniform(0, 1500, (120, 2)), rng.integers(0, 120, 120))
        found.append(knox(events, generator=rng, metres=[300], days=[14], permutations=99).p[0, 0])
    assert 0.42 < np.mean(found) < 0.62
    assert np.mean(np.array(found) <= 0.05) < 0.12


def test_a_burglar_who_comes_back_within_a_week_is_found():
    rng = np.random.default_rng(2)
    points, days = rng.uniform(0, 10_000, (600, 2)), rng.integers(0, 365, 600)
    back = rng.choice(600, 40, replace=False)
    points = np.vstack([points, points[back] + rng.uniform(-60, 60, (40, 2))])
    days = np.concatenate([days, days[back] + rng.integers(1, 7, 40)])
    found = knox(DatedEvents(points, days), generator=rng, metres=[100, 200], days=[7, 14])
    assert found.p[0, 0] == 0.001
    assert found.q[0, 0] <= 0.004
    assert found.ratio[0, 0] > 8
    assert found.p[1, 1] > 0.01


def test_a_second_row_of_the_same_event_is_counted_and_told():
    events = DatedEvents(np.array([[0.0, 0.0], [0.0, 0.0], [900.0, 0.0]]), np.array([5, 5, 9]))
    found = knox(events, generator=np.random.default_rng(1), metres=[0, 100], days=[0, 7], permutations=19)
    assert found.same_place_and_day == 1
    assert found.observed.tolist() == [[1, 0], [0, 0]]


def test_bands_say_which_of_their_edges_belong():
    events = DatedEvents(np.array([[0.0, 0.0], [100.0, 0.0]]), np.array([0, 7]))
    found = knox(events, generator=np.random.default_rng(1), metres=[0, 100], days=[7, 14], permutations=19)
    assert [(band.low, band.high, band.has_low) for band in found.metres] == [(0, 0, True), (0, 100, False)]
    assert found.observed.tolist() == [[0, 0], [1, 0]]
    assert math.isnan(found.ratio[0, 0])


PLAIN = DatedEvents(np.array([[0.0, 0.0], [100.0, 0.0], [5000.0, 0.0]]), np.array([0, 7, 20]))


@pytest.mark.parametrize(
    ("events", "options", "said"),
    [
        (DatedEvents(np.zeros((1, 2)), np.array([3])), {}, "at least two events"),
        (DatedEvents(np.zeros((3, 2)), np.array([3, 3, 3])), {}, "of one day"),
        (PLAIN, {"metres": []}, "upper edges"),
        (PLAIN, {"metres": [100, 100]}, "upper edges"),
        (PLAIN, {"metres": [200, 100]}, "upper edges"),
        (PLAIN, {"metres": [-1, 100]}, "upper edges"),
        (PLAIN, {"metres": [float("nan")]}, "upper edges"),
        (PLAIN, {"metres": [math.inf]}, "number of metres"),
        (PLAIN, {"days": [14, 7]}, "upper edges"),
        (PLAIN, {"permutations": 18}, "at least 19"),
        (PLAIN, {"permutations": 99.5}, "at least 19"),
        (PLAIN, {"metric": "crow"}, "euclidean or manhattan"),
    ],
)
def test_senseless_questions_are_refused(events, options, said):
    with pytest.raises(ValueError, match=said):
        knox(events, generator=np.random.default_rng(1), **options)


def test_more_pairs_than_memory_holds_are_refused_before_they_are_made(monkeypatch):
    monkeypatch.setattr("diogel.analysis.repeats.pairs.MOST_PAIRS", 2)
    events = DatedEvents(np.zeros((4, 2)), np.array([0, 1, 2, 3]))
    with pytest.raises(ValueError, match="shorter distance or fewer events"):
        knox(events, generator=np.random.default_rng(1))
