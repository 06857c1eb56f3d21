"""A month that comes again, with other counts or with rows under another type, is told in the card's explanation in both languages."""

from __future__ import annotations

import numpy as np
import pytest

from diogel.analysis.periods import Month, Quarter, months_from
from diogel.home import remember
from diogel.indicators import looking, vintage
from diogel.indicators.account import account_of, said_of
from diogel.indicators.models import Card, Look
from diogel.indicators.tests.small_store import FIRST, GWYNEDD, LAST, SPIKE, lay_store, planted

pytestmark = pytest.mark.slow

QUARTER, NOVEMBER = Quarter.parse("2021-12"), SPIKE[2]
BURGLARY = (GWYNEDD, "Burglary", NOVEMBER)


@pytest.fixture
def load(own_home):
    """Loads all months, or only November again."""
    own_home.mkdir(parents=True)
    remember(today="2022-01-17")

    def lay(changed, months=None):
        lay_store(own_home / "crime", planted() | changed, months=months)

    return lay


def look(cast) -> Look:
    return looking.look(cast.gwynedd_mon, QUARTER, by=cast.ann, draw=lambda finding, places: {})


def spike() -> Card:
    return Card.objects.get(crime_type="Shoplifting", area__code=GWYNEDD)


def test_a_card_that_a_revised_month_made_says_what_the_figure_was(load, cast):
    load({SPIKE: 41})
    look(cast)
    assert not Card.objects.filter(crime_type="Shoplifting").exists(), "41 is nothing unusual"
    load({}, months=[NOVEMBER])
    look(cast)
    assert spike().finding.get("was") is None, "the card itself knew no earlier figure"
    assert account_of(spike()).doubts.was == 41
    assert "Before the data were revised the figure was 41." in said_of(spike(), "en")[1]
    assert "Cyn i’r data gael eu diwygio, y ffigur oedd 41." in said_of(spike(), "cy")[1]
    assert "data" not in account_of(spike()).not_it, "what was revised is not ruled out"


def test_a_month_whose_rows_moved_to_another_type_is_told_as_recoded(load, cast):
    extra = planted()[SPIKE] - 41
    load({SPIKE: 41, BURGLARY: planted()[BURGLARY] + extra})
    look(cast)
    load({}, months=[NOVEMBER])
    look(cast)
    told = account_of(spike()).doubts
    assert (told.was, told.recoded) == (41, (NOVEMBER,))
    assert "The rules of recording changed in these months" in said_of(spike(), "en")[1]
    assert "Newidiodd y rheolau cofnodi yn y misoedd hyn" in said_of(spike(), "cy")[1]


def test_the_counts_first_told_stay_what_a_later_look_is_held_against(load, cast):
    load({SPIKE: 41})
    look(cast)
    for count in (planted()[SPIKE] - 5, planted()[SPIKE]):
        load({SPIKE: count}, months=[NOVEMBER])
        row = look(cast)
    first = vintage.read(row.vintage)
    assert first.series(GWYNEDD, "Shoplifting")[0][first.months.index(NOVEMBER)] == 41
    assert account_of(spike()).doubts.was == planted()[SPIKE] - 5, "a card tells what it said itself, the look before"


def test_a_month_that_comes_late_is_no_revision(load, cast):
    load({}, months=[month for month in months_from(FIRST, LAST) if month != Month(2021, 12)])
    look(cast)
    load({}, months=[Month(2021, 12)])
    row = look(cast)
    assert vintage.read(row.vintage).known.all(), "it is kept from when it first came"
    assert vintage.revised_since(row.vintage, vintage.counted(("W06000001", GWYNEDD), QUARTER)) is None
    assert account_of(spike()).doubts.was is None


def test_looking_again_at_the_same_rows_doubts_nothing(load, cast):
    load({})
    look(cast)
    row = look(cast)
    assert account_of(spike()).doubts.are_none
    assert np.asarray(row.vintage["values"]).shape == (2, 14, vintage.MONTHS)
