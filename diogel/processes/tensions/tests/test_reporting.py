"""A report's way from coming in to being closed: the clock, who may, what the log hears."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from diogel.audit.models import Entry
from diogel.people.access import Anyone, Installation, Role
from diogel.people.tests.cast import hold, make_person, make_user
from diogel.people.versions import StaleSave
from diogel.processes.tensions import process, reporting
from diogel.processes.tensions.models import Tension
from diogel.records.models import Record
from diogel.records.workflow import MoveRefused

AT = datetime(2022, 1, 10, 9, 30, tzinfo=UTC)


def send(cast, by=None, **more):
    values = {"source": "phone", "type": "rumour", "place": "Bangor", "text": "People are uneasy", "language": "en", "received_at": AT}
    return reporting.report(by=by or Installation(), partnership=cast.gwynedd_mon, **(values | more))


def grade(tension, by, **more):
    values = {"seen": tension.version, "experienced": 3, "evidenced": 2, "potential": 5, "at": AT} | more
    return reporting.triage(tension, by=by, **values)


def test_a_report_starts_the_clock_of_a_day(cast):
    tension = send(cast)
    assert (tension.opened_on, tension.due_on, tension.status) == (date(2022, 1, 10), date(2022, 1, 11), "received")


def test_references_count_within_a_year_and_a_partnership(cast):
    assert [send(cast).reference for _ in range(2)] == ["T-2022-001", "T-2022-002"]
    assert send(cast, received_at=datetime(2021, 5, 1, 12, tzinfo=UTC)).reference == "T-2021-001"
    theirs = reporting.report(
        by=cast.dai, partnership=cast.wrexham, source="inbox", type="other", place="x", text="y", language="en", received_at=AT
    )
    assert theirs.reference == "T-2022-001"


def test_triage_gives_five_days_for_the_answer_and_the_close_sets_how_long_it_is_kept(cast):
    tension = grade(send(cast), cast.ann)
    assert (tension.status, tension.due_on, tension.worst) == ("triaged", date(2022, 1, 15), 5)
    reporting.answer(
        tension, by=cast.ann, seen=tension.version, response="Spoke to the ward", is_shared_with_police=True, on=date(2022, 1, 12)
    )
    assert (tension.status, tension.keep_until) == ("answered", None)
    reporting.step(tension, "closed", by=cast.ann, seen=tension.version, on=date(2022, 2, 1))
    stored = Tension.objects.get()
    assert (stored.closed_on, stored.due_on, stored.keep_until) == (date(2022, 2, 1), None, date(2025, 2, 1))
    assert [move.to_status for move in stored.moves.order_by("pk")] == ["received", "triaged", "answered", "closed"]


def test_what_is_not_a_tension_needs_a_reason_and_is_kept_a_year(cast):
    tension = send(cast)
    with pytest.raises(MoveRefused):
        reporting.step(tension, "not_a_tension", by=cast.ann, seen=1)
    tension.refresh_from_db()
    reporting.step(tension, "not_a_tension", by=cast.ann, seen=1, reason="A lost dog", on=date(2022, 1, 10))
    assert Tension.objects.get().keep_until == date(2023, 1, 10)


def test_opened_again_a_report_has_no_day_of_disposal(cast):
    tension = send(cast)
    reporting.step(tension, "not_a_tension", by=cast.ann, seen=1, reason="A lost dog")
    reporting.step(tension, "received", by=cast.ann, seen=2, reason="It was not a dog")
    assert (tension.keep_until, tension.closed_on) == (None, None)


@pytest.mark.parametrize("who", ["carys", "dai"])
def test_who_has_no_part_in_it_reports_nothing(cast, who):
    with pytest.raises(PermissionDenied):
        send(cast, by=getattr(cast, who))
    assert not Record.objects.exists()


def test_bryn_reports_and_does_not_triage(cast):
    tension = send(cast, by=cast.bryn)
    with pytest.raises(PermissionDenied):
        grade(tension, cast.bryn)


def test_a_second_triage_is_refused_and_changes_no_level(cast):
    mine, theirs = send(cast), Tension.objects.get()
    grade(theirs, cast.ann)
    with pytest.raises(StaleSave):
        grade(mine, cast.ann, experienced=6)
    assert Tension.objects.get().experienced == 3


def test_the_workflow_reaches_every_status_and_every_open_one_has_a_clock():
    assert not process.WORKFLOW.unreachable()
    assert all(step.due_in_days for step in process.STEPS if step.to_status not in process.KEEP_YEARS)


def test_the_log_hears_nothing_that_people_wrote(cast):
    tension = send(cast, contact="07700 900123", by=Anyone())
    grade(tension, cast.ann)
    reporting.answer(tension, by=cast.ann, seen=tension.version, response="Visited the ward", is_shared_with_police=False)
    told = json.dumps(list(Entry.objects.values("by", "subject", "sealed_detail", "words__text")))
    assert "response" in told
    assert not any(words in told for words in ("uneasy", "Visited", "07700", "Bangor"))


def test_every_look_at_the_reporter_is_recorded_and_ann_may_not_look(cast):
    case_worker = make_user(make_person("Nia", "Dychmygus"))
    hold(case_worker, cast.gwynedd_mon, Role.CASE_ROLE)
    tension = send(cast, contact="07700 900123")
    with pytest.raises(PermissionDenied):
        reporting.look_at_reporter(tension, by=cast.ann)
    for _ in range(2):
        assert reporting.look_at_reporter(tension, by=case_worker).contact == "07700 900123"
    assert Entry.objects.filter(deed="read", by=case_worker.reference, subject="tensions.reporter:T-2022-001").count() == 2


def test_the_spine_keeps_no_word_of_it(cast):
    send(cast, contact="07700 900123")
    row = Record.objects.values().get()
    assert not any("uneasy" in str(value) or "07700" in str(value) for value in row.values())
