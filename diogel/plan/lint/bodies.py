"""Rules of who and when: nobody to answer for it, bodies that are no more, days that have gone by or stand crossed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .finding import Found, day, named


def actions_without_body(plan: dict[str, Any]) -> Iterator[Found]:
    for action in plan["actions"]:
        if not action["bodies"]:
            yield Found(
                f"action:{action['number']}", {"number": action["number"], "title": named(action["title"])}, actions=(action["number"],)
            )


def priorities_without_lead(plan: dict[str, Any]) -> Iterator[Found]:
    """Of a priority that is carried out by its own objectives; where actions carry it out, their bodies answer."""
    with_objectives = {objective["priority"] for objective in plan["objectives"]}
    for priority in plan["priorities"]:
        if priority["code"] in with_objectives and not priority["leads"]:
            yield Found(f"priority:{priority['code']}", {"number": priority["number"], "title": named(priority["title"])})


def bodies_that_are_no_more(plan: dict[str, Any]) -> Iterator[Found]:
    """Bodies that lead something, or stand among the members, and had ended by this day; once each."""
    leading = {code for action in plan["actions"] if not action["is_closed"] for code in action["bodies"]}
    leading |= {lead["body"] for priority in plan["priorities"] for lead in priority["leads"]}
    for code in sorted(leading | {member["code"] for member in plan["members"]}):
        body = plan["bodies"].get(code)
        if body and body["to"] and body["to"] < plan["on"]:
            words: dict[str, Any] = {"body": named(body["name"]), "day": day(body["to"])}
            follower = body["successors"][0] if body["successors"] else None
            words |= {"follower": named(follower)} if follower else {}
            yield Found(f"body:{code}", words, form=f"{'leads' if code in leading else 'member'}{'_followed' if follower else ''}")


def days_gone_by(plan: dict[str, Any]) -> Iterator[Found]:
    """Of actions that are not finished, and of their milestones that are not reached."""
    for action in plan["actions"]:
        if action["is_closed"]:
            continue
        subject, number = f"action:{action['number']}", action["number"]
        if action["to"] and action["to"] < plan["on"]:
            words = {"number": number, "title": named(action["title"]), "day": day(action["to"])}
            yield Found(subject, words, form="action", actions=(number,))
        for each in action.get("milestones", ()):
            if not each["done"] and each["due"] < plan["on"]:
                words = {"number": number, "title": named(each["title"]), "day": day(each["due"])}
                yield Found(subject, words, form="milestone", actions=(number,))


def days_that_stand_crossed(plan: dict[str, Any]) -> Iterator[Found]:
    for action in plan["actions"]:
        if action["from"] and action["to"] and action["to"] < action["from"]:
            words = {"number": action["number"], "title": named(action["title"]), "first": day(action["from"]), "last": day(action["to"])}
            yield Found(f"action:{action['number']}", words, actions=(action["number"],))


RULES = {
    "action-without-body": actions_without_body,
    "priority-without-lead": priorities_without_lead,
    "body-is-no-more": bodies_that_are_no_more,
    "day-gone-by": days_gone_by,
    "days-crossed": days_that_stand_crossed,
}
