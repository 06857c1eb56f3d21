"""Whom a letter tells of an update that has not come, and what it says."""

from __future__ import annotations

import pytest

from diogel.people.access import Installation, Role
from diogel.people.models import Person
from diogel.people.tests.cast import bilingual, hold, make_person, make_user
from diogel.plan.models import Lead, Priority
from diogel.post.models import Letter
from diogel.rounds.running import follow_the_clock, open_round, prepare_round

from .made import D3, D18, QUARTER, Asked, add_action, make_plan, make_round

pytestmark = pytest.mark.django_db


def lead_of(cast, given: str, body, **values) -> Person:
    hold(user := make_user(make_person(given, "Glas", body)), cast.gwynedd_mon, Role.PRIORITY_LEAD)
    Person.objects.filter(pk=user.person.pk).update(**values)
    return user.person


def told(made) -> dict[str, list[str]]:
    """The actions of which each was told, by given name."""
    follow_the_clock(made.round, by=Installation(), on=D18)
    letters = Letter.objects.filter(kind="escalation").select_related("person").order_by("person")
    lines = {each.person.given: "\n".join(each.paragraphs).splitlines() for each in letters}
    return {given: [line.partition(".")[0] for line in rows if line[:1].isdigit() and ". " in line[:4]] for given, rows in lines.items()}


def test_what_a_lead_without_an_address_cannot_be_told_the_co_ordinator_is(cast):
    lead_of(cast, "Mabli", cast.police, email="")
    assert told(make_round(cast)) == {"Ann": ["1", "2", "3"]}


def prioritise(made, action: int, number: int, *leads) -> None:
    """Let an action serve a priority that these bodies lead, each in a role."""
    priority = Priority.objects.create(plan=made.plan, code=str(number), number=number, **bilingual("Blaenoriaeth", "Priority", "title"))
    for body, role in leads:
        Lead.objects.create(priority=priority, body=body, role_en=role)
    made.plan.numbers.get(number=action).priorities.add(priority)


def test_an_update_that_has_not_come_goes_to_who_leads_the_priority_that_its_action_serves(cast):
    made = make_round(cast)
    lead_of(cast, "Naomi", cast.council, post_en="Head of Safeguarding")
    lead_of(cast, "Siwan", cast.council, post_en="Senior Officer (Community Safety)")
    lead_of(cast, "Mabli", cast.police)
    prioritise(made, 1, 1, (cast.council, "Alcohol: Senior Officer (Community Safety)"))
    prioritise(made, 2, 2, (cast.council, "Community Safety Team"))
    assert told(made) == {"Naomi": ["2", "3"], "Siwan": ["1", "2", "3"]}, "the third serves none: the leads of its own body"


def test_where_nobody_leads_the_priority_any_more_the_leads_of_the_bodies_are_told(cast):
    made = make_round(cast)
    lead_of(cast, "Mabli", cast.police)
    prioritise(made, 1, 1, (cast.council, "Head of Safeguarding"))
    prioritise(made, 2, 2, (cast.council, "Head of Safeguarding"))
    assert told(made) == {"Mabli": ["1", "2"], "Ann": ["3"]}


def test_who_was_asked_is_not_told_that_they_did_not_answer(cast):
    hold(cast.bryn, cast.gwynedd_mon, Role.PRIORITY_LEAD)
    made = make_round(cast)
    prioritise(made, 1, 1, (cast.police, "Sergeant"))
    assert told(made) == {"Ann": ["1", "2", "3"]}


def test_the_letter_names_every_action_for_it_leads_to_no_page(cast):
    plan = make_plan(cast)
    for number in range(4, 17):
        add_action(plan, number, cast.police)
    round_ = prepare_round(plan, QUARTER, by=cast.ann, on=D3)
    open_round(round_, by=cast.ann, on=D3)
    assert told(Asked(cast, plan, round_)) == {"Ann": [str(number) for number in range(1, 17)]}
