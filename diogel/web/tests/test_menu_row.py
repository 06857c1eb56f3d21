"""The desk's menu keeps to one row: what a week passes through stands in it, the rest behind one word that works without script."""

import re

import pytest

from diogel.web.menu_row import IN_ROW, split


def _entries(*views: str) -> list[dict[str, object]]:
    return [{"view": view, "label": view, "url": "/", "current": False} for view in views]


DAILY = ("desk_home", "plan:current", "assessment:themes", "indicators:figures", "unusual:desk", "tensions:tensions", "publishing:papers")


def _views(entries):
    return [entry["view"] for entry in entries]


def test_a_short_menu_hides_nothing_and_one_entry_alone_is_never_hidden():
    entries = _entries(*DAILY, "audit_log")
    assert len(entries) == IN_ROW + 1
    assert split(entries) == (entries, [])


def test_what_is_seldom_opened_waits_behind_more_in_its_order():
    row, more = split(_entries(*DAILY[:5], "new:room", *DAILY[5:], "words:desk", "audit_log"))
    assert _views(row) == list(DAILY)
    assert _views(more) == ["new:room", "words:desk", "audit_log"]


def test_room_that_is_left_in_the_row_is_filled():
    row, more = split(_entries(*DAILY[:6], "words:desk", "people:groups", "audit_log"))
    assert _views(row) == [*DAILY[:6], "words:desk"]
    assert _views(more) == ["people:groups", "audit_log"]


@pytest.mark.django_db
def test_the_page_one_reads_is_named_though_it_stands_behind_more(client, cast):
    client.force_login(cast.ann)
    page = client.get("/en/gwynedd-mon/desk/log/").content.decode()
    assert re.search(r'<summary class="is-here">More: Log</summary>', page)
    assert page.count('aria-current="page"') == 1


@pytest.mark.django_db
def test_a_list_of_steps_does_not_take_the_menu_for_what_comes_after_it(client, cast):
    client.force_login(cast.ann)
    page = client.get("/en/gwynedd-mon/desk/").content.decode()
    assert "&#x27;label&#x27;" not in page
