"""Weights that make respondents look like the population on chosen margins, and what that costs."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Failure = Literal["", "did_not_settle", "trimmed_off_the_margins"]


@dataclass(frozen=True, kw_only=True)
class Raked:
    """`weights` (N,) of mean 1, nearly so where limits took them off the margins.

    `worst` is the largest difference of any weighted share from its target, as a part of one. `failure` is empty where all
    margins are met within the tolerance; otherwise the weights are as near as was come, and are not to be used without
    saying so. `trimmed` counts weights that lie on a limit.
    """

    weights: Floats
    rounds: int
    worst: float
    failure: Failure
    trimmed: int

    @property
    def has_settled(self) -> bool:
        return not self.failure

    @property
    def design_effect(self) -> float:
        return design_effect(self.weights)

    @property
    def effective_base(self) -> float:
        return effective_base(self.weights)


def rake(
    margins: Mapping[str, Sequence[Hashable]],
    targets: Mapping[str, Mapping[Hashable, float]],
    *,
    trim: tuple[float, float] | None = None,
    tolerance: float = 1e-6,
    most_rounds: int = 500,
) -> Raked:
    """Iterative proportional fitting (Deming and Stephan 1940): multiply weights, margin after margin, until all are met.

    `margins`: for each name (age, sex, area) every respondent's category; `targets`: for the same names what the categories
    hold in the population, as counts or shares, above zero. `trim`: the least and the greatest weight, as parts of the mean.

    ValueError where weights cannot exist: a category of the population that nobody answered for, a respondent of a category
    without a target, margins of different lengths. What does not settle is told in `failure`.
    """
    coded, wanted = _coded(margins, targets)
    count = len(coded[0])
    if trim and not 0 < trim[0] <= 1 <= trim[1]:
        raise ValueError(f"limits of weights lie about their mean of 1, such as (0.3, 3); not {trim}")
    weights, worst, rounds = np.ones(count), np.inf, 0
    while rounds < most_rounds and worst > tolerance:
        rounds += 1
        for categories, shares in zip(coded, wanted, strict=True):
            held = np.bincount(categories, weights=weights, minlength=len(shares))
            weights = weights * (shares * count / held)[categories]
        if trim:
            weights = np.clip(weights, *trim)
        worst = _worst(weights, coded, wanted)
    at_limit = int(((weights <= trim[0]) | (weights >= trim[1])).sum()) if trim else 0
    failure: Failure = "" if worst <= tolerance else "trimmed_off_the_margins" if at_limit else "did_not_settle"
    return Raked(weights=weights, rounds=rounds, worst=float(worst), failure=failure, trimmed=at_limit)


def design_effect(weights: ArrayLike) -> float:
    """Kish's (1965) price of unequal weights: how many times the variance of a share grows. 1 for equal weights."""
    heavy = np.asarray(weights, dtype=float)
    if heavy.ndim != 1 or not len(heavy) or not np.isfinite(heavy).all() or (heavy <= 0).any():
        raise ValueError("weights are numbers above zero, one a respondent")
    return float(len(heavy) * (heavy**2).sum() / heavy.sum() ** 2)


def effective_base(weights: ArrayLike) -> float:
    """How many equally weighted answers would tell as much."""
    return len(np.asarray(weights)) / design_effect(weights)


def _coded(
    margins: Mapping[str, Sequence[Hashable]], targets: Mapping[str, Mapping[Hashable, float]]
) -> tuple[list[NDArray[np.int64]], list[Floats]]:
    """Each margin's categories as numbers, and their target shares."""
    if not margins or set(margins) != set(targets):
        raise ValueError("each margin needs its targets, and each target its margin")
    if len({len(categories) for categories in margins.values()}) != 1 or not len(next(iter(margins.values()))):
        raise ValueError("every respondent needs a category of every margin")
    coded, wanted = [], []
    for name, categories in margins.items():
        target = targets[name]
        if any(not np.isfinite(share) or share <= 0 for share in target.values()):
            raise ValueError(f"{name}: a target is above zero; leave out what the population does not hold")
        if strange := [one for one in dict.fromkeys(categories) if one not in target]:
            raise ValueError(f"{name}: a respondent is {strange[0]!r}, for which there is no target")
        if lonely := [one for one in target if one not in set(categories)]:
            raise ValueError(f"{name}: nobody who answered is {lonely[0]!r}; no weight makes up for that. Join it with another category")
        number = {category: at for at, category in enumerate(target)}
        coded.append(np.array([number[category] for category in categories], dtype=np.int64))
        shares = np.array(list(target.values()), dtype=float)
        wanted.append(shares / shares.sum())
    return coded, wanted


def _worst(weights: Floats, coded: Sequence[NDArray[np.int64]], wanted: Sequence[Floats]) -> float:
    """The largest distance of a weighted share from its target."""
    return max(
        float(np.abs(np.bincount(categories, weights=weights, minlength=len(shares)) / weights.sum() - shares).max())
        for categories, shares in zip(coded, wanted, strict=True)
    )
