"""Control charts: individual values (XmR), rates (u), counts (c) and shares (p) against a stated baseline, with their signals."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from .rates import xmr_limits

Rule = Literal["outside", "shift", "trend", "two of three"]
Value = float | None

LEAST = 8
"""Known values a baseline needs before any limit is drawn."""
FIRM = 15
"""With fewer the limits are provisional: a few more values may still move them."""
_OF_A_RANGE = 1.128
"""Mean range of two normal values, in standard deviations."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What counts as a signal: `shift` known values in a row on one side of the centre, `trend` in a row each above (or below)
    the one before, and whether two of three in the outer third of one side are one. A value outside the limits always is."""

    shift: int = 8
    trend: int = 6
    has_two_of_three: bool = True

    def __post_init__(self) -> None:
        if self.shift < 5 or self.trend < 5:
            raise ValueError("runs of fewer than five come by chance too often to be a rule")


@dataclass(frozen=True, kw_only=True)
class Signal:
    """`points` (positions, counted from 0) that together break `rule`, all on the side of `is_high`."""

    rule: Rule
    points: tuple[int, ...]
    is_high: bool


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`values` in order of time, None where missing; `low` and `high` of each point, None where there are too few values to draw
    them; one `centre`. `baseline` are the positions the limits come from, first to last; `known` how many of them had a value.
    `is_provisional`: fewer than `FIRM`."""

    kind: Literal["XmR", "u", "c", "p"]
    values: tuple[Value, ...]
    centre: Value
    low: tuple[Value, ...]
    high: tuple[Value, ...]
    baseline: tuple[int, int]
    known: int
    is_provisional: bool
    signals: tuple[Signal, ...]


def xmr(
    values: Sequence[Value], *, baseline: tuple[int, int] | None = None, floor: Value = None, rules: Rules | None = None,
    left_out: Collection[int] = (),
) -> Chart:  # fmt: skip
    """Individual values: centre +/- 2.66 x the mean moving range of the baseline (Wheeler 1993).

    `baseline` are the first and the last position it is drawn from, all values unless told: choose it once, and anew only where
    a change is known; positions that are `left_out` (months of a lockdown) teach it nothing and are judged by it all the same.
    `floor` is what values cannot go below, such as 0. Null hypothesis of each signal: nothing but the usual causes.
    ValueError for a baseline outside the values, and for values that are not finite.
    """
    checked, span, used = _based(values, baseline, left_out)
    if len(used) < LEAST:
        return _chart("XmR", checked, None, None, span, len(used), rules)
    limits = xmr_limits(used)
    low = limits.low if floor is None else max(floor, limits.low)
    return _chart("XmR", checked, limits.centre, lambda _: (low, limits.high, limits.high - limits.centre), span, len(used), rules)


def u_chart(
    counts: Sequence[int | None], *, exposure: Sequence[float], baseline: tuple[int, int] | None = None, laney: bool = False,
    rules: Rules | None = None, left_out: Collection[int] = (),
) -> Chart:  # fmt: skip
    """Counts per unit of `exposure` (days, people): centre +/- 3 root(centre / exposure), never below 0.

    Limits are those of Poisson counts, too narrow for counts that vary more than chance, as police counts do; `laney` widens (or
    narrows) them by the moving range of the standardised rates (Laney 2002). ValueError for counts that are not whole numbers from
    0 up, for exposures not above 0, and for lengths that differ.
    """
    _check_counts(counts, exposure)
    return _rates(
        "u", counts, exposure, lambda centre, by: math.sqrt(centre / by), baseline, laney, rules, most=math.inf, left_out=left_out
    )


def c_chart(
    counts: Sequence[int | None], *, baseline: tuple[int, int] | None = None, laney: bool = False, rules: Rules | None = None
) -> Chart:
    """Counts of like periods: centre +/- 3 root(centre)."""
    same = [1.0] * len(counts)
    _check_counts(counts, same)
    return _rates("c", counts, same, lambda centre, by: math.sqrt(centre / by), baseline, laney, rules, most=math.inf)


def p_chart(
    cases: Sequence[int | None],
    *,
    of: Sequence[int],
    baseline: tuple[int, int] | None = None,
    laney: bool = False,
    rules: Rules | None = None,
) -> Chart:
    """Shares `cases` / `of`: centre +/- 3 root(centre (1 - centre) / of), between 0 and 1. ValueError for more cases than `of`."""
    _check_counts(cases, of)
    if any(case is not None and case > whole for case, whole in zip(cases, of, strict=True)):
        raise ValueError("a share cannot be above 1: there are more cases than there is of")
    return _rates("p", cases, of, lambda centre, by: math.sqrt(centre * (1 - centre) / by), baseline, laney, rules, most=1.0)


def signals(
    values: Sequence[Value], *, centre: float, low: Sequence[float], high: Sequence[float], third: Sequence[float], rules: Rules
) -> tuple[Signal, ...]:
    """Every signal, missing values passed over; `third` is where the outer third of a point begins, as a distance from the centre.

    A value on the centre line neither makes a run longer nor ends it; one like its neighbour does the same for a trend.
    """
    known = [at for at, value in enumerate(values) if value is not None]
    value = {at: float(values[at]) for at in known}  # type: ignore[arg-type]
    found = [Signal(rule="outside", points=(at,), is_high=value[at] > high[at]) for at in known if not low[at] <= value[at] <= high[at]]
    sides = [(at, value[at] > centre) for at in known if value[at] != centre]
    found += [Signal(rule="shift", points=run, is_high=up) for run, up in _runs(sides) if len(run) >= rules.shift]
    moves = [(later, earlier, value[later] > value[earlier]) for earlier, later in pairwise(known) if value[later] != value[earlier]]
    for run, up in _runs([(later, up) for later, _, up in moves]):
        before = next(earlier for later, earlier, _ in moves if later == run[0])
        if len(run) + 1 >= rules.trend:
            found.append(Signal(rule="trend", points=(before, *run), is_high=up))
    if rules.has_two_of_three:
        found += _two_of_three(known, value, centre, third)
    return tuple(sorted(found, key=lambda one: (one.points[-1], one.rule, one.points)))


