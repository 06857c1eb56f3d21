"""Which duties and deadlines a year brings: rules read from a table, and the days that they give for one plan."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from diogel.analysis.periods import Month, Quarter
from diogel.words.pairs import Pair, PairState

from .working_days import easter, first_weekday, months_after, moved_to_working_day, working_days_after
from .years import years_of

RECKONED = range(1978, 2900)
"""Years of which bank holidays are known by rule; a plan of another year has a slip of the pen in its dates, and no wheel."""


@dataclass(frozen=True)
class Rule:
    """One duty or habit of the year. `is_duty` where law asks for it; without a `source` it is practice; `when` says how its day is reckoned, after one of `ANCHORS`;
    `role` does it, on the page called `view`; the rule holds from a day to a day, in these jurisdictions."""

    code: str
    title: Pair
    note: Pair
    source: Pair
    role: str
    view: str
    is_duty: bool
    when: dict[str, Any]
    jurisdictions: tuple[str, ...] = ()
    from_on: date = date.min
    to_on: date = date.max
    days: int = 1  # how many days it lasts


@dataclass(frozen=True, order=True)
class Planned:
    """One step of the year as its rule gives it. `key` stays the same however the plan's own dates are corrected."""

    on: date
    key: str
    rule: Rule = field(compare=False)


@dataclass(frozen=True)
class Dates:
    """What of a plan its wheel is reckoned from."""

    from_on: date
    to_on: date
    adopted_on: date

    def holds(self, day: date) -> bool:
        return self.from_on <= day <= self.to_on


@cache
def rules() -> tuple[Rule, ...]:
    told = tomllib.loads((Path(__file__).parent / "rules.toml").read_text(encoding="utf-8"))
    return tuple(_rule(each) for each in told["rules"])


def _rule(told: dict[str, Any]) -> Rule:
    return Rule(
        code=told["code"],
        title=_pair(told["title"]),
        note=_pair(told["note"]),
        source=_pair(told.get("source", {"cy": "", "en": ""})),
        role=told["role"],
        view=told["view"],
        is_duty=told.get("is_duty", False),
        when=told["when"],
        jurisdictions=tuple(told.get("in", ())),
        from_on=told.get("from", date.min),
        to_on=told.get("to", date.max),
        days=told.get("days", 1),
    )


def _pair(told: dict[str, str]) -> Pair:
    return Pair(cy=told["cy"], en=told["en"], state=PairState.CHECKED)


def reckon(*, from_on: date, to_on: date, adopted_on: date | None, jurisdiction: str) -> list[Planned]:
    """Every step from the plan's first day to its last, and those that hang on its adoption wherever they fall; by day. A plan that
    has no day of adoption yet is reckoned from its first day."""
    if from_on.year not in RECKONED:
        return []
    adopted = adopted_on if adopted_on and adopted_on.year in RECKONED else from_on
    dates = Dates(from_on, years_of(from_on, to_on)[-1][1], adopted)
    found = []
    for rule in rules():
        if rule.jurisdictions and jurisdiction not in rule.jurisdictions:
            continue
        for mark, day in ANCHORS[rule.when["after"]](dates, rule.when):
            on = moved_to_working_day(day, rule.when.get("moves", ""))
            if (rule.when["after"] == "adoption" or dates.holds(on)) and rule.from_on <= on <= rule.to_on:
                found.append(Planned(on, f"{rule.code}.{mark}", rule))
    return sorted(found)


def _each_year(dates: Dates, when: dict[str, Any]) -> Iterator[tuple[str, date]]:
    """On a month and day of each calendar year; with `weekday`, the first such weekday from that day on. A 29 February is the 28th."""
    month, day = (int(part) for part in when["on"].split("-"))
    for year in range(dates.from_on.year - 1, dates.to_on.year + 2):
        fixed = date(year, month, min(day, Month(year, month).days))
        yield str(year), first_weekday(fixed, when["weekday"]) if "weekday" in when else fixed


def _after_easter(dates: Dates, when: dict[str, Any]) -> Iterator[tuple[str, date]]:
    for year in range(dates.from_on.year, dates.to_on.year + 1):
        yield str(year), easter(year) + timedelta(days=when["days"])


def _after_quarter(dates: Dates, when: dict[str, Any]) -> Iterator[tuple[str, date]]:
    """So many days, or working days, after each quarter's end."""
    quarter = Quarter.before(dates.from_on) - 1
    while quarter.last_day <= dates.to_on:
        yield str(quarter), _counted(quarter.last_day, when)
        quarter = Quarter(quarter.ending + 3)


def _after_adoption(dates: Dates, when: dict[str, Any]) -> Iterator[tuple[str, date]]:
    yield "adopted", _counted(dates.adopted_on, when)


def _year_begins(dates: Dates, when: dict[str, Any]) -> Iterator[tuple[str, date]]:
    for index, (first, _last) in enumerate(years_of(dates.from_on, dates.to_on), 1):
        yield f"year-{index}", _counted(first, when)


def _year_ends(dates: Dates, when: dict[str, Any]) -> Iterator[tuple[str, date]]:
    for index, (_first, last) in enumerate(years_of(dates.from_on, dates.to_on), 1):
        yield f"year-{index}", _counted(last, when)


def _counted(day: date, when: dict[str, Any]) -> date:
    if "working_days" in when:
        return working_days_after(day, when["working_days"])
    return months_after(day, when.get("months", 0)) + timedelta(days=when.get("days", 0))


ANCHORS = {
    "day": _each_year,
    "easter": _after_easter,
    "quarter": _after_quarter,
    "adoption": _after_adoption,
    "beginning": _year_begins,
    "end": _year_ends,
}
"""How a day is reckoned, by the word that a rule's `when.after` bears."""
