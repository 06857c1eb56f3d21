"""Keeps what the figures themselves say of an unusual one (an `Explanation`) as plain values, and reads it back to be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from diogel.analysis.explain import Around, Doubts, Event, Explanation, Names, Part, Parts, StepSeen, paragraph, sentence
from diogel.analysis.periods import Month, Quarter
from diogel.analysis.reading.police_uk import CRIME_TYPES
from diogel.places import codes

NEAR = "On or near "
"""What open data put before each place that a row was moved to."""
MOST_STREETS = 3
Both = tuple[str, str]


def as_values(told: Explanation) -> dict[str, Any]:
    """An explanation as JSON keeps it. Of parts that neither hold nor were expected to hold anything, nothing is kept."""
    return {
        "area": told.area,
        "type": told.type,
        "quarter": str(told.quarter),
        "shape": told.shape,
        "way": told.way,
        "months": _named(told.months),
        "observed": told.observed,
        "expected": told.expected,
        "low": told.low,
        "high": told.high,
        "step": _step_values(told.step) if told.step else None,
        "parts": [_parts_values(parts) for parts in told.parts],
        "around": {"neighbours": dict(told.around.neighbours), "force": told.around.force, "group": told.around.group},
        "events": [_event_values(event) for event in told.events],
        "doubts": _doubts_values(told.doubts),
        "not_it": list(told.not_it),
    }


def read(values: Mapping[str, Any], *, was: int | None = None) -> Explanation:
    """The explanation that was kept. `was` is the figure before the data were revised, where the card knows it from an earlier look of its
    own: then the data are in doubt. A card that the revision made has it from the counts as they were first told."""
    doubts, around = values["doubts"], values["around"]
    was = doubts.get("was") if was is None else was
    return Explanation(
        area=values["area"],
        type=values["type"],
        quarter=Quarter.parse(values["quarter"]),
        shape=values["shape"],
        way=values["way"],
        months=_months(values["months"]),
        observed=values["observed"],
        expected=values["expected"],
        low=values["low"],
        high=values["high"],
        step=_step(values["step"]) if values["step"] else None,
        parts=tuple(_parts(each) for each in values["parts"]),
        around=Around(neighbours=around["neighbours"], force=around["force"], group=around["group"]),
        events=tuple(_event(each) for each in values["events"]),
        doubts=Doubts(missing=_months(doubts["missing"]), partial=_months(doubts["partial"]), recoded=_months(doubts["recoded"]), was=was),
        not_it=tuple(each for each in values["not_it"] if was is None or each != "data"),
    )


def _doubts_values(doubts: Doubts) -> dict[str, Any]:
    months = {"missing": _named(doubts.missing), "partial": _named(doubts.partial), "recoded": _named(doubts.recoded)}
    return months | ({} if doubts.was is None else {"was": doubts.was})


def account_of(card: Any) -> Explanation | None:
    """What the figures say of a card; None of a card that was made before they were asked, until its quarter is looked through again."""
    if not card.account:
        return None
    was = card.finding.get("was")
    return read(card.account, was=was["observed"] if was else None)


def said_of(card: Any, language: str) -> tuple[str, str]:
    """One sentence, and what follows it in one paragraph; both empty where the figures were not asked."""
    told = account_of(card)
    if told is None:
        return "", ""
    # Of points, a paragraph names no more than a reader takes in; the card's table has them all.
    told = replace(told, parts=tuple(parts for parts in told.parts if parts.by != "street" or 0 < parts.halves <= MOST_STREETS))
    half = "cy" if language == "cy" else "en"
    names = names_of(told)
    first = sentence(told, names, half)  # type: ignore[arg-type]
    return first, paragraph(told, names, half).removeprefix(first).strip()  # type: ignore[arg-type]


def names_of(told: Explanation) -> Names:
    """Names of everything that an explanation speaks of, Welsh first."""
    parts = {part.code: part_names(part.code) for parts in told.parts for part in parts.parts if part.code}
    areas = {code: area_names(code) for code in told.around.neighbours}
    return Names(what=CRIME_TYPES.get(told.type, (told.type, told.type)), where=area_names(told.area), parts=parts, areas=areas)


def area_names(code: str) -> Both:
    try:
        return codes.name_of(code)
    except codes.UnknownArea:
        return code, code


def part_names(code: str) -> Both:
    """Of a street its own name and its small area's, for many bear the same; of a small area the authority's name and a number."""
    unit, bar, street = code.partition("|")
    if bar:
        cy, en = part_names(unit)
        return f"{street}, {cy}", f"{street}, {en}"
    return area_names(code)


def street_code(unit: str, location: str) -> str:
    """One published point: the same words stand for many places, so each small area has its own."""
    return f"{unit}|{location.removeprefix(NEAR)}"


def parts_by(told: Explanation, by: str) -> Parts | None:
    return next((parts for parts in told.parts if parts.by == by), None)


def _parts_values(parts: Parts) -> dict[str, Any]:
    held = [[part.code, part.observed, part.expected] for part in parts.parts if part.observed or part.expected]
    return {"by": parts.by, "gathering": parts.gathering, "halves": parts.halves, "parts": held}


def _parts(values: Mapping[str, Any]) -> Parts:
    held = tuple(Part(code=code, observed=observed, expected=expected) for code, observed, expected in values["parts"])
    return Parts(by=values["by"], parts=held, gathering=values["gathering"], halves=values["halves"])


def _step_values(step: StepSeen) -> dict[str, Any]:
    months = {"since": str(step.since), "first": str(step.first), "last": str(step.last)}
    return months | {"before": round(step.before, 1), "after": round(step.after, 1)}


def _step(values: Mapping[str, Any]) -> StepSeen:
    months = {name: Month.parse(values[name]) for name in ("since", "first", "last")}
    return StepSeen(**months, before=values["before"], after=values["after"])


def _event_values(event: Event) -> dict[str, Any]:
    last = str(event.last) if event.last else None
    bears = {"areas": list(event.areas), "types": list(event.types)}
    return {"title": list(event.title), "kind": event.kind, "first": str(event.first), "last": last} | bears


def _event(values: Mapping[str, Any]) -> Event:
    plain = Event(title=(values["title"][0], values["title"][1]), kind=values["kind"], first=Month.parse(values["first"]))
    last = Month.parse(values["last"]) if values["last"] else None
    return replace(plain, last=last, areas=tuple(values["areas"]), types=tuple(values["types"]))


def _named(months: Iterable[Month]) -> list[str]:
    return [str(month) for month in months]


def _months(names: Iterable[str]) -> tuple[Month, ...]:
    return tuple(Month.parse(name) for name in names)
