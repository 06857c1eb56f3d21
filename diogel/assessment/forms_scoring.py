"""Forms of scoring: a method with its anchors, who is asked, one's own score, the agreed one, and who does not agree."""

from __future__ import annotations

import copy
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from diogel.analysis.risk_methods import Factor
from diogel.people.choices import OneOf
from diogel.people.editing import RowForm
from diogel.people.models import Body, Holding

from . import scoring
from .bands import Band
from .models import Dissent, Method, Score, Scorer
from .models_scoring import CONFIDENCES


def said(cy: str, en: str) -> str:
    """The half of the page's language."""
    return cy if (get_language() or "en")[:2] == "cy" else en


def anchored(factor: Factor, value: int) -> str:
    """A value with what it stands for."""
    return f"{value}: {said(*factor.anchors[value - factor.low])}".replace("-", "\N{MINUS SIGN}", 1 if value < 0 else 0)


class ScoreForm(RowForm):
    """One's own score: a choice for each factor of the method, in words, how far the evidence is to be trusted, and why."""

    pair_labels = {"reason": _("Why")}
    long_pairs = frozenset({"reason"})
    required_pairs = frozenset({"reason"})
    given: Any = staticmethod(scoring.file_score)

    class Meta:
        model = Score
        fields = ["confidence"]

    def offer(self, partnership: Any) -> None:
        self.fields["confidence"] = forms.ChoiceField(
            choices=CONFIDENCES,
            widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
            label=_("How far the evidence is to be trusted; this stands beside the score and never changes it"),
            initial=self.instance.confidence or None,
        )
        self.method = self.instance.theme.assessment.method or self.instance.method
        for factor in self.method.scale.factors.values() if self.method else ():
            values = range(factor.low, factor.high + 1)
            self.fields[f"factor_{factor.code}"] = forms.TypedChoiceField(
                coerce=int,
                choices=[(value, anchored(factor, value)) for value in values],
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
                label=said(factor.name_cy, factor.name_en),
                initial=self.instance.values.get(factor.code),
            )

    def parts(self) -> list[dict[str, Any]]:
        """The choices, part by part."""
        parts = self.method.scale.parts if self.method else ()
        return [{"code": part.code, "fields": [self[f"factor_{factor.code}"] for factor in part.factors]} for part in parts]

    def save(self, commit: bool = True) -> Any:
        told = self.cleaned_data
        values = {name.removeprefix("factor_"): value for name, value in told.items() if name.startswith("factor_")}
        return type(self).given(
            self.instance.theme,
            by=self.by,
            values=values,
            confidence=told["confidence"],
            reason=(told["reason_cy"], told["reason_en"]),
            checked=("reason",) if told.get("both_checked") else (),
            seen=told.get("seen"),
        )


class AgreedForm(ScoreForm):
    """The score that the scorers agreed on, in sight of what each gave."""

    given = staticmethod(scoring.agree)


class MethodForm(RowForm):
    """A method's names, and the least score of each band."""

    pair_labels = {"name": _("Name"), "source": _("Where it comes from")}
    long_pairs = frozenset({"source"})
    required_pairs = frozenset({"name"})

    class Meta:
        model = Method
        fields: list[str] = []

    def offer(self, partnership: Any) -> None:
        for band in self.instance.table["bands"]:
            label = _("Least score of the band “%(band)s”") % {"band": Band(band["code"]).label}
            self.fields[f"least_{band['code']}"] = forms.IntegerField(min_value=0, max_value=10_000, label=label, initial=band["at_least"])

    def save(self, commit: bool = True) -> Any:
        table = copy.deepcopy(self.instance.table)
        for band in table["bands"]:
            band["at_least"] = self.cleaned_data[f"least_{band['code']}"]
        self.cleaned_data["table"] = table
        return super().save(commit)


class FactorForm(RowForm):
    """One factor of a method: its name, how often it counts, and its anchors."""

    class Meta:
        model = Method
        fields: list[str] = []

    factor_code = ""

    def offer(self, partnership: Any) -> None:
        factor = self._of(self.instance.table)
        for language, label in (("cy", _("Name, in Welsh")), ("en", _("Name, in English"))):
            field = forms.CharField(label=label, max_length=120, initial=factor[f"name_{language}"])
            self.fields[f"factor_name_{language}"] = field
        for at, anchor in enumerate(factor["anchors"]):
            patterns = (_("What %(value)s stands for, in Welsh"), _("What %(value)s stands for, in English"))
            for language, pattern, half in zip(("cy", "en"), patterns, anchor, strict=True):
                words = pattern % {"value": factor["low"] + at}
                self.fields[f"anchor_{at}_{language}"] = forms.CharField(label=words, max_length=200, initial=half)
        self.fields["weight"] = forms.IntegerField(min_value=1, max_value=9, label=_("How often it counts"), initial=factor["weight"])

    def _of(self, table: dict[str, Any]) -> dict[str, Any]:
        return next(each for part in table["parts"] for each in part["factors"] if each["code"] == self.factor_code)

    def save(self, commit: bool = True) -> Any:
        told, table = self.cleaned_data, copy.deepcopy(self.instance.table)
        factor = self._of(table)
        factor |= {"name_cy": told["factor_name_cy"], "name_en": told["factor_name_en"], "weight": told["weight"]}
        factor["anchors"] = [[told[f"anchor_{at}_cy"], told[f"anchor_{at}_en"]] for at in range(len(factor["anchors"]))]
        self.cleaned_data = {"seen": told["seen"], "table": table}
        return super().save(commit)


class ScorerForm(RowForm):
    """Ask one more person to score."""

    class Meta:
        model = Scorer
        fields: list[str] = []

    def offer(self, partnership: Any) -> None:
        asked = set(self.instance.assessment.scorers.standing().values_list("person", flat=True))
        holdings = Holding.objects.filter(partnership=partnership).in_force().select_related("person__body")
        self.persons = {str(each.person_id): each.person for each in holdings if each.person_id not in asked}
        choices = sorted(((pk, f"{person.given} {person.family}") for pk, person in self.persons.items()), key=lambda each: each[1])
        self.fields["person"] = forms.ChoiceField(choices=[("", _("Choose one")), *choices], label=_("Who is asked to score"))

    def save(self, commit: bool = True) -> Any:
        return scoring.ask(self.instance.assessment, self.persons[self.cleaned_data["person"]], by=self.by)


class DissentForm(RowForm):
    """Who does not agree with the agreed score, in what, and why."""

    pair_labels = {"reason": _("Why they do not agree")}
    long_pairs = frozenset({"reason"})
    required_pairs = frozenset({"reason"})

    class Meta:
        model = Dissent
        fields = ["body", "value", "said_on"]
        labels = {"value": _("The value they stand by"), "said_on": _("Said on")}

    def offer(self, partnership: Any) -> None:
        rows = Body.objects.filter(memberships__partnership=partnership).distinct()
        self.fields["body"] = OneOf(rows, name="name", label=_("Which body"))
        method = self.instance.theme.assessment.method
        self.factors = method.scale.factors if method else {}
        choices = [(factor.code, said(factor.name_cy, factor.name_en)) for factor in self.factors.values()]
        self.fields["factor"] = forms.ChoiceField(choices=choices, label=_("Of which factor"), initial=self.instance.factor)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        factor, value = self.factors.get(values.get("factor", "")), values.get("value")
        if factor and value is not None and not factor.low <= value <= factor.high:
            limits = {"low": factor.low, "high": factor.high}
            self.add_error("value", _("A value of this factor lies between %(low)s and %(high)s") % limits)
        return values
