"""Scores that stood before methods were kept are carried over whole, and carried back."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

BETWEEN = ("assessment", "0003_a_year_is_assessed_step_by_step")
carrying = import_module("diogel.assessment.migrations.0004_carry_old_scores_over")


@pytest.fixture
def between(db):
    """The models as they stand where both the totals and the parts are columns; the totals' columns are put back for this test."""
    with connection.cursor() as cursor:
        for name in ("harm", "likelihood", "response"):
            cursor.execute(f"ALTER TABLE assessment_score ADD COLUMN {name} integer NOT NULL DEFAULT 0")
    loader = MigrationLoader(connection)
    others = [node for node in loader.graph.leaf_nodes() if node[0] in ("people", "places")]
    return loader.project_state([*others, BETWEEN]).apps


def test_old_scores_lose_nothing(between):
    Score, Theme = between.get_model("assessment", "Score"), between.get_model("assessment", "Theme")
    where = between.get_model("people", "Partnership").objects.create(slug="x")
    Assessment = between.get_model("assessment", "Assessment")
    year = Assessment.objects.create(partnership=where, code="a", published_on=date(2021, 2, 1))
    Assessment.objects.create(partnership=where, code="b")
    theme, other = (Theme.objects.create(assessment=year, code=code) for code in "tu")
    told = {
        "theme": theme,
        "harm": 14,
        "likelihood": 4,
        "confidence": "B",
        "reason_en": "Why",
        "reason_cy": "Pam",
        "reason_state": "checked",
    }
    first = Score.objects.create(scored_on=date(2021, 1, 1), response=3, **told)
    Score.objects.create(scored_on=date(2021, 1, 9), response=2, is_agreed=True, **told)
    carrying.carry_over(between, None)
    first.refresh_from_db()
    assert first.parts == {"harm": 14, "likelihood": 4, "response": 3}
    assert (first.risk, first.method, first.position, first.reason_cy, first.confidence, first.is_agreed) == (
        56,
        None,
        None,
        "Pam",
        "B",
        False,
    )
    assert [score.parts["response"] for score in Score.objects.filter(is_agreed=True)] == [2]
    assert [Theme.objects.get(pk=row.pk).opened_on for row in (theme, other)] == [date(2021, 1, 9), None]
    assert list(Assessment.objects.order_by("code").values_list("status", flat=True)) == ["published", "gathering"]
    Score.objects.update(harm=0, likelihood=0, response=0)
    carrying.carry_back(between, None)
    first.refresh_from_db()
    assert (first.harm, first.likelihood, first.response) == (14, 4, 3)
