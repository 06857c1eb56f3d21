"""The Gwynedd a Môn example is whole, in both languages, keeps the published plan's facts and defects, and names no real person."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from diogel.analysis.polygons import read_polygon

FOLDER = Path(__file__).parents[3] / "examples" / "gwynedd-mon"
NAMES = ("partnership", "plan", "assessment", "indicators", "context", "demo")
DATA: dict[str, Any] = {name: tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")) for name in NAMES}
PARTNERSHIP, PLAN, ASSESSMENT, INDICATORS, CONTEXT, DEMO = (DATA[name] for name in NAMES)

DIRECTIONS = {"increase", "decrease", "maintain", "set_baseline", "narrative", "yes_no", "monitor"}
STATUSES = {
    "proposed", "agreed", "not_started", "in_progress", "on_hold", "blocked", "complete", "carried_forward", "superseded", "withdrawn",
}  # fmt: skip
TYPES = {
    "Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs", "Other crime", "Other theft",
    "Possession of weapons", "Public order", "Robbery", "Shoplifting", "Theft from the person", "Vehicle crime",
    "Violence and sexual offences",
}  # fmt: skip


def pairs(node: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table that holds a side of a pair, with its path."""
    if isinstance(node, dict):
        if {"cy", "en"} & set(node):
            yield path, node
            return
        for key, value in node.items():
            yield from pairs(value, f"{path}.{key}")
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from pairs(value, f"{path}[{at}]")


PAIRS = dict(pair for name in NAMES for pair in pairs(DATA[name], name))


def codes(rows: list[dict[str, Any]], key: str = "code") -> set[Any]:
    found = [row[key] for row in rows]
    assert len(found) == len(set(found)), f"twice: {[one for one, times in Counter(found).items() if times > 1]}"
    return set(found)


BODIES, GROUPS, DUTIES = (codes(PARTNERSHIP[name]) for name in ("bodies", "groups", "duties"))
THEMES, PRIORITIES, SECTIONS = codes(ASSESSMENT["themes"]), codes(PLAN["priorities"]), codes(PLAN["sections"])
NUMBERS, PEOPLE = codes(PLAN["actions"], "number"), codes(DEMO["people"])
AREAS = set(PARTNERSHIP["areas"])
ACTIONS = {action["number"]: action for action in PLAN["actions"]}
ROWS = PLAN["outcomes"]


def test_a_pair_has_both_sides_and_neither_is_empty():
    broken = [path for path, pair in PAIRS.items() if set(pair) != {"cy", "en"} or not all(isinstance(side, str) for side in pair.values())]
    assert broken == []
    assert [path for path, pair in PAIRS.items() for side in pair.values() if not side or side != side.strip()] == []
    assert len(PAIRS) > 500


def test_both_sides_tell_the_same_numbers():
    numbers = {path: [sorted(re.findall(r"\d+", side)) for side in (pair["cy"], pair["en"])] for path, pair in PAIRS.items()}
    assert {path: found for path, found in numbers.items() if found[0] != found[1]} == {}


def test_running_sentences_differ_between_the_languages():
    same = [path for path, pair in PAIRS.items() if pair["cy"] == pair["en"]]
    names = re.compile(r"partnership\.bodies\[\d+\]\.(name|short)|demo\.tensions\[\d+\]\.place")
    assert [path for path in same if not names.fullmatch(path)] == []


def test_welsh_sentences_use_the_marks_and_forms_agreed():
    slips = [path for path, pair in PAIRS.items() if re.search(r"'|\byr ydym\b|\byr wyf\b|\bbregus\b", pair["cy"]) or "'" in pair["en"]]
    assert slips == []


def test_a_long_sentence_ends_with_a_full_stop_in_both_languages_or_in_neither():
    assert [path for path, pair in PAIRS.items() if pair["cy"].endswith(".") != pair["en"].endswith(".")] == []


