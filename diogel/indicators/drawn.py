"""Draws a card's charts once, in both languages and both widths, when the card is made or its figure changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from diogel.analysis.charts import Bar, Chart, Event, Point, contributions, control_chart
from diogel.analysis.periods import Month
from diogel.published.drawing import draw_svg

from .found import FindingData, Mark, Place
from .sentences import MONTHS, odd_months

RANGE = ("ystod ddisgwyliedig", "expected range")
NO_DATA = ("dim data", "no data")
IN_MONTH = ("{n} ym mis {month}", "{n} in {month}")
IN_QUARTER = ("{n} yn y chwarter", "{n} in the quarter")
SINCE = ("{n} ers mis {month}", "{n} since {month}")
REST = ("Lleoedd eraill ({n})", "Other places ({n})")
KIND_WORDS = {
    "policy": ("newid polisi", "change of policy"),
    "recording_change": ("newid mewn cofnodi", "recording change"),
    "event": ("digwyddiad", "event"),
    "operation": ("ymgyrch heddlu", "police operation"),
}
LONGEST_WORD = 24
"""Letters of an event's own name that fit above a chart; a longer one is named by its kind."""

LANGUAGES = ("cy", "en")
Drawn = dict[str, dict[str, str]]


def drawings(finding: FindingData, places: Sequence[Place]) -> dict[str, Any]:
    """`control` and `places`, each by language, then `wide` and `narrow` SVG; no `places` where nothing makes it up."""
    drawn: dict[str, Any] = {"control": {language: _drawn(months_chart(finding, language), language) for language in LANGUAGES}}
    if places:
        drawn["places"] = {language: _drawn(places_chart(places, language), language) for language in LANGUAGES}
    return drawn


def marks(context: Iterable[Any], finding: FindingData) -> list[Mark]:
    """The recorded events that begin within the chart, as it rules them. A fault in the data shows as a gap instead."""
    first, last = finding["monthly"][0]["month"], finding["monthly"][-1]["month"]
    return [
        Mark(month=month, cy=_word(event, "cy"), en=_word(event, "en"))
        for event in context
        if event.kind in KIND_WORDS and first <= (month := str(Month.of(event.from_on))) <= last
    ]


def months_chart(finding: FindingData, language: str) -> Chart:
    """Month by month on the expected range; what is odd ringed and named, gaps said, dated events ruled."""
    odd = {str(month) for month in ringed(finding)}
    labelled = _labelled(finding)
    points = [
        Point(
            Month.parse(row["month"]),
            row["observed"],
            row["expected"],
            row["low"],
            row["high"],
            odd=row["month"] in odd,
            label=_label(finding, language) if row["month"] == labelled else "",
        )
        for row in finding["monthly"]
    ]
    events = [Event(Month.parse(mark["month"]), _half((mark["cy"], mark["en"]), language)) for mark in finding["events"]]
    return control_chart(points, range_label=_half(RANGE, language), missing_label=_half(NO_DATA, language), events=events)


def places_chart(places: Sequence[Place], language: str) -> Chart:
    """Signed bars of the places that make up the difference, the rest last."""
    return contributions([Bar(place_name(place, language), place["difference"], signed(place["difference"])) for place in places])


def place_name(place: Place, language: str) -> str:
    """A place's own name; the rest by how many places they are."""
    if not place["code"]:
        return _half(REST, language).format(n=place["places"])
    return _half((place["name_cy"], place["name"]), language)


def signed(number: float) -> str:
    """A difference with its sign and a real minus: whole, or to the tenth where it was reckoned in tenths."""
    return f"{number:+,.{0 if float(number).is_integer() else 1}f}".replace("-", "\N{MINUS SIGN}") if number else "0"


def unsigned(number: float) -> str:
    """An expected number, whole or to the tenth in which it was reckoned."""
    return f"{number:,.{0 if float(number).is_integer() else 1}f}"


def ringed(finding: FindingData) -> tuple[Month, ...]:
    """The months to ring: the odd ones or, where the quarter is odd as a whole, its last, which bears the label."""
    if finding["kind"] == "months":
        return odd_months(finding)
    return tuple(sorted({*(Month.parse(month) for month in finding["months"]), Month.parse(finding["quarter"])}))


def _labelled(finding: FindingData) -> str:
    return finding["told"]["first"] if finding["kind"] == "months" else finding["quarter"]


def _label(finding: FindingData, language: str) -> str:
    """The told figure, where its ring has room for it."""
    told = finding["told"]
    pattern = {"months": IN_MONTH, "level": SINCE}.get(finding["kind"], IN_QUARTER)
    month = _half(MONTHS[Month.parse(told["first"]).month - 1], language)
    return _half(pattern, language).format(n=f"{told['observed']:,}", month=month)


def _word(event: Any, language: str) -> str:
    """What stands above an event's rule: its name up to the colon where that is short, else its kind."""
    named = str(event.pair("title").say(language)).partition(":")[0].strip()
    return named if named and len(named) <= LONGEST_WORD else _half(KIND_WORDS[event.kind], language)


def _drawn(chart: Chart, language: str) -> dict[str, str]:
    return {"wide": draw_svg(chart.wide, language), "narrow": draw_svg(chart.narrow, language)}


def _half(both: tuple[str, str], language: str) -> str:
    return both[0] if language == "cy" else both[1]
