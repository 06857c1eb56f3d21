"""Draws the figures of one measure: a line on its periods, broken where a figure is missing, never bridged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from diogel.analysis.charts import Point, control_chart
from diogel.analysis.periods import Month

from .figures import drawn_value, number
from .kept_drawings import drawn
from .models import Measure, Observation
from .spans import DASH, span_name, whole_months

LEAST_POINTS = 3
"""Fewer figures than this make no picture: the table tells them."""


def figure_of(measure: Measure, rows: Sequence[Observation]) -> dict[str, Any] | None:
    """A figure as `dg/figure.html` takes it, from observations newest first; None where there is too little to draw."""
    if measure.unit not in (Measure.Unit.COUNT, Measure.Unit.PERCENT, Measure.Unit.RATIO, Measure.Unit.DAYS):
        return None
    series = _series(measure, rows)
    seen = [value for _month, value in series if value is not None]
    if len(seen) < LEAST_POINTS:
        return None
    missing = _("no data")
    drawing = drawn(
        ("measure", missing, series),
        lambda: control_chart([Point(month, value) for month, value in series], range_label="", missing_label=missing),
    )
    pair = measure.pair("title")
    title, first, last = pair.say() or pair.en or pair.cy, rows[-1], rows[0]
    stretch = f"{span_name(first.from_on, first.to_on)} {DASH} {span_name(last.from_on, last.to_on)}"
    return {
        "title": title,
        "subtitle": f"{_unit_said(measure)}; {stretch}",
        "label": _label(title, series, seen),
        "wide": drawing.wide,
        "narrow": drawing.narrow,
        "source": measure.pair("source").say(),
    }


def _series(measure: Measure, rows: Sequence[Observation]) -> tuple[tuple[Month, float | None], ...]:
    """First month and value of every period from the first to the last, as long as the latest one; gaps are there as None."""
    regular = [row for row in rows if row.wave_id is None]
    step = whole_months(regular[0].from_on, regular[0].to_on) if regular else 0
    if not step:
        return ()
    latest = Month.of(regular[0].from_on)
    alike = [row for row in regular if whole_months(row.from_on, row.to_on) == step and latest.since(Month.of(row.from_on)) % step == 0]
    values = {Month.of(row.from_on): drawn_value(row, measure) for row in alike}
    count = latest.since(min(values)) // step + 1
    months = [latest - step * back for back in reversed(range(count))]
    return tuple((month, values.get(month)) for month in months)


def _unit_said(measure: Measure) -> str:
    if measure.unit in (Measure.Unit.PERCENT, Measure.Unit.RATIO):
        return _("Share in per cent, drawn where the whole is 30 or more")
    return _("Number of days") if measure.unit == Measure.Unit.DAYS else _("Count")


def _label(title: str, series: Sequence[tuple[Month, float | None]], seen: Sequence[float]) -> str:
    told = {"title": title, "low": number(round(min(seen), 1)), "high": number(round(max(seen), 1)), "now": number(round(seen[-1], 1))}
    words = _("%(title)s. Lowest %(low)s, highest %(high)s, latest %(now)s.") % told
    gaps = sum(value is None for _month, value in series)
    if not gaps:
        return words
    told_gaps = _("Periods without a figure: %(n)s.") % {"n": gaps}
    return f"{words} {told_gaps}"
