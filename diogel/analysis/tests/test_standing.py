"""Rolling years are told over no gap, rates of a dated population, and places with their caution."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month
from diogel.analysis.rates import Denominator, compare, poisson_interval
from diogel.analysis.reading.group_lists import group_list_on, read_group_lists
from diogel.analysis.standing import denominator_for, mid_p_interval, rate_of, rolled, rolling, standing

LAST = Month(2021, 12)
PEOPLE = {"Gwynedd": 117_000, "Môn": 69_000, "Wrexham": 135_000, "Conwy": 115_000}


def people(number: int, year: int = 2021) -> Denominator:
    return Denominator(number=number, year=year, source="mid-year estimates")


def cube_of(rows: dict[str, list[int]], *, gaps: dict[str, list[int]] | None = None) -> Cube:
    """Months up to LAST; `gaps` names positions that are not known."""
    values = np.array([[counts] for counts in rows.values()], dtype=np.int64)
    known = np.ones((len(rows), values.shape[2]), dtype=bool)
    for area, at in (gaps or {}).items():
        known[list(rows).index(area), at] = False
    months = tuple(LAST - (values.shape[2] - 1 - at) for at in range(values.shape[2]))
    return Cube(tuple(rows), ("Robbery",), months, values, known)


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=30), st.integers(1, 13))
def test_rolling_sums_are_those_added_by_hand_and_none_spans_a_gap(months: list, span: int):
    counts, known = [count for count, _ in months], [here for _, here in months]
    totals, whole = rolling(cube_of({"A": counts}, gaps={"A": [at for at, here in enumerate(known) if not here]}), months=span)
    for at in range(len(months)):
        inside = range(at - span + 1, at + 1)
        is_whole = at - span + 1 >= 0 and all(known[one] for one in inside)
        assert whole[0, at] == is_whole
        assert totals[0, 0, at] == (sum(counts[one] for one in inside) if is_whole else 0)


def test_a_rolling_year_names_the_month_it_lacks_and_what_left_it():
    cube = cube_of({"A": [9, *[1] * 11, 5]})
    found = rolled(cube, "A", "Robbery", LAST)
    assert (found.count, found.before, found.entered, found.left) == (16, 20, 5, 9)
    assert found.count - found.before == found.entered - found.left
    broken = rolled(cube_of({"A": [1] * 24}, gaps={"A": [20]}), "A", "Robbery", LAST)
    assert (broken.count, broken.missing) == (None, (Month(2021, 9),))


def test_the_population_is_that_of_the_year_in_the_middle_and_says_so():
    years = [people(100, 2020), people(110, 2021), people(120, 2022)]
    assert denominator_for(years, Month(2021, 12)).year == 2021
    assert denominator_for(years, Month(2022, 6)).year == 2021
    assert denominator_for(years, Month(2022, 7)).year == 2022
    assert denominator_for(years, Month(2030, 1)).year == 2022
    assert denominator_for([], LAST) is None


@settings(deadline=None)
@given(st.integers(0, 2000), st.sampled_from([0.8, 0.95, 0.99]))
def test_mid_p_limits_leave_half_the_chance_of_the_count_out_of_each_tail(count: int, level: float):
    low, high = mid_p_interval(count, level=level)
    tail = (1 - level) / 2
    assert stats.poisson.cdf(count - 1, high) + stats.poisson.pmf(count, high) / 2 == pytest.approx(tail, rel=1e-5)
    if count:
        assert stats.poisson.sf(count, low) + stats.poisson.pmf(count, low) / 2 == pytest.approx(tail, rel=1e-5)
    exact = poisson_interval(count, level=level)
    assert exact[0] <= low <= count <= high <= exact[1]


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0.0, 3.00), (1, 0.05, 4.93), (5, 1.83, 11.08), (10, 5.08, 17.82)])
def test_mid_p_limits_of_small_counts(count: int, low: float, high: float):
    assert [round(limit, 2) for limit in mid_p_interval(count)] == [low, high]


def test_mid_p_holds_the_truth_about_as_often_as_it_says_and_exact_limits_more_often():
    counts = stats.poisson.rvs(7.3, size=3000, random_state=np.random.default_rng(5))
    limits = {count: (mid_p_interval(count), poisson_interval(count)) for count in set(counts.tolist())}
    mid, exact = (np.mean([limits[c][at][0] <= 7.3 <= limits[c][at][1] for c in counts.tolist()]) for at in (0, 1))
    assert 0.94 <= mid <= exact


def test_the_worked_example_of_the_method_page():
    cube = cube_of({"Gwynedd": [12] * 12 + [15] * 12, "Môn": [4] * 24, "Wrexham": [30] * 24, "Conwy": [14] * 24})
    found = standing(
        cube, area="Gwynedd", type_="Robbery", ending=LAST, group=list(PEOPLE), denominators={a: [people(n)] for a, n in PEOPLE.items()}
    )
    assert (found.rolled.count, found.year_earlier, found.percent) == (180, 144, 25.0)
    assert round(found.rate.per_thousand, 2) == 1.54
    assert [(one.area, one.place, one.place_low, one.place_high) for one in found.members] == [
        ("Wrexham", 1, 1, 1),
        ("Gwynedd", 2, 2, 3),
        ("Conwy", 3, 2, 3),
        ("Môn", 4, 4, 4),
    ]
    twin = compare(count=180, base=48 + 360 + 168, exposure=117_000, base_exposure=69_000 + 135_000 + 115_000)
    assert found.against == twin
    assert found.own.place == 2


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 400), min_size=2, max_size=7))
def test_places_hold_the_place_and_equal_rates_share_theirs(counts: list):
    rows = {f"A{at}": [count] + [0] * 11 for at, count in enumerate(counts)}
    found = standing(
        cube_of(rows), area="A0", type_="Robbery", ending=LAST, group=list(rows), denominators={a: [people(9000)] for a in rows}
    )
    for one in found.members:
        assert 1 <= one.place_low <= one.place <= one.place_high <= len(rows)
        assert one.place == 1 + sum(count > one.rate.count for count in counts)


def test_areas_with_a_gap_or_no_population_are_left_out_by_name():
    rows = {"A": [9] * 24, "B": [9] * 24, "C": [9] * 24}
    found = standing(
        cube_of(rows, gaps={"B": [23]}), area="A", type_="Robbery", ending=LAST, group=["B", "C"], denominators={"A": [people(5000)]}
    )
    assert found.left_out == {"B": "missing 2021-12", "C": "no population"}
    assert found.against is None
    own = standing(cube_of(rows, gaps={"A": [23]}), area="A", type_="Robbery", ending=LAST, group=["B"], denominators={})
    assert (own.rate, own.members, own.percent, own.own) == (None, (), None, None)


def test_no_percentage_is_told_on_a_small_base():
    cube = cube_of({"A": [1] * 12 + [3] * 12, "B": [1] * 24})
    found = standing(cube, area="A", type_="Robbery", ending=LAST, group=["B"], denominators={})
    assert (found.rolled.count, found.year_earlier, found.percent) == (36, 12, None)


def test_an_area_alone_or_unknown_is_refused():
    cube = cube_of({"A": [1] * 24})
    with pytest.raises(ValueError, match="nobody"):
        standing(cube, area="A", type_="Robbery", ending=LAST, group=["A"], denominators={})
    with pytest.raises(KeyError, match="no counts for area Z"):
        standing(cube, area="Z", type_="Robbery", ending=LAST, group=["A"], denominators={})
    with pytest.raises(ValueError, match="a month at least"):
        rolling(cube, months=0)
    with pytest.raises(ValueError):
        mid_p_interval(-1)
    with pytest.raises(ValueError):
        rate_of(3, people(100), interval="mid_p", level=1)


# Lists of similar areas

LISTS = (
    "area,member,listed_on,source\nWrexham,Wrexham,2023-04-01,HMICFRS\nWrexham,Halton,2023-04-01,HMICFRS\nWrexham,Bury,2024-04-01,HMICFRS\n"
)


def test_the_list_of_a_day_is_the_newest_of_then_without_the_area_itself():
    lists = read_group_lists(LISTS)
    assert group_list_on(lists, "Wrexham", date(2024, 3, 31)).members == ("Halton",)
    assert group_list_on(lists, "Wrexham", date(2024, 4, 1)).members == ("Bury",)
    assert group_list_on(lists, "Wrexham", date(2020, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("area,member\n", "columns"),
        (LISTS + "Wrexham,Halton,2023-04-01,HMICFRS\n", "line 5: Halton stands twice"),
        (LISTS + "Wrexham,Wigan,2023-04-01,me\n", "two sources"),
        (LISTS + "Wrexham,Wigan,01/04/2023,me\n", "not a day"),
        (LISTS + "Wrexham,,2023-04-01,me\n", "a value in each"),
        (LISTS + "Wrexham,Wigan\n", "a value in each"),
    ],
)
def test_lists_that_are_none_are_refused_with_their_line(text: str, says: str):
    with pytest.raises(ValueError, match=says):
        read_group_lists(text)
