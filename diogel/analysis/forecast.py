"""What a coming quarter is likely to hold, series by series, and how often such ranges held what then came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .anomalies import LeftOut, left_out_by_series
from .baseline import LEAST_FOR_LEVELS, LEAST_MONTHS, Baseline, Rows, Window, fitted_before, window
from .counts import Cube
from .periods import Month, Quarter
from .same_months import same_months
from .tails import limits
from .wander import learnt

Floats = NDArray[np.float64]

HISTORY = 60
"""Months before a quarter that are read."""
TRIED = 8
"""Earlier quarters that are forecast as if they lay ahead."""
LEARNT_FROM = 4
"""Quarters before each of these that its wander is learnt from."""
FURTHEST = 6
"""Months between the last one known and the quarter, at most: further ahead nothing is said."""
MEAN_DAYS = 365.25 / 12


@dataclass(frozen=True, kw_only=True)
class Tried:
    """An earlier quarter, forecast from what was known before it: the range that would have been told, and what came."""

    quarter: Quarter
    low: int
    high: int
    observed: int

    @property
    def was_held(self) -> bool:
        return self.low <= self.observed <= self.high


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """One series. `expected` and the whole counts `low` to `high`, None where `method` is `too_short`; `same_months` means that
    there was too little for a regression and only earlier years are compared. `tried` are the back-tests, the latest last."""

    area: str
    type: str
    method: Literal["regression", "same_months", "too_short"]
    expected: float | None
    low: int | None
    high: int | None
    history_months: int
    tried: tuple[Tried, ...]


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """All series of a cube for one quarter. A range is meant to hold what comes in `level` of all cases; of `tries` earlier ones
    it held `held`. `from_month` is the last month that was known, `months_ahead` how far before the quarter's first it lies."""

    quarter: Quarter
    level: float
    from_month: Month
    months_ahead: int
    forecasts: tuple[Forecast, ...]
    tries: int
    held: int

    @property
    def coverage(self) -> float | None:
        """The share that was held; None where nothing could be tried."""
        return self.held / self.tries if self.tries else None


