"""Judges periods of many series by their own past: expected count, upper bound, and whether the count lies above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from .bounds import delta, negative_binomial
from .fitting import Rows
from .layout import Layout, layouts
from .model import Expectation, expect
from .options import MONTHLY, Options

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

AT_ONCE = 32_000
"""Counts fitted at once, a quarter of a megabyte: few calls, and all of it stays close to the processor."""


@dataclass(frozen=True, kw_only=True)
class Scan:
    """Arrays of (S, T) for S series and the T periods `at`; NaN where nothing could be said.

    `observed`; `expected`; `upper`, the bound; `score`, how far the count lies above what was expected, the bound being 1;
    `p`, the chance of so many or more; `is_alarm`; `is_enough`, False where the last periods held too few to ask; `has_trend`
    and its `slope` (log, a period, or in R's units of `days` where those were given); `trend_p`; `dispersion`, at least 1.
    """

    at: Ints
    observed: Floats
    expected: Floats
    upper: Floats
    score: Floats
    p: Floats
    is_alarm: Bools
    is_enough: Bools
    has_trend: Bools
    slope: Floats
    trend_p: Floats
    dispersion: Floats


def scan(
    counts: ArrayLike,
    *,
    at: Sequence[int] | None = None,
    known: ArrayLike | None = None,
    exposure: ArrayLike | None = None,
    days: Sequence[int] | None = None,
    options: Options = MONTHLY,
) -> Scan:
    """Judge the periods `at` (all that have enough before them, unless told) of `counts` (S, M) or (M,), whole numbers.

    Null hypothesis of each: the count is negative binomial (or Poisson) around what level, season and trend of its own baseline
    expect. `known` (S, M) False marks counts that never came: they neither teach nor are judged. `exposure` (M,) or (S, M) is
    what counts are in proportion to (days, people). `days` (M,) are ordinals of the periods' first days; then anniversaries
    and trend go by the calendar. ValueError for counts that are negative, fractional or not numbers, for periods without
    `options.reach` before them and for shapes that do not match. Method and limits: docs/methods/farrington.md.
    """
    table, came, base = _read(counts, known, exposure)
    ordinals = _ordinals(days, table.shape[1])
    periods = np.arange(options.reach, table.shape[1]) if at is None else np.asarray(at, dtype=np.int64).reshape(-1)
    if not len(periods):
        raise ValueError(f"no period has the {options.reach} before it that these settings need; there are {table.shape[1]} in all")
    if periods.min() < options.reach or periods.max() >= table.shape[1]:
        raise ValueError(f"a period judged lies between {options.reach} and {table.shape[1] - 1}, counted from 0")
    results = {field.name: np.full((len(table), len(periods)), np.nan) for field in fields(Scan) if field.name != "at"}
    column = {period: place for place, period in enumerate(periods.tolist())}
    for layout in layouts(np.unique(periods), options=options, days=ordinals):
        here = np.array([column[period] for period in layout.at.tolist()])
        for some in _portions(len(table), len(layout.at) * len(layout.offsets)):
            part = _judge(table[some], came[some], base[some], ordinals, layout, options)
            for name, values in part.items():
                results[name][some, here] = values
    truths = {name: np.nan_to_num(results.pop(name)).astype(bool) for name in ("is_alarm", "is_enough", "has_trend")}
    return Scan(at=periods, **results, **truths)


def _judge(counts: Floats, known: Bools, exposure: Floats, days: Ints | None, layout: Layout, options: Options) -> dict[str, Floats]:
    """Each field of a scan as (S, T) for these series and the periods of one layout."""
    series, periods = len(counts), len(layout.at)
    past = layout.at[:, None] + layout.offsets
    clock = np.arange(counts.shape[1], dtype=float) if days is None else (days - days[0]) / (days[1] - days[0])
    times, now, unit = _times(clock, layout)
    rows = Rows(
        counts=np.where(known, counts, 0.0)[:, past].reshape(series * periods, -1),
        exposure=exposure[:, past].reshape(series * periods, -1),
        used=known[:, past].reshape(series * periods, -1),
        times=times if len(times) == 1 else np.tile(times, (series, 1)),
        membership=layout.membership,
    )
    told = expect(rows, now=np.tile(now, series), exposure_now=exposure[:, layout.at].reshape(-1), options=options)
    recent = layout.at[:, None] - np.arange(options.over_periods)
    enough = np.where(known, counts, 0.0)[:, recent].sum(axis=2) >= options.least_cases
    if options.is_compatible:
        enough &= known[:, recent].all(axis=2)
    flat = _verdict(
        observed=np.where(known, counts, np.nan)[:, layout.at].reshape(-1),
        enough=enough.reshape(-1),
        told=told,
        unit=np.tile(unit, series),
        options=options,
    )
    return {name: values.reshape(series, periods) for name, values in flat.items()}


def _times(clock: Floats, layout: Layout) -> tuple[Floats, Floats, Floats]:
    """Times of the baseline near -1..1, the time of the period judged, and how much of the clock a unit is."""
    past = clock[layout.at[:, None] + layout.offsets]
    middle = (past[:, :1] + past[:, -1:]) / 2
    unit = np.maximum((past[:, -1:] - past[:, :1]) / 2, 1.0)
    times, now = (past - middle) / unit, (clock[layout.at] - middle[:, 0]) / unit[:, 0]
    return (times[:1] if np.allclose(times, times[0], rtol=0, atol=1e-13) else times), now, unit[:, 0]


def _verdict(*, observed: Floats, enough: Bools, told: Expectation, unit: Floats, options: Options) -> dict[str, Floats]:
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        mean = np.exp(told.log_mean)
        if options.limit == "delta":
            upper, p = delta(mean=mean, error=mean * told.log_error, dispersion=told.dispersion, observed=observed, alpha=options.alpha)
        else:
            highest = told.log_mean + (options.limit == "muan") * special.ndtri(1 - options.alpha) * told.log_error
            upper, p = negative_binomial(mean=np.exp(highest), dispersion=told.dispersion, observed=observed, alpha=options.alpha)
        # R takes a mean on the log scale from a count here; only the sign of what lies above the bound survives that.
        centre = told.log_mean if options.is_compatible and options.limit != "delta" else mean
        score = (observed - centre) / (upper - centre)
    alarm = enough & (score > 1) & (observed > 0)
    judged = told.is_told & ~np.isnan(observed)
    values = {"expected": mean, "upper": upper, "score": score, "p": p, "dispersion": told.dispersion}
    return {
        "observed": observed,
        **{name: np.where(judged if name in ("score", "p") else told.is_told, value, np.nan) for name, value in values.items()},
        "is_alarm": (alarm & judged).astype(float),
        "is_enough": (enough & judged).astype(float),
        "has_trend": (told.has_trend & told.is_told).astype(float),
        "slope": told.slope / unit,
        "trend_p": told.trend_p,
    }


def _portions(series: int, each: int) -> list[slice]:
    size = max(1, AT_ONCE // max(each, 1))
    return [slice(start, min(start + size, series)) for start in range(0, series, size)]


def _read(counts: ArrayLike, known: ArrayLike | None, exposure: ArrayLike | None) -> tuple[Floats, Bools, Floats]:
    try:
        table = np.atleast_2d(np.asarray(counts, dtype=float))
    except (TypeError, ValueError) as problem:
        raise ValueError("counts are numbers, one row a series") from problem
    if table.ndim != 2 or not table.size:
        raise ValueError(f"counts come as series by periods, at least one of each; not in shape {table.shape}")
    came = np.ones(table.shape, dtype=bool) if known is None else np.asarray(known, dtype=bool)
    if came.shape != table.shape:
        came = np.broadcast_to(came, table.shape) if came.shape == table.shape[1:] else came
    if came.shape != table.shape:
        raise ValueError(f"known has shape {came.shape}, counts have {table.shape}")
    inside = table[came]
    if not np.isfinite(inside).all():
        raise ValueError("a count is missing or infinite: mark it in `known`, for missing is not zero")
    if (inside < 0).any() or (inside != np.floor(inside)).any():
        raise ValueError("counts are whole numbers from 0 up")
    base = np.ones(table.shape[1]) if exposure is None else np.asarray(exposure, dtype=float)
    if base.shape not in (table.shape, table.shape[1:]):
        raise ValueError(f"exposure has shape {base.shape}, counts have {table.shape}")
    if not (np.isfinite(base) & (base > 0)).all():
        raise ValueError("every period needs an exposure above zero, such as its days or its people")
    return table, came, np.broadcast_to(base, table.shape)


def _ordinals(days: Sequence[int] | None, periods: int) -> Ints | None:
    if days is None:
        return None
    ordinals = np.asarray(days, dtype=np.int64)
    if ordinals.shape != (periods,) or (np.diff(ordinals) <= 0).any():
        raise ValueError(f"days are the ordinals of {periods} first days, each later than the one before")
    return ordinals
