"""What the actions of an example stand on: milestones, dependencies and money."""

from __future__ import annotations

from typing import Any

from diogel.plan.models import Dependency, Funding, Milestone

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
