"""What people paste may be one long word, such as an address: no page gets wider than its screen by it, and no button out of reach."""

from __future__ import annotations

import pytest

from diogel.home import remember
from diogel.processes.actions.models import Update
from diogel.rounds.models import Answer
from diogel.rounds.tests.made import D17, make_round

from .test_look_in_browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "https://example.sharepoint.com/sites/CommunitySafety/" + "%20Shared%20Documents" * 8 + ".docx"
MILESTONE = "m" * 100
SIZES = ({"width": 360, "height": 640}, {"width": 1280, "height": 900})


def wide(page, paths) -> list[str]:
    found = []
    for size in SIZES:
        page.set_viewport_size(size)
        for path in paths:
            page.goto(path)
            if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                found.append(f"{path} at {size['width']}")
    return found


def test_a_long_address_makes_no_page_wider_than_its_screen(page, cast, own_home):
    own_home.mkdir(parents=True)
    remember(today=D17.isoformat())
    made = make_round(cast)
    asked = made.request(1)
    said = dict.fromkeys(("text", "obstacle", "next_step"), f"See {ADDRESS}") | {"milestone": MILESTONE}
    Answer.objects.update_or_create(request=asked, defaults={"language": "en", "status": "in_progress", "rag": "green", **said})
    check = made.page(cast.bryn, "1/check/")
    assert wide(page, [made.page(cast.bryn, "1/"), check]) == []
    page.set_viewport_size(SIZES[0])
    page.goto(check)
    page.click("text=Send the update")
    assert Update.objects.get(pk=asked.update_id).state == "filed"
    sign_in(page, "ann@example.org")
    desk = "/en/gwynedd-mon/desk/"
    paths = [desk, f"{desk}rounds/request/{asked.pk}/", f"{desk}rounds/{made.round.pk}/", f"{desk}plan/2021-22/action/1/", f"{desk}words/"]
    assert wide(page, paths) == []
