"""Totals and shares by hand, weights without a hole, and no single weight for a bundle of offences."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diogel.analysis.harm import Weights, harm, read_weights, refuse_bundle
from diogel.analysis.reading.police_uk import CRIME_TYPES, Unreadable

TABLE = {"Murder": 5000.0, "Assault occasioning actual bodily harm": 10.0, "Shoplifting": 2.0, "Cycle theft": 1.5}
WEIGHTS = Weights(by_offence=TABLE, unit="invented days", source="An invented table", dated_on=date(2026, 2, 1))
TOLD = {"unit": "days", "source": "An invented table", "dated_on": date(2026, 2, 1)}


def test_the_worked_example():
    found = harm({"Shoplifting": 400, "assault occasioning actual  bodily-harm": 90, "Murder": 1, "Cycle theft": 0}, WEIGHTS)
    assert (found.total, found.count) == (6700, 491)
    assert [(part.offence, part.harm) for part in found.parts][:2] == [("Murder", 5000), ("assault occasioning actual  bodily-harm", 900)]
    assert found.parts[0].share == pytest.approx(5000 / 6700)
    assert (found.swamped_by, found.without("Murder")) == ("Murder", 1700)
    assert found.error == pytest.approx(math.sqrt(5000**2 + 90 * 100 + 400 * 4))


@given(st.dictionaries(st.sampled_from(sorted(TABLE)), st.integers(0, 10_000)))
def test_totals_are_those_of_exact_fractions(counts):
    found = harm(counts, WEIGHTS)
    exact = sum((Fraction(TABLE[offence]) * count for offence, count in counts.items()), Fraction(0))
    assert found.total == pytest.approx(float(exact))
    assert found.count == sum(counts.values())
    assert [part.harm for part in found.parts] == sorted((part.harm for part in found.parts), reverse=True)
    if exact:
        assert math.fsum(part.share or 0 for part in found.parts) == pytest.approx(1)
    else:
        assert all(part.share is None for part in found.parts)


def test_the_error_is_the_scatter_of_simulated_counts():
    draws = np.random.default_rng(4).poisson((40, 300), (5000, 2))
    totals = [harm({"Shoplifting": a, "Cycle theft": b}, WEIGHTS).total for a, b in draws]
    assert harm({"Shoplifting": 40, "Cycle theft": 300}, WEIGHTS).error == pytest.approx(np.std(totals), rel=0.05)


@pytest.mark.parametrize("name", [*sorted(set(CRIME_TYPES) - {"Shoplifting", "Bicycle theft", "Theft from the person"}), "VIOLENCE & SEXUAL OFFENCES",
                                  "Violence against the person", "Death or serious injury – unlawful driving", "Non-domestic burglary", "Total"])  # fmt: skip
def test_a_bundle_of_offences_gets_no_weight(name: str):
    with pytest.raises(ValueError, match=r"one weight would be wrong"):
        refuse_bundle(name)
    with pytest.raises(ValueError, match="one weight would be wrong"):
        harm({name: 10}, WEIGHTS)
    with pytest.raises(ValueError, match="one weight would be wrong"):
        Weights(by_offence={name: 10}, unit="days", source="x", dated_on=date(2026, 1, 1))


@pytest.mark.parametrize("name", ["Shoplifting", "Bicycle theft", "Theft from the person"])
def test_categories_of_one_offence_may_have_a_weight(name: str):
    refuse_bundle(name)


def test_an_offence_without_a_weight_stops_the_sum_unless_agreed():
    with pytest.raises(ValueError, match="Perjury has no weight in An invented table"):
        harm({"Perjury": 0}, WEIGHTS)
    found = harm({"Perjury": 7, "Shoplifting": 1}, WEIGHTS, leave_out=["perjury"])
    assert (found.left_out, found.count, found.total) == ({"Perjury": 7}, 1, 2)


@pytest.mark.parametrize("count", [-1, 1.0, 2.5, "3", float("nan"), None, True])
def test_what_is_no_count_is_refused(count):
    with pytest.raises(ValueError, match="not a count"):
        harm({"Shoplifting": count}, WEIGHTS)


def test_one_offence_under_two_spellings_is_refused():
    with pytest.raises(ValueError, match="counted twice"):
        harm({"Cycle theft": 1, "cycle-theft": 2}, WEIGHTS)


def test_nothing_has_no_harm_and_an_unknown_offence_no_remainder():
    found = harm({}, WEIGHTS)
    assert (found.total, found.error, found.parts, found.swamped_by) == (0, 0, (), None)
    with pytest.raises(KeyError, match="no events"):
        found.without("Murder")


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf"), "2", None, True])
def test_a_weight_that_is_no_number_is_refused(weight):
    with pytest.raises(ValueError, match="weight of Murder"):
        Weights(by_offence={"Murder": weight}, unit="days", source="x", dated_on=date(2026, 1, 1))


@pytest.mark.parametrize("change", [{"by_offence": {}}, {"unit": " "}, {"source": ""}, {"by_offence": {" ": 1.0}}])
def test_weights_need_all_that_makes_them_tellable(change):
    with pytest.raises(ValueError):
        Weights(**({"by_offence": TABLE, "unit": "days", "source": "x", "dated_on": date(2026, 1, 1)} | change))


def test_a_file_of_weights_is_read_by_its_columns(tmp_path: Path):
    (tmp_path / "a.csv").write_text('Code,Title,Days\n1,Murder,"5,475"\n46,Shoplifting,2.5\n')
    found = read_weights(tmp_path / "a.csv", offence="Title", weight="Days", **TOLD)
    assert found.by_offence == {"Murder": 5475, "Shoplifting": 2.5}
    assert found.dated_on == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("offence,days\nMurder,1\n", "lacks the columns: weight"),
        ("offence,weight\n", "there are no weights"),
        ("offence,weight\nMurder,\n", "row 2 is not a number"),
        ("offence,weight\nMurder,many\n", "row 2 is not a number"),
        ("offence,weight\nMurder,nan\n", "row 2 is not a number"),
        ("offence,weight\nMurder,1_000\n", "row 2 is not a number"),
        ('offence,weight\nMurder,"5,47"\n', "row 2 is not a number"),
        ("offence,weight\nMurder,-3\n", "row 2 is below zero"),
        ("offence,weight\n,3\n", "Row 2 has a weight and no offence"),
        ("offence,weight\nMurder,3\nmurder,3\n", "Row 3 gives murder a weight for the second time"),
        ("offence,weight\nMurder,3\nRobbery\n", "Row 3 cannot be read"),
        ("offence,weight\nViolence and sexual offences,3\n", "one weight would be wrong"),
    ],
)
def test_a_table_with_a_hole_is_refused(tmp_path: Path, text: str, said: str):
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(Unreadable, match=f"(?i){said}"):
        read_weights(tmp_path / "a.csv", **TOLD)


@given(st.lists(st.tuples(st.text(max_size=8), st.one_of(st.text(max_size=6), st.floats().map(str))), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
def test_any_table_is_read_whole_or_refused(tmp_path: Path, rows):
    body = "".join(f'"{name.replace(chr(34), "")}","{weight.replace(chr(34), "")}"\n' for name, weight in rows)
    (tmp_path / "a.csv").write_text("offence,weight\n" + body, encoding="utf-8", newline="")
    try:
        found = read_weights(tmp_path / "a.csv", **TOLD)
    except Unreadable:
        return
    assert all(weight >= 0 and math.isfinite(weight) for weight in found.by_offence.values())
