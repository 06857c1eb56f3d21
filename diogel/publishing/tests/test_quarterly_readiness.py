"""A pack waits for every card to be answered and every sentence it tells to be checked, and says where each is mended."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import resolve
from django.utils.translation import override

from diogel.indicators.models import Context, Measure
from diogel.people.models import Body
from diogel.publishing.quarterly_readiness import address, hindrances
from diogel.publishing.quarterly_scope import QuarterScope
from diogel.publishing.quarterly_source import source
from diogel.publishing.quarterly_waiting import waiting

from .a_quarter import QUARTER, facts_of, make_card, make_measure, observe


def scope_of(quarter) -> QuarterScope:
    return QuarterScope.of(quarter.cast.gwynedd_mon, QUARTER)


def found(quarter) -> list:
    """What the papers wait for, as the pack finds it; the desk's page must find just the same."""
    facts = facts_of(quarter)
    here = hindrances(facts, source(facts, keeps_back=False))
    assert {(each.subject, each.sentence_cy, each.sentence_en) for each in waiting(scope_of(quarter))} == {
        (each.subject, each.sentence_cy, each.sentence_en) for each in here
    }
    return here


def subjects(quarter) -> list[str]:
    return [each.subject for each in found(quarter)]


def test_a_quarter_that_is_answered_and_checked_waits_for_nothing(quarter):
    assert subjects(quarter) == []


def test_a_card_is_answered_when_signed_or_when_someone_looks_until_a_day(quarter):
    card = make_card(quarter.cast, quarter.look, type_="Robbery")
    assert subjects(quarter) == ["card W06000002 Robbery"]
    card.looking_role = "analyst"
    card.save()
    assert subjects(quarter) == ["card W06000002 Robbery"], "a role without a day is no answer"
    card.looking_until = date(2022, 2, 1)
    card.save()
    assert subjects(quarter) == []


def test_a_half_that_is_missing_draft_or_stale_is_named(quarter):
    for state in ("draft", "stale_cy", "stale_en"):
        quarter.told.update.text_state = state
        quarter.told.update.save()
        assert subjects(quarter) == ["update 14 text"]
    quarter.told.update.text_cy, quarter.told.update.text_state = "", "missing"
    quarter.told.update.save()
    assert [each.sentence_en for each in found(quarter)] == [
        "Update on action 14, what has happened. One half is missing, so neither can be told."
    ]


def test_the_sentences_are_in_both_languages_whatever_the_page(quarter):
    quarter.told.update.text_state = "stale_cy"
    quarter.told.update.save()
    for language in ("cy", "en"):
        with override(language):
            (one,) = found(quarter)
        assert one.sentence_en == "Update on action 14, what has happened. The Welsh is stale, so neither half can be told."
        assert "Mae’r Gymraeg wedi dyddio" in one.sentence_cy


def test_a_name_that_must_be_there_and_is_not_is_a_hindrance_too(quarter):
    Body.objects.filter(code="north-wales-police").update(name_cy="", name_en="", name_state="missing")
    assert subjects(quarter) == ["body north-wales-police name"]


def test_what_is_not_told_hinders_nothing(quarter):
    quarter.told.update.next_step_state = "draft"
    quarter.told.update.save()
    quarter.looking.explanation_cy, quarter.looking.explanation_state = "Lladron", "missing"
    quarter.looking.save()
    assert subjects(quarter) == []


def test_a_reason_for_a_missing_figure_is_told_and_so_must_be_checked(quarter):
    observe(make_measure(quarter.told, "X1"), state="missing", reason_cy="Ni ddaeth.", reason_en="It did not come.", reason_state="draft")
    assert subjects(quarter) == ["observation X1 reason"]


@pytest.mark.parametrize(
    ("row", "field"),
    [("plan", "title"), ("action", "title"), ("update", "text"), ("signed", "explanation"), ("sensitive", "title")],
)
def test_each_leads_to_the_page_that_mends_it(quarter, row, field):
    each = quarter.signed if row == "signed" else getattr(quarter.told, row)
    setattr(each, f"{field}_state", "draft")
    each.save()
    (one,) = found(quarter)
    with override("en"):
        assert resolve(address(one, scope_of(quarter)))


def test_an_area_has_no_page_of_its_own(quarter):
    quarter.cast.gwynedd.name_state = "draft"
    quarter.cast.gwynedd.save()
    (one,) = found(quarter)
    assert one.subject == "area W06000002 name"
    assert address(one, scope_of(quarter)) == ""


def test_the_page_and_the_pack_find_the_same_in_every_kind_of_row(quarter):
    """Everything there is, unchecked at once: what the one names the other names too."""
    observe(make_measure(quarter.told, "X1"), state="missing", reason_cy="Ni ddaeth.", reason_en="It did not come.", reason_state="draft")
    make_card(quarter.cast, quarter.look, type_="Robbery")
    rows = [quarter.told.plan, quarter.told.action, quarter.told.update, quarter.signed, quarter.cast.gwynedd, quarter.cast.anglesey]
    rows += [quarter.cast.police, quarter.cast.gwynedd_mon, *Measure.objects.all(), *Context.objects.all()]
    for each in rows:
        for name in each.pairs:
            setattr(each, f"{name}_state", "draft")
        each.save()
    kinds = {each.about.kind for each in found(quarter)}
    assert kinds == {"who", "plan", "area", "body", "action", "update", "card", "measure", "observation", "event"}


def test_without_a_plan_the_page_and_the_pack_still_agree(quarter):
    quarter.told.plan.delete()
    quarter.told.sensitive.title_state = "draft"
    quarter.told.sensitive.save()
    assert subjects(quarter) == ["measure G6 title"]
