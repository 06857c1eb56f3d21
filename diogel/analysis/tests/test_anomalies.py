"""The look at a quarter: finds what happened, leaves alone what did not, and says what it cannot say."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from diogel.analysis.anomalies import HISTORY, look
from diogel.analysis.counts import Cube
from diogel.analysis.findings import Finding, Look
from diogel.analysis.periods import Month, Quarter, months_from

from .stores import LAST, QUARTER, changed, quiet_cube, without

OCTOBER, NOVEMBER, DECEMBER = QUARTER.months


def of(told: Look, area: str = "A0", type: str = "T0") -> Finding:
    return next(one for one in told.findings if (one.area, one.type) == (area, type))


def test_a_doubled_month_is_found_and_named():
    told = look(cube=changed(quiet_cube(), area="A0", type="T1", months=[NOVEMBER], factor=2.2), quarter=QUARTER)
    (found,) = told.unusual
    assert (found.area, found.type, found.method, found.kind, found.direction) == ("A0", "T1", "regression", "months", "higher")
    assert found.odd_months == (NOVEMBER,)
    assert found.q <= told.rate
    november = found.monthly[-2]
    assert november.observed > november.high > november.expected > november.low


def test_a_fallen_quarter_is_found_as_lower():
    told = look(cube=changed(quiet_cube(), area="A1", type="T0", months=QUARTER.months, factor=0.4), quarter=QUARTER)
    (found,) = told.unusual
    assert (found.area, found.type, found.direction) == ("A1", "T0", "lower")
    assert found.observed < found.low <= found.expected
    assert told.outside >= 1


def test_a_step_half_a_year_ago_is_found_and_dated_and_no_longer_sets_its_own_mark():
    stepped = changed(quiet_cube(), area="A0", type="T0", months=list(months_from(Month(2021, 5), LAST)), factor=1.6)
    found = of(look(cube=stepped, quarter=QUARTER))
    calm = of(look(cube=quiet_cube(), quarter=QUARTER))
    assert found.is_unusual
    assert found.kind == "level"
    assert found.since in (Month(2021, 4), Month(2021, 7))
    assert found.observed > found.high
    assert found.expected == pytest.approx(calm.expected, rel=0.2)


def test_a_spike_before_the_quarter_is_not_news_of_this_quarter():
    spiked = changed(quiet_cube(), area="A0", type="T0", months=[Month(2021, 9)], factor=6)
    assert not of(look(cube=spiked, quarter=QUARTER)).is_unusual
    assert of(look(cube=spiked, quarter=QUARTER - 1)).is_unusual


def test_months_before_the_quarter_that_did_not_come_are_no_level():
    stepped = changed(quiet_cube(), area="A0", type="T0", months=list(months_from(Month(2021, 5), LAST)), factor=1.6)
    gappy = without(stepped, months=[*months_from(Month(2021, 4), Month(2021, 6)), Month(2021, 8), Month(2021, 9)])
    found = of(look(cube=gappy, quarter=QUARTER))
    assert found.method == "regression"
    assert found.kind != "level"


def test_what_lies_inside_its_interval_is_not_unusual_however_generous_the_rate():
    told = look(cube=quiet_cube(areas=4), quarter=QUARTER, alpha=1e-7, rate=0.99)
    assert any(one.q <= told.rate for one in told.findings)
    assert told.unusual == ()


def test_a_quiet_store_shows_no_card_but_tells_how_many_were_looked_at():
    told = look(cube=quiet_cube(areas=6, types=14), quarter=QUARTER)
    assert told.unusual == ()
    assert told.looked_at == 84
    assert told.outside_by_chance == pytest.approx(0.84)
    assert told.unusual_by_chance == 0


def test_a_missing_month_says_nothing_and_is_named():
    told = look(cube=without(quiet_cube(), months=[NOVEMBER], area="A0"), quarter=QUARTER)
    silent = of(told)
    assert (silent.method, silent.missing) == ("missing", (NOVEMBER,))
    assert [silent.observed, silent.expected, silent.low, silent.high, silent.p, silent.q, silent.power] == [None] * 7
    assert silent.monthly[-2].observed is None
    assert not silent.is_unusual
    assert of(told, area="A1").method == "regression"
    assert told.looked_at == 7


def test_a_quarter_the_store_has_not_reached_is_missing_whole():
    told = look(cube=quiet_cube(), quarter=Quarter(Month(2022, 3)))
    assert of(told).missing == Quarter(Month(2022, 3)).months
    assert told.looked_at == 0


def test_missing_months_of_the_past_are_not_zeros():
    gaps = [Month(2020, 2), Month(2020, 9), Month(2021, 3)]
    whole, gappy, zeros = (
        of(look(cube=cube, quarter=QUARTER)) for cube in (quiet_cube(), without(quiet_cube(), months=gaps), changed_all(quiet_cube(), gaps))
    )
    assert gappy.history_months == whole.history_months - 3
    assert gappy.expected == pytest.approx(whole.expected, rel=0.05)
    assert not gappy.is_unusual
    assert zeros.high - zeros.low > 1.15 * (gappy.high - gappy.low)


def changed_all(cube: Cube, months: list[Month]) -> Cube:
    held = without(cube, months=months, held=0)
    return replace(held, known=np.ones_like(held.known))


def test_what_a_missing_month_held_is_never_read():
    gaps = [Month(2020, 2), Month(2021, 6)]
    assert look(cube=without(quiet_cube(), months=gaps, held=3), quarter=QUARTER) == look(
        cube=without(quiet_cube(), months=gaps, held=77_777), quarter=QUARTER
    )


def test_months_after_the_quarter_are_never_read():
    early = Quarter(Month(2021, 6))
    later = changed(quiet_cube(), area="A0", type="T0", months=QUARTER.months, factor=9)
    assert look(cube=later, quarter=early) == look(cube=quiet_cube(), quarter=early)


def test_months_longer_ago_than_five_years_are_not_read():
    long = quiet_cube(months=96)
    told = of(look(cube=long, quarter=QUARTER))
    assert told.history_months == HISTORY
    ancient = changed(long, area="A0", type="T0", months=list(long.months[:30]), factor=5)
    assert of(look(cube=ancient, quarter=QUARTER)) == told


def test_a_lockdown_on_record_does_not_enter_the_baseline():
    lockdown = list(months_from(Month(2020, 4), Month(2020, 7)))
    fallen = quiet_cube()
    for type_ in fallen.types:
        for area in fallen.areas:
            fallen = changed(fallen, area=area, type=type_, months=lockdown, factor=0.3)
    known, blind = (of(look(cube=fallen, quarter=QUARTER, excluded=months)) for months in (lockdown, ()))
    calm = of(look(cube=quiet_cube(), quarter=QUARTER))
    assert known.expected == pytest.approx(calm.expected, rel=0.03)
    assert known.history_months == calm.history_months - 4
    assert blind.high - blind.low > known.high - known.low
    assert next(point for point in known.monthly if point.month == Month(2020, 5)).observed < calm.expected / 6


def test_what_is_left_out_of_every_series_by_name_is_what_is_left_out_of_all():
    lockdown, cube = tuple(months_from(Month(2020, 4), Month(2020, 7))), quiet_cube()
    named = {(area, type_): lockdown for area in cube.areas for type_ in cube.types}
    assert look(cube=cube, quarter=QUARTER, excluded=named) == look(cube=cube, quarter=QUARTER, excluded=lockdown)
    assert look(cube=cube, quarter=QUARTER, excluded={}) == look(cube=cube, quarter=QUARTER)


def test_months_are_left_out_of_the_series_that_an_event_touched_and_of_no_other():
    lockdown, fallen = list(months_from(Month(2020, 4), Month(2020, 7))), quiet_cube()
    for area, type_ in (("A0", "T0"), ("A1", "T1")):
        fallen = changed(fallen, area=area, type=type_, months=lockdown, factor=0.3)
    told = look(cube=fallen, quarter=QUARTER, excluded={("A0", "T0"): lockdown})
    blind, calm = (look(cube=cube, quarter=QUARTER) for cube in (fallen, quiet_cube()))
    touched, other = of(told), of(told, area="A1", type="T1")
    assert touched.excluded == tuple(lockdown)
    assert touched.expected == pytest.approx(of(calm).expected, rel=0.03)
    assert touched.history_months == of(calm).history_months - 4
    assert other.excluded == ()
    assert other.history_months == of(calm).history_months
    assert other.expected == pytest.approx(of(blind, area="A1", type="T1").expected, rel=0.02), "the fall still weighs on it"
    assert told.excluded == (), "nothing is left out of all"


def test_months_left_out_of_a_series_that_is_not_there_are_an_error():
    with pytest.raises(KeyError, match="A9"):
        look(cube=quiet_cube(), quarter=QUARTER, excluded={("A9", "T0"): [Month(2020, 4)]})
    with pytest.raises(KeyError, match="T99"):
        look(cube=quiet_cube(), quarter=QUARTER, excluded={("A0", "T99"): [Month(2020, 4)]})


def test_a_quarter_in_an_excluded_window_is_still_looked_at():
    told = look(
        cube=changed(quiet_cube(), area="A0", type="T0", months=QUARTER.months, factor=0.3), quarter=QUARTER, excluded=QUARTER.months
    )
    assert of(told).direction == "lower"
    assert told.excluded == QUARTER.months


def test_a_year_and_a_half_is_compared_with_the_same_months_of_last_year():
    told = look(cube=quiet_cube(months=18), quarter=QUARTER)
    found = of(told)
    assert {(one.method, one.earlier_years) for one in told.findings} == {("same_months", 1)}
    last_year = sum(quiet_cube(months=18).series("A0", "T0")[0][3:6].tolist())
    assert found.expected == pytest.approx(last_year)
    assert not found.is_unusual
    assert [point.expected is None for point in found.monthly[-4:]] == [True, False, False, False]
    doubled = changed(quiet_cube(months=18), area="A0", type="T0", months=QUARTER.months, factor=2.5)
    assert of(look(cube=doubled, quarter=QUARTER)).direction == "higher"


def test_less_than_a_year_is_too_little_to_say():
    told = look(cube=quiet_cube(months=12), quarter=QUARTER)
    assert {one.method for one in told.findings} == {"too_short"}
    found = of(told)
    assert found.observed == sum(quiet_cube(months=12).series("A0", "T0")[0][-3:].tolist())
    assert (found.expected, found.p, found.is_unusual) == (None, None, False)
    assert (told.looked_at, told.outside_by_chance) == (0, 0)


def test_last_years_quarter_with_a_gap_is_no_comparison():
    told = look(cube=without(quiet_cube(months=18), months=[Month(2020, 11)]), quarter=QUARTER)
    assert {one.method for one in told.findings} == {"too_short"}


def test_an_expectation_is_not_carried_over_a_long_silence():
    silence = list(months_from(Month(2020, 2), Month(2021, 9)))
    told = look(cube=without(quiet_cube(months=60), months=silence), quarter=QUARTER)
    assert {one.method for one in told.findings} == {"same_months"}


def test_months_on_file_that_make_no_whole_quarter_are_no_year_of_comparison():
    """Six months of history, three of them in a quarter of which the third never came."""
    cube = without(quiet_cube(months=30), months=[Month(2019, 11), *months_from(Month(2020, 1), Month(2020, 9))])
    assert {(one.method, one.earlier_years) for one in look(cube=cube, quarter=QUARTER).findings} == {("same_months", 1)}


def test_a_regression_compares_with_no_single_years():
    assert {(one.method, one.earlier_years) for one in look(cube=quiet_cube(months=60), quarter=QUARTER).findings} == {("regression", 0)}


def test_three_events_where_none_were_are_not_a_card():
    cube = quiet_cube()
    values = cube.values.copy()
    values[0, 6] = 0
    values[0, 6, -2] = 4
    rare = Cube(cube.areas, cube.types, cube.months, values, cube.known)
    found = of(look(cube=rare, quarter=QUARTER), type="T6")
    assert found.observed == 4
    assert not found.is_unusual


def test_a_type_that_never_occurs_is_expected_not_to_and_breaks_nothing():
    cube = quiet_cube()
    values = cube.values.copy()
    values[:, 5] = 0
    found = of(look(cube=Cube(cube.areas, cube.types, cube.months, values, cube.known), quarter=QUARTER), type="T5")
    assert (found.observed, found.low) == (0, 0)
    assert found.expected < 0.2
    assert found.p > 0.5


def test_the_order_of_areas_and_types_changes_nothing():
    cube = changed(quiet_cube(), area="A0", type="T2", months=[OCTOBER], factor=2.5)
    turned = Cube(cube.areas[::-1], cube.types[::-1], cube.months, cube.values[::-1, ::-1], cube.known[::-1])
    one, other = look(cube=cube, quarter=QUARTER), look(cube=turned, quarter=QUARTER)
    for finding in one.findings:
        twin = of(other, finding.area, finding.type)
        assert twin.is_unusual == finding.is_unusual
        assert (twin.low, twin.high) == (finding.low, finding.high)
        assert twin.p == pytest.approx(finding.p, rel=1e-6)


def test_each_interval_is_where_its_own_p_passes_alpha():
    for finding in look(cube=quiet_cube(areas=4, seed=3), quarter=QUARTER, alpha=0.2).findings:
        assert finding.low <= finding.expected <= finding.high
        assert finding.is_outside == (not finding.low <= finding.observed <= finding.high)


def test_intervals_of_quiet_quarters_hold_what_they_promise():
    looks = [look(cube=quiet_cube(areas=6, types=10, seed=seed), quarter=QUARTER, alpha=0.05) for seed in range(8)]
    assert sum(told.outside for told in looks) / sum(told.looked_at for told in looks) < 0.065


def test_levels_that_wander_widen_the_intervals_instead_of_raising_cards():
    steady, restless = (look(cube=quiet_cube(areas=6, types=8, seed=4, level=300, drift=drift), quarter=QUARTER) for drift in (0.0, 0.05))
    width = [np.median([(one.high - one.low) / one.expected for one in told.findings]) for told in (steady, restless)]
    assert width[1] > 1.5 * width[0]
    assert len(restless.unusual) <= 3


def test_the_chance_of_finding_a_rise_grows_with_the_count():
    told = look(cube=quiet_cube(types=12, level=200), quarter=QUARTER)
    power = [of(told, type=f"T{at}").power for at in range(12)]
    assert power[0] > 0.9
    assert power[11] < 0.3
    assert all(0 <= chance <= 1 for chance in power)


@pytest.mark.slow
def test_the_power_told_is_about_the_share_of_rises_found():
    told, found = [], []
    for seed in range(40):
        cube = quiet_cube(seed=500 + seed, types=7, level=70)
        rng = np.random.default_rng(seed)
        values = cube.values.copy()
        mean = of(look(cube=cube, quarter=QUARTER), type="T1")
        told.append(mean.power)
        values[0, 1, -3:] += rng.poisson(rng.gamma(np.full(3, mean.expected / 6 / 0.5), 0.5))
        found.append(of(look(cube=Cube(cube.areas, cube.types, cube.months, values, cube.known), quarter=QUARTER), type="T1").is_unusual)
    assert np.mean(found) > np.mean(told) - 0.15


@pytest.mark.parametrize("months", [48, 22])
def test_the_smallest_rise_told_is_where_four_in_five_are_found_by_either_method(months: int):
    told = look(cube=quiet_cube(types=12, level=400, months=months), quarter=QUARTER)
    assert {one.method for one in told.findings} == {"regression" if months == 48 else "same_months"}
    smallest = np.array([one.smallest_rise for one in told.findings])
    for rise, chances in ((1.5, [one.power for one in told.findings]), (2.0, [one.power_of_doubling for one in told.findings])):
        assert ((smallest <= rise) == (np.array(chances) >= 0.8)).all()
    assert (smallest > 1).all()
    assert np.corrcoef(smallest, [one.expected for one in told.findings])[0, 1] < -0.5, "the more one expects, the less is missed"


def test_where_nothing_was_reckoned_no_rise_is_promised():
    told = look(cube=without(quiet_cube(), months=[NOVEMBER], area="A0"), quarter=QUARTER)
    assert (of(told).power, of(told).power_of_doubling, of(told).smallest_rise) == (None, None, None)


def test_of_a_handful_no_rise_is_found_below_five():
    values = np.zeros((1, 1, 48), dtype=np.int64)
    values[0, 0, ::12] = 1
    told = look(cube=Cube(("A0",), ("T0",), quiet_cube().months, values, np.ones((1, 48), dtype=bool)), quarter=QUARTER)
    (only,) = told.findings
    assert only.expected < 1
    assert only.smallest_rise is None or only.smallest_rise * only.expected > 4


@pytest.mark.parametrize("wrong", [{"alpha": 0.0}, {"alpha": 1.0}, {"rate": 0.0}, {"rate": 2.0}])
def test_shares_outside_nought_and_one_are_refused(wrong: dict):
    with pytest.raises(ValueError, match="between 0 and 1"):
        look(cube=quiet_cube(), quarter=QUARTER, **wrong)


def test_looking_needs_no_slow_import():
    code = "import sys, diogel.analysis.anomalies; print(int('scipy.stats' in sys.modules or 'django' in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "0"
