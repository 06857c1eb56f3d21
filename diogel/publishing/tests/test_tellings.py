"""What a paper told of is kept: the public's with the files that were scanned, the board's by itself, a draft's not at all."""

from __future__ import annotations

import hashlib

import pytest
from django.db import IntegrityError, transaction

from diogel.home import moment
from diogel.people.access import Visibility
from diogel.published.models import Publication, PublishedFile, Telling
from diogel.publishing.quarter_pack import make
from diogel.publishing.quarter_publishing import publish_quarter
from diogel.publishing.snapshots import freeze, publish

from .a_quarter import QUARTER, AQuarter, make_card, make_measure, observe

pytestmark = pytest.mark.usefixtures("drawn_once")


@pytest.fixture
def known(quarter) -> AQuarter:
    publish(Publication.Kind.PARTNERSHIP, quarter.cast.gwynedd_mon, by=quarter.cast.ann)
    return quarter


def rows(**which) -> set[tuple[str, int, str]]:
    return set(Telling.objects.filter(**which).values_list("kind", "row", "code"))


def test_a_published_plan_tells_of_its_themes_priorities_actions_and_measures(known):
    told = known.told
    row = publish(Publication.Kind.PLAN, told.plan, by=known.cast.ann)
    assert rows(publication=row) >= {
        ("theme", told.theme.pk, "hate"),
        ("priority", told.priority.pk, "hate"),
        ("action", told.action.pk, "14"),
        ("measure", told.sensitive.pk, told.sensitive.code),
    }
    assert set(Telling.objects.values_list("paper", "key", "version", "audience")) == {("plan", "2021-22", 1, "public")}


def test_an_action_that_is_kept_to_a_few_is_told_nowhere(known):
    known.told.action.visibility = Visibility.GROUP
    known.told.action.save()
    publish(Publication.Kind.PLAN, known.told.plan, by=known.cast.ann)
    assert not Telling.objects.filter(kind="action").exists()


def test_a_published_quarter_tells_of_its_cards_actions_and_the_measures_that_it_shows(known):
    shown, empty = make_measure(known.told, "G1"), make_measure(known.told, "G2")
    observe(shown, 12)
    row = publish_quarter(known.cast.gwynedd_mon, QUARTER, by=known.cast.ann)
    assert rows(publication=row, kind="card") == {("card", known.signed.pk, ""), ("card", known.looking.pk, "")}
    assert rows(publication=row, kind="action") == {("action", known.told.action.pk, "14")}
    assert ("measure", shown.pk, "G1") in rows(publication=row)
    assert not Telling.objects.filter(kind="measure", row=empty.pk).exists()


def test_the_files_that_were_scanned_are_frozen_with_it_byte_for_byte(known):
    row = publish_quarter(known.cast.gwynedd_mon, QUARTER, by=known.cast.ann)
    seals = {file["name"]: (file["bytes"], file["sha256"]) for file in row.certificate["files"]}
    files = list(row.files.all())
    assert [file.name for file in files] == ["quarterly.cy.docx", "quarterly.cy.pdf", "quarterly.en.docx", "quarterly.en.pdf"]
    for file in files:
        content = bytes(file.content)
        assert seals[file.name] == (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)
    with pytest.raises(TypeError, match="frozen"):
        files[0].save()


def test_a_file_that_was_not_scanned_is_not_published(known):
    values = {"partnership": known.cast.gwynedd_mon, "kind": "quarter", "key": "2021-12", "content": {}, "by": known.cast.ann, "rows": ()}
    sealed = {"files": [{"name": "quarterly.cy.pdf", "sha256": hashlib.sha256(b"scanned").hexdigest()}]}
    for files in ({"quarterly.cy.pdf": b"another"}, {"quarterly.en.pdf": b"scanned"}):
        with pytest.raises(ValueError, match="not the file that was scanned"):
            freeze(certificate=sealed, files=files, **values)
    assert not Publication.objects.filter(kind="quarter").exists()
    freeze(certificate=sealed, files={"quarterly.cy.pdf": b"scanned"}, **values)
    assert PublishedFile.objects.get().size == 7


def test_a_refused_quarter_keeps_no_files_and_tells_of_nothing(known):
    make_card(known.cast, known.look, type_="Robbery")
    with pytest.raises(Exception, match="not ready"):
        publish_quarter(known.cast.gwynedd_mon, QUARTER, by=known.cast.ann)
    assert not PublishedFile.objects.exists()
    assert not Telling.objects.exists()


def test_a_pack_tells_the_board_and_built_again_it_replaces_itself(quarter, tmp_path):
    for _time in range(2):
        make(quarter.cast.gwynedd_mon, QUARTER, out=tmp_path)
    assert {each.audience for each in Telling.objects.all()} == {"internal"}
    assert rows(kind="card") == {("card", quarter.signed.pk, ""), ("card", quarter.looking.pk, "")}
    assert Telling.objects.filter(kind="card").count() == 2


def test_a_draft_tells_nobody_anything(quarter, tmp_path):
    make(quarter.cast.gwynedd_mon, QUARTER, out=tmp_path, is_draft=True)
    assert not Telling.objects.exists()


def test_what_the_public_was_told_has_a_publication_and_what_the_board_was_told_has_none(cast):
    paper = {"partnership": "gwynedd-mon", "paper": "quarter", "key": "2021-12", "version": 1, "told_at": moment()}
    paper |= {"kind": "card", "row": 1}
    with pytest.raises(IntegrityError), transaction.atomic():
        Telling.objects.create(audience="public", **paper)
    assert Telling.objects.create(audience="internal", **paper).publication is None
