"""Makes the pictures of the crime figures: one large series with what else happened, and a small one for each type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from diogel.analysis.charts import Event, Point, control_chart, small_panel
from diogel.analysis.periods import Month
from diogel.words.quarters import month_said

from .crime_asked import Asked
from .crime_found import YEAR, Counts, Found, Year
from .crime_tables import counts_table, what_said
from .figures import number
from .kept_drawings import drawn
from .models import crime_type_name
from .spans import DASH

MOST_NAMED = 8
"""So many types or more are not listed below the title: they are chosen above it."""


def main_figure(found: Found, *, where: str, marks: Sequence[tuple[Month, str]], source: str) -> dict[str, Any]:
    """The large series as `dg/figure.html` takes it. `marks` are months of dated events with the numbers that name them below."""
    months, missing = found.asked.months, _("no data")
    drawing = drawn(
        ("crime", missing, months[0], found.main, tuple(marks)),
        lambda: control_chart(
            [Point(month, count) for month, count in zip(months, found.main, strict=True)],
            range_label="",
            missing_label=missing,
            events=[Event(month, label) for month, label in marks],
        ),
    )
    what = what_said(found.asked)
    return {
        "title": finding(found, what, where),
        "subtitle": subtitle(found.asked),
        "label": label(what, where, months, found.main),
        "wide": drawing.wide,
        "narrow": drawing.narrow,
        "source": source,
        "table": counts_table(months, [(what, found.main)], caption=what),
    }


def small_figures(found: Found, *, where: str) -> list[dict[str, Any]]:
    """A panel for each type, where more than one was asked for; each with its own scale from zero."""
    if len(found.by_type) < 2:
        return []
    return [_panel(name, counts, found, where) for name, counts in found.by_type.items()]


def _panel(name: str, counts: Counts, found: Found, where: str) -> dict[str, Any]:
    months, missing = found.asked.months, _("no data")
    drawing = drawn(
        ("panel", missing, months[0], counts),
        lambda: small_panel([Point(month, count) for month, count in zip(months, counts, strict=True)], missing_label=missing),
    )
    what = crime_type_name(name)
    return {
        "type": name,
        "title": what,
        "subtitle": _latest(months, counts),
        "label": label(what, where, months, counts),
        "wide": drawing.wide,
    }


def finding(found: Found, what: str, where: str) -> str:
    """What the large picture says: the latest year beside the one before where both are known, else the highest month."""
    year, told = found.year, {"what": what, "place": where}
    main = _main_of(found, year)
    if year and main and main.before is not None:
        counts = {"now": number(main.now), "before": number(main.before), "month": month_said(year.last), "n": len(year.months)}
        if len(year.months) == YEAR:
            return _("%(what)s, %(place)s: %(now)s in the year to %(month)s, %(before)s the year before") % (told | counts)
        return _("%(what)s, %(place)s: %(now)s in %(n)s months of the year to %(month)s, %(before)s in the same months the year before") % (
            told | counts
        )
    seen = [(count, month) for month, count in zip(found.asked.months, found.main, strict=True) if count is not None]
    if not seen:
        return _("%(what)s, %(place)s: no data in these months") % told
    count, month = max(seen, key=lambda each: each[0])
    return _("%(what)s, %(place)s: highest in %(month)s, with %(n)s") % (told | {"month": month_said(month), "n": number(count)})


def _main_of(found: Found, year: Year | None) -> Any:
    if year is None:
        return None
    return year.added or year.by_type[(found.asked.crimes or found.asked.types)[0]]


def subtitle(asked: Asked) -> str:
    stretch = f"{month_said(asked.first)} {DASH} {month_said(asked.last)}"
    words = _("Recorded offences each month") if asked.crimes else _("Recorded incidents each month")
    named = ", ".join(crime_type_name(name) for name in asked.crimes) if 1 < len(asked.crimes) < MOST_NAMED else ""
    return "; ".join(filter(None, [named, words, stretch]))


def label(what: str, where: str, months: Sequence[Month], counts: Counts) -> str:
    """What a picture tells, for who cannot see it: range, latest month, months without data."""
    seen = [(count, month) for month, count in zip(months, counts, strict=True) if count is not None]
    gaps = [month_said(month) for month, count in zip(months, counts, strict=True) if count is None]
    told = {"what": what, "place": where}
    if not seen:
        return _("%(what)s, %(place)s: no data in these months") % told
    low, high = min(count for count, _month in seen), max(count for count, _month in seen)
    latest, month = seen[-1]
    words = _("%(what)s, %(place)s, month by month. Lowest %(low)s, highest %(high)s; %(month)s: %(latest)s.") % (
        told | {"low": number(low), "high": number(high), "month": month_said(month), "latest": number(latest)}
    )
    if not gaps:
        return words
    named = ", ".join(gaps) if len(gaps) <= 6 else number(len(gaps))
    told_gaps = _("Months without data: %(months)s.") % {"months": named}
    return f"{words} {told_gaps}"


def _latest(months: Sequence[Month], counts: Counts) -> str:
    """The latest known month as a label and its number."""
    month, count = next(((m, n) for m, n in zip(reversed(months), reversed(counts), strict=True) if n is not None), (None, None))
    return f"{month_said(month)}: {number(count)}" if month else _("no data")
