"""What the next quarter is likely to hold: told with its back-tests, or not at all and why; worked out by night, only read by day."""

from __future__ import annotations

import re
import shutil
from datetime import date
from functools import cache

import numpy as np
import pytest

from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month, Quarter, months_from
from diogel.crime.hot_nightly import NothingToWorkOut
from diogel.home import remember
from diogel.indicators import outlook_nightly, outlook_shown, views_crime
from diogel.indicators.outlook_found import CRIME, LEAST_TRIED, WHOLE, left_out_of_sums, outlooks, quarter_after, with_sums
from diogel.indicators.outlook_kept import kept
from diogel.indicators.rules import INCIDENTS
from diogel.indicators.tests.small_store import GWYNEDD, LAST, MON, lay_store, planted

pytestmark = pytest.mark.slow

WHERE = "/en/gwynedd-mon/desk/figures/crime/"
TYPES = ("Burglary", "Drugs", INCIDENTS)


def cube_of(*, months: int = 60, step_at: int | None = None, unknown: tuple[int, ...] = (), seed: int = 3) -> Cube:
    span = tuple(months_from(LAST - (months - 1), LAST))
    means = np.full((2, 3, months), 80.0)
    if step_at is not None:
        means[0, 0, step_at:] *= 2
    known = np.ones((2, months), dtype=bool)
    known[0, list(unknown)] = False
    values = np.random.default_rng(seed).poisson(means).astype(np.int64)
    return with_sums(Cube((MON, GWYNEDD), TYPES, span, values, known))


def found(cube: Cube, left_out=None):
    rows = outlooks(cube, left_out=left_out or {}, rng=np.random.default_rng(1))
    return {(one.area, one.type): one for one in rows}


@cache
def quiet():
    return found(cube_of())


def test_incidents_are_no_part_of_the_sum_of_crimes_and_one_area_has_no_sum():
    cube = cube_of()
    assert cube.types == (*TYPES, CRIME)
    assert cube.areas == (MON, GWYNEDD, WHOLE)
    assert (cube.values[:, 3] == cube.values[:, 0] + cube.values[:, 1]).all()
    assert (cube.values[2] == cube.values[0] + cube.values[1]).all()
    alone = with_sums(Cube((MON,), TYPES, cube.months, cube.values[:1, :3], cube.known[:1]))
    assert alone.areas == (MON,)


def test_what_a_part_leaves_out_its_sums_leave_out_and_nothing_else_does():
    out = left_out_of_sums({(MON, "Drugs"): (LAST,), (GWYNEDD, INCIDENTS): (LAST - 1,)}, cube_of())
    assert out[MON, CRIME] == out[WHOLE, CRIME] == out[WHOLE, "Drugs"] == (LAST,)
    assert out[WHOLE, INCIDENTS] == (LAST - 1,)
    assert (GWYNEDD, CRIME) not in out
    assert (GWYNEDD, "Drugs") not in out


@pytest.mark.parametrize(
    ("last", "quarter"), [((2021, 12), "2022-03"), ((2021, 11), "2022-03"), ((2022, 1), "2022-06"), ((2022, 3), "2022-06")]
)
def test_the_next_quarter_is_the_first_that_begins_after_the_last_month(last, quarter):
    assert quarter_after(Month(*last)) == Quarter.parse(quarter)


def test_a_quiet_series_gets_a_range_and_at_least_four_back_tests():
    for one in quiet().values():
        assert one.state == "told"
        assert one.low < one.expected < one.high
        assert LEAST_TRIED <= len(one.tried) <= 8
        assert one.held == sum(each["low"] <= each["observed"] <= each["high"] for each in one.tried)
    assert quiet()[WHOLE, CRIME].low > quiet()[MON, CRIME].high


def test_a_level_that_changed_lately_gets_no_range_and_the_month_is_told():
    stepped = found(cube_of(step_at=50))
    changed = stepped[MON, "Burglary"]
    assert (changed.state, changed.low) == ("step", None)
    assert changed.months[0] in {str(LAST - back) for back in (8, 9, 10)}
    assert stepped[GWYNEDD, "Burglary"].state == "told"
    assert "the level of this series has been another since" in outlook_shown.why_silent(changed, Quarter.parse("2022-03"))


def test_a_level_that_changed_long_ago_does_not_silence_it():
    assert found(cube_of(months=72, step_at=30))[MON, "Burglary"].state == "told"


def test_a_month_of_the_latest_that_is_not_whole_silences_its_area_and_the_sum():
    gappy = found(cube_of(unknown=(58,)))
    assert (gappy[MON, "Drugs"].state, gappy[MON, "Drugs"].months) == ("partial", ("2021-11",))
    assert gappy[WHOLE, CRIME].state == "partial"
    assert gappy[GWYNEDD, "Drugs"].state == "told"
    assert "November 2021" in outlook_shown.why_silent(gappy[MON, "Drugs"], Quarter.parse("2022-03"))


