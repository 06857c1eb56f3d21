"""What stands as a list in one cell: milestones with their days, and sums of money."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .plan_values import day_in

_BEFORE = re.compile(r"^(?P<day>[^:]{4,40}):\s+(?P<title>\S.*)$")
_PARTS = re.compile(r"\s*(?:[–—-]|,|:|\(|\bby\b|\berbyn\b)\s*", re.IGNORECASE)
_DONE = re.compile(r"^(?P<rest>.+?)\s*\((?:reached|done|met|cyrhaeddwyd|cyflawnwyd)(?: on| ar)?:?\s+(?P<day>[^()]+)\)$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[•·▪*–—-]\s*")
_SUM = re.compile(r"^£?\s*(?P<sum>\d{1,3}(?:[,\s]\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)\s*(?P<times>k|m)?$", re.IGNORECASE)
_TIMES = {"k": 1_000, "m": 1_000_000}
LARGEST = Decimal("9999999999.99")
"""Pounds that a column of money holds."""
NOTHING = frozenset(("–", "—", "-"))
"""Stands in a list where one of its lines has nothing to say."""


@dataclass(frozen=True)
class Dated:
    """A milestone as a line has it; `is_exact` is false where its day was told as a month."""

    title: str
    due_on: date
    done_on: date | None
    is_exact: bool


def lines_of(text: str) -> list[str]:
    """The lines of a cell without bullets; a sign for nothing stays, so that lines of several cells belong together."""
    found = (line.strip() for line in text.split("\n") if line.strip())
    return [line if line in NOTHING else _BULLET.sub("", line).strip() for line in found]


def milestone_in(line: str) -> Dated | None:
    """A milestone with its day before or after its words: `30 June 2022: Agree the scope`; None where no day is told."""
    done = None
    if hit := _DONE.match(line):
        read = day_in(hit.group("day"), is_end=True)
        done, line = (read[0], hit.group("rest")) if read else (None, line)
    before = _BEFORE.match(line)
    split = [(before.group("title"), before.group("day"))] if before else []
    split += [(line[: hit.start()], line[hit.end() :].rstrip(" )")) for hit in _PARTS.finditer(line)]
    for title, day in split:
        if title.strip() and (read := day_in(day, is_end=True)):
            return Dated(title.strip(), read[0], done, read[1])
    return None


def pounds_in(text: str) -> Decimal | None:
    """A sum as people write it: £84,000, 84000.50 or 84k; None where it is none, or more than a column holds."""
    hit = _SUM.match(text.strip())
    if hit is None:
        return None
    told = Decimal(re.sub(r"[,\s]", "", hit.group("sum"))) * _TIMES.get((hit.group("times") or "").lower(), 1)
    return told if told <= LARGEST else None


def pounds(told: Decimal) -> str:
    """A sum as it is printed: 84,000 or 84,000.50."""
    return f"{told:,.2f}".removesuffix(".00")
