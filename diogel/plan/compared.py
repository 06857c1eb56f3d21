"""What differs between two versions of a plan: row by row, in one language, as a reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .comparing import ADDED, CHANGED, GONE, SAME, Line, compared
from .keeping import Row

KINDS = {
    "plan": gettext_lazy("Plan"),
    "section": gettext_lazy("Heading"),
    "priority": gettext_lazy("Priority"),
    "objective": gettext_lazy("Objective"),
    "action": gettext_lazy("Action"),
    "outcome": gettext_lazy("Outcome row"),
    "principle": gettext_lazy("Way of working or test"),
}
NAMES = {
    "title": gettext_lazy("Title"),
    "introduction": gettext_lazy("Introduction"),
    "monitoring": gettext_lazy("How it is monitored"),
    "days": gettext_lazy("From its first day to its last"),
    "adopted_on": gettext_lazy("Adopted on"),
    "heading": gettext_lazy("Second wording, where the plan uses one"),
    "summary": gettext_lazy("What the public will read"),
    "leads": gettext_lazy("Who leads"),
    "text": gettext_lazy("What will be done"),
    "regional": gettext_lazy("Regional plan that it serves"),
    "number": gettext_lazy("Number in this plan"),
    "bodies": gettext_lazy("Bodies that lead"),
    "areas": gettext_lazy("Areas"),
    "promised_on": gettext_lazy("To be done by"),
    "outputs": gettext_lazy("Inputs and outputs, one a line"),
    "short": gettext_lazy("Outcome in the short term"),
    "medium": gettext_lazy("Outcome in the medium term"),
    "long": gettext_lazy("Outcome in the long term"),
    "statement": gettext_lazy("How this plan meets it"),
}


@dataclass(frozen=True)
class Difference:
    """One text that differs: what it is called, and its sentences."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Differing:
    """One row of the plan that differs: `how` is added, gone or changed."""

    title: str
    how: str
    differences: tuple[Difference, ...]


def differing(old: list[Row], new: list[Row], language: str, *, hidden: frozenset[int] = frozenset()) -> list[Differing]:
    """The rows that differ in one language, in the order of the plan. Actions whose keys are `hidden` are left out on both sides."""
    before, after = _by_row(old, hidden), _by_row(new, hidden)
    order = [*after, *(each for each in before if each not in after)]
    ranks = list(KINDS)
    found = []
    for row in sorted(order, key=lambda each: ranks.index(each[0])):
        was, now = before.get(row, {}), after.get(row, {})
        differences = tuple(_differences(was, now, language))
        if differences:
            how = ADDED if not was else GONE if not now else CHANGED
            found.append(Differing(_title(row[0], now or was, language), how, differences))
    return found


def _by_row(rows: list[Row], hidden: frozenset[int]) -> dict[tuple[str, int], dict[str, Row]]:
    found: dict[tuple[str, int], dict[str, Row]] = {}
    for row in rows:
        if row["kind"] != "action" or row["key"] not in hidden:
            found.setdefault((row["kind"], row["key"]), {})[row["name"]] = row
    return found


def _differences(was: dict[str, Row], now: dict[str, Row], language: str) -> Any:
    for name in dict.fromkeys([*now, *was]):
        old, new = was.get(name, {}).get(language, ""), now.get(name, {}).get(language, "")
        if old != new:
            yield Difference(_name(name), tuple(compared(old, new)))


def _name(name: str) -> str:
    if name.startswith("part "):
        return _("Commitment %(code)s") % {"code": name.removeprefix("part ")}
    return str(NAMES[name])


def _title(kind: str, row: dict[str, Row], language: str) -> str:
    first = next(iter(row.values()))
    title = row.get("title", {}).get(language, "") if kind not in ("outcome", "plan") else ""
    return " ".join(part for part in (str(KINDS[kind]), "" if kind == "plan" else first["number"], f"· {title}" if title else "") if part)


def counted(rows: list[Differing]) -> dict[str, int]:
    """How many sentences were added, taken out and changed."""
    lines = [line.how for row in rows for difference in row.differences for line in difference.lines if line.how != SAME]
    return {how: lines.count(how) for how in (ADDED, GONE, CHANGED)}
