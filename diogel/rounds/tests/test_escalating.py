"""Whom a letter tells of an update that has not come, and what it says."""

from __future__ import annotations

import pytest

from diogel.people.access import Installation, Role
from diogel.people.models import Person
from diogel.people.tests.cast import hold, make_person, make_user
from diogel.post.models import Letter
from diogel.rounds.running import follow_the_clock

from .made import D18, make_round

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
