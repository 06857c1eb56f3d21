"""Control charts give the limits of the published examples, and their rules find what a slow reading finds."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diogel.analysis.control_charts import FIRM, LEAST, Rules, c_chart, p_chart, signals, u_chart, xmr

WAFERS = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13]
"""Defects of 25 wafers: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.1."""
CHIPS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
"""Faulty chips of 50, 30 times: the same, 6.3.3.2."""
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
"""Flow rates of ten batches: the same, 6.3.2.2."""


def test_the_published_chart_of_individual_values():
    chart = xmr(FLOW)
    assert chart.centre == pytest.approx(50.81)
    assert (chart.low[0], chart.high[0]) == (pytest.approx(45.8159, abs=2e-3), pytest.approx(55.8041, abs=2e-3))
    assert chart.signals == ()
    assert chart.is_provisional


def test_the_published_chart_of_counts():
    chart = c_chart(WAFERS)
    assert (chart.centre, chart.low[0], chart.high[0]) == (16, 4, 28)
    assert [one.points for one in chart.signals if one.rule == "outside"] == [(23,)]
    assert not chart.is_provisional


def test_the_published_chart_of_shares():
    chart = p_chart(CHIPS, of=[50] * 30)
    assert [round(part or 0, 4) for part in (chart.centre, chart.low[0], chart.high[0])] == [0.2313, 0.0524, 0.4102]
    assert [one.points for one in chart.signals if one.rule == "outside"] == [(14,), (22,)]


def test_rates_have_narrower_limits_where_there_is_more_behind_them():
    chart = u_chart([20, 41, 19, 40] * 4, exposure=[10.0, 20.0] * 8)
    assert chart.centre == pytest.approx(2.0)
    assert (chart.low[0], chart.high[0]) == (pytest.approx(2 - 3 * math.sqrt(0.2)), pytest.approx(2 + 3 * math.sqrt(0.2)))
    assert (chart.high[1] or 0) < (chart.high[0] or 0)


def test_counts_of_like_periods_are_rates_of_one():
    assert u_chart(WAFERS, exposure=[1.0] * 25).high == c_chart(WAFERS).high


def test_restless_rates_get_wider_limits_by_their_own_ranges():
    restless = [900, 1100, 950, 1060, 980, 1120, 890, 1010] * 3
    assert sum(one.rule == "outside" for one in c_chart(restless).signals) > 5
    assert not [one for one in c_chart(restless, laney=True).signals if one.rule == "outside"]


def test_a_stated_baseline_is_not_moved_by_what_comes_after():
    before = [10, 12, 11, 13, 9, 14, 10, 12, 11, 13, 9, 14]
    one, two = (xmr([*before, *after], baseline=(0, 11)) for after in ([30, 31], [500]))
    assert (one.centre, one.low[0], one.high[0]) == (two.centre, two.low[0], two.high[0])
    assert one.baseline == (0, 11)
    assert [signal.points for signal in one.signals if signal.rule == "outside"] == [(12,), (13,)]


@pytest.mark.parametrize("known", [0, 1, LEAST - 1])
def test_a_short_history_has_values_and_no_limits(known: int):
    values = [float(at % 3) for at in range(known)] + [None] * 20
    for chart in (xmr(values), c_chart([None if value is None else int(value) for value in values])):
        assert (chart.centre, set(chart.low), chart.signals, chart.known) == (None, {None}, (), known)
        assert chart.is_provisional


def test_an_empty_history_is_an_empty_chart():
    assert xmr([]).values == ()
    assert u_chart([], exposure=[]).centre is None


def test_limits_are_provisional_until_there_are_enough():
    assert [xmr([1.0, 2.0] * 20, baseline=(0, last)).is_provisional for last in (FIRM - 2, FIRM - 1)] == [True, False]


def test_a_missing_value_is_passed_over_and_is_no_zero():
    whole, gappy = [10, 12, 11, 13, 9, 14, 10, 12], [10, 12, 11, None, 13, 9, 14, 10, 12]
    assert xmr(gappy).high[0] == xmr(whole).high[0]
    assert not xmr(gappy).signals


def test_counts_cannot_be_expected_below_none():
    assert xmr([0, 9, 1, 8, 0, 9, 1, 8], floor=0.0).low[0] == 0
    assert (xmr([0, 9, 1, 8, 0, 9, 1, 8]).low[0] or 0) < 0
    assert c_chart([1, 0, 2, 1, 0, 1, 2, 1]).low[0] == 0


def test_eight_on_one_side_are_a_shift_and_seven_are_not():
    quiet = [-1.0, 1.0] * 6
    for ups, told in ((7, 0), (8, 1)):
        found = signals_of([*quiet, -1.0, *[1.0] * ups, -1.0])
        assert sum(one.rule == "shift" for one in found) == told
    assert signals_of([*quiet, -1.0, *[1.0] * 4, 0.0, *[1.0] * 4])[0].rule == "shift"


def test_six_rising_are_a_trend_and_five_are_not():
    for length, told in ((5, 0), (6, 1)):
        found = signals_of([0.5, -0.5, *[-0.6 + 0.1 * step for step in range(length)], -0.7])
        assert [one.rule for one in found].count("trend") == told


def test_two_of_three_in_the_outer_third():
    assert [one.points for one in signals_of([0.1, 2.5, -0.1, 2.4, 0.1])] == [(1, 3)]
    assert not signals_of([2.5, -0.1, 0.1, 2.4])
    assert not signals_of([2.5, -0.1, -2.4])
    assert not signals_of([0.1, 2.5, 2.4, 0.1], Rules(has_two_of_three=False))


def signals_of(values: list, rules: Rules = Rules()):  # noqa: B008 - frozen
    size = len(values)
    return signals(values, centre=0.0, low=[-3.0] * size, high=[3.0] * size, third=[2.0] * size, rules=rules)


@given(st.lists(st.one_of(st.none(), st.integers(-4, 4).map(float)), max_size=40))
def test_the_rules_find_what_a_slow_reading_finds(values: list):
    found = signals_of(values)
    known = [at for at, value in enumerate(values) if value is not None]
    assert {one.points[0] for one in found if one.rule == "outside"} == {at for at in known if abs(values[at]) > 3}
    off = [at for at in known if values[at] != 0]
    in_shift = {at for start in range(len(off)) for part in [off[start : start + 8]]
                if len(part) == 8 and len({values[one] > 0 for one in part}) == 1 for at in part}  # fmt: skip
    assert {at for one in found if one.rule == "shift" for at in one.points} == in_shift
    far = {tuple(at for at in known[start : start + 3] if sign * values[at] > 2) for start in range(len(known)) for sign in (1, -1)}
    far = {points for points in far if len(points) >= 2}
    assert {at for one in found if one.rule == "two of three" for at in one.points} == {at for points in far for at in points}


@given(st.lists(st.integers(0, 50), min_size=LEAST, max_size=40), st.integers(1, 20))
def test_a_chart_turned_upside_down_has_the_same_signals_the_other_way(values: list[int], scale: int):
    up, down = xmr([float(value) for value in values]), xmr([-float(value) for value in values])
    told = {(one.rule, one.points, one.is_high) for one in up.signals}
    if all(abs((value or 0) - (up.centre or 0)) > 1e-9 for value in up.values):
        assert {(one.rule, one.points, not one.is_high) for one in down.signals} == told
    wide = xmr([scale * float(value) for value in values])
    assert wide.high[0] == pytest.approx(scale * (up.high[0] or 0.0))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: xmr([math.nan] * 9), lambda: xmr([math.inf] * 9), lambda: xmr([1.0] * 9, baseline=(3, 9)), lambda: xmr([1.0] * 9, baseline=(5, 4)),
        lambda: u_chart([1] * 9, exposure=[1.0] * 8), lambda: u_chart([1] * 9, exposure=[0.0] * 9), lambda: c_chart([-1] * 9),
        lambda: c_chart([0.5] * 9), lambda: c_chart(["5"] * 9), lambda: p_chart([6] * 9, of=[5] * 9), lambda: Rules(shift=2), lambda: Rules(trend=3),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError):
        wrong()


def test_constant_and_all_zero_series_have_limits_and_no_signal():
    for values in ([5] * 20, [0] * 20):
        for chart in (c_chart(values), c_chart(values, laney=True), xmr([float(value) for value in values])):
            assert chart.signals == ()
            assert chart.centre == values[0]


def test_months_left_out_teach_the_limits_nothing_and_are_judged_all_the_same():
    quiet = [10, 12, 11, 13, 9, 14, 10, 12, 11, 13, 9, 14]
    shaken = [*quiet[:6], 90, 1, *quiet[6:]]
    for made, plain in (
        (xmr(shaken, left_out=(6, 7)), xmr(quiet)),
        (u_chart(shaken, exposure=[1.0] * 14, left_out=(6, 7)), c_chart(quiet)),
    ):
        assert (made.centre, made.high[0], made.known) == (plain.centre, plain.high[0], 12)
        assert [one.points for one in made.signals if one.rule == "outside" and one.is_high] == [(6,)]
