"""How one observation is told in a table: with its base and state, and withheld in public where it would point at people."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from diogel.indicators.models import Measure, Observation
from diogel.published.blocks import Cell

SMALLEST_TOLD = 5
LEAST_BASE_FOR_PERCENT = 30


def told(observation: Observation | None, measure: Measure, *, is_public: bool) -> Cell:
    """The cell for one observation in the language in force. Missing is a word, never a blank or a zero."""
    if observation is None or observation.state == Observation.State.MISSING:
        return Cell(_("no data"), state="missing")
    if is_public and is_withheld(observation, measure):
        return Cell(_("withheld"), state="withheld")
    text = _text(observation, measure)
    if not text:
        return Cell(_("no data"), state="missing")
    state = "provisional" if observation.state == Observation.State.PROVISIONAL else "corrected" if observation.was else ""
    is_number = measure.unit not in (Measure.Unit.NARRATIVE, Measure.Unit.YES_NO)
    return Cell(text, state=state or ("zero" if text == "0" else ""), numeric=is_number)


def is_withheld(observation: Observation | None, measure: Measure) -> bool:
    """Counts of 1 to 4 of a sensitive subject are withheld, and so is a share whose part, rest or whole is such a count."""
    if observation is None or not measure.is_sensitive:
        return False
    counts = [observation.numerator, observation.denominator]
    if observation.numerator is not None and observation.denominator is not None:
        counts.append(observation.denominator - observation.numerator)
    if measure.unit == Measure.Unit.COUNT:
        counts.append(observation.value)
    return any(count is not None and 0 < count < SMALLEST_TOLD for count in counts)


def _text(observation: Observation, measure: Measure) -> str:
    part, whole, value = observation.numerator, observation.denominator, observation.value
    if measure.unit == Measure.Unit.NARRATIVE:
        return observation.pair("text").say()
    if measure.unit == Measure.Unit.YES_NO:
        return _("yes") if value else _("no")
    if part is not None and whole is not None:
        values = {"part": number(part), "whole": number(whole)}
        if whole < LEAST_BASE_FOR_PERCENT:
            return _("%(part)s of %(whole)s") % values
        return _share(part, whole, values)
    if value is None:
        return ""
    return f"{number(value)}%" if measure.unit == Measure.Unit.PERCENT else number(value)


def _share(part: Decimal, whole: Decimal, values: dict[str, Any]) -> str:
    share = (part / whole * 100).quantize(Decimal(1))
    return _("%(share)s%% (%(part)s of %(whole)s)") % (values | {"share": share})


def number(value: Decimal | float | int) -> str:
    """A number as both languages write it: thousands by comma, no needless decimals."""
    plain = Decimal(str(value)).normalize()
    whole = plain == plain.to_integral_value()
    return f"{int(plain):,}" if whole else f"{plain:,f}"
