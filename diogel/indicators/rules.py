"""What an observation must be to say something: the rules of a figure, its parts, its base, and of a missing one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

PERCENT, RATIO, COUNT, DAYS, YES_NO, NARRATIVE = "percent", "ratio", "count", "days", "yes_no", "narrative"
INCIDENTS = "Anti-social behaviour"
"""Incidents, not crimes: shown beside them and never added to them."""
FIGURES = ("value", "numerator", "denominator")


def faults(row: Any) -> dict[str, str]:
    """Field to sentence for everything that is wrong with an observation; empty where all is well.

    `row` has the columns of an Observation and its measure's unit. A missing figure has a reason and no figure; any other
    has one. A part is not more than its whole, unless a note tells why.
    """
    if row.from_on and row.to_on and row.to_on < row.from_on:
        return {"to_on": _("The last day lies before the first. Check both")}
    if row.state == "missing":
        return _missing(row)
    unit = row.measure.unit
    if unit == NARRATIVE:
        return {} if row.text_cy or row.text_en else {"text_cy": _("Say in words what happened, or mark the figure as missing")}
    return _negative(row) or _parts(row) or _single(row, unit)


def faults_of_types(names: Any, *, known: Collection[str]) -> str:
    """Why these types cannot be counted together, in one sentence; empty where they can, or where none is named."""
    if not isinstance(names, list) or not set(names) <= set(known) or len(set(names)) < len(names):
        return _("Choose from the types that are listed, each once")
    if INCIDENTS in names and len(names) > 1:
        return _("Anti-social behaviour is counted as incidents and is never added to crime. Choose it alone, or leave it out")
    return ""


def _missing(row: Any) -> dict[str, str]:
    found = {name: _("Missing means that there is no figure. Clear this, or choose another state") for name in FIGURES if _has(row, name)}
    if not (row.reason_cy or row.reason_en):
        found["reason_cy"] = _("Say why there is no figure: a gap without a reason cannot be told from a mistake")
    return found


def _negative(row: Any) -> dict[str, str]:
    return {name: _("Enter a number of 0 or more") for name in FIGURES if _has(row, name) and getattr(row, name) < 0}


def _parts(row: Any) -> dict[str, str]:
    if not _has(row, "numerator") and not _has(row, "denominator"):
        return {}
    if not _has(row, "denominator"):
        return {"denominator": _("Enter the whole as well: a part says nothing without it")}
    if not _has(row, "numerator"):
        return {"numerator": _("Enter the part as well. If there were none, enter 0")}
    if row.numerator > row.denominator and not (row.note_cy or row.note_en):
        said = {"part": _plain(row.numerator), "whole": _plain(row.denominator)}
        return {"numerator": _("%(part)s were counted but only %(whole)s in all. Check both figures, or tell us why below") % said}
    return {}


def _single(row: Any, unit: str) -> dict[str, str]:
    has_parts, has_value = _has(row, "numerator"), _has(row, "value")
    if unit == RATIO and not has_parts:
        return {"numerator": _("Enter the part and the whole, or mark the figure as missing")}
    if unit == PERCENT:
        if not has_parts and not has_value:
            return {"numerator": _("Enter the part and the whole or, where only the share was published, the share")}
        if has_value and row.value > 100:
            return {"value": _("A share lies between 0 and 100")}
    if unit in (COUNT, DAYS) and not has_value:
        return {"value": _("Enter a number. If there was nothing to count, enter 0; if nobody counted, mark the figure as missing")}
    if unit == COUNT and row.value != int(row.value):
        return {"value": _("Enter a whole number, such as 0 or 34")}
    if unit == YES_NO and row.value not in (0, 1):
        return {"value": _("Choose yes or no, or mark the figure as missing")}
    return {}


def _has(row: Any, name: str) -> bool:
    return getattr(row, name) is not None


def _plain(value: Any) -> str:
    return f"{value.normalize():,f}" if hasattr(value, "normalize") else f"{value:,}"
