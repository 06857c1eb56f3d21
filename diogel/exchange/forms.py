"""Forms of the exchange: a plan's file to be read, and the form that a lead sent back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diogel.analysis.periods import Quarter
from diogel.indicators.spans import span_name
from diogel.people.choices import OneOf
from diogel.plan.models import Plan

from .receiving import plan_days

OFFICE = ".docx,.docm,.xlsx,.xlsm"
QUARTERS = 6
"""How many quarters back a file may speak of."""


def quarter_choices(day: Any) -> list[tuple[str, str]]:
    """The last quarters that have ended, the newest first."""
    newest = Quarter.before(day)
    quarters = [newest - n for n in range(QUARTERS)]
    return [(str(each), span_name(each.first_day, each.last_day)) for each in quarters]


class IntakeForm(forms.Form):
    """The file, and where it goes: into a plan that stands, or into a new draft."""

    file = forms.FileField(
        label=gettext_lazy("Word or Excel file of a plan"),
        help_text=gettext_lazy("A .docx or .xlsx of 20 MB at most. The file itself is not kept"),
        widget=forms.FileInput(attrs={"accept": OFFICE}),
        error_messages={"empty": gettext_lazy("The file is empty. Choose it again."), "required": gettext_lazy("Choose the file")},
    )
    plan = OneOf(
        Plan.objects.none(),
        required=False,
        label=gettext_lazy("Plan that it goes into"),
        empty_label=gettext_lazy("A new plan, as a draft"),
        mark="code",
    )
    code = forms.CharField(
        required=False, max_length=20, validators=[validate_slug], label=gettext_lazy("Short name of the new plan"),
        help_text=gettext_lazy("Its years, such as 2022-23 or 2022-25"), widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip
    title = forms.CharField(required=False, max_length=300, label=gettext_lazy("Title of the new plan, in the language of the file"))
    language = forms.ChoiceField(
        required=False, label=gettext_lazy("Language of the file"), widget=forms.RadioSelect,
        choices=[("", gettext_lazy("As its words tell")), ("cy", gettext_lazy("Welsh")), ("en", gettext_lazy("English"))],
    )  # fmt: skip
    quarter = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Quarter of which its updates speak, where it does not say"),
        choices=(),
    )

    def __init__(self, *args: Any, partnership: Any, day: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.partnership = partnership
        plan: Any = self.fields["plan"]
        plan.queryset = Plan.objects.standing().filter(partnership=partnership).exclude(status=Plan.Status.CLOSED)
        self.fields["quarter"].choices = [("", _("It speaks of none")), *quarter_choices(day)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("plan") or "code" in self.errors:
            return values
        days = plan_days(values.get("code", ""))
        if days is None:
            self.add_error("code", _("Give the years of the new plan, such as 2022-23, or choose a plan above"))
        elif Plan.objects.filter(partnership=self.partnership, code=values["code"]).exists():
            self.add_error("code", _("A plan of this name stands already, or was withdrawn. Choose it above, or give another name"))
        if not values.get("title"):
            self.add_error("title", _("Give the new plan a title"))
        if days:
            values["days"] = days
        return values

    @property
    def new_plan(self) -> dict[str, str]:
        """What `receive` is told of a plan that is to be made; nothing where one stands."""
        values = self.cleaned_data
        if values.get("plan"):
            return {}
        first, last = values["days"]
        return {"code": values["code"], "title": values["title"], "from_on": first.isoformat(), "to_on": last.isoformat()}


class ReturnForm(forms.Form):
    """A form that somebody filled in and sent back."""

    file = forms.FileField(
        label=gettext_lazy("Form that came back, in Word or Excel"),
        widget=forms.FileInput(attrs={"accept": OFFICE}),
        error_messages={"empty": gettext_lazy("The file is empty. Choose it again."), "required": gettext_lazy("Choose the file")},
    )
