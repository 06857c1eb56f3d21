"""Pages of measures and indicators: the list, one measure with all its figures, one round of a survey."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from diogel.home import today
from diogel.people.access import May, may
from diogel.people.desk import desk, fetch
from diogel.people.editing import edit_row, withdraw_row

from .forms import IndicatorForm, MeasureForm, ObservationForm, WaveForm
from .models import Indicator, Measure, Observation, Wave
from .reading import listed, measure_page, wave_questions
from .rounds import next_days


@desk()
def figures(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Every indicator with its latest figure, the measures that no plan reports, and the rounds of surveys."""
    rows = listed(request.user, partnership, today())
    context = {
        "indicators": rows.indicators,
        "measures": rows.measures,
        "waves": rows.waves,
        "owing": sum(row.is_owing for row in rows.indicators),
        "is_empty": not (rows.indicators or rows.measures or rows.waves),
        "may_define": may(request.user, May.EDIT_MEASURES, partnership),
    }
    return render(request, "indicators/figures.html", context)


@desk()
def measure(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """One measure: what it counts, who reports it, every figure with its state, and a chart where there is something to draw."""
    row = _measure(request, partnership, code)
    context = measure_page(row, request.user, today()) | {
        "may_define": may(request.user, May.EDIT_MEASURES, partnership),
        "may_record": may(request.user, May.RECORD_FIGURES, partnership),
    }
    return render(request, "indicators/measure.html", context)


@desk(May.EDIT_MEASURES)
def new_measure(request: HttpRequest, partnership: Any) -> HttpResponse:
    return edit_row(
        request, MeasureForm, Measure(partnership=partnership), title=_("Add a measure"), back=_list(partnership), done=measure_url
    )


@desk(May.EDIT_MEASURES)
def edit_measure(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    row = _measure(request, partnership, code)
    extra = {"withdraw_url": reverse("indicators:withdraw_measure", args=[partnership.slug, code])}
    return edit_row(request, MeasureForm, row, title=_("Correct the measure"), back=measure_url(row), done=measure_url, extra=extra)


@desk(May.EDIT_MEASURES)
def withdraw_measure(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    row = _measure(request, partnership, code)
    title = _("Bring the measure back") if row.withdrawn_on else _("Withdraw the measure")
    return withdraw_row(request, row, title=title, back=measure_url(row))


@desk(May.EDIT_MEASURES)
def new_indicator(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    held = _measure(request, partnership, code)
    row = Indicator(measure=held, code=held.code[:20], order=Indicator.objects.filter(measure__partnership=partnership).count())
    return edit_row(request, IndicatorForm, row, title=_("Report this measure as an indicator"), back=measure_url(held))


@desk(May.EDIT_MEASURES)
def edit_indicator(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = _indicator(request, partnership, pk)
    extra = {"withdraw_url": reverse("indicators:withdraw_indicator", args=[partnership.slug, pk])}
    return edit_row(request, IndicatorForm, row, title=_("Correct the indicator"), back=measure_url(row.measure), extra=extra)


@desk(May.EDIT_MEASURES)
def withdraw_indicator(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = _indicator(request, partnership, pk)
    title = _("Bring the indicator back") if row.withdrawn_on else _("Withdraw the indicator")
    return withdraw_row(request, row, title=title, back=measure_url(row.measure))


@desk(May.RECORD_FIGURES)
def new_observation(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """A form for the next figure, its days filled in where the measure has a rhythm."""
    held = _measure(request, partnership, code)
    row = Observation(measure=held)
    latest = Observation.objects.visible_to(request.user).standing().filter(measure=held).order_by("-to_on", "-from_on")[:2]
    if days := next_days(list(latest)):
        row.from_on, row.to_on = days
    return edit_row(request, ObservationForm, row, title=_("Add a figure"), back=measure_url(held), hint=held.pair("title").say())


@desk(May.RECORD_FIGURES)
def edit_observation(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = _observation(request, partnership, pk)
    extra = {"withdraw_url": reverse("indicators:withdraw_observation", args=[partnership.slug, pk])}
    hint = _("What stands now is kept, and stays one click away from the corrected figure.")
    return edit_row(request, ObservationForm, row, title=_("Correct the figure"), back=measure_url(row.measure), hint=hint, extra=extra)


@desk(May.RECORD_FIGURES)
def withdraw_observation(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = _observation(request, partnership, pk)
    title = _("Bring the figure back") if row.withdrawn_on else _("Withdraw the figure")
    return withdraw_row(request, row, title=title, back=measure_url(row.measure))


@desk()
def wave(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """One round of a survey: who answered, how they were chosen, and each question with the shares that were published."""
    row = fetch(Wave.objects, request.user, partnership=partnership, code=code)
    context = {
        "wave": row,
        "questions": wave_questions(row, request.user),
        "is_self_selected": row.sampling == Wave.Sampling.SELF_SELECTED,
        "may_define": may(request.user, May.EDIT_MEASURES, partnership),
        "may_record": may(request.user, May.RECORD_FIGURES, partnership),
    }
    return render(request, "indicators/wave.html", context)


@desk(May.EDIT_MEASURES)
def new_wave(request: HttpRequest, partnership: Any) -> HttpResponse:
    return edit_row(
        request, WaveForm, Wave(partnership=partnership), title=_("Add a round of a survey"), back=_list(partnership), done=wave_url
    )


@desk(May.EDIT_MEASURES)
def edit_wave(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    row = fetch(Wave.objects, request.user, partnership=partnership, code=code)
    back = reverse("indicators:wave", args=[partnership.slug, code])
    extra = {"withdraw_url": reverse("indicators:withdraw_wave", args=[partnership.slug, code])}
    return edit_row(request, WaveForm, row, title=_("Correct the round of the survey"), back=back, done=wave_url, extra=extra)


@desk(May.EDIT_MEASURES)
def withdraw_wave(request: HttpRequest, partnership: Any, code: str) -> HttpResponse:
    """A round taken back takes the figures that came from it along, without touching them."""
    row = fetch(Wave.objects, request.user, partnership=partnership, code=code)
    title = _("Bring the round of the survey back") if row.withdrawn_on else _("Withdraw the round of the survey")
    return withdraw_row(request, row, title=title, back=_list(partnership))


def measure_url(row: Measure) -> str:
    return reverse("indicators:measure", args=[row.partnership.slug, row.code])


def wave_url(row: Wave) -> str:
    return reverse("indicators:wave", args=[row.partnership.slug, row.code])


def _list(partnership: Any) -> str:
    return reverse("indicators:figures", args=[partnership.slug])


def _measure(request: HttpRequest, partnership: Any, code: str) -> Measure:
    return fetch(Measure.objects.select_related("partnership", "body", "area"), request.user, partnership=partnership, code=code)


def _indicator(request: HttpRequest, partnership: Any, pk: int) -> Indicator:
    return fetch(Indicator.objects.select_related("measure__partnership"), request.user, measure__partnership=partnership, pk=pk)


def _observation(request: HttpRequest, partnership: Any, pk: int) -> Observation:
    return fetch(Observation.objects.select_related("measure__partnership"), request.user, measure__partnership=partnership, pk=pk)
