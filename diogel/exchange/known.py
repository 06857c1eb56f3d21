"""The rows of a partnership that the words of a file may mean: bodies, people's bodies, areas, themes, duties, headings, actions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from diogel.analysis.reading.plan_values import plain, rag_in, status_in
from diogel.assessment.models import Theme
from diogel.people.access import Installation
from diogel.people.models import Body, Holding, Partnership
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import Rag
from diogel.processes.actions.process import STATUSES

_TOUCHED = {
    "themes": {"theme"},
    "duties": {"theme"},
    "action__bodies": {"body", "contact"},
    "action__areas": {"area"},
    "action__sub_actions": {"parts"},
    "action__updates": {"rag", "percent", "said", "obstacle", "next_step", "next_on"},
}
"""What hangs on an action, and the fields of a file that are compared with it."""


def seen_by(user: Any) -> Any:
    """Numbers as `user` may see them; nothing is kept from the installation itself."""
    return Number.objects.all() if isinstance(user, Installation) else Number.objects.visible_to(user)


class Known:
    """Asked for once each, and only where a file speaks of them. Without a plan nothing of one stands yet."""

    def __init__(self, partnership: Partnership, plan: Plan | None, user: Any, speaks: frozenset[str] | None = None) -> None:
        """`speaks` names the fields that the file has; of a plan's actions only what those touch is asked for."""
        self.partnership, self.plan, self.user, self.speaks = partnership, plan, user, speaks

    @cached_property
    def bodies(self) -> dict[str, Body]:
        rows = Body.objects.filter(memberships__partnership=self.partnership).distinct()
        named = _named(rows, "name") | {key: row for key, row in _named(rows, "short").items() if len(key) > 1}
        return named | {plain(row.code): row for row in rows}

    @cached_property
    def people(self) -> dict[str, Body | None]:
        """The body of each person that the partnership wrote down, by their name: it proposes who leads, and the name goes no further."""
        rows = Holding.objects.filter(partnership=self.partnership).select_related("person__body")
        return {plain(f"{row.person.given} {row.person.family}"): row.person.body for row in rows}

    @cached_property
    def areas(self) -> dict[str, Any]:
        return _named(self.partnership.areas.all(), "name")

    @cached_property
    def themes(self) -> dict[str, Theme]:
        rows = list(Theme.objects.standing().filter(assessment__partnership=self.partnership).order_by("assessment__to_on", "-order"))
        return _named(rows, "highlighted_as") | _named(rows, "title")

    @cached_property
    def duties(self) -> dict[str, Any]:
        return _named(self.partnership.duties.standing(), "title")

    @cached_property
    def sections(self) -> dict[str, Any]:
        return _named(self.plan.sections.standing(), "title") if self.plan else {}

    @cached_property
    def numbers(self) -> dict[int, Number]:
        """Every number of the plan that `user` may see, those of actions that were taken out too."""
        if self.plan is None:
            return {}
        rows = seen_by(self.user).filter(plan=self.plan).select_related("action", "section")
        rows = rows.prefetch_related(*(name for name, fields in _TOUCHED.items() if self.speaks is None or self.speaks & fields))
        return {row.number: row for row in rows}

    @cached_property
    def unseen(self) -> frozenset[int]:
        """Numbers whose action `user` may not see: they are neither free nor told of."""
        held = set(self.plan.numbers.values_list("number", flat=True)) if self.plan else set()
        return frozenset(held - set(self.numbers))

    @cached_property
    def outcomes(self) -> list[Any]:
        return list(self.plan.outcomes.standing().select_related("theme", "duty")) if self.plan else []

    @cached_property
    def priorities(self) -> list[Any]:
        return list(self.plan.priorities.standing()) if self.plan else []

    @cached_property
    def objectives(self) -> dict[str, Any]:
        return {row.code: row for row in self.plan.objectives.standing().select_related("priority")} if self.plan else {}

    @cached_property
    def _statuses(self) -> dict[str, str]:
        return _both_languages(STATUSES.items())

    @cached_property
    def _rags(self) -> dict[str, str]:
        return _both_languages((rag.value, rag.label) for rag in Rag)

    @cached_property
    def cross_cutting(self) -> frozenset[str]:
        """What stands in place of a theme where an action serves no single one."""
        words = set()
        for language in ("cy", "en"):
            with override(language):
                words.add(plain(_("Cross-cutting")))
        return frozenset(words)

    def status(self, text: str) -> str | None:
        return self._statuses.get(plain(text)) or status_in(text)

    def rag(self, text: str) -> str | None:
        return self._rags.get(plain(text)) or rag_in(text)

    def body_within(self, text: str) -> Body | None:
        """The body whose name stands whole within a text, the longest of several."""
        said = f" {plain(text)} "
        found = [key for key in self.bodies if len(key) > 2 and f" {key} " in said]
        return self.bodies[max(found, key=len)] if found else None


def pieces(text: str, known: dict[str, Any]) -> list[str]:
    """A cell that lists several names: parted by semicolons or lines; by commas and slashes only where the whole is no name."""
    found: list[str] = []
    for part in (each.strip(" •-\t") for each in re.split(r"[;\n]", text)):
        if not part:
            continue
        if plain(part) in known:
            found.append(part)
        else:
            found += [each.strip() for each in re.split(r",|/|\s(?:and|&|a|ac)\s", part) if each.strip()]
    return found


def names_of(row: Any) -> frozenset[str]:
    """What a theme or duty may be called in a file: its title and, of a theme, what the highlighted list calls it, in either language."""
    names = [f"{name}_{half}" for name in ("title", "highlighted_as") if hasattr(row, f"{name}_en") for half in ("cy", "en")]
    return frozenset(plain(getattr(row, name)) for name in names) - {""}


def _named(rows: Iterable[Any], name: str) -> dict[str, Any]:
    return {plain(half): row for row in rows for half in (getattr(row, f"{name}_cy"), getattr(row, f"{name}_en")) if plain(half)}


def _both_languages(labels: Iterable[tuple[str, Any]]) -> dict[str, str]:
    found = {}
    for code, label in labels:
        for language in ("cy", "en"):
            with override(language):
                found[plain(str(label))] = code
    return found
