"""The desk of unusual figures in a real browser: axe in both languages, small screens, no script, another request to nobody."""

from __future__ import annotations

from datetime import date

import pytest

from diogel.home import remember
from diogel.indicators.models import Card, Silence
from diogel.indicators.tests.made_card import PAIRS, make_card, make_look, signed
from diogel.people.models import Partnership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"cy": {"width": 320, "height": 640}, "en": {"width": 1280, "height": 900}}


@pytest.fixture
def signed_in(page, cast, own_home):
    remember(today="2022-01-17")
    page.goto("/en/accounts/login/")
    page.fill("#id_login", "ann@example.org")
    page.fill("#id_password", "a long enough password")
    page.click("main button[type=submit]")
    return page


def test_nothing_is_found_on_the_desk_on_an_open_and_on_a_signed_card(signed_in, axe, cast):
    look = make_look(cast)
    opened = make_card(cast, look, is_drawn=True)
    closed = signed(make_card(cast, look, is_drawn=True, type="Burglary"), cast.ann)
    days = {"since_on": date(2021, 12, 31), "noticed_on": date(2022, 1, 17)}
    quiet = Silence.objects.create(partnership=cast.gwynedd_mon, flow="crime", subject="north-wales", **days)
    found = []
    for language, size in SIZES.items():
        signed_in.set_viewport_size(size)
        for where in ("", f"{opened.pk}/", f"{opened.pk}/hand/", f"{closed.pk}/", f"{closed.pk}/reopen/", f"silence/{quiet.pk}/"):
            path = f"/{language}/gwynedd-mon/desk/unusual/{where}"
            signed_in.goto(path)
            signed_in.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
            found += [f"{path} at {size['width']}: {line}" for line in axe(signed_in)]
            if signed_in.evaluate("document.documentElement.scrollWidth") > size["width"]:
                found.append(f"{path} at {size['width']}: scrolls sideways")
    assert found == []


def test_a_card_is_explained_and_signed_by_hand(signed_in, cast):
    Partnership.objects.update(signs_by_two=False)
    card = make_card(cast, is_drawn=True)
    signed_in.goto("/en/gwynedd-mon/desk/unusual/")
    signed_in.click("text=Shoplifting in Gwynedd stood above")
    signed_in.check("input[name=cause][value=recording]")
    for name in ("explanation", "evidence"):
        for at, language in enumerate(("cy", "en")):
            signed_in.fill(f"#id_{name}_{language}", PAIRS[name][at])
    signed_in.check('label:text-is("High")')
    signed_in.check("#id_both_checked")
    signed_in.click("text=Save, sign and close")
    assert signed_in.locator("text=Signed 17 January 2022").count() == 1
    assert Card.objects.get(pk=card.pk).is_signed
    signed_in.click("text=Cymraeg")
    assert signed_in.url.endswith(f"/cy/gwynedd-mon/desk/unusual/{card.pk}/")
    assert signed_in.locator("text=Llofnodwyd 17 Ionawr 2022").count() == 1


def test_each_width_sees_its_own_drawing(signed_in, cast):
    card = make_card(cast, is_drawn=True)
    signed_in.goto(f"/en/gwynedd-mon/desk/unusual/{card.pk}/")
    assert signed_in.locator(".dg-draw--wide svg").first.is_visible()
    signed_in.set_viewport_size(SIZES["cy"])
    assert not signed_in.locator(".dg-draw--wide svg").first.is_visible()
    assert signed_in.locator(".dg-draw--narrow svg").first.is_visible()
