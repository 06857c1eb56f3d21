"""Rules of words: a title in two wordings, short forms with two meanings, a half that is missing or left behind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from .finding import Found, named

SHORTEST = 3
"""Letters; any two names share one or two."""

LINKING = {"of", "and", "the", "for", "in", "to", "on", "a", "y", "yr", "ac", "o", "i", "ar", "am", "yn", "gan"}
"""Words that a short form may pass over, or not."""

SPELT_OUT = re.compile(r"((?:[^\W\d_][\w’'-]*[ -]){2,7}?)\(([A-ZÂÊÎÔÛŴŶ]{3,8})\)")


CAPITALS = re.compile(r"(?<![^\W\d_])[A-ZÂÊÎÔÛŴŶ]{3,8}(?![^\W\d_])")


def titles_in_two_wordings(plan: dict[str, Any]) -> Iterator[Found]:
    for priority in plan["priorities"]:
        title, heading = priority["title"], priority["heading"]
        if any(heading[half] and title[half] and heading[half] != title[half] for half in ("cy", "en")):
            words = {"number": priority["number"], "title": named(title), "heading": named(heading)}
            yield Found(f"priority:{priority['code']}", words)


def short_forms_with_two_meanings(plan: dict[str, Any]) -> Iterator[Found]:
    """Names in this plan that one short form stands for, and short forms that its texts spell out in two ways."""
    for half in ("en", "cy"):
        meanings: dict[str, dict[str, str]] = defaultdict(dict)
        for short, meaning in (*_initials(plan, half), *_spelt_out(plan, half)):
            meanings[short].setdefault(_plain(meaning), meaning)
        for short, found in sorted(meanings.items()):
            if len(found) > 1:
                one, other, *_more = found.values()
                yield Found(f"short:{short}", {"short": short, "one": one, "other": other})


def _initials(plan: dict[str, Any], half: str) -> Iterator[tuple[str, str]]:
    """Bodies and themes are spoken of by their initials elsewhere, if not here. What the partnership itself has named or put into a
    sentence, a board or a priority, is spoken of so only where a text of the plan does it."""
    spoken = {word for _subject, pair in pairs(plan) for word in CAPITALS.findall(pair[half])}
    names = [(body["name"][half], True) for body in plan["bodies"].values()]
    rooms = (("themes", "title", True), ("boards", "name", False), ("priorities", "title", False))
    names += [(row[name][half], is_known) for room, name, is_known in rooms for row in plan[room]]
    for name, is_known in names:
        words = re.findall(r"[^\W\d_]+", name)
        short = "".join(word[0] for word in words).upper()
        if SHORTEST <= len(words) <= 6 and (is_known or short in spoken):
            yield short, name


def _spelt_out(plan: dict[str, Any], half: str) -> Iterator[tuple[str, str]]:
    for text in (pair[half] for _subject, pair in pairs(plan)):
        for before, short in SPELT_OUT.findall(text):
            words = re.findall(r"[^\W\d_]+", before)
            for size in range(len(short), min(len(words), 2 * len(short)) + 1):
                told = words[-size:]
                if "".join(word[0] for word in told if word.casefold() not in LINKING).upper() == short:
                    yield short, " ".join(told)
                    break  # one word more would only be an article


def _plain(meaning: str) -> str:
    """What makes two spellings one meaning: case, hyphens and a plural do not part them."""
    return re.sub(r"s\b", "", re.sub(r"\W+", " ", meaning.casefold())).strip()


def pairs(plan: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each sentence of the plan's own with what it belongs to."""
    yield from ((f"plan:{plan['plan']['code']}", plan["plan"][name]) for name in ("title", "introduction", "monitoring"))
    for room, kind, key, names in PARTS:
        for row in plan[room]:
            yield from ((f"{kind}:{row[key]}", row[name]) for name in names)
    for action in plan["actions"]:
        yield from ((f"action:{action['number']}", part["title"]) for part in action["parts"])


PARTS = (
    ("groups", "section", "code", ("title",)),
    ("themes", "theme", "code", ("title", "decision_reason")),
    ("priorities", "priority", "code", ("title", "heading", "summary")),
    ("objectives", "objective", "code", ("title", "heading")),
    ("actions", "action", "number", ("title", "text", "regional")),
    ("outcomes", "outcome", "row", ("outputs", "short", "medium", "long")),
    ("indicators", "measure", "code", ("title",)),
)


def halves_missing_or_stale(plan: dict[str, Any]) -> Iterator[Found]:
    for subject, pair in pairs(plan):
        form = _state(pair)
        if form:
            kind, _colon, key = subject.partition(":")
            yield Found(subject, {"words": pair["cy"] or pair["en"]}, form=form, actions=(int(key),) if kind == "action" else ())


def _state(pair: dict[str, str]) -> str:
    if bool(pair["cy"]) != bool(pair["en"]):
        return "no_welsh" if pair["en"] else "no_english"
    return pair["state"] if pair["state"].startswith("stale") else ""


RULES = {
    "title-in-two-wordings": titles_in_two_wordings,
    "short-form-with-two-meanings": short_forms_with_two_meanings,
    "half-missing-or-stale": halves_missing_or_stale,
}
