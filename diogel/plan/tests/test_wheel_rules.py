"""The rules of the year: each can be reckoned, in both languages, and gives the days that were worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from diogel.people.access import ROLES, Role
from diogel.plan.wheel import reckon, rules, years_of
from diogel.plan.wheel.rules import ANCHORS
from diogel.plan.year import PAGES


def days(**changes: object) -> dict[str, str]:
    told = {"from_on": date(2021, 4, 1), "to_on": date(2022, 3, 31), "adopted_on": date(2021, 4, 1), "jurisdiction": "wales"} | changes
    return {each.key: each.on.isoformat() for each in reckon(**told)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "on"),
    [
        ("plan-sent.adopted", "2021-04-12"),  # Good Friday and Easter Monday are no working days
        ("summary-published.adopted", "2021-05-04"),  # nor is the first Monday of May
        ("half-way.adopted", "2021-10-01"),
        ("plan-reviewed.adopted", "2022-03-01"),
        ("updates-asked.2021-03", "2021-04-06"),  # 3 April is the Saturday of Easter
        ("updates-due.2021-12", "2022-01-14"),
        ("updates-asked.2021-12", "2022-01-04"),  # 3 January was kept for New Year
        ("papers-out.2021-12", "2022-02-09"),
        ("quarter-published.2021-03", "2021-06-01"),  # 30 May is a Sunday, 31 May a bank holiday
        ("easter-events.2022", "2022-03-28"),
        ("hate-crime-week.2021", "2021-10-09"),
        ("safer-internet-day.2022", "2022-02-08"),
        ("scrutiny-met.year-1", "2022-03-31"),
    ],
)
def test_a_step_falls_on_the_day_worked_out_by_hand(key, on):
    assert days()[key] == on


def test_a_plan_adopted_on_29_february_is_reviewed_eleven_months_later_and_sent_after_five_working_days():
    found = days(from_on=date(2024, 4, 1), to_on=date(2025, 3, 31), adopted_on=date(2024, 2, 29))
    assert found["plan-sent.adopted"] == "2024-03-07"
    assert found["half-way.adopted"] == "2024-08-29"
    assert found["plan-reviewed.adopted"] == "2025-01-29"


def test_a_plan_that_begins_on_29_february_has_years_that_begin_on_the_last_of_february():
    assert years_of(date(2024, 2, 29), date(2027, 2, 27)) == [
        (date(2024, 2, 29), date(2025, 2, 27)),
        (date(2025, 2, 28), date(2026, 2, 27)),
        (date(2026, 2, 28), date(2027, 2, 27)),
    ]


def test_years_that_follow_one_another_leave_no_step_out_and_tell_none_twice():
    first, second = days(), days(from_on=date(2022, 4, 1), to_on=date(2023, 3, 31), adopted_on=date(2022, 4, 1))
    both = days(to_on=date(2023, 3, 31))
    apart = {(key, on) for found in (first, second) for key, on in found.items() if not key.endswith((".adopted", ".year-1"))}
    assert apart == {(key, on) for key, on in both.items() if not key.endswith((".adopted", ".year-1", ".year-2"))}
    assert not {key for key in first if key in second and not key.endswith((".adopted", ".year-1"))}


def test_a_step_keeps_its_key_when_the_day_of_adoption_is_corrected():
    assert days().keys() == days(adopted_on=date(2021, 5, 20)).keys()
    assert days()["plan-sent.adopted"] != days(adopted_on=date(2021, 5, 20))["plan-sent.adopted"]


def test_what_only_the_law_of_wales_asks_for_is_not_told_elsewhere():
    assert "scrutiny-met.year-1" not in days(jurisdiction="england")
    assert "board.2021-06" in days(jurisdiction="")


def test_a_rule_holds_from_its_day_to_its_day():
    assert not any(key.startswith("violence-strategy") for key in days())
    later = days(from_on=date(2028, 4, 1), to_on=date(2029, 3, 31))
    assert "violence-strategy.2029" in later
    assert not any(key.startswith("precept") for key in later)


@pytest.mark.parametrize("year", [1, 1700, 2950, 9999])
def test_dates_that_are_a_slip_of_the_pen_give_no_step_and_break_nothing(year):
    assert days(from_on=date(year, 4, 1), to_on=date(year, 12, 31)) == {}
    assert days(adopted_on=date(year, 12, 31)) == days()
    assert years_of(date(year, 4, 1), date(9999, 12, 31))


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_each_rule_is_whole_in_both_languages_and_leads_somewhere(rule):
    for pair in (rule.title, rule.note, *([rule.source] if rule.is_duty or rule.source.en else [])):
        assert pair.cy
        assert pair.en
    assert rule.title.cy != rule.title.en
    assert rule.when["after"] in ANCHORS
    assert Role(rule.role) in ROLES
    assert PAGES[rule.view][1] in ROLES[Role(rule.role)][1] or rule.role == "scrutiny", "who does it can open the page"
    assert reverse(rule.view, args=["x", "y"] if rule.view.startswith("plan:") else ["x"])


def test_no_two_rules_bear_the_same_code():
    codes = [rule.code for rule in rules()]
    assert len(codes) == len(set(codes))
