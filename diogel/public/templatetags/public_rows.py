"""Finds the rows that a public page names by their codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

register = template.Library()


@register.filter
def objectives(plan: Any, codes: Iterable[str]) -> list[dict[str, Any]]:
    """The plan's objectives of these codes, in the plan's own order."""
    wanted = set(codes)
    return [row for code, row in plan.objectives.items() if code in wanted]
