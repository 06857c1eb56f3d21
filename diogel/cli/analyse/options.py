"""Options that many analyses share, read strictly: a value out of range is told so before anything is reckoned."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from diogel.analysis.hotspots.captions import Origin
from diogel.analysis.periods import Month, Quarter


def share(text: str) -> float:
    """A number between 0 and 1, neither included."""
    value = _number(text)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{text} does not lie between 0 and 1")
    return value


def share_or_end(text: str) -> float:
    """A number from 0 to 1, both included."""
    value = _number(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} does not lie between 0 and 1")
    return value


def positive(text: str) -> float:
    value = _number(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return value


def whole(least: int) -> Callable[[str], int]:
    """Reads a whole number of `least` or more."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text} is not a whole number of {least} or more")
        return int(text)

    return read


def month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(str(fault)) from fault


def quarter(text: str) -> Quarter:
    try:
        return Quarter.parse(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(str(fault)) from fault


def edges(text: str) -> tuple[float, ...]:
    """Rising upper edges such as 0,100,200; the first may be 0."""
    found = tuple(_number(part) for part in text.split(","))
    if list(found) != sorted(set(found)) or found[0] < 0:
        raise argparse.ArgumentTypeError(f"{text}: edges rise from 0 or above, such as 0,100,200")
    return found


def origin(text: str) -> Origin:
    """Where points come from; the two look alike on a map and do not mean the same."""
    known = {"snapped": Origin.SNAPPED, "extract": Origin.EXTRACT}
    if text not in known:
        raise argparse.ArgumentTypeError(f"{text}: say snapped (open data) or extract (dated police rows)")
    return known[text]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a number") from None
