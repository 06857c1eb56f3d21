"""Forms of the papers' pages: why something is withdrawn, and why a find of the scan is a false alarm."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class BecauseForm(forms.Form):
    """A reason in both languages, because the public reads both."""

    because_cy = forms.CharField(label=_("Why, in Welsh"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "lang": "cy"}))
    because_en = forms.CharField(label=_("Why, in English"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}))

    @property
    def because(self) -> tuple[str, str]:
        return self.cleaned_data["because_cy"], self.cleaned_data["because_en"]


class ReleaseForm(BecauseForm):
    """Which finds are false alarms. The certificate, which is public, keeps the reason and the role of whoever gives it."""

    finds = forms.MultipleChoiceField(label=_("False alarms"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, leaks: Any = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["finds"].choices = [(leak.key, f"{leak.where}: {leak.excerpt}") for leak in leaks]  # type: ignore[attr-defined]
        self.order_fields(["finds", "because_cy", "because_en"])
