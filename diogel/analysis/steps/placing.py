"""Cuts many series of counts where their level moves, exactly, by sums over the stretches between."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

LEAST = 3
"""Known periods a level must last to be one: what is over sooner is a spike."""
AS_GOOD_AS = 44.0
"""A season of 15 per cent is usual (`regression.SEASON_SD`): before looking, each factor is as good as known from 44 cases."""
AT_ONCE = 20_000
"""Numbers worked on at once: so few that products of matrices stay on one thread, which is quicker here."""
_NEXT_TO_NOTHING = 1e-12


@dataclass(frozen=True, kw_only=True)
class Counts:
    """S series of M periods: `counts` and `known` (S, M), counts 0 where not known; `exposure` (S, M), 0 where not
    known; `phases` (M,), the place in the year of each period, where a season is to be estimated, or None."""

    counts: Floats
    known: Bools
    exposure: Floats
    phases: Ints | None

    @cached_property
    def cases(self) -> Floats:
        """Counts up to and with each period, (S, M)."""
        return np.cumsum(self.counts, axis=1)

    def some(self, rows: Ints | slice) -> Counts:
        return Counts(counts=self.counts[rows], known=self.known[rows], exposure=self.exposure[rows], phases=self.phases)


@dataclass(frozen=True, kw_only=True)
class Placed:
    """The best cut of each series into one level more than it has steps: `at` (S, K), the first period of each new level;
    `means` (S, M); `likelihood` (S,), its logarithm but for a constant; `shape` (S, M), exposure x season."""

    at: Ints
    means: Floats
    likelihood: Floats
    shape: Floats

    def dispersion(self, data: Counts) -> tuple[Floats, Ints]:
        """Pearson's, at least 1, and its degrees of freedom: each step costs two, a season eleven."""
        seasons = 0 if data.phases is None else int(data.phases.max())
        freedom = np.maximum(data.known.sum(axis=1) - 1 - 2 * self.at.shape[1] - seasons, 1)
        means = np.maximum(self.means, _NEXT_TO_NOTHING)
        pearson = np.where(data.known, (data.counts - means) ** 2 / means, 0.0).sum(axis=1)
        return np.maximum(pearson / freedom, 1.0), freedom


def place(
    counts: ArrayLike, *, steps: int = 1, known: ArrayLike | None = None, exposure: ArrayLike | None = None, per_year: int | None = None
) -> Ints:
    """Where the level most likely moved: (S, steps), the first period of each new level, counted from 0.

    Every cut into `steps` + 1 levels of at least `LEAST` known periods is weighed, none guessed; of each the Poisson likelihood
    is known from sums. `per_year` 12 estimates a season of months beside it. It always names a place: whether there was a
    step at all is for `find`. ValueError as in `read`, and where a series is too short for so many steps.
    """
    data = read(counts, known=known, exposure=exposure, per_year=per_year)
    return np.concatenate([_cut(part, _shape(part, steps), steps)[0] for part in _portions(data, steps)])


def placed(data: Counts, steps: int) -> Placed:
    """The same with all that comes with it."""
    parts = []
    for part in _portions(data, steps):
        shape = _shape(part, steps)
        at, levels = _cut(part, shape, steps)
        means = shape * _spread(at, levels, part.counts.shape[1])
        logs = np.log(np.maximum(means, _NEXT_TO_NOTHING))
        likelihood = np.einsum("sm,sm->s", part.counts, logs) - means.sum(axis=1)
        parts.append(Placed(at=at, means=means, likelihood=likelihood, shape=shape))
    return Placed(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in Placed.__dataclass_fields__})


