"""Scoring risk by a dated method: agreed values with their spread kept, bands, and whether a rank would survive a step either way."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .risk_methods import Method

Confidence = Literal["A", "B", "C", "D"]
CONFIDENCES: tuple[Confidence, ...] = ("A", "B", "C", "D")
MOST_STATES = 100_000
"""Ways in which one theme's factors can move a step; with more of them ranks are drawn at random instead."""
Values = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What several scorers made of one theme. `values` is what counts: the agreed ones, else the middle of those given.

    `given` keeps every scorer's value of each factor, lowest first. `unsettled` are factors that scorers differ on and
    nobody has agreed; `overruled` those agreed outside all that was given. `is_independent`: two scored, or more.
    """

    values: Values
    given: Mapping[str, tuple[int, ...]]
    unsettled: tuple[str, ...]
    overruled: tuple[str, ...]
    is_independent: bool

    def spread(self, factor: str) -> int:
        """How far the scorers lie apart."""
        return self.given[factor][-1] - self.given[factor][0]


@dataclass(frozen=True, kw_only=True)
class Score:
    """One theme by one version of a method. `confidence` stands beside the score and is no part of it.

    `parts` is each part's sum within its limits; `position` the organisational position, a second axis, where the method has one.
    """

    method: str
    version: str
    parts: Mapping[str, int]
    score: int
    band: str
    position: int | None
    confidence: Confidence


@dataclass(frozen=True, kw_only=True)
class Survival:
    """A theme's rank (1 is highest; equal scores share it) and what becomes of it when values move by one.

    `one_change`: the highest and lowest rank if any one value of any one theme moves a step. `any_change`: if any number of
    them do, each by one. `kept` is the share of all ways to move every value down, not at all or up, each as likely, in
    which the rank stays as it is; `bands` the lowest and highest band of its own in them. `is_exact`: reckoned, not drawn.
    """

    theme: str
    score: int
    rank: int
    one_change: tuple[int, int]
    any_change: tuple[int, int]
    kept: float
    bands: tuple[str, str]
    is_exact: bool


def scored(method: Method, values: Values, *, confidence: Confidence) -> Score:
    """Score one theme. ValueError names a factor that is missing, not of the method, or out of its range."""
    checked(method, values)
    if confidence not in CONFIDENCES:
        raise ValueError(f"confidence is A, B, C or D, not {confidence!r}")
    parts = {part.code: part.total(values) for part in method.parts}
    positions = [parts[part.code] for part in method.parts if part.role == "position"]
    score = method.score(values)
    return Score(
        method=method.code, version=method.version, parts=parts, score=score, band=method.band(score),
        position=sum(positions) if positions else None, confidence=confidence,
    )  # fmt: skip


def agreed(method: Method, given: Sequence[Values], *, consensus: Values | None = None) -> Agreed:
    """Put several scorers' values together. Where they differ, `consensus` says what they agreed on.

    Without it the middle value counts for the time being, of two middle ones the higher, and the factor is `unsettled`.
    ValueError for no scorers, and for values that are not the method's.
    """
    if not given:
        raise ValueError("nobody has scored this theme")
    for values in given:
        checked(method, values)
    settled = dict(consensus or {})
    if strange := set(settled) - set(method.factors):
        raise ValueError(f"{sorted(strange)[0]} is no factor of {method.code}")
    by_factor = {factor: tuple(sorted(values[factor] for values in given)) for factor in method.factors}
    chosen = {factor: settled.get(factor, held[len(held) // 2]) for factor, held in by_factor.items()}
    checked(method, chosen)
    return Agreed(
        values=chosen,
        given=by_factor,
        unsettled=tuple(factor for factor, held in by_factor.items() if held[0] != held[-1] and factor not in settled),
        overruled=tuple(factor for factor, value in settled.items() if not by_factor[factor][0] <= value <= by_factor[factor][-1]),
        is_independent=len(given) > 1,
    )


def survival(method: Method, themes: Mapping[str, Values], *, rng: np.random.Generator, draws: int = 20_000) -> tuple[Survival, ...]:
    """For each theme, highest first: would its rank survive if values were one more or one less?

    Ranges of ranks are exact: scores only rise with their values, so the ends are reached with all of a theme's values up
    and all others' down, or the other way round. `kept` is exact too, unless one theme's values can move in more than
    MOST_STATES ways; then `draws` ways are drawn with `rng`. Values stop at the ends of their scales.
    """
    for values in themes.values():
        checked(method, values)
    names = list(themes)
    now = np.array([method.score(themes[name]) for name in names], dtype=np.int64)
    moved = [_one_step(method, themes[name]) for name in names]
    lows, highs = np.array([min(one) for one in moved] or [0]), np.array([max(one) for one in moved] or [0])
    ends = [(method.score(_all_moved(method, themes[name], -1)), method.score(_all_moved(method, themes[name], 1))) for name in names]
    is_exact = all(math.prod(len(ways) for ways in _ways(method, themes[name])) <= MOST_STATES for name in names)
    kept = _kept_exactly(method, themes, now) if is_exact else _kept_by_chance(method, themes, now, rng, draws)
    found = [
        Survival(
            theme=name,
            score=int(now[at]),
            rank=_rank(now, at),
            one_change=_one_change(now, lows, highs, at),
            any_change=_any_change(ends, at),
            kept=float(kept[at]),
            bands=(method.band(ends[at][0]), method.band(ends[at][1])),
            is_exact=is_exact,
        )
        for at, name in enumerate(names)
    ]
    return tuple(sorted(found, key=lambda one: (one.rank, one.theme)))


def checked(method: Method, values: Values) -> None:
    """ValueError where values are not whole numbers on the scales of the method's factors, one each."""
    if missing := [factor for factor in method.factors if factor not in values]:
        raise ValueError(f"{missing[0]} has no value")
    for name, value in values.items():
        if name not in method.factors:
            raise ValueError(f"{name} is no factor of {method.code}")
        factor = method.factors[name]
        if isinstance(value, bool) or value != int(value) or not factor.low <= value <= factor.high:
            raise ValueError(f"{name} is a whole number from {factor.low} to {factor.high}, not {value}")


