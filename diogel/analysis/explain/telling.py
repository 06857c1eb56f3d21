"""Tells an explanation in one sentence and one paragraph, in Welsh or English, from whole sentences that a reader has checked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ..periods import Month
from .explanation import Event, Explanation, Part, Parts, Way
from .parts import UNPLACED

Language = Literal["cy", "en"]
Both = tuple[str, str]
SENTENCES = Path(__file__).with_name("sentences.toml")
MOST_NEIGHBOURS = 4
"""Of more other areas only the number is told."""
ONE_SIDED = frozenset({"season", "trend", "year_before", "within", "outside", "too_short", "missing"})
"""Shapes whose sentence is the same, whichever way the figure moved; there is nothing to take apart in them."""


@dataclass(frozen=True, kw_only=True)
class Names:
    """Both names, Welsh first, of the type (as a label: *Dwyn o siopau*), the area, the parts and other areas by code.

    A code without a name is told as it is. Names are put where they need no mutation, so their plain form is wanted.
    """

    what: Both
    where: Both
    parts: Mapping[str, Both] = field(default_factory=dict)
    areas: Mapping[str, Both] = field(default_factory=dict)


def sentence(explanation: Explanation, names: Names, language: Language) -> str:
    """What, where, when, how many and of what kind, with its full stop. ValueError for a language that is neither cy nor en."""
    side = _checked(language)
    shape = explanation.shape
    kind = "step_ranged" if shape == "step" and explanation.low is not None else shape
    key: str = shape if shape in ONE_SIDED else f"{kind}_{explanation.way}"
    since = explanation.step.since if explanation.step else explanation.months[0] if explanation.months else None
    return _said(
        "sentence",
        key,
        language,
        label=_said("label", "figure", language, what=names.what[side], where=names.where[side], when=span(explanation.months, language)),
        observed=_number(explanation.observed),
        expected=_number(explanation.expected),
        low=_number(explanation.low),
        high=_number(explanation.high),
        since=span((since,), language) if since else "",
    )


def paragraph(explanation: Explanation, names: Names, language: Language) -> str:
    """The sentence, then what it is made of, who else moved, what else happened, the state of the data, and what it is not.

    Each of them is a sentence of its own, and only what was looked at is told.
    """
    said = [sentence(explanation, names, language)]
    if explanation.shape not in ONE_SIDED:
        said += _step(explanation, language)
        for parts in explanation.parts:
            said += _parts(parts, names, language)
        said += _around(explanation, names, language)
        said += _events(explanation, language)
    said += _data(explanation, language)
    said += _not(explanation, language)
    return " ".join(said)


def span(months: Sequence[Month], language: Language) -> str:
    """The months from the first to the last as a label: `Hydref–Rhagfyr 2021`. Nothing for none."""
    return _months_said("span", months, language)


def when(months: Sequence[Month], language: Language) -> str:
    """The months from the first to the last as an adverb that follows any sentence: `ym mis Tachwedd 2021`. Nothing for none."""
    return _months_said("when", months, language)


def month_names() -> tuple[Both, ...]:
    """The twelve months, Welsh first, as they stand after *mis* or by themselves."""
    held = _sentences()["months"]
    return tuple(zip(held["cy"], held["en"], strict=True))


def _months_said(kind: Literal["span", "when"], months: Sequence[Month], language: Language) -> str:
    if not months:
        return ""
    side, (first, last) = _checked(language), (months[0], months[-1])
    named = _sentences()["months"][("cy", "en")[side]]
    is_two = kind == "when" and len(months) == 2
    key = "one" if first == last else "years" if first.year != last.year else "two" if is_two else "year"
    return _said(kind, key, language, first=named[first.month - 1], last=named[last.month - 1], year=first.year, last_year=last.year)


def plural(number: int, language: Language) -> str:
    """The plural form of a number, by the rules of CLDR; `zero` for 0 in both languages, where a sentence has one."""
    if language == "cy":
        return {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}.get(number, "other")
    return {0: "zero", 1: "one", 2: "two"}.get(number, "other")


def _step(explanation: Explanation, language: Language) -> list[str]:
    step = explanation.step
    if step is None:
        return []
    months = {name: span((month,), language) for name, month in (("since", step.since), ("first", step.first), ("last", step.last))}
    key = "step_dated_one" if step.first == step.last else "step_dated"
    return [_said("text", key, language, **months, before=_number(round(step.before)), after=_number(round(step.after)))]


def _parts(parts: Parts, names: Names, language: Language) -> list[str]:
    """The largest parts by name, the largest of those that moved the other way, and the rest: together the whole difference."""
    if not parts.difference:
        return []
    named, against = parts.named, parts.against
    left = parts.difference - sum(part.difference for part in (*named, *against))
    said = [_said("text", f"parts_{parts.gathering}_{parts.by}", language, n=len(named), list=_listed(named, names, language))]
    if against:
        said.append(_said("text", "parts_against", language, list=_listed(against, names, language)))
    if len(named) + len(against) < len(parts.parts):
        said.append(_said("text", "parts_rest", language, rest=_signed(left), total=_signed(parts.difference)))
    return said


def _around(explanation: Explanation, names: Names, language: Language) -> list[str]:
    around, way, side = explanation.around, explanation.way, _checked(language)
    said = []
    if around.known:
        alike = [area for area, one in around.neighbours.items() if one == way]
        listed = "; ".join(names.areas.get(area, (area, area))[side] for area in alike)
        key = "neighbours" if len(alike) <= MOST_NEIGHBOURS else "neighbours_many" if len(alike) < around.known else "neighbours_all"
        said.append(_said("text", key, language, n=len(alike), known=around.known, list=listed))
    for name, one in (("force", around.force), ("group", around.group)):
        if one != "unknown":
            said.append(_said("text", f"{name}_{_beside(one, way)}", language))
    return said


def _beside(one: Way, way: Way) -> str:
    return "within" if one == "within" else "same" if one == way else "other"


def _events(explanation: Explanation, language: Language) -> list[str]:
    side = _checked(language)
    if not explanation.events:
        return [_said("text", "no_events", language)]
    return [_said("text", "events", language, list="; ".join(_event(event, side, language) for event in explanation.events))]


def _event(event: Event, side: int, language: Language) -> str:
    """Title and months, so that a reader sees how near in time it was."""
    if event.last is None:
        return _said("label", "event_goes_on", language, title=event.title[side], when=span((event.first,), language))
    return _said("label", "event", language, title=event.title[side], when=span((event.first, event.last), language))


def _data(explanation: Explanation, language: Language) -> list[str]:
    doubts = explanation.doubts
    if doubts.are_none:
        return [_said("text", "data_whole", language)] if explanation.shape not in ONE_SIDED else []
    lists = (("data_missing", doubts.missing), ("data_partial", doubts.partial), ("data_recoded", doubts.recoded))
    said = [_said("text", key, language, list=_months(months, language)) for key, months in lists if months]
    return said + ([_said("text", "data_revised", language, was=_number(doubts.was))] if doubts.was is not None else [])


def _not(explanation: Explanation, language: Language) -> list[str]:
    """What the other sentences have not said already."""
    unsaid = ("season", "trend", "lasting") if explanation.shape in ("months", "step") else ("season", "trend")
    return [_said("text", f"not_{name}", language) for name in unsaid if name in explanation.not_it]


def _listed(parts: Iterable[Part], names: Names, language: Language) -> str:
    """`Hirael (+12); Bangor (+5)`: names with their signed number, after a colon."""
    side = _checked(language)
    unplaced = _said("label", "unplaced", language)
    found = []
    for part in parts:
        name = unplaced if part.code == UNPLACED else names.parts.get(part.code, (part.code, part.code))[side]
        found.append(f"{name} ({_signed(part.difference)})")
    return "; ".join(found)


def _months(months: Iterable[Month], language: Language) -> str:
    return "; ".join(span((month,), language) for month in months)


def _said(kind: str, key: str, language: Language, **values: Any) -> str:
    held = _sentences()[kind][key][language]
    if isinstance(held, Mapping):
        held = held.get(plural(int(values["n"]), language), held["other"])
        values |= {"n": _number(values["n"])}
    return str(held).format(**values)


@cache
def _sentences() -> dict[str, Any]:
    return tomllib.loads(SENTENCES.read_text(encoding="utf-8"))


def _checked(language: str) -> int:
    if language not in ("cy", "en"):
        raise ValueError(f"sentences are told in cy or en, not in {language!r}")
    return 0 if language == "cy" else 1


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _signed(value: int) -> str:
    return f"+{value:,}" if value > 0 else f"−{-value:,}" if value < 0 else "0"
