"""`diogel plan lint`: what the two published plans leave open is found by general rules."""

from __future__ import annotations

import json

import pytest

from diogel.cli import main
from tests.kept import lay_examples

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

IN_GWYNEDD_AND_ANGLESEY = {
    ("section-without-action", "section:assessment-and-profiles"),
    ("action-without-outcome", "action:15"),
    ("number-of-another-action", "outcome:3"),
    ("theme-without-action", "theme:modern-slavery"),
    ("theme-without-action", "theme:missing-persons"),
    ("theme-without-action", "theme:rape-and-serious-sexual-offences"),
    ("priority-lists-differ", "priority:standing-serious-acquisitive-crime"),
    ("priority-lists-differ", "priority:highlighted-fraud"),
    ("body-is-no-more", "body:wales-crc"),
}
IN_WREXHAM = {
    ("directions-conflict", "objective:3.5"),
    ("count-where-a-share-is-meant", "measure:P5a"),
    ("survey-without-baseline", "measure:P5a"),
    ("short-form-with-two-meanings", "short:NPS"),
    ("title-in-two-wordings", "priority:3"),
    ("objective-without-measure", "objective:1.1"),
    ("measure-without-objective", "measure:P5c"),
    ("body-is-no-more", "body:national-probation-service"),
}


@pytest.fixture
def loaded(monkeypatch):
    monkeypatch.setattr("diogel.cli.plan_lint.ready", lambda: None)
    lay_examples(with_people=False)


def asked(capsys, *words: str) -> tuple[int, str]:
    status = main(["plan", "lint", *words])
    return status, capsys.readouterr().out


@pytest.mark.parametrize(("slug", "there"), [("gwynedd-mon", IN_GWYNEDD_AND_ANGLESEY), ("wrexham", IN_WREXHAM)])
def test_the_defects_of_a_published_plan_are_found(loaded, capsys, slug, there):
    status, out = asked(capsys, slug, "--json")
    found = json.loads(out)
    assert status == 1
    assert there <= {(each["rule"], each["subject"]) for each in found}
    assert {frozenset(each) for each in found} == {frozenset({"rule", "subject", "message_en", "message_cy", "severity"})}
    assert all(each["message_en"] != each["message_cy"] for each in found)


def test_a_cited_number_is_doubted_in_one_row_alone(loaded, capsys):
    found = json.loads(asked(capsys, "gwynedd-mon", "--json")[1])
    assert [each["subject"] for each in found if each["rule"] == "number-of-another-action"] == ["outcome:3"]


def test_it_is_printed_in_the_language_asked_for(loaded, capsys):
    assert "Contradictions\n" in asked(capsys, "wrexham")[1]
    welsh = asked(capsys, "wrexham", "--language", "cy")[1]
    assert "Yn gwrth-ddweud\n" in welsh
    assert "Mae amcan 3.5 am gynnal" in welsh


def test_a_partnership_that_is_not_there_is_refused_by_name(loaded, capsys):
    assert main(["plan", "lint", "nowhere"]) == 2
    assert "gwynedd-mon, wrexham" in capsys.readouterr().err
