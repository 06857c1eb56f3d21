"""The files of a quarter's report: as they were scanned, at an address that stays, in the language of the page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from diogel.published.models import Publication, PublishedFile

from .test_pages import get, tell_quarter, text
from .told import tell_all

pytestmark = pytest.mark.django_db

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def with_files(row: Publication, *, saying: bytes = b"as scanned") -> Publication:
    for language in ("cy", "en"):
        for form in ("pdf", "docx"):
            content = saying + f" {language} {form}".encode()
            PublishedFile.objects.create(
                publication=row, name=f"quarterly.{language}.{form}", content=content, size=len(content) * 100, sha256="0" * 64
            )
    return row


def test_the_page_offers_the_files_of_its_own_language_with_their_size_and_the_certificate(client):
    tell_all()
    with_files(tell_quarter())
    for language, other in (("cy", "en"), ("en", "cy")):
        page = text(client, "quarter/2021-12/", language)
        for form in ("pdf", "docx"):
            assert f'href="/{language}/gwynedd-mon/quarter/2021-12/v1/quarterly.{language}.{form}" download' in page
            assert f"quarterly.{other}.{form}" not in page
        assert f"/{language}/gwynedd-mon/certificate/quarter/2021-12/v1/" in page
    assert "This report as PDF" in page
    assert "2 KB" in page


def test_a_file_is_what_was_frozen_with_its_own_type_and_name(client):
    tell_all()
    with_files(tell_quarter())
    for form, kind in (("pdf", "application/pdf"), ("docx", WORD)):
        answer = get(client, f"quarter/2021-12/v1/quarterly.cy.{form}", "cy")
        assert answer.status_code == 200
        assert answer.content == f"as scanned cy {form}".encode()
        assert answer["Content-Type"] == kind
        assert answer["Content-Disposition"] == f'attachment; filename="gwynedd-mon-2021-12-v1-quarterly.cy.{form}"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "Link" not in answer


def test_an_older_version_keeps_its_files_and_names_what_replaced_it(client):
    tell_all()
    with_files(tell_quarter())
    with_files(tell_quarter(version=2), saying=b"corrected")
    old = get(client, "quarter/2021-12/v1/quarterly.en.pdf")
    assert old.content == b"as scanned en pdf"
    assert old["Link"] == '<http://testserver/en/gwynedd-mon/quarter/2021-12/v2/>; rel="successor-version"'
    page = text(client, "quarter/2021-12/v1/")
    assert "This is version 1" in page
    assert "/v1/quarterly.en.pdf" in page
    assert "/v2/quarterly.en.pdf" in text(client, "quarter/2021-12/")


def test_the_files_of_what_was_withdrawn_are_gone_and_it_is_said_why(client):
    tell_all()
    row = with_files(tell_quarter())
    Publication.objects.filter(pk=row.pk).update(
        withdrawn_at=datetime(2022, 1, 15, tzinfo=UTC), withdrawn_because_cy="Roedd gwall.", withdrawn_because_en="There was a fault."
    )
    for name in ("quarterly.cy.pdf", "quarterly.en.docx"):
        answer = get(client, f"quarter/2021-12/v1/{name}")
        assert answer.status_code == 410
        assert "There was a fault." in answer.content.decode()
        assert b"as scanned" not in answer.content


@pytest.mark.parametrize(
    "address",
    ["v1/quarterly.cy.html", "v2/quarterly.cy.pdf", "v1/..%2Fsecret", "v1/quarterly.fr.pdf", "v1/certificate.json"],
)
def test_no_other_name_is_there(client, address):
    tell_all()
    with_files(tell_quarter())
    assert get(client, f"quarter/2021-12/{address}").status_code == 404


def test_a_version_without_files_says_so(client):
    tell_all()
    tell_quarter()
    assert "This version was published without files to take away." in text(client, "quarter/2021-12/")


def test_a_long_page_begins_with_what_it_holds(client):
    tell_all()
    tell_quarter()
    page = text(client, "quarter/2021-12/")
    sections = [part.split('"')[0] for part in page.split('href="#section-')[1:]]
    assert len(sections) > 1
    for number in sections:
        assert page.count(f'id="section-{number}"') == 1
    assert page.index('href="#section-1"') < page.index('id="section-1"')
