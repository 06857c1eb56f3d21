"""The summary of an assessment reaches the public once it is approved, checked and scanned, and in no other way."""

import pytest
from django.core.exceptions import PermissionDenied

from diogel.assessment.models import Assessment, Evidence, Score, StatutorySection
from diogel.assessment.tests.year import agreed, written
from diogel.audit.models import Entry
from diogel.people.access import Installation
from diogel.people.tests.cast import bilingual, make_person
from diogel.published.models import Publication, Telling
from diogel.publishing.assessment_publishing import publish_assessment
from diogel.publishing.snapshots import NotPublished, publish, withdraw_publication

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
WHERE = "/gwynedd-mon/assessment/2022/"


@pytest.fixture
def row(cast) -> Assessment:
    """Approved, with one piece of evidence that may not leave."""
    publish(Publication.Kind.PARTNERSHIP, cast.gwynedd_mon, by=Installation())
    made = agreed(cast)
    written(made)
    words = bilingual("Cyfrinach fawr", "A great secret", "statement", "source")
    hidden = Evidence.objects.create(partnership=cast.gwynedd_mon, code="hidden", marking="OFFICIAL-SENSITIVE", **words)
    hidden.themes.add(made.themes.first())
    made.sections.get(about="causes").evidence.add(hidden)
    made.sections.filter(about="causes").update(text_en="It rests on a secret", text_cy="Ar gyfrinach y saif")
    Assessment.objects.filter(pk=made.pk).update(status="approved", title_state="checked")
    return Assessment.objects.get(pk=made.pk)


def published() -> int:
    return Publication.objects.filter(kind=Publication.Kind.ASSESSMENT).count()


def test_it_is_published_in_both_languages_and_says_so_in_its_life(row, cast, client):
    made = publish_assessment(row, by=cast.ann)
    assert (made.version, row.status) == (1, "published")
    assert made.certificate["is_clean"]
    assert sorted(made.files.values_list("name", flat=True)) == [f"summary.{each}" for each in ("cy.docx", "cy.pdf", "en.docx", "en.pdf")]
    assert Telling.objects.filter(publication=made, kind="theme").count() == 2
    pages = {language: client.get(f"/{language}{WHERE}").content.decode() for language in ("cy", "en")}
    assert "burglary cy" in pages["cy"]
    assert "burglary en" in pages["en"]
    for page in pages.values():
        assert not any(inside in page for inside in ("SENSITIVE", "great secret", "rests on a secret", "gyfrinach", "12/16", "A reason."))
    assert client.get(f"/en{WHERE}v1/summary.en.pdf").content.startswith(b"%PDF")
    assert client.get("/en/gwynedd-mon/certificate/assessment/2022/v1/").status_code == 200
    assert "Assessment 2022, version 1" in client.get("/en/gwynedd-mon/open-data/").content.decode()
    client.force_login(cast.ann)
    assert client.get("/en/gwynedd-mon/desk/papers/").status_code == 200
    again = publish_assessment(Assessment.objects.get(pk=row.pk), by=cast.ann)
    assert (again.pk, published()) == (made.pk, 1)
    withdraw_publication(made, by=cast.ann, because=("Gwall", "A mistake"))
    assert client.get(f"/en{WHERE}").status_code == 410


def test_nothing_is_published_before_approval_nor_by_who_may_not(row, cast):
    for user in (cast.bryn, cast.carys, cast.dai):
        with pytest.raises(PermissionDenied):
            publish_assessment(row, by=user)
    Assessment.objects.filter(pk=row.pk).update(status="agreed")
    with pytest.raises(NotPublished, match="not approved"):
        publish_assessment(Assessment.objects.get(pk=row.pk), by=cast.ann)
    assert published() == 0


def test_a_sentence_that_nobody_checked_keeps_all_of_it_back(row, cast):
    StatutorySection.objects.filter(assessment=row, about="people").update(text_state="stale_en")
    with pytest.raises(NotPublished, match="not checked in both languages"):
        publish_assessment(row, by=cast.ann)
    assert published() == 0


