"""Plain Poisson regression of many series on the same terms, as statistics packages do it one series at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

CLOSE_ENOUGH = 1e-6
"""Of a step on the log scale: what is left after it is its square."""
MOST_STEPS = 40
AT_ONCE = 12_000
"""Counts fitted at once: few enough to stay close to the processor, and on one thread."""
_FAR = 30.0
_LARGEST_STEP = 3.0
_NO_MORE_THAN = 1e-10


@dataclass(frozen=True, kw_only=True)
class Regression:
    """S series on P terms. `coefficients` (S, P), on the log scale; `covariance` (S, P, P) of Poisson counts, to be multiplied by
    the `dispersion` (S,) where counts vary more than chance; `deviance` (S,); `freedom` (S,), periods less terms; `means` (S, M);
    `has_converged` (S,), False where there is no finite estimate: all figures of such a row are NaN."""

    coefficients: Floats
    covariance: Floats
    dispersion: Floats
    deviance: Floats
    freedom: NDArray[np.int64]
    means: Floats
    has_converged: Bools

    def errors(self, *, quasi: bool = True) -> Floats:
        """Standard errors (S, P); `quasi` widens them by the root of the dispersion, where that is above 1."""
        scale = np.maximum(self.dispersion, 1.0) if quasi else np.ones(len(self.dispersion))
        return np.sqrt(np.einsum("spp->sp", self.covariance) * scale[:, None])

    def p(self, *, quasi: bool = True) -> Floats:
        """Two-sided p of each coefficient being none (S, P): Student's t with the dispersion, the normal without."""
        deviate = np.abs(self.coefficients) / self.errors(quasi=quasi)
        return np.asarray(2 * (special.stdtr(self.freedom[:, None], -deviate) if quasi else special.ndtr(-deviate)))