def test_a_short_history_is_told_so_and_nothing_is_shown():
    short = found(cube_of(months=22))
    assert {one.state for one in short.values()} == {"too_short"}
    assert {one.tried for one in short.values()} == {()}


def test_ranges_that_did_not_hold_are_told_with_a_warning():
    one = quiet()[MON, "Drugs"]
    missed = tuple(each | {"observed": each["high"] + 1} for each in one.tried)
    bad = type(one)(**{**{name: getattr(one, name) for name in one.__dataclass_fields__}, "tried": missed})
    assert f"Of the last {len(missed)} quarters, 0 fell inside such a range" in outlook_shown.coverage_said(bad)
    assert "do not plan by this one alone" in outlook_shown.coverage_said(bad)


@pytest.fixture(scope="session")
def laid(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outlook")
    lay_store(folder / "crime", planted())
    return folder


@pytest.fixture
def ann(client, cast, own_home, laid, monkeypatch):
    own_home.mkdir(parents=True, exist_ok=True)
    remember(today="2022-01-17")
    monkeypatch.setattr(views_crime, "today", lambda: date(2022, 1, 17))
    shutil.copytree(laid / "crime", own_home / "crime")
    (laid / "drawings").mkdir(exist_ok=True)
    (own_home / "drawings").symlink_to(laid / "drawings")
    client.force_login(cast.ann)
    return client


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_night_works_it_out_once_and_the_page_shows_it(ann, cast, django_assert_max_num_queries, monkeypatch):
    asked = {"area": GWYNEDD, "type": "Burglary"}
    assert "is worked out by night" in words(ann.get(WHERE, asked))
    assert outlook_nightly.work_out(cast.gwynedd_mon)
    assert not outlook_nightly.work_out(cast.gwynedd_mon), "nothing has changed since"
    one = kept(cast.gwynedd_mon).series[GWYNEDD, "Burglary"]
    assert one.state == "told"
    welsh = WHERE.replace("/en/", "/cy/")
    for path in (WHERE, welsh):
        ann.get(path, asked | {"draw": "control"})
        ann.get(path, asked)

    def refuse(*_args):
        raise AssertionError("drawn by day")

    monkeypatch.setattr("diogel.published.drawing.draw_svg", refuse)
    with django_assert_max_num_queries(12):
        shown = ann.get(WHERE, asked)
    said = words(shown)
    assert f"Burglary, Gwynedd: {one.low} to {one.high} expected, January to March 2022" in said
    assert f"Of the last {len(one.tried)} quarters, {one.held} fell inside such a range" in said
    coming, *earlier = shown.context["outlook"]["table"]["rows"]
    assert coming == ["January to March 2022", f"{one.low:,}–{one.high:,}", "not yet known", "ahead"]
    assert len(earlier) == len(one.tried)
    assert f"Byrgleriaeth, Gwynedd: disgwylir {one.low} i {one.high}, Ionawr i Fawrth 2022" in words(ann.get(welsh, asked))
    with django_assert_max_num_queries(12):
        assert "expected, January to March 2022" in words(ann.get(WHERE, asked | {"draw": "control"}))


def test_of_several_types_that_are_not_all_nothing_is_told_and_earlier_months_show_nothing_ahead(ann, cast):
    outlook_nightly.work_out(cast.gwynedd_mon)
    assert "Choose one type, or all of them" in words(ann.get(WHERE, {"type": ["Burglary", "Shoplifting"]}))
    past = ann.get(WHERE, {"type": "Burglary", "to": "2021-06"})
    assert "outlook" not in past.context
    assert "next quarter" not in words(past).lower()


def test_a_level_that_moved_is_told_on_the_page_in_either_language(ann, cast):
    outlook_nightly.work_out(cast.gwynedd_mon)
    assert kept(cast.gwynedd_mon).series[MON, "Vehicle crime"].state == "step"
    asked = {"area": MON, "type": "Vehicle crime"}
    shown = ann.get(WHERE, asked)
    assert "outlook" not in shown.context
    assert "January to March 2022: nothing is said, because the level of this series has been another since about this month" in words(
        shown
    )
    assert "Ionawr i Fawrth 2022: ni ddywedir dim" in words(ann.get(WHERE.replace("/en/", "/cy/"), asked))


def test_without_rows_or_areas_there_is_nothing_to_work_out(cast, own_home):
    with pytest.raises(NothingToWorkOut, match="No crime data"):
        outlook_nightly.work_out(cast.gwynedd_mon)
    assert kept(cast.gwynedd_mon) is None
