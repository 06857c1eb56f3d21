"""The same fits by the very steps R's `glm` takes, for results that shall equal R's.

R stops when its deviance hardly moves any more, and its standard errors are those of the step before. Where this time of year
never saw a case the estimate is minus infinity, and R reports how far it had come. To be compatible one must walk the same way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .fitting import Estimate, Fit, Rows, leverages

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CLOSE_ENOUGH = 1e-8
"""R's `glm` ends when the deviance moves by less than this part of itself."""
MOST_STEPS = 25
_FAR = 300.0


@dataclass
class _Place:
    """Where each row's walk stands: `levels` (R, G) and `slope` (R,), and the same one step before; then what the last step
    was made with: `information` (R, G), `centres` (R, G), `slope_information` (R,)."""

    levels: Floats
    slope: Floats
    old_levels: Floats
    old_slope: Floats
    information: Floats
    centres: Floats
    slope_information: Floats

    def put(self, at: Ints, other: _Place) -> None:
        for name in self.__dataclass_fields__:
            getattr(self, name)[at] = getattr(other, name)


def fit(rows: Rows, *, weights: Floats, trend: bool, leverage: bool, start: Floats | None = None) -> Fit:
    """Iteratively reweighted least squares from counts + 0.1, whatever `start` says; each row stops by itself.

    With a level for each bin and one slope, all a step needs are sums over bins.
    """
    base = weights * rows.exposure
    cases = weights * rows.counts
    totals, timed = cases @ rows.membership, np.einsum("rn,rn->r", cases, np.broadcast_to(rows.times, cases.shape))
    own = 2 * (np.einsum("rn,rn->r", cases, rows.log_counts) - cases.sum(axis=1))
    place, deviance = _first_step(rows, weights, trend=trend, own=own)
    converged = np.zeros(len(base), dtype=bool)
    active = np.arange(len(base))
    for count in range(1, MOST_STEPS + 1):
        information, first, second = _sums(rows, base, place, active, trend=trend)
        said = totals[active] * np.where(totals[active] > 0, place.levels[active], 0.0)
        new = own[active] + 2 * (information.sum(axis=1) - said.sum(axis=1) - timed[active] * place.slope[active])
        rests = np.abs(new - deviance[active]) / (np.abs(new) + 0.1) < CLOSE_ENOUGH
        deviance[active] = new
        converged[active[rests]] = True
        on = ~rests & np.isfinite(new)
        active = active[on]
        if not len(active) or count == MOST_STEPS:
            break
        place.put(active, _step(place, active, totals, timed, information[on], first[on], second[on], trend=trend))
    return _told(rows, weights, place, converged, trend=trend, leverage=leverage)


def _first_step(rows: Rows, weights: Floats, *, trend: bool, own: Floats) -> tuple[_Place, Floats]:
    """Least squares from the counts themselves, and the deviance of that start."""
    start, eta = rows.counts + 0.1, rows.log_start
    deviance = own + 2 * np.einsum("rn,rn->r", weights, start - rows.counts * eta)
    target = eta - 0.1 / start
    working = weights * start
    information, first, second = rows.moments(working)
    safe = np.where(information > 0, information, 1.0)
    pulled = working * target
    levels, centres = (pulled @ rows.membership) / safe, first / safe
    slope, slope_information = np.zeros(len(eta)), np.full(len(eta), np.inf)
    if trend:
        slope_information = np.maximum((second - first * centres).sum(axis=1), 1e-300)
        slope = (
            np.einsum("rn,rn->r", pulled, np.broadcast_to(rows.times, pulled.shape)) - (first * levels).sum(axis=1)
        ) / slope_information
        levels = levels - slope[:, None] * centres
    levels = np.where(information > 0, levels, 0.0)
    return _Place(levels, slope, levels.copy(), slope.copy(), information, centres, slope_information), deviance


def _sums(rows: Rows, base: Floats, place: _Place, active: Ints, *, trend: bool) -> tuple[Floats, Floats, Floats]:
    """Working weights in each bin, their sum, sum x time and sum x time squared, at the place reached."""
    of: Ints | slice = slice(None) if len(active) == len(base) else active
    factors = np.exp(np.clip(place.levels[of], -_FAR, _FAR))
    if not trend:
        sums = (base[of] @ rows.membership) * factors
        return sums, sums, sums
    times = rows.times if len(rows.times) == 1 else rows.times[of]
    moments = rows.moments(base[of] * np.exp(np.clip(place.slope[of, None], -_FAR, _FAR) * times), of)
    zeroth, first, second = (moment * factors for moment in moments)
    return zeroth, first, second


def _step(
    place: _Place, at: Ints, totals: Floats, timed: Floats, information: Floats, first: Floats, second: Floats, *, trend: bool
) -> _Place:
    safe = np.where(information > 0, information, 1.0)
    missing = np.where(information > 0, totals[at] - information, 0.0)
    moved = missing / safe
    centres, slope_information, turned = np.zeros_like(moved), np.full(len(at), np.inf), np.zeros(len(at))
    if trend:
        centres = first / safe
        slope_information = np.maximum((second - first * centres).sum(axis=1), 1e-300)
        turned = (timed[at] - first.sum(axis=1) - (missing * centres).sum(axis=1)) / slope_information
        moved = moved - turned[:, None] * centres
    levels, slope = place.levels[at], place.slope[at]
    return _Place(levels + moved, slope + turned, levels, slope, information, centres, slope_information)


def _told(rows: Rows, weights: Floats, place: _Place, converged: NDArray[np.bool_], *, trend: bool, leverage: bool) -> Fit:
    estimate = Estimate(
        level=place.levels[:, -1], slope=place.slope, information=place.information[:, -1], centre=place.centres[:, -1],
        slope_information=place.slope_information, freedom=rows.freedom_without_trend - int(trend), has_converged=converged,
    )  # fmt: skip
    working = weights * _means(rows, place.old_levels, place.old_slope, trend=trend)
    shares = leverages(rows, working, place.information, place.centres, place.slope_information) if leverage else None
    return Fit(estimate=estimate, means=_means(rows, place.levels, place.slope, trend=trend), working=working, leverage=shares)


def _means(rows: Rows, levels: Floats, slope: Floats, *, trend: bool) -> Floats:
    factors = np.exp(np.clip(levels, -_FAR, _FAR)) @ rows.membership.T
    if not trend:
        return np.asarray(rows.exposure * factors)
    return np.asarray(rows.exposure * factors * np.exp(np.clip(slope[:, None], -_FAR, _FAR) * rows.times))