def _ways(method: Method, values: Values) -> list[list[int]]:
    """For each factor of the risk, the values it may move to, its own among them."""
    return [
        [
            value
            for value in (values[name] - 1, values[name], values[name] + 1)
            if method.factors[name].low <= value <= method.factors[name].high
        ]
        for name in method.risk_factors
    ]


def _all_moved(method: Method, values: Values, step: int) -> dict[str, int]:
    return dict(values) | {
        name: min(max(values[name] + step, method.factors[name].low), method.factors[name].high) for name in method.risk_factors
    }


def _one_step(method: Method, values: Values) -> list[int]:
    """The score as it is, and with each single value moved a step."""
    ways = zip(method.risk_factors, _ways(method, values), strict=True)
    return [method.score(dict(values) | {name: value}) for name, moves in ways for value in moves] or [method.score(values)]


def _rank(scores: NDArray[np.int64], at: int) -> int:
    return 1 + int((scores > scores[at]).sum())


def _one_change(now: NDArray[np.int64], lows: NDArray[np.int64], highs: NDArray[np.int64], at: int) -> tuple[int, int]:
    """Ranks if the theme itself moves, or one other passes or is passed."""
    others = np.arange(len(now)) != at
    best = [1 + int((now[others] > score).sum()) for score in (highs[at], now[at])]
    worst = [1 + int((now[others] > score).sum()) for score in (lows[at], now[at])]
    falls = bool((others & (now > now[at]) & (lows <= now[at])).any())
    rises = bool((others & (now <= now[at]) & (highs > now[at])).any())
    return min(best[0], best[1] - falls), max(worst[0], worst[1] + rises)


def _any_change(ends: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
    low, high = ends[at]
    others = [end for other, end in enumerate(ends) if other != at]
    return 1 + sum(least > high for least, _ in others), 1 + sum(most > low for _, most in others)


def _kept_exactly(method: Method, themes: Mapping[str, Values], now: NDArray[np.int64]) -> NDArray[np.float64]:
    """From each theme's exact distribution of scores: the chance that just as many as now stand above it."""
    spreads = [_distribution(method, values) for values in themes.values()]
    kept = np.zeros(len(spreads))
    for at, spread in enumerate(spreads):
        above_now = _rank(now, at) - 1
        for score, chance in spread.items():
            higher = [sum(p for other, p in one.items() if other > score) for j, one in enumerate(spreads) if j != at]
            kept[at] += chance * _so_many(higher)[above_now]
    return kept


def _distribution(method: Method, values: Values) -> dict[int, float]:
    ways = _ways(method, values)
    chance = 1 / math.prod(len(one) for one in ways)
    found: dict[int, float] = {}
    for moved in product(*ways):
        score = method.score(dict(values) | dict(zip(method.risk_factors, moved, strict=True)))
        found[score] = found.get(score, 0.0) + chance
    return found


def _so_many(chances: Sequence[float]) -> NDArray[np.float64]:
    """How likely it is that 0, 1, 2, … of independent things of these chances happen."""
    found = np.array([1.0])
    for chance in chances:
        found = np.convolve(found, (1 - chance, chance))
    return found


def _kept_by_chance(
    method: Method, themes: Mapping[str, Values], now: NDArray[np.int64], rng: np.random.Generator, draws: int
) -> NDArray[np.float64]:
    scores = np.empty((draws, len(themes)), dtype=np.int64)
    for at, values in enumerate(themes.values()):
        drawn = [rng.choice(ways, size=draws) for ways in _ways(method, values)]
        for draw, moved in enumerate(zip(*drawn, strict=True)):
            scores[draw, at] = method.score(dict(values) | dict(zip(method.risk_factors, map(int, moved), strict=True)))
    ranks = 1 + (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
    return np.asarray((ranks == [_rank(now, at) for at in range(len(themes))]).mean(axis=0))
