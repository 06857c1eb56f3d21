"""Names the days that a figure speaks of: a month, a quarter, a year, or from a day to a day."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from diogel.analysis.periods import Month, Quarter
from diogel.words.quarters import month_said, quarter_name

DASH = "\N{EN DASH}"


def whole_months(first: date, last: date) -> int:
    """How many whole months the days make; 0 where they begin or end inside one."""
    begins, ends = Month.of(first), Month.of(last)
    return ends.since(begins) + 1 if first == begins.first_day and last == ends.last_day else 0


def span_name(first: date, last: date) -> str:
    """`October to December 2021`; in Welsh whole, because the second month's first letter changes. Other stretches get a dash."""
    months = whole_months(first, last)
    if months == 1:
        return month_said(Month.of(first))
    if months == 3 and last.month % 3 == 0:
        return quarter_name(Quarter(Month.of(last)))
    if months == 12:
        return _("year ending %(day)s") % {"day": date_format(last, "j F Y")}
    form = "F Y" if months else "j F Y"
    return date_format(first, form) if first == last else f"{date_format(first, form)} {DASH} {date_format(last, form)}"


def span_after(first: date, last: date) -> tuple[date, date] | None:
    """The days that follow, as many whole months again; None where the stretch is not made of whole months."""
    months = whole_months(first, last)
    if not months:
        return None
    begins = Month.of(last) + 1
    return begins.first_day, (begins + (months - 1)).last_day


def year_before(first: date, last: date) -> tuple[date, date] | None:
    """The same whole months a year earlier, so that like is compared with like; None where they are not whole."""
    if not whole_months(first, last):
        return None
    return (Month.of(first) - 12).first_day, (Month.of(last) - 12).last_day
