"""Forms of the figures: measures, the indicators that report them, observations, survey waves and dated context."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import CRIME_TYPES
from diogel.home import today
from diogel.people.choices import OneOf, SomeOf
from diogel.people.editing import RowForm
from diogel.people.models import Body

from .figures import earlier_values
from .models import Context, Indicator, Measure, Observation, Wave, crime_type_name
from .rules import COUNT, DAYS, NARRATIVE, PERCENT, RATIO, YES_NO

_THOUSANDS = re.compile(r"-?\d{1,3}([, ]\d{3})+(\.\d+)?")


class Figure(forms.DecimalField):
    """A number as people type it: with commas or spaces at thousands, shown again without zeros that say nothing."""

    default_error_messages = {"invalid": gettext_lazy("Enter a number, such as 0 or 34")}

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_digits=14, decimal_places=4, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)
        self.widget.attrs["class"] = "govuk-input--width-10"

    def to_python(self, value: Any) -> Decimal | None:
        """Commas and spaces count only where thousands are parted: 3,5 may be meant as three and a half, and is asked back."""
        if isinstance(value, str) and _THOUSANDS.fullmatch(value.strip()):
            value = value.replace(",", "").replace(" ", "")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class FiguresForm(RowForm):
    """A form of this room: a choice by radio buttons begins without an answer and never offers an empty one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field.widget, forms.RadioSelect):
                field.choices = [choice for choice in field.choices if choice[0] not in ("", None)]


class MeasureForm(FiguresForm):
    pair_labels = {"title": gettext_lazy("Title"), "definition": gettext_lazy("What it counts"), "source": gettext_lazy("Source")}
    long_pairs = frozenset({"definition"})
    required_pairs = frozenset({"title", "definition", "source"})
    pair_hints = {"definition": gettext_lazy("Who or what is counted, when, and what is left out: another person must get the same number")}
    code = forms.SlugField(
        label=gettext_lazy("Code, such as P2c"), max_length=60, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"})
    )
    crime_types = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        label=gettext_lazy("Types of crime, where it is counted from police files"),
        help_text=gettext_lazy("Several are counted together. Anti-social behaviour is never added to crime"),
    )

    class Meta:
        model = Measure
        fields = ["code", "unit", "body", "is_sensitive", "area", "crime_types"]
        widgets = {"unit": forms.RadioSelect}
        labels = {
            "unit": gettext_lazy("Unit"),
            "is_sensitive": gettext_lazy("A sensitive subject: counts of 1 to 4 are withheld in public"),
        }

    def offer(self, partnership: Any) -> None:
        bodies = Body.objects.filter(memberships__partnership=partnership).distinct()
        self.fields["body"] = OneOf(bodies, name="name", label=_("Whose records it comes from"), required=False)
        self.fields["area"] = OneOf(partnership.areas.all(), name="name", label=_("Area"), required=False)
        self.fields["crime_types"].choices = [(name, crime_type_name(name)) for name in CRIME_TYPES]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if Measure.objects.filter(partnership=self.partnership, code=code).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is already a measure of this code"))
        return code


class IndicatorForm(FiguresForm):
    pair_labels = {"title": gettext_lazy("Title, as the plan words it"), "why": gettext_lazy("Why it matters")}
    long_pairs = frozenset({"why"})
    required_pairs = frozenset({"title"})

    class Meta:
        model = Indicator
        fields = ["code", "direction", "accountability", "better", "counts_people_where_a_share_is_meant", "order"]
        widgets = {"direction": forms.RadioSelect, "accountability": forms.RadioSelect, "better": forms.RadioSelect}
        labels = {
            "code": gettext_lazy("Code, such as P2c"),
            "direction": gettext_lazy("What the plan wants of it"),
            "accountability": gettext_lazy("Who answers for it"),
            "better": gettext_lazy("Which way is better"),
            "counts_people_where_a_share_is_meant": gettext_lazy("It counts people where a share is meant"),
            "order": gettext_lazy("Place in the list"),
        }
        help_texts = {
            "counts_people_where_a_share_is_meant": gettext_lazy("Such a number rises when more people answer"),
            "accountability": gettext_lazy("What we only contribute to never gets an arrow or a colour"),
        }


