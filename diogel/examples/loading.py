"""Loads an example partnership whole, in the order in which its parts rest on one another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from diogel.people.models import Partnership
from diogel.places.models import Area

from . import (
    loading_assessment,
    loading_demo,
    loading_exchange,
    loading_plan,
    loading_plan_life,
    loading_plan_more,
    loading_round,
    loading_shared,
)
from .reading import read

Step = Callable[[dict[str, Any], "Loaded"], None]


@dataclass
class Loaded:
    """What has been loaded so far, by code, for the parts that refer to it."""

    partnership: Partnership
    areas: dict[str, Area] = field(default_factory=dict)
    bodies: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, Any] = field(default_factory=dict)
    duties: dict[str, Any] = field(default_factory=dict)
    themes: dict[str, Any] = field(default_factory=dict)
    indicators: dict[str, Any] = field(default_factory=dict)
    priorities: dict[str, Any] = field(default_factory=dict)
    objectives: dict[str, Any] = field(default_factory=dict)
    actions: dict[int, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)


STEPS: tuple[Step, ...] = (
    loading_shared.bodies,
    loading_shared.groups,
    loading_shared.duties_and_claims,
    loading_shared.context,
    loading_plan.assessment,
    loading_plan.indicators,
    loading_plan.survey,
    loading_plan.plan,
    loading_plan.priorities,
    loading_plan.actions,
    loading_plan.outcomes,
    loading_plan.reports,
    loading_plan_more.steps,
    loading_plan_more.funding,
    loading_plan_more.duties,
    loading_plan_more.weighed,
    loading_plan_more.ventures,
    loading_plan_more.regional,
    loading_plan_life.life,
    loading_plan_life.consultations,
    loading_plan_life.let_stand,
    loading_demo.people,
    loading_round.opened,
    loading_demo.progress,
    loading_round.followed,
    loading_demo.tensions,
    loading_exchange.files,
    loading_exchange.returned,
    loading_assessment.year,
)


def load(slug: str, *, with_people: bool) -> Partnership:
    """Load one example; loading it again changes nothing. Invented people are made only in a demo home."""
    data = read(slug)
    partnership = loading_shared.partnership(data)
    loaded = Loaded(partnership, areas=loading_shared.areas(data))
    for step in STEPS:
        if with_people or step is not loading_demo.people:
            step(data, loaded)
    return partnership
