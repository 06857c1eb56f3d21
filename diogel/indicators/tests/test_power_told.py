"""What a look could have seen: the sentence of each case in both languages, the table by type, and the pages that show them."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from diogel.analysis.power import times_in
from diogel.home import remember
from diogel.indicators.power_told import SENTENCES, TIMES, by_type, in_all, sentence
from diogel.indicators.tests.made_card import make_card, make_finding, make_look

DESK = "/en/gwynedd-mon/desk/unusual/"


def row(half: float, double: float, smallest: float | None, **changes):
    return make_finding(power={"half": half, "double": double, "smallest": smallest}) | changes


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def ann(client, cast, own_home):
    remember(today="2022-01-17")
    client.force_login(cast.ann)
    return client


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (row(0.81, 1.0, 1.49), "In this series a rise of half would be seen at least four times in five."),
        (row(0.999, 1.0, 1.2), "In this series a rise of half would be seen at least nine times in ten."),
        (row(0.5, 0.9, 1.7), "In this series a rise of half would be seen at least one time in two."),
        (
            row(0.49, 0.93, 1.8),
            "It cannot be promised that a rise of half would be seen here; a doubling would be seen at least nine times in ten.",
        ),
        (
            row(0.05, 0.3, 2.855, expected=10.0),
            "It cannot be promised that even a doubling would be seen here; 29 in the quarter would be seen at least four times in five.",
        ),
        (row(0.0, 0.0, None), "So few are expected here that it cannot be promised that any rise would be seen."),
        (make_finding(verdict="too_short", power=None), "The history here is too short to promise that any change would be seen."),
        (
            make_finding(verdict="missing", power=None),
            "Not every month of the quarter has a whole file, so it cannot be promised that any change here would be seen.",
        ),
        (make_finding(), ""),
    ],
)
def test_each_case_is_told_in_one_sentence(row, said):
    assert sentence(row, "en") == said
    assert (sentence(row, "cy") == "") == (said == "")
    assert sentence(row, "cy") != said or not said


def test_every_chance_from_one_half_up_has_its_words_in_both_languages():
    assert {times_in(chance / 1000) for chance in range(500, 1001)} == set(TIMES)
    for both in (*TIMES.values(), *SENTENCES.values()):
        assert all(both)
        assert both[0] != both[1]


def test_a_count_that_would_be_seen_is_rounded_up_and_missing_is_not_nought():
    series = [
        row(0.9, 1.0, 1.41, expected=100.0),
        row(0.1, 0.3, 2.31, expected=10.0, type="Burglary"),
        row(0.0, 0.0, None, expected=0.4, type="Robbery"),
        make_finding(verdict="too_short", power=None, type="Drugs"),
    ]
    assert in_all(series) == {"of": 3, "half": 1, "not_doubled": 2}
    with translation.override("en"):
        rows = {each[0]: each[1] for each in by_type(series, {})["rows"]}
    assert rows == {
        "Burglary": "from 10 to 24 (×2.4)",
        "Drugs": "nothing can be promised",
        "Robbery": "no rise can be promised",
        "Shoplifting": "from 100 to 141 (×1.5)",
    }


def test_an_earlier_look_that_did_not_reckon_it_says_nothing_of_it(ann, cast):
    make_look(cast)
    shown = ann.get(DESK)
    assert (shown.context["power"], shown.context["power_table"]) == (None, None)
    assert "What would be seen" not in words(shown)


def test_the_desk_and_the_card_tell_what_was_kept_with_the_look(ann, cast, django_assert_max_num_queries):
    look = make_look(cast, series=[row(0.3, 0.82, 1.97, area="W06000002"), make_finding(verdict="too_short", power=None, type="Drugs")])
    card = make_card(cast, look, is_drawn=True)
    with django_assert_max_num_queries(12):
        desk = words(ann.get(DESK))
    told = "It cannot be promised that a rise of half would be seen here; a doubling would be seen at least four times in five."
    assert told in desk
    assert "Series in which a rise of half would be seen at least four times in five: 0 of 1." in desk
    assert "The history here is too short to promise" in desk
    with django_assert_max_num_queries(20):
        assert told in words(ann.get(f"{DESK}{card.pk}/"))
    assert "byddai dyblu yn cael ei weld bedair gwaith o bob pump o leiaf." in words(ann.get(f"/cy/gwynedd-mon/desk/unusual/{card.pk}/"))
