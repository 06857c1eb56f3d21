"""A point that stands far over all others of its group is found, on invented and on real rows, and little else is."""

import csv

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.hotspots.captions import Origin
from diogel.analysis.hotspots.oddities import piled_up
from diogel.analysis.hotspots.tests.maps import street_rows


def rows_of(group, counts):
    return [(group, -4.0 + at / 1000, 53.0, f"On or near Street {at}", "W01") for at, count in enumerate(counts) for _ in range(count)]


def told(rows, **more):
    return piled_up(rows, origin=Origin.SNAPPED, **more)


def test_the_worked_example_of_the_docs():
    found = told([*rows_of("far force", [42, 15, 4, 4, 3, 1, 1]), *rows_of("own force", [220, 209, 201, 180])])
    assert (found.looked_at, found.too_small) == (2, 0)
    (one,) = found.found
    assert (one.group, one.count, one.next_count, one.rows) == ("far force", 42, 15, 70)
    assert one.share == pytest.approx(0.6)
    assert one.q == pytest.approx(0.0009, abs=5e-5)


@settings(deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=8), st.integers(2, 20), st.floats(1, 5))
def test_what_is_called_odd_meets_both_rules_and_what_is_not_fails_one(counts, least, times):
    found = told(rows_of("a", counts), least=least, times=times).found
    first, second = ([*sorted(counts, reverse=True), 0])[:2]
    if found:
        assert (found[0].count, found[0].next_count) == (first, second)
        assert first >= least
        assert first >= times * second
    elif first >= max(least, 10):
        assert first < times * second or first < 6 * (second + 1)


def test_groups_of_chance_are_seldom_called():
    rng = np.random.default_rng(1)
    rows = [row for group in range(200) for row in rows_of(f"g{group:03}", rng.poisson(8, 40))]
    assert told(rows).found == ()


def test_small_groups_are_counted_and_not_looked_at():
    found = told([*rows_of("few", [9]), *rows_of("many", [5, 6])])
    assert (found.looked_at, found.too_small) == (1, 1)


def test_rows_without_a_place_pile_up_nowhere():
    assert told([("a", None, None, "No Location", "")] * 50).found == ()


def test_settings_that_would_call_everything_odd_are_refused():
    for setting in ({"least": 1}, {"times": 0.5}, {"rate": 0.0}, {"rate": 1.0}):
        with pytest.raises(ValueError, match="a point is odd from"):
            told([], **setting)


@pytest.fixture(scope="module")
def in_north_wales(shared_data):
    """Rows of every force whose LSOA lies in one of the six authorities."""
    inside = set()
    for name, code in (("lsoa11_midyear", "lsoa11_code"), ("lsoa21_census2021", "lsoa21_code")):
        with (shared_data / "population" / f"{name}_wales.csv").open(encoding="utf-8", newline="") as file:
            inside |= {row[code] for row in csv.DictReader(file) if row["ltla22_code"] <= "W06000006"}
    return [row for row in street_rows(shared_data, "\"LSOA code\" LIKE 'W%'", force="*") if row[5] in inside]


@pytest.mark.slow
def test_the_pile_that_another_force_made_on_anglesey_is_the_one_oddity_of_a_force(in_north_wales):
    found = told((row[0], *row[2:6]) for row in in_north_wales)
    (one,) = found.found
    assert (one.group, one.place.area, one.place.near) == ("gloucestershire", "W01000040", "Parking Area")
    assert (one.count, one.next_count, one.rows) == (42, 15, 70)


def test_month_by_month_two_points_held_what_no_street_holds(in_north_wales):
    found = told((f"{row[1]} {row[6]}", *row[2:6]) for row in in_north_wales)
    assert {(one.group, one.place.near, one.count, one.next_count) for one in found.found} == {
        ("2019-02 Burglary", "Glan Mor", 28, 4),
        ("2018-10 Criminal damage and arson", "The Paddocks", 31, 5),
    }
    assert found.looked_at == 245
