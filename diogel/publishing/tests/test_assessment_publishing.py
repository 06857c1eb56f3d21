"""The summary of an assessment reaches the public once it is approved, checked and scanned, and in no other way."""

import pytest
from django.core.exceptions import PermissionDenied

from diogel.assessment.models import Assessment, Evidence, StatutorySection
from diogel.assessment.tests.year import agreed, written
from diogel.people.access import Installation
from diogel.people.tests.cast import bilingual
from diogel.published.models import Publication, Telling
from diogel.publishing.assessment_publishing import publish_assessment
from diogel.publishing.snapshots import NotPublished, publish, withdraw_publication

pytestmark = pytest.mark.django_db
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


def test_a_name_is_caught_told_on_the_page_and_nothing_is_published(row, cast, client):
    words = {"text_cy": "Dywedodd Bryn Dychmygol hyn.", "text_en": "Bryn Dychmygol said so."}
    StatutorySection.objects.filter(assessment=row, about="people").update(**words)
    client.force_login(cast.ann)
    answer = client.post(f"/en/gwynedd-mon/desk/papers/assessment/{row.pk}/publish/")
    assert answer.status_code == 422
    assert "What the scan found" in answer.content.decode()
    row.refresh_from_db()
    assert (published(), row.status) == (0, "approved")


def test_a_short_name_that_no_address_can_hold_is_told(row, cast):
    Assessment.objects.filter(pk=row.pk).update(code="a year with spaces")
    with pytest.raises(NotPublished, match="short name"):
        publish_assessment(Assessment.objects.get(pk=row.pk), by=cast.ann)
