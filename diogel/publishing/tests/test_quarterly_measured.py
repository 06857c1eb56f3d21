"""Small sensitive counts are kept back in the public version with whatever would reveal them; late is told from missing."""

from __future__ import annotations

from datetime import date

import pytest

from diogel.indicators.models import Measure, Observation
from diogel.publishing.quarter_pack import withheld_of
from diogel.publishing.quarterly_measured import measures

from .a_quarter import BEFORE, facts_of, make_measure, make_part, observe


def rows(quarter, *, keeps_back: bool = True) -> dict:
    return {row["code"]: row for row in measures(facts_of(quarter), keeps_back=keeps_back)}


def kept(quarter) -> set[tuple[str, str]]:
    """(measure, column) of each figure that the public version keeps back."""
    return {(code, name) for code, row in rows(quarter).items() for name in ("now", "before") if row[name] and row[name].get("is_withheld")}


def family(quarter, *counts: int, total: int) -> None:
    whole = make_measure(quarter.told, "M1", is_sensitive=True)
    observe(whole, total)
    for letter, count in zip("abc", counts, strict=False):
        observe(make_part(whole, f"M1{letter}"), count)


def test_a_small_sensitive_count_is_kept_back_in_public_only(quarter):
    assert kept(quarter) == {("G6", "now")}
    assert rows(quarter)["G6"]["now"]["value"] is None
    assert rows(quarter, keeps_back=False)["G6"]["now"]["value"] == 3


@pytest.mark.parametrize("count", [0, 5, 79])
def test_a_zero_and_a_larger_count_are_told(quarter, count):
    Observation.objects.filter(measure__code="G6").update(value=count)
    assert kept(quarter) == set()


def test_a_small_count_of_what_is_not_sensitive_is_told(quarter):
    Measure.objects.filter(code="G6").update(is_sensitive=False)
    assert kept(quarter) == set()


def test_the_year_before_is_kept_back_on_its_own(quarter):
    Observation.objects.filter(measure__code="G6").update(value=79)
    observe(quarter.told.sensitive, 2, span=BEFORE)
    assert kept(quarter) == {("G6", "before")}


def test_where_a_total_would_reveal_it_a_larger_count_is_kept_back_too(quarter):
    Observation.objects.filter(measure__code="G6").update(value=79)
    family(quarter, 3, 12, 20, total=35)
    assert kept(quarter) == {("M1a", "now"), ("M1b", "now")}


def test_where_nothing_adds_up_only_the_small_one_is_kept_back(quarter):
    Observation.objects.filter(measure__code="G6").update(value=79)
    family(quarter, 3, 12, 20, total=40)
    assert kept(quarter) == {("M1a", "now")}


@pytest.mark.parametrize(("part", "whole"), [(3, 40), (38, 40), (1, 3)])
def test_a_share_whose_part_or_rest_is_small_is_kept_back(quarter, part, whole):
    Observation.objects.filter(measure__code="G6").update(value=None, numerator=part, denominator=whole)
    Measure.objects.filter(code="G6").update(unit="ratio")
    assert kept(quarter) == {("G6", "now")}


def test_the_scan_is_told_what_must_not_show(quarter):
    family(quarter, 3, 12, 20, total=35)
    told = {(cell.row[1], cell.column, cell.value) for cell in withheld_of(facts_of(quarter))}
    now = ("Y chwarter hwn", "This quarter")
    assert {("M1a: Count M1a", now, 3), ("M1b: Count M1b", now, 12), ("G6: Hate reports", now, 3), ("Hate reports", now, 3)} <= told
    assert not [cell for cell in told if cell[0].startswith("M1c")]


def test_a_figure_that_was_due_and_has_not_come_is_late(quarter):
    measure = make_measure(quarter.told, "L1")
    observe(measure, 10, span=(date(2021, 4, 1), date(2021, 6, 30)))
    observe(measure, 11, span=(date(2021, 7, 1), date(2021, 9, 30)))
    late = rows(quarter)["L1"]["now"]
    assert (late["state"], late["days_late"]) == ("late", 3)


def test_a_figure_that_no_rhythm_asks_for_is_not_late(quarter):
    make_measure(quarter.told, "Y1")
    assert rows(quarter)["Y1"]["now"] is None


def test_a_missing_figure_keeps_its_state_and_a_years_figure_is_no_quarters(quarter):
    missing = make_measure(quarter.told, "X1")
    observe(missing, state="missing", reason_cy="Ni ddaeth.", reason_en="It did not come.", reason_state="checked")
    observe(make_measure(quarter.told, "X2"), 900, span=(date(2021, 1, 1), date(2021, 12, 31)))
    told = rows(quarter)
    assert told["X1"]["now"]["state"] == "missing"
    assert told["X2"]["now"] is None


def test_a_correction_says_that_it_is_one(quarter):
    observe(make_measure(quarter.told, "C1"), 40, was=[{"value": "44"}])
    assert rows(quarter)["C1"]["now"]["is_corrected"]


def test_a_measure_that_counts_a_recorded_type_is_told_from_the_police_files(quarter):
    measure = make_measure(quarter.told, "P1")
    Measure.objects.filter(pk=measure.pk).update(crime_types=["Drugs"], area=quarter.cast.gwynedd)
    assert rows(quarter)["P1"]["now"]["value"] == 58
    Measure.objects.filter(pk=measure.pk).update(crime_types=["Public order"])
    assert rows(quarter)["P1"]["now"] is None, "a month without data is no figure"


def test_a_measure_of_several_types_is_their_sum_in_the_paper(quarter):
    measure = make_measure(quarter.told, "P2")
    asked = {row["type"]: row["observed"] for row in quarter.look.series if row["area"] == quarter.cast.gwynedd.code}
    known = sorted(name for name, count in asked.items() if count is not None)[:2]
    Measure.objects.filter(pk=measure.pk).update(crime_types=known, area=quarter.cast.gwynedd)
    assert rows(quarter)["P2"]["now"]["value"] == asked[known[0]] + asked[known[1]]
    Measure.objects.filter(pk=measure.pk).update(crime_types=[*known, "Public order"])
    assert rows(quarter)["P2"]["now"] is None, "one type without data leaves the sum without"
