"""The log finds what was changed or removed, the last rows included."""

import json
from contextlib import suppress

import pytest
from django.db import connection, transaction

from diogel.audit import log
from diogel.audit.models import Entry, Head

pytestmark = pytest.mark.django_db


def write(count: int) -> None:
    for i in range(count):
        log.record(by="user:1", deed="changed", subject=f"plan.plan:{i}", partnership="gwynedd-mon", detail={"n": i})


def tamper(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def head_file(tmp_path, count: int):
    entry = Entry.objects.get(number=count)
    path = tmp_path / "head.json"
    path.write_text(json.dumps({"length": count, "head": entry.seal}))
    return path


def test_a_whole_log_is_whole(tmp_path):
    write(5)
    assert log.verify(head_file=head_file(tmp_path, 5)).is_whole


def test_an_empty_log_is_whole(tmp_path):
    assert log.verify(head_file=tmp_path / "none").is_whole


def test_a_changed_row_is_found(tmp_path):
    write(5)
    tamper("UPDATE audit_entry SET deed = 'nothing' WHERE number = 3")
    assert log.verify(head_file=tmp_path / "none").faults == ("entry 3 was changed after it was written",)


def test_a_removed_row_is_found(tmp_path):
    write(5)
    tamper("DELETE FROM audit_entry WHERE number IN (2, 3)")
    assert "entries 2 to 3 are missing" in log.verify(head_file=tmp_path / "none").faults


def test_the_last_rows_removed_are_found_by_the_head_in_the_table(tmp_path):
    write(5)
    tamper("DELETE FROM audit_entry WHERE number > 3")
    assert "the log ends at entry 3, but entry 5 was written" in log.verify(head_file=tmp_path / "none").faults


def test_the_last_rows_removed_with_the_head_put_back_are_found_by_the_file(tmp_path):
    write(5)
    kept = head_file(tmp_path, 5)
    third = Entry.objects.get(number=3)
    tamper("DELETE FROM audit_entry WHERE number > 3")
    Head.objects.update(number=3, seal=third.seal)
    assert not log.verify(head_file=kept).is_whole


def test_a_whole_chain_forged_anew_is_found_by_the_file(tmp_path):
    write(3)
    kept = head_file(tmp_path, 3)
    tamper("DELETE FROM audit_entry")
    Head.objects.update(number=0, seal="")
    write(4)
    assert any("is not the one that the file" in fault for fault in log.verify(head_file=kept).faults)


def test_the_log_cannot_be_changed_through_its_model():
    write(1)
    entry = Entry.objects.get()
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(TypeError):
        Entry.objects.all().delete()
    with pytest.raises(TypeError):
        Entry.objects.update(deed="other")


@pytest.mark.django_db(transaction=True)
def test_the_head_is_written_beside_the_database_when_the_deed_is_done(own_home):
    write(2)
    kept = json.loads((own_home / log.HEAD_FILE).read_text())
    assert kept == {"length": 2, "head": Entry.objects.get(number=2).seal}


def test_the_head_outside_is_written_once_a_transaction_also_where_a_part_of_it_fell(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as calls:
        with suppress(ZeroDivisionError), transaction.atomic():
            log.record(by="user:1", deed="created", subject="plan.plan:1")
            raise ZeroDivisionError
        for key in (2, 3):
            log.record(by="user:1", deed="created", subject=f"plan.plan:{key}")
    assert len(calls) == 1
    assert log.head()[0] == 2