def test_no_scanning_damage_is_shipped():
    text = "".join((FOLDER / f"{name}.toml").read_text(encoding="utf-8") for name in NAMES)
    for damage in ("Be'dir", "Be’dir", "Mộn", "derides", "promelessness", "revires", "priso ", "oprganisation", "stiffle", "udner"):
        assert damage not in text


def test_the_plan_has_five_areas_of_work_and_the_first_holds_no_action():
    assert [section["number"] for section in PLAN["sections"]] == [1, 2, 3, 4, 5]
    held = Counter(action["section"] for action in PLAN["actions"])
    assert [held[section["code"]] for section in PLAN["sections"]] == [0, 4, 6, 5, 2]


def test_there_are_seventeen_actions_and_the_sixth_has_seven_parts():
    assert [action["number"] for action in PLAN["actions"]] == list(range(1, 18))
    codes(PLAN["actions"])
    assert {number: len(action["parts"]) for number, action in ACTIONS.items() if "parts" in action} == {6: 7}
    assert [part["code"] for part in ACTIONS[6]["parts"]] == ["6a", "6b", "6c", "6d", "6e", "6f", "6g"]


def test_every_action_points_to_things_that_exist_and_lies_within_the_plan_year():
    for action in PLAN["actions"]:
        assert action["bodies"], action["number"]
        for part in [action, *action.get("parts", [])]:
            assert set(part["bodies"]) <= BODIES
        assert action["section"] in SECTIONS
        assert action["oversight"] in GROUPS
        assert set(action["areas"]) <= AREAS
        assert set(action["themes"]) <= THEMES
        assert set(action["duties"]) <= DUTIES
        assert set(action["priorities"]) <= PRIORITIES
        assert PLAN["plan"]["from"] <= action["started_on"] < action["due_on"] <= PLAN["plan"]["to"]


def test_cross_cutting_actions_serve_neither_theme_nor_duty_and_all_others_serve_one():
    assert {number for number, action in ACTIONS.items() if action["cross_cutting"]} == {2, 3, 10, 16}
    for number, action in ACTIONS.items():
        assert bool(action["themes"] or action["duties"]) is not action["cross_cutting"], number


def test_the_appendix_stands_row_by_row_as_published():
    assert [row["row"] for row in ROWS] == list(range(1, 22))
    assert [row["cited"] for row in ROWS if "cited" in row] == [12, 4, 9, 9, 13, 1, 7, 14, 17, 12, 5, 6, 8, 11, 16, 2, 3, 10]
    assert all(row["theme"] in THEMES | {""} and row["duty"] in DUTIES | {""} for row in ROWS)


def test_number_nine_is_printed_for_channel_and_for_emrallt_and_fifteen_nowhere():
    nine = [(row["duty"], row["theme"]) for row in ROWS if row.get("cited") == 9]
    assert nine == [("prevent", ""), ("", "child-sexual-exploitation")]
    assert 15 in NUMBERS
    assert not [row for row in ROWS if row.get("cited") == 15]


def test_three_themes_have_a_band_and_no_project():
    bare = {row["theme"] for row in ROWS if row["theme_row_only"]}
    assert bare == {"modern-slavery", "missing-persons", "rape-and-serious-sexual-offences"}
    assert bare == THEMES - {theme for action in PLAN["actions"] for theme in action["themes"]}
    assert not [row for row in ROWS if row["theme_row_only"] and ({"cited", "short", "medium", "long"} & set(row) or row["outputs"])]


def test_each_numbered_row_tells_an_output_and_an_outcome():
    for row in ROWS:
        if not row["theme_row_only"]:
            terms = {"short", "medium", "long"} & set(row)
            assert row["outputs"], row["row"]
            assert terms, row["row"]
            assert set(row.get("term_not_stated", [])) <= terms
    assert [row["row"] for row in ROWS if row["indicator_to_be_found"]] == [5]


