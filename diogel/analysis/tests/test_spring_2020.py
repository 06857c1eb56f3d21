"""Spring 2020 in London, found, dated, measured, taken apart and told in both languages; and what North Wales's files add."""

from __future__ import annotations

import csv
from collections import Counter

import numpy as np
import pytest

from diogel.analysis.anomalies import Finding, look
from diogel.analysis.counts import Cube
from diogel.analysis.explain import Event, Explanation, Names, StepSeen, breakdown, explain, paragraph, sentence, shape_of
from diogel.analysis.explain.explaining import figure_of
from diogel.analysis.farrington import scan
from diogel.analysis.periods import Month, Quarter, months_from
from diogel.analysis.rates import compare
from diogel.analysis.reading.boroughs import BETWEEN, FRAUD, read
from diogel.analysis.steps import find

SPRING = Quarter(Month(2020, 6))
MARCH, APRIL = Month(2020, 3), Month(2020, 4)
LOCKDOWN = Event(title=("Cyfnod clo cyntaf", "First lockdown"), kind="policy", first=MARCH, last=Month(2020, 6))
NAMES = {
    "THEFT": ("Dwyn", "Theft"),
    "DRUG OFFENCES": ("Troseddau cyffuriau", "Drug offences"),
    "ROBBERY": ("Lladrad", "Robbery"),
}


@pytest.fixture(scope="module")
def boroughs(london: Cube) -> tuple[Finding, ...]:
    return look(cube=london, quarter=SPRING).findings


@pytest.fixture(scope="module")
def together(london: Cube) -> dict[str, Finding]:
    whole = Cube(("London",), london.types, london.months, london.values.sum(axis=0, keepdims=True), london.known[:1])
    return {one.type: one for one in look(cube=whole, quarter=SPRING).findings}


def test_what_fell_fell_nearly_everywhere_and_drug_offences_alone_rose(boroughs):
    ways = {type_: Counter(one.direction for one in boroughs if one.type == type_) for type_ in {one.type for one in boroughs}}
    assert ways["THEFT"]["lower"] == 16
    assert all(ways[type_]["lower"] >= 13 for type_ in ("ROBBERY", "BURGLARY", "VEHICLE OFFENCES"))
    assert ways["DRUG OFFENCES"]["higher"] >= 10
    assert all(not way["higher"] for type_, way in ways.items() if type_ != "DRUG OFFENCES")
    assert ways["PUBLIC ORDER OFFENCES"][""] == ways["MISCELLANEOUS CRIMES AGAINST SOCIETY"][""] == 16


def step(finding: Finding) -> tuple[StepSeen, tuple[float, float, float]] | None:
    """The step in what was recorded for each one expected, and its ratio with its limits."""
    points = [one for one in finding.monthly if one.expected and one.observed is not None]
    expected = np.array([one.expected for one in points])
    (found,) = find([one.observed for one in points], exposure=expected, rng=np.random.default_rng(1), most=1)
    if not found.steps:
        return None
    one = found.steps[0]
    at = [points[min(place, len(points) - 1)].month for place in (one.at, one.earliest, one.latest)]
    before, after = (level * expected[one.at :].mean() for level in found.levels)
    return StepSeen(since=at[0], first=at[1], last=at[2], before=before, after=after), (one.ratio, one.low, one.high)


@pytest.mark.parametrize(
    ("type_", "since", "least", "most"),
    [
        ("THEFT", MARCH, 0.49, 0.59),
        ("ROBBERY", MARCH, 0.39, 0.52),
        ("BURGLARY", MARCH, 0.54, 0.64),
        ("VEHICLE OFFENCES", MARCH, 0.61, 0.69),
        ("DRUG OFFENCES", APRIL, 1.39, 1.81),
    ],
)
def test_the_change_is_dated_and_its_size_has_an_interval(together, type_, since, least, most):
    seen, (ratio, low, high) = step(together[type_])
    assert seen.since == since
    assert seen.first <= since <= seen.last <= APRIL
    assert (round(low, 2), round(high, 2)) == (least, most)
    assert low < ratio < high


def told(london: Cube, together: dict[str, Finding], boroughs: tuple[Finding, ...], type_: str) -> tuple[Explanation, Names]:
    finding = together[type_]
    seen, _ = step(finding)
    months, observed, expected, _, _ = figure_of(finding, shape_of(finding, step=seen))
    usual = [month - 12 for month in months]
    parts = breakdown(london, by="place", months=months, usual_months=usual, observed=observed, expected=expected, type_=type_)
    own = [one for one in boroughs if one.type == type_]
    return (
        explain(finding, parts=[parts], neighbours=own, events=[LOCKDOWN], step=seen),
        Names(what=NAMES[type_], where=("Llundain", "London")),
    )


