"""The pictures of the sample paper, drawn once for all tests of this room."""

from __future__ import annotations

from functools import cache

from diogel.analysis.charts import Bar, Chart, Event, Point, contributions, control_chart
from diogel.analysis.periods import Month
from diogel.published.drawing import Drawing, draw
from diogel.published.tests.sample import SAID


@cache
def drawings(language: str) -> dict[str, Drawing]:
    """The sample's two pictures in one language, drawn once for all tests."""
    return {"months": draw(months_chart(language), language), "places": draw(contributions(_bars()), language)}


@cache
def months_chart(language: str) -> Chart:
    at = 0 if language == "cy" else 1
    points = [Point(Month(2020, 1) + k, 57 + k % 5, 57.0, 43.0, 71.0) for k in range(24)]
    points[22] = Point(Month(2021, 11), 96, 57.0, 43.0, 71.0, odd=True, label=SAID["label"][at])
    points[13] = Point(Month(2021, 2), None, 57.0, 43.0, 71.0)
    events = [Event(Month(2020, 3), SAID["lockdown"][at])]
    return control_chart(points, range_label=SAID["range"][at], missing_label=SAID["no data"][at], events=events)


def _bars() -> list[Bar]:
    return [Bar("Bangor", 23, "+23"), Bar("Caernarfon", 11, "+11")]
