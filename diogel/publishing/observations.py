"""How one figure of a measure is told in a table: with its base and state; missing, late, withheld and zero each look different."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.indicators.models import Measure, Observation
from diogel.published.blocks import Cell

from .quarterly_measured import LATE
from .quarterly_words import number, say

LEAST_BASE_FOR_PERCENT = 30
"""A share of fewer than this is told as a part of its whole."""
Told = Mapping[str, Any]


def cell(figure: Told | None, unit: str) -> Cell:
    """The cell for one figure in the language in force. What is not there is a word, never a blank or a zero."""
    if figure is None:
        return Cell(_("not reported"), state="missing")
    if figure["state"] == LATE:
        return Cell(days_late(figure["days_late"]), state="late")
    if figure["is_withheld"]:
        return Cell(_("withheld"), state="withheld")
    text = "" if figure["state"] == Observation.State.MISSING else _text(figure, unit)
    if not text:
        return Cell(_("no data"), state="missing")
    is_number = unit not in (Measure.Unit.NARRATIVE, Measure.Unit.YES_NO)
    return Cell(text, state=_state(figure, text), numeric=is_number)


def days_late(days: int) -> str:
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}


def _state(figure: Told, text: str) -> str:
    if figure["state"] == Observation.State.PROVISIONAL:
        return "provisional"
    return "corrected" if figure["is_corrected"] else "zero" if text == "0" else ""


def _text(figure: Told, unit: str) -> str:
    part, whole, value = figure["part"], figure["whole"], figure["value"]
    if unit == Measure.Unit.NARRATIVE:
        return say(figure["text"])
    if unit == Measure.Unit.YES_NO:
        return "" if value is None else _("yes") if value else _("no")
    if part is not None and whole:
        return _share(part, whole)
    if value is None:
        return ""
    if unit == Measure.Unit.PERCENT:
        return f"{number(value)}%"
    if unit == Measure.Unit.DAYS:
        return ngettext("%(shown)s day", "%(shown)s days", int(value)) % {"shown": number(value)}
    return number(value)


def _share(part: float, whole: float) -> str:
    values = {"part": number(part), "whole": number(whole)}
    if whole < LEAST_BASE_FOR_PERCENT:
        return _("%(part)s of %(whole)s") % values
    share = (Decimal(str(part)) * 100 / Decimal(str(whole))).quantize(Decimal(1), ROUND_HALF_UP)
    return _("%(share)s%% (%(part)s of %(whole)s)") % (values | {"share": share})
