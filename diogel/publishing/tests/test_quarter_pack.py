"""A pack is refused with its reasons, or written whole with a certificate; what stood before a refusal still stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from diogel.analysis.periods import Quarter
from diogel.audit import log
from diogel.audit.models import Entry
from diogel.indicators.models import Measure
from diogel.people.models import Person
from diogel.published.blocks import Pair
from diogel.publishing.quarter_pack import Made, make, version_of
from diogel.publishing.scan import Release

from .a_quarter import QUARTER, AQuarter, facts_of, make_card

pytestmark = pytest.mark.usefixtures("drawn_once")


@dataclass(frozen=True)
class Pack:
    """Where the tests' packs are written, and how."""

    quarter: AQuarter
    folder: Path

    def make(self, **options) -> Made:
        return make(self.quarter.cast.gwynedd_mon, QUARTER, out=self.folder, **options)

    def files(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}

    def certificate(self) -> dict:
        return json.loads((self.folder / "public" / "certificate.json").read_text())


@pytest.fixture
def pack(quarter, tmp_path) -> Pack:
    return Pack(quarter, tmp_path / "pack")


def name_somebody(quarter: AQuarter, sentence: str = "Bryn Dychmygol ran the session.") -> None:
    quarter.told.update.text_cy = quarter.told.update.text_en = sentence
    quarter.told.update.save()


def test_a_pack_is_fifteen_files_with_a_certificate_of_the_public_ones_and_a_line_in_the_log(pack):
    length, head = log.head()
    made = pack.make()
    assert not made.refused
    assert len(made.written) == len(pack.files()) == 15
    certificate = pack.certificate()
    assert certificate["is_clean"]
    assert [file["name"] for file in certificate["files"]] == [
        f"quarterly.{end}" for end in ("cy.docx", "cy.html", "cy.pdf", "en.docx", "en.html", "en.pdf")
    ]
    assert certificate["withheld"][0]["count"] == 1
    assert certificate["made_at"].startswith("2022-01-17T")
    assert certificate["looked_for"]["people_on_file"] == Person.objects.count()
    assert certificate["audit"] == {"head": head, "length": length}
    entry = Entry.objects.filter(deed="packed").get()
    assert (entry.subject, entry.detail) == ("quarter:2021-12", {"draft": False, "files": 15})


def test_an_unanswered_card_refuses_it_and_the_earlier_files_stay(pack):
    pack.make()
    before = pack.files()
    make_card(pack.quarter.cast, pack.quarter.look, type_="Robbery")
    made = pack.make()
    assert made.refused
    assert [each.subject for each in made.hindrances] == ["card W06000002 Robbery"]
    assert pack.files() == before
    assert Entry.objects.filter(deed="refused").get().detail == {"why": ["card W06000002 Robbery"]}


def test_a_stale_half_refuses_it_and_nothing_is_written(pack):
    pack.quarter.told.update.text_state = "stale_cy"
    pack.quarter.told.update.save()
    made = pack.make()
    assert [each.subject for each in made.hindrances] == ["update 14 text"]
    assert not pack.folder.exists()


@pytest.mark.parametrize("is_draft", [False, True])
def test_a_short_name_that_could_hold_words_refuses_it(pack, is_draft):
    Measure.objects.filter(code="G6").update(code="Bryn Dychmygol")
    made = pack.make(is_draft=is_draft)
    assert made.refused
    assert [each.sentence_en for each in made.hindrances] == [
        "A short name or number holds a space or a sign that it may not hold in a paper: Measure. Correct it and try again."
    ]


def test_a_draft_is_built_all_the_same(pack):
    make_card(pack.quarter.cast, pack.quarter.look, type_="Robbery")
    pack.quarter.told.update.text_state = "draft"
    pack.quarter.told.update.save()
    made = pack.make(is_draft=True)
    assert not made.refused
    assert "Draft: do not quote" in pack.files()["internal/quarterly.en.html"].decode()


@pytest.mark.parametrize("ending", ["2022-03", "2023-03"])
def test_a_quarter_that_is_not_over_is_a_draft_and_nothing_else(pack, ending):
    running = Quarter.parse(ending)
    made = make(pack.quarter.cast.gwynedd_mon, running, out=pack.folder)
    assert made.refused
    assert [each.subject for each in made.hindrances] == [f"quarter {ending}"]
    assert not pack.folder.exists()
    assert not make(pack.quarter.cast.gwynedd_mon, running, out=pack.folder, is_draft=True).refused
    assert "Draft: do not quote" in pack.files()["public/quarterly.en.html"].decode()


def test_a_person_named_in_an_update_refuses_it_even_as_a_draft(pack):
    name_somebody(pack.quarter, "Bryn Dychmygol ran it; Inspector Dychmygol: bryn@example.org, 01286 123456.")
    made = pack.make(is_draft=True)
    assert made.refused
    assert not pack.folder.exists()
    names = {f"quarterly.{language}.{form}" for language in ("cy", "en") for form in ("html", "docx", "pdf")}
    assert {(leak.file, leak.kind) for leak in made.leaks} >= {
        (name, kind) for name in names for kind in ("name", "title", "e-mail", "phone")
    }
    assert all("Dychmygol" not in leak.excerpt for leak in made.leaks)


def test_a_small_number_told_in_a_sentence_refuses_it(pack):
    name_somebody(pack.quarter, "There were 3 hate reports. Adroddiadau casineb: 3.")
    assert {leak.kind for leak in pack.make().leaks} & {"small", "withheld shown"}


def test_a_false_alarm_is_released_with_a_reason_that_the_certificate_keeps(pack):
    name_somebody(pack.quarter)
    found = pack.make().leaks
    reason = Pair("enw tŷ, nid person", "the name of a house, not of a person")
    made = pack.make(releases=[Release(leak.key, Pair("cydlynydd", "co-ordinator"), reason) for leak in found])
    assert not made.refused
    kept = pack.certificate()["released"]
    assert len(kept) == len(found)
    assert {(each["by"]["en"], each["reason"]["cy"]) for each in kept} == {("co-ordinator", "enw tŷ, nid person")}
    assert "Dychmygol" not in json.dumps(kept)


def test_a_home_without_any_crime_row_still_makes_a_pack_that_says_so(pack):
    pack.quarter.signed.delete()
    pack.quarter.looking.delete()
    pack.quarter.look.delete()
    assert not pack.make().refused
    assert "No files of recorded crime are loaded. That is no data, not zero." in pack.files()["public/quarterly.en.html"].decode()
    assert "No recorded figures were looked through this quarter" in pack.files()["internal/quarterly.en.html"].decode()


def test_a_pack_that_was_never_published_is_version_1(quarter):
    assert version_of(facts_of(quarter)) == "1"


def test_it_says_what_it_does(pack):
    said: list[str] = []
    pack.make(progress=said.append)
    assert len(said) == 3
