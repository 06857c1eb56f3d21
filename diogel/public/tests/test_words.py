"""Codes and figures are said in whole words, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from diogel.public.shelf import dated
from diogel.public.words import done, figure, polarity, span, working_on

from .told import figure as told
from .told import pair


@pytest.mark.parametrize(
    ("count", "cy"),
    [(1, "Un peth rydym yn gweithio arno"), (2, "Dau beth"), (3, "Tri pheth"), (5, "Pum peth"), (6, "Chwe pheth"), (9, "Naw peth")],
)
def test_the_welsh_number_changes_the_noun_after_it(count, cy):
    with override("cy"):
        assert working_on(count).startswith(cy)


def test_more_than_ten_are_not_counted_in_the_title():
    with override("en"):
        assert working_on(11) == "What we are working on together this year"


@pytest.mark.parametrize(
    ("complete", "every", "en"),
    [
        (0, 0, ""),
        (0, 1, "The one action is not complete yet"),
        (0, 17, "None of our 17 actions is complete yet"),
        (1, 1, "The one action is complete"),
        (1, 17, "One of our 17 actions is complete"),
        (3, 17, "Three of our 17 actions are complete"),
        (11, 17, "11 of our 17 actions are complete"),
        (17, 17, "All 17 of our actions are complete"),
    ],
)
def test_the_finding_about_the_actions_is_one_sentence(complete, every, en):
    with override("en"):
        assert done(complete, every) == en


@pytest.mark.parametrize(
    ("first", "last", "en"),
    [
        (date(2021, 10, 1), date(2021, 12, 31), "October to December 2021"),
        (date(2021, 2, 1), date(2021, 2, 28), "February 2021"),
        (date(2018, 4, 1), date(2019, 3, 31), "1 April 2018 to 31 March 2019"),
    ],
)
def test_a_period_is_called_by_its_name(first, last, en):
    with override("en"):
        assert span(first, last) == en


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"value": 1284}, "1,284"),
        ({"value": 0}, "0"),
        ({"unit": "percent", "value": 53}, "53%"),
        ({"unit": "percent", "value": None, "part": 29, "whole": 30}, "97% (29 of 30)"),
        ({"unit": "ratio", "value": None, "part": 7, "whole": 29}, "7 of 29"),
        ({"unit": "days", "value": 144}, "144 days"),
        ({"unit": "yes_no", "value": 1}, "yes"),
        ({"unit": "yes_no", "value": 0}, "no"),
        ({"value": None}, "no data"),
        ({"value": 3, "is_withheld": True}, "withheld"),
        ({"value": None, "state": "missing", "is_in_the_quarterly": True}, "Told in the quarterly report"),
    ],
)
def test_a_figure_is_never_blank(changed, said):
    with override("en"):
        assert figure(dated(told("G1", **changed)))["text"] == said


def test_a_figure_told_in_words_keeps_both_halves():
    words = pair("Cynhaliwyd sesiwn.", "A session was held.")
    assert figure(dated(told("P1d", unit="narrative", value=None, text=words)))["text"] == words


def test_polarity_is_said_once():
    with override("en"):
        assert [str(words) for words in polarity("increase", "up")] == ["The plan wants this to rise."]
        assert [str(words) for words in polarity("increase", "down")] == ["The plan wants this to rise.", "Fewer is better."]
