"""A question is put into SQL once for each key, and asked anew each time."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import Value

from diogel.words.asked import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> ContentType:
    return ContentType.objects.create(app_label="of_a_test", model="row")


def question(*names: str):
    return ContentType.objects.filter(app_label="of_a_test", model__in=names).values_list("model", Value(1))


def test_the_text_is_kept_and_the_answer_is_not(row, django_assert_num_queries):
    put = []

    def asks():
        put.append(1)
        return question("row")

    assert asked(("a test", 1), asks) == [("row", 1)]
    ContentType.objects.filter(pk=row.pk).update(model="renamed")
    with django_assert_num_queries(1):
        assert asked(("a test", 1), asks) == []
    assert put == [1]


def test_another_key_is_another_question(row):
    assert asked(("a test", 2), lambda: question("row"))
    assert asked(("a test", 3), lambda: question("nobody")) == []


def test_what_the_database_need_not_be_asked_is_not(row, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert asked(("a test", 4), question) == []


def test_signs_of_a_pattern_are_no_places_for_words(row):
    """A per cent sign in a text of the question is a text, on either database."""
    assert asked(("a test", 5), lambda: question("row").annotate(sign=Value("100 %")).values_list("sign")) == [("100 %",)]