def test_what_was_changed_since_its_approval_is_named_where_it_is_published_with_the_page_that_mends_it(
    row, cast, client, django_assert_max_num_queries
):
    StatutorySection.objects.filter(assessment=row, about="people").update(text_state="stale_en")
    client.force_login(cast.ann)
    page = f"/en/gwynedd-mon/desk/papers/assessment/{row.pk}/publish/"
    mended = f'href="/en/gwynedd-mon/desk/themes/assessment/{row.pk}/section/people/correct/"'
    with django_assert_max_num_queries(12):
        before = client.get(page).content.decode()
    refused = client.post(page)
    assert (refused.status_code, published()) == (422, 0)
    for said in (before, refused.content.decode(), client.get(f"/en/gwynedd-mon/desk/themes/assessment/{row.pk}/").content.decode()):
        assert mended in said
    StatutorySection.objects.filter(assessment=row, about="people").update(text_state="checked")
    assert "What is missing" not in client.get(page).content.decode()


def test_a_name_is_caught_told_on_the_page_and_nothing_is_published(row, cast, client):
    words = {"text_cy": "Dywedodd Bryn Dychmygol hyn.", "text_en": "Bryn Dychmygol said so."}
    StatutorySection.objects.filter(assessment=row, about="people").update(**words)
    client.force_login(cast.ann)
    answer = client.post(f"/en/gwynedd-mon/desk/papers/assessment/{row.pk}/publish/")
    assert answer.status_code == 422
    assert "What the scan found" in answer.content.decode()
    row.refresh_from_db()
    assert (published(), row.status) == (0, "approved")


def place_named(row: Assessment) -> None:
    """A fair whose name is by chance that of somebody on file."""
    make_person("Gwyn", "Llan")
    words = {"text_cy": "Ffair Gwyn Llan.", "text_en": "The Gwyn Llan fair."}
    StatutorySection.objects.filter(assessment=row, about="people").update(**words)


def test_a_false_alarm_is_answered_for_on_the_page_and_stands_in_the_certificate(row, cast, client):
    place_named(row)
    client.force_login(cast.ann)
    address = f"/en/gwynedd-mon/desk/papers/assessment/{row.pk}/publish/"
    answer = client.post(address)
    page = answer.content.decode()
    assert (answer.status_code, "These are false alarms: publish" in page, "Gwyn Llan" in page) == (422, True, False)
    assert "the full name of anyone on file, in either order" in page
    keys = [key for key, _label in answer.context["release_form"].fields["finds"].choices]
    reason = {"because_cy": "Enw ffair yw hwn.", "because_en": "This is the name of a fair."}
    for because in ({"because_cy": "Ffair", "because_en": ""}, {"because_cy": "Bryn Dychmygol", "because_en": "Bryn Dychmygol"}):
        refused = client.post(address, {"finds": keys, **because})
        assert (refused.status_code, published()) == (422, 0)
    assert client.post(address, {"finds": keys[:1], **reason}).status_code == 422, "the others still stand"
    assert client.post(address, {"finds": keys, **reason}).status_code == 302
    freed = Publication.objects.get(kind="assessment").certificate["released"]
    assert {each["reason"]["en"] for each in freed} == {"This is the name of a fair."}
    assert {each["by"]["en"] for each in freed} == {"co-ordinator"}
    page = client.get("/cy/gwynedd-mon/certificate/assessment/2022/v1/").content.decode()
    assert "Enw ffair yw hwn." in page
    assert "Enghraifft" not in page


@pytest.mark.parametrize(("who", "status"), [("bryn", 403), ("carys", 403), ("dai", 404)])
def test_nobody_else_answers_for_a_false_alarm(row, cast, client, who, status):
    place_named(row)
    client.force_login(cast.ann)
    address = f"/en/gwynedd-mon/desk/papers/assessment/{row.pk}/publish/"
    keys = [key for key, _label in client.post(address).context["release_form"].fields["finds"].choices]
    client.force_login(getattr(cast, who))
    assert client.post(address, {"finds": keys, "because_cy": "Ffair", "because_en": "A fair"}).status_code == status
    assert (published(), Entry.objects.filter(deed="released").exists()) == (0, False)


