"""A month by its name, and a quarter by its months."""

from __future__ import annotations

from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diogel.analysis.periods import Month, Quarter


def month_said(month: Month | str) -> str:
    """`October 2021`, `Hydref 2021`."""
    return _month_said(month, get_language())


@lru_cache(maxsize=2048)
def _month_said(month: Month | str, language: str | None) -> str:
    """A page of figures says some months a hundred times. `language` is that of the page already."""
    return date_format((Month.parse(month) if isinstance(month, str) else month).first_day, "F Y")


def quarter_name(quarter: Quarter | str) -> str:
    """`October to December 2021`, `Hydref i Ragfyr 2021`: whole, because Welsh changes the second month's first letter."""
    if isinstance(quarter, str):
        quarter = Quarter.parse(quarter)
    names = {
        3: _("January to March %(year)s"),
        6: _("April to June %(year)s"),
        9: _("July to September %(year)s"),
        12: _("October to December %(year)s"),
    }
    return names[quarter.ending.month] % {"year": quarter.ending.year}
