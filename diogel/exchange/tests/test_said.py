"""What a file is refused for, and what is told of it, is said in both languages."""

import pytest
from django.utils.translation import gettext, override

from diogel.analysis.reading.table_reasons import TABLE_REASONS, Untaken
from diogel.words.refusals import said


@pytest.mark.parametrize("code", TABLE_REASONS)
def test_every_sentence_has_its_welsh_with_the_same_values(code):
    with override("cy"):
        welsh = gettext(TABLE_REASONS[code])
    assert welsh != TABLE_REASONS[code]
    assert welsh.count("%(") == TABLE_REASONS[code].count("%(")


def test_a_refusal_is_said_in_the_language_of_the_page():
    refusal = Untaken.because("too_large_file", most=20)
    with override("cy"):
        assert said(refusal).startswith("Mae’r ffeil yn fwy na 20 MB")
