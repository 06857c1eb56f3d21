"""A reader who has kept every public file: takes the figures out of each, and tries every sum and difference of them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from diogel.analysis.periods import Quarter
from diogel.publishing.scan import read

MOST_TERMS = 4
_NUMBER = re.compile(r"\d[\d,]*")
Quarters = frozenset[str]


@dataclass(frozen=True, order=True)
class Number:
    """A count as a reader finds it: of what (`M1a`, `R1 part`), over which days, and how many."""

    what: str
    from_on: date
    to_on: date
    count: int

    @property
    def quarters(self) -> Quarters:
        first, last = Quarter.parse(f"{self.from_on:%Y}-{(self.from_on.month + 2) // 3 * 3:02}"), Quarter.parse(f"{self.to_on:%Y-%m}")
        return frozenset(str(last - step) for step in range(last.ending.since(first.ending) // 3 + 1))

    def cells(self, members: Mapping[str, tuple[str, ...]]) -> frozenset[tuple[str, str]]:
        """Each member and quarter that it adds up."""
        return frozenset(product(members.get(self.what, (self.what,)), self.quarters))


def in_paper(name: str, content: bytes, key: str, codes: Iterable[str]) -> set[Number]:
    """The plan's measures in a quarter's page, PDF or Word: each row is known by its code, its columns by their order."""
    quarter, found = Quarter.parse(key), set[Number]()
    for grid in read(name, content).grids:
        for row in grid.rows[1:]:
            code = row[0].partition(":")[0]
            if code in codes and len(row) > 2:
                for cell, of in zip(row[1:3], (quarter, quarter - 4), strict=True):
                    found |= set(_in_cell(code, of.first_day, of.last_day, cell))
    return found


def in_plan_json(content: bytes) -> set[Number]:
    rows = [figure for indicator in json.loads(content)["indicators"] for figure in indicator["figures"]]
    return {number for row in rows if row["from_on"] for number in _in_row(row["code"], row)}


def in_plan_csv(content: bytes) -> set[Number]:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    named = [{name.removeprefix("figure_"): value for name, value in row.items() if name.startswith("figure_")} for row in rows]
    return {number for row in named if row["from_on"] for number in _in_row(row["code"], row)}


def in_plan_page(name: str, content: bytes, codes: Iterable[str]) -> dict[str, str]:
    """What a table of indicators says of each code: its row begins with the code, or with `Count CODE` under its whole."""
    known, found = set(codes), dict[str, str]()
    for grid in read(name, content).grids:
        for row in grid.rows[1:]:
            if (code := next((word for word in row[0].split()[:2] if word in known), "")) and len(row) > 2:
                found[code] = row[1]
    return found


def _in_row(code: str, row: Mapping[str, object]) -> Iterator[Number]:
    first, last = (date.fromisoformat(str(row[name])) for name in ("from_on", "to_on"))
    told = {name: int(float(str(row[name]))) for name in ("value", "part", "whole", "base") if row.get(name) not in (None, "")}
    if "value" in told and "base" not in told:
        yield Number(code, first, last, told["value"])
    if "value" in told and "base" in told:
        yield from _shared(code, first, last, round(told["value"] * told["base"] / 100), told["base"])
    if "whole" in told:
        yield Number(f"{code} whole", first, last, told["whole"])
    if "part" in told and "whole" in told:
        yield from _shared(code, first, last, told["part"], told["whole"])


def _in_cell(code: str, first: date, last: date, cell: str) -> Iterator[Number]:
    numbers = [int(found.replace(",", "")) for found in _NUMBER.findall(cell)]
    if "%" in cell and len(numbers) == 1:
        return
    if len(numbers) == 1:
        yield Number(code, first, last, numbers[0])
    elif len(numbers) > 1:
        yield from _shared(code, first, last, numbers[-2], numbers[-1])


def _shared(code: str, first: date, last: date, part: int, whole: int) -> Iterator[Number]:
    yield Number(f"{code} part", first, last, part)
    yield Number(f"{code} whole", first, last, whole)


def recovered(told: Iterable[Number], secrets: Iterable[Number], members: Mapping[str, tuple[str, ...]]) -> set[Number]:
    """Which secrets some signed sum of at most four told numbers gives exactly, the sum being one of the same days and members.

    `members` says what a name adds up, where that is more than itself. A reader knows no more of a corrected figure than its
    two numbers, and may take either.
    """
    held = sorted(set(told))
    vectors = [each.cells(members) for each in held]
    wanted: dict[tuple[tuple[str, str], ...], set[Number]] = {}
    for secret in secrets:
        wanted.setdefault(tuple(sorted(secret.cells(members))), set()).add(secret)
    found = set[Number]()
    for size in range(1, MOST_TERMS + 1):
        for chosen in combinations(range(len(held)), size):
            for signs in product((1, -1), repeat=size):
                cells = _combined([vectors[at] for at in chosen], signs)
                if cells is not None and (aims := wanted.get(cells)):
                    count = sum(sign * held[at].count for sign, at in zip(signs, chosen, strict=True))
                    found |= {aim for aim in aims if aim.count == count}
    return found


def _combined(vectors: list[frozenset[tuple[str, str]]], signs: tuple[int, ...]) -> tuple[tuple[str, str], ...] | None:
    """The cells that are left once, none less than never; None where the sum is of no such kind."""
    total: dict[tuple[str, str], int] = {}
    for vector, sign in zip(vectors, signs, strict=True):
        for cell in vector:
            total[cell] = total.get(cell, 0) + sign
    left = {cell: count for cell, count in total.items() if count}
    return tuple(sorted(left)) if set(left.values()) == {1} else None
