"""Missing, late, withheld, provisional, corrected and zero each look different."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from diogel.published.blocks import Cell
from diogel.publishing.observations import cell

BLANK = {"cy": "", "en": ""}
PLAIN = {
    "state": "final",
    "is_withheld": False,
    "is_corrected": False,
    "days_late": None,
    "value": None,
    "part": None,
    "whole": None,
    "text": BLANK,
}


def say(unit: str = "count", language: str = "en", **columns) -> Cell:
    with override(language):
        return cell(PLAIN | columns, unit)


def test_what_is_not_there_is_a_word_and_never_a_blank_or_a_zero():
    assert (say(state="missing").text, say(state="missing").state) == ("no data", "missing")
    assert (say(state="late", days_late=3).text, say(state="late", days_late=3).state) == ("3 days late", "late")
    assert (say(is_withheld=True).text, say(is_withheld=True).state) == ("withheld", "withheld")
    with override("en"):
        assert (cell(None, "count").text, cell(None, "count").state) == ("not reported", "missing")
    assert (say().text, say().state) == ("no data", "missing")


def test_a_zero_is_a_figure():
    assert (say(value=0).text, say(value=0).state, say(value=0).numeric) == ("0", "zero", True)


def test_a_provisional_and_a_corrected_figure_keep_their_value():
    assert (say(value=12, state="provisional").text, say(value=12, state="provisional").state) == ("12", "provisional")
    assert (say(value=12, is_corrected=True).text, say(value=12, is_corrected=True).state) == ("12", "corrected")


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(7, 29, "7 of 29"), (7, 30, "23% (7 of 30)"), (1, 200, "1% (1 of 200)"), (0, 30, "0% (0 of 30)")]
)
def test_a_share_is_told_with_its_base_and_of_few_as_a_part(part, whole, said):
    assert say("ratio", part=part, whole=whole).text == said


def test_units_are_said():
    assert say("days", value=142).text == "142 days"
    assert say("percent", value=41.5).text == "41.5%"
    assert say("count", value=12345).text == "12,345"
    assert say("yes_no", value=1).text == "yes"
    assert say("yes_no", value=0).text == "no"
    assert say("yes_no").text == "no data"
    assert say("narrative", text={"cy": "Do", "en": "Done"}).text == "Done"


def test_welsh_says_the_same():
    assert say(language="cy", state="missing").text == "dim data"
    assert say("ratio", language="cy", part=7, whole=29).text == "7 o 29"
    assert say("narrative", language="cy", text={"cy": "Do", "en": "Done"}).text == "Do"
