"""Forms of a card: what explains the figure, who looks into it until when, and why it is opened again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diogel.people.access import ROLE_NAMES, ROLES, May, Role
from diogel.people.editing import RowForm
from diogel.people.models import Holding

from . import cards
from .models import Card

NO_CAUSE = frozenset({Card.Cause.REAL, Card.Cause.CHANCE, Card.Cause.NOT_KNOWN})
"""What is no cause that one could rule out by looking."""


class AnswerForm(RowForm):
    """Cause, what was ruled out, explanation, evidence, further action and confidence; saved through `cards.answer`."""

    pair_labels = {
        "explanation": gettext_lazy("What the board will read"),
        "evidence": gettext_lazy("Evidence"),
        "further": gettext_lazy("Further action"),
    }
    long_pairs = frozenset({"explanation", "evidence", "further"})

    ruled_out = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("What else was looked at, and is not it?"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )

    class Meta:
        model = Card
        fields = ["cause", "confidence"]
        widgets = {
            "cause": forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
            "confidence": forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        }
        labels = {"cause": gettext_lazy("What caused it?"), "confidence": gettext_lazy("How sure are you?")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["cause", "ruled_out", *self.pair_fields(), "confidence", "both_checked", "seen"])
        others: Any = self.fields["ruled_out"]
        others.choices = [(each.value, capfirst(each.label)) for each in Card.Cause if each not in NO_CAUSE]
        others.initial = self.instance.ruled_out
        for name in ("cause", "confidence"):
            field: Any = self.fields[name]
            field.choices = [(code, capfirst(words)) for code, words in field.choices if code]
        for name in self.pair_fields():
            self.fields[name].widget.attrs["rows"] = 6

    def save(self, commit: bool = True) -> Card:
        values = self.cleaned_data
        return cards.answer(
            self.instance,
            by=self.by,
            seen=values["seen"] if values["seen"] is not None else self.instance.version,
            cause=values["cause"],
            confidence=values["confidence"],
            ruled_out=values["ruled_out"],
            pairs={name: (values[f"{name}_cy"], values[f"{name}_en"]) for name in self.pair_labels},
            checked=tuple(self.pair_labels) if values.get("both_checked") else (),
        )


class _Who(forms.ModelChoiceField):
    """People with the role they hold here: the role is what the board reads."""

    def label_from_instance(self, obj: Any) -> str:
        return _("%(role)s: %(given)s %(family)s") % {
            "role": ROLE_NAMES[Role(obj.role)],
            "given": obj.person.given,
            "family": obj.person.family,
        }


class HandForm(RowForm):
    """Who looks into the figure, and until when. Left empty, nobody does."""

    who = _Who(queryset=Holding.objects.none(), required=False, label=gettext_lazy("Who is looking?"))

    class Meta:
        model = Card
        fields = ["looking_until"]
        labels = {"looking_until": gettext_lazy("Until when?")}
        help_texts = {"looking_until": gettext_lazy("The board reads the role and this day, never the name")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["who", "looking_until", "seen"])

    def offer(self, partnership: Any) -> None:
        """Those who may explain figures here today."""
        roles = [role.value for role in Role if May.EXPLAIN_FIGURES in ROLES[role][1]]
        field: Any = self.fields["who"]
        field.queryset = Holding.objects.in_force().filter(partnership=partnership, role__in=roles).select_related("person")
        field.initial = field.queryset.filter(person=self.instance.looking_id, role=self.instance.looking_role).first()

    def save(self, commit: bool = True) -> Card:
        values = self.cleaned_data
        holding = values["who"]
        return cards.hand_to(
            self.instance,
            by=self.by,
            seen=values["seen"] if values["seen"] is not None else self.instance.version,
            role=holding.role if holding else "",
            person=holding.person if holding else None,
            until=values["looking_until"],
        )


class ReopenForm(forms.Form):
    """Why a signed card is opened again; the log keeps it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why is it opened again?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=cards.LONGEST_REASON,
        help_text=gettext_lazy("Name no person: the log keeps this for good"),
        error_messages={"required": gettext_lazy("Say why: the log keeps the reason")},
    )


class DeskForm(forms.Form):
    """Which quarter the desk shows and, where there are several cards, which of them: by state, type and area."""

    quarter = forms.ChoiceField(label=gettext_lazy("Quarter"))
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("Place"), required=False)

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = offered if name == "quarter" else [("", _("All")), *offered]
        for name in set(self.fields) - set(choices):
            del self.fields[name]
