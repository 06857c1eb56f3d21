"""The form of a step of the year: its own words where the plan adds it, the day and the reason where a rule gives it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from diogel.people.access import ROLE_NAMES, Role
from diogel.people.editing import RowForm

from .models import YearStep

WHO = [role for role in Role if role not in (Role.CASE_ROLE, Role.ADMINISTRATOR)]
AROUND = timedelta(days=92)
"""Before and after a plan."""


class YearStepForm(RowForm):
    """For a step that a rule gives: its day, whether it applies, and why; its words are the rule's."""

    pair_labels = {"title": _("Step"), "note": _("Note, or why it was changed")}
    pair_hints = {"title": _("It also stands in calendars outside this site: no names, nothing in confidence")}

    class Meta:
        model = YearStep
        fields = ["due_on", "applies", "role"]
        labels = {"due_on": _("Day"), "applies": _("It applies to us this year"), "role": _("Who does it")}
        widgets = {"role": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        is_given = bool(options["instance"].key)
        self.pair_labels = {"note": _("Why it is moved or does not apply")} if is_given else {"title": _("Step"), "note": _("Note")}
        self.required_pairs = frozenset({"note"} if is_given else {"title"})
        super().__init__(*args, **options)
        del self.fields["role" if is_given else "applies"]
        if not is_given:
            role_field: Any = self.fields["role"]
            role_field.choices = [(role.value, capfirst(ROLE_NAMES[role])) for role in WHO]

    def clean_due_on(self) -> Any:
        """A step is prepared before the plan begins, or settled after it ends, but not long: another year is a slip of the pen."""
        day, plan = self.cleaned_data["due_on"], self.instance.plan
        if max(plan.from_on - day, day - plan.to_on) > AROUND:
            days = {"first": date_format(plan.from_on, "j F Y"), "last": date_format(plan.to_on, "j F Y")}
            raise forms.ValidationError(
                _("The plan runs from %(first)s to %(last)s. A step of it lies within three months of that"), params=days
            )
        return day

    def save(self, commit: bool = True) -> Any:
        """Changing a step again brings back a change that was withdrawn."""
        self.cleaned_data["withdrawn_on"] = None
        return super().save(commit)