def forecast(*, cube: Cube, quarter: Quarter, level: float = 0.8, excluded: LeftOut = ()) -> Outlook:
    """Say of each area and type what `quarter` is likely to hold, from the months before it.

    The same regression as for unusual figures, carried forward; the range allows for chance, for what the fit does not know and
    for how levels wander. Up to `TRIED` earlier quarters are forecast alike, as many months ahead and each only from what was
    known before it; how often they held is told beside. Months from the quarter on are not read. `excluded` months never teach: of
    every series, or by (area, type), of those that an event touched. KeyError for an area or type of `excluded` that the cube does
    not hold. ValueError for a level not between 0 and 1, where no month before the quarter is known, and where the last known one lies more
    than `FURTHEST` months before it. Method and limits: docs/methods/forecast.md.
    """
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, such as 0.8; not {level}")
    reach = HISTORY + 3 * (TRIED + LEARNT_FROM)
    at = reach
    first = quarter.months[0]
    reading = cube.covering(first - reach, quarter.ending)
    last = _last_known(reading, at)
    ahead = at - last
    if ahead > FURTHEST:
        raise ValueError(f"the last month known is {reading.months[last]}: too long before {first} to say anything of it")
    rows = _rows(reading, left_out_by_series(cube, excluded))
    past = {back: _window(rows, at - 3 * back, ahead) for back in range(1, TRIED + LEARNT_FROM + 1)}
    tried = {back: _range(past[back], _wander(past, back), level) for back in range(TRIED, 0, -1)}
    coming = _coming(rows, at, ahead, _wander(past, 0), level)
    forecasts = tuple(
        _one(reading, quarter, row, coming, {back: (past[back], *limits_) for back, limits_ in tried.items()})
        for row in range(len(rows.counts))
    )
    tests = [one for each in forecasts for one in each.tried]
    return Outlook(
        quarter=quarter, level=level, from_month=reading.months[last], months_ahead=ahead, forecasts=forecasts,
        tries=len(tests), held=sum(one.was_held for one in tests),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Coming:
    """Arrays of (S,): NaN where nothing could be reckoned."""

    method: NDArray[np.str_]
    expected: Floats
    low: Floats
    high: Floats
    history: NDArray[np.int64]


def _last_known(reading: Cube, at: int) -> int:
    known = np.flatnonzero(reading.known[:, :at].any(axis=0)) if len(reading.areas) else np.array([], dtype=np.int64)
    if not len(known):
        raise ValueError(f"no month before {reading.months[at]} is known: there is nothing to forecast from")
    return int(known[-1])


def _rows(reading: Cube, left_out: list[frozenset[Month]]) -> Rows:
    areas, types, months = reading.values.shape
    known = np.repeat(reading.known, types, axis=0)
    ordinary = np.array([[month not in out for month in reading.months] for out in left_out], dtype=np.bool_)
    ordinary = ordinary.reshape(areas * types, months)
    return Rows(
        counts=reading.values.reshape(areas * types, months).astype(float), known=known, usable=known & ordinary,
        index=np.array([month.index for month in reading.months]), exposure=np.array([month.days / MEAN_DAYS for month in reading.months]),
    )  # fmt: skip


def _before(rows: Rows, at: int) -> Rows:
    """The `HISTORY` months before column `at`, and the quarter that begins there."""
    here = slice(at - HISTORY, at + 3)
    return Rows(
        counts=rows.counts[:, here], known=rows.known[:, here], usable=rows.usable[:, here], index=rows.index[here],
        exposure=rows.exposure[here],
    )  # fmt: skip


def _window(rows: Rows, at: int, ahead: int) -> Window:
    """The quarter at column `at` as it looked `ahead` months before it."""
    part = _before(rows, at)
    baseline = fitted_before(part, until=HISTORY - ahead + 1)
    return window(part, baseline, quarter_at=HISTORY, columns=range(HISTORY, HISTORY + 3), least=LEAST_FOR_LEVELS)


def _wander(past: dict[int, Window], back: int) -> float:
    """Learnt from the quarters before the one that lies `back` quarters back."""
    return learnt([{"quarter": past[earlier]} for earlier in range(back + 1, min(back + LEARNT_FROM, max(past)) + 1)])["quarter"]


def _range(seen: Window, wander: float, level: float) -> tuple[Floats, Floats]:
    expected, variance, freedom = (np.where(seen.asked, part, 1.0) for part in (seen.expected, seen.variance(wander), seen.freedom))
    low, high = limits(mean=expected, variance=variance, alpha=1 - level, df=freedom)
    return np.where(seen.asked, low, np.nan), np.where(seen.asked, high, np.nan)


def _coming(rows: Rows, at: int, ahead: int, wander: float, level: float) -> _Coming:
    part = _before(rows, at)
    baseline: Baseline = fitted_before(part, until=HISTORY - ahead + 1)
    columns = np.arange(HISTORY, HISTORY + 3)
    means, covariance = baseline.months(columns)
    months = part.index % 12
    serves = baseline.serves(months_of_year=months, asked=months[columns], least=LEAST_MONTHS)
    expected = np.where(serves, means.sum(axis=1), 1.0)
    variance = np.where(serves, baseline.dispersion * expected + covariance.sum(axis=(1, 2)) + (wander * expected) ** 2, 1.0)
    low, high = limits(mean=expected, variance=variance, alpha=1 - level, df=np.where(serves, baseline.freedom, 1.0))
    years = same_months(part, quarter_at=HISTORY)
    by_years = ~serves & (years.years > 0)
    years_low, years_high = years.limits(alpha=1 - level)
    return _Coming(
        method=np.select([serves, by_years], ["regression", "same_months"], "too_short"),
        expected=np.select([serves, by_years], [expected, years.expected], np.nan),
        low=np.select([serves, by_years], [low, years_low], np.nan),
        high=np.select([serves, by_years], [high, years_high], np.nan),
        history=part.usable[:, :HISTORY].sum(axis=1),
    )


def _one(reading: Cube, quarter: Quarter, row: int, coming: _Coming, tried: dict[int, tuple[Window, Floats, Floats]]) -> Forecast:
    area, type_ = divmod(row, len(reading.types))
    told = not np.isnan(coming.expected[row])
    tests = tuple(
        Tried(quarter=quarter - back, low=int(low[row]), high=int(high[row]), observed=int(seen.observed[row]))
        for back, (seen, low, high) in tried.items()
        if seen.asked[row]
    )
    return Forecast(
        area=reading.areas[area],
        type=reading.types[type_],
        method=str(coming.method[row]),  # type: ignore[arg-type]
        expected=float(coming.expected[row]) if told else None,
        low=int(coming.low[row]) if told else None,
        high=int(coming.high[row]) if told else None,
        history_months=int(coming.history[row]),
        tried=tests,
    )
