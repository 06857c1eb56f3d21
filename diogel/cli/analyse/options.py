"""Options that many analyses share, read strictly: a value out of range is told so before anything is reckoned."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from diogel.analysis.periods import Month, Quarter


def share(text: str) -> float:
    """A number between 0 and 1, neither included."""
    value = _number(text)
    if not 0 < value < 1:
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


def bands(text: str) -> tuple[float, ...]:
    """Rising upper edges such as 100,200,400."""
    edges = tuple(positive(part.strip()) for part in text.split(","))
    if list(edges) != sorted(set(edges)):
        raise argparse.ArgumentTypeError(f"{text}: edges rise, such as 100,200,400")
    return edges


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a number") from None
