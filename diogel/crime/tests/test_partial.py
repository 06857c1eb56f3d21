"""Which months are taken for partial: by their own force, against those nearest in time, never without company."""

from __future__ import annotations

from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import FileKey
from diogel.crime.partial import judge

START = Month(2018, 1)


def series(*rows, force="north-wales"):
    return {FileKey(START + n, force): count for n, count in enumerate(rows)}


def partial(rows):
    return [str(key.month) for key, verdict in sorted(judge(rows).items()) if verdict.is_partial]


def test_a_month_with_less_than_half_the_usual_rows_is_partial():
    assert partial(series(5000, 5100, 2549, 5200, 5100)) == ["2018-03"]
    assert partial(series(5000, 5100, 2551, 5200, 5100)) == []


def test_the_month_itself_has_no_say_in_what_is_usual():
    verdict = judge(series(100, 5000, 5200))[FileKey(START, "north-wales")]
    assert (verdict.usual, verdict.is_partial) == (5100, True)


def test_forces_are_judged_each_by_itself():
    assert partial(series(5000, 5100, 5200) | series(300, 310, 290, force="btp")) == []


def test_with_too_few_other_months_nothing_is_said():
    verdicts = judge(series(5000, 10))
    assert [verdict.usual for verdict in verdicts.values()] == [None, None]
    assert partial(series(5000, 10)) == []


def test_a_level_that_drifts_over_the_years_is_no_gap():
    falling = [round(10000 * 0.992**n) for n in range(180)]
    assert falling[-1] < 0.3 * falling[0]
    assert partial(series(*falling)) == []


def test_four_broken_months_among_thirteen_are_all_found():
    assert len(partial(series(3415, 3137, 3163, 3276, 3129, 1187, 300, 164, 283, 3478, 3293, 3570, 3759))) == 4
