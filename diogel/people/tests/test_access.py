"""Who may do what: refusals as often as permissions."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from diogel.people.access import ROLES, Anyone, May, Role, may, require, visible
from diogel.people.models import Group, Holding, Partnership


def test_every_role_has_a_sentence_and_something_to_do():
    assert set(ROLES) == set(Role)
    assert all(sentence and powers for sentence, powers in ROLES.values())


def test_everything_one_may_do_is_held_by_some_role():
    assert set().union(*(powers for _, powers in ROLES.values())) == set(May)


def test_ann_runs_her_partnership_and_not_the_next_one(cast):
    assert may(cast.ann, May.EDIT_PLAN, cast.gwynedd_mon)
    assert not may(cast.ann, May.SEE_DESK, cast.wrexham)


def test_a_stranger_may_nothing(cast):
    assert not any(may(AnonymousUser(), what, cast.gwynedd_mon) for what in May)


def test_a_role_that_has_ended_opens_nothing(cast):
    Holding.objects.filter(person=cast.ann.person).update(to_on=date.today() - timedelta(days=1))
    assert not may(cast.ann, May.SEE_DESK, cast.gwynedd_mon)


def test_someone_who_was_switched_off_may_nothing(cast):
    cast.ann.is_active = False
    assert not may(cast.ann, May.SEE_DESK, cast.gwynedd_mon)


def test_require_says_which_power_was_missing(cast):
    with pytest.raises(PermissionDenied, match="EDIT_PLAN"):
        require(cast.carys, May.EDIT_PLAN, cast.gwynedd_mon)


def test_nobody_sees_another_partnerships_rows(cast):
    Group.objects.create(partnership=cast.wrexham, code="theirs", level="local")
    Group.objects.create(partnership=cast.gwynedd_mon, code="ours", level="local")
    assert [group.code for group in visible(Group.objects.all(), cast.ann)] == ["ours"]
    assert [row.slug for row in Partnership.objects.visible_to(cast.dai)] == ["wrexham"]


def test_the_administrator_sees_no_case_and_the_co_ordinator_no_reporter():
    assert May.SEE_TENSIONS not in ROLES[Role.ADMINISTRATOR][1]
    assert May.SEE_REPORTERS not in ROLES[Role.CO_ORDINATOR][1]


def test_a_public_form_creates_and_never_reads(cast):
    assert {what for what in May if may(Anyone(), what, cast.gwynedd_mon)} == {May.REPORT_TENSION, May.COMMENT_ON_PLAN}
    assert not visible(Group.objects.all(), Anyone()).exists()
