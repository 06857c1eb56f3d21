"""A quarter is published whole, in both languages, as its public paper; or not at all, and then it says why."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from diogel.audit.models import Entry
from diogel.people.models import Person
from diogel.published.blocks import Pair, Paper
from diogel.published.models import Publication
from diogel.publishing.quarter_pack import version_of
from diogel.publishing.quarter_publishing import QuarterNotPublished, publish_quarter
from diogel.publishing.scan import Release
from diogel.publishing.snapshots import publish, withdraw_publication

from .a_quarter import QUARTER, AQuarter, facts_of, make_card

pytestmark = pytest.mark.usefixtures("drawn_once")


@pytest.fixture
def known(quarter) -> AQuarter:
    """The quarter of a partnership that has told who it is."""
    publish(Publication.Kind.PARTNERSHIP, quarter.cast.gwynedd_mon, by=quarter.cast.ann)
    return quarter


def told(quarter: AQuarter, **options) -> Publication:
    return publish_quarter(quarter.cast.gwynedd_mon, QUARTER, by=quarter.cast.ann, **options)


def refused(quarter: AQuarter) -> QuarterNotPublished:
    with pytest.raises(QuarterNotPublished) as caught:
        told(quarter)
    assert not Publication.objects.filter(kind="quarter").exists()
    return caught.value


def test_it_holds_the_public_paper_and_its_drawings_in_both_languages(known, client):
    row = told(known)
    assert (row.kind, row.key, row.version, row.published_by) == ("quarter", "2021-12", 1, known.cast.ann.reference)
    assert set(row.content) == {"partnership", "quarter", "paper", "drawings", "headlines", "figures"}
    for language in ("cy", "en"):
        paper = Paper.from_json(row.content["paper"][language])
        assert (paper.language, paper.audience, paper.version) == (language, "public", "1")
        assert (
            set(row.content["drawings"][language])
            == {figure.drawing for figure in paper.figures()}
            == {f"card-{known.signed.pk}", f"card-{known.looking.pk}"}
        )
        page = client.get(f"/{language}/gwynedd-mon/quarter/2021-12/")
        assert page.status_code == 200
        assert paper.title in page.content.decode()
    assert row.content["partnership"]["slug"] == "gwynedd-mon"
    _names_nobody_and_no_small_number(row)
    _is_certified(row)
    assert Entry.objects.filter(deed="published", subject="publication:quarter/2021-12/v1").exists()
    _stands_while_nothing_changes(known, row)


def _names_nobody_and_no_small_number(row: Publication) -> None:
    held = json.dumps(row.content, ensure_ascii=False)
    assert not [person for person in Person.objects.all() if person.family in held or person.email in held]
    for inside in ("The campaign brought 40", "Gwynedd 001A", "W01000062"):
        assert inside not in held
    rows = [row for block in row.content["paper"]["en"]["blocks"] if block["is"] == "Table" for row in block["rows"]]
    (sensitive,) = [cells for cells in rows if cells[0]["text"].startswith("G6")]
    assert (sensitive[1]["text"], sensitive[1]["state"]) == ("withheld", "withheld")


def _is_certified(row: Publication) -> None:
    names = {file["name"] for file in row.certificate["files"]}
    assert names == {f"quarterly.{language}.{form}" for language in ("cy", "en") for form in ("html", "docx", "pdf")} | {
        "quarter.cy.html",
        "quarter.en.html",
    }
    assert row.certificate["is_clean"]
    assert set(row.certificate["paper"]) == {"cy", "en"}


def _stands_while_nothing_changes(known: AQuarter, row: Publication) -> None:
    assert told(known) == row
    known.told.update.text_cy = known.told.update.text_en = "Mwy. More."
    known.told.update.save()
    assert version_of(facts_of(known)) == "2"
    assert told(known).version == 2


def test_the_first_page_gets_a_few_lines_that_say_whether_up_is_good(known, client):
    lines = told(known).content["headlines"]
    assert [line["way"] for line in lines] == ["above", "above", "within", "within"]
    assert lines[0]["subject"] == {"cy": "Dwyn o siopau: Gwynedd", "en": "Shoplifting: Gwynedd"}
    assert lines[0]["sentence"]["en"] == "96 were recorded in November 2021; 20 to 52 were expected. Higher than expected. Fewer is better."
    assert lines[2]["sentence"]["en"].startswith("Within the expected range.")
    assert "Dwyn o siopau: Gwynedd" in client.get("/cy/gwynedd-mon/").content.decode()


def test_it_is_refused_while_a_card_is_unanswered_and_says_which(known):
    make_card(known.cast, known.look, type_="Robbery")
    assert [each.subject for each in refused(known).hindrances] == ["card W06000002 Robbery"]
    assert Entry.objects.filter(deed="refused", subject="quarter:2021-12").exists()


def test_it_is_refused_while_a_half_is_stale(known):
    known.told.update.text_state = "stale_en"
    known.told.update.save()
    assert [each.subject for each in refused(known).hindrances] == ["update 14 text"]


def test_it_is_refused_before_it_is_known_who_they_are(quarter):
    with override("en"):
        assert refused(quarter).sentence == "Publish who we are first: the public site begins with it."


def test_a_name_in_an_update_refuses_it_until_an_officer_answers_for_it(known):
    known.told.update.text_cy = known.told.update.text_en = "Bryn Dychmygol."
    known.told.update.save()
    leaks = refused(known).leaks
    assert {leak.kind for leak in leaks} == {"name"}
    assert {"quarter.cy.html", "quarterly.en.pdf"} <= {leak.file for leak in leaks}
    reason = Pair("enw tŷ", "the name of a house")
    row = told(known, releases=[Release(leak.key, Pair("cydlynydd", "co-ordinator"), reason) for leak in leaks])
    assert {each["reason"]["en"] for each in row.certificate["released"]} == {"the name of a house"}


def test_only_who_may_publish_does(known):
    for user in (known.cast.bryn, known.cast.carys, known.cast.dai):
        with pytest.raises(PermissionDenied):
            publish_quarter(known.cast.gwynedd_mon, QUARTER, by=user)


def test_what_was_withdrawn_is_published_as_a_new_version(known):
    withdraw_publication(told(known), by=known.cast.ann, because=("Gwall.", "A mistake."))
    again = told(known)
    assert (again.version, again.withdrawn_at) == (2, None)
    assert Paper.from_json(again.content["paper"]["cy"]).version == "2"
