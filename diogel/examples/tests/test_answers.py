"""The example's answers are laid on the cards of its quarter through the functions of the desk."""

from __future__ import annotations

from datetime import date

import pytest

from diogel.analysis.periods import Quarter
from diogel.audit.models import Entry
from diogel.examples.loading_answers import answer_cards
from diogel.examples.reading import read
from diogel.home import remember
from diogel.indicators.models import Card
from diogel.indicators.tests.made_card import analyst, make_card, make_look

QUARTER = Quarter.parse("2021-12")


@pytest.fixture
def quarter_of_cards(cast, own_home):
    remember(today="2022-01-17")
    look = make_look(cast)
    make_card(cast, look, type="Public order")
    make_card(cast, look)
    island = make_card(cast, look, type="Criminal damage and arson")
    island.area = cast.anglesey
    island.save()
    return cast


def test_every_card_is_answered_as_the_data_say(quarter_of_cards):
    elliw, ann = analyst(quarter_of_cards), quarter_of_cards.ann
    told = answer_cards("gwynedd-mon", QUARTER)
    assert (told.answered, told.without_card) == (3, ())
    assert all(card.is_answered for card in Card.objects.all())
    signed = Card.objects.get(crime_type="Public order")
    assert (signed.cause, signed.signed_role, signed.signed_by, signed.signed_on) == (
        "operation",
        "co_ordinator",
        ann.person,
        date(2022, 1, 13),
    )
    assert (signed.explained_role, signed.explained_by, signed.explained_on) == ("analyst", elliw.person, date(2022, 1, 12))
    assert signed.ruled_out == ["recording", "event", "late_data", "boundary"]
    assert signed.unchecked_pairs() == []
    held = Card.objects.get(crime_type="Shoplifting")
    assert not held.is_signed
    assert (held.cause, held.looking_role, held.looking_until) == ("not_known", "analyst", date(2022, 2, 4))


def test_answering_again_changes_nothing(quarter_of_cards):
    answer_cards("gwynedd-mon", QUARTER)
    before = list(Card.objects.order_by("pk").values("pk", "version")), Entry.objects.count()
    assert answer_cards("gwynedd-mon", QUARTER).answered == 3
    assert (list(Card.objects.order_by("pk").values("pk", "version")), Entry.objects.count()) == before


def test_without_the_invented_people_only_their_roles_are_kept(quarter_of_cards):
    answer_cards("gwynedd-mon", QUARTER)
    card = Card.objects.get(crime_type="Public order")
    assert (card.explained_by, card.explained_role) == (None, "analyst")
    assert card.is_signed


def test_an_answer_without_its_card_is_named(quarter_of_cards):
    Card.objects.filter(crime_type="Shoplifting").delete()
    told = answer_cards("gwynedd-mon", QUARTER)
    assert (told.answered, told.without_card) == (2, ("W06000002 Shoplifting",))


def test_another_quarter_has_no_answers(quarter_of_cards):
    assert answer_cards("gwynedd-mon", Quarter.parse("2021-09")).answered == 0


def test_every_answer_of_the_data_could_be_signed_or_names_who_is_looking():
    for slug in ("gwynedd-mon", "wrexham"):
        data = read(slug)
        people = {table["code"] for table in data.get("people", [])}
        for table in data.get("answers", []):
            assert {table.get("signed_by"), table.get("looking_by")} & people
            assert table["explained_by"] in people
            assert table.get("signed_by") != table["explained_by"], "two people close a card"
            assert {"cy", "en"} == set(table["explanation"]) == set(table["evidence"])
