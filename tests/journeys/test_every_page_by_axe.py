"""Every kind of page of the example in both languages, wide and narrow: nothing for axe to find, a twin, no scrolling sideways."""

from __future__ import annotations

import pytest

from diogel.examples.loading_demo import PASSWORD

from .crawling import Crawl
from .walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["cy", "en"])
def test_nothing_is_found_on_any_page_of_the_desk(page, axe, gwynedd_mon, language):
    walk = Walker(page, language)
    walk.sign_in("ann@example.org", PASSWORD)
    crawl = Crawl(page, axe, language)
    crawl.walk(f"/{language}/gwynedd-mon/desk/")
    print(len(crawl.seen), sorted(crawl.seen))
    assert not crawl.wrong, "\n".join(crawl.wrong)
