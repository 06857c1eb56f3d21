"""Pages of hot spots: they show what the night worked out, and reckon nothing themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from diogel.people.desk import desk

from . import hot_shown as shown
from . import hot_words as words
from .hot_found import groups
from .hot_kept import About, current, text
from .hot_kept import about as told_of
from .hot_nightly import kept_spots, name_of_set
from .store import StoreFault, read_store

NO_OUTLINES = '{"type":"FeatureCollection","features":[]}'


class AskForm(forms.Form):
    """Which group of crime types and which map; nothing chosen means the first of each."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        wrong = {"invalid_choice": _("Choose one of those that are listed")}
        names = [(one.code, words.in_language(one.name_cy, one.name_en)) for one in groups()]
        self.fields = {
            "group": forms.ChoiceField(required=False, label=_("Types of crime"), choices=names, error_messages=wrong),
            "map": forms.ChoiceField(required=False, label=_("Map"), choices=list(words.kind_names().items()), error_messages=wrong),
        }


@desk()
def spots(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Where it is: areas that stand out, how lasting, points that hold half, oddities."""
    folder = current(name_of_set(partnership))
    if folder is None:
        return render(request, "crime/hot_none.html")
    form = AskForm(request.GET)
    if not form.is_valid():
        return render(request, "crime/hot_asked_wrong.html", {"form": form}, status=422)
    group = form.cleaned_data["group"] or groups()[0].code
    kind = form.cleaned_data["map"] or words.KINDS[0]
    about, found = told_of(folder), kept_spots(folder, group)
    where = partnership.pair("place").say()
    context = {
        "form": form, "group": group, "kind": kind, "about": about, "found": found, "finding": words.finding(found, where),
        "chance": words.chance_said(found), "figure": shown.figure(folder, about, found, kind, where),
        "table": shown.table(found, kind), "legend": shown.legend(found, kind), "marked": words.marked_label(kind),
        "few": shown.few_said(found), "few_table": shown.few_table(found), "piled_table": shown.piled_table(found),
        "own_table": shown.own_table(about, group), "captions": shown.captions(), "lasting": shown.how_lasting_said(found),
        "lasting_counts": shown.lasting_counts(found),
        "synthetic_line": words.synthetic_said() if about.is_synthetic else "", "is_behind": is_behind(about),
        "months": words.months_said(found.months), "set": folder.name, "source": words.source_said(about),
    }  # fmt: skip
    return render(request, "crime/hot.html", context)


@desk()
def outlines(request: HttpRequest, partnership: Any) -> HttpResponse:
    """The outlines that the map draws, as GeoJSON in degrees; an empty collection before the first night."""
    folder = current(name_of_set(partnership))
    told = text(folder, "outlines.json") if folder else ""
    return HttpResponse(told or NO_OUTLINES, content_type="application/geo+json")


def is_behind(about: About) -> bool:
    """Whether rows have been loaded since this was worked out."""
    try:
        return read_store().number != about.store
    except StoreFault:
        return False
