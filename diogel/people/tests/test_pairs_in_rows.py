"""Pairs as rows hold them and as templates say them."""

from datetime import date
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.template import Context, Template
from django.utils import translation

from diogel.people.models import Membership, Partnership
from diogel.people.writing import write
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


@pytest.mark.parametrize("left_out", [set(), {"name_cy"}, {"place_cy"}])
@pytest.mark.parametrize(("cy", "en"), product(("", "Enw"), ("", "Name")))
@pytest.mark.parametrize("state", PairState.values)
def test_a_row_is_looked_at_as_the_database_would(cast, cy, en, state, left_out, django_assert_num_queries):
    """Django's own way asks the database; ours asks the row. Both refuse the same rows, in the same words."""
    row = cast.gwynedd_mon
    row.name_cy, row.name_en, row.name_state = cy, en, state
    ours = next(each for each in Partnership._meta.constraints if each.name == "partnership_name_pair")

    def refused(look) -> list[str]:
        try:
            look(Partnership, row, exclude=left_out)
        except ValidationError as error:
            return error.messages
        return []

    with django_assert_num_queries(0):
        mine = refused(ours.validate)
    assert mine == refused(models.CheckConstraint(name=ours.name, condition=ours.condition).validate)
    assert ours.clone() == ours


def test_a_row_that_hangs_on_nothing_or_on_what_is_not_there_is_refused_and_one_that_was_handed_over_is_not_asked_for(cast):
    given = Membership(partnership=cast.gwynedd_mon, body=cast.council, standing="invited", from_on=date(2022, 1, 1))
    assert write(given, by=cast.ann).pk
    with pytest.raises(ValidationError, match="body"):
        write(Membership(partnership=cast.gwynedd_mon, standing="invited"), by=cast.ann)
    with pytest.raises(ValidationError, match="body"):
        write(Membership(partnership=cast.gwynedd_mon, body=None, standing="invited"), by=cast.ann)
    with pytest.raises(ValidationError, match="not a valid choice"):
        write(Membership(partnership=cast.gwynedd_mon, body_id=0, standing="invited"), by=cast.ann)
    with pytest.raises(ValidationError, match="already exists"):
        write(Membership(partnership=cast.gwynedd_mon, body=cast.council, standing="invited", from_on=date(2022, 1, 1)), by=cast.ann)
