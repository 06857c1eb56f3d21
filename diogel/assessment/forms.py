"""Forms of the assessment: themes, the evidence they rest on, and scores."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diogel.people.choices import SomeOf
from diogel.people.editing import RowForm

from .models import Assessment, Duty, Evidence, Score, Theme


class AssessmentForm(RowForm):
    pair_labels = {"title": _("Title"), "period": _("Period"), "source": _("Where it comes from"), "scale": _("What its bands mean")}
    long_pairs = frozenset({"source", "scale"})
    required_pairs = frozenset({"title"})

    class Meta:
        model = Assessment
        fields = ["code", "from_on", "to_on", "published_on"]
        labels = {
            "code": _("Short name"),
            "from_on": _("First day looked at"),
            "to_on": _("Last day looked at"),
            "published_on": _("Published on"),
        }


class ThemeForm(RowForm):
    pair_labels = {
        "title": _("Title"),
        "rationale": _("Why it has this band"),
        "decision_reason": _("Why it was decided so"),
        "highlighted_as": _("Other title, where a list uses one"),
    }
    long_pairs = frozenset({"rationale", "decision_reason"})
    required_pairs = frozenset({"title"})

    class Meta:
        model = Theme
        fields = ["code", "order", "band", "band_as_published", "decision"]
        widgets = {"decision": forms.RadioSelect}
        labels = {
            "code": _("Short name for the address"),
            "order": _("Place in the list"),
            "band": _("Band"),
            "band_as_published": _("Band as the document prints it"),
            "decision": _("What was decided"),
        }


class EvidenceForm(RowForm):
    pair_labels = {"statement": _("What it says"), "source": _("Source")}
    long_pairs = frozenset({"statement"})
    required_pairs = frozenset({"statement", "source"})

    class Meta:
        model = Evidence
        fields = ["code", "dated", "kind", "area_code", "crime_type", "marking", "themes"]
        labels = {
            "code": _("Short name"),
            "dated": _("Date, as the source gives it"),
            "kind": _("Kind"),
            "area_code": _("Area code, for a series"),
            "crime_type": _("Type of crime, for a series"),
            "marking": _("Marking"),
        }

    def offer(self, partnership: Any) -> None:
        self.fields["themes"] = SomeOf(Theme.objects.standing().filter(assessment__partnership=partnership), label=_("Themes it bears on"))


class ScoreForm(RowForm):
    """Harm and likelihood make the risk; confidence and response stand beside it and are never multiplied in."""

    pair_labels = {"reason": _("Why")}
    long_pairs = frozenset({"reason"})
    required_pairs = frozenset({"reason"})

    class Meta:
        model = Score
        fields = ["scored_on", "harm", "likelihood", "response", "confidence", "is_agreed"]
        widgets = {"confidence": forms.RadioSelect}
        labels = {
            "scored_on": _("Scored on"),
            "harm": _("Harm, 0 to 24: six factors of 0 to 4"),
            "likelihood": _("Likelihood, 1 to 5"),
            "response": _("How ready services are, 1 to 5"),
            "confidence": _("Confidence in the evidence, A is highest"),
            "is_agreed": _("This is the agreed score"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, low, high in (("harm", 0, 24), ("likelihood", 1, 5), ("response", 1, 5)):
            old = self.fields[name]
            self.fields[name] = forms.IntegerField(min_value=low, max_value=high, label=old.label, initial=old.initial)


class DutyForm(RowForm):
    pair_labels = {"title": _("Duty"), "law": _("Act and section")}
    required_pairs = frozenset({"title", "law"})

    class Meta:
        model = Duty
        fields = ["code", "from_on", "to_on"]
        labels = {"code": _("Short name"), "from_on": _("In force from"), "to_on": _("In force until")}