def _two_of_three(known: list[int], value: dict[int, float], centre: float, third: Sequence[float]) -> list[Signal]:
    found: dict[tuple[tuple[int, ...], bool], Signal] = {}
    for start in range(len(known) - 1):
        three = known[start : start + 3]
        for is_high in (True, False):
            far = tuple(at for at in three if (value[at] - centre) * (1 if is_high else -1) > third[at])
            if len(far) >= 2 and not any(set(far) <= set(other) for other, _ in found):
                found = {key: one for key, one in found.items() if not set(key[0]) <= set(far)}
                found[far, is_high] = Signal(rule="two of three", points=far, is_high=is_high)
    return list(found.values())


def _runs(sides: Sequence[tuple[int, bool]]) -> list[tuple[tuple[int, ...], bool]]:
    """Neighbours on the same side, together."""
    runs: list[tuple[list[int], bool]] = []
    for at, up in sides:
        if runs and runs[-1][1] == up:
            runs[-1][0].append(at)
        else:
            runs.append(([at], up))
    return [(tuple(run), up) for run, up in runs]


def _rates(
    kind: Literal["u", "c", "p"], counts: Sequence[int | None], exposure: Sequence[float], spread: Callable[[float, float], float],
    baseline: tuple[int, int] | None, laney: bool, rules: Rules | None, *, most: float, left_out: Collection[int] = (),
) -> Chart:  # fmt: skip
    shares = [None if count is None else count / by for count, by in zip(counts, exposure, strict=True)]
    values, span, used = _based(shares, baseline, left_out)
    if len(used) < LEAST:
        return _chart(kind, values, None, None, span, len(used), rules)
    here = [at for at in range(span[0], span[1] + 1) if values[at] is not None and at not in left_out]
    centre = math.fsum(counts[at] or 0 for at in here) / math.fsum(exposure[at] for at in here)
    widened = 1.0
    if laney and spread(centre, 1.0) > 0:
        standard = [((values[at] or 0.0) - centre) / spread(centre, exposure[at]) for at in here]
        widened = math.fsum(abs(later - earlier) for earlier, later in pairwise(standard)) / (len(standard) - 1) / _OF_A_RANGE

    def limits(at: int) -> tuple[float, float, float]:
        wide = 3 * widened * spread(centre, exposure[at])
        return max(0.0, centre - wide), min(most, centre + wide), wide

    return _chart(kind, values, centre, limits, span, len(used), rules)


def _chart(
    kind: Literal["XmR", "u", "c", "p"], values: tuple[Value, ...], centre: Value, limits: Callable[[int], tuple[float, float, float]] | None,
    span: tuple[int, int], known: int, rules: Rules | None,
) -> Chart:  # fmt: skip
    """`limits` gives a point's low, high and half width."""
    drawn = [limits(at) for at in range(len(values))] if limits else []
    low, high = ([part[side] for part in drawn] for side in (0, 1))
    seen: tuple[Signal, ...] = ()
    if limits and centre is not None:
        seen = signals(values, centre=centre, low=low, high=high, third=[part[2] * 2 / 3 for part in drawn], rules=rules or Rules())
    nothing: tuple[Value, ...] = (None,) * len(values)
    return Chart(
        kind=kind, values=values, centre=centre, low=tuple(low) or nothing, high=tuple(high) or nothing, baseline=span, known=known,
        is_provisional=known < FIRM, signals=seen,
    )  # fmt: skip


def _based(
    values: Sequence[Value], baseline: tuple[int, int] | None, left_out: Collection[int]
) -> tuple[tuple[Value, ...], tuple[int, int], list[float]]:
    """Values, the baseline's first and last position, and its known values but those left out."""
    checked = tuple(None if value is None else float(value) for value in values)
    if any(value is not None and not math.isfinite(value) for value in checked):
        raise ValueError("a missing value is None, never a number that is none")
    first, last = baseline if baseline is not None else (0, max(len(checked) - 1, 0))
    if not 0 <= first <= last < max(len(checked), 1):
        raise ValueError(f"the baseline {first} to {last} does not lie within {len(checked)} values")
    used = [value for at, value in enumerate(checked) if first <= at <= last and value is not None and at not in left_out]
    return checked, (first, last), used


def _check_counts(counts: Sequence[int | None], exposure: Sequence[float]) -> None:
    if len(counts) != len(exposure):
        raise ValueError(f"there are {len(counts)} counts and {len(exposure)} to set them against")
    if any(count is not None and (isinstance(count, str) or count < 0 or count != int(count)) for count in counts):
        raise ValueError("counts are whole numbers from 0 up")
    if any(not (math.isfinite(by) and by > 0) for by in exposure):
        raise ValueError("every count needs something above zero to set it against, such as days or people")
