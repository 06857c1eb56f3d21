"""What a quarter's papers are made from: gathered once, before anything is told or allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from diogel.analysis.periods import Month, Quarter
from diogel.crime import counting
from diogel.indicators import looking
from diogel.indicators.models import Card, Context, Look, Observation
from diogel.indicators.rounds import Owed, owed
from diogel.people.models import Partnership
from diogel.places import codes
from diogel.places.models import Area, Population
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import Update
from diogel.processes.actions.progress import Carried, carried

from .ledger import masks_for
from .masks import Masks
from .models import OneLanguage
from .one_language import language_of
from .quarterly_scope import QuarterScope, parts_of


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
    """One measure: this quarter's observation and that of a year before, where there are any, and what of this quarter's is owed.

    `whole` is the measure that its indicator names, of which this one may be a part; `indicator` is None where no plan
    is in force.
    """

    code: str
    measure: Any
    whole: Any
    indicator: Any
    now: Observation | None
    before: Observation | None
    owed: Owed | None


@dataclass(frozen=True)
class Facts:
    """Everything that stands, whether it may be told or not; what may leave is decided by the allow-lists alone.

    `before` holds recorded counts of the same quarter a year before, by area and type, None where a month of it is not whole;
    `masks` what the public is not told of the measures; `rule` is there where the papers are in one language.
    """

    partnership: Partnership
    quarter: Quarter
    day: date
    plan: Plan | None
    look: Look | None
    areas: tuple[Area, ...]
    residents: dict[str, Population]
    before: dict[tuple[str, str], int | None]
    cards: tuple[Card, ...]
    progress: tuple[Progress, ...]
    measured: tuple[Measured, ...]
    context: tuple[Context, ...]
    left_out: tuple[Month, ...]
    crime: counting.Source | None
    gaps: counting.Gaps
    masks: Masks
    rule: OneLanguage | None = None

    @property
    def only(self) -> str:
        """The one language of the papers, or nothing."""
        return language_of(self.rule)


def gather(partnership: Partnership, quarter: Quarter, *, day: date) -> Facts:
    """Read a quarter's facts as they stand on `day`."""
    scope = QuarterScope.of(partnership, quarter)
    areas = tuple(scope.areas())
    measured = measured_in(scope, day)
    return Facts(
        partnership=partnership,
        quarter=quarter,
        day=day,
        plan=scope.plan,
        look=scope.look,
        areas=areas,
        residents=_residents(areas),
        before=_counted(areas, quarter - 4) if scope.look else {},
        cards=tuple(scope.cards().select_related("area", "look__partnership")),
        progress=_progress(scope),
        measured=measured,
        context=tuple(scope.events()),
        left_out=tuple(month for month in looking.excluded_months(partnership) if month <= quarter.ending),
        crime=counting.source(force=_force(areas), last=quarter.ending),
        gaps=counting.gaps(last=quarter.ending, force=_force(areas)),
        masks=masks_of(partnership, measured),
        rule=scope.rule,
    )


def measured_in(scope: QuarterScope, day: date) -> tuple[Measured, ...]:
    """The measures that the quarter's papers tell of."""
    return tuple(_of_plan(scope, day) if scope.plan else _of_partnership(scope))


def masks_of(partnership: Partnership, measured: Iterable[Measured]) -> Masks:
    """What the public paper withholds of both its columns, and why."""
    return masks_for(partnership, [row for each in measured for row in (each.now, each.before) if row])


def _force(areas: Iterable[Area]) -> str:
    """The police force whose files count for these areas; of none that is known, the only one there is."""
    known = {one.code: one.force_slug for one in codes.AUTHORITIES}
    return next((known[area.code] for area in areas if area.code in known), codes.AUTHORITIES[0].force_slug)


def _residents(areas: tuple[Area, ...]) -> dict[str, Population]:
    """The newest count of residents that the installation knows of each area."""
    rows = Population.objects.filter(area__in=areas).select_related("area").order_by("year")
    return {row.area.code: row for row in rows}


def _counted(areas: tuple[Area, ...], quarter: Quarter) -> dict[tuple[str, str], int | None]:
    try:
        cube = counting.cube(areas=[area.code for area in areas], first=quarter.months[0], last=quarter.ending)
    except codes.UnknownArea:
        return {}
    return {
        (area, type_): int(cube.values[a, t].sum()) if cube.known[a].all() else None
        for a, area in enumerate(cube.areas)
        for t, type_ in enumerate(cube.types)
    }


def _progress(scope: QuarterScope) -> tuple[Progress, ...]:
    rows = scope.numbers().select_related("action__lead_body").prefetch_related("action__updates", "action__carry_overs", "action__bodies")
    return tuple(Progress(held, _update(held, scope.quarter), carried(held.action)) for held in rows)


def _update(held: Number, quarter: Quarter) -> Update | None:
    return next((each for each in held.action.updates.all() if each.quarter == str(quarter) and not each.withdrawn_on), None)


def _of_plan(scope: QuarterScope, day: date) -> Iterator[Measured]:
    """Every indicator of the plan; one that is reported in several figures is told figure by figure."""
    assert scope.plan is not None
    reports = scope.plan.reports.standing().select_related("indicator__measure").order_by("indicator__order", "indicator__code")
    measures = {measure.code: measure for measure in scope.measures().prefetch_related("observations")}
    for report in reports:
        indicator = report.indicator
        if indicator.withdrawn_on or indicator.measure.code not in measures:
            continue
        whole = measures[indicator.measure.code]
        for code in parts_of(whole.code, measures):
            yield _measured(measures[code], whole, indicator, scope.quarter, day)


def _of_partnership(scope: QuarterScope) -> Iterator[Measured]:
    """Where no plan is in force: the measures for which a figure of this very quarter came, without a plan's verdict on them."""
    for measure in scope.measures().prefetch_related("observations"):
        if observed(measure, scope.quarter):
            yield _measured(measure, measure, None, scope.quarter, scope.quarter.last_day)


def _measured(measure: Any, whole: Any, indicator: Any, quarter: Quarter, day: date) -> Measured:
    standing = sorted((each for each in measure.observations.all() if not each.withdrawn_on), key=lambda each: each.to_on, reverse=True)
    waits = owed(standing, day)
    is_ours = waits is not None and (waits.from_on, waits.to_on) == (quarter.first_day, quarter.last_day) and not waits.has_stopped
    return Measured(
        measure.code, measure, whole, indicator, observed(measure, quarter), observed(measure, quarter - 4), waits if is_ours else None
    )


def observed(measure: Any, quarter: Quarter) -> Observation | None:
    """The observation of exactly this quarter; a year's figure is not a quarter's."""
    days = quarter.first_day, quarter.last_day
    rows = (each for each in measure.observations.all() if not each.withdrawn_on and each.wave_id is None)
    return next((each for each in rows if (each.from_on, each.to_on) == days), None)