def test_rows_agree_with_the_actions_they_cite_but_for_the_one_misprint():
    wrong = []
    for row in ROWS:
        if "cited" in row:
            action = ACTIONS[row["cited"]]
            agrees = (not row["theme"] or row["theme"] in action["themes"]) and (not row["duty"] or row["duty"] in action["duties"])
            if not agrees:
                wrong.append(row["row"])
    assert wrong == [3]


def test_there_are_nine_themes_three_in_each_band():
    assert Counter(theme["band"] for theme in ASSESSMENT["themes"]) == {"high": 3, "medium_high": 3, "medium": 3}
    for theme in ASSESSMENT["themes"]:
        assert theme["band_as_published"].lower().replace(" - ", "_").replace("-", "_") == theme["band"]
        assert theme["decision"] in {"priority", "watched", "covered_regionally", "not_prioritised", "undecided"}


def test_every_theme_has_evidence_and_every_series_is_one_we_hold():
    assert {theme for row in ASSESSMENT["evidence"] for theme in row["themes"]} == THEMES
    codes(ASSESSMENT["evidence"])
    for row in ASSESSMENT["evidence"]:
        assert (row["kind"] == "series") is ("series" in row)
        if "series" in row:
            assert row["series"]["area"] in AREAS
            assert row["series"]["type"] in TYPES


def test_six_standing_and_nine_highlighted_priorities_do_not_match():
    lists = {name: [row for row in PLAN["priorities"] if row["list"] == name] for name in ("standing", "highlighted")}
    assert [row["number"] for row in lists["standing"]] == list(range(1, 7))
    assert [row["number"] for row in lists["highlighted"]] == list(range(1, 10))
    assert {theme for row in lists["highlighted"] for theme in row["themes"]} == THEMES
    assert not {row["title"]["en"] for row in lists["standing"]} & {row["title"]["en"] for row in lists["highlighted"]}


def test_a_theme_bears_the_title_of_its_highlighted_area_or_says_the_other_title():
    highlighted = {row["themes"][0]: row["title"] for row in PLAN["priorities"] if row["list"] == "highlighted"}
    for theme in ASSESSMENT["themes"]:
        assert theme.get("highlighted_as", theme["title"]) == highlighted[theme["code"]]


def test_the_three_counts_of_reviews_are_kept_apart():
    claims = {claim["code"]: claim["value"] for claim in PARTNERSHIP["claims"]}
    assert [claims[code] for code in PARTNERSHIP["review_counts"]] == [6, 2, 4]
    assert claims["crime-fall-april-may-2020"] == -32


def test_probation_has_two_predecessors_that_end_the_day_before_it_begins():
    bodies = {body["code"]: body for body in PARTNERSHIP["bodies"]}
    earlier = [body for body in bodies.values() if "probation-service" in body.get("successors", [])]
    assert {body["code"] for body in earlier} == {"national-probation-service", "wales-crc"}
    assert {(bodies["probation-service"]["from"] - body["to"]).days for body in earlier} == {1}


def test_members_are_responsible_authorities_and_groups_form_a_tree():
    assert all((body["standing"] == "responsible") is body["member"] for body in PARTNERSHIP["bodies"])
    assert {group["parent"] for group in PARTNERSHIP["groups"]} <= GROUPS | {""}
    parents = {group["code"]: group["parent"] for group in PARTNERSHIP["groups"]}
    for code in parents:
        seen = {code}
        while code := parents[code]:
            assert code not in seen
            seen.add(code)


def test_the_indicators_are_g1_to_g9_with_direction_and_accountability():
    rows = INDICATORS["indicators"]
    assert [row["code"] for row in rows] == [f"G{number}" for number in range(1, 10)]
    assert [row["accountability"] for row in rows] == ["shared"] * 2 + ["sole"] + ["contributory"] * 6
    wanted = ["increase", "increase", "monitor", "decrease", "increase", "increase", "increase", "monitor", "increase"]
    assert [row["direction"] for row in rows] == wanted
    for row in rows:
        assert row["direction"] in DIRECTIONS
        assert row["better"] == {"increase": "up", "decrease": "down", "monitor": "neither"}[row["direction"]]
        assert row["body"] in BODIES
        assert set(row["actions"]) <= NUMBERS
        assert set(row["themes"]) <= THEMES


