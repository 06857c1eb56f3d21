"""A cube of counts keeps its labels true and never takes a missing month for a zero."""

import numpy as np
import pytest

from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month, Quarter, months_from


def cube() -> Cube:
    months = tuple(months_from(Month(2021, 1), Month(2021, 6)))
    values = np.arange(24).reshape(2, 2, 6)
    known = np.ones((2, 6), dtype=bool)
    known[1, 4] = False
    return Cube(("Gwynedd", "Wrexham"), ("Burglary", "Drugs"), months, values, known)


def test_a_quarter_with_a_missing_month_has_no_count():
    held = cube()
    assert held.quarter(Quarter(Month(2021, 6)), "Gwynedd", "Burglary") == 3 + 4 + 5
    assert held.quarter(Quarter(Month(2021, 6)), "Wrexham", "Burglary") is None
    assert held.quarter(Quarter(Month(2021, 9)), "Gwynedd", "Burglary") is None


def test_what_is_not_held_is_named():
    with pytest.raises(KeyError, match="Conwy"):
        cube().series("Conwy", "Burglary")
    with pytest.raises(KeyError, match="Robbery"):
        cube().series("Gwynedd", "Robbery")


def test_months_beyond_the_cube_are_not_known_and_the_rest_stays():
    wide = cube().covering(Month(2020, 11), Month(2021, 3))
    assert [str(month) for month in wide.months] == ["2020-11", "2020-12", "2021-01", "2021-02", "2021-03"]
    assert wide.known.tolist() == [[False, False, True, True, True]] * 2
    assert wide.values[1, 1].tolist() == [0, 0, 18, 19, 20]


def test_a_cube_covering_other_years_knows_nothing():
    assert not cube().covering(Month(2031, 1), Month(2031, 3)).known.any()


def test_until_leaves_out_what_came_later():
    assert [str(month) for month in cube().until(Month(2021, 2)).months] == ["2021-01", "2021-02"]
    assert cube().until(Month(2020, 2)).months == ()


def test_labels_that_do_not_fit_the_counts_are_refused():
    held = cube()
    with pytest.raises(ValueError, match="labels say"):
        Cube(held.areas[:1], held.types, held.months, held.values, held.known)
    with pytest.raises(ValueError, match="without a gap"):
        Cube(held.areas, held.types, (*held.months[:-1], Month(2022, 1)), held.values, held.known)
