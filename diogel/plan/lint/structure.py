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
    told = _Told({number: _words(action, "title", "text") for number, action in actions.items()})
    for row in plan["outcomes"]:
        if row["number"] not in actions:
            continue
        alike = told.alike(_words(row, "outputs", "short"))
        own = alike.get(row["number"], 0.0)
        if own >= HARDLY_ALIKE or not alike:
            continue
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


class _Told:
    """What the actions say, each word by how few of them use it: what all speak of tells none apart. Kept by word, so that a text is
    laid beside those actions alone that share a word with it."""

    def __init__(self, texts: dict[int, Counter[str]]) -> None:
        self._texts, self._held = len(texts), Counter(word for text in texts.values() for word in text)
        self._by_word: dict[str, list[tuple[int, float]]] = {}
        self._lengths: dict[int, float] = {}
        for number, text in texts.items():
            weights = self._weigh(text)
            self._lengths[number] = math.hypot(*weights.values())
            for word, weight in weights.items():
                self._by_word.setdefault(word, []).append((number, weight))

    def alike(self, words: Counter[str]) -> dict[int, float]:
        """The cosine of a text with each action that shares a word with it."""
        said = self._weigh(words)
        shared: dict[int, float] = {}
        for word, weight in said.items():
            for number, other in self._by_word[word]:
                shared[number] = shared.get(number, 0.0) + weight * other
        length = math.hypot(*said.values())
        return {number: product / (length * self._lengths[number]) for number, product in shared.items()}

    def _weigh(self, words: Counter[str]) -> dict[str, float]:
        rare = {word: math.log((1 + self._texts) / (1 + self._held[word])) for word in words if self._held[word]}
        return {word: (1 + math.log(words[word])) * weight for word, weight in rare.items() if weight}


def themes_without_action(plan: dict[str, Any]) -> Iterator[Found]:
    """The gravest band first."""
    answered = set(_themes_answered(plan))
    wanting = [theme for theme in plan["themes"] if theme["decision"] in CHOSEN and theme["code"] not in answered]
    for theme in sorted(wanting, key=lambda theme: BANDS.index(theme["band"] or "")):
        yield Found(f"theme:{theme['code']}", {"title": named(theme["title"])}, form=theme["decision"])


def _themes_answered(plan: dict[str, Any]) -> Iterator[str]:
    """A theme is answered by an action that names it, by an outcome row that names both it and an action of the plan, and by a priority
    of which it is a theme and that has objectives, or an action that names no theme of its own."""
    numbers = {action["number"] for action in plan["actions"]}
    working = {each["priority"] for each in plan["objectives"]}
    for action in plan["actions"]:
        yield from action["themes"]
        working |= set() if action["themes"] else set(action["priorities"])
    yield from (row["theme"] for row in plan["outcomes"] if row["theme"] and row["number"] in numbers)
    yield from (code for priority in plan["priorities"] if priority["code"] in working for code in priority["themes"])


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
