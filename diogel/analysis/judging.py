"""The reckoning behind a look: from rows of counts to p-values, intervals and what stands out, all series at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .baseline import LEAST_FOR_LEVELS, LEAST_MONTHS, Baseline, Rows, Window, fitted_before, window, windows
from .multiplicity import adjusted, lone_bar, together
from .power import Rule, power, smallest_ratio, smallest_rise
from .same_months import SameMonths, same_months
from .tails import limits
from .wander import learnt

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Names = NDArray[np.str_]

BACKS = (3, 6)
"""How many months before the quarter a level look takes in."""
LEARNT_FROM = 4
"""Earlier quarters that the wander is learnt from."""
LEAST_COUNT = 5
"""A series that neither held nor expected this many in the quarter raises no card: such events are told one by one."""
RISES = (1.5, 2.0)
"""The rises whose chance of being found is told: by half, and to the double."""
_NOTHING = 1e-9


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Arrays of (S,) unless told otherwise; NaN where nothing could be reckoned.

    `method` as in a finding; `kind` and `sign` (+1 higher, -1 lower) of what stands out most, and `unusual`, whether it
    does so enough; `back`, the months before the quarter that its baseline leaves out; `odd` bool (S, 3), the quarter's
    months outside their own interval; `chart` float (3, S, K): expected, low and high of K months, the quarter's last. `power`
    and `doubling` are the chances that a rise by half and one to the double would have been found, `smallest_rise` the ratio that
    is found four times in five (NaN also where none is); `years` how many whole earlier quarters a series without a regression
    is compared with, else 0.
    """

    method: Names
    p: Floats
    q: Floats
    observed: Floats
    expected: Floats
    low: Floats
    high: Floats
    power: Floats
    doubling: Floats
    smallest_rise: Floats
    history: Ints
    years: Ints
    unusual: Bools
    kind: Names
    sign: Ints
    back: Ints
    odd: Bools
    chart: Floats


@dataclass(frozen=True, kw_only=True)
class _Regressed:
    """The looks by regression. `names` (L,); arrays (S, L) of each look's p, of its direction, and whether it was taken."""

    baselines: dict[int, Baseline]
    wander: dict[str, float]
    looks: dict[str, Window]
    p: Floats
    rise: Floats
    asked: Bools

    @property
    def best(self) -> Ints:
        """Which look is the oddest of each series."""
        return np.where(self.asked, self.p, 2.0).argmin(axis=1)


@dataclass(frozen=True, kw_only=True)
class _Odd:
    """What stands out most in each series: its kind, direction, own p, and the months its baseline leaves out; all (S,)."""

    kind: Names
    sign: Ints
    p: Floats
    back: Ints


def judge(rows: Rows, *, quarter_at: int, charted: int, alpha: float, rate: float) -> Judged:
    """Judge the quarter that starts in column `quarter_at`; the chart holds `charted` months before it and its own three."""
    regressed = _regressed(rows, quarter_at=quarter_at, alpha=alpha)
    earlier = same_months(rows, quarter_at=quarter_at)
    whole = rows.known[:, quarter_at : quarter_at + 3].all(axis=1)
    by_model = whole & regressed.asked[:, 0]
    by_years = whole & ~by_model & (earlier.years > 0)
    told = by_model | by_years
    p = np.where(by_model, together(regressed.p, asked=regressed.asked), np.where(by_years, earlier.p(), np.nan))
    q = np.full(len(p), np.nan)
    q[told] = adjusted(p[told])
    odd = _what_stands_out(regressed, earlier, by_model)
    large = np.maximum(earlier.observed, np.where(by_model, regressed.looks["quarter"].expected, earlier.expected)) >= LEAST_COUNT
    unusual = told & large & (np.nan_to_num(q, nan=1.0) <= rate) & (odd.p <= alpha)
    back = np.where(unusual, odd.back, 0)
    numbers = np.where(by_years, _by_years(earlier, alpha=alpha, bar=lone_bar(looked_at=int(told.sum()), rate=rate)), np.nan)
    model = _by_model(rows, regressed, back, quarter_at=quarter_at, alpha=alpha, bar=lone_bar(looked_at=int(told.sum()), rate=rate))
    expected, low, high, half, doubling, smallest = np.where(by_model, model, numbers)
    chart = _chart(rows, regressed, np.where(by_model, back, -1), by_years, quarter_at=quarter_at, charted=charted, alpha=alpha)
    quarter = rows.counts[:, quarter_at : quarter_at + 3]
    return Judged(
        method=np.select([~whole, by_model, by_years], ["missing", "regression", "same_months"], "too_short"),
        p=p,
        q=q,
        observed=np.where(whole, quarter.sum(axis=1), np.nan),
        expected=expected,
        low=low,
        high=high,
        power=half,
        doubling=doubling,
        smallest_rise=smallest,
        history=rows.usable[:, :quarter_at].sum(axis=1),
        years=np.where(by_years, earlier.years, 0),
        unusual=unusual,
        kind=np.where(unusual, odd.kind, ""),
        sign=odd.sign,
        back=back,
        odd=told[:, None] & ((quarter < chart[1, :, -3:]) | (quarter > chart[2, :, -3:])),
        chart=chart,
    )


