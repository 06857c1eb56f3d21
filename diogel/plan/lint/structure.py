"""Rules of what stands where: headings, actions, outcome rows and the numbers that they cite, themes, the two lists of priorities."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from .finding import Found, named

BANDS = ("high", "medium_high", "medium", "low", "")
CHOSEN = ("priority", "undecided")
"""Decisions after which a theme wants an answer; the others say why it has none."""

FAR_BETTER = 3.0
"""How many times more like another action an outcome row must read before its number is doubted."""
HARDLY_ALIKE = 0.1
"""Cosine of what a row and its own action say, below which they have next to nothing in common."""


def sections_without_action(plan: dict[str, Any]) -> Iterator[Found]:
    for group in plan["groups"]:
        if not group["actions"]:
            yield Found(f"section:{group['code']}", {"title": named(group["title"])})


def actions_without_outcome(plan: dict[str, Any]) -> Iterator[Found]:
    """Only of a plan that has a table of outcomes at all."""
    cited = {row["number"] for row in plan["outcomes"]}
    for action in plan["actions"]:
        if cited and action["number"] not in cited:
            yield Found(
                f"action:{action['number']}", {"number": action["number"], "title": named(action["title"])}, actions=(action["number"],)
            )


def numbers_of_no_action(plan: dict[str, Any]) -> Iterator[Found]:
    numbers = {action["number"] for action in plan["actions"]}
    for row in plan["outcomes"]:
        if row["number"] not in numbers:
            yield Found(f"outcome:{row['row']}", {"row": row["row"], "number": row["number"]})


def numbers_of_another_action(plan: dict[str, Any]) -> Iterator[Found]:
    """An outcome row that says next to nothing of the action it cites, and much of another."""
    actions = {action["number"]: action for action in plan["actions"]}
    words_of = {number: _words(action, "title", "text") for number, action in actions.items()}
    weigh = _weigher(list(words_of.values()))
    told = {number: weigh(words) for number, words in words_of.items()}
    for row in plan["outcomes"]:
        if row["number"] not in actions:
            continue
        said = weigh(_words(row, "outputs", "short"))
        own = _cosine(said, told[row["number"]])
        if own >= HARDLY_ALIKE:
            continue
        alike = {number: _cosine(said, words) for number, words in told.items()}
        best = max(alike, key=lambda number: (alike[number], -number))
        if alike[best] > max(HARDLY_ALIKE, FAR_BETTER * own):
            titles = {"title": named(actions[row["number"]]["title"]), "other": named(actions[best]["title"])}
            words = {"row": row["row"], "number": row["number"], "meant": best, **titles}
            yield Found(f"outcome:{row['row']}", words, actions=(row["number"], best))


def _words(row: dict[str, Any], *names: str) -> Counter[str]:
    """Words of four letters or more in both languages, told apart by language: "pan" is no "pan"."""
    return Counter(
        f"{language} {word[:7]}"
        for name in names
        for language in ("cy", "en")
        for word in re.findall(r"[^\W\d_]{4,}", row[name][language].casefold())
    )


def _weigher(texts: list[Counter[str]]) -> Any:
    """Weighs words by how few of the actions use them: what all speak of tells none apart."""
    held = Counter(word for text in texts for word in text)

    def weigh(words: Counter[str]) -> dict[str, float]:
        return {word: (1 + math.log(n)) * math.log((1 + len(texts)) / (1 + held[word])) for word, n in words.items() if held[word]}

    return weigh


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    return sum(weight * other.get(word, 0.0) for word, weight in one.items()) / lengths if lengths else 0.0


def themes_without_action(plan: dict[str, Any]) -> Iterator[Found]:
    """The gravest band first. A theme is answered by an action, or by a priority that has actions or objectives."""
    working = {each["priority"] for each in plan["objectives"]} | {code for action in plan["actions"] for code in action["priorities"]}
    answered = {code for action in plan["actions"] for code in action["themes"]}
    if not plan["actions"]:
        answered |= {code for priority in plan["priorities"] if priority["code"] in working for code in priority["themes"]}
    wanting = [theme for theme in plan["themes"] if theme["decision"] in CHOSEN and theme["code"] not in answered]
    for theme in sorted(wanting, key=lambda theme: BANDS.index(theme["band"] or "")):
        yield Found(f"theme:{theme['code']}", {"title": named(theme["title"])}, form=theme["decision"])


def lists_that_differ(plan: dict[str, Any]) -> Iterator[Found]:
    """Where a plan has two lists of priorities: those of each for which the other has nothing on the same theme."""
    lists = {name: [each for each in plan["priorities"] if each["list"] == name] for name in ("standing", "highlighted")}
    if not all(lists.values()):
        return
    for name, other in (("standing", "highlighted"), ("highlighted", "standing")):
        themes = {code for each in lists[other] for code in each["themes"]}
        for priority in lists[name]:
            if not themes & set(priority["themes"]):
                yield Found(f"priority:{priority['code']}", {"title": named(priority["title"])}, form=name)


RULES = {
    "section-without-action": sections_without_action,
    "theme-without-action": themes_without_action,
    "action-without-outcome": actions_without_outcome,
    "number-of-no-action": numbers_of_no_action,
    "number-of-another-action": numbers_of_another_action,
    "priority-lists-differ": lists_that_differ,
}
