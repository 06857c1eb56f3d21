"""A forecast holds what comes as often as it says, says how often it did, and keeps silent where it knows nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.baseline import Rows, fitted_before
from diogel.analysis.counts import Cube
from diogel.analysis.forecast import FURTHEST, TRIED, forecast
from diogel.analysis.periods import Month, Quarter

from .stores import LAST, QUARTER, changed, quiet_cube, without

COMING = Quarter(LAST + 3)


def test_the_range_of_a_quiet_store_is_that_of_a_regression_by_hand():
    cube = quiet_cube(months=60)
    told = forecast(cube=cube, quarter=COMING, level=0.8)
    months = [LAST - back for back in range(59, -1, -1)] + list(COMING.months)
    counts = np.array(
        [[*cube.series("A0", f"T{at}")[0], 0, 0, 0] for at in range(7)] + [[*cube.series("A1", f"T{at}")[0], 0, 0, 0] for at in range(7)]
    )
    rows = Rows(
        counts=counts.astype(float), known=np.arange(63) < np.full((14, 1), 60), usable=np.arange(63) < np.full((14, 1), 60),
        index=np.array([month.index for month in months]), exposure=np.array([month.days / (365.25 / 12) for month in months]),
    )  # fmt: skip
    means, _ = fitted_before(rows, until=60).months(np.arange(60, 63))
    assert [one.expected for one in told.forecasts] == pytest.approx(means.sum(axis=1).tolist())
    assert all((one.low or 0) <= (one.expected or 0) <= (one.high or 0) for one in told.forecasts)
    assert (told.from_month, told.months_ahead) == (LAST, 1)


@given(st.integers(0, 10**6), st.sampled_from([0.5, 0.8, 0.95]))
@settings(max_examples=8, deadline=None)
def test_what_comes_lies_in_the_range_as_often_as_promised(seed: int, level: float):
    whole = quiet_cube(seed=seed, areas=20, months=96)
    told = forecast(cube=whole.until(LAST - 3), quarter=QUARTER, level=level)
    held = [one.low <= (whole.quarter(QUARTER, one.area, one.type) or 0) <= one.high for one in told.forecasts]
    # Counts are whole, so a range holds a little more than it must; 140 series, two and a half standard errors either way.
    room = 2.5 * np.sqrt(level * (1 - level) / len(held))
    assert level - room < np.mean(held) < level + room + 0.08
    assert told.coverage == pytest.approx(level, abs=0.09)
    assert told.tries == TRIED * 140


def test_levels_that_wander_widen_the_range_and_it_still_holds():
    calm, restless = (forecast(cube=quiet_cube(seed=3, areas=12, months=96, drift=drift), quarter=COMING) for drift in (0.0, 0.04))
    width = [np.mean([(one.high - one.low) / one.expected for one in told.forecasts]) for told in (calm, restless)]
    assert width[1] > 1.1 * width[0]
    assert restless.coverage == pytest.approx(0.8, abs=0.09)


def test_a_back_test_reads_nothing_of_what_came_after():
    cube = quiet_cube(seed=4, areas=4, months=90)
    shocked = changed(cube, area="A0", type="T0", months=[LAST - 2, LAST - 1, LAST], factor=9)
    calm, after = (forecast(cube=one, quarter=COMING).forecasts[0] for one in (cube, shocked))
    assert calm.tried[:-1] == after.tried[:-1]
    assert (calm.tried[-1].low, calm.tried[-1].high) == (after.tried[-1].low, after.tried[-1].high)
    assert not after.tried[-1].was_held
    assert after.tried[-1].quarter == QUARTER


def test_the_quarter_itself_and_later_months_are_not_read():
    cube = quiet_cube(seed=5, areas=3, months=90)
    spoilt = changed(cube, area="A0", type="T0", months=QUARTER.months, factor=50)
    assert forecast(cube=cube, quarter=QUARTER) == forecast(cube=spoilt, quarter=QUARTER)


def test_further_ahead_is_told_and_tried_alike():
    cube = quiet_cube(seed=6, areas=10, months=96)
    later = forecast(cube=cube, quarter=COMING - -1)
    assert later.months_ahead == 4
    assert later.coverage == pytest.approx(0.8, abs=0.09)
    with pytest.raises(ValueError, match="too long before"):
        forecast(cube=cube, quarter=Quarter(LAST + 3 * (FURTHEST // 3 + 2)))


def test_a_short_history_is_compared_with_earlier_years_or_not_at_all():
    told = {months: forecast(cube=quiet_cube(months=months), quarter=COMING).forecasts[0] for months in (6, 14, 40)}
    assert [told[months].method for months in (6, 14, 40)] == ["too_short", "same_months", "regression"]
    assert (told[6].expected, told[6].low, told[6].tried) == (None, None, ())
    assert told[14].history_months == 14
    wide = [(told[months].high - told[months].low) / told[months].expected for months in (14, 40)]
    assert wide[0] > wide[1]


def test_nothing_tried_means_no_coverage_is_told():
    told = forecast(cube=quiet_cube(months=14), quarter=COMING)
    assert (told.tries, told.coverage) == (0, None)


def test_missing_and_excluded_months_never_teach():
    gap = [LAST - 20, LAST - 21]
    few, many = (forecast(cube=without(quiet_cube(months=60), months=gap, held=held), quarter=COMING) for held in (0, 9_999))
    assert few == many
    left_out = [forecast(cube=changed(quiet_cube(months=60), area="A0", type="T0", months=gap, factor=factor), quarter=COMING, excluded=gap)
                for factor in (1, 30)]  # fmt: skip
    assert left_out[0].forecasts[0].expected == left_out[1].forecasts[0].expected


@pytest.mark.parametrize("level", [0.0, 1.0, 80])
def test_a_level_that_is_none_is_refused(level: float):
    with pytest.raises(ValueError, match="level"):
        forecast(cube=quiet_cube(), quarter=COMING, level=level)


def test_without_any_known_month_there_is_nothing_to_say():
    cube = quiet_cube(months=12)
    empty = Cube(cube.areas, cube.types, cube.months, cube.values, np.zeros_like(cube.known))
    for nothing in (empty, cube.until(Month(2010, 1)), Cube((), (), cube.months, cube.values[:0, :0], cube.known[:0])):
        with pytest.raises(ValueError, match="is known"):
            forecast(cube=nothing, quarter=COMING)


def test_series_of_zeros_and_of_one_value_get_a_range():
    cube = quiet_cube(months=60)
    for value in (0, 7, 10**6):
        flat = Cube(cube.areas, cube.types, cube.months, np.full_like(cube.values, value), cube.known)
        one = forecast(cube=flat, quarter=COMING).forecasts[0]
        assert one.low <= 3 * value <= one.high


def test_ordinary_quarters_of_london_are_held_about_as_often_as_promised(london: Cube):
    told = forecast(cube=london, quarter=Quarter(Month(2020, 3)))
    assert told.tries > 1000
    assert 0.7 < told.coverage < 0.9


def test_nobody_could_have_told_the_spring_of_2020(london: Cube):
    told = forecast(cube=london, quarter=Quarter(Month(2020, 6)))
    theft = [one for one in told.forecasts if one.type == "THEFT"]
    assert all(london.quarter(told.quarter, one.area, one.type) < one.low for one in theft)


def test_months_left_out_of_one_series_teach_that_one_nothing_and_no_other():
    months = list(QUARTER.months)
    cube = changed(quiet_cube(months=60), area="A0", type="T0", months=months, factor=5)
    plain = forecast(cube=cube, quarter=COMING).forecasts
    mapped = forecast(cube=cube, quarter=COMING, excluded={("A0", "T0"): months}).forecasts
    assert mapped[0].history_months == plain[0].history_months - 3
    assert [one.history_months for one in mapped[1:]] == [one.history_months for one in plain[1:]]
    assert (mapped[0].expected or 0) < (plain[0].expected or 0)
    with pytest.raises(KeyError, match="nowhere"):
        forecast(cube=cube, quarter=COMING, excluded={("nowhere", "T0"): months})
