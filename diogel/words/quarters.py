"""A quarter by its months."""

from __future__ import annotations

from django.utils.translation import gettext as _

from diogel.analysis.periods import Quarter


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
