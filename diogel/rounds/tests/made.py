"""A plan with three actions, and a round that asks about them: Bryn about two, Ann about one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from diogel.analysis.periods import Quarter
from diogel.people.models import Body
from diogel.people.tests.cast import Cast, bilingual
from diogel.plan.models import Number, Plan
from diogel.post.links import token_of
from diogel.post.models import SignedLink
from diogel.processes.actions.models import Action, Update
from diogel.rounds.models import Request, Round
from diogel.rounds.running import open_round, prepare_round

QUARTER = Quarter.parse("2021-12")
D3, D10, D14, D15, D17, D18 = (date(2022, 1, day) for day in (3, 10, 14, 15, 17, 18))


@dataclass
class Asked:
    cast: Cast
    plan: Plan
    round: Round

    def request(self, number: int) -> Request:
        return Request.objects.select_related("round", "update__action").get(round=self.round, number=number)

    def token(self, user: Any) -> str:
        return token_of(SignedLink.objects.get(person=user.person, withdrawn_on=None))

    def page(self, user: Any, rest: str = "", language: str = "en") -> str:
        return f"/{language}/gwynedd-mon/answer/{self.token(user)}/{rest}"


def make_plan(cast: Cast, code: str = "2021-22") -> Plan:
    plan = Plan.objects.create(
        partnership=cast.gwynedd_mon, code=code, status="in_force", from_on=date(2021, 4, 1), to_on=date(2022, 3, 31),
        **bilingual("Cynllun", "Plan", "title"),
    )  # fmt: skip
    for number, body in ((1, cast.police), (2, cast.police), (3, cast.council)):
        add_action(plan, number, body)
    return plan


def add_action(plan: Plan, number: int, body: Body) -> None:
    """One more action of the plan, which `body` leads."""
    action = Action.objects.create(
        kind="action", reference=f"{plan.code}/{number}", partnership=plan.partnership, status="in_progress", opened_on=date(2021, 4, 1),
        lead_body=body, **bilingual(f"Gwaith {number}", f"Work {number}", "title"),
    )  # fmt: skip
    action.bodies.set([body])
    Number.objects.create(plan=plan, action=action, number=number)


def tell_before(plan: Plan, number: int, **values: Any) -> Update:
    """What was told of an action a quarter earlier."""
    action = plan.numbers.get(number=number).action
    told = {"status": "in_progress", "rag": "amber", "percent": 40} | bilingual("Dau sesiwn.", "Two sessions.", "text") | values
    return Update.objects.create(action=action, quarter="2021-09", state="filed", filed_on=date(2021, 10, 5), **told)


def make_round(cast: Cast) -> Asked:
    plan = make_plan(cast)
    tell_before(plan, 1)
    round_ = prepare_round(plan, QUARTER, by=cast.ann, on=D3)
    open_round(round_, by=cast.ann, on=D3)
    return Asked(cast, plan, round_)
