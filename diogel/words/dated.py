"""The date of a source, as exact as the source gives it: a day, a month, a year or some years."""

from __future__ import annotations

import re
from datetime import date

from django.utils.formats import date_format

from .quarters import month_said

_DAY, _MONTH = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), re.compile(r"\d{4}-\d\d", re.ASCII)
_YEARS = re.compile(r"([12]\d{3})(?:[-/\u2013](\d{4}|\d\d))?", re.ASCII)


def as_dated(said: str) -> str:
    """`2021-04-01` and `2021-04` in words; a year, some years and what is no date at all stand as they are."""
    try:
        if _DAY.fullmatch(said):
            return date_format(date.fromisoformat(said), "j F Y")
        return month_said(said) if _MONTH.fullmatch(said) else said
    except ValueError:
        return said


def is_dated(said: str) -> bool:
    """Whether this is a day that there is, a month, a year, or years that follow one another (`2021-22`, `2017–2021`)."""
    if _DAY.fullmatch(said) or _MONTH.fullmatch(said):
        day = f"{said}-01" if _MONTH.fullmatch(said) else said
        if _is_day(day):
            return True
    years = _YEARS.fullmatch(said)
    if not years:
        return False
    first, last = years[1], years[2] or ""
    return not last or (int(last) > int(first) if len(last) == 4 else int(last) == (int(first) + 1) % 100)


def _is_day(said: str) -> bool:
    try:
        return bool(date.fromisoformat(said))
    except ValueError:
        return False
