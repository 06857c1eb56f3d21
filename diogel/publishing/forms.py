"""Forms of the papers' pages: why something is withdrawn, why a type of document is in one language, and why a find of the scan is a false alarm."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from diogel.people.editing import RowForm

from .certificate_words import KIND_NAMES, place_in
from .models import LANGUAGES, OneLanguage
from .snapshot_scan import names_someone


class BecauseForm(forms.Form):
    """A reason in both languages, because the public reads both."""

    because_cy = forms.CharField(label=_("Why, in Welsh"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "lang": "cy"}))
    because_en = forms.CharField(label=_("Why, in English"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}))

    @property
    def because(self) -> tuple[str, str]:
        return self.cleaned_data["because_cy"], self.cleaned_data["because_en"]


class OneLanguageForm(RowForm):
    """In which one language a type of document is, and why, in both."""

    pair_labels = {"reason": _("Why it is in one language only")}
    pair_hints = {"reason": _("A whole sentence that the public will read, and nobody’s name")}
    long_pairs = frozenset({"reason"})

    class Meta:
        model = OneLanguage
        fields = ["language"]
        labels = {"language": _("The language it is in")}
        widgets = {"language": forms.RadioSelect}

    def offer(self, partnership: Any) -> None:
        self.fields["language"].choices = LANGUAGES  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Nothing without a reason in both languages, nor with somebody’s name in it."""
        values = super().clean()
        for half in ("cy", "en"):
            text = values.get(f"reason_{half}", "")
            if not text:
                self.add_error(f"reason_{half}", gettext("Say why in Welsh and in English: the public reads both."))
            elif names_someone(text):
                self.add_error(
                    f"reason_{half}", gettext("The reason names somebody on file, and the public will read it. Say it without the name.")
                )
        return values


class ReleaseForm(BecauseForm):
    """Which finds are false alarms, with each as the page tells it (`found`). The certificate, which is public, keeps the reason and the role of whoever gives it."""

    finds = forms.MultipleChoiceField(label=_("False alarms"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, leaks: Any = (), **options: Any) -> None:
        super().__init__(*args, **options)
        language = (get_language() or "en")[:2]
        self.found = [
            {"file": leak.file, "where": place_in(language, leak.where), "kind": KIND_NAMES[leak.kind][language], "excerpt": leak.excerpt}
            for leak in leaks
        ]
        choices = [(leak.key, f"{each['where']}: {leak.excerpt}") for leak, each in zip(leaks, self.found, strict=True)]
        self.fields["finds"].choices = choices  # type: ignore[attr-defined]
        self.order_fields(["finds", "because_cy", "because_en"])
