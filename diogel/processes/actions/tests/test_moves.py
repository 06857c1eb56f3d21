"""Moves are data: what the table does not hold cannot be done, and nothing is half-done."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from diogel.audit.models import Entry
from diogel.people.access import May
from diogel.people.versions import StaleSave
from diogel.processes.actions.models import Action
from diogel.processes.actions.process import WORKFLOW
from diogel.records.models import Record
from diogel.records.workflow import MoveRefused, Step, Workflow, move, steps_open_to, workflows


@pytest.fixture
def action(cast):
    row = Action.objects.create(
        kind="action", reference="x/1", partnership=cast.gwynedd_mon, status="agreed", opened_on=date(2021, 4, 1), title_en="Something"
    )
    row.bodies.set([cast.police])
    return row


def test_every_status_of_every_kind_can_be_reached():
    assert {workflow.kind: workflow.unreachable() for workflow in workflows()} == {workflow.kind: set() for workflow in workflows()}


def test_a_step_to_a_status_that_is_not_there_cannot_be_written_down():
    with pytest.raises(ValueError, match="it does not have"):
        Workflow("x", "x", {"a": "a"}, (Step("a", "b", May.EDIT_PLAN, "go"),), first="a")


def test_a_move_changes_the_status_and_tells_the_log(cast, action):
    move(action, "in_progress", by=cast.ann, seen=1)
    assert Record.objects.get(pk=action.pk).status == "in_progress"
    assert Entry.objects.filter(deed="moved", subject="records.action:x/1").count() == 1


def test_a_move_that_the_table_does_not_hold_is_refused(cast, action):
    move(action, "superseded", by=cast.ann, seen=1)
    with pytest.raises(MoveRefused, match="cannot be done"):
        move(action, "in_progress", by=cast.ann, seen=2)


def test_blocking_needs_a_reason(cast, action):
    with pytest.raises(MoveRefused, match="needs a reason"):
        move(action, "blocked", by=cast.ann, seen=1, reason="  ")
    assert Record.objects.get(pk=action.pk).status == "agreed"


def test_a_scrutiny_member_cannot_move_an_action(cast, action):
    with pytest.raises(PermissionDenied):
        move(action, "in_progress", by=cast.carys, seen=1)


def test_of_two_who_move_the_second_is_told(cast, action):
    other = Action.objects.get(pk=action.pk)
    move(action, "in_progress", by=cast.ann, seen=1)
    with pytest.raises(StaleSave):
        move(other, "on_hold", by=cast.bryn, seen=1, reason="waiting")
    assert Record.objects.get(pk=action.pk).status == "in_progress"
    assert other.moves.count() == 1


def test_what_is_complete_rests_and_can_be_taken_up_again(cast, action):
    move(action, "complete", by=cast.ann, seen=1, on=date(2022, 1, 10))
    assert action.closed_on == date(2022, 1, 10)
    move(action, "in_progress", by=cast.ann, seen=2)
    assert action.closed_on is None


def test_only_steps_that_one_may_take_are_offered(cast, action):
    assert steps_open_to(cast.bryn, action)
    assert steps_open_to(cast.carys, action) == []


def test_the_table_of_actions_closes_what_rests():
    assert {"complete", "superseded", "withdrawn"} == WORKFLOW.closed


def test_a_record_of_a_group_is_seen_by_its_members_alone(cast, action):
    from diogel.people.models import Group, GroupMember

    group = Group.objects.create(partnership=cast.gwynedd_mon, code="g", level="local")
    Record.objects.filter(pk=action.pk).update(visibility="group", group=group)
    assert not Action.objects.visible_to(cast.ann).exists()
    GroupMember.objects.create(group=group, person=cast.bryn.person)
    assert Action.objects.visible_to(cast.bryn).count() == 1


def test_a_case_is_seen_by_the_people_named_in_it_alone(cast, action):
    from diogel.records.models import Part

    Record.objects.filter(pk=action.pk).update(visibility="case")
    assert not Action.objects.visible_to(cast.ann).exists()
    Part.objects.create(record_id=action.pk, person=cast.ann.person, part="named")
    assert Action.objects.visible_to(cast.ann).count() == 1
