"""Pages on paper: what cannot be pressed in print is gone, what is told is there, and the theme fits one sheet."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest

from diogel.examples.loading_demo import PASSWORD

from .walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GONE = ".dg-nav", ".dg-lang", ".govuk-button", ".govuk-skip-link", "form.dg-box", ".dg-filters", ".dg-links", ".dg-edit", ".dg-subnav"


def printed(page) -> tuple[int, str]:
    """Sheets and text as they come out of the printer; nothing of what only a screen can do is left on them."""
    page.emulate_media(media="print")
    left = [part for part in GONE for each in page.locator(part).all() if each.is_visible()]
    assert left == [], page.url
    pdf = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    page.emulate_media(media="screen")
    assert all(abs(float(sheet.mediabox.width) - 595) < 2 for sheet in pdf.pages), "it is not A4"
    return len(pdf.pages), " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())


@pytest.mark.parametrize("language", ["cy", "en"])
def test_pages_print_without_their_buttons_and_with_their_words(page, both_examples, language):
    walk = Walker(page, language)
    walk.sign_in("ann@example.org", PASSWORD)
    for path in ("desk/plan/2021-22/", "desk/themes/organised-drug-supply/", f"desk/unusual/{card()}/", ""):
        walk.open(f"/gwynedd-mon/{path}")
        heading = " ".join(page.locator("h1").inner_text().split())
        _, text = printed(page)
        assert "".join(heading.split()) in "".join(text.split()), f"{page.url} prints no heading"
        assert "Gwynedd" in text
        assert "(/" not in text, f"{page.url} prints addresses of this site"


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_theme_fits_one_sheet(page, both_examples, language):
    walk = Walker(page, language)
    walk.sign_in("ann@example.org", PASSWORD)
    walk.open("/gwynedd-mon/desk/themes/organised-drug-supply/")
    assert printed(page)[0] == 1


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_public_first_page_fits_one_sheet(page, both_examples, language):
    Walker(page, language).open("/gwynedd-mon/")
    assert printed(page)[0] == 1


def card() -> int:
    from diogel.indicators.models import Card

    return Card.objects.first().pk
