"""Months and quarters as small values that can be compared, counted and named."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month; ordered, hashable, and counted with + and -."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12 or not 1900 <= self.year <= 2999:
            raise ValueError(f"{self.year}-{self.month} is not a month. Write it as 2021-04.")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `2021-04`; anything else is a ValueError that says so."""
        found = _MONTH.fullmatch(text.strip())
        if not found:
            raise ValueError(f"{text!r} is not a month. Write it as 2021-04.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def from_index(cls, index: int) -> Month:
        """The month that lies `index` months after January of year 0."""
        return cls(index // 12, index % 12 + 1)

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def index(self) -> int:
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, self.days)

    @property
    def days(self) -> int:
        return calendar.monthrange(self.year, self.month)[1]

    def __add__(self, months: int) -> Month:
        return Month.from_index(self.index + months)

    def __sub__(self, months: int) -> Month:
        return Month.from_index(self.index - months)

    def since(self, other: Month) -> int:
        """How many months lie between `other` and this one; negative if `other` is later."""
        return self.index - other.index

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def months_from(first: Month, last: Month) -> Iterator[Month]:
    """Every month from `first` to `last`, both included; none if `last` is earlier."""
    return (Month.from_index(i) for i in range(first.index, last.index + 1))


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months, named by the last one, as boards name them: the quarter ending December 2021."""

    ending: Month

    def __post_init__(self) -> None:
        if self.ending.month % 3:
            raise ValueError(f"No quarter ends in {self.ending}. Quarters end in March, June, September and December.")

    @classmethod
    def parse(cls, text: str) -> Quarter:
        return cls(Month.parse(text))

    @classmethod
    def before(cls, day: date) -> Quarter:
        """The last whole quarter that ended before `day`."""
        return cls(Month.of(day) - (Month.of(day).month - 1) % 3 - 1)

    @property
    def months(self) -> tuple[Month, Month, Month]:
        return (self.ending - 2, self.ending - 1, self.ending)

    @property
    def first_day(self) -> date:
        return self.months[0].first_day

    @property
    def last_day(self) -> date:
        return self.ending.last_day

    def __sub__(self, quarters: int) -> Quarter:
        return Quarter(self.ending - 3 * quarters)

    def __str__(self) -> str:
        return str(self.ending)
