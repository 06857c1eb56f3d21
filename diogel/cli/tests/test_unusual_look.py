"""The verb looks through a quarter, prints what it found, and refuses in a sentence."""

from __future__ import annotations

import json

import pytest

from diogel.cli import main
from diogel.home import remember
from diogel.indicators.models import Card, Look
from diogel.indicators.tests.small_store import SPIKE, lay_store, planted

pytestmark = pytest.mark.slow

WORDS = ["unusual", "look", "--partnership", "gwynedd-mon", "--quarter-ending"]


@pytest.fixture
def home(cast, own_home):
    own_home.mkdir(parents=True)
    remember(today="2022-01-17")
    return own_home


def test_it_tells_each_unusual_figure_and_keeps_its_card(home, capsys):
    lay_store(home / "crime", planted())
    assert main([*WORDS, "2021-12"]) == 0
    told = capsys.readouterr().out
    assert "Series looked at: 28. Nothing can be said of: 0." in told
    assert "Shoplifting in Gwynedd stood above the expected range in November 2021." in told
    assert "synthetic figures" in told
    assert Card.objects.count() == 2
    assert main([*WORDS, "2021-12", "--json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert (values["looked_at"], len(values["series"]), values["is_synthetic"]) == (28, 28, True)
    assert values["changes"] == {"made": 0, "renewed": 0, "reopened": 0, "withdrawn": 0}
    spike = next(card for card in values["cards"] if card["type"] == "Shoplifting")
    assert (spike["state"], spike["told"]["observed"]) == ("unexplained", planted()[SPIKE])


def test_an_empty_store_is_refused_in_a_sentence(home, capsys):
    assert main([*WORDS, "2021-12"]) == 2
    assert capsys.readouterr().err.strip() == "No crime data are loaded yet, so there is nothing to look at."
    assert not Look.objects.exists()


def test_a_quarter_that_is_not_over_is_refused_in_a_sentence(home, capsys):
    lay_store(home / "crime", planted())
    remember(today="2021-12-31")
    assert main([*WORDS, "2021-12"]) == 2
    assert capsys.readouterr().err.strip() == "This quarter has not ended yet, so it cannot be looked through."
    assert not Look.objects.exists()


def test_a_partnership_that_is_not_here_is_refused_with_those_that_are(home, capsys):
    assert main(["unusual", "look", "--partnership", "nowhere", "--quarter-ending", "2021-12"]) == 2
    assert "Those there are: gwynedd-mon, wrexham." in capsys.readouterr().err


@pytest.mark.parametrize("quarter", ["2021-11", "December"])
def test_what_is_no_quarter_is_wrong_usage(home, capsys, quarter):
    with pytest.raises(SystemExit) as stopped:
        main([*WORDS, quarter])
    assert stopped.value.code == 2
    assert quarter in capsys.readouterr().err
