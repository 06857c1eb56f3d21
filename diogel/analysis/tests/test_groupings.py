"""Groups of types are tables with dates, and anti-social behaviour is in none of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from diogel.analysis.counts import Cube
from diogel.analysis.groupings import COLUMNS, OURS, Grouping, grouped, read_groupings
from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import TYPES

FIRST = Month(2021, 1)
HEAD = ",".join(COLUMNS) + "\n"


def cube_of(values: np.ndarray, known: np.ndarray | None = None) -> Cube:
    areas, _, months = values.shape
    labels = tuple(f"A{at}" for at in range(areas)), TYPES, tuple(FIRST + at for at in range(months))
    return Cube(*labels, values, np.ones((areas, months), bool) if known is None else known)


@given(arrays(np.int64, (2, len(TYPES), 4), elements=st.integers(0, 99)))
def test_a_group_holds_the_sum_of_its_types_and_never_incidents(values: np.ndarray):
    """The slow twin adds one count at a time."""
    cube = cube_of(values)
    for one in read_groupings(OURS):
        found = grouped(cube, [one], one.code).cube
        for area in range(2):
            for month in range(4):
                wanted = 0
                for type_ in one.types:
                    wanted += int(values[area, TYPES.index(type_), month])
                assert found.values[area, 0, month] == wanted
    crimes = grouped(cube, read_groupings(OURS), "all-crime").cube.values[:, 0]
    assert (crimes + values[:, TYPES.index("Anti-social behaviour")] == values.sum(axis=1)).all()


def test_our_table_names_types_that_exist():
    table = {one.code: one for one in read_groupings(OURS)}
    assert set(table) == {"all-crime", "victim-based", "acquisitive", "asb"}
    assert {type_ for one in table.values() for type_ in one.types} == set(TYPES)
    assert set(table["acquisitive"].types) < set(table["victim-based"].types) < set(table["all-crime"].types)


def test_incidents_are_not_added_to_crimes():
    with pytest.raises(ValueError, match=r"line 2 .* incidents are told by themselves"):
        read_groupings(HEAD + "all,Y cyfan,All,Anti-social behaviour;Drugs,2021-01,,me\n")


def test_a_definition_that_changed_is_followed_month_by_month_and_its_break_is_told():
    table = read_groupings(
        HEAD
        + "night,Economi’r nos,Night-time,Robbery;Drugs,2020-01,2021-02,board\nnight,Economi’r nos,Night-time,Robbery,2021-03,2021-03,board\n"
    )
    found = grouped(cube_of(np.ones((1, len(TYPES), 4), np.int64)), table, "night")
    assert found.cube.values[0, 0].tolist() == [2, 2, 1, 0]
    assert found.cube.known[0].tolist() == [True, True, True, False]
    assert found.breaks == (Month(2021, 3),)
    assert found.undefined == (Month(2021, 4),)


def test_a_month_that_is_not_known_stays_so():
    known = np.array([[True, False, True, True]])
    assert (grouped(cube_of(np.ones((1, len(TYPES), 4), np.int64), known), read_groupings(OURS), "acquisitive").cube.known == known).all()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("code,types\n", "columns"),
        ("", "columns"),
        (HEAD + "x,X,X,Drugs,2021-13,,me\n", "line 2 .* not a month"),
        (HEAD + "x,X,X,Drugs,2021-02,2021-01,me\n", "before it begins"),
        (HEAD + "x,X,X,,2021-02,,me\n", "needs types"),
        (HEAD + "x,X,X,Drugs;Drugs,2021-02,,me\n", "each once"),
        (HEAD + "x,,X,Drugs,2021-02,,me\n", "no name_cy"),
        (HEAD + "x,X,X,Drugs,2021-02,,\n", "no source"),
        (HEAD + "x,X,X,Drugs\n", "line 2"),
        (HEAD + "x,X,X,Drugs,2021-02,,me,too much\n", "more values than columns"),
        (HEAD + "x,X,X,Drugs,2021-02,,me\nx,X,X,Robbery,2022-02,,me\n", "defined twice"),
    ],
)
def test_a_table_that_is_none_is_refused_with_its_line(text: str, says: str):
    with pytest.raises(ValueError, match=says):
        read_groupings(text)


def test_a_type_the_counts_lack_is_not_left_out_in_silence():
    cube = Cube(("A",), ("Drugs",), (FIRST,), np.ones((1, 1, 1), np.int64), np.ones((1, 1), bool))
    table = [Grouping(code="x", name_cy="X", name_en="X", types=("Drugs", "Robbery"), valid_from=FIRST, valid_to=None, source="me")]
    with pytest.raises(KeyError, match="Robbery"):
        grouped(cube, table, "x")
    with pytest.raises(KeyError, match="no grouping y"):
        grouped(cube, table, "y")
