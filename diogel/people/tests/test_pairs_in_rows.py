"""Pairs as rows hold them and as templates say them."""

import pytest
from django.db import IntegrityError
from django.template import Context, Template
from django.utils import translation

from diogel.people.models import Partnership
from diogel.words.pairs import PairState


@pytest.mark.django_db
def test_the_database_refuses_a_checked_pair_with_a_missing_half():
    with pytest.raises(IntegrityError):
        Partnership.objects.create(slug="x", name_en="Only English", name_state=PairState.CHECKED)


@pytest.mark.parametrize(("language", "words"), [("cy", "Gwynedd a Môn"), ("en", "Gwynedd and Anglesey")])
def test_say_speaks_the_language_of_the_page(language, words):
    place = Partnership(place_cy="Gwynedd a Môn", place_en="Gwynedd and Anglesey")
    with translation.override(language):
        assert Template('{{ row|say:"place" }}').render(Context({"row": place})) == words


def test_a_missing_half_is_told_in_the_other_language_and_marked_so():
    with translation.override("cy"):
        said = Template('{{ row|say:"place" }}').render(Context({"row": Partnership(place_en="Only <English>")}))
    assert said == '<span lang="en">Only &lt;English&gt;</span>'
