"""A quarter's facts are those of the plan in force then, of what is not kept to a few, and of exactly that quarter."""

from __future__ import annotations

from datetime import date

from diogel.analysis.periods import Quarter
from diogel.crime import counting
from diogel.indicators.models import Context
from diogel.people.access import Visibility
from diogel.people.tests.cast import bilingual
from diogel.plan.models import Plan
from diogel.publishing.quarterly_facts import gather

from .a_quarter import DAY, QUARTER, facts_of, make_measure, observe


def test_the_plan_in_force_in_the_quarter_is_told(quarter):
    assert facts_of(quarter).plan == quarter.told.plan
    assert [each.held.number for each in facts_of(quarter).progress] == [14]


def test_a_plan_that_has_ended_is_no_plan_and_tells_no_progress(quarter):
    after = gather(quarter.cast.gwynedd_mon, Quarter.parse("2022-06"), day=date(2022, 7, 17))
    assert after.plan is None
    assert after.progress == ()


def test_nor_is_one_that_has_not_begun_or_is_a_draft(quarter):
    before = gather(quarter.cast.gwynedd_mon, Quarter.parse("2021-03"), day=DAY)
    assert (before.plan, before.progress) == (None, ())
    Plan.objects.update(status="draft")
    assert facts_of(quarter).plan is None


def test_without_a_plan_only_figures_of_that_very_quarter_are_told(quarter):
    observe(make_measure(quarter.told, "A1"), 4, span=(date(2022, 4, 1), date(2022, 6, 30)))
    after = gather(quarter.cast.gwynedd_mon, Quarter.parse("2022-06"), day=date(2022, 7, 17))
    assert [(each.code, each.indicator) for each in after.measured] == [("A1", None)]


def test_an_action_kept_to_a_few_is_in_no_paper(quarter):
    quarter.told.action.visibility = Visibility.CASE
    quarter.told.action.save()
    assert facts_of(quarter).progress == ()


def test_an_update_that_was_asked_for_is_late_from_the_day_after_it_was_due(quarter):
    update = quarter.told.update
    update.state, update.due_on, update.filed_on, update.filed_by = "asked", date(2022, 1, 14), None, None
    update.save()
    (each,) = facts_of(quarter).progress
    assert (each.is_filed, each.days_late(DAY)) == (False, 3)
    assert each.days_late(date(2022, 1, 14)) == 0


def test_events_reach_into_the_quarter_or_began_shortly_before_it_and_go_on(quarter):
    for code, first, last in (
        ("over", date(2021, 7, 1), date(2021, 9, 30)),
        ("goes-on", date(2021, 6, 1), None),
        ("long-ago", date(2020, 6, 1), None),
        ("reaches-in", date(2020, 3, 23), date(2021, 10, 1)),
        ("later", date(2022, 1, 1), None),
    ):
        Context.objects.create(
            partnership=quarter.cast.gwynedd_mon, code=code, kind="policy", from_on=first, to_on=last, **bilingual("Peth", "Thing", "title")
        )
    assert {event.code for event in facts_of(quarter).context} == {"campaign", "goes-on", "reaches-in"}


def test_what_was_withdrawn_is_not_told(quarter):
    quarter.signed.withdrawn_on = DAY
    quarter.signed.save()
    assert facts_of(quarter).cards == (quarter.looking,)


def test_a_quarter_without_a_look_has_no_figures(quarter):
    earlier = gather(quarter.cast.gwynedd_mon, QUARTER - 1, day=DAY)
    assert (earlier.look, earlier.cards, earlier.before) == (None, (), {})


def test_a_look_at_invented_rows_is_not_told_once_real_ones_are_loaded(quarter, monkeypatch):
    quarter.look.is_synthetic = True
    quarter.look.save()
    monkeypatch.setattr(counting, "kind_of_store", lambda: "synthetic")
    assert facts_of(quarter).look == quarter.look
    monkeypatch.setattr(counting, "kind_of_store", lambda: "real")
    facts = facts_of(quarter)
    assert (facts.look, facts.cards, facts.before) == (None, (), {})
