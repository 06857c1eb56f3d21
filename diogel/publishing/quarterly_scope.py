"""Which rows a quarter's papers tell of; the papers and the page that says what they wait for both begin here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from diogel.analysis.periods import Quarter
from diogel.crime import counting
from diogel.indicators.models import Card, Context, Look, Measure, Observation
from diogel.people.models import Partnership
from diogel.places.models import Area
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import Update

from .counts_of_figures import is_part
from .models import OneLanguage
from .one_language import beside, language_of, read, rule_of
from .snapshot_scopes import HIDDEN

EARLIER = 6
"""Months before the quarter in which something recorded may still bear on its figures."""


@dataclass(frozen=True)
class QuarterScope:
    """One quarter of one partnership, with the plan that was in force on its last day, an expired one being no plan, its look, and the
    rule by which its papers are in one language, where there is one."""

    partnership: Partnership
    quarter: Quarter
    plan: Plan | None
    look: Look | None
    rule: OneLanguage | None = None

    @classmethod
    def of(cls, partnership: Partnership, quarter: Quarter) -> QuarterScope:
        plan = Plan.objects.filter(partnership=partnership).in_force(quarter.last_day).first()
        alone = OneLanguage.Document.QUARTER
        look = Look.objects.filter(partnership=partnership, quarter=str(quarter)).annotate(rule=beside(alone)).first()
        rule = read(look.rule) if look else rule_of(partnership, alone)
        return cls(partnership, quarter, plan, look if look and _is_of_this_store(look) else None, rule)

    @property
    def only(self) -> str:
        """The one language of the quarter's papers, or nothing."""
        return language_of(self.rule)

    @property
    def spans(self) -> tuple[tuple[date, date], tuple[date, date]]:
        """First and last day of the quarter, and of the same quarter a year before."""
        before = self.quarter - 4
        return (self.quarter.first_day, self.quarter.last_day), (before.first_day, before.last_day)

    def areas(self) -> QuerySet[Area]:
        return self.partnership.areas.order_by("code")

    def cards(self) -> QuerySet[Card]:
        return Card.objects.standing().filter(look=self.look) if self.look else Card.objects.none()

    def numbers(self) -> QuerySet[Number]:
        """The plan's actions that are not kept to a few; none without a plan."""
        if self.plan is None:
            return Number.objects.none()
        return self.plan.numbers.standing().filter(action__withdrawn_on=None).exclude(action__visibility__in=HIDDEN)

    def updates(self) -> QuerySet[Update]:
        """What was filed for this quarter."""
        filed = Update.objects.filter(quarter=str(self.quarter), withdrawn_on=None, state=Update.State.FILED)
        return filed.filter(action__in=self.numbers().order_by().values("action"))

    def measures(self) -> QuerySet[Measure]:
        """All standing measures of the partnership."""
        return self.partnership.measures.standing()

    @cached_property
    def measures_told(self) -> frozenset[int]:
        """Keys of the measures that the plan reports, part by part; none without a plan, where the figures that came decide."""
        if self.plan is None:
            return frozenset()
        reports = self.plan.reports.standing().filter(indicator__withdrawn_on=None, indicator__measure=OuterRef("pk"))
        rows = list(self.measures().annotate(is_reported=Exists(reports)).values_list("code", "pk", "is_reported"))
        known = {code: pk for code, pk, _is_reported in rows}
        return frozenset(known[code] for whole, _pk, is_reported in rows if is_reported for code in parts_of(whole, known))

    def observations(self) -> QuerySet[Observation]:
        """Figures of exactly this quarter or exactly that of a year before; a year's figure is not a quarter's."""
        days = Q()
        for first, last in self.spans:
            days |= Q(from_on=first, to_on=last)
        return Observation.objects.standing().filter(days, measure__in=self.measures().order_by(), wave=None)

    def events(self) -> QuerySet[Context]:
        """Events that reach into the quarter, or began not long before it and have not ended."""
        still = Q(to_on=None, from_on__gte=(self.quarter.months[0] - EARLIER).first_day)
        rows = Context.objects.standing().filter(Q(to_on__gte=self.quarter.first_day) | still, partnership=self.partnership)
        return rows.filter(from_on__lte=self.quarter.last_day)


def _is_of_this_store(look: Look) -> bool:
    """A look at invented rows is not told once real ones have taken their place, nor the other way round: no paper joins the two."""
    kind = counting.kind_of_store()
    return kind is None or look.is_synthetic == (kind == "synthetic")


def parts_of(whole: str, codes_known: Iterable[str]) -> list[str]:
    """The measures in which one is reported: those whose code is its own with letters after it, else itself."""
    return sorted(code for code in codes_known if is_part(code, whole)) or [whole]
