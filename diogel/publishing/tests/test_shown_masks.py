"""Before anything is published, its page says what the public will not be told and why, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from diogel.indicators.models import Observation
from diogel.published.models import Publication, Telling
from diogel.publishing.ledger import ledger
from diogel.publishing.told_before import told_in

from .a_quarter import BEFORE, NOW, make_measure, make_part, observe

QUARTER_PAGE, PLAN_PAGE = "gwynedd-mon/desk/papers/quarter/2021-12/", "gwynedd-mon/desk/papers/plan/2021-22/"


@pytest.fixture
def family(quarter):
    """3, 12 and 20 of 35, beside the 3 of G6."""
    whole = make_measure(quarter.told, "M1", is_sensitive=True)
    observe(whole, 35)
    for letter, count in zip("abc", (3, 12, 20), strict=True):
        observe(make_part(whole, f"M1{letter}"), count)
    return quarter


def tell(quarter, *figures: dict, kind: str = "quarter", key: str = "2021-09", content: dict | None = None) -> Publication:
    held = {"figures": list(figures)} if content is None else content
    at = datetime(2021, 10, 17, 9, tzinfo=UTC)
    return Publication.objects.create(partnership="gwynedd-mon", kind=kind, key=key, version=1, content=held, published_at=at)


def figure(code: str, span: tuple[date, date], value: int | None) -> dict:
    days = {"from_on": span[0].isoformat(), "to_on": span[1].isoformat()}
    return {"code": code} | days | {"is_withheld": value is None, "value": value, "part": None, "whole": None, "base": None}


@pytest.mark.parametrize(
    ("language", "counted", "small", "protecting"),
    [
        ("en", "withheld only to protect others: 1.", "Too small", "only to protect another"),
        ("cy", "y rhai a ddelir yn ôl dim ond er mwyn diogelu eraill: 1.", "Rhy fach", "diogelu ffigur arall"),
    ],
)
@pytest.mark.parametrize("address", [QUARTER_PAGE, PLAN_PAGE])
def test_the_page_counts_what_is_withheld_and_why(family, client, address, language, counted, small, protecting):
    client.force_login(family.cast.ann)
    page = client.get(f"/{language}/{address}").content.decode()
    assert counted in page
    assert (page.count(small), page.count(protecting)) == (2, 1)
    assert ">M1c<" not in page


def test_the_page_asks_no_more_than_twelve_questions_however_much_was_told(family, client, django_assert_max_num_queries):
    client.force_login(family.cast.ann)
    tell(family, figure("M1b", NOW, 12))
    for address in (QUARTER_PAGE, PLAN_PAGE):
        client.get(f"/en/{address}")
        with django_assert_max_num_queries(12):
            client.get(f"/en/{address}")


def test_the_page_says_where_nothing_is_withheld(quarter, client):
    client.force_login(quarter.cast.ann)
    Observation.objects.filter(measure__code="G6").update(value=79)
    assert "No figure is withheld from the public version." in client.get(f"/en/{QUARTER_PAGE}").content.decode()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "A small count can be worked out from what was published before"), ("cy", "Gellir cyfrifo cyfrif bach")]
)
def test_the_page_warns_of_what_earlier_papers_gave_away(quarter, client, language, said):
    """The two quarters of a year's second half were 18 together, and one of them was told: the other is 3, whatever is withheld now."""
    client.force_login(quarter.cast.ann)
    observe(make_measure(quarter.told, "H1", is_sensitive=True), 3, span=BEFORE)
    tell(quarter, figure("H1", (date(2020, 7, 1), BEFORE[1]), 18), figure("H1", (date(2020, 7, 1), date(2020, 9, 30)), 15))
    page = client.get(f"/{language}/{QUARTER_PAGE}").content.decode()
    assert said in page
    assert "H1" in page


def test_a_quarter_frozen_without_its_masks_is_taken_to_have_told_what_was_not_small(quarter):
    measure = make_measure(quarter.told, "H1", is_sensitive=True)
    observe(measure, 15, span=NOW)
    paper = tell(quarter, key="2021-12", content={"paper": {}})
    for each in (measure, quarter.told.sensitive):
        Telling.objects.create(
            partnership="gwynedd-mon", paper="quarter", key="2021-12", version=1, audience="public", kind="measure",
            publication=paper, row=each.pk, code=each.code, told_at=paper.published_at,
        )  # fmt: skip
    (row,) = ledger(quarter.cast.gwynedd_mon).papers
    told = {(each.code, each.is_withheld, tuple(map(int, each.numbers.values()))) for each in told_in([row])}
    assert told == {("H1", False, (15,)), ("G6", True, ())}
