"""Who works in two partnerships with one account sees in each what the person written down there has a part in."""

import pytest
from django.core.exceptions import PermissionDenied

from diogel.people import enrolment
from diogel.people.access import Installation, Role
from diogel.people.models import Group, GroupMember, User
from diogel.processes.tensions.models import Tension


def test_a_seat_there_opens_the_group_there_and_a_seat_here_does_not(cast):
    person = enrolment.enrol(by=cast.dai, partnership=cast.wrexham, given="B", family="Dau", role="member", email="bryn@example.org")
    enrolment.open_account(by=cast.dai, person=person, partnership=cast.wrexham)
    enrolment.give_role(by=Installation(), person=person, partnership=cast.wrexham, role=Role.CASE_ROLE)
    group = Group.objects.create(partnership=cast.wrexham, code="g", level="local")
    Tension.objects.create(
        kind="tension", reference="T-1", partnership=cast.wrexham, group=group, status="reported", visibility="group",
        opened_on="2022-01-01", received_at="2022-01-01T00:00Z",
    )  # fmt: skip
    assert Tension.objects.visible_to(User.objects.get(pk=cast.bryn.pk)).count() == 0
    with pytest.raises(PermissionDenied):
        enrolment.seat(by=cast.dai, group=group, person=cast.bryn.person)
    GroupMember.objects.create(group=group, person=person)
    assert Tension.objects.visible_to(User.objects.get(pk=cast.bryn.pk)).count() == 1