def test_the_list_of_papers_has_a_line_for_it_with_its_document_and_its_summary(row, cast, client, django_assert_max_num_queries):
    client.force_login(cast.ann)
    papers, document = "/en/gwynedd-mon/desk/papers/", f"/en/gwynedd-mon/desk/themes/assessment/{row.pk}/"
    before = client.get(papers).content.decode()
    assert f'href="{papers}assessment/{row.pk}/publish/">Assessment 2022</a>' in before
    assert f'href="{document}"' in before
    assert f'href="/en{WHERE}"' not in before
    publish_assessment(row, by=cast.ann)
    with django_assert_max_num_queries(12):
        after = client.get(papers).content.decode()
    assert f'href="/en{WHERE}"' in after
    client.force_login(cast.carys)
    assert f'href="{document}">Assessment 2022</a>' in client.get(papers).content.decode(), "who may not publish is led to the document"


def test_an_assessment_that_waits_for_approval_says_so_in_the_list(row, cast, client):
    Assessment.objects.filter(pk=row.pk).update(status="agreed")
    client.force_login(cast.carys)
    assert "not approved yet" in client.get("/en/gwynedd-mon/desk/papers/").content.decode()
    assert client.get("/en/gwynedd-mon/desk/papers/assessment/2022/").url.endswith(f"/themes/assessment/{row.pk}/")
    assert client.get("/en/gwynedd-mon/desk/papers/assessment/1999/").status_code == 404


def test_what_was_told_is_open_data_in_both_languages_and_nothing_else_is(row, cast, client):
    made = publish_assessment(row, by=cast.ann)
    held = client.get(f"/en/gwynedd-mon/open-data/assessment/2022/v{made.version}/assessment.json").json()
    assert (held["format"], held["title"]["cy"], len(held["themes"])) == ("diogel-assessment/1", "Asesiad 2022", 2)
    assert not {"papers", "told", "day", "commission", "method"} & set(held)
    table = client.get("/en/gwynedd-mon/open-data/assessment/2022/v1/themes.csv").content.decode("utf-8-sig")
    assert "evidence_en" in table.splitlines()[0]
    assert "Proof" in table
    sections = client.get("/en/gwynedd-mon/open-data/assessment/2022/v1/sections.csv").content.decode("utf-8-sig")
    assert "text_cy" in sections.splitlines()[0]
    for text in (str(held), table, sections):
        assert not any(inside in text for inside in ("SENSITIVE", "great secret", "rests on a secret", "A reason."))
    assert client.get("/en/gwynedd-mon/open-data/assessment/2022/v1/actions.csv").status_code == 404
    for page in ("open-data/", "assessment/2022/"):
        assert "assessment.json" in client.get(f"/en/gwynedd-mon/{page}").content.decode()
    withdraw_publication(made, by=cast.ann, because=("Gwall", "A mistake"))
    assert client.get("/en/gwynedd-mon/open-data/assessment/2022/v1/themes.csv").status_code == 410


def test_a_short_name_that_no_address_can_hold_is_told(row, cast):
    Assessment.objects.filter(pk=row.pk).update(code="a year with spaces")
    with pytest.raises(NotPublished, match="short name"):
        publish_assessment(Assessment.objects.get(pk=row.pk), by=cast.ann)


@pytest.mark.parametrize("dated", ["2022-13-45", "2022-13", "Mark Jones, haf 2021"])
def test_a_bad_date_or_marking_that_is_kept_stops_no_paper(row, cast, client, dated):
    Evidence.objects.filter(marking="OFFICIAL").update(dated=dated)
    Evidence.objects.filter(code="hidden").update(dated=dated, marking="OFFICIAL - SENSITIVE")
    client.force_login(cast.ann)
    for audience in ("internal", "public"):
        answer = client.get(f"/en/gwynedd-mon/desk/papers/assessment/{row.pk}/{audience}/en.html")
        assert (answer.status_code, dated in answer.content.decode()) == (200, False)
    assert publish_assessment(row, by=cast.ann).certificate["is_clean"]


def test_the_document_ranks_equal_risks_alike_and_says_what_its_matrix_shows(row, cast, client):
    Score.objects.filter(is_agreed=True).update(risk=12)
    client.force_login(cast.ann)
    page = client.get(f"/en/gwynedd-mon/desk/papers/assessment/{row.pk}/internal/en.html").content.decode()
    assert page.count('class="n">1=') == 2
    assert "the likelier" in page
    assert "the less ready services are" not in page
