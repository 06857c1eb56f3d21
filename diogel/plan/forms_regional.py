"""Forms of ventures, of what the region decides and each county makes of it, of what is raised from below, and of group reviews."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diogel.people.choices import OneOf, SomeOf
from diogel.people.editing import RowForm
from diogel.people.models import Body, Group

from .forms_duties import begun
from .forms_steps import numbered_actions
from .models_regional import Adoption, Escalation, GroupReview, RegionalItem
from .models_ventures import Venture


def _decided(form: RowForm, values: dict[str, Any], open_value: str = "") -> dict[str, Any]:
    """What is decided was decided on a day."""
    if values.get("decision", open_value) != open_value and not values.get("decided_on"):
        form.add_error("decided_on", ValidationError(gettext("Say on which day it was decided")))
    return values


class VentureForm(RowForm):
    pair_labels = {"need": _("What it is for"), "evaluation": _("What the evaluation found"), "reason": _("Why it was decided so")}
    long_pairs = frozenset(pair_labels)
    required_pairs = frozenset({"need"})

    class Meta:
        model = Venture
        fields = ["kind", "is_agreed", "has_money", "has_people", "live_on", "evaluate_by", "evaluated_on", "decision", "decided_on"]
        widgets = {"kind": forms.RadioSelect, "decision": forms.RadioSelect}
        labels = {
            "kind": _("Kind"),
            "is_agreed": _("The board that has to agree has agreed"),
            "has_money": _("The money is there"),
            "has_people": _("The people are there"),
            "live_on": _("In use from (optional)"),
            "evaluate_by": _("To be evaluated by (optional)"),
            "evaluated_on": _("Evaluated on (optional)"),
            "decision": _("Decision"),
            "decided_on": _("Decided on (optional)"),
        }

    def offer(self, partnership: Any) -> None:
        begun(self.fields["kind"], Venture.Kind.choices)
        begun(self.fields["decision"], Venture.Decision.choices)

    def clean(self) -> dict[str, Any]:
        return _decided(self, super().clean())


class RegionalItemForm(RowForm):
    pair_labels = {"parent": _("Regional plan"), "title": _("What it commits to, in a line")}
    required_pairs = frozenset({"parent", "title"})

    class Meta:
        model = RegionalItem
        fields = ["code", "owner", "from_on", "to_on", "actions"]
        labels = {"code": _("Short name"), "from_on": _("From (optional)"), "to_on": _("Until (optional)")}

    def offer(self, partnership: Any) -> None:
        groups = Group.objects.standing().filter(partnership=partnership)
        self.fields["owner"] = OneOf(groups, label=_("Board that carries it"), required=False, name="name")
        self.fields["actions"] = SomeOf(numbered_actions(partnership, self.by), label=_("Our actions that bear on it"), mark="reference")


class AdoptionForm(RowForm):
    pair_labels = {"reason": _("Why it was decided so")}
    long_pairs = frozenset({"reason"})

    class Meta:
        model = Adoption
        fields = ["area", "decision", "body", "decided_on"]
        widgets = {"decision": forms.RadioSelect}
        labels = {"decision": _("Decision"), "decided_on": _("Decided on (optional)")}

    def offer(self, partnership: Any) -> None:
        self.fields["area"] = OneOf(partnership.areas.all(), label=_("County"), name="name")
        bodies = Body.objects.filter(memberships__partnership=partnership).distinct()
        self.fields["body"] = OneOf(bodies, label=_("Body that does it (optional)"), required=False, name="name")
        begun(self.fields["decision"], Adoption.Decision.choices)


class EscalationForm(RowForm):
    pair_labels = {"title": _("What is difficult here"), "reason": _("Why it was decided so")}
    long_pairs = frozenset({"title", "reason"})
    required_pairs = frozenset({"title"})

    class Meta:
        model = Escalation
        fields = ["item", "raised_by_body", "area", "raised_on", "decision", "decided_on", "action"]
        widgets = {"decision": forms.RadioSelect}
        labels = {"raised_on": _("Raised on"), "decision": _("Decision"), "decided_on": _("Decided on (optional)")}

    def offer(self, partnership: Any) -> None:
        items = RegionalItem.objects.standing().filter(partnership=partnership)
        bodies = Body.objects.filter(memberships__partnership=partnership).distinct()
        self.fields["item"] = OneOf(items, label=_("Regional commitment (optional)"), required=False)
        self.fields["raised_by_body"] = OneOf(bodies, label=_("Raised by"), required=False, name="name")
        self.fields["area"] = OneOf(partnership.areas.all(), label=_("County (optional)"), required=False, name="name")
        rows = numbered_actions(partnership, self.by)
        self.fields["action"] = OneOf(rows, label=_("Action that came of it (optional)"), required=False, mark="reference")
        begun(self.fields["decision"], Escalation.Decision.choices)

    def clean(self) -> dict[str, Any]:
        values = _decided(self, super().clean())
        if values.get("decision") == Escalation.Decision.LOCAL and not values.get("action"):
            self.add_error("action", ValidationError(gettext("Name the action that came of it")))
        return values


class GroupReviewForm(RowForm):
    pair_labels = {"scope": _("What was looked at"), "reason": _("Why"), "terms": _("Terms of reference from then on")}
    long_pairs = frozenset({"reason", "terms"})

    class Meta:
        model = GroupReview
        fields = ["group", "finding", "into", "action", "decided_on"]
        widgets = {"finding": forms.RadioSelect}
        labels = {"finding": _("What was found"), "decided_on": _("Decided on (optional)")}

    def offer(self, partnership: Any) -> None:
        groups = Group.objects.standing().filter(partnership=partnership)
        self.fields["group"] = OneOf(groups, label=_("Group"), name="name")
        self.fields["into"] = OneOf(groups, label=_("Group that it joins (optional)"), required=False, name="name")
        rows = numbered_actions(partnership, self.by)
        self.fields["action"] = OneOf(rows, label=_("Action of which the review is part (optional)"), required=False, mark="reference")
        begun(self.fields["finding"], GroupReview.Finding.choices)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        merges = values.get("finding") == GroupReview.Finding.MERGE
        if merges and (not values.get("into") or values.get("into") == values.get("group")):
            self.add_error("into", ValidationError(gettext("Say which other group it joins")))
        return values
