"""What is missing, crossed or out of date in a plan, by general rules: a list for whoever writes it, never a bar to saving."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from . import bodies, measures, running_out, structure, wording
from .facts import facts
from .finding import SEVERITIES, Finding, Found

__all__ = ["RULES", "SEVERITIES", "Finding", "facts", "lint"]

RULES: dict[str, Callable[[dict[str, Any]], Iterator[Found]]] = {
    name: rule for room in (structure, measures, wording, bodies, running_out) for name, rule in room.RULES.items()
}
"""By name, in the order in which a plan is read."""


def lint(plan: dict[str, Any]) -> list[Finding]:
    """Every finding in a plan's `facts`, the gravest first, and in each severity in the order of the rules."""
    found = [Finding.of(name, each) for name, rule in RULES.items() for each in rule(plan)]
    return sorted(found, key=lambda each: SEVERITIES.index(each.severity))
