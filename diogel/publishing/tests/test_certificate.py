"""The certificate says what was looked for and found, in both languages, and repeats nothing that must stay inside."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import pytest

from diogel.published.blocks import Pair, Paragraph
from diogel.publishing.certificate import Held, certify
from diogel.publishing.certificate_words import KIND_NAMES, SAID, place_in
from diogel.publishing.scan import KINDS, Release, scan
from diogel.publishing.tests.finished import clean, made
from diogel.publishing.tests.test_scan import KNOWN

LEAKING = Paragraph("The Bryn Rowlands inn was closed.")
CO_ORDINATOR = Pair("cydlynydd y bartneriaeth", "partnership co-ordinator")
INN = Pair("Enw tafarn yw hwn, nid person.", "This is the name of an inn, not of a person.")


def certificate(files, releases=(), **more):
    values = {
        "title": Pair("Adroddiad chwarterol", "Quarterly report"),
        "partnership": Pair("Partneriaeth Diogelwch Cymunedol", "Community Safety Partnership"),
        "place": Pair("Gwynedd a Môn", "Gwynedd and Anglesey"),
        "version": "2",
        "withheld": (Held(Pair("cyfrif o 1 i 4", "a count of 1 to 4"), 5),),
        "chain_head": "ab12cd34",
        "chain_length": 4321,
        "made_at": datetime(2022, 1, 17, 10, 30, tzinfo=UTC),
    }
    return certify(files, KNOWN, releases, **(values | more))


def test_a_clean_pack_is_certified_with_the_seal_of_each_file():
    told = certificate(clean()).to_json()
    assert told["is_clean"]
    assert told["found"] == []
    assert {file["name"]: file["sha256"] for file in told["files"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in clean().items()
    }
    assert told["looked_for"] == {"kinds": list(KINDS), "people_on_file": 2, "sensitive_subjects": 2}
    assert told["audit"] == {"head": "ab12cd34", "length": 4321}
    assert told["withheld"] == [{"count": 5, "reason": {"cy": "cyfrif o 1 i 4", "en": "a count of 1 to 4"}}]


def test_a_find_stops_the_certificate_and_is_not_repeated_in_it():
    held = certificate({"q.en.html": made("en", "html", blocks=(LEAKING,))})
    assert not held.is_clean
    for content in held.written().values():
        assert b"Rowlands" not in content
        assert all(leak.key.encode() not in content for leak in held.found)
    assert SAID["stopped"]["en"].encode() in held.written()["certificate.en.html"]


def test_a_released_alarm_is_kept_with_its_reason():
    files = {f"q.{language}.html": made(language, "html", blocks=(LEAKING,)) for language in ("cy", "en")}
    releases = [Release(leak.key, CO_ORDINATOR, INN) for leak in scan(files, KNOWN)]
    held = certificate(files, releases)
    assert held.is_clean
    assert [(freed["kind"], freed["reason"]["cy"]) for freed in held.to_json()["released"]] == [("name", INN.cy)] * 2
    assert INN.cy in held.written()["certificate.cy.html"].decode()
    assert CO_ORDINATOR.en in held.written()["certificate.en.html"].decode()


def test_a_release_that_names_a_person_is_refused():
    with pytest.raises(ValueError, match="certificate is public"):
        certificate(clean(), [Release("key", Pair("Bryn Rowlands", "Bryn Rowlands"), INN)])


@pytest.mark.parametrize("language", ["cy", "en"])
def test_each_language_tells_every_kind_and_every_seal(language):
    page = certificate(clean()).written()[f"certificate.{language}.html"].decode()
    for kind in KINDS:
        assert KIND_NAMES[kind][language] in page
    assert ("17 Ionawr 2022, 10:30" if language == "cy" else "17 January 2022, 10:30") in page
    seal = hashlib.sha256(clean()["quarterly.cy.pdf"]).hexdigest()
    assert seal[:8] in page


def test_the_certificate_itself_passes_the_scan():
    written = certificate(clean()).written()
    pages = {name: content for name, content in written.items() if name.endswith(".html")}
    assert scan(pages, KNOWN) == ()
    assert json.loads(written["certificate.json"])["format"] == "diogel-certificate/1"


def test_every_kind_and_word_stands_in_both_languages():
    assert set(KIND_NAMES) == set(KINDS)
    assert all(set(pair) == {"cy", "en"} for pair in (*KIND_NAMES.values(), *SAID.values()))


def test_a_place_is_told_in_the_language_of_the_page():
    assert place_in("cy", "table 2 row 3 column 1") == "tabl 2 rhes 3 colofn 1"
    assert place_in("en", "table 2 row 3 column 1") == "table 2 row 3 column 1"
    assert place_in("cy", "word/comments.xml") == "word/comments.xml"
