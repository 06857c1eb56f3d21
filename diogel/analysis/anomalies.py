"""Which of a quarter's figures are unusual: looks at every area and type of a cube and says how odd each is."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

import numpy as np

from .baseline import Rows
from .counts import Cube
from .findings import Direction, Finding, Look, MonthPoint
from .judging import Judged, judge
from .periods import Month, Quarter

__all__ = ["Finding", "LeftOut", "Look", "MonthPoint", "look"]

LeftOut = Collection[Month] | Mapping[tuple[str, str], Collection[Month]]
"""Months that never enter a baseline: of all series, or by area and type; a series that is not named loses none."""

HISTORY = 60
"""Months before the quarter that are read: older ones say little of today."""
CHARTED = 36
"""Months before the quarter that a finding's chart shows."""
MEAN_DAYS = 365.25 / 12


def look(*, cube: Cube, quarter: Quarter, alpha: float = 0.01, rate: float = 0.10, excluded: LeftOut = ()) -> Look:
    """Look at each area and type of `cube` in `quarter`.

    Null hypothesis of each series: the quarter, each of its months, and the level since up to half a year before it, are
    what level, trend and season of the months before say, within chance and the wander of this store's levels. Series
    with too little history are compared with the same months of earlier years instead, or not at all.

    `alpha` is what an interval leaves outside; `rate` the false discovery rate; `excluded` are months of recorded context
    (a lockdown) that never enter a baseline: of every series, or by (area, type), of those that the event touched. Months
    after the quarter are not read. ValueError for a rate or an alpha that is not between 0 and 1, KeyError for an area or
    type of `excluded` that the cube does not hold. Method, limits and power: docs/methods/anomalies.md.
    """
    for name, value in (("alpha", alpha), ("rate", rate)):
        if not 0 < value < 1:
            raise ValueError(f"{name} lies between 0 and 1; not {value}")
    reading = cube.covering(quarter.months[0] - HISTORY, quarter.ending)
    left_out = left_out_by_series(cube, excluded)
    judged = judge(_rows(reading, left_out), quarter_at=HISTORY, charted=CHARTED, alpha=alpha, rate=rate)
    series = [(area, type_) for area in range(len(cube.areas)) for type_ in range(len(cube.types))]
    return Look(
        quarter=quarter, alpha=alpha, rate=rate, excluded=tuple(sorted(_of_all(excluded, left_out))),
        findings=tuple(_finding(reading, quarter, judged, row, area, type_, left_out[row]) for row, (area, type_) in enumerate(series)),
    )  # fmt: skip


def left_out_by_series(cube: Cube, excluded: LeftOut) -> list[frozenset[Month]]:
    """What is left out of each series, areas first, then types. KeyError for an area or type that the cube does not hold."""
    if not isinstance(excluded, Mapping):
        return [frozenset(excluded)] * (len(cube.areas) * len(cube.types))
    for area, type_ in excluded:
        cube.area_at(area)
        cube.type_at(type_)
    return [frozenset(excluded.get((area, type_), ())) for area in cube.areas for type_ in cube.types]


def _of_all(excluded: LeftOut, left_out: list[frozenset[Month]]) -> frozenset[Month]:
    """The months that no series learns from."""
    if not isinstance(excluded, Mapping):
        return frozenset(excluded)
    return frozenset.intersection(*left_out) if left_out else frozenset()


def _rows(cube: Cube, left_out: list[frozenset[Month]]) -> Rows:
    areas, types, months = cube.values.shape
    known = np.repeat(cube.known, types, axis=0)
    # Few kinds of exclusion, many series: each kind is laid out once.
    kinds = {out: np.array([month not in out for month in cube.months], dtype=np.bool_) for out in set(left_out)}
    ordinary = np.array([kinds[out] for out in left_out], dtype=np.bool_).reshape(areas * types, months)
    return Rows(
        counts=cube.values.reshape(areas * types, months).astype(float),
        known=known,
        usable=known & ordinary,
        index=np.array([month.index for month in cube.months]),
        exposure=np.array([month.days / MEAN_DAYS for month in cube.months]),
    )


def _finding(cube: Cube, quarter: Quarter, judged: Judged, row: int, area: int, type_: int, left_out: frozenset[Month]) -> Finding:
    known = cube.known[area]
    unusual, back = bool(judged.unusual[row]), int(judged.back[row])
    direction: Direction = "" if not unusual else "higher" if judged.sign[row] > 0 else "lower"
    return Finding(
        area=cube.areas[area],
        type=cube.types[type_],
        quarter=quarter,
        method=str(judged.method[row]),  # type: ignore[arg-type]
        observed=None if np.isnan(judged.observed[row]) else int(judged.observed[row]),
        expected=_told(judged.expected[row]),
        low=_told(judged.low[row]),
        high=_told(judged.high[row]),
        p=_told(judged.p[row]),
        q=_told(judged.q[row]),
        is_unusual=unusual,
        direction=direction,
        kind=str(judged.kind[row]),  # type: ignore[arg-type]
        odd_months=tuple(month for month, odd in zip(quarter.months, judged.odd[row], strict=True) if odd and unusual),
        since=quarter.months[0] - back if back else None,
        monthly=_monthly(cube, judged.chart[:, row], known, cube.values[area, type_]),
        history_months=int(judged.history[row]),
        missing=tuple(month for month, here in zip(quarter.months, known[-3:], strict=True) if not here),
        power=_told(judged.power[row]),
        power_of_doubling=_told(judged.doubling[row]),
        smallest_rise=_told(judged.smallest_rise[row]),
        earlier_years=int(judged.years[row]),
        excluded=tuple(sorted(left_out)),
    )


def _monthly(cube: Cube, chart: np.ndarray, known: np.ndarray, counts: np.ndarray) -> tuple[MonthPoint, ...]:
    """The charted months, from the first one that a count came for."""
    shown = chart.shape[1]
    reckoned = [[None if math.isnan(value) else value for value in line] for line in chart.tolist()]
    points = [
        MonthPoint(month, count if here else None, expected, low, high)
        for month, count, here, expected, low, high in zip(
            cube.months[-shown:], counts[-shown:].tolist(), known[-shown:].tolist(), *reckoned, strict=True
        )
    ]
    started = next((at for at, point in enumerate(points[:-3]) if point.observed is not None), len(points) - 3)
    return tuple(points[started:])


def _told(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
