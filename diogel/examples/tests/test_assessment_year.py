"""The invented year of Gwynedd a Môn is whole and comes as far as it says; Wrexham’s holds what its plan states, and no score."""

import tomllib
from pathlib import Path

import pytest
from django.test import TestCase

from diogel.analysis.risk_methods import read_methods
from diogel.assessment.life import in_the_way
from diogel.assessment.models import Assessment, Dissent, Method, Score, Scorer, StatutorySection
from diogel.audit.models import Entry
from diogel.examples.loading import load
from tests.kept import lay_examples

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parents[3] / "examples"
YEAR = {
    slug: tomllib.loads((FOLDER / slug / "assessment_year.toml").read_text(encoding="utf-8"))["year"] for slug in ("gwynedd-mon", "wrexham")
}


def halves(node):
    if isinstance(node, dict):
        if {"cy", "en"} & set(node):
            yield node
        else:
            for each in node.values():
                yield from halves(each)
    elif isinstance(node, list):
        for each in node:
            yield from halves(each)


def test_every_sentence_stands_in_both_languages():
    for year in YEAR.values():
        pairs = list(halves(year))
        assert pairs
        assert all(set(pair) == {"cy", "en"} and pair["cy"].strip() and pair["en"].strip() and pair["cy"] != pair["en"] for pair in pairs)
        assert not any("'" in half for pair in pairs for half in pair.values())


def test_all_values_lie_on_the_scales_of_the_method():
    year = YEAR["gwynedd-mon"]
    method = next(one for one in read_methods() if one.code == year["method"])
    assert set(year["factors"]) == set(method.factors)
    for theme in year["themes"]:
        for values in (theme["agreed"], *theme["gave"].values()):
            for name, value in zip(year["factors"], values, strict=True):
                assert method.factors[name].low <= value <= method.factors[name].high
        assert set(theme["gave"]) == set(year["scorers"])


@pytest.mark.django_db
class TestTheYear(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        lay_examples(with_people=True)

    def test_it_waits_for_approval_and_for_two_things(self):
        row = Assessment.objects.get(code="2022-23")
        assert row.status == "agreed"
        assert [each.code for each in in_the_way(row, "approved")] == ["undecided", "unanswered-request"]

    def test_four_scored_nine_themes_apart_and_one_body_does_not_agree(self):
        assert Score.objects.filter(is_agreed=False).count() == 36
        assert Score.objects.filter(is_agreed=True).count() == 9
        assert Scorer.objects.count() == 4
        assert Dissent.objects.get().body.code == "bcuhb"

    def test_the_assessment_that_was_published_still_counts_and_has_no_number(self):
        counts = Assessment.objects.foremost().filter(partnership__slug="gwynedd-mon").first()
        assert counts.code == "north-wales-2021-22"
        assert not Score.objects.filter(theme__assessment=counts).exists()
        assert {theme.band_as_published for theme in counts.themes.all()} == {"High", "Medium - High", "Medium-High", "Medium"}

    def test_wrexham_has_no_score_no_method_and_only_the_sections_of_which_its_plan_tells(self):
        row = Assessment.objects.get(partnership__slug="wrexham")
        assert not Score.objects.filter(theme__assessment=row).exists()
        assert not Method.objects.filter(partnership__slug="wrexham").exists()
        assert set(StatutorySection.objects.filter(assessment=row).values_list("about", flat=True)) == {"levels", "priorities", "people"}

    def test_loading_it_again_changes_nothing(self):
        before = Entry.objects.filter(subject__startswith="assessment.").count()
        load("gwynedd-mon", with_people=True)
        load("wrexham", with_people=True)
        assert Entry.objects.filter(subject__startswith="assessment.").count() == before
