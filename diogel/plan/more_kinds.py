"""The kinds of row that hang on an action, or on the partnership rather than one plan, with the forms that they take."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diogel.people.desk import fetch

from .forms_steps import DependencyForm, FundingForm, MilestoneForm
from .models import Number, Plan
from .models_money import Funding
from .models_steps import Dependency, Milestone
from .row_kind import Kind, asked


def _on_action(model: Any) -> Any:
    """A new row of the action whose number stands in the address."""

    def begin(request: HttpRequest, plan: Plan) -> Any:
        return model(action=fetch(Number.objects.select_related("action"), request.user, plan=plan, number=asked(request, "action")).action)

    return begin


def _on_partnership(model: Any) -> Any:
    def begin(_request: HttpRequest, plan: Plan) -> Any:
        return model(partnership=plan.partnership)

    return begin


def _action_page(row: Any, slug: str, code: str) -> str:
    """The page of the action that a row hangs on, under its number in this plan."""
    held = Number.objects.filter(action=row.action_id, plan__partnership__slug=slug, plan__code=code).first()
    return reverse("plan:action", args=[slug, code, held.number]) if held else reverse("plan:plan", args=[slug, code])


ON_ACTION = "action__numbers__plan"

MORE = {
    "milestone": Kind(
        Milestone,
        MilestoneForm,
        _("Add a milestone"),
        _("Correct the milestone"),
        _("Withdraw the milestone"),
        plan_path=ON_ACTION,
        begin=_on_action(Milestone),
        back=_action_page,
    ),
    "dependency": Kind(
        Dependency,
        DependencyForm,
        _("Add an action that it waits for"),
        _("Correct what it waits for"),
        _("It waits for it no more"),
        plan_path=ON_ACTION,
        begin=_on_action(Dependency),
        back=_action_page,
    ),
    "funding": Kind(
        Funding,
        FundingForm,
        _("Add a bid or a grant"),
        _("Correct the bid or grant"),
        _("Withdraw the bid or grant"),
        "plan:money",
        plan_path="",
        begin=_on_partnership(Funding),
    ),
}