def test_theft_is_told_in_both_languages_as_an_analyst_would(london, together, boroughs):
    explained, names = told(london, together, boroughs, "THEFT")
    assert paragraph(explained, names, "en") == (
        "Theft, London, April–June 2020: 13,636 recorded, against an expected 27,019 (range 22,417–32,117); the level has been lower "
        "since March 2020. The change most likely began in March 2020; no other month fits the figures. A month, roughly: 8,880 before "
        "it, 4,753 after. The difference is spread over many places; the largest parts: Southwark (−1,795); Lambeth (−1,551); "
        "Kensington and Chelsea (−1,432). All other parts together: −8,605. The whole difference: −13,383. All 16 other areas of "
        "the police force moved the same way. Recorded at about the same time: First lockdown (March–June 2020). That does not prove it to be the "
        "cause. The data for these months are complete. It is not the time of year, which the expected range already allows for. Nor is "
        "it the trend of recent years, which the range allows for too. There is no evidence yet that it will last."
    )
    assert sentence(explained, names, "cy") == (
        "Dwyn, Llundain, Ebrill–Mehefin 2020: cofnodwyd 13,636 lle disgwylid tua 27,019 (ystod ddisgwyliedig: 22,417–32,117); mae’r "
        "lefel yn is ers mis Mawrth 2020."
    )
    welsh = paragraph(explained, names, "cy")
    assert (
        "Symudodd holl ardaloedd eraill yr heddlu (16) i’r un cyfeiriad. Cofnodwyd yr hyn a ganlyn tua’r un adeg: Cyfnod clo cyntaf"
        in welsh
    )
    assert welsh.endswith("Nid oes tystiolaeth eto y bydd yn para.")


def test_drug_offences_rose_and_robbery_fell_with_parts_that_add_up(london, together, boroughs):
    for type_, way in (("DRUG OFFENCES", "higher"), ("ROBBERY", "lower")):
        explained, names = told(london, together, boroughs, type_)
        assert explained.way == way
        assert explained.around.alike(way) >= 10
        assert explained.parts[0].difference == explained.difference
        assert explained.parts[0].gathering == "spread"
        assert f"level has been {way} since" in sentence(explained, names, "en")


def test_possession_makes_up_the_rise_of_drug_offences_and_trafficking_does_not(shared_data, boroughs):
    """More searches on emptier streets find what people carry."""
    path = shared_data / "london-boroughs" / "mps_borough_month_2026-vintage.csv.gz"
    fine = read(path, level="subcategory", without=(FRAUD,)).cube
    pick = [at for at, name in enumerate(fine.types) if name.startswith("DRUG OFFENCES" + BETWEEN)]
    finding = next(one for one in boroughs if (one.area, one.type) == ("Haringey", "DRUG OFFENCES"))
    at = fine.area_at("Haringey")
    own = Cube(("Haringey",), tuple(fine.types[one] for one in pick), fine.months, fine.values[[at]][:, pick], fine.known[[at]])
    months, observed, expected, _, _ = figure_of(finding, "quarter")
    parts = breakdown(own, by="type", months=months, usual_months=[month - 12 for month in months], observed=observed, expected=expected)
    assert (parts.gathering, parts.parts[0].code) == ("one", "DRUG OFFENCES: POSSESSION OF DRUGS")
    assert parts.parts[0].difference > 0.9 * parts.difference > 200


def test_by_autumn_theft_is_back_within_its_range_while_robbery_stays_low(london):
    whole = Cube(("London",), london.types, london.months, london.values.sum(axis=0, keepdims=True), london.known[:1])
    autumn = {one.type: one for one in look(cube=whole, quarter=Quarter(Month(2020, 9))).findings}
    assert not autumn["THEFT"].is_unusual
    assert (autumn["ROBBERY"].kind, autumn["ROBBERY"].since) == ("level", APRIL)


def test_farrington_which_looks_for_rises_alone_sees_the_drugs_and_none_of_the_falls(london):
    whole = london.values.sum(axis=0)
    at = [month.since(london.months[0]) for month in (APRIL, Month(2020, 5))]
    alarms = scan(whole, at=at, exposure=[month.days for month in london.months]).is_alarm
    assert {type_ for type_, row in zip(london.types, alarms, strict=True) if row.any()} == {"DRUG OFFENCES"}


def test_anti_social_behaviour_rose_in_north_wales_and_its_short_history_is_said_to_be_short(shared_data):
    """London's table has no anti-social behaviour. The files of North Wales do: October and November of 2018 and of 2020."""
    held: Counter[Month] = Counter()
    with (shared_data / "expected" / "north_wales_month_lad_type.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["crime_type"] == "Anti-social behaviour":
                held[Month.parse(row["month"])] += int(row["n"])
    then, now = (held[Month(year, 10)] + held[Month(year, 11)] for year in (2018, 2020))
    found = compare(count=now, base=then, exposure=61, base_exposure=61)
    assert round(found.ratio, 2) == 1.31
    assert (round(found.low, 2), round(found.high, 2)) == (1.24, 1.38)
    months = tuple(months_from(Month(2018, 10), Month(2020, 9)))
    values = np.array([[[held[month] for month in months]]])
    cube = Cube(("North Wales",), ("Anti-social behaviour",), months, values, values[:, 0] > 0)
    (finding,) = look(cube=cube, quarter=Quarter(Month(2020, 9))).findings
    assert (finding.method, finding.is_unusual) == ("too_short", False)
