"""A question is put into SQL once for each key, and asked anew each time."""

from __future__ import annotations

import pytest
from django.db.models import Value

from diogel.people.models import Body
from diogel.words.asked import asked

pytestmark = pytest.mark.django_db


def question(*codes: str):
    return Body.objects.filter(code__in=codes).order_by("code").values_list("code", Value(1))


def test_the_text_is_kept_and_the_answer_is_not(cast, django_assert_num_queries):
    put = []

    def asks():
        put.append(1)
        return question(cast.police.code)

    assert asked(("a test", 1), asks) == [(cast.police.code, 1)]
    Body.objects.filter(pk=cast.police.pk).update(code="renamed")
    with django_assert_num_queries(1):
        assert asked(("a test", 1), asks) == []
    assert put == [1]


def test_another_key_is_another_question(cast):
    assert asked(("a test", 2), lambda: question(cast.police.code))
    assert asked(("a test", 3), lambda: question("nobody")) == []


def test_what_the_database_need_not_be_asked_is_not(cast, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert asked(("a test", 4), question) == []


def test_signs_of_a_pattern_are_no_places_for_words(cast):
    """A per cent sign in a text of the question is a text, on either database."""
    assert asked(("a test", 5), lambda: question(cast.police.code).annotate(sign=Value("100 %")).values_list("sign")) == [("100 %",)]
