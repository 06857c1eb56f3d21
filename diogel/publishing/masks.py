"""Which figures the public is not told: decided once for all that a paper tells, beside everything that earlier papers told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.utils import timezone

from diogel.analysis.disclosure import THRESHOLD
from diogel.analysis.linked import Decided, Sum, World, withhold_over_time
from diogel.indicators.models import Measure, Observation

from .counts_of_figures import PART, Family, Numbers, Span, counts, families
from .told_before import ToldFigure

LEAST_ANSWERS = 10
"""A share of fewer answers than this is not told."""


@dataclass(frozen=True)
class Kept:
    """Why a figure is withheld: `is_small` by its own numbers, else only to protect others. `hides_whole`: the whole goes with the part."""

    hides_whole: bool
    is_small: bool


@dataclass(frozen=True)
class Exposed:
    """A small count that earlier papers gave away: measures by their codes, first and last day."""

    codes: tuple[str, ...]
    from_on: date
    to_on: date


@dataclass(frozen=True)
class Masks:
    """`kept` by key of the observation; what is not in it is told."""

    kept: Mapping[int, Kept]
    exposed: tuple[Exposed, ...] = ()


def decided(wanted: Sequence[Observation], rows: Sequence[Observation], told: Sequence[ToldFigure]) -> Masks:
    """What must be withheld of the figures that one paper tells, all together. `rows` is every figure on file of a period, with those that
    were withdrawn; `told` everything that was told before."""
    kept = {row.pk: reason for row in wanted if (reason := _alone(row)) is not None}
    history = _History([*rows, *(row for row in wanted if row.wave_id is None)])
    exposed: list[Exposed] = []
    for family in families(history.measures, history.now):
        if family.is_sensitive:
            codes = set(family.members)
            own = [row for row in wanted if row.wave_id is None and row.measure.code in codes]
            exposed += _linked(family, own, history, [each for each in told if each.code in codes], kept)
    return Masks(kept, tuple(exposed))


def _alone(row: Observation) -> Kept | None:
    """What a figure's own numbers ask for, whatever else is told: few answers, or of a sensitive subject a small number."""
    if row.base is not None and row.base < LEAST_ANSWERS:
        return Kept(hides_whole=True, is_small=True)
    if not row.measure.is_sensitive:
        return None
    counted = counts(row.measure.unit, _numbers(row))
    part, whole = counted.get(PART), counted.get("whole")
    if part is not None and whole is not None:
        is_small = _is_small(part) or _is_small(whole - part)
        return Kept(hides_whole=_is_small(whole), is_small=True) if is_small or _is_small(whole) else None
    given = [row.numerator, row.denominator, row.value if row.measure.unit == Measure.Unit.COUNT else None]
    return Kept(hides_whole=True, is_small=True) if any(number is not None and _is_small(number) for number in given) else None


def _is_small(number: int | Decimal) -> bool:
    return 0 < number < THRESHOLD


def _linked(
    family: Family, own: Sequence[Observation], history: _History, told: Sequence[ToldFigure], kept: dict[int, Kept]
) -> Iterator[Exposed]:
    """Add to `kept` what the figures of one family ask of one another. Where only parts are told, their whole is taken as told too,
    since others know it."""
    sums = {row.pk: family.sums(row.measure.code, (row.from_on, row.to_on), _numbers(row)) for row in own}
    wanted = {one for each in sums.values() for one, count in each.values() if count is not None}
    for row in history.of(family.measures[0], {(each.from_on, each.to_on) for each in own}):
        wanted |= {one for one, count in _counted(family, row) if count is not None}
    told_of = tuple((frozenset(world.values.items()), world.shown, world.hidden) for world in _worlds(family, history, told))
    found = _withheld(told_of, frozenset(wanted), frozenset(family.others))
    for pk, each in sums.items():
        hidden = {name for name, (one, _count) in each.items() if one in found.hidden}
        if hidden:
            before = kept.get(pk, Kept(hides_whole=False, is_small=False))
            kept[pk] = Kept(hides_whole=before.hides_whole or "whole" in hidden or "count" in hidden, is_small=before.is_small)
    for one in found.exposed:
        yield Exposed(tuple(sorted({member.split(" ")[0] for member in one.members})), one.from_on, one.to_on)


