"""What makes up a difference, in whole numbers that add up to it, and whether it gathers in one place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from ..contributions import apportioned
from ..counts import Cube
from ..periods import Month
from .explanation import Breaking, Gathering, Part, Parts

UNPLACED = ""
"""The code of what no part of the finer level holds, such as rows without a place."""
LEAST_DIFFERENCE = 5
"""Of a smaller difference nothing is said about where it gathers."""
FEW_SHARE = 0.1


def parts_of(*, by: Breaking, codes: Sequence[str], observed: ArrayLike, usual: ArrayLike, expected: int) -> Parts:
    """Share the whole number `expected` over parts by what is `usual` there, and tell each part's signed difference.

    `observed` (P,) whole counts, `usual` (P,) what each held in the same months of the baseline; only proportions matter.
    Whole parts are found by largest remainder, so that they add up to `expected`, and differences to the whole difference.
    This takes apart and tests nothing. ValueError for counts that are none, or of other lengths.
    """
    held, base = np.asarray(observed), np.asarray(usual, dtype=float)
    if held.shape != (len(codes),) or base.shape != (len(codes),):
        raise ValueError(f"{len(codes)} parts need as many observed and usual counts, not {held.shape} and {base.shape}")
    if len(codes) and ((held < 0).any() or (held != np.floor(held)).any() or not np.isfinite(base).all() or (base < 0).any()):
        raise ValueError("observed counts are whole numbers from zero up, and usual ones are not below zero")
    if expected < 0 or expected != int(expected) or (expected and not len(codes)):
        raise ValueError(f"{expected} is no expected count that {len(codes)} parts could share")
    shares = apportioned(int(expected), base)
    parts = [Part(code=code, observed=int(count), expected=share) for code, count, share in zip(codes, held, shares, strict=True)]
    difference = int(held.sum()) - int(expected)
    sign = 1 if difference >= 0 else -1
    ordered = sorted(parts, key=lambda part: (-sign * part.difference, part.code))
    gathering, halves = _gathering([sign * part.difference for part in ordered], abs(difference))
    return Parts(by=by, parts=tuple(ordered), gathering=gathering, halves=halves)


def breakdown(
    cube: Cube,
    *,
    by: Breaking,
    months: Sequence[Month],
    usual_months: Sequence[Month],
    observed: int,
    expected: int,
    type_: str | None = None,
) -> Parts:
    """The parts of a figure from a finer cube: its areas with `by` place or street (of one type), its types with `by` type.

    `usual_months` are the months that tell what is usual, known ones only. What the finer level does not hold of `observed`
    stands as a part of its own, UNPLACED; ValueError where the finer level holds more than the figure, or lacks a month.
    """
    at = [_at(cube, month) for month in months]
    usual_at = [_at(cube, month) for month in usual_months]
    if not cube.known[:, at].all():
        raise ValueError("a month of the figure is not known at the finer level")
    if by == "type":
        labels, block = cube.types, cube.values.sum(axis=0)
    else:
        labels, block = cube.areas, cube.values[:, cube.type_at(type_ or "")]
    known = cube.known[:, usual_at].all(axis=0)
    held, usual = block[:, at].sum(axis=1), block[:, np.array(usual_at, dtype=int)[known]].sum(axis=1)
    left = observed - int(held.sum())
    if left < 0:
        raise ValueError(f"the finer level holds {int(held.sum())}, the figure {observed}: they are not of the same rows")
    if left:
        # Rows without a place have no past of their own here; all of them count towards the difference.
        labels, held, usual = (*labels, UNPLACED), np.append(held, left), np.append(usual, 0)
    return parts_of(by=by, codes=labels, observed=held, usual=usual, expected=expected)


def _at(cube: Cube, month: Month) -> int:
    if not cube.months or not cube.months[0] <= month <= cube.months[-1]:
        raise ValueError(f"the finer level has no {month}")
    return month.since(cube.months[0])


def _gathering(towards: Sequence[int], difference: int) -> tuple[Gathering, int]:
    """How many of the largest parts it takes to make up half of the difference."""
    if difference < LEAST_DIFFERENCE or len(towards) < 2:
        return "unknown", 0
    reached = halves = 0
    while 2 * reached < difference:
        reached += towards[halves]
        halves += 1
    if halves == 1:
        return "one", 1
    return ("few" if halves <= max(3, FEW_SHARE * len(towards)) and 2 * halves < len(towards) else "spread"), halves
