"""When quiet is unusual."""

from datetime import date, timedelta

import pytest

from diogel.processes.tensions.silence import silence

START = date(2021, 1, 4)


def every(days: int, times: int) -> list[date]:
    return [START + timedelta(days=days * n) for n in range(times)]


def test_no_report_ever_is_said_as_that():
    assert silence([], today=START).days is None


def test_the_usual_gap_is_the_median_of_the_gaps():
    reports = [START + timedelta(days=n) for n in (0, 2, 4, 6, 8, 40)]
    assert silence(reports, today=reports[-1]).usual_gap == 2


@pytest.mark.parametrize(("quiet", "unusual"), [(0, False), (8, False), (11, False), (12, True), (30, True)])
def test_three_times_the_mean_gap_is_unusual(quiet, unusual):
    # exp(-3) is just under 0.05: gaps of four days each make twelve quiet days unusual and eleven not.
    reports = every(4, 10)
    told = silence(reports, today=reports[-1] + timedelta(days=quiet))
    assert (told.days, told.usual_gap, told.is_unusual) == (quiet, 4, unusual)


def test_too_few_reports_say_nothing_of_what_is_usual():
    reports = every(2, 5)
    told = silence(reports, today=reports[-1] + timedelta(days=300))
    assert (told.days, told.usual_gap, told.is_unusual) == (300, None, False)


def test_several_reports_on_a_day_count_once_and_the_future_not_at_all():
    reports = [*every(4, 10), *every(4, 10), START + timedelta(days=500)]
    assert silence(reports, today=START + timedelta(days=36)) == silence(every(4, 10), today=START + timedelta(days=36))


def test_only_the_past_year_tells_what_is_usual():
    long_ago = [START - timedelta(days=1000 + 90 * n) for n in range(20)]
    reports = every(4, 10)
    assert silence([*long_ago, *reports], today=reports[-1]).usual_gap == 4
