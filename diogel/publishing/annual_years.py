"""Which year an annual report tells of: a year of a plan, from a day to a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from diogel.people.models import Partnership
from diogel.plan.models import Plan

from .models import OneLanguage
from .one_language import beside, read, rule_of


@dataclass(frozen=True)
class Year:
    """One year of a plan; a plan of three years has three, and a plan that is shorter has one that is shorter."""

    plan: Plan
    from_on: date
    to_on: date

    @property
    def partnership(self) -> Partnership:
        return self.plan.partnership  # type: ignore[no-any-return]

    @property
    def rule(self) -> OneLanguage | None:
        """There where its report is in one language."""
        return read(self.plan.rule) if hasattr(self.plan, "rule") else rule_of(self.partnership, OneLanguage.Document.ANNUAL)

    @property
    def key(self) -> str:
        """The year's last month, as a quarter is known by its own."""
        return f"{self.to_on:%Y-%m}"

    def is_over(self, day: date) -> bool:
        return day > self.to_on

    @property
    def quarters(self) -> tuple[str, str]:
        """The first and the last month in which a quarter of this year may end."""
        return f"{self.from_on:%Y-%m}", self.key


def years_of(plan: Plan) -> list[Year]:
    """The plan's years in their order."""
    found, begins = list[Year](), plan.from_on
    while begins <= plan.to_on:
        ends = min(_year_later(begins) - timedelta(days=1), plan.to_on)
        found.append(Year(plan, begins, ends))
        begins = ends + timedelta(days=1)
    return found


def begun(partnership: Any, user: Any, day: date) -> list[Year]:
    """Every year of a standing plan that has begun and that `user` may see, the latest first."""
    plans = Plan.objects.visible_to(user).standing().filter(partnership=partnership)
    return begun_of(plans.select_related("partnership").annotate(rule=beside(OneLanguage.Document.ANNUAL)), day)


def begun_of(plans: Iterable[Plan], day: date) -> list[Year]:
    """Every year of these plans that has begun, the latest first. A draft plan has none."""
    found = [year for plan in plans if plan.status != Plan.Status.DRAFT for year in years_of(plan) if year.from_on <= day]
    return sorted(found, key=lambda year: year.to_on, reverse=True)


def _year_later(day: date) -> date:
    return day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)
