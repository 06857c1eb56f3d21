"""The kinds of row that hang on an action, or on the partnership rather than one plan, with the forms that they take."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diogel.home import today
from diogel.people.desk import fetch

from .forms_duties import ConsiderationForm, JudgementForm, ProofForm
from .forms_regional import AdoptionForm, EscalationForm, GroupReviewForm, RegionalItemForm, VentureForm
from .forms_steps import DependencyForm, FundingForm, MilestoneForm
from .models import Number, Plan, Principle
from .models_duties import Judgement, Proof
from .models_money import Funding
from .models_regional import Adoption, Escalation, GroupReview, RegionalItem
from .models_steps import Dependency, Milestone
from .models_ventures import Venture
from .models_weighed import Consideration
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


def _begin_judgement(request: HttpRequest, plan: Plan) -> Judgement:
    tests = Principle.objects.standing().filter(kind=Principle.Kind.TEST)
    return Judgement(plan=plan, principle=fetch(tests, request.user, plan=plan, pk=asked(request, "principle")), judged_on=today())


def _begin_adoption(request: HttpRequest, plan: Plan) -> Adoption:
    items = RegionalItem.objects.standing()
    return Adoption(item=fetch(items, request.user, partnership=plan.partnership, pk=asked(request, "item")))


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
    "proof": Kind(
        Proof, ProofForm, _("Say how a duty is met"), _("Correct how the duty is met"), _("Withdraw how the duty is met"), "plan:duties"
    ),
    "judgement": Kind(
        Judgement,
        JudgementForm,
        _("Judge how far the test is met"),
        _("Correct the judgement"),
        _("Withdraw the judgement"),
        "plan:weighed",
        begin=_begin_judgement,
    ),
    "consideration": Kind(
        Consideration,
        ConsiderationForm,
        _("Say how the action was weighed"),
        _("Correct how the action was weighed"),
        _("Withdraw how the action was weighed"),
        plan_path=ON_ACTION,
        begin=_on_action(Consideration),
        back=_action_page,
    ),
    "venture": Kind(
        Venture,
        VentureForm,
        _("Say that it is a service development, a study or a pilot"),
        _("Correct the service development, study or pilot"),
        _("It is plain work after all"),
        plan_path=ON_ACTION,
        begin=_on_action(Venture),
        back=_action_page,
    ),
    "regional": Kind(
        RegionalItem,
        RegionalItemForm,
        _("Add a regional commitment"),
        _("Correct the regional commitment"),
        _("Withdraw the regional commitment"),
        "plan:regional",
        plan_path="",
        begin=_on_partnership(RegionalItem),
    ),
    "adoption": Kind(
        Adoption,
        AdoptionForm,
        _("Say what a county makes of it"),
        _("Correct what the county makes of it"),
        _("Withdraw what the county makes of it"),
        "plan:regional",
        plan_path="",
        begin=_begin_adoption,
    ),
    "escalation": Kind(
        Escalation,
        EscalationForm,
        _("Raise a difficulty"),
        _("Correct the difficulty, or decide on it"),
        _("Withdraw the difficulty"),
        "plan:regional",
        plan_path="",
        begin=_on_partnership(Escalation),
    ),
    "review": Kind(
        GroupReview,
        GroupReviewForm,
        _("Add what a review found"),
        _("Correct what the review found"),
        _("Withdraw what the review found"),
        "plan:ventures",
        plan_path="",
        begin=_on_partnership(GroupReview),
    ),
}
