"""The page that finds and erases what was typed about somebody."""

import pytest

from diogel.audit.models import Entry, Words
from diogel.people.models import Group
from diogel.people.tests.cast import bilingual
from diogel.people.writing import write

PAGE = "/en/gwynedd-mon/desk/log/words/"
NAME = "Gwenllian Ffug"


@pytest.fixture
def typed(cast, client):
    row = Group.objects.create(partnership=cast.gwynedd_mon, code="g", level="local", **bilingual("Bwrdd", "Board", "name"))
    write(row, by=cast.ann, pairs={"purpose": ("", f"Ring {NAME}")})
    client.force_login(cast.ann)
    return Words.objects.get(name="purpose_en")


def test_a_name_is_looked_for_ticked_and_erased(client, typed):
    page = client.post(PAGE, {"do": "find", "phrase": NAME}).content.decode()
    assert '<h1 class="dg-h1">1 text holds these words</h1>' in page
    assert f"Ring {NAME}" in page
    answer = client.post(PAGE, {"do": "erase", "phrase": NAME, "word": typed.pk, "reason": "asked"}, follow=True)
    assert "1 text was erased for good." in answer.content.decode()
    assert NAME not in answer.content.decode()
    typed.refresh_from_db()
    assert typed.is_erased


def test_the_name_stands_in_no_address_and_the_page_is_kept_by_nobody(client, typed):
    answer = client.post(PAGE, {"do": "erase", "phrase": NAME, "word": typed.pk, "reason": "mistake"})
    assert answer["Location"] == PAGE
    shown = client.post(PAGE, {"do": "find", "phrase": NAME})
    assert "no-store" in shown.headers["Cache-Control"]


@pytest.mark.parametrize("missing", ["word", "reason"])
def test_what_is_not_ticked_or_not_explained_is_not_erased(client, typed, missing):
    sent = {"do": "erase", "phrase": NAME, "word": typed.pk, "reason": "asked"}
    del sent[missing]
    answer = client.post(PAGE, sent)
    assert answer.status_code == 422
    assert "Tick what is to be erased, and say why." in answer.content.decode()
    typed.refresh_from_db()
    assert not typed.is_erased


def test_in_welsh_the_page_says_the_same(client, typed):
    page = client.post(PAGE.replace("/en/", "/cy/"), {"do": "find", "phrase": "neb o gwbl"}).content.decode()
    assert "Nid yw’r geiriau hyn mewn dim a deipiwyd" in page


def test_who_may_not_erase_is_told_so_and_who_is_elsewhere_finds_nothing(cast, client, typed):
    for who, status in ((cast.bryn, 403), (cast.carys, 403), (cast.dai, 404)):
        client.force_login(who)
        assert client.get(PAGE).status_code == status
        assert client.post(PAGE, {"do": "erase", "word": typed.pk, "reason": "asked"}).status_code == status
    assert not Entry.objects.filter(deed="erased").exists()


def test_the_log_leads_there_only_those_who_may(cast, client, typed):
    link = "log/words/"
    assert link in client.get("/en/gwynedd-mon/desk/log/").content.decode()
    cast.bryn.person.holdings.update(role="chair")
    client.force_login(cast.bryn)
    assert link not in client.get("/en/gwynedd-mon/desk/log/").content.decode()
