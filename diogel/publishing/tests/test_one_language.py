"""A type of document in one language: set by hand with its reason, told on its face, demanding that language's half alone."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from docx import Document
from pypdf import PdfReader

from diogel.audit.models import Entry
from diogel.people.writing import restore, withdraw, write
from diogel.published.models import Publication, PublishedFile
from diogel.publishing import annual_pack, quarter_pack, snapshots
from diogel.publishing.annual_pack import draft_names, make
from diogel.publishing.annual_scope import annual_scope
from diogel.publishing.annual_years import Year, years_of
from diogel.publishing.documents import FORMS, rendered
from diogel.publishing.documents import write as write_files
from diogel.publishing.models import OneLanguage
from diogel.publishing.packing import papers
from diogel.publishing.quarter_desk import FILES, pack_folder, shelved
from diogel.publishing.quarter_publishing import QuarterNotPublished, publish_quarter
from diogel.publishing.quarterly_scope import QuarterScope
from diogel.publishing.quarterly_waiting import waiting
from diogel.publishing.scan import Known, scan
from diogel.publishing.snapshot_fields import NotAllowed
from diogel.publishing.snapshot_readiness import unready
from diogel.publishing.snapshots import NotPublished, publish
from diogel.publishing.subjects import snapshot_of
from diogel.words.pairs import PairState

from .a_plan import APlan, make_plan
from .a_quarter import DAY, QUARTER, AQuarter, facts_of
from .finished import clean

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ANNUAL = Publication.Kind.ANNUAL
DESK = "/en/gwynedd-mon/desk/papers/languages/"
REASON = {"reason": ("Ar gyfer darllenwyr Saesneg y’i gwnaed.", "It was made for readers of English.")}
ON_ITS_FACE = {
    "cy": "Yn Saesneg yn unig y cyhoeddir y ddogfen hon. Ar gyfer darllenwyr Saesneg y’i gwnaed.",
    "en": "This document is published in English only. It was made for readers of English.",
}


def alone(cast, document: str = "annual", language: str = "en") -> OneLanguage:
    return write(
        OneLanguage(partnership=cast.gwynedd_mon, document=document), by=cast.ann, pairs=REASON, checked=["reason"], language=language
    )


@pytest.fixture
def a_plan(cast) -> APlan:
    made = make_plan(cast)
    publish(Publication.Kind.PARTNERSHIP, cast.gwynedd_mon, by=cast.ann)
    return made


@pytest.fixture
def year(a_plan) -> Year:
    return years_of(a_plan.plan)[0]


@pytest.fixture
def only_pages(monkeypatch):
    """Files cost time; what is asked here stands on pages."""
    monkeypatch.setattr(snapshots, "rendered", lambda *_paper, **_options: {})
    monkeypatch.setattr(annual_pack, "rendered", lambda paper, drawings, *, stem: rendered(paper, drawings, stem=stem, forms=("html",)))


# ------------------------------------------------------------------ setting it


def sent(**changed: str) -> dict[str, str]:
    halves = {"reason_cy": REASON["reason"][0], "reason_en": REASON["reason"][1]}
    return {"language": "en", "both_checked": "on", **halves, **changed}


def test_a_co_ordinator_sets_it_by_form_and_it_is_told_to_the_log(cast, client):
    client.force_login(cast.ann)
    assert "Every document is in Welsh and in English" in client.get(DESK).content.decode()
    assert "Welsh language standards of every body" in client.get(f"{DESK}annual/").content.decode()
    assert client.post(f"{DESK}annual/", sent()).status_code == 302
    row = OneLanguage.objects.get()
    assert (row.document, row.language, row.reason_state, row.partnership) == ("annual", "en", "checked", cast.gwynedd_mon)
    assert Entry.objects.filter(deed="created", subject=f"publishing.onelanguage:{row.pk}").exists()
    page = client.get(DESK).content.decode()
    assert "One type of document is in one language only" in page
    assert "It was made for readers of English." in page
    assert client.post(f"{DESK}annual/both/", {"seen": row.version}).status_code == 302
    assert "Every document is in Welsh and in English" in client.get(DESK).content.decode()
    assert client.get(f"{DESK}annual/").url.endswith("/annual/both/")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason_cy": "", "reason_en": ""}, "Say why in Welsh and in English"),
        ({"reason_cy": ""}, "Say why in Welsh and in English"),
        ({"reason_en": "Bryn Dychmygol asked for it."}, "names somebody on file"),
        ({"language": ""}, "There is a problem"),
        ({"language": "fr"}, "There is a problem"),
    ],
)
def test_without_a_reason_in_both_or_a_language_it_is_not_set(cast, client, changed, said):
    client.force_login(cast.ann)
    answer = client.post(f"{DESK}annual/", sent(**changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not OneLanguage.objects.exists()


def test_whatever_writes_the_row_gives_a_reason(cast):
    with pytest.raises(ValidationError, match="Say why"):
        write(OneLanguage(partnership=cast.gwynedd_mon, document="annual"), by=cast.ann, pairs={"reason": ("Am", "")}, language="en")


@pytest.mark.parametrize(("who", "status"), [("bryn", 403), ("carys", 403), ("dai", 404), (None, 302)])
def test_nobody_else_sets_it(cast, client, who, status):
    if who:
        client.force_login(getattr(cast, who))
    assert client.post(f"{DESK}annual/", sent()).status_code == status
    assert client.post(f"{DESK}annual/both/").status_code == status
    assert not OneLanguage.objects.exists()
    if who:
        with pytest.raises(PermissionDenied):
            write(OneLanguage(partnership=cast.gwynedd_mon, document="annual"), by=getattr(cast, who), pairs=REASON, language="en")


def test_the_plan_the_assessment_and_who_we_are_are_never_in_one_language(cast, client):
    client.force_login(cast.ann)
    for document in ("plan", "partnership", "assessment", "summary"):
        assert client.get(f"{DESK}{document}/").status_code == 404
        assert client.post(f"{DESK}{document}/", sent()).status_code == 404


# ------------------------------------------------------------------ the year


def test_only_its_language_is_made_and_its_face_says_so_in_both(year, cast, client):
    alone(cast)
    row = publish(ANNUAL, year, by=cast.ann)
    files = {each.name: bytes(each.content) for each in PublishedFile.objects.filter(publication=row)}
    assert set(files) == {"annual.en.docx", "annual.en.pdf"}
    word = Document(io.BytesIO(files["annual.en.docx"]))
    lines = [paragraph.text for paragraph in word.paragraphs]
    pdf = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(files["annual.en.pdf"])).pages)
    page = client.get("/en/gwynedd-mon/year/2022-03/").content.decode()
    for said in ON_ITS_FACE.values():
        assert said in lines
        assert said in pdf
        assert said in page
    assert f'lang="cy">{ON_ITS_FACE["cy"]}' in page
    held = json.dumps(row.content, ensure_ascii=False)
    assert "Sessions were held" in held
    assert "Cynhaliwyd sesiynau" not in held
    _the_page_in_the_other_language_gives_the_reason_and_leads_to_it(client)
    _the_certificate_says_so_in_both_languages_and_looks_for_no_twin(row.certificate, client)


def _the_page_in_the_other_language_gives_the_reason_and_leads_to_it(client) -> None:
    for address in ("year/2022-03/", "year/2022-03/v1/"):
        answer = client.get(f"/cy/gwynedd-mon/{address}")
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "Yn Saesneg yn unig y mae’r adroddiad hwn" in page
        assert "Ar gyfer darllenwyr Saesneg y’i gwnaed." in page
        assert f'href="/en/gwynedd-mon/{address}" hreflang="en"' in page
    assert "Annual report" in client.get("/cy/gwynedd-mon/year/").content.decode()
    assert client.get("/cy/gwynedd-mon/year/2022-03/v1/annual.cy.pdf").status_code == 404
    assert client.get("/cy/gwynedd-mon/open-data/year/2022-03/v1/year.json").json()["one_language"]["language"] == "en"


def _the_certificate_says_so_in_both_languages_and_looks_for_no_twin(made: dict, client) -> None:
    assert made["is_clean"]
    assert made["one_language"] == {"language": "en", "reason": dict(zip(("cy", "en"), REASON["reason"], strict=True))}
    assert not {"missing twin", "twins differ"} & set(made["looked_for"]["kinds"])
    for language, said in (
        ("cy", "Yn Saesneg yn unig y cyhoeddir yr hyn a wiriwyd."),
        ("en", "What was checked is published in English only."),
    ):
        page = client.get(f"/{language}/gwynedd-mon/certificate/annual/2022-03/v1/").content.decode()
        assert said in page
    assert "Adroddiad blynyddol" in client.get("/cy/gwynedd-mon/certificate/annual/2022-03/v1/").content.decode()


def test_only_the_half_of_its_language_is_waited_for(year, a_plan, cast):
    alone(cast)
    for state, cy in ((PairState.STALE_CY, "Cynhaliwyd"), (PairState.MISSING, "")):
        type(a_plan.update).objects.update(text_state=state, text_cy=cy)
        assert snapshot_of(year)["actions"][0]["update"]["text"] == {"cy": "", "en": "Sessions were held"}
        assert not [each for each in unready(annual_scope(year)) if each.blocks]
    for state, en in ((PairState.STALE_EN, "Held"), (PairState.DRAFT, "Held"), (PairState.MISSING, "")):
        type(a_plan.update).objects.update(text_state=state, text_cy="Cynhaliwyd", text_en=en)
        with pytest.raises(NotPublished, match="one language of this document") as caught:
            publish(ANNUAL, year, by=cast.ann)
        assert [(each.kind, each.field) for each in caught.value.unready] == [("update", "text")]
        with pytest.raises(NotAllowed):
            snapshot_of(year)


def test_a_reason_that_is_not_checked_or_by_now_names_somebody_keeps_it_back(year, cast, only_pages):
    row = alone(cast)
    write(row, by=cast.ann, seen=row.version, pairs={"reason": (REASON["reason"][0], "Another reason.")})
    with pytest.raises(NotPublished) as caught:
        publish(ANNUAL, year, by=cast.ann)
    assert [(each.kind, each.label, each.url) for each in caught.value.unready] == [("one_language", "annual report", f"{DESK}annual/")]
    row.refresh_from_db()
    named = {"reason": ("Gofynnodd Bryn Dychmygol.", "Bryn Dychmygol asked.")}
    write(row, by=cast.ann, seen=row.version, pairs=named, checked=["reason"])
    with pytest.raises(NotPublished) as caught:
        publish(ANNUAL, year, by=cast.ann)
    assert {leak.kind for leak in caught.value.leaks} == {"name"}


def test_set_back_it_is_published_in_both_again(year, cast, client, only_pages):
    row = alone(cast)
    publish(ANNUAL, year, by=cast.ann)
    withdraw(row, by=cast.ann, seen=row.version, reason="it was wrong")
    again = publish(ANNUAL, year, by=cast.ann)
    assert (again.version, "one_language" in again.content, set(again.content["papers"]["annual"])) == (2, False, {"cy", "en"})
    assert "published in English only" not in client.get("/en/gwynedd-mon/year/2022-03/").content.decode()
    restore(row, by=cast.ann, seen=row.version)
    assert snapshot_of(year)["one_language"]["language"] == "en"
    assert client.get("/cy/gwynedd-mon/year/2022-03/v2/").status_code == 200


def test_another_partnership_and_another_type_of_document_stay_in_both(year, cast):
    alone(cast, "quarter")
    write(OneLanguage(partnership=cast.wrexham, document="annual"), by=cast.dai, pairs=REASON, checked=["reason"], language="cy")
    assert snapshot_of(year)["actions"][0]["title"] == {"cy": "Annog pobl", "en": "Encourage people"}


def test_its_pack_and_its_drafts_are_of_one_language(year, cast, client, tmp_path, only_pages):
    write_files({f"{audience}/annual.cy.html": b"of the year before" for audience in ("internal", "public")}, tmp_path)
    alone(cast)
    make(year, out=tmp_path)
    names = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert names == {f"{audience}/annual.en.html" for audience in ("internal", "public")} | {
        "public/certificate.json", "public/certificate.cy.html", "public/certificate.en.html",
    }  # fmt: skip
    assert all(".en." in name for name in draft_names("2022-03", "en"))
    client.force_login(cast.ann)
    page = client.get("/en/gwynedd-mon/desk/papers/annual/2022-03/").content.decode()
    assert "This type of document is published in English only." in page
    assert client.get("/en/gwynedd-mon/desk/papers/annual/2022-03/draft/annual-2022-03.cy.pdf").status_code == 404


# ------------------------------------------------------------------ the quarter


@pytest.fixture
def known(quarter, drawn_once) -> AQuarter:
    publish(Publication.Kind.PARTNERSHIP, quarter.cast.gwynedd_mon, by=quarter.cast.ann)
    return quarter


def told(quarter: AQuarter) -> Publication:
    return publish_quarter(quarter.cast.gwynedd_mon, QUARTER, by=quarter.cast.ann)


def test_a_quarter_in_welsh_only(known, client):
    alone(known.cast, "quarter", "cy")
    type(known.told.update).objects.update(text_state=PairState.STALE_EN)
    row = told(known)
    assert (set(row.content["paper"]), set(row.content["drawings"])) == ({"cy"}, {"cy"})
    assert set(row.files.values_list("name", flat=True)) == {"quarterly.cy.docx", "quarterly.cy.pdf"}
    assert told(known) == row, "nothing has changed"
    page = client.get("/cy/gwynedd-mon/quarter/2021-12/").content.decode()
    assert "Yn Gymraeg yn unig y cyhoeddir y ddogfen hon." in page
    assert '<p class="dg-notice dg-notice--caution" lang="en">This document is published in Welsh only.' in page
    there = client.get("/en/gwynedd-mon/quarter/2021-12/").content.decode()
    assert "This report is in Welsh only" in there
    assert 'href="/cy/gwynedd-mon/quarter/2021-12/"' in there
    for language in ("cy", "en"):
        assert client.get(f"/{language}/gwynedd-mon/").status_code == 200


def test_a_half_that_is_behind_in_the_language_of_the_quarter_keeps_it_back(known, client):
    alone(known.cast, "quarter", "cy")
    type(known.told.update).objects.update(text_state=PairState.STALE_CY)
    with pytest.raises(QuarterNotPublished) as caught:
        told(known)
    assert [each.say("en") for each in caught.value.hindrances] == [
        "Update on action 14, what has happened. The Welsh is stale, and this report is in Welsh only."
    ]
    assert [each.subject for each in waiting(QuarterScope.of(known.cast.gwynedd_mon, QUARTER))] == ["update 14 text"]


def test_the_page_of_the_desk_waits_for_what_the_pack_waits_for(quarter):
    """Two ways to ask, one by rows and one by the database, and one answer."""
    rule, tale = alone(quarter.cast, "quarter"), quarter.told
    type(tale.sensitive).objects.update(source_cy="", source_state=PairState.MISSING)
    for language in ("en", "cy", ""):
        OneLanguage.objects.filter(pk=rule.pk).update(language=language or "en", withdrawn_on=None if language else DAY)
        left_behind = PairState.STALE_EN if language == "cy" else PairState.STALE_CY
        for state in (PairState.STALE_CY, PairState.STALE_EN, PairState.DRAFT):
            type(tale.action).objects.update(title_state=state)
            by_rows = {each.subject for each in quarter_pack.waits_for(facts_of(quarter))}
            assert by_rows == {each.subject for each in waiting(QuarterScope.of(quarter.cast.gwynedd_mon, QUARTER))}
            assert ("action 14 title" in by_rows) is (not language or state != left_behind)
            assert ("measure G6 source" in by_rows) is (language != "en")


def test_the_names_at_its_head_are_in_both_whatever_its_language(quarter):
    alone(quarter.cast, "quarter", "en")
    (paper,) = papers(facts_of(quarter), is_draft=False, version="1").told.values()
    assert (paper.partnership.cy, paper.partnership.en) == ("Partneriaeth Diogelwch Cymunedol", "Community Safety Partnership")
    type(quarter.cast.gwynedd_mon).objects.update(name_state=PairState.STALE_CY)
    assert [each.subject for each in waiting(QuarterScope.of(quarter.cast.gwynedd_mon, QUARTER))] == ["who gwynedd-mon name"]


def _english() -> list[str]:
    return [f"{audience}/quarterly.en.{form}" for audience in ("internal", "public") for form in FORMS]


def test_the_desk_offers_the_files_of_its_language_and_none_that_was_left(known, monkeypatch):
    who, folder = known.cast.gwynedd_mon, pack_folder(known.cast.gwynedd_mon, QUARTER)
    write_files({f"{audience}/{name}": b'{"made_at": "2022-01-17"}' for audience, names in FILES.items() for name in names}, folder)
    both = shelved(who, QUARTER)
    assert both is not None
    assert {file.language for file in both.internal} == {"cy", "en"}
    alone(known.cast, "quarter", "en")
    monkeypatch.setattr(quarter_pack, "files", lambda _pack: dict.fromkeys(_english(), b"new"))
    monkeypatch.setattr(quarter_pack, "certify_files", lambda *_asked: SimpleNamespace(is_clean=True, written=dict))
    quarter_pack.make(who, QUARTER, out=folder)
    one = shelved(who, QUARTER)
    assert one is not None
    assert ({file.language for file in one.internal}, len(one.internal), len(one.public)) == ({"en"}, 3, 6)
    (folder / "public" / "quarterly.en.pdf").unlink()
    assert shelved(who, QUARTER) is None, "part of a pack is none"


# ------------------------------------------------------------------ the scan


def test_the_scan_asks_for_no_twin_and_stops_a_file_in_the_other_language():
    english = {name: content for name, content in clean().items() if ".en." in name}
    assert {leak.kind for leak in scan(english, Known())} == {"missing twin"}
    assert scan(english, Known(only="en")) == ()
    left = {"quarterly.cy.docx": clean()["quarterly.cy.docx"]}
    assert [(leak.file, leak.kind) for leak in scan(english | left, Known(only="en"))] == [("quarterly.cy.docx", "language")]


def test_the_pages_of_the_desk_ask_no_more_than_twelve_questions_for_it(known, client, django_assert_max_num_queries):
    alone(known.cast, "quarter", "en")
    alone(known.cast, "annual", "en")
    client.force_login(known.cast.ann)
    for address in ("quarter/2021-12/", "annual/2022-03/", "languages/", ""):
        client.get(f"/en/gwynedd-mon/desk/papers/{address}")
        with django_assert_max_num_queries(12):
            assert client.get(f"/en/gwynedd-mon/desk/papers/{address}").status_code == 200
