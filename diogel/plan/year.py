"""The year of one plan: what the rules give, with what people moved, said not to apply, or added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext_lazy as _

from diogel.people.access import ROLE_NAMES, May, Role
from diogel.words.pairs import Pair

from .models import Plan, YearStep
from .wheel.rules import Planned, reckon

PAGES: dict[str, tuple[Any, May]] = {
    "plan:plan": (_("Plan"), May.SEE_DESK),
    "plan:sources": (_("Sources"), May.SEE_DESK),
    "plan:consultations": (_("Consultation"), May.SEE_DESK),
    "plan:weighed": (_("How we work"), May.SEE_DESK),
    "plan:money": (_("Money"), May.SEE_FUNDING),
    "rounds:rounds": (_("Updates"), May.SEE_PEOPLE),
    "assessment:themes": (_("Themes"), May.SEE_DESK),
    "indicators:figures": (_("Figures"), May.SEE_DESK),
    "unusual:desk": (_("Unusual figures"), May.SEE_DESK),
    "publishing:papers": (_("Papers"), May.SEE_DESK),
    "words:desk": (_("Words"), May.CHECK_PAIRS),
    "people:groups": (_("People and groups"), May.SEE_DESK),
}
"""Where a step is done: what the page is called, and what it takes to open it."""


@dataclass(frozen=True)
class Step:
    """One step as it stands: `planned` where a rule gives it, `row` where somebody wrote or changed it."""

    on: date
    planned: Planned | None = None
    row: YearStep | None = None

    @property
    def title(self) -> Pair:
        return self.planned.rule.title if self.planned else self._written.pair("title")

    @property
    def note(self) -> Pair:
        """What the rule says of it, or its own note."""
        return self.planned.rule.note if self.planned else self._written.pair("note")

    @property
    def why(self) -> Pair | None:
        """Why it was moved or does not apply."""
        return self.row.pair("note") if self.planned and self.row else None

    @property
    def _written(self) -> YearStep:
        assert self.row is not None  # what no rule gives, somebody wrote
        return self.row

    @property
    def applies(self) -> bool:
        return self.row is None or self.row.applies

    @property
    def moved_from(self) -> date | None:
        return self.planned.on if self.planned and self.planned.on != self.on else None

    @property
    def role(self) -> Any:
        code = self.planned.rule.role if self.planned else self._written.role
        return ROLE_NAMES[Role(code)] if code else ""

    @property
    def days(self) -> int:
        return self.planned.rule.days if self.planned else 1

    @cached_property
    def mark(self) -> str:
        """What tells it from every other step of its plan, however the plan's dates are corrected."""
        return self.planned.key if self.planned else f"own.{self._written.pk}"

    @property
    def say(self) -> str:
        """Its title in the language of the page, else in the other."""
        return self.title.say() or self.title.en or self.title.cy

    def uid(self, plan: Plan) -> str:
        return str(uuid5(NAMESPACE_URL, f"urn:diogel:{plan.partnership.slug}:{plan.code}:{self.mark}"))


def jurisdiction_of(partnership: Any) -> str:
    """`wales` where every area lies there, `england` likewise; nothing where there is no area, or where they lie in both."""
    first = {code[:1] for code in partnership.areas.values_list("code", flat=True)}
    return {frozenset("W"): "wales", frozenset("E"): "england"}.get(frozenset(first), "")


def year_steps(plan: Plan) -> list[Step]:
    """Every step of the plan's years, by day; those that do not apply among them. The plan knows its partnership."""
    planned = planned_steps(plan)
    rows = list(plan.year_steps.standing())
    changed = {row.key: row for row in rows if row.key}
    found = [Step(changed[each.key].due_on if each.key in changed else each.on, each, changed.get(each.key)) for each in planned]
    given = {each.key for each in planned}
    found += [Step(row.due_on, row=row) for row in rows if row.key not in given]
    return sorted(found, key=lambda step: (step.on, step.mark))


def planned_steps(plan: Plan) -> list[Planned]:
    """What the rules alone give."""
    place = jurisdiction_of(plan.partnership)
    return reckon(from_on=plan.from_on, to_on=plan.to_on, adopted_on=plan.adopted_on, jurisdiction=place)


def plan_of_today(user: Any, partnership: Any, day: date) -> Plan | None:
    """The plan in force on `day`, else the latest; None where there is none."""
    plans = Plan.objects.visible_to(user).filter(partnership=partnership)
    return plans.in_force(day).first() or plans.standing().first()
