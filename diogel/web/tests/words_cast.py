"""Rows whose words wait, for the tests of the words desk and of what is withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any

from diogel.assessment.models import Assessment, Theme
from diogel.people.access import Role
from diogel.people.models import User
from diogel.people.tests.cast import Cast, bilingual, hold, make_person, make_user
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import Action

WHERE = "/en/gwynedd-mon/desk/words/"


def make_translator(cast: Cast) -> User:
    user = make_user(make_person("Iolo", "Cyfieithydd"))
    hold(user, cast.gwynedd_mon, Role.TRANSLATOR)
    return user


def make_theme(partnership: Any, code: str = "burglary", **columns: Any) -> Theme:
    assessment, _made = Assessment.objects.get_or_create(
        partnership=partnership, code="2021", defaults=bilingual("Asesiad", "Assessment", "title")
    )
    words = {"title_cy": "Byrgleriaeth", "title_en": "Burglary", "title_state": "draft"}
    return Theme.objects.create(assessment=assessment, code=code, **(words | columns))


def make_action(cast: Cast, number: int = 1, **columns: Any) -> Action:
    """An action in a plan that is in force, its title missing in Welsh unless told otherwise."""
    row = {"kind": "action", "reference": f"2021-22/{number}", "status": "agreed", "opened_on": date(2021, 4, 1), "title_en": "Train all"}
    action = Action.objects.create(partnership=cast.gwynedd_mon, **(row | columns))
    held = {"from_on": date(2021, 4, 1), "to_on": date(2099, 3, 31), "status": "in_force", **bilingual("Cynllun", "Plan", "title")}
    plan, _made = Plan.objects.get_or_create(partnership=cast.gwynedd_mon, code="2021-22", defaults=held)
    Number.objects.create(plan=plan, action=action, number=number)
    return action