class ObservationForm(FiguresForm):
    """One figure for one period. Which boxes it has follows from the measure's unit; a correction keeps the earlier figure."""

    pair_labels = {
        "text": gettext_lazy("In words"),
        "reason": gettext_lazy("Why there is no figure"),
        "note": gettext_lazy("Note to the figure"),
    }
    long_pairs = frozenset({"text", "reason", "note"})
    pair_hints = {
        "reason": gettext_lazy("Only where the figure is missing"),
        "note": gettext_lazy("What a reader must know to read it right"),
    }
    value = Figure(label=gettext_lazy("Figure"))
    numerator = Figure(label=gettext_lazy("Part"), help_text=gettext_lazy("How many of the whole"))
    denominator = Figure(label=gettext_lazy("Whole"), help_text=gettext_lazy("Out of how many"))

    class Meta:
        model = Observation
        fields = ["from_on", "to_on", "state", "numerator", "denominator", "value", "wave", "base_state", "base"]
        widgets = {
            "state": forms.RadioSelect,
            "base_state": forms.RadioSelect,
            "base": forms.NumberInput(attrs={"class": "govuk-input--width-10"}),
        }
        labels = {
            "from_on": gettext_lazy("First day it speaks of"),
            "to_on": gettext_lazy("Last day it speaks of"),
            "state": gettext_lazy("State"),
            "base": gettext_lazy("How many answered this question"),
            "base_state": gettext_lazy("Base of the share"),
        }

    def offer(self, partnership: Any) -> None:
        unit = self.instance.measure.unit
        unused = {
            COUNT: {"numerator", "denominator", "text"},
            DAYS: {"numerator", "denominator", "text"},
            RATIO: {"value", "text"},
            PERCENT: {"text"},
            YES_NO: {"numerator", "denominator"},
            NARRATIVE: {"value", "numerator", "denominator"},
        }[unit]
        self._leave_out(unused if unit == PERCENT else unused | {"wave", "base", "base_state"})
        if unit == PERCENT:
            waves = Wave.objects.standing().filter(partnership=partnership)
            self.fields["wave"] = OneOf(waves, label=_("Round of a survey"), required=False)
            self.fields["value"].label = _("Share in per cent, where the part and the whole were not published")
        if unit == COUNT:
            self.fields["value"].error_messages["invalid"] = _("Enter a whole number, such as 0 or 34")
        if unit == YES_NO:
            answers = [("1", _("yes")), ("0", _("no"))]
            self.fields["value"] = forms.TypedChoiceField(
                label=_("Answer"), choices=answers, coerce=Decimal, empty_value=None, required=False, widget=forms.RadioSelect
            )
            if self.instance.value is not None:
                self.initial["value"] = str(int(self.instance.value))

    def rows(self) -> list[dict[str, Any]]:
        """The figure first, then what is said of it, and last that both languages agree."""
        drawn = super().rows()
        last = [row for row in drawn if row.get("field") and row["field"].name == "both_checked"]
        return [row for row in drawn if "field" in row and row not in last] + [row for row in drawn if "cy" in row] + last

    def _leave_out(self, names: set[str]) -> None:
        """Drop the fields that this unit has no use for; a pair goes with its labels."""
        self.pair_labels = {name: label for name, label in self.pair_labels.items() if name not in names}
        for name in names:
            for field in (name, f"{name}_cy", f"{name}_en"):
                self.fields.pop(field, None)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        begins, ends, measure = values.get("from_on"), values.get("to_on"), self.instance.measure
        same = Observation.objects.standing().filter(measure=measure, from_on=begins, to_on=ends, wave=values.get("wave"))
        if begins and ends and same.exclude(pk=self.instance.pk).exists():
            self.add_error("from_on", _("There is already a figure for these days. Correct that one, so that the earlier value is kept"))
        return values

    def save(self, commit: bool = True) -> Any:
        self.cleaned_data["was"] = earlier_values(self.instance, self.cleaned_data, on=today().isoformat())
        return super().save(commit)


class WaveForm(FiguresForm):
    pair_labels = {"title": gettext_lazy("Title"), "modes": gettext_lazy("How people could answer")}
    long_pairs = frozenset({"modes"})
    required_pairs = frozenset({"title", "modes"})
    code = forms.SlugField(label=gettext_lazy("Short name for the address"), max_length=20)

    class Meta:
        model = Wave
        fields = ["code", "first_month", "last_month", "responses", "sampling"]
        widgets = {"sampling": forms.RadioSelect}
        labels = {
            "first_month": gettext_lazy("First month, such as 2016-11"),
            "last_month": gettext_lazy("Last month, such as 2017-03"),
            "responses": gettext_lazy("How many people answered"),
            "sampling": gettext_lazy("How they were chosen"),
        }

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if Wave.objects.filter(partnership=self.partnership, code=code).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is already a round of this short name"))
        return code

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        first, last = _month(self, "first_month", values.get("first_month")), _month(self, "last_month", values.get("last_month"))
        if first and last and last < first:
            self.add_error("last_month", _("The last month lies before the first. Check both"))
        return values


class ContextForm(FiguresForm):
    """Something dated that may explain a figure; empty areas or types mean all of them."""

    pair_labels = {"title": gettext_lazy("What happened"), "source": gettext_lazy("Who says so")}
    required_pairs = frozenset({"title", "source"})
    types = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        label=gettext_lazy("Types it bears on"),
        help_text=gettext_lazy("None means all"),
    )

    class Meta:
        model = Context
        fields = ["kind", "from_on", "to_on", "areas", "types", "is_excluded_from_baseline"]
        widgets = {"kind": forms.RadioSelect}
        labels = {
            "kind": gettext_lazy("Kind"),
            "from_on": gettext_lazy("First day"),
            "to_on": gettext_lazy("Last day, where it has ended"),
            "is_excluded_from_baseline": gettext_lazy("Leave these days out of what counts as usual"),
        }
        help_texts = {"is_excluded_from_baseline": gettext_lazy("Only for the areas and types that are chosen here")}

    def offer(self, partnership: Any) -> None:
        self.fields["areas"] = SomeOf(partnership.areas.all(), name="name", label=_("Areas it bears on"), help_text=_("None means all"))
        self.fields["types"].choices = [(name, crime_type_name(name)) for name in CRIME_TYPES]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("from_on") and values.get("to_on") and values["to_on"] < values["from_on"]:
            self.add_error("to_on", _("The last day lies before the first. Check both"))
        return values

    def save(self, commit: bool = True) -> Any:
        if not self.instance.pk:
            self.instance.code = self._free_code()
        return super().save(commit)

    def _free_code(self) -> str:
        """A short name made of the English title, or the Welsh one, and a number where another row bears it."""
        stem = slugify(self.cleaned_data["title_en"] or self.cleaned_data["title_cy"])[:50] or "context"
        taken = set(Context.objects.filter(partnership=self.partnership, code__startswith=stem).values_list("code", flat=True))
        return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if code not in taken)


def _month(form: RowForm, name: str, text: str | None) -> Month | None:
    if not text:
        return None
    try:
        return Month.parse(text)
    except ValueError:
        form.add_error(name, _("Enter a month as year and month, such as 2016-11"))
        return None