def regress(counts: ArrayLike, *, terms: ArrayLike, exposure: ArrayLike | None = None, known: ArrayLike | None = None) -> Regression:
    """Fit log(mean / exposure) = terms x coefficients to each row of `counts` (S, M), over its `known` periods.

    `terms` (M, P), a first column of 1 for a level; `exposure` (M,) or (S, M), above 0. Null hypothesis of each coefficient: its term
    changes nothing. No prior and no weights: for expectations from short series, `regression` has both. ValueError for counts that
    are negative or not numbers, for terms that repeat one another, and for shapes that do not match.
    """
    table, came, base, columns = _read(counts, known, exposure, terms)
    size = max(1, AT_ONCE // table.shape[1])
    portions = [slice(start, start + size) for start in range(0, len(table), size)]
    parts = [_fit(table[some].T, came[some].T, base[some].T, columns) for some in portions]
    joined = [np.concatenate([part[at] for part in parts]) for at in range(len(parts[0]))]
    coefficients, covariance, dispersion, deviance, freedom, means, converged = joined
    return Regression(
        coefficients=coefficients, covariance=covariance, dispersion=dispersion, deviance=deviance, freedom=freedom, means=means,
        has_converged=converged.astype(bool),
    )  # fmt: skip


def _fit(counts: Floats, known: Bools, exposure: Floats, terms: Floats) -> tuple[NDArray[np.generic], ...]:
    """The fields of a regression, in their order, for R series that lie in columns: all of these are (M, R)."""
    pairs = _pairs(terms)
    weights = known.astype(float)
    means = counts + 0.1
    eta = np.log(means / exposure)
    # The first step is least squares from the counts themselves: it lands near, whatever the terms.
    working = weights * means
    coefficients, regular = _solved(pairs @ working, terms.T @ (working * (eta - 0.1 / means)))
    converged = np.zeros(counts.shape[1], dtype=bool)
    observed = weights * counts
    base = weights * exposure
    for _ in range(MOST_STEPS):
        means = np.exp(np.clip(terms @ coefficients, -_FAR, _FAR))
        means *= base
        step, sound = _solved(pairs @ means, terms.T @ (observed - means))
        coefficients += np.clip(step, -_LARGEST_STEP, _LARGEST_STEP)
        regular &= sound
        converged = np.abs(step).max(axis=0) < CLOSE_ENOUGH
        if (converged | ~regular).all():
            break
    converged &= regular & (np.abs(terms @ coefficients) < _FAR).all(axis=0)
    return _told(counts, known, exposure, terms, coefficients, converged, pairs)


def _told(
    counts: Floats, known: Bools, exposure: Floats, terms: Floats, coefficients: Floats, converged: Bools, pairs: Floats
) -> tuple[NDArray[np.generic], ...]:
    means = exposure * np.exp(np.clip(terms @ coefficients, -_FAR, _FAR))
    freedom = known.sum(axis=0) - terms.shape[1]
    pearson = np.where(known, (counts - means) ** 2 / means, 0.0).sum(axis=0)
    logs = np.log(np.maximum(counts, 1.0)) - np.log(means)
    deviance = 2 * np.where(known, counts * np.where(counts > 0, logs, 0.0) - (counts - means), 0.0).sum(axis=0)
    dispersion = pearson / np.maximum(freedom, 1)
    found = (coefficients.T, _inverse(pairs @ (known * means), terms.shape[1]), dispersion, deviance, freedom, means.T, converged)
    for part in (*found[:4], found[5]):
        part[~converged] = np.nan
    return found


def _pairs(terms: Floats) -> Floats:
    """Products of each two terms, (P (P + 1) / 2, M): sums of these with weights are the information matrix."""
    row, column = np.tril_indices(terms.shape[1])
    return np.ascontiguousarray((terms[:, row] * terms[:, column]).T)


def _factor(information: Floats, size: int) -> tuple[list[list[Floats]], Bools]:
    """Cholesky's factor of R matrices at once, each entry an array (R,); False where one has no inverse."""
    factor: list[list[Floats]] = []
    sound = np.ones(information.shape[1], dtype=bool)
    at = 0
    for row in range(size):
        factor.append([])
        for column in range(row + 1):
            entry = information[at].copy()
            for before in range(column):
                entry -= factor[row][before] * factor[column][before]
            if row == column:
                regular = entry > _NO_MORE_THAN * information[at]
                sound &= regular
                entry = np.sqrt(np.where(regular, entry, 1.0))
            else:
                entry /= factor[column][column]
            factor[row].append(entry)
            at += 1
    return factor, sound


def _solved(information: Floats, score: Floats) -> tuple[Floats, Bools]:
    """The step (P, R) that the information takes for this score, 0 where it has no inverse."""
    factor, sound = _factor(information, len(score))
    step = score.copy()
    for row in range(len(score)):
        for before in range(row):
            step[row] -= factor[row][before] * step[before]
        step[row] /= factor[row][row]
    for row in range(len(score) - 1, -1, -1):
        for after in range(row + 1, len(score)):
            step[row] -= factor[after][row] * step[after]
        step[row] /= factor[row][row]
    return step * sound, sound


def _inverse(information: Floats, size: int) -> Floats:
    """(R, P, P); of no use where there is no inverse."""
    factor, _ = _factor(information, size)
    lower = np.zeros((information.shape[1], size, size))
    for row in range(size):
        for column in range(row + 1):
            lower[:, row, column] = factor[row][column]
    turned = np.linalg.inv(lower)
    return np.asarray(turned.transpose(0, 2, 1) @ turned)


def _read(counts: ArrayLike, known: ArrayLike | None, exposure: ArrayLike | None, terms: ArrayLike) -> tuple[Floats, Bools, Floats, Floats]:
    try:
        table, columns = np.atleast_2d(np.asarray(counts, dtype=float)), np.asarray(terms, dtype=float)
        came = np.broadcast_to(True if known is None else np.asarray(known, dtype=bool), table.shape)
        base = np.broadcast_to(1.0 if exposure is None else np.asarray(exposure, dtype=float), table.shape)
    except (TypeError, ValueError) as problem:
        raise ValueError("counts, terms, known and exposure are numbers whose shapes match") from problem
    if table.ndim != 2 or not table.size or columns.ndim != 2 or len(columns) != table.shape[1] or not columns.shape[1]:
        raise ValueError(f"counts come as series by periods and terms as periods by terms; not as {table.shape} and {columns.shape}")
    if not np.isfinite(columns).all() or np.linalg.matrix_rank(columns) < columns.shape[1]:
        raise ValueError("terms are finite, and none can be made of the others")
    inside = table[came]
    if not np.isfinite(inside).all() or (inside < 0).any():
        raise ValueError("counts are numbers from 0 up: mark what is missing in `known`, for missing is not zero")
    if not (np.isfinite(base) & (base > 0)).all():
        raise ValueError("every period needs an exposure above zero, such as its days or its people")
    return np.where(came, table, 0.0), came, base, columns
