"""The page that sets an area beside its group, its force and its own past; it shows what the night worked out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from diogel.people.desk import desk

from . import compare_shown as shown
from . import hot_words as words
from .compare_nightly import SET, kept_compared
from .hot_found import groups
from .hot_kept import About, current
from .hot_kept import about as told_of
from .views_hot import is_behind


class AskForm(forms.Form):
    """Which areas, which types of crime, and which area the page is about; nothing chosen means the first of each."""

    def __init__(self, *args: Any, about: About, own: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        wrong = {"invalid_choice": _("Choose one of those that are listed")}
        lists = [(one["code"], words.in_language(one["name_cy"], one["name_en"])) for one in about.own]
        types = [(one.code, words.in_language(one.name_cy, one.name_en)) for one in groups()]
        self.fields = {
            "area": forms.ChoiceField(required=False, label=_("Area"), choices=own, error_messages=wrong),
            "beside": forms.ChoiceField(required=False, label=_("Beside"), choices=lists, error_messages=wrong),
            "group": forms.ChoiceField(required=False, label=_("Types of crime"), choices=types, error_messages=wrong),
        }


@desk()
def areas(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Rates of the latest whole year with their limits, ranks with their caution, and the rolling years before."""
    folder = current(SET)
    own = [(area.code, area.pair("name").say()) for area in partnership.areas.filter(kind="authority").order_by("code")]
    if folder is None or not own:
        return render(request, "crime/hot_none.html", {"is_comparison": True})
    about = told_of(folder)
    form = AskForm(request.GET, about=about, own=own)
    if not form.is_valid():
        return render(request, "crime/hot_asked_wrong.html", {"form": form, "is_comparison": True}, status=422)
    area = form.cleaned_data["area"] or own[0][0]
    beside = form.cleaned_data["beside"] or about.own[0]["code"]
    group = form.cleaned_data["group"] or groups()[0].code
    found = kept_compared(folder, beside, group)
    if found is None:
        return render(request, "crime/hot_none.html", {"is_comparison": True})
    context = {
        "form": form, "area": area, "beside": beside, "group": group, "found": found, "about": about,
        "finding": shown.finding(found, area, dict(own)[area]), "figure": shown.figure(folder, about, found),
        "table": shown.table(found, area), "panels": shown.panels(folder, found, area), "notes": shown.notes(found),
        "synthetic_line": words.synthetic_said() if about.is_synthetic else "", "is_behind": is_behind(about),
    }  # fmt: skip
    return render(request, "crime/compare.html", context)
