"""The counts within a figure: a count, or a part with its whole; and which measures add up to which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from diogel.analysis.linked import Sum
from diogel.indicators.models import Measure

PART, REST, OTHERS = "part", "rest", "others"
Span = tuple[date, date]
Numbers = Mapping[str, Any]


@dataclass(frozen=True)
class Family:
    """A measure with the measures in which it is reported. `members` gives by code what its counts add up."""

    measures: tuple[Measure, ...]
    members: Mapping[str, tuple[str, ...]]
    others: tuple[str, ...] = ()

    @property
    def is_sensitive(self) -> bool:
        return any(measure.is_sensitive for measure in self.measures)

    def sums(self, code: str, span: Span, numbers: Numbers) -> dict[str, tuple[Sum, int | None]]:
        """The sums of a figure, `count` or `part` and `whole`, each with its count; None where only the figure's being is known."""
        unit = next(measure.unit for measure in self.measures if measure.code == code)
        counted = counts(unit, numbers)
        members = {"count": self.members[code], PART: (f"{code} {PART}",), "whole": (f"{code} {PART}", f"{code} {REST}")}
        names = ("count",) if unit == Measure.Unit.COUNT else (PART, "whole")
        return {name: (Sum(members[name], *span), counted.get(name)) for name in names}


def counts(unit: str, numbers: Numbers) -> dict[str, int]:
    """What a reader can count from a figure's numbers. A share with its base is a part: 2% of 150 is 3."""
    value, part, whole, base = (_number(numbers.get(name)) for name in ("value", "part", "whole", "base"))
    if unit == Measure.Unit.COUNT:
        return {"count": int(value)} if value is not None and _is_count(value) else {}
    if unit not in (Measure.Unit.RATIO, Measure.Unit.PERCENT):
        return {}
    if part is None and value is not None and 0 <= value <= 100 and base is not None:
        part, whole = (value * base / 100).quantize(Decimal(1), ROUND_HALF_UP), base
    if part is not None and whole is not None and not (_is_count(part) and _is_count(whole) and part <= whole):
        return {}
    return {name: int(number) for name, number in ((PART, part), ("whole", whole)) if number is not None and _is_count(number)}


def families(measures: Iterable[Measure], told: Callable[[Measure], Mapping[Span, Numbers]]) -> list[Family]:
    """Every measure in one family. Parts belong to their whole where all of them were counted together, and never held more than it."""
    by_code = {measure.code: measure for measure in measures}
    found, taken = [], set[str]()
    for code, whole in sorted(by_code.items()):
        if code in taken:
            continue
        parts = [part for other, part in by_code.items() if is_part(other, code) and part.unit == Measure.Unit.COUNT]
        excess = _excess(whole, parts, told) if whole.unit == Measure.Unit.COUNT else []
        if excess and min(excess) >= 0:
            others = (f"{code} {OTHERS}",) if max(excess) else ()
            members = {code: (*sorted(part.code for part in parts), *others)} | {part.code: (part.code,) for part in parts}
            found.append(Family((whole, *parts), members, others))
            taken |= set(members)
        else:
            found.append(Family((whole,), {code: (code,)}))
    return found


def is_part(code: str, whole: str) -> bool:
    """Whether a measure's code is another's with letters after it."""
    return code != whole and code.startswith(whole) and code.removeprefix(whole).isalpha()


def _excess(whole: Measure, parts: Sequence[Measure], told: Callable[[Measure], Mapping[Span, Numbers]]) -> list[int]:
    """By how much the whole was more than its parts, for each span over which all were counted."""
    if not parts:
        return []
    columns = [{span: counts(each.unit, numbers).get("count") for span, numbers in told(each).items()} for each in (whole, *parts)]
    found = []
    for span, total in columns[0].items():
        held = [column.get(span) for column in columns[1:]]
        if total is not None and None not in held:
            found.append(total - sum(count for count in held if count is not None))
    return found


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _is_count(value: Decimal) -> bool:
    return value >= 0 and value == value.to_integral_value()
