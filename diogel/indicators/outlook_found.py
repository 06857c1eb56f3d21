"""What the next quarter is likely to hold, series by series, and where nothing is said of it, why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.random import Generator

from diogel.analysis.counts import Cube
from diogel.analysis.forecast import Forecast, forecast
from diogel.analysis.periods import Month, Quarter
from diogel.analysis.steps import Found, find

from .rules import INCIDENTS

WHOLE, CRIME = "all", "crime"
"""The areas together, and the crimes together: incidents are never added."""
LEVEL = 0.8
LEAST_TRIED = 4
"""With fewer earlier quarters to try it on, a range is not shown: nobody could say how often such ranges hold."""
SETTLED = 24
"""A level that changed within so many months before the quarter has not been seen in every season twice."""
RECENT = 3
"""The last months loaded, all of which must be whole."""
LeftOut = Mapping[tuple[str, str], tuple[Month, ...]]


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """One series. `low` to `high` only where `state` is `told`; `tried` are the earlier quarters, each with its range and what came.

    `months` are what stands in the way: those that came in part or not at all (`partial`), or the one since which the level is
    another (`step`).
    """

    area: str
    type: str
    state: Literal["told", "too_short", "partial", "step"]
    low: int | None
    high: int | None
    expected: float | None
    tried: tuple[dict[str, Any], ...]
    months: tuple[str, ...]

    @property
    def held(self) -> int:
        return sum(each["low"] <= each["observed"] <= each["high"] for each in self.tried)


def quarter_after(last: Month) -> Quarter:
    """The first quarter that begins after `last`."""
    first = last + 1
    return Quarter(first + (-(first.month - 1)) % 3 + 2)


def with_sums(cube: Cube) -> Cube:
    """The same cube with the crimes together as one more type and, of several areas, all together as one more area."""
    crimes = [at for at, name in enumerate(cube.types) if name != INCIDENTS]
    values = np.concatenate([cube.values, cube.values[:, crimes].sum(axis=1, keepdims=True)], axis=1)
    if len(cube.areas) == 1:
        return Cube(cube.areas, (*cube.types, CRIME), cube.months, values, cube.known)
    values = np.concatenate([values, values.sum(axis=0, keepdims=True)], axis=0)
    known = np.concatenate([cube.known, cube.known.all(axis=0, keepdims=True)], axis=0)
    return Cube((*cube.areas, WHOLE), (*cube.types, CRIME), cube.months, values, known)


def left_out_of_sums(left_out: LeftOut, cube: Cube) -> dict[tuple[str, str], tuple[Month, ...]]:
    """The months that each series of `cube`, sums among them, learns nothing from: of a sum, those of any of its parts."""
    found: dict[tuple[str, str], set[Month]] = {}
    for (area, type_), months in left_out.items():
        wider_types = [type_] if type_ == INCIDENTS else [type_, CRIME]
        for wider in [(a, t) for a in (area, WHOLE) for t in wider_types if a in cube.areas]:
            found.setdefault(wider, set()).update(months)
    return {key: tuple(sorted(months)) for key, months in found.items()}


def outlooks(cube: Cube, *, left_out: LeftOut, rng: Generator) -> tuple[Outlook, ...]:
    """Every series of `cube` (see `with_sums`) for the quarter after its last month."""
    out = left_out_of_sums(left_out, cube)
    quarter = quarter_after(cube.months[-1])
    gaps = [tuple(str(m) for m, here in zip(cube.months[-RECENT:], row[-RECENT:], strict=True) if not here) for row in cube.known]
    told: list[Forecast] = []
    if not all(gaps):
        told = list(forecast(cube=cube, quarter=quarter, level=LEVEL, excluded=out).forecasts)
    steps = _steps(cube, out, rng)
    found = []
    for at, (area, type_) in enumerate((area, type_) for area in range(len(cube.areas)) for type_ in range(len(cube.types))):
        one = told[at] if told else None
        found.append(_one(cube, quarter, cube.areas[area], cube.types[type_], gaps[area], one, steps[at]))
    return tuple(found)


def _one(
    cube: Cube, quarter: Quarter, area: str, type_: str, gaps: tuple[str, ...], one: Forecast | None, steps: Found
) -> Outlook:  # fmt: skip
    def silent(state: Literal["too_short", "partial", "step"], months: tuple[str, ...] = ()) -> Outlook:
        return Outlook(area=area, type=type_, state=state, low=None, high=None, expected=None, tried=(), months=months)

    if gaps or one is None:
        return silent("partial", gaps)
    if one.method != "regression" or one.low is None or len(one.tried) < LEAST_TRIED:
        return silent("too_short")
    changed = [cube.months[step.at] for step in steps.steps if quarter.months[0].since(cube.months[step.at]) < SETTLED]
    if changed:
        return silent("step", (str(changed[-1]),))
    tried = tuple({"quarter": str(each.quarter), "low": each.low, "high": each.high, "observed": each.observed} for each in one.tried)
    return Outlook(area=area, type=type_, state="told", low=one.low, high=one.high, expected=one.expected, tried=tried, months=())


def _steps(cube: Cube, left_out: LeftOut, rng: Generator) -> tuple[Found, ...]:
    areas, types, months = cube.values.shape
    known = np.repeat(cube.known, types, axis=0)
    at = {month: column for column, month in enumerate(cube.months)}
    for (area, type_), out in left_out.items():
        known[cube.area_at(area) * types + cube.type_at(type_), [at[month] for month in out if month in at]] = False
    days = np.array([month.days for month in cube.months], dtype=float)
    return find(cube.values.reshape(areas * types, months), known=known, exposure=days, per_year=12, rng=rng)
