"""Forms of what proves a duty, of the judgement of a test, and of how an action was weighed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from diogel.assessment.models import Duty
from diogel.people.choices import OneOf, SomeOf
from diogel.people.editing import RowForm
from diogel.people.models import Body, Owned

from .models_duties import Judgement, Proof
from .models_weighed import Consideration


def begun(field: Any, choices: Any) -> None:
    """Choices as lines of their own, each with a great first letter."""
    field.choices = [(value, capfirst(label)) for value, label in choices]


class ProofForm(RowForm):
    pair_labels = {"sentence": _("How the duty is met"), "document": _("Document that shows it")}
    long_pairs = frozenset({"sentence"})
    required_pairs = frozenset({"sentence"})

    class Meta:
        model = Proof
        fields = ["duty", "owned", "dated_on", "priorities"]
        labels = {"dated_on": _("Date of the document (optional)")}

    def offer(self, partnership: Any) -> None:
        self.fields["duty"] = OneOf(Duty.objects.standing().filter(partnership=partnership), label=_("Duty"))
        if self.instance.duty_id:
            self.fields["duty"].initial = self.instance.duty_id
        documents = Owned.objects.filter(group__partnership=partnership)
        self.fields["owned"] = OneOf(documents, label=_("Document of one of the groups (optional)"), required=False)
        self.fields["priorities"] = SomeOf(self.instance.plan.priorities.standing(), label=_("Priorities that meet it"), mark="number")


class JudgementForm(RowForm):
    pair_labels = {"evidence": _("What the judgement rests on")}
    long_pairs = frozenset({"evidence"})
    required_pairs = frozenset({"evidence"})

    class Meta:
        model = Judgement
        fields = ["mark", "judged_on"]
        labels = {"mark": _("How far is it met?"), "judged_on": _("Day of the judgement")}

    def offer(self, partnership: Any) -> None:
        choices = [(mark.value, capfirst(mark.label)) for mark in Judgement.Mark]
        self.fields["mark"] = forms.TypedChoiceField(coerce=int, choices=choices, label=_("How far is it met?"), widget=forms.RadioSelect)


class ConsiderationForm(RowForm):
    pair_labels = {"statement": _("How the action bears on it")}
    long_pairs = frozenset({"statement"})
    required_pairs = frozenset({"statement"})

    class Meta:
        model = Consideration
        fields = ["of", "weighed_on", "weighed_by_body"]
        labels = {"of": _("Way of working, goal or duty"), "weighed_on": _("Weighed on")}

    def offer(self, partnership: Any) -> None:
        bodies = Body.objects.filter(memberships__partnership=partnership).distinct()
        self.fields["weighed_by_body"] = OneOf(bodies, label=_("Body that weighed it"), required=False, name="name")
