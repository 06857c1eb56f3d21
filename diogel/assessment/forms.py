"""Forms of the assessment: the year itself, its sections and requests, themes and the evidence they rest on."""

from __future__ import annotations

import itertools
from typing import Any

from django import forms
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diogel.people.choices import OneOf, SomeOf
from diogel.people.editing import RowForm
from diogel.people.models import Body
from diogel.words.dated import is_dated

from .before import take_over
from .models import Assessment, DataRequest, Duty, Evidence, Score, StatutorySection, Theme


class _ShortNamed(RowForm):
    """A form of a row with a short name: one that is left empty is made from its title."""

    named_by = "title"

    def offer(self, partnership: Any) -> None:
        self.fields["code"].required = False
        self.fields["code"].help_text = _("Left empty, it is made from the words above")

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("code") and "code" not in self.errors:
            words = values.get(f"{self.named_by}_en") or values.get(f"{self.named_by}_cy") or ""
            values["code"] = self.instance.code or _free(slugify(words)[:50].strip("-") or "name", self.taken())
        return values

    def taken(self) -> set[str]:
        """Short names that others of its kind bear here, withdrawn ones among them."""
        rows: Any = self._meta.model._default_manager
        return set(rows.filter(partnership=self.instance.partnership).values_list("code", flat=True))


def _free(stem: str, taken: set[str]) -> str:
    """The stem, or with the first number that makes it one that nobody bears."""
    return next(code for code in itertools.chain([stem], (f"{stem}-{n}" for n in itertools.count(2))) if code not in taken)


class AssessmentForm(RowForm):
    pair_labels = {
        "title": _("Title"),
        "period": _("Period"),
        "commission": _("Commissioning note: what is wanted, from whom and why"),
        "source": _("Where it comes from"),
        "scale": _("What its bands mean"),
    }
    long_pairs = frozenset({"source", "scale", "commission"})
    required_pairs = frozenset({"title"})

    class Meta:
        model = Assessment
        fields = ["code", "from_on", "to_on", "data_due_on", "scoring_due_on", "approval_due_on", "published_on"]
        labels = {
            "code": _("Short name"),
            "from_on": _("First day looked at"),
            "to_on": _("Last day looked at"),
            "data_due_on": _("Evidence wanted by"),
            "scoring_due_on": _("Scores wanted by"),
            "approval_due_on": _("To be approved by"),
            "published_on": _("Published on"),
        }

    def offer(self, partnership: Any) -> None:
        """A new one may begin with the themes of the one before."""
        self.before = None if self.instance.pk else Assessment.objects.foremost().filter(partnership=partnership).first()
        if self.before and self.before.themes.standing().exists():
            label = gettext("Begin with the themes of: %(title)s") % {"title": self.before.pair("title").say() or self.before.code}
            hint = gettext("Their titles and short names come along; bands, scores and decisions do not")
            self.fields["takes_themes"] = forms.BooleanField(required=False, label=label, help_text=hint)

    def save(self, commit: bool = True) -> Any:
        with transaction.atomic():
            row = super().save(commit)
            if self.before and self.cleaned_data.get("takes_themes"):
                take_over(self.before, row, by=self.by)
        return row


class ThemeForm(_ShortNamed):
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

    def taken(self) -> set[str]:
        return set(self.instance.assessment.themes.values_list("code", flat=True))

    def clean(self) -> dict[str, Any]:
        """A band that follows from an agreed score is not written by hand."""
        values = super().clean()
        agreed = (
            Score.objects.standing().filter(theme=self.instance.pk, is_agreed=True).exclude(band="").last() if self.instance.pk else None
        )
        if agreed and values.get("band") != agreed.band:
            self.add_error("band", _("This band follows from the agreed score. Agree another score to change it"))
        return values


class EvidenceForm(_ShortNamed):
    pair_labels = {"statement": _("What it says"), "source": _("Source")}
    named_by = "statement"
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
        help_texts = {"dated": _("A day as 2021-04-30, a month as 2021-04, a year as 2021, or years as 2021-22")}

    def clean_dated(self) -> str:
        said: str = self.cleaned_data["dated"].strip()
        if said and not is_dated(said):
            raise forms.ValidationError(
                gettext("There is no such date. Give a day as 2021-04-30, a month as 2021-04, a year as 2021, or years as 2021-22")
            )
        return said

    def offer(self, partnership: Any) -> None:
        super().offer(partnership)
        rows = Theme.objects.standing().filter(assessment__partnership=partnership).select_related("assessment")
        self.fields["themes"] = SomeOf(rows.order_by("assessment", "order"), mark="year", label=_("Themes it bears on"))


class DutyForm(_ShortNamed):
    pair_labels = {"title": _("Duty"), "law": _("Act and section")}
    required_pairs = frozenset({"title", "law"})

    class Meta:
        model = Duty
        fields = ["code", "from_on", "to_on"]
        labels = {"code": _("Short name"), "from_on": _("In force from"), "to_on": _("In force until")}


class SectionForm(RowForm):
    """One of the six sections: a text in each language, and the evidence it rests on."""

    pair_labels = {"text": _("Text")}
    long_pairs = frozenset({"text"})
    required_pairs = frozenset({"text"})

    class Meta:
        model = StatutorySection
        fields = ["evidence"]

    def offer(self, partnership: Any) -> None:
        rows = Evidence.objects.standing().filter(partnership=partnership)
        self.fields["evidence"] = SomeOf(rows, name="statement", label=_("Evidence it rests on"))


class RequestForm(RowForm):
    pair_labels = {"what": _("What was asked for"), "missing_because": _("Why it did not come")}
    long_pairs = frozenset({"missing_because"})
    required_pairs = frozenset({"what"})

    class Meta:
        model = DataRequest
        fields = ["body", "asked_on", "due_on", "came_on"]
        labels = {"asked_on": _("Asked on"), "due_on": _("Wanted by"), "came_on": _("Came on")}

    def offer(self, partnership: Any) -> None:
        rows = Body.objects.filter(memberships__partnership=partnership).distinct()
        self.fields["body"] = OneOf(rows, name="name", label=_("Asked of"))
        self.order_fields(["what_cy", "what_en", "missing_because_cy", "missing_because_en", "body"])