@lru_cache(maxsize=256)
def _withheld(
    told_of: tuple[tuple[frozenset[tuple[Sum, int]], frozenset[Sum], frozenset[Sum]], ...], wanted: frozenset[Sum], others: frozenset[str]
) -> Decided:
    """The same figures, told in the same papers, are decided once: pages ask again and again."""
    worlds = [World(values=dict(sorted(values)), shown=shown, hidden=hidden) for values, shown, hidden in told_of]
    return withhold_over_time(worlds, to_publish=wanted, others=others)


def _worlds(family: Family, history: _History, told: Sequence[ToldFigure]) -> list[World]:
    """The latest figures with all that was told of them, and an earlier world wherever what was told differs from them."""
    values = {one: count for row in history.standing(family) for one, count in _counted(family, row) if count is not None}
    worlds, shown, hidden = list[World](), set[Sum](), set[Sum]()
    for each in sorted(told, key=lambda one: one.at, reverse=True):
        for news in _told(family, each, history):
            if any(values.get(one, count) != count for one, (count, _is_shown) in news.items()):
                worlds.append(World(values=values, shown=frozenset(shown), hidden=frozenset(hidden - shown)))
                values, shown, hidden = {}, set(), set()
            values = values | {one: count for one, (count, _is_shown) in news.items()}
            shown |= {one for one, (_count, is_shown) in news.items() if is_shown}
            hidden |= {one for one, (_count, is_shown) in news.items() if not is_shown}
    worlds.append(World(values=values, shown=frozenset(shown), hidden=frozenset(hidden - shown)))
    return worlds[::-1]


def _counted(family: Family, row: Observation) -> Iterator[tuple[Sum, int | None]]:
    yield from family.sums(row.measure.code, (row.from_on, row.to_on), _numbers(row)).values()


def _told(family: Family, each: ToldFigure, history: _History) -> Iterator[dict[Sum, tuple[int, bool]]]:
    """A told figure's sums, each with its count and whether that was shown; of what was withheld, what it was on that day.

    A figure corrected on the day on which it was withheld gives both: nobody knows which of the two the paper kept back.
    """
    span = each.from_on, each.to_on
    shown = family.sums(each.code, span, each.numbers)
    for numbers in history.then(each) if each.is_withheld else [each.numbers]:
        held = {one: (count, False) for one, count in family.sums(each.code, span, numbers).values() if count is not None}
        yield held | {one: (count, True) for one, count in shown.values() if count is not None}


class _History:
    """Figures on file: as they stand, and as they were when a paper withheld them."""

    def __init__(self, rows: Iterable[Observation]) -> None:
        self._rows: dict[str, dict[Span, Observation]] = {}
        self._measures: dict[str, Measure] = {}
        for row in sorted({row.pk: row for row in rows}.values(), key=lambda each: (each.withdrawn_on is None, each.pk or 0)):
            self._measures[row.measure.code] = row.measure
            self._rows.setdefault(row.measure.code, {})[row.from_on, row.to_on] = row

    @property
    def measures(self) -> list[Measure]:
        return list(self._measures.values())

    def now(self, measure: Measure) -> dict[Span, Numbers]:
        return {span: _numbers(row) for span, row in self._rows[measure.code].items() if row.withdrawn_on is None}

    def standing(self, family: Family) -> Iterator[Observation]:
        for measure in family.measures:
            yield from (row for row in self._rows[measure.code].values() if row.withdrawn_on is None)

    def of(self, measure: Measure, spans: set[Span]) -> list[Observation]:
        return [row for span, row in self._rows[measure.code].items() if span in spans and row.withdrawn_on is None]

    def then(self, told: ToldFigure) -> list[Numbers]:
        """The numbers that a figure may have had on the day of a paper: one, or more where it was corrected that very day."""
        row = self._rows.get(told.code, {}).get((told.from_on, told.to_on))
        if row is None:
            return []
        days = sorted((told.at.date().isoformat(), timezone.localtime(told.at).date().isoformat()))
        found, numbers = list[Numbers](), _numbers(row)
        for was in row.was:  # the latest first
            replaced_on = str(was.get("on", ""))
            if replaced_on <= days[1]:
                found.append(numbers)
            if replaced_on < days[0]:
                return found
            numbers = {"value": was.get("value"), "part": was.get("numerator"), "whole": was.get("denominator"), "base": was.get("base")}
        return [*found, numbers]


def _numbers(row: Observation) -> Numbers:
    return {"value": row.value, "part": row.numerator, "whole": row.denominator, "base": row.base}
