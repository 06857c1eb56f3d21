"""The newest figure of each measure as a snapshot tells it: small counts of a sensitive subject are withheld, and what would reveal them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from diogel.analysis.disclosure import THRESHOLD, withhold_series
from diogel.indicators.models import Measure, Observation
from diogel.words.pairs import Pair

LEAST_ANSWERS = 10
"""A share of fewer answers than this is not told."""
NUMBERS = ("value", "part", "whole", "base")
TEXTS = ("text", "note")


def figures(
    own: Measure, measures: Sequence[Measure], newest: Mapping[int, Observation], *, keeps_back: bool = True
) -> list[dict[str, Any]]:
    """One figure a measure. `own` is the measure that the indicator names; `newest` holds observations by measure, where there are any.

    Only a paper for the partnership itself does not keep small counts back.
    """
    told = [_figure(measure, newest.get(measure.pk)) for measure in measures]
    if not keeps_back:
        return told
    for figure, hides_whole in zip(told, _kept(own, measures, newest), strict=True):
        if hides_whole is not None:
            _keep(figure, whole_too=hides_whole)
    return told


def _figure(measure: Measure, observed: Observation | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": measure.code,
        "title": measure.pair("title"),
        "source": measure.pair("source"),
        "unit": measure.unit,
        "is_in_the_quarterly": bool(measure.crime_types),
        "state": Observation.State.MISSING,
        "base_state": "",
    }
    if observed is None:
        return told
    named = ("from_on", "to_on", "state", "value", "base", "base_state")
    told |= {name: getattr(observed, name) for name in named} | {name: observed.pair(name) for name in observed.pairs}
    return told | {"part": observed.numerator, "whole": observed.denominator}


def _keep(figure: dict[str, Any], *, whole_too: bool) -> None:
    """Blank everything from which the count could be read."""
    figure["is_withheld"] = True
    for name in NUMBERS:
        if name != "whole" or whole_too:
            figure[name] = None
    for name in TEXTS:
        figure[name] = Pair("", "")


def _kept(own: Measure, measures: Sequence[Measure], newest: Mapping[int, Observation]) -> list[bool | None]:
    """For each figure: None where it is told, else whether its whole is withheld with it."""
    kept = [_alone(measure, newest.get(measure.pk)) for measure in measures]
    for at in _beside(own, measures, newest):
        kept[at] = True
    return kept


def _alone(measure: Measure, observed: Observation | None) -> bool | None:
    """What the figure's own numbers ask for: a small part, a small rest, or a small count."""
    if observed is None or observed.state == Observation.State.MISSING:
        return None
    if observed.base is not None and observed.base < LEAST_ANSWERS:
        return True
    if not measure.is_sensitive:
        return None
    part, whole = observed.numerator, observed.denominator
    if part is not None and whole is not None and part <= whole and _is_count(part) and _is_count(whole):
        mask = withhold_series([int(part), int(whole - part)])
        return bool(mask[2]) if mask[0] or mask[1] else None
    given = [part, whole, observed.value if measure.unit == Measure.Unit.COUNT else None]
    return True if any(number is not None and 0 < number < THRESHOLD for number in given) else None


def _beside(own: Measure, measures: Sequence[Measure], newest: Mapping[int, Observation]) -> list[int]:
    """Where sensitive counts add up to the total that the indicator also reports, a small one takes a larger one with it."""
    total = newest.get(own.pk)
    counts = [_count(newest.get(measure.pk)) for measure in measures]
    if own in measures or not own.is_sensitive or any(count is None for count in counts):
        return []
    numbers = [int(count) for count in counts if count is not None]
    if total is None or _count(total) != sum(numbers):
        return []
    return [at for at, is_kept in enumerate(withhold_series(numbers)[:-1]) if is_kept]


def _count(observed: Observation | None) -> Decimal | None:
    value = observed.value if observed and observed.measure.unit == Measure.Unit.COUNT else None
    return value if value is not None and _is_count(value) else None


def _is_count(value: Decimal) -> bool:
    return value >= 0 and value == value.to_integral_value()
