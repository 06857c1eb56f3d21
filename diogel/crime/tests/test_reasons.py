"""Every reason for a refusal has a code of its own and a sentence that a catalogue can hold."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import gettext, override

from diogel.analysis.reading.ons_files import Unreadable as UnreadablePlaces
from diogel.analysis.reading.ons_reasons import PLACE_REASONS
from diogel.analysis.reading.police_uk import Unreadable
from diogel.analysis.reading.reasons import REASONS

EVERY = [*REASONS.values(), *PLACE_REASONS.values()]


@pytest.mark.parametrize("sentence", EVERY)
def test_a_reason_is_a_whole_sentence_with_a_welsh_twin_of_the_same_values(sentence):
    assert re.match(r"[A-Z“%].*\.$", sentence)
    with override("cy"):
        welsh = gettext(sentence)
    assert welsh != sentence
    assert sorted(re.findall(r"%\(\w+\)s", welsh)) == sorted(re.findall(r"%\(\w+\)s", sentence))


def test_a_refusal_carries_its_code_and_what_its_sentence_tells():
    fault = Unreadable.because("long_line", line=7, most="4,000")
    assert str(fault) == "Line 7 is longer than 4,000 bytes: a cell holds far more than it should."
    assert (fault.code, dict(fault.values)) == ("long_line", {"line": "7", "most": "4,000"})
    place = UnreadablePlaces.because("no_polygon", code="W1")
    assert (place.code, place.values) == ("no_polygon", (("code", "W1"),))


def test_a_refusal_without_a_code_keeps_its_sentence():
    assert (str(Unreadable("No.")), Unreadable("No.").code) == ("No.", "")
