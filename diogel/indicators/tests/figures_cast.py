"""Measures with figures in every state, for the tests of this room."""

from __future__ import annotations

from datetime import date
from typing import Any

from diogel.indicators.models import Indicator, Measure, Observation, Wave
from diogel.people.tests.cast import bilingual

QUARTERS = {
    "2020-10": (date(2020, 10, 1), date(2020, 12, 31)),
    "2021-07": (date(2021, 7, 1), date(2021, 9, 30)),
    "2021-10": (date(2021, 10, 1), date(2021, 12, 31)),
}


def make_measure(partnership: Any, code: str = "G6", *, unit: str = "count", **more: Any) -> Measure:
    words = {
        **bilingual("Adroddiadau o droseddau casineb", "Hate crime reports", "title"),
        **bilingual("Pob adroddiad yn y chwarter", "Every report in the quarter", "definition"),
        **bilingual("Heddlu Gogledd Cymru", "North Wales Police", "source"),
    }
    return Measure.objects.create(partnership=partnership, code=code, unit=unit, **(words | more))


def make_indicator(measure: Measure, *, better: str = "up", accountability: str = "shared", direction: str = "increase") -> Indicator:
    words = bilingual("Rhagor yn rhoi gwybod", "More people report", "title", "why")
    return Indicator.objects.create(
        measure=measure, code=measure.code, better=better, accountability=accountability, direction=direction, **words
    )


def make_figure(measure: Measure, quarter: str = "2021-10", **columns: Any) -> Observation:
    first, last = QUARTERS[quarter]
    return Observation.objects.create(measure=measure, from_on=first, to_on=last, **columns)


def make_wave(partnership: Any, *, sampling: str = "self_selected") -> Wave:
    return Wave.objects.create(
        partnership=partnership, code="2016-17", first_month="2016-11", last_month="2017-03", responses=1284, sampling=sampling,
        **bilingual("Arolwg diogelwch", "Safety survey", "title"), **bilingual("Ar-lein ac ar bapur", "Online and on paper", "modes"),
    )  # fmt: skip


def typed(**more: str) -> dict[str, str]:
    """An observation form as a browser sends it, for the last quarter of 2021."""
    first, last = QUARTERS["2021-10"]
    days = {f"from_on_{part}": str(getattr(first, part)) for part in ("day", "month", "year")}
    days |= {f"to_on_{part}": str(getattr(last, part)) for part in ("day", "month", "year")}
    return {"state": "final", "base_state": "none", **days, **more}
