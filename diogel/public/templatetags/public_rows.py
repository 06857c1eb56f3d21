"""Finds the rows that a public page names by their codes, and what is said of them below their table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

register = template.Library()


@register.filter
def have_provisional(indicators: Iterable[Any]) -> bool:
    """Whether the letter p stands beside any of their figures, so that it is explained only where it is seen."""
    return any(figure["state"] == "provisional" for row in indicators for figure in row["shown"])


@register.filter
def objectives(plan: Any, codes: Iterable[str]) -> list[dict[str, Any]]:
    """The plan's objectives of these codes, in the plan's own order."""
    wanted = set(codes)
    return [row for code, row in plan.objectives.items() if code in wanted]