def _portions(data: Counts, steps: int) -> list[Counts]:
    """So many series at once as stay close to the processor."""
    if (data.known.sum(axis=1) < LEAST * (steps + 1)).any():
        raise ValueError(f"{steps} steps need at least {LEAST * (steps + 1)} known periods in every series")
    series, periods = data.counts.shape
    size = max(1, AT_ONCE // (periods if steps <= 1 else periods * periods))
    return [data.some(slice(start, start + size)) for start in range(0, series, size)]


def read(counts: ArrayLike, *, known: ArrayLike | None = None, exposure: ArrayLike | None = None, per_year: int | None = None) -> Counts:
    """Checked counts (S, M) or (M,): whole numbers from 0 up where `known`; `exposure` above 0; `per_year` at least 2 or None."""
    try:
        table = np.atleast_2d(np.asarray(counts, dtype=float))
    except (TypeError, ValueError) as problem:
        raise ValueError("counts are numbers, one row a series") from problem
    if table.ndim != 2 or not table.size:
        raise ValueError(f"counts come as series by periods, at least one of each; not in shape {table.shape}")
    try:
        came = np.broadcast_to(np.ones(1, dtype=bool) if known is None else np.asarray(known, dtype=bool), table.shape)
        base = np.broadcast_to(np.ones(1) if exposure is None else np.asarray(exposure, dtype=float), table.shape)
    except ValueError as problem:
        raise ValueError(f"known and exposure have the shape of the counts, {table.shape}") from problem
    if not (known is None and np.asarray(counts).dtype.kind in "iu"):
        inside = table[came]
        if not np.isfinite(inside).all():
            raise ValueError("a count is missing or infinite: mark it in `known`, for missing is not zero")
        if (inside != np.floor(inside)).any():
            raise ValueError("counts are whole numbers from 0 up")
    if (table.min() if known is None else table.min(where=came, initial=0.0)) < 0:
        raise ValueError("counts are whole numbers from 0 up")
    if exposure is not None and not (np.isfinite(base) & (base > 0)).all():
        raise ValueError("every period needs an exposure above zero, such as its days")
    if per_year is not None and per_year < 2:
        raise ValueError(f"a season needs at least two periods a year; not {per_year}")
    phases = None if per_year is None else np.arange(table.shape[1]) % per_year
    if known is None:
        return Counts(counts=table, known=came, exposure=base, phases=phases)
    return Counts(counts=np.where(came, table, 0.0), known=came, exposure=np.where(came, base, 0.0), phases=phases)


def _shape(data: Counts, steps: int) -> Floats:
    """Exposure, times the season where one is asked for: from yearly levels first, then anew from the levels that gives."""
    if data.phases is None:
        return data.exposure
    shape = data.exposure * _season(data, _yearly(data))
    cut = _one_step(data, shape, roughly=True) if steps == 1 else _cut(data, shape, steps)
    levels = _spread(*cut, data.counts.shape[1])
    return data.exposure * _season(data, levels)


def _yearly(data: Counts) -> Floats:
    """The level of each year, spread over its periods; (S, M)."""
    assert data.phases is not None
    years = np.arange(data.counts.shape[1]) // (int(data.phases.max()) + 1)
    members = (years[:, None] == np.arange(years[-1] + 1)).astype(float)
    return np.asarray(((data.counts @ members) / np.maximum(data.exposure @ members, _NEXT_TO_NOTHING)) @ members.T)


def _season(data: Counts, levels: Floats) -> Floats:
    """The factor of each period's place in the year, drawn towards 1; (S, M)."""
    assert data.phases is not None
    members = (data.phases[:, None] == np.arange(data.phases.max() + 1)).astype(float)
    factors = (data.counts @ members + AS_GOOD_AS) / ((data.exposure * levels) @ members + AS_GOOD_AS)
    return np.asarray(factors @ members.T)


def _spread(at: Ints, levels: Floats, periods: int) -> Floats:
    """The level of each period, (S, M), from those of the stretches, (S, K + 1)."""
    found = np.broadcast_to(levels[:, :1], (len(levels), periods))
    for step in range(at.shape[1]):
        found = np.where(np.arange(periods) >= at[:, step : step + 1], levels[:, step + 1 : step + 2], found)
    return found


def _cut(data: Counts, shape: Floats, steps: int) -> tuple[Ints, Floats]:
    """The best place of each step (S, K), and the levels (S, K + 1)."""
    if steps == 1:
        return _one_step(data, shape)
    at = _several(data, shape, steps) if steps else np.zeros((len(data.counts), 0), dtype=np.int64)
    series, periods = data.counts.shape
    ends = np.concatenate([np.zeros((series, 1), dtype=np.int64), at, np.full((series, 1), periods)], axis=1)
    cases, base = (np.diff(np.take_along_axis(_running(part), ends, axis=1), axis=1) for part in (data.counts, shape))
    return at, cases / np.maximum(base, _NEXT_TO_NOTHING)


def _running(values: Floats) -> Floats:
    """Sums before each period and after the last, (S, M + 1)."""
    sums = np.zeros((len(values), values.shape[1] + 1))
    np.cumsum(values, axis=1, out=sums[:, 1:])
    return sums


def gains(data: Counts, shape: Floats) -> Floats:
    """Log-likelihood, but for a constant, with one step before each of the periods 1 to M - 1; (S, M - 1).

    Minus infinity where a level would last fewer than `LEAST` known periods.
    """
    return _gains_of(data, np.cumsum(shape, axis=1))


def _gains_of(data: Counts, base: Floats) -> Floats:
    if data.known.all():
        found = np.full((len(base), base.shape[1] - 1), -np.inf)
        found[:, LEAST - 1 : -LEAST + 1] = _gains(data.cases, base, slice(LEAST - 1, -LEAST))
        return found
    found = _gains(data.cases, base, slice(0, -1))
    seen = np.cumsum(data.known, axis=1)
    return np.where((seen[:, :-1] >= LEAST) & (seen[:, -1:] - seen[:, :-1] >= LEAST), found, -np.inf)


def _gains(cases: Floats, base: Floats, places: slice) -> Floats:
    left, below = cases[:, places], base[:, places]
    found = _told(left, below)
    found += _told(cases[:, -1:] - left, base[:, -1:] - below)
    return found


def _told(cases: Floats, base: Floats) -> Floats:
    """Cases x log of their level, 0 for none."""
    level = cases / np.maximum(base, _NEXT_TO_NOTHING)
    np.maximum(level, _NEXT_TO_NOTHING**2, out=level)
    np.log(level, out=level)
    level *= cases
    return level


def _one_step(data: Counts, shape: Floats, *, roughly: bool = False) -> tuple[Ints, Floats]:
    """The best single cut. `roughly` goes by the score instead of the likelihood, which needs no logarithm and serves where
    the cut is only used to tell level and season apart."""
    base = np.cumsum(shape, axis=1)
    whole = roughly and data.known.all()
    last = _scores(data.cases, base).argmax(axis=1) + LEAST - 1 if whole else _gains_of(data, base).argmax(axis=1)
    rows = np.arange(len(last))
    levels = np.empty((len(last), 2))
    left, below = data.cases[rows, last], np.maximum(base[rows, last], _NEXT_TO_NOTHING)
    levels[:, 0] = left / below
    levels[:, 1] = (data.cases[:, -1] - left) / np.maximum(base[:, -1] - below, _NEXT_TO_NOTHING)
    return (last + 1)[:, None], levels


def _scores(cases: Floats, base: Floats) -> Floats:
    """How far the cases before each place lie from their share, squared over its variance; places `LEAST` to M - `LEAST`."""
    share = base[:, LEAST - 1 : -LEAST] / base[:, -1:]
    away = cases[:, LEAST - 1 : -LEAST] - share * cases[:, -1:]
    away *= away
    away /= share * (1 - share)
    return away


def _several(data: Counts, shape: Floats, steps: int) -> Ints:
    """The best of all cuts, by dynamic programming over where each level ends (Bellman 1961)."""
    series, periods = data.counts.shape
    cases, base, known = (
        _running(np.asarray(part, dtype=float)) for part in (data.counts, np.broadcast_to(shape, data.counts.shape), data.known)
    )
    start, end = np.triu_indices(periods + 1, 1)
    stretch = np.full((series, periods + 1, periods + 1), -np.inf)
    told = _told(cases[:, end] - cases[:, start], base[:, end] - base[:, start])
    stretch[:, start, end] = np.where(known[:, end] - known[:, start] >= LEAST, told, -np.inf)
    best, came_from = stretch[:, 0, :], []
    for _ in range(steps):
        through = best[:, :, None] + stretch
        came_from.append(through.argmax(axis=1))
        best = through.max(axis=1)
    at, place_ = np.zeros((series, steps), dtype=np.int64), np.full(series, periods)
    for step in range(steps - 1, -1, -1):
        place_ = came_from[step][np.arange(series), place_]
        at[:, step] = place_
    return at
