"""What a card's `finding` holds, and one row of a look's `series`: plain values as they lie in the database."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

Way = Literal["higher", "lower", ""]
Verdict = Literal["unusual", "outside", "as_expected", "too_short", "missing"]

LEAST_ODDS = 10_000
"""Beyond this no model of counts is to be believed: rarer is told as "fewer than 1 quarter in 10,000"."""


class MonthRow(TypedDict):
    """One month of the chart; None where no count came, or nothing was expected."""

    month: str
    observed: int | None
    expected: float | None
    low: int | None
    high: int | None


class Told(TypedDict):
    """The figure that a sentence tells: the oddest month, the quarter, or the months since a level changed (no range then)."""

    first: str
    last: str
    observed: int
    expected: float
    low: int | None
    high: int | None


class Neighbour(TypedDict):
    """Another authority of the same force in the same months: above, below or within its own range, or not known."""

    area: str
    way: Literal["higher", "lower", "within", "unknown"]


class Mark(TypedDict):
    """A dated event as the chart rules it: the month it began, and the word above the rule in both languages."""

    month: str
    cy: str
    en: str


class Was(TypedDict):
    """What the figure was before the data were revised, and the day on which that was seen."""

    observed: int
    expected: float
    on: str


class Power(TypedDict):
    """The chances that a rise by half, and one to the double, would have been found, and the ratio found four times in five."""

    half: float
    double: float
    smallest: float | None


class Series(TypedDict):
    """One series of a look. `months` are the quarter's odd months, `missing` those without a whole file.

    `unusual` is what a card was made for; `outside` lies outside its own range, as chance alone makes some of many do. `earlier_years` is how
    many it was compared with where the history is too short for a trend, else 0. `power` is None where nothing could be reckoned; cards
    do not repeat it. A look that was taken before these two were kept has neither.
    """

    area: str
    type: str
    quarter: str
    verdict: Verdict
    method: str
    observed: int | None
    expected: float | None
    low: int | None
    high: int | None
    direction: Way
    kind: str
    months: list[str]
    since: str | None
    history_months: int
    missing: list[str]
    earlier_years: NotRequired[int]
    power: NotRequired[Power | None]


class FindingData(Series):
    """A series for which a card was made. `one_in` is how many quarters one such would be expected in, LEAST_ODDS at most.

    `months` and `since` say what is unusual by `kind`: single `months`, the `quarter`, or the `level` since that month.
    """

    told: Told
    p: float
    q: float
    one_in: int
    monthly: list[MonthRow]
    excluded: list[str]
    events: list[Mark]
    neighbours: list[Neighbour]
    was: NotRequired[Was]


class Place(TypedDict):
    """One place's part: `observed` less `expected` is `difference`, in tenths, and all differences add up to the told figure's.

    `code` is empty for the rest, which stands last and counts `places` of them. `name` is the English one.
    """

    code: str
    name: str
    name_cy: str
    observed: int
    expected: float
    difference: float
    places: int
