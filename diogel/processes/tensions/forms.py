"""Forms for a tension report: what was seen, as the public and as an officer tells it; and each step that follows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import capfirst, format_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from diogel.home import today
from diogel.people.choices import OneOf
from diogel.people.editing import RowForm
from diogel.places.models import Area
from diogel.records.workflow import MoveRefused

from . import reporting
from .models import Level, Tension

POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
HOUSE = re.compile(r"^\s*\d+[a-z]?\s", re.IGNORECASE)
LONGEST = 4000  # characters
NO_NAMES = gettext_lazy("Name no private person, and give nothing by which one could be known")
PLACE_HINT = gettext_lazy("A ward, village or town. No street, no house, no postcode")


capital = lazy(capfirst, str)


def _as_lines(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices as lines of their own: each begins with a capital."""
    return [(value, capital(label)) for value, label in choices]


class WhatWasSeen(forms.Form):
    """Where, what kind and what: the part that the public and officers tell alike."""

    area = OneOf(Area.objects.none(), name="name", label=gettext_lazy("Which county?"), widget=forms.RadioSelect, empty_label=None)
    place = forms.CharField(max_length=120, label=gettext_lazy("Which ward or town?"), help_text=PLACE_HINT)
    type = forms.ChoiceField(
        choices=_as_lines(Tension.Kind.choices), label=gettext_lazy("What kind of thing is it?"), widget=forms.RadioSelect
    )
    text = forms.CharField(
        max_length=LONGEST,
        label=gettext_lazy("What was seen or heard, and when?"),
        help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    def __init__(self, *args: Any, partnership: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.areas = list(partnership.areas.all())
        if len(self.areas) > 1:
            self.fields["area"].queryset = partnership.areas.all()
        else:
            del self.fields["area"]

    def clean_place(self) -> str:
        return coarse(self.cleaned_data["place"])

    def told(self) -> dict[str, Any]:
        """What `reporting.report` is told."""
        values = self.cleaned_data
        area = values.get("area") or (self.areas[0] if self.areas else None)
        language = (get_language() or "en")[:2]
        return {"area": area, "place": values["place"], "type": values["type"], "text": values["text"], "language": language}


def coarse(place: str) -> str:
    """The place as typed, refused where it is finer than a ward."""
    if POSTCODE.search(place) or HOUSE.search(place):
        raise ValidationError(_("Give a ward, village or town only: no house and no postcode"))
    return place


class PublicReport(WhatWasSeen):
    """What anyone may send without an account. `website` is a box that people do not see and programs fill in."""

    contact = forms.CharField(
        max_length=160,
        required=False,
        label=gettext_lazy("How can we answer you? (optional)"),
        help_text=gettext_lazy("An e-mail address or a telephone number, without your name. Only the few whose work it is can open it"),
    )
    website = forms.CharField(required=False, label=gettext_lazy("Leave this box empty"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("website"):
            self.data = self.data.copy()
            self.data["website"] = ""
            raise ValidationError(
                _("A box that must stay empty was filled in, perhaps by your browser. It is empty again: send once more.")
            )
        return values


class DeskReport(WhatWasSeen):
    """A report that came to an officer by inbox, telephone, meeting or partner."""

    source = forms.ChoiceField(
        choices=_as_lines(choice for choice in Tension.Source.choices if choice[0] != Tension.Source.FORM),
        label=gettext_lazy("How did it come?"),
        widget=forms.RadioSelect,
    )
    received_on = forms.DateField(label=gettext_lazy("When did it come?"), widget=forms.SelectDateWidget)
    communities = forms.CharField(max_length=200, required=False, label=gettext_lazy("Which communities does it touch? (optional)"))
    contact = forms.CharField(
        max_length=160,
        required=False,
        label=gettext_lazy("How can the reporter be answered? (optional)"),
        help_text=gettext_lazy("An address or a number, without a name. It is kept apart, and each look at it is recorded"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["received_on"].initial = today()

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > today():
            raise ValidationError(_("This day has not come yet"))
        return day

    def told(self) -> dict[str, Any]:
        values, now = self.cleaned_data, timezone.localtime()
        at = now.time() if values["received_on"] == today() else time(12)
        received_at = timezone.make_aware(datetime.combine(values["received_on"], at))
        rest = {name: values[name] for name in ("source", "communities", "contact")}
        return super().told() | rest | {"received_at": received_at}


class CorrectForm(RowForm):
    """Corrects what was written down of a report."""

    area = OneOf(Area.objects.none(), name="name", required=False, label=gettext_lazy("County"))

    class Meta:
        model = Tension
        fields = ["area", "place", "type", "source", "text", "communities", "language"]
        labels = {
            "place": gettext_lazy("Ward or town"),
            "type": gettext_lazy("Kind"),
            "source": gettext_lazy("How it came"),
            "text": gettext_lazy("What was seen or heard"),
            "communities": gettext_lazy("Communities it touches"),
            "language": gettext_lazy("Language it was told in"),
        }
        help_texts = {"place": PLACE_HINT, "text": NO_NAMES}

    def offer(self, partnership: Any) -> None:
        self.fields["area"].queryset = partnership.areas.all()

    def clean_place(self) -> str:
        return coarse(self.cleaned_data["place"])


class StepForm(RowForm):
    """One step of the workflow; what the workflow refuses comes back as an error of the form."""

    to_status = ""

    class Meta:
        model = Tension
        fields: list[str] = []

    def save(self, commit: bool = True) -> Any:
        try:
            return self.take(self.cleaned_data["seen"] or 0)
        except MoveRefused as refused:
            raise ValidationError(str(refused)) from refused

    def take(self, seen: int) -> Any:
        """Do the step."""
        return reporting.step(self.instance, self.to_status, by=self.by, seen=seen, reason=self.cleaned_data.get("reason", ""))


def _level(label: Any, hint: Any) -> forms.TypedChoiceField:
    choices = [(level.value, format_lazy("{}: {}", level.value, level.label)) for level in Level]
    return forms.TypedChoiceField(choices=choices, coerce=int, label=label, help_text=hint, widget=forms.RadioSelect)


class TriageForm(StepForm):
    """Three levels from 1 to 6, each with its word, and how far the source can be relied on."""

    experienced = _level(gettext_lazy("Experienced"), gettext_lazy("How people in the community feel"))
    evidenced = _level(gettext_lazy("Evidenced"), gettext_lazy("What has happened and is known"))
    potential = _level(gettext_lazy("Potential"), gettext_lazy("What may come, such as an event or a date"))

    class Meta(StepForm.Meta):
        fields = ["experienced", "evidenced", "potential", "reliability"]
        labels = {"reliability": gettext_lazy("How far can the source be relied on?")}

    def take(self, seen: int) -> Any:
        names = ("experienced", "evidenced", "potential", "reliability")
        return reporting.triage(self.instance, by=self.by, seen=seen, **{name: self.cleaned_data[name] for name in names})


class AnswerForm(StepForm):
    """What was done about it, who was told, and what the reporter heard back."""

    class Meta(StepForm.Meta):
        fields = ["response", "is_shared_with_police", "feedback", "fed_back_on"]
        labels = {
            "response": gettext_lazy("What was done?"),
            "is_shared_with_police": gettext_lazy("It was shared with the police"),
            "feedback": gettext_lazy("What was the reporter told? (optional)"),
            "fed_back_on": gettext_lazy("On which day? (optional)"),
        }
        help_texts = {"response": NO_NAMES}
        widgets = {"response": forms.Textarea(attrs={"rows": 5}), "feedback": forms.Textarea(attrs={"rows": 3})}

    def offer(self, partnership: Any) -> None:
        self.fields["response"].required = True

    def take(self, seen: int) -> Any:
        names = ("response", "is_shared_with_police", "feedback", "fed_back_on")
        return reporting.answer(self.instance, by=self.by, seen=seen, **{name: self.cleaned_data[name] for name in names})


class PlainStep(StepForm):
    """A step that needs nothing but, where the table asks for it, its reason."""

    reason = forms.CharField(required=False, max_length=500, label=gettext_lazy("Why?"), help_text=NO_NAMES)


def plain_step(to_status: str, *, asks_reason: bool) -> type[PlainStep]:
    """The form of one such step."""

    class ThisStep(PlainStep):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.to_status = to_status
            self.fields["reason"].required = asks_reason

    return ThisStep