def _regressed(rows: Rows, *, quarter_at: int, alpha: float) -> _Regressed:
    """Fit what lies before the quarter, learn the wander from the quarters before it, and take every look."""
    past = [quarter_at - 3 * step for step in range(1, LEARNT_FROM + 1)]
    fits = {until: fitted_before(rows, until=until) for until in {at - back for at in (quarter_at, *past) for back in (0, *BACKS)}}
    reaching = {at: {back: fits[at - back] for back in (0, *BACKS)} for at in (quarter_at, *past)}
    wander = learnt([windows(rows, quarter_at=at, baselines=reaching[at], least=LEAST_FOR_LEVELS) for at in past])
    baselines = reaching[quarter_at]
    looks = windows(rows, quarter_at=quarter_at, baselines=baselines, least=LEAST_MONTHS)
    p = np.stack([look.p(wander[name]) for name, look in looks.items()], axis=1)
    for at, name in enumerate(looks):
        if back := _back(name):
            # A level counts for this quarter only where the quarter alone is odd too: a spike before it is not its news.
            alone = window(rows, baselines[back], quarter_at=quarter_at, columns=range(quarter_at, quarter_at + 3))
            p[:, at] = np.where(alone.p(wander[name]) <= alpha, p[:, at], 1.0)
    return _Regressed(
        baselines=baselines,
        wander=wander,
        looks=looks,
        p=p,
        rise=np.stack([look.observed - look.expected for look in looks.values()], axis=1),
        asked=np.stack([look.asked & looks["quarter"].asked for look in looks.values()], axis=1),
    )


def _back(name: str) -> int:
    return int(name.split()[1]) if name.startswith("level") else 0


def _what_stands_out(regressed: _Regressed, earlier: SameMonths, by_model: Bools) -> _Odd:
    kinds = np.array([{"quarter": "quarter", "month": "months", "level": "level"}[name.split()[0]] for name in regressed.looks])
    backs = np.array([_back(name) for name in regressed.looks])
    best, at = regressed.best, np.arange(len(by_model))
    rise = np.where(by_model, regressed.rise[at, best], earlier.observed - earlier.expected)
    return _Odd(
        kind=np.where(by_model, kinds[best], "quarter"),
        sign=np.sign(rise).astype(np.int64),
        p=np.where(by_model, regressed.p[at, best], earlier.p()),
        back=np.where(by_model, backs[best], 0),
    )


def _by_model(rows: Rows, regressed: _Regressed, back: Ints, *, quarter_at: int, alpha: float, bar: float) -> Floats:
    """Expected, low, high, the power of each of `RISES` and the smallest rise of the quarter, float (6, S), each from the baseline
    that `back` names."""
    result = np.full((4 + len(RISES), len(back)), np.nan)
    for months, baseline in regressed.baselines.items():
        look = window(rows, baseline, quarter_at=quarter_at, columns=range(quarter_at, quarter_at + 3))
        here = np.flatnonzero((back == months) & look.asked)
        mean, freedom, chance = np.maximum(look.expected[here], _NOTHING), look.freedom[here], look.by_chance[here]
        variance = look.variance(regressed.wander[f"level {months}" if months else "quarter"])[here]
        low, high = limits(mean=mean, variance=variance, alpha=alpha, df=freedom)
        rule = Rule(alpha=min(alpha, bar / len(regressed.looks)), df=freedom, least_count=LEAST_COUNT)
        dispersion, wander = np.maximum(chance / mean, 1.0), np.sqrt(np.maximum(variance - chance, 0.0)) / mean
        found = [power(rise, mean=mean, dispersion=dispersion, wander=wander, rule=rule) for rise in RISES]
        smallest = smallest_rise(mean=mean, dispersion=dispersion, wander=wander, rule=rule)
        result[:, here] = look.expected[here], low, high, *found, smallest
    return result


def _by_years(earlier: SameMonths, *, alpha: float, bar: float) -> Floats:
    """The same by the same months of earlier years."""
    low, high = earlier.limits(alpha=alpha)
    needed = np.maximum(earlier.limits(alpha=min(alpha, bar))[1] + 1, LEAST_COUNT)
    found = [earlier.chance_of(needed, rise=rise) for rise in RISES]
    smallest = smallest_ratio(lambda ratio: earlier.chance_of(needed, rise=ratio), shape=needed.shape)
    return np.stack([earlier.expected, low, high, *found, smallest])


def _chart(rows: Rows, regressed: _Regressed, back: Ints, by_years: Bools, *, quarter_at: int, charted: int, alpha: float) -> Floats:
    """Expected, low and high month by month, (3, S, K); by earlier years only the quarter's own months have them."""
    columns = np.arange(max(quarter_at - charted, 0), quarter_at + 3)
    chart = np.full((3, len(back), len(columns)), np.nan)
    for months, baseline in regressed.baselines.items():
        here = np.flatnonzero((back == months) & baseline.covers)
        mean, covariance = (part[here] for part in baseline.months(columns))
        uncertain = np.einsum("skk->sk", covariance) + (regressed.wander["month 1"] * mean) ** 2
        variance = baseline.dispersion[here, None] * mean + uncertain
        chart[0, here] = mean
        chart[1:, here] = limits(mean=mean, variance=variance, alpha=alpha, df=baseline.freedom[here, None])
    for step in range(3):
        month = same_months(rows, quarter_at=quarter_at, months=slice(step, step + 1))
        values = np.stack([month.expected, *month.limits(alpha=alpha)])
        chart[:, by_years, len(columns) - 3 + step] = values[:, by_years]
    return chart
