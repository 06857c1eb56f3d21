"""Every case of a figure is one whole sentence in each language."""

import re
import string

import pytest

from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import TYPES
from diogel.indicators import sentences
from diogel.indicators.sentences import (
    better_of,
    count_sentence,
    finding_sentence,
    kind_words,
    odds_words,
    place_phrase,
    polarity_sentence,
    when_phrase,
)
from diogel.places.codes import AUTHORITIES, FORCE_NAMES
from diogel.words.pairs import Pair

GWYNEDD, MON = Pair("Gwynedd", "Gwynedd"), Pair("Ynys Môn", "Isle of Anglesey")
SPIKE = {
    "quarter": "2021-12",
    "direction": "higher",
    "kind": "months",
    "months": ["2021-11"],
    "since": None,
    "one_in": 1000,
    "told": {"first": "2021-11", "last": "2021-11", "observed": 81, "expected": 32.1, "low": 12, "high": 61},
}
QUARTER = SPIKE | {
    "kind": "quarter",
    "direction": "lower",
    "months": [],
    "told": {"first": "2021-10", "last": "2021-12", "observed": 1201, "expected": 1400.4, "low": 1_302, "high": 1500},
}
STEP = SPIKE | {
    "kind": "level",
    "since": "2021-07",
    "told": {"first": "2021-07", "last": "2021-12", "observed": 700, "expected": 512.6, "low": None, "high": None},
}


def test_a_spike_is_told_with_its_month():
    assert finding_sentence(SPIKE, GWYNEDD, "Shoplifting", "en") == "Shoplifting in Gwynedd stood above the expected range in November 2021"
    assert (
        finding_sentence(SPIKE, GWYNEDD, "Shoplifting", "cy")
        == "Roedd dwyn o siopau yng Ngwynedd uwchlaw’r ystod ddisgwyliedig ym mis Tachwedd 2021"
    )


def test_a_low_quarter_is_told_from_its_first_month_to_its_last():
    assert (
        finding_sentence(QUARTER, MON, "Vehicle crime", "cy")
        == "Roedd troseddau cerbydau yn Ynys Môn islaw’r ystod ddisgwyliedig rhwng mis Hydref a mis Rhagfyr 2021"
    )
    assert (
        finding_sentence(QUARTER, MON, "Vehicle crime", "en")
        == "Vehicle crime in Anglesey stood below the expected range from October to December 2021"
    )


def test_a_new_level_is_told_since_it_began():
    assert finding_sentence(STEP, GWYNEDD, "Public order", "en").endswith("stood above the expected range from July to December 2021")


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("verdict", ["as_expected", "too_short", "missing"])
def test_what_is_not_unusual_is_told_too(language, verdict):
    row = SPIKE | {"verdict": verdict, "direction": "", "kind": "", "months": []}
    assert "2021" in finding_sentence(row, GWYNEDD, "Burglary", language)


def test_the_count_stands_beside_what_was_expected():
    assert count_sentence(SPIKE, "en") == "81 were recorded in November 2021; 12 to 61 were expected"
    assert count_sentence(SPIKE, "cy") == "Cofnodwyd 81 ym mis Tachwedd 2021; disgwylid 12 i 61"
    assert count_sentence(QUARTER, "en") == "1,201 were recorded from October to December 2021; 1,302 to 1,500 were expected"
    assert count_sentence(STEP, "en") == "700 were recorded from July to December 2021; about 513 were expected"


def test_one_is_singular_in_english():
    one = SPIKE | {"told": SPIKE["told"] | {"observed": 1}}
    assert count_sentence(one, "en").startswith("1 was recorded")


def test_a_count_without_an_expectation_is_told_alone():
    row = {"quarter": "2025-03", "observed": 412, "expected": None, "low": None, "high": None}
    assert count_sentence(row, "en") == "Recorded from January to March 2025: 412"
    assert count_sentence(row, "cy") == "Cofnodwyd 412 rhwng mis Ionawr a mis Mawrth 2025"


def test_how_odd_is_a_number_of_quarters_and_never_a_fantastic_one():
    assert odds_words(SPIKE, "en") == "about 1 quarter in 1,000"
    assert odds_words(SPIKE | {"one_in": 10_000}, "cy") == "llai nag 1 chwarter ym mhob 10,000"


def test_a_month_that_is_the_latest_is_not_said_to_be_over():
    assert "over before" in kind_words(SPIKE, "en")
    assert "too early" in kind_words(SPIKE | {"months": ["2021-12"]}, "en")
    assert kind_words(SPIKE | {"months": ["2021-10", "2021-11"]}, "en") == "more than one month of the quarter"


def test_fewer_is_better_but_for_what_police_find_by_looking():
    assert better_of("Burglary") == "down"
    assert better_of("Drugs") == better_of("Possession of weapons") == "neither"
    assert polarity_sentence("higher", type_name="Burglary", language="en") == "Higher than expected. Fewer is better."
    assert "follows what the police look for" in polarity_sentence("higher", type_name="Drugs", language="en")
    assert polarity_sentence("higher", better="up", type_name="Drugs", language="cy") == "Uwch na’r disgwyl. Mae mwy yn well."


def test_every_case_of_direction_and_polarity_is_a_sentence_of_its_own():
    told = {
        polarity_sentence(way, better=better, language=language)
        for way in ("higher", "lower", "")
        for better in ("up", "down", "neither")
        for language in ("cy", "en")
    }
    assert len(told) == 18


def test_every_type_has_a_subject_and_every_authority_its_own_form():
    assert set(sentences.SUBJECTS) == set(TYPES)
    for name in [*((each.name_cy, each.name_en) for each in AUTHORITIES), *FORCE_NAMES.values()]:
        assert name[1] in sentences.PLACES
        assert place_phrase(name, "cy").startswith(("yn ", "yng "))


def test_a_place_whose_forms_are_not_held_is_not_mutated():
    assert place_phrase(Pair("Caerdydd", "Cardiff"), "cy") == "yn ardal Caerdydd"


def test_two_months_and_a_turn_of_the_year_are_told_whole():
    assert when_phrase((Month(2021, 10), Month(2021, 12)), "cy") == "ym mis Hydref ac ym mis Rhagfyr 2021"
    assert when_phrase((Month(2021, 10), Month(2021, 12)), "en") == "in October and December 2021"
    months = tuple(Month(2021, 7) + at for at in range(9))
    assert when_phrase(months, "cy") == "rhwng mis Gorffennaf 2021 a mis Mawrth 2022"


def test_both_halves_of_every_sentence_want_the_same_words():
    tables = (sentences.HEADLINES, sentences.COUNTS, sentences.BETTER, sentences.POLARITY, sentences.ODDS, sentences.KINDS)
    for table in tables:
        for case, (cy, en) in table.items():
            wanted = [{name for _, name, _, _ in string.Formatter().parse(half) if name} for half in (cy, en)]
            assert wanted[0] == wanted[1], case
            assert "'" not in cy + en, case
            assert not re.search(r"\s{2}", cy + en)
