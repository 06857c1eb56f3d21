"""A name that was typed is found and erased, from the log and from why records moved, by those who may and for a reason that is told."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from diogel.audit import log
from diogel.audit.models import Entry, Words
from diogel.people.access import Role, Visibility
from diogel.people.models import Group
from diogel.people.tests.cast import bilingual, hold
from diogel.people.writing import withdraw, write
from diogel.records import erasing
from diogel.records.models import Move, Record

NAME = "Gwenllian Ffug"


@pytest.fixture
def group(cast):
    """A group whose purpose named somebody, was corrected, and was withdrawn for a reason that named them again."""
    row = Group.objects.create(partnership=cast.gwynedd_mon, code="g", level="local", **bilingual("Bwrdd", "Board", "name"))
    write(row, by=cast.ann, pairs={"purpose": ("", f"Ring {NAME}")})
    write(row, by=cast.ann, pairs={"purpose": ("", "Ring the council")})
    withdraw(row, by=cast.ann, seen=row.version, reason=f"{NAME} asked")
    return row


def moved(partnership, reason, visibility=Visibility.PARTNERSHIP, **more):
    record = Record.objects.create(
        kind="action", reference=f"r{Record.objects.count()}", partnership=partnership, status="agreed", visibility=visibility, opened_on="2022-01-01"
    )  # fmt: skip
    return Move.objects.create(record=record, to_status="blocked", at=timezone.now(), by="user:1", reason=reason, **more)


def erase(cast, found, by=None, reason="asked"):
    return erasing.erase(
        by=by or cast.ann,
        partnership=cast.gwynedd_mon,
        words=[each.pk for each in found.words],
        moves=[each.pk for each in found.moves],
        reason=reason,
    )


def kept():
    """Everything that the tables of the log and the moves hold, as one text."""
    rows = [*Entry.objects.values("by", "subject", "sealed_detail"), *Words.objects.values("text"), *Move.objects.values("reason")]
    return json.dumps(rows, ensure_ascii=False, default=str)


def test_the_sealed_log_holds_no_words_that_somebody_wrote(group):
    sealed = json.dumps(list(Entry.objects.values("sealed_detail")))
    assert not any(word in sealed for word in ("Gwenllian", "council", "asked", "Ring"))
    assert NAME in kept()


def test_a_name_is_found_wherever_it_was_typed_and_erased_for_good(cast, group, tmp_path):
    moved(cast.gwynedd_mon, f"{NAME} is away")
    found = erasing.find("gwenllian ffug", by=cast.ann, partnership=cast.gwynedd_mon)
    assert (len(found.words), len(found.moves)) == (3, 1)
    assert erase(cast, found) == 4
    assert NAME not in kept()
    assert len(erasing.find(NAME, by=cast.ann, partnership=cast.gwynedd_mon)) == 0
    assert log.verify(head_file=tmp_path / "none").is_whole
    assert {entry.by for entry in Entry.objects.filter(deed="erased")} == {cast.ann.reference}


def test_the_search_is_told_without_what_was_sought(cast, group):
    erasing.find(NAME, by=cast.ann, partnership=cast.gwynedd_mon)
    entry = Entry.objects.get(deed="read")
    assert (entry.subject, entry.sealed_detail) == ("audit.words:gwynedd-mon", {"found": 3})


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CO_ORDINATOR])
def test_nobody_but_the_co_ordinator_finds_or_erases(cast, group, role):
    found = erasing.find(NAME, by=cast.ann, partnership=cast.gwynedd_mon)
    cast.bryn.person.holdings.all().delete()
    hold(cast.bryn, cast.gwynedd_mon, role)
    with pytest.raises(PermissionDenied):
        erasing.find(NAME, by=cast.bryn, partnership=cast.gwynedd_mon)
    with pytest.raises(PermissionDenied):
        erase(cast, found, by=cast.bryn)
    assert NAME in kept()


def test_what_another_partnership_typed_is_neither_found_nor_erased(cast, group):
    move = moved(cast.wrexham, f"{NAME} is away")
    found = erasing.find(NAME, by=cast.ann, partnership=cast.gwynedd_mon)
    assert move not in found.moves
    erasing.erase(by=cast.ann, partnership=cast.gwynedd_mon, words=[], moves=[move.pk], reason="asked")
    erasing.erase(by=cast.dai, partnership=cast.wrexham, words=[each.pk for each in found.words], moves=[], reason="asked")
    assert kept().count(NAME) == 4


def test_a_record_of_named_people_only_is_not_searched_by_who_may_not_see_it(cast):
    move = moved(cast.gwynedd_mon, f"{NAME} is away", visibility=Visibility.CASE)
    assert len(erasing.find(NAME, by=cast.ann, partnership=cast.gwynedd_mon)) == 0
    erasing.erase(by=cast.ann, partnership=cast.gwynedd_mon, words=[], moves=[move.pk], reason="asked")
    assert Move.objects.get().reason


def test_a_reason_in_free_words_is_refused(cast, group):
    found = erasing.find(NAME, by=cast.ann, partnership=cast.gwynedd_mon)
    with pytest.raises(ValueError, match="no reason"):
        erase(cast, found, reason=f"because {NAME} rang")
    assert NAME in kept()


@pytest.mark.parametrize("phrase", ["", " ", "g"])
def test_a_search_for_nothing_finds_nothing_and_is_not_told(cast, group, phrase):
    assert len(erasing.find(phrase, by=cast.ann, partnership=cast.gwynedd_mon)) == 0
    assert not Entry.objects.filter(deed="read").exists()
