"""Forms of a plan's life: one step of it, keeping it as a version, and the reason for which a grave finding may stand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diogel.people.editing import RowForm

from .life import PlanStep
from .models_life import LetStand


class MoveForm(forms.Form):
    """What one step asks for: the day of adoption, a reason, and the version of the plan that was read."""

    adopted_on = forms.DateField(label=_("On which day was it adopted?"), widget=forms.SelectDateWidget)
    reason = forms.CharField(
        max_length=500, label=_("Why?"), help_text=_("Kept with the plan. No names"), widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, step: PlanStep, **options: Any) -> None:
        super().__init__(*args, **options)
        if not step.asks_day:
            del self.fields["adopted_on"]
        self.fields["reason"].required = step.asks_reason
        if not step.asks_reason:
            del self.fields["reason"]


class KeepForm(forms.Form):
    """Why the plan is kept as it stands."""

    reason = forms.CharField(
        max_length=500,
        label=_("What changed, and who agreed to it?"),
        help_text=_("Kept with the plan. No names"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LetStandForm(RowForm):
    pair_labels = {"reason": _("Why it may stand")}
    long_pairs = frozenset({"reason"})
    required_pairs = frozenset({"reason"})

    class Meta:
        model = LetStand
        fields: list[str] = []

    def save(self, commit: bool = True) -> Any:
        """The reason is given for the sentences that the check says now; a reason that was withdrawn stands again."""
        self.cleaned_data |= {"sentence_print": self.instance.sentence_print, "withdrawn_on": None}
        return super().save(commit)
