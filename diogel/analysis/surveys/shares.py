"""Shares of a base: rounded for the eye from whole numbers, with score intervals where a sample was drawn at random."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import special

from .bases import Sampling


@dataclass(frozen=True)
class Interval:
    """Limits of a share, or of the difference of two, as parts of one."""

    low: float
    high: float


def percent(count: int, base: int) -> int:
    """`count` of `base` in whole per cent, a half going up, reckoned in whole numbers so that no half is missed."""
    if base <= 0 or not 0 <= count <= base:
        raise ValueError(f"{count} of {base} is no share")
    return (200 * count + base) // (2 * base)


def wilson(share: float, base: float, *, level: float = 0.95) -> Interval:
    """Wilson's score interval (1927) of a share found in a random sample of `base`; an effective base may be fractional.

    81 of 263: 0.2553 to 0.3662; 0 of 20: 0 to 0.1611. ValueError for a base not above zero or a share outside 0..1.
    """
    if base <= 0 or not 0 <= share <= 1:
        raise ValueError(f"a share of {share} of a base of {base} has no interval")
    z = _deviate(level)
    middle = (share + z * z / (2 * base)) / (1 + z * z / base)
    half = z * math.sqrt(share * (1 - share) / base + z * z / (4 * base * base)) / (1 + z * z / base)
    return Interval(0.0 if share == 0 else max(0.0, middle - half), 1.0 if share == 1 else min(1.0, middle + half))


def newcombe(share: float, base: float, other_share: float, other_base: float, *, level: float = 0.95) -> Interval:
    """Interval of `share` less `other_share` of two samples that were drawn apart (Newcombe 1998, method 10).

    56 of 70 less 48 of 80: 0.0524 to 0.3339.
    """
    one, other = wilson(share, base, level=level), wilson(other_share, other_base, level=level)
    difference = share - other_share
    return Interval(
        difference - math.hypot(share - one.low, other.high - other_share),
        difference + math.hypot(one.high - share, other_share - other.low),
    )


def margin(base: float, *, sampling: Sampling, level: float = 0.95) -> float:
    """The margin of error at a share of one half: 1,284 drawn at random have 0.0273. ValueError for people who chose to respond."""
    if sampling != "probability":
        raise ValueError("people who chose to respond were not drawn at random: their answers have no margin of error")
    if base <= 0:
        raise ValueError(f"a base of {base} has no margin of error")
    return _deviate(level) * math.sqrt(0.25 / base)


def _deviate(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, such as 0.95; not {level}")
    return float(special.ndtri(0.5 + level / 2))
