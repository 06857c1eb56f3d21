"""Forms of milestones, of the actions that an action waits for, and of money."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diogel.people.choices import OneOf, SomeOf
from diogel.people.editing import RowForm
from diogel.people.models import Body
from diogel.processes.actions.models import Action

from .models import Number
from .models_money import Funding
from .models_steps import Dependency, Milestone


def numbered_actions(partnership: Any, by: Any) -> Any:
    """The actions of a partnership that `by` may see and that some plan numbers, for a choice."""
    held = Number.objects.standing().filter(plan__partnership=partnership, plan__withdrawn_on=None)
    return Action.objects.visible_to(by).filter(pk__in=held.values("action"), withdrawn_on=None).distinct().order_by("reference")


class MilestoneForm(RowForm):
    pair_labels = {"title": _("Milestone")}
    required_pairs = frozenset({"title"})

    class Meta:
        model = Milestone
        fields = ["due_on", "done_on"]
        labels = {"due_on": _("To be reached by"), "done_on": _("Reached on (optional)")}


class DependencyForm(RowForm):
    pair_labels = {"why": _("Why it has to wait (optional)")}

    class Meta:
        model = Dependency
        fields = ["on"]

    def offer(self, partnership: Any) -> None:
        rows = numbered_actions(partnership, self.by).exclude(pk=self.instance.action_id)
        self.fields["on"] = OneOf(rows, label=_("The action that has to come first"), mark="reference")


class FundingForm(RowForm):
    pair_labels = {"title": _("Source"), "conditions": _("Conditions")}
    long_pairs = frozenset({"conditions"})
    required_pairs = frozenset({"title"})

    class Meta:
        model = Funding
        fields = ["code", "state", "amount", "spent", "bid_by", "from_on", "to_on", "lead", "actions"]
        widgets = {"state": forms.RadioSelect}
        labels = {
            "code": _("Short name"),
            "state": _("State"),
            "amount": _("Amount, in pounds (optional)"),
            "spent": _("Spent so far, in pounds (optional)"),
            "bid_by": _("Last day for the bid (optional)"),
            "from_on": _("From (optional)"),
            "to_on": _("Until (optional)"),
        }

    def offer(self, partnership: Any) -> None:
        bodies = Body.objects.filter(memberships__partnership=partnership).distinct()
        self.fields["lead"] = OneOf(bodies, label=_("Body that holds it"), required=False, name="name")
        self.fields["actions"] = SomeOf(numbered_actions(partnership, self.by), label=_("Actions that it pays for"), mark="reference")
        field: Any = self.fields["state"]
        field.choices = [(value, capfirst(label)) for value, label in Funding.State.choices]
        for name in ("amount", "spent"):
            self.fields[name].validators.append(MinValueValidator(0))

    def clean_actions(self) -> list[Action]:
        """Actions that it pays for and that `by` may not see stay as they are."""
        chosen = list(self.cleaned_data["actions"])
        if not self.instance.pk:
            return chosen
        seen = numbered_actions(self.partnership, self.by)
        return [*chosen, *self.instance.actions.exclude(pk__in=seen.values("pk"))]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("state") in (Funding.State.GRANTED, Funding.State.ENDED) and not values.get("to_on"):
            self.add_error("to_on", ValidationError(gettext("Say until when: this is what runs out")))
        return values
