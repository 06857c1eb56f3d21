"""The plan linter: each rule fires on a plan with its defect and is silent on the mended twin."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from typing import Any

import pytest

from diogel.plan.lint import RULES, SEVERITIES, lint, structure
from diogel.plan.lint.finding import sentences

Plan = dict[str, Any]


def pair(en: str, cy: str | None = None, state: str = "checked") -> dict[str, str]:
    return {"cy": f"cy {en}" if cy is None else cy, "en": en, "state": state}


EMPTY = {"cy": "", "en": "", "state": "missing"}
ABOUT = (
    "lanterns along harbour paths",
    "football coaching every Friday evening",
    "safer taxis after midnight",
    "training receptionists spotting coercive control",
)


def an_action(number: int, about: str, **other: Any) -> Plan:
    plain = {"group": "g1", "regional": EMPTY, "bodies": ["council"], "themes": ["t1"], "duties": [], "priorities": ["p1"], "parts": []}
    dates = {"from": "2025-04-01", "to": "2026-03-31", "is_closed": False, "waits_for": [], "owner_is_gone": False}
    return {"number": number, "title": pair(about), "text": pair(f"{about} as agreed")} | plain | dates | other


def an_outcome(row: int, number: int, about: str) -> Plan:
    return {"row": row, "number": number, "theme": "t1", "outputs": pair(f"More {about}"), "short": EMPTY, "medium": EMPTY, "long": EMPTY}


def an_objective(code: str, **other: Any) -> Plan:
    return {"code": code, "priority": "p1", "title": pair(f"Objective {code}"), "heading": EMPTY, "direction": "decrease"} | other


def a_measure(code: str, **other: Any) -> Plan:
    told = {"definition": pair("Recorded by the police"), "source": pair("Police"), "told_before": True}
    return {"code": code, "title": pair("Recorded burglaries"), "direction": "decrease", "objectives": ["1.1"]} | told | other


def a_priority(code: str, listed: str, **other: Any) -> Plan:
    named = {"title": pair("Safer evenings"), "heading": EMPTY, "summary": EMPTY, "themes": ["t1"]}
    return {"code": code, "number": 1, "list": listed, "leads": [{"body": "council"}]} | named | other


def a_sum(to: str, **other: Any) -> Plan:
    return {"code": "grant", "title": pair("A grant"), "state": "granted", "to": to, "actions": [1]} | other


def whole(actions: int = len(ABOUT)) -> Plan:
    """A plan in which there is nothing to find."""
    abouts = [ABOUT[n % len(ABOUT)] + ("" if n < len(ABOUT) else f" {n}th street") for n in range(actions)]
    return {
        "on": "2025-10-01",
        "plan": {"code": "2025-26", "title": pair("Plan"), "introduction": EMPTY, "monitoring": EMPTY},
        "groups": [{"code": "g1", "title": pair("Streets"), "actions": list(range(1, actions + 1))}],
        "themes": [{"code": "t1", "title": pair("Burglary"), "band": "high", "decision": "priority", "decision_reason": EMPTY}],
        "boards": [],
        "members": [{"code": "council"}],
        "bodies": {"council": {"name": pair("Any Council"), "to": None, "successors": []}},
        "priorities": [a_priority("p1", "standing"), a_priority("p2", "highlighted")],
        "objectives": [an_objective("1.1")],
        "actions": [an_action(n + 1, about) for n, about in enumerate(abouts)],
        "outcomes": [an_outcome(n + 1, n + 1, about) for n, about in enumerate(abouts)],
        "indicators": [a_measure("M1")],
        "fundings": [],
    }


def _set(*path: Any) -> Callable[[Plan], None]:
    *steps, last, value = path

    def change(plan: Plan) -> None:
        at: Any = plan
        for step in steps:
            at = at[step]
        at[last] = value

    return change


def _add(room: str, row: Any) -> Callable[[Plan], None]:
    return lambda plan: plan[room].append(row)


ENDED = {"name": pair("Old Service"), "to": "2025-06-30", "successors": []}
DEFECTS: dict[str, tuple[Callable[[Plan], None], Callable[[Plan], None], str]] = {
    "section-without-action": (
        _add("groups", {"code": "g2", "title": pair("Homes"), "actions": []}),
        _set("groups", 1, "actions", [1]),
        "section:g2",
    ),
    "theme-without-action": (
        _add("themes", {"code": "t2", "title": pair("Fraud"), "band": "high", "decision": "undecided", "decision_reason": EMPTY}),
        _set("themes", 1, "decision", "covered_regionally"),
        "theme:t2",
    ),
    "action-without-outcome": (lambda plan: plan["outcomes"].pop(), _add("outcomes", an_outcome(4, 4, ABOUT[3])), "action:4"),
    "number-of-no-action": (_add("outcomes", an_outcome(9, 99, ABOUT[0])), _set("outcomes", 4, "number", 1), "outcome:9"),
    "number-of-another-action": (_add("outcomes", an_outcome(9, 2, ABOUT[2])), _set("outcomes", 4, "number", 3), "outcome:9"),
    "priority-lists-differ": (
        _add("priorities", a_priority("p3", "highlighted", themes=["t9"])),
        _set("priorities", 2, "themes", ["t1"]),
        "priority:p3",
    ),
    "directions-conflict": (
        _set("objectives", 0, "direction", "maintain"),
        _set("indicators", 0, "direction", "maintain"),
        "objective:1.1",
    ),
    "count-where-a-share-is-meant": (
        _set("indicators", 0, "title", pair("The number of residents who feel safe")),
        _set("indicators", 0, "title", pair("The percentage of residents who feel safe")),
        "measure:M1",
    ),
    "survey-without-baseline": (
        lambda plan: plan["indicators"][0].update(source=pair("The yearly survey"), told_before=False),
        _set("indicators", 0, "told_before", True),
        "measure:M1",
    ),
    "objective-without-measure": (
        _add("objectives", an_objective("1.2")),
        _set("indicators", 0, "objectives", ["1.1", "1.2"]),
        "objective:1.2",
    ),
    "measure-without-objective": (
        _add("indicators", a_measure("M2", objectives=[])),
        _set("indicators", 1, "objectives", ["1.1"]),
        "measure:M2",
    ),
    "title-in-two-wordings": (
        _set("priorities", 0, "heading", pair("Safer nights")),
        _set("priorities", 0, "heading", pair("Safer evenings")),
        "priority:p1",
    ),
    "short-form-with-two-meanings": (
        lambda plan: (
            plan["bodies"].update(nps={**ENDED, "name": pair("National Probation Service", cy="Y Gwasanaeth Prawf"), "to": None})
            or plan["themes"][0].update(title=pair("New psychoactive substances", cy="Cyffuriau newydd"))
        ),
        _set("themes", 0, "title", pair("Drugs")),
        "short:NPS",
    ),
    "half-missing-or-stale": (
        _set("actions", 1, "text", pair("Only here", cy="", state="missing")),
        _set("actions", 1, "text", pair(ABOUT[1], cy="Yma hefyd")),
        "action:2",
    ),
    "action-without-body": (_set("actions", 1, "bodies", []), _set("actions", 1, "bodies", ["council"]), "action:2"),
    "priority-without-lead": (_set("priorities", 0, "leads", []), _set("priorities", 0, "leads", [{"body": "council"}]), "priority:p1"),
    "body-is-no-more": (
        lambda plan: (plan["bodies"].update(old=dict(ENDED)), plan["members"].append({"code": "old"})),
        _set("bodies", "old", "to", "2025-12-31"),
        "body:old",
    ),
    "day-gone-by": (
        lambda plan: plan["actions"][0].update({"from": "2025-04-01", "to": "2025-09-30"}),
        _set("actions", 0, "is_closed", True),
        "action:1",
    ),
    "money-ends-before-action": (
        _set("fundings", [a_sum("2025-12-31")]),
        lambda plan: plan["fundings"].append(a_sum("2026-12-31")),
        "action:1",
    ),
    "owner-has-left": (_set("actions", 1, "owner_is_gone", True), _set("actions", 1, "owner_is_gone", False), "action:2"),
    "actions-wait-in-a-ring": (
        lambda plan: [plan["actions"][at].update(waits_for=[other]) for at, other in ((0, 3), (1, 1), (2, 2))],
        _set("actions", 2, "waits_for", []),
        "action:1",
    ),
    "days-crossed": (
        lambda plan: plan["actions"][0].update({"from": "2026-04-01", "to": "2026-03-31"}),
        _set("actions", 0, "from", "2025-04-01"),
        "action:1",
    ),
}


def test_nothing_is_found_in_a_whole_plan():
    assert lint(whole()) == []


def test_every_rule_has_a_defect_to_prove_it():
    assert set(DEFECTS) == set(RULES)


@pytest.mark.parametrize("rule", DEFECTS)
def test_a_rule_finds_its_defect_alone_and_is_silent_on_the_mended_twin(rule):
    spoil, mend, subject = DEFECTS[rule]
    plan = whole()
    spoil(plan)
    assert [(each.rule, each.subject) for each in lint(plan)] == [(rule, subject)]
    mend(plan)
    assert lint(plan) == []


@pytest.mark.parametrize(
    ("sums", "found"),
    [
        ([a_sum("2025-12-31")], True),
        ([a_sum("2025-12-31"), a_sum("2026-12-31", state="bid")], True),
        ([a_sum("2025-12-31"), a_sum("2026-12-31", actions=[2])], True),
        ([a_sum("2025-12-31"), a_sum("", state="mainstreamed")], False),
        ([a_sum("2025-12-31", state="refused")], False),
        ([a_sum("2026-03-31")], False),
        ([a_sum("2025-06-30", state="ended")], True),
    ],
)
def test_money_counts_once_it_is_there_and_only_for_what_it_pays(sums, found):
    plan = whole()
    plan["fundings"] = sums
    assert [each.rule for each in lint(plan)] == ["money-ends-before-action"] * found


def test_a_ring_is_told_once_and_a_chain_is_none():
    plan = whole()
    for at, waits in enumerate(([2, 4], [3], [1], [])):
        plan["actions"][at]["waits_for"] = waits
    (ring,) = lint(plan)
    assert ring.message_en.endswith("1 → 2 → 3 → 1.")
    assert ring.actions == (1, 2, 3)
    plan["actions"][2]["waits_for"] = [4]
    assert lint(plan) == []


def test_linting_changes_nothing_and_says_the_same_again():
    plan = whole()
    for spoil, _mend, _subject in DEFECTS.values():
        spoil(plan)
    before = copy.deepcopy(plan)
    assert lint(plan) == lint(plan)
    assert plan == before


def test_what_contradicts_itself_comes_before_what_is_left_out():
    plan = whole()
    for spoil, _mend, _subject in DEFECTS.values():
        spoil(plan)
    order = [SEVERITIES.index(each.severity) for each in lint(plan)]
    assert order == sorted(order)
    assert set(order) == {0, 1, 2}


def test_every_form_of_every_sentence_is_there_in_both_languages_with_the_same_blanks():
    for rule, told in sentences().items():
        assert rule in RULES
        assert told["severity"] in SEVERITIES
        forms = [told] if "cy" in told else [form for form in told.values() if isinstance(form, dict)]
        assert forms
        for form in forms:
            assert set(form) - {"severity"} == {"cy", "en"}
            blanks = [sorted(part.split("}")[0] for part in form[half].split("{")[1:]) for half in ("cy", "en")]
            assert blanks[0] == blanks[1], form


def test_a_day_is_said_in_words_of_each_language():
    plan = whole()
    DEFECTS["body-is-no-more"][0](plan)
    (found,) = lint(plan)
    assert found.message_en == "A body that ended on 30 June 2025 stands among the members: Old Service."
    assert found.message_cy == "Mae corff a ddaeth i ben ar 30 Mehefin 2025 yn sefyll ymhlith yr aelodau: cy Old Service."


def test_a_milestone_whose_day_is_past_is_found_until_it_is_reached_or_its_action_closed():
    plan = whole()
    plan["actions"][1]["milestones"] = [{"title": pair("Signs up"), "due": "2025-09-30", "done": False}]
    (found,) = lint(plan)
    assert (found.rule, found.subject, found.actions) == ("day-gone-by", "action:2", (2,))
    assert found.message_en == "A milestone of action 2 was to be reached by 30 September 2025 and is not: “Signs up”."
    plan["actions"][1]["milestones"][0]["done"] = True
    assert lint(plan) == []
    plan["actions"][1]["milestones"][0]["done"] = False
    plan["actions"][1]["is_closed"] = True
    assert lint(plan) == []


def test_a_short_form_spelt_out_in_two_ways_is_found_and_a_plural_is_no_second_way():
    plan = whole()
    for at, words in enumerate(("a Domestic Homicide Review (DHR)", "two domestic homicide reviews (DHR)")):
        plan["actions"][at]["text"] = pair(f"{ABOUT[at]} after {words}", cy=f"{ABOUT[at]} ac ati")
    assert lint(plan) == []
    plan["actions"][2]["text"] = pair(f"{ABOUT[2]} by a Duty Harm Room (DHR)", cy=f"{ABOUT[2]} ac ati")
    assert [each.subject for each in lint(plan)] == ["short:DHR"]


def test_initials_of_a_board_or_a_priority_count_only_where_a_text_uses_them():
    plan = whole()
    plan["boards"] = [{"name": pair("Regional Safety Committee", cy="Pwyllgor Diogelwch")}]
    plan["priorities"][0]["title"] = pair("Reduce street crime", cy="Lleihau troseddau")
    assert lint(plan) == []
    plan["actions"][0]["text"] = pair(f"{ABOUT[0]} told to the RSC", cy=ABOUT[0])
    assert [each.subject for each in lint(plan)] == ["short:RSC"]


def _shifted(actions: int) -> Plan:
    """Each outcome row cites the action after its own, as where a plan was renumbered."""
    plan = whole(actions)
    for row in plan["outcomes"]:
        row["number"] = row["number"] % actions + 1
    return plan


def _slow_cosine(plan: Plan, row: Plan, action: Plan) -> float:
    texts = {each["number"]: structure._words(each, "title", "text") for each in plan["actions"]}
    held = {word: sum(word in text for text in texts.values()) for text in texts.values() for word in text}

    def weighed(text: Any) -> dict[str, float]:
        return {word: (1 + math.log(n)) * math.log((1 + len(texts)) / (1 + held[word])) for word, n in text.items() if word in held}

    one, other = weighed(structure._words(row, "outputs", "short")), weighed(texts[action["number"]])
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    return sum(weight * other.get(word, 0.0) for word, weight in one.items()) / lengths if lengths else 0.0


def test_how_alike_a_row_and_an_action_are_is_as_a_slow_twin_reckons_it():
    plan = _shifted(12)
    told = structure._Told({each["number"]: structure._words(each, "title", "text") for each in plan["actions"]})
    for row in plan["outcomes"]:
        alike = told.alike(structure._words(row, "outputs", "short"))
        for action in plan["actions"]:
            assert alike.get(action["number"], 0.0) == pytest.approx(_slow_cosine(plan, row, action))


def test_a_row_is_laid_beside_those_actions_alone_that_share_a_word_with_it():
    """Or three hundred actions whose numbers have shifted would take ninety thousand comparisons."""
    abouts = [f"{word}walk {word}bridge" for word in ("amber", "birch", "cedar", "delta", "ember", "frost")]
    told = structure._Told({n: structure._words(an_action(n, about), "title", "text") for n, about in enumerate(abouts)})
    assert [list(told.alike(structure._words(an_outcome(n, n, about), "outputs", "short"))) for n, about in enumerate(abouts)] == [
        [n] for n in range(len(abouts))
    ]


def test_a_plan_whose_numbers_have_shifted_is_found_out_row_by_row():
    assert {each.rule for each in lint(_shifted(4))} == {"number-of-another-action"}
    assert len(lint(_shifted(4))) == 4


def test_one_more_action_leaves_the_themes_answered_that_objectives_answer():
    plan = whole()
    plan["themes"].append({"code": "t2", "title": pair("Fraud"), "band": "high", "decision": "priority", "decision_reason": EMPTY})
    plan["priorities"][0]["themes"] = ["t1", "t2"]
    assert lint(plan) == []
    plan["objectives"] = []
    plan["indicators"] = []
    assert [each.subject for each in lint(plan)] == ["theme:t2"], "an action that names its theme answers no other"
    plan["actions"][0]["themes"] = []
    assert lint(plan) == []


def test_an_outcome_row_that_names_a_theme_and_an_action_of_the_plan_answers_it():
    plan = whole()
    plan["themes"].append({"code": "t2", "title": pair("Fraud"), "band": "high", "decision": "priority", "decision_reason": EMPTY})
    plan["outcomes"][0]["theme"] = "t2"
    assert lint(plan) == []
    plan["outcomes"][0]["number"] = 99
    assert "theme:t2" in {each.subject for each in lint(plan)}
