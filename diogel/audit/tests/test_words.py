"""The words that a deed tells of lie beside the log: read with it, missed when they are changed, erased by a deed, and it stays whole."""

import json

import pytest
from django.db import connection

from diogel.audit import log
from diogel.audit.models import Entry, Words

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "Rang Siôn Dychmygol yn ôl", "Rang the owner back"


def tell(**more):
    detail = {"text_en": [BEFORE, AFTER], "state": ["draft", "checked"]} | more
    return log.record(
        by="user:1", deed="changed", subject="actions.update:1", partnership="gwynedd-mon", detail=detail, words={"text_en", "absent"}
    )


def tamper(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def verify(tmp_path):
    return log.verify(head_file=tmp_path / "none")


def erase(words, reason="asked"):
    return log.erase(words, by="user:1", partnership="gwynedd-mon", reason=reason)


def test_an_entry_tells_its_words_and_holds_only_their_print():
    told = Entry.objects.get(pk=tell().pk)
    assert told.detail == {"text_en": [BEFORE, AFTER], "state": ["draft", "checked"]}
    assert told.sealed_detail["state"] == ["draft", "checked"]
    assert set(told.sealed_detail["text_en"]) == {"print"}
    assert "Dychmygol" not in json.dumps(told.sealed_detail)


def test_the_same_words_have_another_print_each_time():
    assert tell().sealed_detail["text_en"] != tell().sealed_detail["text_en"]


def test_many_entries_bring_their_words_with_one_more_question(django_assert_num_queries):
    for _ in range(8):
        tell()
    with django_assert_num_queries(2):
        assert all(entry.detail["text_en"] == [BEFORE, AFTER] for entry in Entry.objects.all())


def test_words_that_are_erased_are_gone_and_the_log_is_whole(tmp_path):
    entry = tell()
    erase(log.words_with("siôn dychmygol", partnership="gwynedd-mon"))
    told = Entry.objects.get(pk=entry.pk).detail
    assert told["text_en"]["erased"] is True
    assert told["state"] == ["draft", "checked"], "the fact of the change stays"
    deed = Entry.objects.get(deed="erased")
    assert deed.sealed_detail == {"reason": "asked", "words": [[entry.number, "text_en"]]}
    assert verify(tmp_path).is_whole


def test_nothing_is_left_by_which_erased_words_could_be_guessed():
    entry = tell()
    erase(Words.objects.all())
    left = Words.objects.get()
    assert (left.text, left.salt) == ("", "")
    kept = json.dumps(list(Entry.objects.values("sealed_detail")))
    assert "Dychmygol" not in kept
    assert entry.sealed_detail["text_en"]["print"] in kept


def test_erasing_twice_is_one_deed():
    tell()
    erase(Words.objects.all())
    assert erase(Words.objects.all()) is None
    assert Entry.objects.filter(deed="erased").count() == 1


def test_words_that_somebody_changed_are_found(tmp_path):
    tell()
    tamper("UPDATE audit_words SET text = %s", json.dumps(["x", "y"]))
    assert verify(tmp_path).faults == ("what entry 1 told of text_en was changed after it was written",)


@pytest.mark.parametrize("statement", ["DELETE FROM audit_words", "UPDATE audit_words SET text = '', salt = ''"])
def test_words_that_are_gone_without_a_deed_are_missed(tmp_path, statement):
    tell()
    tamper(statement)
    assert verify(tmp_path).faults == ("what entry 1 told of text_en is gone, and no deed erased it",)


def test_a_deed_that_erased_one_text_does_not_cover_another(tmp_path):
    tell()
    tell()
    erase(Words.objects.filter(entry__number=1))
    tamper("DELETE FROM audit_words WHERE entry_id IN (SELECT id FROM audit_entry WHERE number = 2)")
    assert verify(tmp_path).faults == ("what entry 2 told of text_en is gone, and no deed erased it",)


def test_words_are_neither_changed_nor_removed_through_their_model():
    tell()
    row = Words.objects.get()
    for act in (row.save, row.delete, Words.objects.all().delete, lambda: Words.objects.update(text="x")):
        with pytest.raises(TypeError):
            act()


@pytest.mark.parametrize("phrase", ["DYCHMYGOL", "siôn  dychmygol", "SIÔN", "Owner"])
def test_a_phrase_is_found_in_letters_large_and_small(phrase):
    tell()
    assert len(log.words_with(phrase, partnership="gwynedd-mon")) == 1
    assert log.words_with(phrase, partnership="wrexham") == []