def test_an_observation_is_a_quarter_with_a_value_or_a_reason_for_its_absence():
    for row in INDICATORS["indicators"]:
        measures = codes(row.get("measures", []))
        seen = Counter((one.get("measure"), one["from"]) for one in row["observations"])
        assert set(seen.values()) == {1}
        for one in row["observations"]:
            assert ("measure" in one) is bool(measures)
            assert one.get("measure") in measures | {None}
            assert (one["to"] - one["from"]).days in range(89, 92)
            assert (one["state"] == "missing") is ("reason" in one) is not ("value" in one or "numerator" in one)
            assert one.get("numerator", 0) <= one.get("denominator", 0)
        assert max(one["to"] for one in row["observations"]).isoformat() == "2021-12-31"
    states = Counter(one["state"] for row in INDICATORS["indicators"] for one in row["observations"])
    assert set(states) == {"final", "provisional", "missing"}
    assert states["provisional"] == 1


def test_progress_of_the_last_quarter_has_all_seventeen_one_late_one_blocked():
    for quarter in ("2021-06", "2021-09", "2021-12"):
        assert sorted(row["action"] for row in DEMO["progress"] if row["quarter"] == quarter) == sorted(NUMBERS)
    last = {row["action"]: row for row in DEMO["progress"] if row["quarter"] == "2021-12"}
    assert [number for number, row in last.items() if row["state"] == "late"] == [11]
    status = {name: {number for number, row in last.items() if row["status"] == name} for name in STATUSES}
    assert (status["complete"], status["on_hold"], status["blocked"]) == ({4, 9, 15}, {10, 13}, {17})
    assert len(status["in_progress"]) == 11


def test_a_filed_update_says_what_happened_who_filed_it_and_why_it_stands_still():
    for row in DEMO["progress"]:
        assert row["status"] in STATUSES
        filed = {"text", "filed_by", "filed_on"} & set(row)
        assert filed == ({"text", "filed_by", "filed_on"} if row["state"] == "filed" else set())
        assert row.get("filed_by", "ann") in PEOPLE
        if row["status"] in {"on_hold", "blocked"}:
            assert {"obstacle", "next_step", "next_on"} <= set(row)


def test_the_parts_of_an_action_stand_as_its_update_says():
    (row,) = (row for row in DEMO["progress"] if "parts" in row)
    assert set(row["parts"]) == {part["code"] for part in ACTIONS[row["action"]]["parts"]}
    assert set(row["parts"].values()) <= STATUSES
    complete = sorted(code for code, status in row["parts"].items() if status == "complete")
    for side in row["text"].values():
        assert re.findall(r"\b6[a-g]\b", side) == complete
    assert row["percent"] == round(100 * len(complete) / len(row["parts"]))


def test_what_the_updates_and_the_indicators_count_is_the_same():
    found = {
        (row["code"], one.get("measure"), one["to"].isoformat()): one for row in INDICATORS["indicators"] for one in row["observations"]
    }
    told = {(row["action"], row["quarter"]): row.get("text", {}).get("en", "") for row in DEMO["progress"]}
    for number, code, measure, day in (
        (1, "G1", None, "2021-12-31"),
        (11, "G5", "G5a", "2021-09-30"),
        (16, "G8", "G8a", "2021-09-30"),
        (16, "G8", "G8a", "2021-12-31"),
    ):
        one = found[code, measure, day]
        assert {str(one["numerator"]), str(one["denominator"])} <= set(re.findall(r"\d+", told[number, day[:7]]))


