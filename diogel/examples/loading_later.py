"""The work programme of a later year, invented where the published plan has no numbered action to ask about."""

from __future__ import annotations

from typing import Any

from . import loading_plan


def work(data: dict[str, Any], loaded: Any) -> None:
    """The plan of that year, its headings and numbered actions; what comes after is about it, and no longer about the published one."""
    later = data.get("later")
    if later is None:
        return
    whole = later | {"indicators": []}
    loading_plan.plan(whole, loaded)
    loading_plan.actions(whole, loaded)
