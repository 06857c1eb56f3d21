"""A small plan with one row of every kind, all checked, for the tests of what may be published of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from diogel.assessment.models import Assessment, Duty, Theme
from diogel.indicators.models import Indicator, Measure, Observation
from diogel.people.tests.cast import Cast, bilingual
from diogel.plan.models import Lead, Number, Objective, Outcome, Plan, Principle, Priority, Report, Section, Source, Stated
from diogel.processes.actions.models import Action, CarryOver, SubAction, Update


@dataclass(frozen=True)
class APlan:
    """What the tests reach for by name."""

    plan: Plan
    action: Action
    part: SubAction
    update: Update
    theme: Theme
    priority: Priority
    sensitive: Measure
    observed: Observation


def make_plan(cast: Cast) -> APlan:
    """Gwynedd and Anglesey's plan of the year, in the database."""
    who = cast.gwynedd_mon
    plan = Plan.objects.create(
        partnership=who,
        code="2021-22",
        from_on=date(2021, 4, 1),
        to_on=date(2022, 3, 31),
        status="in_force",
        **_pairs("Cynllun", "Plan", "title", "introduction", "monitoring"),
    )
    assessment = Assessment.objects.create(partnership=who, code="a", to_on=date(2020, 12, 31), **_pairs("Asesiad", "Assessment", "title"))
    theme = Theme.objects.create(
        assessment=assessment,
        code="hate",
        band="medium_high",
        decision="priority",
        **_pairs("Casineb", "Hate", "title", "rationale", "decision_reason"),
    )
    duty = Duty.objects.create(partnership=who, code="prevent", **_pairs("Prevent", "Prevent", "title", "law"))
    section = Section.objects.create(plan=plan, code="pilots", number=1, **_pairs("Peilotau", "Pilots", "title"))
    Section.objects.create(plan=plan, code="empty", number=2, **_pairs("Gwag", "Empty", "title"))
    priority = Priority.objects.create(
        plan=plan, code="hate", number=1, listed="highlighted", **_pairs("Casineb", "Hate", "title", "summary")
    )
    priority.themes.set([theme])
    Lead.objects.create(priority=priority, body=cast.police, **_pairs("Arolygydd", "Inspector", "role"))
    objective = Objective.objects.create(
        plan=plan, priority=priority, code="1.1", direction="increase", **_pairs("Codi", "Raise", "title", "heading")
    )
    action, part, update = _action(cast, plan, section, theme, duty, priority)
    Outcome.objects.create(plan=plan, row=1, theme=theme, duty=duty, cited=14, **_pairs("Canlyniad", "Outcome", "outputs", "short", "long"))
    sensitive, observed = _measures(plan, priority, objective)
    source = Source.objects.create(plan=plan, code="pcc", **_pairs("Comisiynydd", "Commissioner", "title", "owner"))
    Stated.objects.create(source=source, **_pairs("Cam-drin", "Abuse", "title")).priorities.set([priority])
    Principle.objects.create(plan=plan, kind="way", code="long", **_pairs("Hirdymor", "Long term", "title", "statement"))
    return APlan(plan, action, part, update, theme, priority, sensitive, observed)


def _action(cast: Cast, plan: Plan, section: Section, theme: Theme, duty: Duty, priority: Priority) -> Any:
    action = Action.objects.create(
        partnership=plan.partnership,
        kind="action",
        reference="2021-22/14",
        status="in_progress",
        opened_on=date(2021, 4, 1),
        lead_body=cast.police,
        **_pairs("Annog pobl", "Encourage people", "title", "text", "regional"),
    )
    action.bodies.set([cast.police])
    action.areas.set([cast.gwynedd])
    part = SubAction.objects.create(action=action, code="14a", body=cast.council, **_pairs("Rhan", "Part", "title"))
    held = Number.objects.create(plan=plan, action=action, number=14, section=section)
    held.themes.set([theme])
    held.duties.set([duty])
    held.priorities.set([priority])
    update = Update.objects.create(
        action=action,
        quarter="2021-12",
        state="filed",
        status="in_progress",
        rag="amber",
        filed_on=date(2022, 1, 10),
        filed_by=cast.bryn.person,
        **_pairs("Cynhaliwyd sesiynau", "Sessions were held", "text", "obstacle", "next_step"),
    )
    CarryOver.objects.create(action=action, from_plan="2020-21", months=10, **_pairs("Y pandemig", "The pandemic", "reason"))
    return action, part, update


def _measures(plan: Plan, priority: Priority, objective: Objective) -> tuple[Measure, Observation]:
    measure = Measure.objects.create(
        partnership=plan.partnership,
        code="G6",
        unit="count",
        is_sensitive=True,
        **_pairs("Adroddiadau casineb", "Hate reports", "title", "definition", "source"),
    )
    observed = Observation.objects.create(measure=measure, from_on=date(2021, 10, 1), to_on=date(2021, 12, 31), value=3)
    indicator = Indicator.objects.create(
        measure=measure,
        code="G6",
        direction="increase",
        accountability="contributory",
        better="up",
        **_pairs("Adroddiadau", "Reports", "title", "why"),
    )
    Report.objects.create(plan=plan, indicator=indicator, priority=priority).objectives.set([objective])
    return measure, observed


def _pairs(cy: str, en: str, *names: str) -> dict[str, str]:
    return bilingual(cy, en, *names)