def test_no_update_on_homicide_reviews_tells_a_small_number():
    small = re.compile(r"\b(one|two|three|four|un|dau|ddau|dwy|tri|dri|pedwar|bedwar|[1-4])\b", re.IGNORECASE)
    told = [side for row in DEMO["progress"] if row["action"] == 7 for key in ("text", "next_step") for side in row[key].values()]
    assert len(told) == 12
    assert [side for side in told if small.search(side)] == []


def test_action_seventeen_was_carried_over_twice_and_meets_the_same_obstacle_twice():
    carried = [row for row in DEMO["carried"] if row["action"] == 17]
    assert [row["from_plan"] for row in carried] == ["2019-20", "2020-21"]
    assert carried[0]["reason"] == carried[1]["reason"]
    assert sum(row["months"] for row in carried) == 22
    obstacles = [row["obstacle"] for row in DEMO["progress"] if row["action"] == 17 and "obstacle" in row]
    assert len(obstacles) == 2
    assert obstacles[0] == obstacles[1]


def test_each_planted_event_is_explained_and_its_context_recorded():
    answered = {(row["area"], row["type"]) for row in DEMO["answers"]}
    wanted = {("W06000002", "Shoplifting"), ("W06000001", "Criminal damage and arson"), ("W06000002", "Public order")}
    assert answered == wanted
    recorded = {(area, type_) for event in CONTEXT["events"] if event["invented"] for area in event["areas"] for type_ in event["types"]}
    assert recorded == wanted
    signed = ["signed_by" in row for row in DEMO["answers"]]
    assert signed == ["looking_by" not in row for row in DEMO["answers"]]
    assert sorted(signed) == [False, True, True]
    assert {row.get("signed_by", row.get("looking_by")) for row in DEMO["answers"]} <= PEOPLE


def test_the_outline_drawn_around_a_centre_is_one_that_a_form_would_take_and_is_named_as_invented():
    (centre,) = PARTNERSHIP["own_areas"]
    told = {"type": "Polygon", "coordinates": [centre["boundary"]]}
    assert read_polygon(json.dumps(told).encode()) == told
    assert centre["invented"] == ["boundary"]
    assert centre["parent"] in PARTNERSHIP["areas"]


def test_events_are_dated_and_name_known_places_and_types():
    codes(CONTEXT["events"])
    for event in CONTEXT["events"]:
        assert event.get("to", event["from"]) >= event["from"]
        assert set(event["areas"]) <= AREAS
        assert set(event["types"]) <= TYPES
    lockdowns = [event["from"].isoformat() for event in CONTEXT["events"] if event["kind"] == "policy"]
    assert lockdowns == ["2020-03-23", "2020-10-23", "2020-12-20"]


def test_tension_reports_are_triaged_in_order_and_then_fall_silent():
    last = None
    for row in DEMO["tensions"]:
        assert last is None or row["received_at"] > last
        last = row["received_at"]
        assert row["triaged_at"] > last
        assert row["triaged_by"] in PEOPLE
        levels = {"experienced", "evidenced", "potential"} & set(row)
        assert levels
        assert all(1 <= row[level] <= 6 for level in levels)
    assert last.date().isoformat() == "2021-12-02"


def test_the_cast_is_invented_has_every_role_and_writes_from_example_addresses():
    roles = "co_ordinator analyst priority_lead partner_officer chair member scrutiny translator case_role administrator"
    assert {person["role"] for person in DEMO["people"]} == set(roles.split())
    assert {"ann", "bryn", "carys"} <= PEOPLE
    for person in DEMO["people"]:
        assert person["email"] == f"{person['code']}@example.org"
        assert person["body"] in BODIES


def test_no_persons_name_stands_outside_the_cast():
    text = "\n".join((FOLDER / f"{name}.toml").read_text(encoding="utf-8") for name in NAMES if name != "demo")
    told = " ".join(side for path, pair in PAIRS.items() if path.startswith("demo") for side in pair.values())
    for person in DEMO["people"]:
        assert person["family"] not in text + told
        assert not re.search(rf"\b{person['given']}\b", text + told)
