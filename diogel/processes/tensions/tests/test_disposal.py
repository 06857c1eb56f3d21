"""A tension report that is kept no longer goes, with who told us; its row on the spine stays, and so do the numbers."""

import json
from datetime import date, timedelta

import pytest

from diogel.audit import log
from diogel.audit.models import Entry, Words
from diogel.people.access import Installation
from diogel.people.models import Partnership
from diogel.processes.tensions import reporting
from diogel.processes.tensions.models import Reporter, Tension
from diogel.records import disposal
from diogel.records.models import Move, Part, Record

BY = Installation()
TODAY = date(2026, 3, 1)


def report(partnership, *, keep_until=None, contact="rhywun@example.org", text="Dadl Gwenllian Ffug"):
    made = reporting.report(
        by=BY, partnership=partnership, source="form", type="other", place="Bangor", text=text, language="cy", contact=contact
    )
    if keep_until:
        Record.objects.filter(pk=made.pk).update(status="closed", closed_on=date(2023, 1, 1), keep_until=keep_until)
    return made


def run(**more):
    return list(disposal.dispose_all(by=BY, on=TODAY, **more))


@pytest.fixture
def past(cast):
    made = report(cast.gwynedd_mon, keep_until=TODAY - timedelta(days=1))
    Move.objects.filter(record=made.pk).delete()
    Move.objects.create(record_id=made.pk, to_status="not_a_tension", at="2023-01-01T00:00Z", by="user:1", reason="Gwenllian Ffug rang")
    Part.objects.create(record_id=made.pk, person=cast.bryn.person, part="named")
    return made


def test_the_rib_goes_and_the_spine_stays(past):
    before = Record.objects.filter(pk=past.pk).values().get()
    assert [each.reference for each in run()] == [past.reference]
    assert Record.objects.filter(pk=past.pk).values().get() == before
    assert not Tension.objects.exists()
    assert not Reporter.objects.exists()
    assert not Part.objects.exists()
    move = Move.objects.get()
    assert (move.to_status, move.reason) == ("not_a_tension", "")


def test_nothing_that_was_written_is_left_and_the_log_is_whole(past, tmp_path):
    log.record(
        by="user:1", deed="changed", subject=f"tensions.tension:{past.pk}", partnership="gwynedd-mon",
        detail={"text": "Gwenllian Ffug"}, words={"text"},
    )  # fmt: skip
    run()
    left = [*Entry.objects.values("sealed_detail"), *Words.objects.values("text"), *Move.objects.values("reason"), *Record.objects.values()]
    assert not any(word in json.dumps(left, default=str, ensure_ascii=False) for word in ("Gwenllian", "rhywun@", "Dadl"))
    told = Entry.objects.get(deed="disposed")
    assert (told.subject, told.by) == (f"records.tension:{past.reference}", "installation")
    assert log.verify(head_file=tmp_path / "none").is_whole


def test_a_second_run_finds_nothing_to_do(past):
    run()
    entries = Entry.objects.count()
    assert run() == []
    assert Entry.objects.count() == entries


def test_a_dry_run_says_the_same_and_changes_nothing(past):
    entries = Entry.objects.count()
    told = run(is_dry=True)
    assert Tension.objects.exists()
    assert Entry.objects.count() == entries
    assert told == run()


@pytest.mark.parametrize(("day", "goes"), [(TODAY - timedelta(days=1), True), (TODAY, False), (TODAY + timedelta(days=1), False)])
def test_the_last_day_is_a_day_on_which_it_is_kept(cast, day, goes):
    report(cast.gwynedd_mon, keep_until=day)
    assert bool(run()) is goes


def test_what_is_open_is_kept_whatever_its_date(cast):
    made = report(cast.gwynedd_mon, keep_until=TODAY - timedelta(days=1))
    Record.objects.filter(pk=made.pk).update(closed_on=None)
    report(cast.gwynedd_mon)
    assert run() == []


def test_one_that_is_opened_again_while_the_run_goes_on_is_kept(cast):
    first, second = (report(cast.gwynedd_mon, keep_until=TODAY - timedelta(days=n)) for n in (2, 1))
    going = disposal.dispose_all(by=BY, on=TODAY)
    assert next(going).reference == first.reference
    Record.objects.filter(pk=second.pk).update(closed_on=None, keep_until=None)
    assert list(going) == []
    assert Tension.objects.filter(pk=second.pk).exists()


def test_a_run_that_was_stopped_is_taken_up_by_the_next(cast):
    references = [report(cast.gwynedd_mon, keep_until=TODAY - timedelta(days=n)).reference for n in (3, 2, 1)]
    going = disposal.dispose_all(by=BY, on=TODAY)
    next(going)
    going.close()
    assert [each.reference for each in run()] == references[1:]


def test_one_that_cannot_go_is_named_and_the_others_go(cast, monkeypatch):
    from django.db.models import ProtectedError

    stuck, free = (report(cast.gwynedd_mon, keep_until=TODAY - timedelta(days=n)) for n in (2, 1))

    def refuse(self, *args, **options):
        if self.pk == stuck.pk:
            raise ProtectedError("needed", {self})
        return original(self, *args, **options)

    original = Tension.delete
    monkeypatch.setattr(Tension, "delete", refuse)
    told = {each.reference: each.fault for each in run()}
    assert told == {stuck.reference: "other rows still need it", free.reference: ""}
    assert list(Tension.objects.values_list("pk", flat=True)) == [stuck.pk]
    assert Reporter.objects.count() == 1


def test_one_partnership_alone(cast):
    here, there = (report(each, keep_until=TODAY - timedelta(days=1)) for each in (cast.gwynedd_mon, cast.wrexham))
    assert [each.reference for each in run(partnership=cast.gwynedd_mon)] == [here.reference]
    assert Tension.objects.get() == there


def test_a_number_that_went_is_not_given_again(cast, past):
    run()
    assert report(Partnership.objects.get(pk=past.partnership_id)).reference != past.reference
