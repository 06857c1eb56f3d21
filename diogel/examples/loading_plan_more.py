"""What stands beside the plan of an example: milestones, money, what proves its duties, how it was weighed, what the region decides."""

from __future__ import annotations

from typing import Any

from diogel.plan.models import (
    Adoption,
    Consideration,
    Dependency,
    Escalation,
    Funding,
    GroupReview,
    Judgement,
    Milestone,
    Proof,
    RegionalItem,
    Venture,
)

from .putting import pairs, put


def steps(data: dict[str, Any], loaded: Any) -> None:
    """Milestones and what waits for what, by the numbers of the plan."""
    for table in data.get("milestones", []):
        put(
            Milestone,
            {"action": loaded.actions[table["action"]], "title_en": table["title"]["en"]},
            texts=pairs(table, "title"),
            due_on=table["due"],
            done_on=table.get("done"),
        )
    for table in data.get("dependencies", []):
        put(Dependency, {"action": loaded.actions[table["action"]], "on": loaded.actions[table["waits_for"]]}, texts=pairs(table, "why"))


def funding(data: dict[str, Any], loaded: Any) -> None:
    for table in data.get("fundings", []):
        put(
            Funding,
            {"partnership": loaded.partnership, "code": table["code"]},
            texts=pairs(table, "title", "conditions"),
            many={"actions": [loaded.actions[number] for number in table.get("actions", [])]},
            state=table["state"],
            amount=table.get("amount"),
            spent=table.get("spent"),
            bid_by=table.get("bid_by"),
            from_on=table.get("from"),
            to_on=table.get("to"),
            lead=loaded.bodies.get(table.get("lead", "")),
        )


def duties(data: dict[str, Any], loaded: Any) -> None:
    """The sentence and the document that prove each duty."""
    for table in data.get("proofs", []):
        put(
            Proof,
            {"plan": loaded.plan, "duty": loaded.duties[table["duty"]]},
            texts=pairs(table, "sentence", "document"),
            many={"priorities": [loaded.priorities[code] for code in table.get("priorities", [])]},
            dated_on=table.get("dated"),
        )


def weighed(data: dict[str, Any], loaded: Any) -> None:
    """What actions were weighed against, and our judgement of the tests."""
    for table in data.get("considerations", []):
        put(
            Consideration,
            {"action": loaded.actions[table["action"]], "of": table["of"]},
            texts=pairs(table, "statement"),
            weighed_on=table["on"],
            weighed_by_body=loaded.bodies.get(table.get("body", "")),
        )
    tests = {row.code: row for row in loaded.plan.principles.filter(kind="test")}
    for table in data.get("judgements", []):
        key = {"plan": loaded.plan, "principle": tests[table["test"]], "judged_on": table["on"]}
        put(Judgement, key, texts=pairs(table, "evidence"), mark=table["mark"])


def ventures(data: dict[str, Any], loaded: Any) -> None:
    """Service developments, studies and pilots; what a review found of each group."""
    for table in data.get("ventures", []):
        names = ("is_agreed", "has_money", "has_people")
        days = ("live_on", "evaluate_by", "evaluated_on", "decided_on")
        columns: dict[str, Any] = {name: bool(table.get(name)) for name in names} | {name: table.get(name) for name in days}
        put(
            Venture,
            {"action": loaded.actions[table["action"]], "need_en": table["need"]["en"]},
            texts=pairs(table, "need", "evaluation", "reason"),
            kind=table["kind"],
            decision=table.get("decision", ""),
            **columns,
        )
    for table in data.get("reviews", []):
        put(
            GroupReview,
            {"partnership": loaded.partnership, "group": loaded.groups[table["group"]]},
            texts=pairs(table, "scope", "reason", "terms"),
            finding=table["finding"],
            into=loaded.groups.get(table.get("into", "")),
            action=loaded.actions.get(table.get("action", 0)),
            decided_on=table.get("on"),
        )


def regional(data: dict[str, Any], loaded: Any) -> None:
    """Commitments of the region with what each county makes of them, and what was raised."""
    items = {}
    for table in data.get("regional_items", []):
        item = put(
            RegionalItem,
            {"partnership": loaded.partnership, "code": table["code"]},
            texts=pairs(table, "parent", "title"),
            many={"actions": [loaded.actions[number] for number in table.get("actions", [])]},
            owner=loaded.groups.get(table.get("owner", "")),
            from_on=table.get("from"),
            to_on=table.get("to"),
        )
        items[table["code"]] = item
        for made in table.get("made", []):
            put(
                Adoption,
                {"item": item, "area": loaded.areas[made["area"]]},
                texts=pairs(made, "reason"),
                decision=made["decision"],
                body=loaded.bodies.get(made.get("body", "")),
                decided_on=made.get("on"),
            )
    for table in data.get("escalations", []):
        put(
            Escalation,
            {"partnership": loaded.partnership, "title_en": table["title"]["en"]},
            texts=pairs(table, "title", "reason"),
            item=items.get(table.get("item", "")),
            raised_by_body=loaded.bodies.get(table.get("body", "")),
            area=loaded.areas.get(table.get("area", "")),
            raised_on=table["on"],
            decision=table.get("decision", ""),
            decided_on=table.get("decided_on"),
            action=loaded.actions.get(table.get("action", 0)),
        )
