"""The Wrexham example holds the published plan whole: its counts, its figures, its defects, and both languages of each sentence."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "wrexham"
FILES = ("partnership", "plan", "assessment", "indicators", "survey", "context", "demo")

# The names as police.uk writes them; data files use them as codes.
CRIME_TYPES = {
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
}
DIRECTIONS = {"increase", "decrease", "maintain", "set_baseline", "narrative", "yes_no", "monitor"}
LEVELS = {"national", "regional", "county", "local", "task-and-finish"}
ROLES = {
    "co_ordinator",
    "analyst",
    "priority_lead",
    "partner_officer",
    "chair",
    "member",
    "scrutiny",
    "translator",
    "case_role",
    "administrator",
}
# Names and titles that are the same in Welsh and English.
SAME_IN_BOTH = {"AVOW"}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def data() -> dict[str, dict[str, Any]]:
    return {name: _read(name) for name in FILES}


def _pairs(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table that looks like a pair of languages, with the path to it."""
    if isinstance(value, dict):
        if value.keys() & {"cy", "en"}:
            yield path, value
        else:
            for key, inner in value.items():
                yield from _pairs(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _pairs(inner, f"{path}[{index}]")


def _codes(rows: list[dict[str, Any]]) -> list[str]:
    return [row["code"] for row in rows]


# ---------------------------------------------------------------- both languages


def test_each_bilingual_value_has_both_sides_and_no_third(data: dict[str, Any]) -> None:
    wrong = [path for path, pair in _pairs(data) if pair.keys() != {"cy", "en"} or not all(str(side).strip() for side in pair.values())]
    assert wrong == []


def test_no_side_is_a_copy_of_the_other(data: dict[str, Any]) -> None:
    assert [path for path, pair in _pairs(data) if pair["cy"] == pair["en"] and pair["cy"] not in SAME_IN_BOTH] == []


def test_both_sides_tell_the_same_numbers(data: dict[str, Any]) -> None:
    def numbers(text: str) -> Counter[str]:
        return Counter(re.findall(r"\d+", text))

    assert [path for path, pair in _pairs(data) if numbers(pair["cy"]) != numbers(pair["en"])] == []


def test_sentences_end_alike_in_both_languages(data: dict[str, Any]) -> None:
    assert [path for path, pair in _pairs(data) if (pair["cy"][-1] in ".?") != (pair["en"][-1] in ".?")] == []


def test_titles_and_sources_fit_on_a_line(data: dict[str, Any]) -> None:
    lines = [(path, pair) for path, pair in _pairs(data) if path.rsplit(".", 1)[-1] in {"title", "name", "source", "law", "role", "post"}]
    assert len(lines) > 100
    assert [path for path, pair in lines if max(len(pair["cy"]), len(pair["en"])) > 300] == []


def test_welsh_and_english_use_the_curved_apostrophe(data: dict[str, Any]) -> None:
    assert [path for path, pair in _pairs(data) if "'" in pair["cy"] + pair["en"]] == []


# ---------------------------------------------------------------- the partnership


def test_nine_members_and_two_of_them_became_the_probation_service(data: dict[str, Any]) -> None:
    bodies = {row["code"]: row for row in data["partnership"]["bodies"]}
    assert sum(row["member"] for row in bodies.values()) == 9
    became = {code for code, row in bodies.items() if row.get("successors") == ["probation-service"]}
    assert became == {"national-probation-service", "wales-crc"}
    assert {bodies[code]["to"] for code in became} == {date(2021, 6, 25)}
    assert bodies["probation-service"]["from"] == date(2021, 6, 26)
    for row in bodies.values():
        assert set(row.get("successors", [])) <= bodies.keys()
        assert row["standing"] in {"responsible", "co-operating", "invited", "none"}


def test_the_town_became_a_city_without_a_gap(data: dict[str, Any]) -> None:
    town, city = data["partnership"]["own_areas"]
    assert town["successor"] == city["code"] == "wrexham-city-centre"
    assert (city["from"] - town["to"]).days == 1
    assert {town["parent"], city["parent"]} == set(data["partnership"]["areas"]) == {"W06000006"}


def test_each_group_hangs_on_a_group_and_names_what_is_invented(data: dict[str, Any]) -> None:
    groups = {row["code"]: row for row in data["partnership"]["groups"]}
    for row in groups.values():
        assert row["level"] in LEVELS
        assert row["parent"] == "" or row["parent"] in groups
        assert set(row["invented"]) <= row.keys()


def test_five_ways_of_working_and_six_tests(data: dict[str, Any]) -> None:
    assert _codes(data["partnership"]["ways"]) == ["long-term", "prevention", "integration", "collaboration", "involvement"]
    assert len(data["partnership"]["tests"]) == 6


def test_nps_keeps_both_its_meanings_and_pips_gets_none(data: dict[str, Any]) -> None:
    meanings = {row["short"]: [meaning["en"] for meaning in row["meanings"]] for row in data["partnership"]["acronyms"]}
    assert meanings["NPS"] == ["National Probation Service", "new psychoactive substances"]
    assert meanings["PIPS"] == []


def test_the_claims_stand_as_the_plan_makes_them(data: dict[str, Any]) -> None:
    claims = {row["code"]: row for row in data["partnership"]["claims"]}
    assert claims["local-alcohol-action-areas"]["value"] == 34
    assert claims["asylum-seekers"]["value"] == 150
    assert claims["survey-responses"]["value"] == data["survey"]["wave"]["responses"]
    assert all(re.fullmatch(r"\d{4}(-\d\d){0,2}", row["dated"]) for row in claims.values())


# ---------------------------------------------------------------- the plan


def test_five_priorities_and_thirty_objectives(data: dict[str, Any]) -> None:
    plan = data["plan"]
    assert _codes(plan["priorities"]) == ["1", "2", "3", "4", "5"]
    counts = Counter(row["priority"] for row in plan["objectives"])
    assert [counts[code] for code in "12345"] == [7, 5, 9, 4, 5]
    assert all(row["code"].split(".")[0] == row["priority"] for row in plan["objectives"])
    assert not {"sections", "actions", "outcomes"} & plan.keys()


def test_the_third_priority_keeps_its_two_wordings_and_two_leads(data: dict[str, Any]) -> None:
    by_code = {row["code"]: row for row in data["plan"]["priorities"]}
    assert by_code["3"]["title"]["en"] != by_code["3"]["heading"]["en"]
    assert "alcohol" in by_code["3"]["title"]["en"]
    assert "alcohol" not in by_code["3"]["heading"]["en"]
    assert {code: len(row["leads"]) for code, row in by_code.items()} == {"1": 1, "2": 1, "3": 2, "4": 1, "5": 1}
    assert all("heading" not in row for code, row in by_code.items() if code != "3")


def test_five_sources_and_each_points_at_priorities_that_exist(data: dict[str, Any]) -> None:
    sources = data["plan"]["sources"]
    assert len(sources) == 5
    assert [len(row["states"]) for row in sources] == [5, 9, 3, 0, 6]
    named = {code for row in sources for state in row["states"] for code in state["priorities"]}
    assert named <= set(_codes(data["plan"]["priorities"]))


def test_each_reference_finds_its_body_and_theme(data: dict[str, Any]) -> None:
    bodies, themes = set(_codes(data["partnership"]["bodies"])), set(_codes(data["assessment"]["themes"]))
    for row in data["plan"]["priorities"]:
        assert set(row["themes"]) <= themes
        assert {lead["body"] for lead in row["leads"]} <= bodies
    for row in data["assessment"]["evidence"]:
        assert row["themes"]
        assert set(row["themes"]) <= themes
    assert {row["body"] for row in data["demo"]["people"]} <= bodies
    assert {row["body"] for row in data["indicators"]["indicators"]} <= bodies | {""}


def test_only_the_three_published_bands_are_held(data: dict[str, Any]) -> None:
    bands = {row["code"]: row["band"] for row in data["assessment"]["themes"] if row["band"]}
    assert bands == {"organised-drug-supply": "high", "modern-slavery": "high", "domestic-abuse": "high"}


def test_a_theme_is_a_priority_exactly_where_a_priority_names_it(data: dict[str, Any]) -> None:
    named = {theme for row in data["plan"]["priorities"] for theme in row["themes"]}
    assert named == {row["code"] for row in data["assessment"]["themes"] if row["decision"] == "priority"}
    assert {row["decision"] for row in data["assessment"]["themes"]} == {"priority", "undecided"}


# ---------------------------------------------------------------- the measures


def test_twenty_five_measures_and_four_contributory(data: dict[str, Any]) -> None:
    rows = data["indicators"]["indicators"]
    own = Counter(row["priority"] for row in rows if row["accountability"] != "contributory")
    assert [own[code] for code in "12345"] == [5, 5, 5, 4, 6]
    assert [row["code"] for row in rows if row["accountability"] == "contributory"] == ["P4e", "P4f", "P4g", "P4h"]
    assert len(rows) == 29
    assert [row["code"] for row in rows] == sorted(row["code"] for row in rows)


def test_each_measure_uses_the_fixed_words(data: dict[str, Any]) -> None:
    for row in data["indicators"]["indicators"]:
        assert row["direction"] in DIRECTIONS, row["code"]
        assert row["accountability"] in {"sole", "shared", "contributory"}
        assert row["better"] in {"up", "down", "neither"}
        assert row["unit"] in {"count", "percent", "ratio", "days", "narrative", "yes_no"}
        assert row["code"][1] == row["priority"]


def test_a_contributory_measure_is_watched_and_has_no_good_direction(data: dict[str, Any]) -> None:
    rows = [row for row in data["indicators"]["indicators"] if row["accountability"] == "contributory"]
    assert {(row["direction"], row["better"]) for row in rows} == {("monitor", "neither")}


def test_measures_point_at_objectives_of_their_own_priority(data: dict[str, Any]) -> None:
    objectives = {row["code"]: row["priority"] for row in data["plan"]["objectives"]}
    for row in data["indicators"]["indicators"]:
        assert {objectives[code] for code in row["objectives"]} <= {row["priority"]}, row["code"]


def test_the_published_defects_are_still_there(data: dict[str, Any]) -> None:
    rows = {row["code"]: row for row in data["indicators"]["indicators"]}
    objectives = {row["code"]: row["direction"] for row in data["plan"]["objectives"]}
    measured = {code for row in rows.values() for code in row["objectives"]}
    assert (objectives["3.5"], rows["P3a"]["direction"], rows["P3a"]["objectives"]) == ("maintain", "increase", ["3.5"])
    assert [code for code, row in rows.items() if row["counts_people_where_share_is_meant"]] == ["P5a"]
    assert rows["P5c"]["objectives"] == []
    assert objectives.keys() - measured == {"1.1", "1.4", "2.5", "3.6", "3.8", "5.3"}


def test_series_name_crime_types_of_police_uk(data: dict[str, Any]) -> None:
    series = {row["code"]: row["series"] for row in data["indicators"]["indicators"] if "series" in row}
    assert series.keys() == {"P2c", "P5c", "P5d"}
    assert series["P2c"]["type"] in CRIME_TYPES
    assert set(series["P5d"]["types"]) < set(series["P5c"]["types"]) < CRIME_TYPES
    assert {row["area"] for row in series.values()} == {"W06000006"}


def test_every_figure_is_invented_save_the_one_that_was_never_published(data: dict[str, Any]) -> None:
    facts = []
    for row in data["indicators"]["indicators"]:
        for seen in row.get("observations", []):
            held = {"value", "numerator", "text"} & seen.keys()
            assert bool(held) != (seen["state"] == "missing"), row["code"]
            assert seen["state"] == "final" or "reason" in seen
            assert seen["from"] < seen["to"]
            if not seen["invented"]:
                facts.append((row["code"], seen["state"]))
    assert facts == [("P5a", "missing")]


# ---------------------------------------------------------------- the survey


def test_the_survey_figures_are_as_published(data: dict[str, Any]) -> None:
    survey = data["survey"]
    assert (survey["wave"]["responses"], survey["wave"]["from_month"], survey["wave"]["to_month"]) == (1284, "2016-11", "2017-03")
    assert survey["wave"]["sampling"] == "self_selected"
    assert {row["code"]: [(answer["code"], answer.get("percent")) for answer in row["answers"]] for row in survey["questions"]} == {
        "fear-compared": [("higher", 45), ("average", 45), ("lower", 11)],
        "fear-influences": [("personal-experience", 62), ("local-news", 54)],
        "problems-near-home": [("environmental", None), ("street-drinking", 77), ("inconsiderate-behaviour", 72)],
        "walking-alone-day": [("very-safe", 27), ("fairly-safe", 44)],
        "walking-alone-dark": [("safe", 13), ("fairly-safe", 40)],
        "home-alone-day": [("very-safe", 77), ("fairly-safe", 21)],
        "home-alone-dark": [("very-safe", 49), ("fairly-safe", 44)],
    }


def test_no_base_is_claimed_and_a_share_stands_only_where_it_was_published(data: dict[str, Any]) -> None:
    for question in data["survey"]["questions"]:
        assert question["base_state"] == "not_published"
        assert not {"base", "count"} & question.keys()
        for answer in question["answers"]:
            assert answer["published"] == ("percent" in answer)
            assert "count" not in answer


def test_the_rounded_question_adds_up_to_one_hundred_and_one_and_says_so(data: dict[str, Any]) -> None:
    single = [row for row in data["survey"]["questions"] if row["kind"] == "single"]
    assert [sum(answer["percent"] for answer in row["answers"]) for row in single] == [101]
    assert all("101" in row["note"]["cy"] for row in single)


# ---------------------------------------------------------------- context and the demo


def test_each_event_ends_after_it_begins_and_names_real_crime_types(data: dict[str, Any]) -> None:
    for row in data["context"]["events"]:
        assert isinstance(row["from"], date)
        assert row.get("to", date.max) >= row["from"], row["code"]
        assert set(row["types"]) <= CRIME_TYPES
        assert row["areas"] in ([], ["W06000006"])
        assert row["kind"] in {"recording_change", "policy", "event"}


def test_the_spring_of_2020_can_be_left_out_of_a_baseline(data: dict[str, Any]) -> None:
    left_out = [row for row in data["context"]["events"] if row["excluded_from_baseline"]]
    assert any(row["from"] <= date(2020, 4, 1) and row["to"] >= date(2020, 5, 31) for row in left_out)


def test_restrictions_of_the_whole_country_name_no_area_and_one_event_leaves_out_one_type(data: dict[str, Any]) -> None:
    left_out = [row for row in data["context"]["events"] if row["excluded_from_baseline"]]
    assert {row["code"] for row in left_out if row["areas"]} == {"covid-breaches-as-anti-social-behaviour"}
    assert {tuple(row["types"]) for row in left_out} == {(), ("Anti-social behaviour",)}


def test_demo_people_have_known_roles_and_addresses_that_belong_to_nobody(data: dict[str, Any]) -> None:
    people = data["demo"]["people"]
    assert {row["role"] for row in people} <= ROLES
    assert {"co_ordinator", "analyst", "chair", "scrutiny", "translator"} <= {row["role"] for row in people}
    assert all(row["email"].endswith("@example.org") for row in people)
    assert len({row["email"] for row in people}) == len({row["family"] for row in people}) == len(people)
    assert next(row for row in people if row["given"] == "Dai")["role"] == "co_ordinator"


def test_a_person_is_named_only_in_the_demo_file(data: dict[str, Any]) -> None:
    elsewhere = "".join((FOLDER / f"{name}.toml").read_text(encoding="utf-8") for name in FILES if name != "demo")
    assert [row["family"] for row in data["demo"]["people"] if row["family"] in elsewhere] == []
    spoken = " ".join(pair["cy"] + pair["en"] for _, pair in _pairs(data["demo"]["tensions"]))
    assert [row["family"] for row in data["demo"]["people"] if row["family"] in spoken] == []


def test_tensions_are_triaged_by_someone_after_they_arrive(data: dict[str, Any]) -> None:
    people = set(_codes(data["demo"]["people"]))
    for row in data["demo"]["tensions"]:
        assert isinstance(row["received_at"], datetime)
        assert row["received_at"].utcoffset() is not None
        assert row["triaged_by"] in people
        assert row["received_at"] < row["triaged_at"]
        assert row.get("closed_on", date.max) >= row["received_at"].date()
        assert all(1 <= row[level] <= 6 for level in ("experienced", "evidenced", "potential"))


def test_codes_are_kebab_case_and_unique_within_their_list(data: dict[str, Any]) -> None:
    kebab = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
    for name in FILES:
        for key, rows in data[name].items():
            if key == "objectives" or not isinstance(rows, list) or not isinstance(rows[0], dict) or "code" not in rows[0]:
                continue
            codes = _codes(rows)
            assert len(set(codes)) == len(codes), (name, key)
            assert key == "indicators" or all(kebab.fullmatch(code) for code in codes), (name, key)
