"""What a quarter's paper is made from: gathered once, in both languages, before anything is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from diogel.analysis.periods import Quarter
from diogel.indicators.models import Card, Context, Look, Observation
from diogel.people.models import Partnership
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import Update
from diogel.processes.actions.progress import Carried, carried


@dataclass(frozen=True)
class Progress:
    """One action in the quarter: its number, what was filed for it (or None), and how often it was carried over."""

    held: Number
    update: Update | None
    carried: Carried | None

    @property
    def is_filed(self) -> bool:
        return self.update is not None and self.update.state == Update.State.FILED

    def days_late(self, day: date) -> int:
        """Days past the day on which the update was due, counted to `day`; 0 where it was filed or is not late."""
        if self.is_filed or self.update is None or self.update.due_on is None:
            return 0
        return max(0, (day - self.update.due_on).days)


@dataclass(frozen=True)
class Measured:
    """One measure of the plan: this quarter's observation and the same quarter's of the year before, where there are any."""

    code: str
    measure: Any
    indicator: Any
    now: Observation | None
    before: Observation | None


@dataclass(frozen=True)
class Facts:
    """Everything that stands, whether it may be told or not; the paper chooses by allow-list."""

    partnership: Partnership
    quarter: Quarter
    day: date
    plan: Plan | None
    look: Look | None
    cards: tuple[Card, ...]
    progress: tuple[Progress, ...]
    measured: tuple[Measured, ...]
    context: tuple[Context, ...]
    is_synthetic: bool = False
    names: dict[str, dict[str, str]] = field(default_factory=dict)


def gather(partnership: Partnership, quarter: Quarter, *, day: date) -> Facts:
    """Read a quarter's facts. The plan is the one that was in force on the quarter's last day; an expired one is no plan."""
    plan = Plan.objects.filter(partnership=partnership).in_force(quarter.last_day).first()
    look = Look.objects.filter(partnership=partnership, quarter=str(quarter)).first()
    cards = tuple(look.cards.standing().select_related("area", "look__partnership")) if look else ()
    context = Context.objects.filter(partnership=partnership, withdrawn_on=None, from_on__lte=quarter.last_day).filter(
        Q(to_on=None, from_on__gte=quarter.first_day) | Q(to_on__gte=quarter.first_day)
    )
    return Facts(
        partnership=partnership,
        quarter=quarter,
        day=day,
        plan=plan,
        look=look,
        cards=cards,
        progress=_progress(plan, quarter) if plan else (),
        measured=_measured(plan, quarter) if plan else (),
        context=tuple(context),
        is_synthetic=bool(look and look.is_synthetic),
        names={area.code: {"cy": area.name_cy, "en": area.name_en} for area in partnership.areas.all()},
    )


def _progress(plan: Plan, quarter: Quarter) -> tuple[Progress, ...]:
    rows = (
        plan.numbers.standing()
        .select_related("action__lead_body", "section")
        .prefetch_related("action__updates", "action__carry_overs", "action__bodies")
    )
    return tuple(
        Progress(
            held,
            next((each for each in held.action.updates.all() if each.quarter == str(quarter) and not each.withdrawn_on), None),
            carried(held.action),
        )
        for held in rows
        if not held.action.withdrawn_on
    )


def _measured(plan: Plan, quarter: Quarter) -> tuple[Measured, ...]:
    """Every indicator of the plan; one that is reported in several figures is told figure by figure."""
    told = []
    year_before = quarter - 4
    reports = plan.reports.standing().select_related("indicator__measure").order_by("indicator__order", "indicator__code")
    measures = {measure.code: measure for measure in plan.partnership.measures.standing().prefetch_related("observations")}
    for report in reports:
        indicator = report.indicator
        parts = [
            code
            for code in measures
            if code != indicator.code and code.startswith(indicator.code) and code.removeprefix(indicator.code).isalpha()
        ]
        for code in sorted(parts) or [indicator.measure.code]:
            measure = measures.get(code)
            if measure is not None:
                told.append(Measured(code, measure, indicator, _observed(measure, quarter), _observed(measure, year_before)))
    return tuple(told)


def _observed(measure: Any, quarter: Quarter) -> Observation | None:
    """The observation of exactly this quarter; a year's figure is not a quarter's."""
    return next(
        (
            each
            for each in measure.observations.all()
            if not each.withdrawn_on and each.wave_id is None and each.from_on == quarter.first_day and each.to_on == quarter.last_day
        ),
        None,
    )
