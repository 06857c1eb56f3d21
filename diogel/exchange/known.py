"""The rows of a partnership that the words of a file may mean: bodies, people's bodies, areas, themes, duties, headings, actions,
measures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Value, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import override

from diogel.analysis.reading.plan_values import plain, rag_in, status_in
from diogel.assessment.models import Assessment, Theme
from diogel.indicators.models import Indicator, Measure
from diogel.people.access import May, may
from diogel.people.models import Body, Holding, Partnership, Person
from diogel.plan.carrying import Served, last_before, seen_by, still_open
from diogel.plan.models import Number, Outcome, Plan, Priority, Report, Section
from diogel.processes.actions.models import Rag
from diogel.processes.actions.process import STATUSES

from .names import find, folded, known_by

_TOUCHED = {
    "themes": {"theme", "duty"},
    "duties": {"theme", "duty"},
    "action__bodies": {"body", "contact", "person"},
    "action__parts__person": {"person"},
    "action__areas": {"area"},
    "action__group": {"group"},
    "action__milestones": {"milestones"},
    "action__fundings": {"money"},
    "action__sub_actions__body": {"parts"},
    "action__updates": {"rag", "percent", "said", "obstacle", "next_step", "next_on"},
}
"""What hangs on an action, and the fields of a file that are compared with it."""


class Known:
    """Asked for once each, and only where a file speaks of them. Without a plan nothing of one stands yet."""

    def __init__(
        self, partnership: Partnership, plan: Plan | None, user: Any, speaks: frozenset[str] | None = None, begins_on: date | None = None
    ) -> None:
        """`speaks` names the fields that the file has; of a plan's actions only what those touch is asked for. `begins_on` is the first
        day of a plan that is still to be made."""
        self.partnership, self.plan, self.user, self.speaks = partnership, plan, user, speaks
        self.begins_on = plan.from_on if plan else begins_on
        self.going_on: list[Number] = []
        self._told_headings: dict[tuple[int, str], str] = {}
        self.told_money: dict[str, tuple[Any, Any]] = {}

    @cached_property
    def bodies(self) -> dict[str, Body]:
        rows = Body.objects.filter(memberships__partnership=self.partnership).distinct()
        named = _named(rows, "name") | {key: row for key, row in _named(rows, "short").items() if len(key) > 1}
        return named | {plain(row.code): row for row in rows}

    @cached_property
    def people(self) -> dict[str, list[Person]]:
        """Everybody whom the partnership wrote down, by their full name; nobody for a reader who may not see who is who."""
        if not may(self.user, May.SEE_PEOPLE, self.partnership):
            return {}
        named: dict[str, dict[int, Person]] = {}
        for row in Holding.objects.filter(partnership=self.partnership).select_related("person__body").order_by("person"):
            named.setdefault(plain(full_name(row.person)), {})[row.person_id] = row.person
        return {name: list(held.values()) for name, held in named.items()}

    def body_of(self, text: str) -> Body | None:
        """The body that a name proposes as leading: that of the person called so, or the body whose own name stands within it."""
        bodies = {person.body for person in self.people.get(plain(text), [])}
        return (bodies.pop() if len(bodies) == 1 else None) or self.body_within(text)

    @cached_property
    def areas(self) -> dict[str, Any]:
        return _named(self.partnership.areas.all(), "name")

    @cached_property
    def themes(self) -> dict[str, Theme]:
        order = self._assessments()
        rows = list(Theme.objects.standing().filter(assessment__in=order).order_by("-order"))
        rows.sort(key=lambda row: order.index(row.assessment_id), reverse=True)  # of several called alike the last one is kept
        return _coded(rows) | _named(rows, "highlighted_as") | _named(rows, "title")

    def _assessments(self) -> list[int]:
        """Keys of those whose themes this plan may answer, that which counts for it first.

        A plan answers the assessment that it was written from, also when next year's is approved already: that whose themes it names or,
        where it names none yet, one that was made before its first day. Among several it is as for the golden thread: approved before
        those being made, the newest first; and those being made only where none was ever approved, as the forms have it."""
        held = list(Assessment.objects.foremost().filter(partnership=self.partnership).annotate(is_named=self._names_it()))
        held = [row for row in held if row.is_settled or row.is_named] or held
        begins = self.begins_on or date.max
        return [row.pk for row in sorted(held, key=lambda row: (not row.is_named, (row.to_on or date.min) > begins))]

    def _names_it(self) -> Any:
        """Of an assessment: whether this plan names a theme of it."""
        if self.plan is None:
            return Value(False)
        here = Theme.objects.standing().filter(assessment=OuterRef("pk"))
        named = {"numbers": Number, "priorities": Priority, "outcomes": Outcome}
        held = [here.filter(**{f"{name}__in": model.objects.standing().filter(plan=self.plan)}) for name, model in named.items()]
        return Exists(held[0]) | Exists(held[1]) | Exists(held[2])

    @cached_property
    def duties(self) -> dict[str, Any]:
        rows = list(self.partnership.duties.standing())
        return _coded(rows) | _named(rows, "title")

    @cached_property
    def groups(self) -> dict[str, Any]:
        rows = list(self.partnership.groups.standing())
        return _coded(rows) | _named(rows, "name")

    @cached_property
    def fundings(self) -> dict[str, Any]:
        rows = list(self.partnership.fundings.standing())
        return _coded(rows) | _named(rows, "title")

    @cached_property
    def sections(self) -> dict[str, Any]:
        return _named(self.plan.sections.standing(), "title") if self.plan else {}

    def fills_heading(self, section: Section, half: str, words: str) -> bool:
        """Whether a heading lacks this half and the file has told no other words for it yet."""
        if getattr(section, f"title_{half}"):
            return False
        return self._told_headings.setdefault((section.pk, half), words) == words

    @cached_property
    def _here(self) -> dict[int, Number]:
        rows = seen_by(self.user).filter(plan=self.plan).select_related("action", "section") if self.plan else ()
        return {row.number: row for row in rows}

    @cached_property
    def numbers(self) -> dict[int, Number]:
        """Every number of the plan that `user` may see, those of actions that were taken out too. What hangs on their actions is asked
        for once, and with it what hangs on those that go on from the plan before (`going_on`): say first which these are."""
        names = (name for name, fields in _TOUCHED.items() if self.speaks is None or self.speaks & fields)
        prefetch_related_objects([*self._here.values(), *self.going_on], *names)
        return self._here

    @cached_property
    def unseen(self) -> frozenset[int]:
        """Numbers whose action `user` may not see: they are neither free nor told of."""
        held = set(self.plan.numbers.values_list("number", flat=True)) if self.plan else set()
        return frozenset(held - set(self._here))

    def is_free(self, number: int) -> bool:
        """Whether no action bears this number in the plan; one that was taken out of it bears it no more."""
        held = self._here.get(number)
        return number not in self.unseen and (held is None or held.withdrawn_on is not None)

    @cached_property
    def before(self) -> Plan | None:
        """The last plan that was in force before this one begins."""
        return last_before(self.partnership, self.begins_on) if self.begins_on else None

    @cached_property
    def opened(self) -> list[Number]:
        """What the plan before still has open, as far as `user` may see it."""
        return still_open(self.user, self.before) if self.before else []

    @cached_property
    def served(self) -> Served:
        return Served(self.partnership, self.plan)

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
    def reports(self) -> list[Report]:
        """The measures that the plan reports."""
        if self.plan is None:
            return []
        return list(self.plan.reports.standing().filter(indicator__withdrawn_on=None).select_related("indicator__measure", "priority"))

    @cached_property
    def indicators(self) -> list[Indicator]:
        """What plans of the partnership report, the newest first."""
        rows = Indicator.objects.visible_to(self.user).standing().filter(measure__partnership=self.partnership, measure__withdrawn_on=None)
        return list(rows.select_related("measure").order_by("-pk"))

    @cached_property
    def measures(self) -> list[Measure]:
        return list(Measure.objects.visible_to(self.user).standing().filter(partnership=self.partnership))

    @cached_property
    def may_define(self) -> bool:
        return may(self.user, May.EDIT_MEASURES, self.partnership)

    @cached_property
    def _statuses(self) -> dict[str, str]:
        return both_languages(STATUSES.items())

    @cached_property
    def _rags(self) -> dict[str, str]:
        return both_languages((rag.value, rag.label) for rag in Rag)

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
    """A cell that lists several names: parted by semicolons or lines; by commas and slashes, and then by “and”, only where the whole
    is no name."""
    return _parted([each.strip(" •-\t") for each in re.split(r"[;\n]", text)], known, (r",|/", r"\s(?:and|&|a|ac)\s"))


def _parted(parts: list[str], known: dict[str, Any], marks: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for part in filter(None, (each.strip() for each in parts)):
        found += [part] if not marks or find(known, part) else _parted(re.split(marks[0], part), known, marks[1:])
    return found


def names_of(row: Any) -> frozenset[str]:
    """What a theme or duty may be called in a file: its title, its code and, of a theme, what the highlighted list calls it, in either
    language."""
    names = [f"{name}_{half}" for name in ("title", "highlighted_as") if hasattr(row, f"{name}_en") for half in ("cy", "en")]
    return frozenset(key for name in (*names, "code") for key in (plain(getattr(row, name)), folded(getattr(row, name)))) - {""}


def full_name(person: Person) -> str:
    return f"{person.given} {person.family}"


def _coded(rows: Iterable[Any]) -> dict[str, Any]:
    return {plain(row.code): row for row in rows}


def _named(rows: Iterable[Any], name: str) -> dict[str, Any]:
    return known_by((row, (getattr(row, f"{name}_cy"), getattr(row, f"{name}_en"))) for row in rows)


def both_languages(labels: Iterable[tuple[str, Any]]) -> dict[str, str]:
    found = {}
    for code, label in labels:
        for language in ("cy", "en"):
            with override(language):
                found[plain(str(label))] = code
    return found


def called(row: Any, name: str) -> str:
    """The pair of a row that names it, in the language of the page or, where it has none, in the other."""
    pair = row.pair(name)
    return str(pair.say() or pair.en or pair.cy)


def called_all(rows: Iterable[Any], name: str = "name") -> str:
    return "; ".join(sorted(called(row, name) for row in rows))
