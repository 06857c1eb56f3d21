"""What the page of recorded crime shows first is drawn when rows are loaded, and not again when somebody opens it."""

from __future__ import annotations

import pytest

from diogel.analysis.periods import Month
from diogel.home import remember
from diogel.indicators.crime_drawn import draw_ahead

from .small_store import GWYNEDD, MON, lay_store

WHERE = "/desk/figures/crime/"


@pytest.fixture
def store(own_home):
    own_home.mkdir(parents=True)
    remember(today="2022-01-17")
    months = [Month(2021, 10), Month(2021, 11), Month(2021, 12)]
    lay_store(own_home / "crime", {(area, "Burglary", month): 30 for area in (GWYNEDD, MON) for month in months}, months=months)


def test_the_first_page_in_both_languages_is_drawn_ahead(cast, client, store, monkeypatch):
    heard = []
    assert draw_ahead(told=lambda done, of: heard.append((done, of))) == 4, "two partnerships in two languages"
    assert heard == [(1, 2), (2, 2)]

    def refuse(*_args):
        raise AssertionError("drawn again")

    monkeypatch.setattr("diogel.published.drawing.draw_svg", refuse)
    for user, slug in ((cast.ann, "gwynedd-mon"), (cast.dai, "wrexham")):
        client.force_login(user)
        for language in ("cy", "en"):
            assert client.get(f"/{language}/{slug}{WHERE}").content.count(b"<svg") > 14


def test_without_rows_there_is_nothing_to_draw(cast, own_home):
    assert draw_ahead() == 0
