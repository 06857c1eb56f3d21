"""Which series have a step at all: each further step must do better than in series drawn without it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray
from scipy import special

from .placing import LEAST, Counts, Placed, gains, placed, read

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FIRST_TRIALS = 39
"""After so many drawn series a step that did no better than a fifth of them is given up."""
GIVEN_UP = 0.2
SERIES_AT_ONCE = 40
_NEARLY_POISSON = 1e-4


@dataclass(frozen=True, kw_only=True)
class Step:
    """The level of the periods from `at` on is `ratio` times that before; None where there was nothing before.

    `earliest` to `latest` are where the step may lie, `low` to `high` how large it may be, both at the level asked for; `high`
    is None without a base. `p` is that of the test which let it in.
    """

    at: int
    earliest: int
    latest: int
    ratio: float | None
    low: float
    high: float | None
    p: float


@dataclass(frozen=True, kw_only=True)
class Found:
    """One series: its steps in order of time; the `levels` between them, per unit of exposure; the `dispersion`; `p` of there being
    any step; `is_short`, True where there are too few known periods to ask."""

    steps: tuple[Step, ...]
    levels: tuple[float, ...]
    dispersion: float
    p: float
    is_short: bool


def find(
    counts: ArrayLike,
    *,
    rng: Generator,
    known: ArrayLike | None = None,
    exposure: ArrayLike | None = None,
    per_year: int | None = None,
    most: int = 2,
    alpha: float = 0.01,
    level: float = 0.95,
    trials: int = 399,
) -> tuple[Found, ...]:
    """The steps of each of S series (S, M), at most `most`.

    Null hypothesis of each further step: the levels found so far hold, within chance and the dispersion. The gain in
    likelihood by one more step (or by two: there and back) is compared with that in `trials` series drawn from those levels, placed,
    seasoned and dispersed anew like the real one, so that having searched is paid for. `per_year` 12 estimates a season of
    months beside the levels; a season already known belongs into `exposure`. ValueError as in `place`, and for settings without sense.
    """
    if most < 1 or trials < 19 or not 0 < alpha < 1 or not 0 < level < 1:
        raise ValueError("most is at least 1, trials at least 19, alpha and level lie between 0 and 1")
    data = read(counts, known=known, exposure=exposure, per_year=per_year)
    needed = LEAST * 2 + (0 if per_year is None else 2 * per_year)
    enough = np.flatnonzero((data.known.sum(axis=1) >= needed) & (data.counts.sum(axis=1) > 0))
    asked = _Asked(rng=rng, alpha=alpha, level=level, trials=trials, most=most)
    results = {int(row): found for row, found in zip(enough, _each(data.some(enough), asked), strict=True)}
    return tuple(results.get(row) or _short(data, row) for row in range(len(data.counts)))


@dataclass(frozen=True, kw_only=True)
class _Asked:
    rng: Generator
    alpha: float
    level: float
    trials: int
    most: int


def _each(data: Counts, asked: _Asked) -> list[Found]:
    if not len(data.counts):
        return []
    first = _tested(data, 0, 1, asked)
    return [_one(data.some(slice(row, row + 1)), float(first[row]), asked) for row in range(len(data.counts))]


def _one(data: Counts, first: float, asked: _Asked) -> Found:
    """Let steps in one after the other, or two at once, while each does better than chance."""
    bar = asked.alpha if asked.most == 1 else asked.alpha / 2
    reached, letting, overall = 0, [], first
    while reached < asked.most:
        p = first if reached == 0 else float(_tested(data, reached, reached + 1, asked)[0])
        by = 1
        if p > bar and reached + 2 <= asked.most and _room(data, reached + 2):
            p, by = float(_tested(data, reached, reached + 2, asked)[0]), 2
        if reached == 0:
            overall = min(1.0, p * (1 if asked.most == 1 else 2))
        if p > bar or not _room(data, reached + by):
            break
        reached += by
        letting += [p] * by
        if not _room(data, reached + 1):
            break
    return _told(data, placed(data, reached), letting, overall, asked)


def _room(data: Counts, steps: int) -> bool:
    return bool(data.known.sum() >= LEAST * (steps + 1))


def _statistic(data: Counts, fewer: int, more: int) -> tuple[Floats, Placed]:
    """Twice the gain in likelihood over the dispersion that the greater number of steps leaves; and the smaller fit."""
    less, better = placed(data, fewer), placed(data, more)
    return 2 * (better.likelihood - less.likelihood) / better.dispersion(data)[0], less


def _tested(data: Counts, fewer: int, more: int, asked: _Asked) -> Floats:
    """The p of each series: the share of drawn series, itself among them, in which `more` steps gain as much."""
    seen, less = _statistic(data, fewer, more)
    dispersion = less.dispersion(data)[0]
    beyond, drawn = np.zeros(len(seen)), np.zeros(len(seen))
    for trials in (FIRST_TRIALS, asked.trials - FIRST_TRIALS):
        going = np.flatnonzero((drawn == 0) | (beyond <= GIVEN_UP * drawn))
        for start in range(0, len(going) if trials > 0 else 0, SERIES_AT_ONCE):
            rows: Ints = going[start : start + SERIES_AT_ONCE].astype(np.int64)
            again = _drawn(data, less.means, dispersion, rows, trials, asked.rng)
            gain = _statistic(again, fewer, more)[0].reshape(len(rows), trials)
            beyond[rows] += (gain >= seen[rows, None] - 1e-9).sum(axis=1)
            drawn[rows] += trials
    return (1 + beyond) / (1 + drawn)


def _drawn(data: Counts, means: Floats, dispersion: Floats, rows: Ints, trials: int, rng: Generator) -> Counts:
    """`trials` series for each of these rows, negative binomial around its means, missing where it is missing."""
    every = np.repeat(rows, trials)
    excess = np.maximum(dispersion[every] - 1, _NEARLY_POISSON)[:, None]
    rates = rng.gamma(np.maximum(means[every], 1e-9) / excess, excess)
    known = data.known[every]
    return Counts(
        counts=np.where(known, rng.poisson(rates), 0).astype(float), known=known, exposure=data.exposure[every], phases=data.phases
    )


def _told(data: Counts, cut: Placed, p: list[float], overall: float, asked: _Asked) -> Found:
    dispersion, freedom = (float(part[0]) for part in cut.dispersion(data))
    ends = [0, *cut.at[0].tolist(), data.counts.shape[1]]
    cases = [float(data.counts[0, start:end].sum()) for start, end in pairwise(ends)]
    base = [float(cut.shape[0, start:end].sum()) for start, end in pairwise(ends)]
    reach = float(special.stdtrit(freedom, (1 + asked.level) / 2))
    steps = []
    for number, at in enumerate(ends[1:-1]):
        before, after = cases[number], cases[number + 1]
        # Half a case is lent to both sides, so that a level of none has a limit too.
        middle = np.log((after + 0.5) / base[number + 1] * base[number] / (before + 0.5))
        wide = reach * np.sqrt(dispersion * (1 / (before + 0.5) + 1 / (after + 0.5)))
        earliest, latest = _where(data, cut, ends[number], ends[number + 2], dispersion, asked.level)
        steps.append(Step(
            at=at, earliest=earliest, latest=latest, ratio=after / base[number + 1] * base[number] / before if before else None,
            low=float(np.exp(middle - wide)), high=float(np.exp(middle + wide)) if before else None, p=p[number],
        ))  # fmt: skip
    levels = tuple(one / by for one, by in zip(cases, base, strict=True))
    return Found(steps=tuple(steps), levels=levels, dispersion=dispersion, p=overall, is_short=False)


def _where(data: Counts, cut: Placed, start: int, end: int, dispersion: float, level: float) -> tuple[int, int]:
    """Where a step between two others may lie: places weighed by their likelihood, tempered by the dispersion."""
    part = Counts(counts=data.counts[:, start:end], known=data.known[:, start:end], exposure=cut.shape[:, start:end], phases=None)
    gain = gains(part, cut.shape[:, start:end])[0]
    weight = np.exp((gain - gain.max()) / dispersion)
    upto = np.cumsum(weight) / weight.sum()
    tail = (1 - level) / 2
    return start + 1 + int(np.searchsorted(upto, tail)), start + 1 + min(int(np.searchsorted(upto, 1 - tail)), len(upto) - 1)


def _short(data: Counts, row: int) -> Found:
    """A series of too few known periods, or of none but zeros: no step is looked for."""
    known = int(data.known[row].sum())
    exposure = float(np.broadcast_to(data.exposure, data.counts.shape)[row].sum())
    levels = (float(data.counts[row].sum()) / exposure,) if known else ()
    return Found(steps=(), levels=levels, dispersion=1.0, p=1.0, is_short=bool(data.counts[row].sum() > 0) or known == 0)
