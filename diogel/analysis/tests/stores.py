"""A small maker of quiet monthly counts for the tests of the anomaly engine."""

from collections.abc import Sequence

import numpy as np

from diogel.analysis.counts import Cube
from diogel.analysis.periods import Month, Quarter, months_from

LAST = Month(2021, 12)
QUARTER = Quarter(LAST)


def quiet_cube(
    *, seed: int = 1, areas: int = 2, types: int = 7, months: int = 48, level: float = 60.0, dispersion: float = 1.5, drift: float = 0.0
) -> Cube:
    """Counts with a season and nothing else: areas A0.., types T0.., ending December 2021.

    Type T0 has `level` a month, each further type fewer. `drift` lets each series' level wander by that much a month.
    """
    rng = np.random.default_rng(seed)
    span = tuple(months_from(LAST - (months - 1), LAST))
    index, days = np.array([month.index for month in span]), np.array([month.days for month in span])
    season = (1 + 0.15 * np.cos(2 * np.pi * index / 12)) * days / 30.4
    levels = level * 0.8 ** np.arange(types)
    wandering = np.exp(np.cumsum(drift * rng.normal(size=(areas, types, months)), axis=2))
    mean = levels[None, :, None] * season * wandering
    values = rng.poisson(rng.gamma(mean / (dispersion - 1), dispersion - 1)).astype(np.int64)
    labels = tuple(f"A{at}" for at in range(areas)), tuple(f"T{at}" for at in range(types))
    return Cube(*labels, span, values, np.ones((areas, months), dtype=bool))


def changed(cube: Cube, *, area: str, type: str, months: Sequence[Month], factor: float) -> Cube:
    """The same cube with the counts of these months multiplied."""
    values = cube.values.copy()
    at = [month.since(cube.months[0]) for month in months]
    a, t = cube.area_at(area), cube.type_at(type)
    values[a, t, at] = np.round(values[a, t, at] * factor)
    return Cube(cube.areas, cube.types, cube.months, values, cube.known)


def without(cube: Cube, *, months: Sequence[Month], area: str | None = None, held: int = 3) -> Cube:
    """The same cube with these months not known, their counts replaced by `held`, a number that says nothing."""
    values, known = cube.values.copy(), cube.known.copy()
    at = [month.since(cube.months[0]) for month in months]
    for a in range(len(cube.areas)) if area is None else [cube.area_at(area)]:
        values[a][:, at], known[a, at] = held, False
    return Cube(cube.areas, cube.types, cube.months, values, known)
