"""No reader with pencil, paper and a linear program works out a count that was withheld."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.optimize import linprog

from diogel.analysis.disclosure import with_totals, withhold, withhold_series

COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 60))
TABLES = arrays(np.int64, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=5), elements=COUNTS)
ROWS = st.lists(COUNTS, min_size=1, max_size=8)


def sums_of(rows: int, columns: int) -> np.ndarray:
    """Every statement "these cells less their total are zero" of a table with totals, one a row."""
    statements = []
    for row in range(rows + 1):
        cells = np.zeros((rows + 1, columns + 1))
        cells[row, :columns], cells[row, columns] = 1, -1
        statements.append(cells.ravel())
    for column in range(columns + 1):
        cells = np.zeros((rows + 1, columns + 1))
        cells[:rows, column], cells[rows, column] = 1, -1
        statements.append(cells.ravel())
    return np.array(statements)


def attacked(full: np.ndarray, mask: np.ndarray, sums: np.ndarray) -> list[tuple[float, float]]:
    """The least and largest value of each withheld cell that agrees with all that is shown; withheld ones are at least 1."""
    values, hidden = full.ravel(), mask.ravel()
    shown = sums[:, ~hidden] @ values[~hidden]
    found = []
    for at in range(hidden.sum()):
        aim = np.zeros(hidden.sum())
        aim[at] = 1
        least, most = (linprog(sign * aim, A_eq=sums[:, hidden], b_eq=-shown, bounds=(1, 10_000), method="highs") for sign in (1, -1))
        assert least.status == most.status == 0
        found.append((least.fun, -most.fun))
    return found


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_a_linear_program_determines_no_withheld_cell_of_a_table(table: np.ndarray):
    full, mask = with_totals(table), withhold(table)
    for least, most in attacked(full, mask, sums_of(*table.shape)):
        assert most - least > 0.5


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_a_linear_program_determines_no_withheld_part_of_a_series(counts: list[int]):
    full, mask = np.append(counts, sum(counts)), withhold_series(counts)
    for least, most in attacked(full, mask, np.append(np.ones(len(counts)), -1)[None, :]):
        assert most - least > 0.5


@given(TABLES, st.integers(1, 12))
def test_every_small_count_is_withheld_and_no_zero_is(table: np.ndarray, threshold: int):
    full, mask = with_totals(table), withhold(table, threshold=threshold)
    assert mask[(full > 0) & (full < threshold)].all()
    assert not mask[full == 0].any()


@settings(max_examples=20, deadline=None)
@given(TABLES)
def test_nothing_is_withheld_that_could_be_shown(table: np.ndarray):
    full, mask = with_totals(table), withhold(table)
    for row, column in np.argwhere(mask & (full >= 5)):
        bolder = mask.copy()
        bolder[row, column] = False
        assert any(most - least < 0.5 for least, most in attacked(full, bolder, sums_of(*table.shape)))


def test_three_twelve_and_twenty_hide_a_second_number():
    assert withhold_series([3, 12, 20]).tolist() == [True, True, False, False]


def test_two_lone_incidents_are_not_told_by_their_sum():
    assert withhold_series([1, 1, 7, 9]).tolist() == [True, True, True, False, False]


def test_a_total_that_is_itself_small_is_withheld():
    assert withhold_series([0, 3, 0]).tolist() == [False, True, False, True]


def test_large_counts_and_zeros_are_all_shown():
    assert not withhold([[12, 0, 7], [30, 5, 0]]).any()
    assert not withhold_series([0, 0, 0]).any()


def test_one_small_count_takes_a_rectangle_of_cells():
    mask = withhold([[3, 12, 20], [8, 9, 10], [6, 7, 30]])
    assert mask[0, 0]
    assert not mask[-1, -1]
    assert mask.sum() == 4
    assert (mask.sum(axis=0) != 1).all()
    assert (mask.sum(axis=1) != 1).all()


@pytest.mark.parametrize("table", [[1, 2], [[1.5, 2]], [[-1, 2]], [[]]])
def test_what_is_no_table_of_counts_is_refused(table: list):
    with pytest.raises(ValueError):
        withhold(table)


def test_the_worked_example_of_the_method_page():
    mask = withhold([[3, 12, 20], [8, 9, 10], [6, 7, 30]])
    assert np.argwhere(mask).tolist() == [[0, 0], [0, 1], [2, 0], [2, 1]]
