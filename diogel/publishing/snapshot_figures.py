"""The newest figure of each measure as a snapshot tells it; what the masks withhold is blanked with every number and word it could be read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from diogel.indicators.models import Measure, Observation
from diogel.words.pairs import Pair

from .masks import Masks

NUMBERS = ("value", "part", "whole", "base")
TEXTS = ("text", "note")


def figures(measures: Sequence[Measure], newest: Mapping[int, Observation], *, masks: Masks | None) -> list[dict[str, Any]]:
    """One figure a measure; `newest` holds observations by measure, where there are any. `masks` say which are withheld.

    Only a paper for the partnership itself has none.
    """
    told = [_figure(measure, newest.get(measure.pk)) for measure in measures]
    for figure, measure in zip(told, measures, strict=True):
        observed = newest.get(measure.pk)
        if masks and observed and (kept := masks.kept.get(observed.pk)):
            _keep(figure, whole_too=kept.hides_whole)
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
