"""The values an explanation is made of: no reckoning, no words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..periods import Month, Quarter

Shape = Literal[
    "spike_over", "spike_latest", "months", "quarter", "step", "season", "trend", "year_before", "within", "outside", "too_short", "missing"
]
"""`spike_over`: one month, over before the quarter ended; `spike_latest`: the latest month alone; `months`: several of them;
`quarter`: all of it, which may yet prove a step; `step`: a new level; `season` and `trend`: a difference that the expected
figure already holds; `year_before`: it was the year before that was odd; `within`: nothing to explain;
`outside`: outside its own range, and not unusual among all looked at."""
Way = Literal["higher", "lower", "within", "unknown"]
Gathering = Literal["one", "few", "spread", "unknown"]
NotIt = Literal["season", "trend", "data", "force", "neighbours", "lasting", "one_place", "proved_by_time"]
"""What an explanation says it is not. `force`, `neighbours`: they did not move the same way. `lasting`: it is not shown to last.
`one_place`: no single place makes up half of it. `proved_by_time`: what happened at the same time is not thereby the cause."""
Breaking = Literal["place", "type", "street"]
"""`street` is a published point: the police name it by a street or a shop nearby, and mean neither."""
MOST_NAMED = 3
MOST_AGAINST = 2
SHOWN, MOST_SHOWN = 6, 12


@dataclass(frozen=True, kw_only=True)
class Part:
    """One place, type or street: what it held, what its share of the expected count was, and the signed difference; all whole."""

    code: str
    observed: int
    expected: int

    @property
    def difference(self) -> int:
        return self.observed - self.expected


@dataclass(frozen=True, kw_only=True)
class Parts:
    """All parts of a difference, those that moved the way of the whole first; they add up to `difference` exactly.

    `gathering`: does `one` part make up half of the difference, do a `few`, or is it `spread`? `halves` counts the parts that
    it takes, largest first. `unknown` where there is too little to say.
    """

    by: Breaking
    parts: tuple[Part, ...]
    gathering: Gathering
    halves: int

    @property
    def difference(self) -> int:
        return sum(part.difference for part in self.parts)

    @property
    def named(self) -> tuple[Part, ...]:
        """Those that are told by name: the ones that make up half of the difference, else the largest few that moved its way."""
        most = max(self.halves, 1) if self.gathering in ("one", "few") else MOST_NAMED
        return tuple(part for part in self.parts[:most] if self.difference * part.difference > 0)

    @property
    def shown(self) -> tuple[Part, ...]:
        """Those that a chart shows, in the order of all: the named ones and, as many as fit, those furthest from their expected count."""
        furthest = sorted(self.parts, key=lambda part: (-abs(part.difference), part.code))
        most = max(SHOWN, min(self.halves, MOST_SHOWN), len(self.named))
        kept = list(dict.fromkeys([*self.named, *furthest]))[:most]
        return tuple(part for part in self.parts if part in kept)

    @property
    def against(self) -> tuple[Part, ...]:
        """Of those that are shown, the few that moved furthest the other way."""
        other = [part for part in self.shown if self.difference * part.difference < 0]
        return tuple(sorted(other, key=lambda part: (-abs(part.difference), part.code))[:MOST_AGAINST])


@dataclass(frozen=True, kw_only=True)
class Around:
    """Which way others moved in the same months: each other area of the force (`neighbours`), the rest of the force taken together,
    and the most similar areas together."""

    neighbours: Mapping[str, Way] = field(default_factory=dict)
    force: Way = "unknown"
    group: Way = "unknown"

    def alike(self, way: Way) -> int:
        return sum(one == way for one in self.neighbours.values())

    @property
    def known(self) -> int:
        return sum(one != "unknown" for one in self.neighbours.values())


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something recorded that may bear on a figure. No areas or no types: it bears on all. `last` None: it goes on."""

    title: tuple[str, str]
    kind: str
    first: Month
    last: Month | None = None
    areas: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StepSeen:
    """A step as another method dated it: the month it began, an interval for that, and the monthly levels on either side."""

    since: Month
    first: Month
    last: Month
    before: float
    after: float


@dataclass(frozen=True, kw_only=True)
class Doubts:
    """What may be wrong with the data themselves. `was` is the figure before it was revised; `recoded` when rules changed."""

    missing: tuple[Month, ...] = ()
    partial: tuple[Month, ...] = ()
    was: int | None = None
    recoded: tuple[Month, ...] = ()

    @property
    def are_none(self) -> bool:
        return not (self.missing or self.partial or self.recoded) and self.was is None


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Everything that is to be said of one figure. `observed`, `expected`, `low`, `high` are whole and of `months`.

    `low` and `high` are None where the months have no range of their own. `events` bore on the area and type within
    the window; `not_it` says what the figure is not.
    """

    area: str
    type: str
    quarter: Quarter
    shape: Shape
    way: Way
    months: tuple[Month, ...]
    observed: int | None
    expected: int | None
    low: int | None
    high: int | None
    step: StepSeen | None
    parts: tuple[Parts, ...]
    around: Around
    events: tuple[Event, ...]
    doubts: Doubts
    not_it: tuple[NotIt, ...]

    @property
    def difference(self) -> int | None:
        return None if self.observed is None or self.expected is None else self.observed - self.expected
