"""What a reader asks of the crime figures: which areas, which types, which months; read from the address, and frozen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from diogel.analysis.periods import Month, months_from
from diogel.analysis.reading.police_uk import CRIME_TYPES
from diogel.words.quarters import month_said

from .models import crime_type_name
from .rules import INCIDENTS

ALL = "all"
LINE, CONTROL = "line", "control"
USUAL_MONTHS = 36


@dataclass(frozen=True)
class Place:
    """An area that can be asked for: its code and its two names."""

    code: str
    name_cy: str
    name_en: str


@dataclass(frozen=True)
class Reach:
    """What can be asked here: the partnership's areas, and the first and last month that may be shown."""

    places: tuple[Place, ...]
    first: Month
    last: Month


@dataclass(frozen=True)
class Asked:
    """One question. `types` are police.uk names; `draw` is how the large series is drawn, `LINE` or `CONTROL`."""

    places: tuple[Place, ...]
    types: tuple[str, ...]
    first: Month
    last: Month
    draw: str = LINE

    @property
    def months(self) -> tuple[Month, ...]:
        return tuple(months_from(self.first, self.last))

    @property
    def crimes(self) -> tuple[str, ...]:
        """The types that may be added up."""
        return tuple(name for name in self.types if name != INCIDENTS)


class AskForm(forms.Form):
    """Checks a question; an empty one means all areas, all types, and the last three years."""

    def __init__(self, *args: Any, reach: Reach, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reach = reach
        areas = [(ALL, ALL), *((place.code, place.code) for place in reach.places)]
        wrong_area, wrong_type = _("Choose an area of this partnership"), _("Choose from the types that are listed")
        self.fields = {
            "area": forms.ChoiceField(required=False, label=_("Area"), choices=areas, error_messages={"invalid_choice": wrong_area}),
            "type": forms.MultipleChoiceField(
                required=False,
                label=_("Types"),
                choices=[(name, name) for name in CRIME_TYPES],
                error_messages={"invalid_choice": wrong_type},
            ),
            "from": forms.CharField(required=False, label=_("From")),
            "to": forms.CharField(required=False, label=_("To")),
            "draw": forms.ChoiceField(
                required=False,
                label=_("Draw as"),
                choices=[(LINE, LINE), (CONTROL, CONTROL)],
                error_messages={"invalid_choice": _("Choose one of those that are listed")},
            ),
        }

    def clean_from(self) -> Month:
        usual = max(self.reach.first, self.reach.last - (USUAL_MONTHS - 1))
        return self._month("from") or usual

    def clean_to(self) -> Month:
        return self._month("to") or self.reach.last

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("from"), values.get("to")
        if first and last and last < first:
            self.add_error("to", _("The last month lies before the first. Check both"))
        return values

    def asked(self) -> Asked:
        """The question, once it is valid."""
        values = self.cleaned_data
        chosen = values["area"] or ALL
        places = self.reach.places if chosen == ALL else tuple(place for place in self.reach.places if place.code == chosen)
        types = tuple(name for name in CRIME_TYPES if name in values["type"]) or tuple(CRIME_TYPES)
        return Asked(places, types, values["from"], values["to"], values["draw"] or LINE)

    def _month(self, name: str) -> Month | None:
        text = self.cleaned_data[name]
        if not text:
            return None
        try:
            month = Month.parse(text)
        except ValueError:
            raise forms.ValidationError(_("Enter a month as year and month, such as 2016-11")) from None
        if not self.reach.first <= month <= self.reach.last:
            told = {"first": month_said(self.reach.first), "last": month_said(self.reach.last)}
            raise forms.ValidationError(_("Figures can be shown from %(first)s to %(last)s") % told)
        return month


def choices(reach: Reach, form: AskForm, chosen: Collection[str]) -> dict[str, Any]:
    """What the filter offers and what is chosen in it, right or wrong, as plain values (`chosen` types as they came): a hundred options drawn by form widgets
    would cost more than the page."""
    asked = form.asked() if form.is_valid() else None
    return {
        "places": reach.places,
        "months": [(str(month), month_said(month)) for month in months_from(reach.first, reach.last)],
        "types": [(name, crime_type_name(name), name in chosen) for name in CRIME_TYPES],
        "draws": [(LINE, _("Line")), (CONTROL, _("Control chart"))],
        "draw": form.data.get("draw") or LINE,
        "area": form.data.get("area") or ALL,
        "first": str(asked.first) if asked else form.data.get("from") or str(reach.first),
        "last": str(asked.last) if asked else form.data.get("to") or str(reach.last),
    }
