"""Recorded crime as a control chart: the baseline is stated, what was left out teaches nothing, rules are named, gaps are no zeros."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from diogel.analysis.periods import Month, months_from
from diogel.indicators.crime_asked import CONTROL, Asked, Place
from diogel.indicators.crime_control import baseline_of, controlled, finding, how_said, months_table, rules_table
from diogel.indicators.crime_found import Found
from diogel.indicators.crime_words import Noted
from diogel.indicators.models import Context
from diogel.indicators.tests.small_store import GWYNEDD

from .test_crime_page import PARTIAL, WHERE, ann, store, stores

__all__ = ["ann", "store", "stores"]
FIRST = Month(2019, 1)


def found_of(counts: list[int | None]) -> Found:
    asked = Asked((Place(GWYNEDD, "Gwynedd", "Gwynedd"),), ("Burglary",), FIRST, FIRST + (len(counts) - 1), CONTROL)
    return Found(asked, {"Burglary": tuple(counts)}, {}, tuple(counts), (), (), None, None)  # type: ignore[arg-type]


def event(first: date, last: date | None, *, is_left_out: bool = True) -> Noted:
    return Noted(Context(from_on=first, to_on=last, is_excluded_from_baseline=is_left_out), "1", Month.of(first))


USUAL = [40, 44, 38, 42, 45, 39] * 6


def test_the_first_two_years_are_the_baseline_and_later_months_do_not_move_it():
    plain, later = controlled(found_of(USUAL), []), controlled(found_of([*USUAL[:30], *[400] * 6]), [])
    assert (str(plain.first), str(plain.last), plain.chart.kind) == ("2019-01", "2020-12", "XmR")
    assert plain.high == later.high
    assert {one.rule for one in later.chart.signals} >= {"outside"}
    assert [baseline_of(n) for n in (36, 30, 29, 18, 17, 5)] == [24, 24, 12, 12, 17, 5]


def test_months_of_a_recorded_event_are_left_out_of_the_limits_and_told():
    shaken = [*USUAL[:14], 2, 3, *USUAL[16:]]
    told = controlled(found_of(shaken), [event(date(2020, 3, 23), date(2020, 4, 30)), event(date(2020, 9, 1), None, is_left_out=False)])
    assert [str(month) for month in told.left_out] == ["2020-03", "2020-04"]
    assert told.low[0] > 3
    assert "March 2020, below" in rules_table(told)["rows"][0][2]


def test_few_a_month_are_set_against_chance_by_the_length_of_the_month():
    told = controlled(found_of([3, 4, 2, 5, 3, 4] * 6), [])
    assert told.chart.kind == "u"
    assert told.high[0] > told.high[1], "January is longer than February"
    assert told.counts[:2] == (3, 4)


def test_a_missing_month_is_passed_over_and_too_few_draw_no_limits():
    gappy = controlled(found_of([None if at in (3, 4) else n for at, n in enumerate(USUAL)]), [])
    assert (gappy.chart.known, gappy.counts[3]) == (22, None)
    short = controlled(found_of([40, None, 41, 39, None, 42, 40]), [])
    assert short.high == (None,) * 7
    assert "too few known months" in finding(short, "Burglary", "Gwynedd")


def test_every_rule_stands_in_the_table_whether_it_is_broken_or_not():
    table = rules_table(controlled(found_of(USUAL), []))
    assert [row[1] for row in table["rows"]] == ["circle", "square", "triangle", "diamond"]
    assert [row[2] for row in table["rows"]] == ["none"] * 4
    risen = rules_table(controlled(found_of([*USUAL[:24], *[46] * 12]), []))
    assert risen["rows"][1][2] == "January 2021 – December 2021, above"


def test_the_page_draws_as_it_is_asked_to_and_keeps_the_choice(ann, store, django_assert_max_num_queries):
    store()
    asked = {"area": GWYNEDD, "type": "Burglary", "draw": "control"}
    ann.get(WHERE, asked)
    with django_assert_max_num_queries(12):
        shown = ann.get(WHERE, asked)
    page = shown.content.decode()
    assert "signal on the control chart" in page or "signals on the control chart" in page
    assert "November 2021, above" in page
    assert '<option value="control" selected>' in page
    assert "XmR chart." in page
    assert "upper limit" in shown.context["figure"]["wide"]
    welsh = ann.get(WHERE.replace("/en/", "/cy/"), asked).content.decode()
    assert "Siart XmR" in welsh
    assert "terfyn uchaf" in welsh
    assert "draw=control" in page.split('hreflang="cy"')[0][-400:] + page.split('hreflang="cy"')[1][:400]
    rows = {row[0]: row[1] for row in shown.context["figure"]["table"]["rows"]}
    assert rows["February 2021"] is None, f"{PARTIAL} came in part"


def test_without_a_choice_the_line_is_drawn_and_an_unknown_choice_is_refused(ann, store):
    store()
    assert "rules_table" not in ann.get(WHERE, {"type": "Burglary"}).context
    answer = ann.get(WHERE, {"draw": "pie"})
    assert answer.status_code == 422
    assert "Choose one of those that are listed" in answer.content.decode()


def test_panels_lead_on_in_the_same_drawing(ann, store):
    store()
    page = ann.get(WHERE, {"area": GWYNEDD, "draw": "control"}).content.decode()
    assert page.count("&amp;draw=control") >= 2


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_year_alone_is_its_own_baseline(ann, store, language):
    store()
    answer = ann.get(WHERE.replace("/en/", f"/{language}/"), {"from": "2021-01", "type": "Burglary", "draw": "control"})
    assert answer.status_code == 200
    assert len(list(months_from(Month(2021, 1), Month(2021, 12)))) == len(answer.context["figure"]["table"]["rows"])


def test_limits_that_are_the_same_throughout_are_told_once_and_others_month_by_month():
    with translation.override("en"):
        same = controlled(found_of(USUAL), [])
        assert f"Centre: {same.centre[0]:.1f}; lower limit: {same.low[0]:.1f}; upper limit: {same.high[0]:.1f}." in how_said(same)
        assert [column["label"] for column in months_table(same, "Burglary")["columns"]] == ["Month", "Burglary", "Rule broken"]
        few = controlled(found_of([3, 4, 2, 5, 3, 4] * 6), [])
        table = months_table(few, "Burglary")
    assert [column["label"] for column in table["columns"]][2:4] == ["Lower limit", "Upper limit"]
    assert table["rows"][-1][3] != table["rows"][-2][3], "January is longer than February"
