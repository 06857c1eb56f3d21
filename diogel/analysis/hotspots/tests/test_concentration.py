"""Few places are counted as one would by hand; the coefficients are those of the papers; names and gaps are handled."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.hotspots.captions import Origin
from diogel.analysis.hotspots.concentration import concentration, gini, near
from diogel.analysis.hotspots.tests.maps import street_rows

some = st.lists(st.integers(0, 30), min_size=1, max_size=30).filter(any)


def rows_of(counts):
    return [(-4.0 + at / 1000, 53.0, "On or near High Street", "W01") for at, count in enumerate(counts) for _ in range(count)]


def told(rows, **more):
    return concentration(rows, origin=Origin.SNAPPED, **more)


def test_ten_places_with_three_one_and_one_event():
    """The example of Bernasco and Steenbeek: G 0.78. Their page prints 0.58 for G'; the formula gives 0.56, the G of 3 1 1 0 0."""
    plain, generalised = gini([3, 1, 1], among=10)
    assert plain == pytest.approx(0.78)
    assert generalised == pytest.approx(0.56)
    assert generalised == pytest.approx(gini([3, 1, 1, 0, 0])[0])


def test_one_robbery_in_each_of_ten_places_is_as_even_as_five_in_five_of_ten():
    assert gini([1] * 10) == pytest.approx((0, 0))
    assert gini([1] * 5, among=10) == pytest.approx((0.5, 0))


@settings(deadline=None)
@given(some)
def test_the_plain_coefficient_is_half_the_mean_difference_of_all_pairs(counts):
    pairs = np.abs(np.subtract.outer(counts, counts)).sum() / (2 * len(counts) ** 2 * np.mean(counts))
    assert gini(counts)[0] == pytest.approx(pairs, abs=1e-12)


@settings(deadline=None)
@given(some, st.integers(0, 300))
def test_places_beyond_the_events_do_not_move_the_generalised_coefficient(counts, more):
    total, busy = sum(counts), [count for count in counts if count]
    enough = gini(busy, among=max(total, len(busy)))[1]
    assert gini(busy, among=max(total, len(busy)) + more)[1] == pytest.approx(enough, abs=1e-9)
    assert -1e-12 <= enough <= 1


@settings(deadline=None)
@given(some, st.floats(0.05, 0.95))
def test_few_places_are_as_few_as_taking_the_fullest_one_by_one(counts, share):
    taken, held = 0, 0
    for count in sorted(counts, reverse=True):
        if held >= share * sum(counts) - 1e-9 * sum(counts):
            break
        taken, held = taken + 1, held + count
    found = told(rows_of(counts), share=share)
    assert found.few == taken
    assert found.rows == sum(counts)


@settings(deadline=None)
@given(some, st.integers(0, 20))
def test_the_curve_rises_from_nothing_to_all_and_bends_one_way(counts, more):
    busy = sum(1 for count in counts if count)
    places, rows = told(rows_of(counts), among=busy + more).curve()
    assert (places[0], rows[0], places[-1], rows[-1]) == (0, 0, 1, 1)
    steps = np.diff(rows) / np.diff(places)
    assert (np.diff(steps) <= 1e-9).all()


def test_the_worked_example_of_the_docs():
    found = told(rows_of([8, 5, 3, 2, 1, 1]), among=12)
    assert (found.few, found.rows, found.among) == (2, 20, 12)
    assert found.gini == pytest.approx(0.7)
    assert found.generalised == found.gini  # more events than places


def test_one_name_at_two_points_is_two_places_and_one_point_with_two_names_is_one():
    market = (-4.1, 53.2, "On or near Supermarket", "W01")
    found = told([market, market, (-4.2, 53.3, "On or near Supermarket", "W02"), (-4.1, 53.2, "On or near Stryd Fawr", "W01")])
    assert [(place.near, int(count)) for place, count in zip(found.places, found.counts, strict=True)] == [
        ("Supermarket", 3),
        ("Supermarket", 1),
    ]


def test_rows_without_a_place_are_counted_apart():
    found = told([(None, None, "No Location", ""), (math.nan, 53.0, "", ""), *rows_of([2])])
    assert (found.rows, found.without_place) == (2, 2)


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("On or near High Street", "High Street"),
        ("On or near  Ffordd  Gwynedd ", "Ffordd Gwynedd"),
        ("On or near ", ""),
        ("On or near", ""),
        ("No Location", ""),
        ("no location", ""),
        ("", ""),
        ("Stryd y Bont", "Stryd y Bont"),
    ],
)
def test_a_location_gives_what_is_near(location, name):
    assert near(location) == name


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        (lambda: told([]), "none of 0 rows"),
        (lambda: told([(None, None, "No Location", "")]), "none of 1 rows"),
        (lambda: told(rows_of([1]), share=1), "between 0 and 1"),
        (lambda: told(rows_of([1, 1]), among=1), "said to be 1 places"),
        (lambda: gini([0, 0]), "nothing happened"),
        (lambda: gini([1.5]), "whole numbers"),
        (lambda: gini([-1, 2]), "whole numbers"),
        (lambda: gini([1, 1, 1], among=2), "do not fit"),
    ],
)
def test_what_cannot_be_concentrated_is_refused(work, reason):
    with pytest.raises(ValueError, match=reason):
        work()


def test_a_concentration_says_where_its_points_come_from_and_whether_empty_places_are_known():
    found = told(rows_of([3, 1]))
    assert not found.is_among_told
    assert told(rows_of([3, 1]), among=9).is_among_told
    assert found.caption != concentration(rows_of([3]), origin=Origin.EXTRACT).caption
    with pytest.raises(TypeError, match="where the points come from"):
        concentration(rows_of([3]), origin="points")


def test_half_of_what_is_recorded_in_north_wales_lies_at_an_eighth_of_its_points(shared_data):
    rows = street_rows(shared_data, "true")
    found = told([row[2:6] for row in rows])
    assert (found.rows, found.without_place) == (101_110, 8)
    assert (found.few, len(found.places)) == (1_967, 16_115)
    shops = told([row[2:6] for row in rows if row[6] == "Shoplifting"])
    assert (shops.few, shops.rows) == (89, 5_932)
