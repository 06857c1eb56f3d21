"""Rules of what an action stands on: money that ends before it does, somebody who has left, other actions that wait for it in turn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .finding import Found, day, named


def money_that_ends_first(plan: dict[str, Any]) -> Iterator[Found]:
    """A grant that pays for an action which goes on, and nothing that is lasting or longer pays for it too."""
    actions = {action["number"]: action for action in plan["actions"] if not action["is_closed"]}
    fundings = [each for each in plan.get("fundings", ()) if each["state"] in ("granted", "ended", "mainstreamed")]
    for each in fundings:
        for number in each["actions"] if each["state"] != "mainstreamed" else ():
            action = actions.get(number)
            if action is None or not each["to"] or not _goes_on(action, each["to"], plan):
                continue
            if not any(_outlasts(other, each, number) for other in fundings):
                words = {"title": named(each["title"]), "day": day(each["to"]), "number": number, "action": named(action["title"])}
                yield Found(f"action:{number}", words, form="ended" if each["to"] < plan["on"] else "ends", actions=(number,))


def _goes_on(action: dict[str, Any], end: str, plan: dict[str, Any]) -> bool:
    """Beyond the day, by its own promise; without one to the end of the plan."""
    last = action["to"] or plan["plan"].get("to")
    return bool(last) and last > end


def _outlasts(other: dict[str, Any], each: dict[str, Any], number: int) -> bool:
    if number not in other["actions"] or other is each:
        return False
    return other["state"] == "mainstreamed" or not other["to"] or other["to"] > each["to"]


def owners_who_have_left(plan: dict[str, Any]) -> Iterator[Found]:
    """The person who owns an action holds no role here any more. Whoever reads the finding is not told who it was."""
    for action in plan["actions"]:
        if action.get("owner_is_gone") and not action["is_closed"]:
            words = {"number": action["number"], "title": named(action["title"])}
            yield Found(f"action:{action['number']}", words, actions=(action["number"],))


def rings(plan: dict[str, Any]) -> Iterator[Found]:
    """Actions that wait for one another in a ring, so that none can begin; each ring once, from its smallest number."""
    waits = {action["number"]: sorted(action.get("waits_for", ())) for action in plan["actions"]}
    told: set[frozenset[int]] = set()
    for number in sorted(waits):
        ring = _ring(waits, number)
        if ring and frozenset(ring) not in told:
            told.add(frozenset(ring))
            way = " → ".join(str(each) for each in (*ring, ring[0]))
            yield Found(f"action:{ring[0]}", {"way": way}, actions=tuple(ring))


def _ring(waits: dict[int, list[int]], start: int) -> list[int]:
    """The shortest way from an action back to itself; none where there is no way."""
    came_from: dict[int, int] = {}
    waiting = [start]
    while waiting:
        at = waiting.pop(0)
        for other in waits.get(at, ()):
            if other == start:
                way = [at]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if other not in came_from and other in waits:
                came_from[other] = at
                waiting.append(other)
    return []


RULES = {
    "money-ends-before-action": money_that_ends_first,
    "owner-has-left": owners_who_have_left,
    "actions-wait-in-a-ring": rings,
}
