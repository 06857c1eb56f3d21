"""Which entries of the desk's menu stand in its one row, and which behind More."""

from __future__ import annotations

from typing import Any

IN_ROW = 7
"""How many fit beside the reader's own name, in Welsh too, on a page 1,160 px wide."""

DAILY = frozenset(
    {"desk_home", "plan:current", "assessment:themes", "indicators:figures", "unusual:desk", "tensions:tensions", "publishing:papers"}
)
"""The views that a week of the partnership's work passes through; any other waits behind More where the row is full."""


def split(entries: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Those in the row and those behind More, each in the menu's order. One alone is never hidden: the word would take its place."""
    if len(entries) <= IN_ROW + 1:
        return entries, []
    free = IN_ROW - sum(entry["view"] in DAILY for entry in entries)
    row: list[dict[str, Any]] = []
    more: list[dict[str, Any]] = []
    for entry in entries:
        is_daily = entry["view"] in DAILY
        (row if is_daily or free > 0 else more).append(entry)
        free -= not is_daily
    return row, more


def shown(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """For the shell: `menu`, `menu_more`, and in `menu_here` the name of the page one reads where it stands behind More."""
    row, more = split(entries)
    return {"menu": row, "menu_more": more, "menu_here": next((each["label"] for each in more if each["current"]), "")}
